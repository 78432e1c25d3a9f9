"""Names: a catalogue in; what each name of the files of data stands for, and names that stand for two things, out.

A thing goes by its identifier, its name in every language, its code, its aliases, its former identifiers and the pairs
of indicators/names.csv, whatever their capitals and spaces. What stands for two things stands for none; an identifier
that is written exactly always stands for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from comptoir.model.base import Located, Spelled, Text
from comptoir.model.catalogue import KIND_BY_NAME, Catalogue
from comptoir.model.fragments import Fragment, ValuePath
from comptoir.model.titled import NamedEntity, TitledEntity
from comptoir.model.walk import walk
from comptoir.problems import Location, suggest
from comptoir.sources.name_pairs import NAMED_KINDS
from comptoir.spaces import fold


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a thing, where it is written; `is_added`: for the files of data, not for readers."""

    name: str
    id: str
    location: Location
    is_added: bool = True


def spellings_of(catalogue: Catalogue, kind: str) -> dict[str, tuple[Spelling, ...]]:
    """Folded name → the spellings of it, of entities of `kind` ('service', 'segment', 'client' or 'partner')."""
    found: dict[str, list[Spelling]] = {}
    for spelling in _spellings(catalogue, kind):
        found.setdefault(fold(spelling.name), []).append(spelling)
    return {name: tuple(spellings) for name, spellings in found.items()}


@lru_cache(maxsize=8)  # of the catalogue that is at work
def names_of(catalogue: Catalogue, kind: str) -> Mapping[str, str]:
    """Folded name → the identifier of the one entity of `kind` that it stands for."""
    return {
        name: spellings[0].id
        for name, spellings in spellings_of(catalogue, kind).items()
        if len({spelling.id for spelling in spellings}) == 1
    }


def digest_names(catalogue: Catalogue) -> str:
    """SHA-256 of what every name stands for; '' where nothing has other names than its identifier and its name."""
    told = [spellings_of(catalogue, kind) for kind in NAMED_KINDS]
    if not any(one.is_added for names in told for spellings in names.values() for one in spellings):
        return ""
    table = [sorted(names_of(catalogue, kind).items()) for kind in NAMED_KINDS]
    return sha256(repr(table).encode("utf-8", "surrogatepass")).hexdigest()


def nearest_name(catalogue: Catalogue, kind: str, name: str, names: Iterable[str]) -> str:
    """The hint for an unknown name where an identifier belongs: what goes by that name, else the nearest of `names`."""
    known = names_of(catalogue, kind).get(fold(name)) if kind in NAMED_KINDS else None
    return f"write '{known}'" if known else suggest(name, names)


def renamed_in(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """Kind → former identifier → the present one. What an entity is called now is no former identifier."""
    return {
        kind: {
            former: entity.id
            for entity in catalogue.of_kind(kind).values()
            if isinstance(entity, NamedEntity)
            for former in entity.formerly
            if former not in catalogue.of_kind(kind)
        }
        for kind in NAMED_KINDS
    }


def _spellings(catalogue: Catalogue, kind: str) -> Iterator[Spelling]:
    entities = catalogue.of_kind(kind)
    for identifier in sorted(catalogue.declared.get(kind, frozenset()) | frozenset(entities)):
        entity = entities.get(identifier)
        yield Spelling(identifier, identifier, entity.locate() if entity else Location(""), is_added=False)
    model = KIND_BY_NAME[kind].model
    for entity in entities.values():
        for path, _, value in walk(entity, Spelled):
            yield from _spelled(entity, entity.id, path, value)
        if isinstance(entity, TitledEntity) and entity.official_name is not entity.name:
            yield from _spelled(entity, entity.id, ("name",), entity.official_name)
    for fragment in catalogue.undecoded:
        if fragment.model is model:
            for path, _, value in fragment.walk(Spelled):
                yield from _spelled(fragment, fragment.identifier, path, value)
    for pair in catalogue.names:
        if pair.kind == kind and pair.id in catalogue.declared.get(kind, entities):
            yield Spelling(pair.name, pair.id, pair.location)


def _spelled(
    owner: Located | Fragment, identifier: str, path: ValuePath, value: object
) -> Iterator[Spelling]:
    """The names that a value of an entity gives, in what was decoded or in what has mistakes of form elsewhere."""
    if isinstance(value, Text):
        for language, text in value.variants():
            yield Spelling(text, identifier, owner.locate(*path, *filter(None, [language])), is_added=False)
    elif isinstance(value, str):
        yield Spelling(value, identifier, owner.locate(*path), is_added=path != ("name",))
