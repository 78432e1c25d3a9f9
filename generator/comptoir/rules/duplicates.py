"""Nothing is said twice: identifiers within a service, references in a list, names of entities of one kind.

Two entities with the same name in a language are a warning: readers could not tell them apart.

Passes::

    # catalogue/services/mail.yaml
    related: [wifi]

Fails::

    # catalogue/services/mail.yaml
    related: [wifi, wifi]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from comptoir.model.base import Entity, Located, Reference, Text
from comptoir.model.catalogue import KINDS, Catalogue, EntityKind
from comptoir.model.fragments import ValuePath
from comptoir.model.titled import TitledEntity
from comptoir.model.walk import walk
from comptoir.problems import Problem, Severity

RULE: Final = "duplicate"
_LISTS: Final = frozenset({("dependencies", "service"), ("partners", "partner"), ("offer", "service")})


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Identifiers, references and names that are written twice."""
    for owner in catalogue.parts():
        yield from _check_references(owner)
    for service in catalogue.services.values():
        yield from _check_identifiers(service, "request_items", [item.id for item in service.request_items])
        yield from _check_identifiers(service, "offerings", [offering.id for offering in service.offerings])
    if catalogue.has_organisation:
        audiences = [audience.id for audience in catalogue.organisation.audiences]
        yield from _check_identifiers(catalogue.organisation, "audiences", audiences)
    for kind in KINDS:
        yield from _check_names(kind, catalogue.of_kind(kind.name))


def _check_references(owner: Located) -> Iterator[Problem]:
    seen: set[tuple[ValuePath, str]] = set()
    for path, reference, name in walk(owner, Reference):
        place = _list_of(path)
        if place is None:
            continue
        if (place, name) in seen:
            yield Problem(owner.locate(*path), RULE, f"the {reference.kind} '{name}' is in this list twice")
        seen.add((place, name))


def _list_of(path: ValuePath) -> ValuePath | None:
    """The list that a reference stands in; None where the same one may come again."""
    if isinstance(path[-1], int):
        return path[:-1]
    if len(path) == 3 and (path[0], path[2]) in _LISTS:
        return path[0], path[2]
    return None


def _check_identifiers(owner: Located, key: str, identifiers: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, identifier in enumerate(identifiers):
        if identifier in seen:
            message = f"the identifier '{identifier}' is in '{key}' twice"
            yield Problem(owner.locate(key, index, "id"), RULE, message)
        seen.add(identifier)


def _check_names(kind: EntityKind, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    key = next((key for key in ("name", "term") if key in kind.model.model_fields), None)
    if key is None:
        return
    first: dict[tuple[str, str], str] = {}
    for entity in entities.values():
        name: Text = entity.official_name if isinstance(entity, TitledEntity) else getattr(entity, key)
        for language, text in name.variants():
            other = first.setdefault((language, text.casefold()), entity.id)
            if other != entity.id:
                where = entity.locate(key, language) if language else entity.locate(key)
                message = f"the {kind.name} '{other}' has the same name, '{text}'"
                yield Problem(where, RULE, message, severity=Severity.WARNING)
