"""Decodes: located values in, a typed catalogue and problems out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from comptoir.model.advice import (
    lost_in_comments,
)
from comptoir.model.base import OWN, Entity, Located, Text
from comptoir.model.catalogue import KINDS, ORGANISATION_FILE, Catalogue, EntityKind
from comptoir.model.decode_closed import decode_closed
from comptoir.model.fragments import Fragment
from comptoir.model.inside import declared_inside, written_id
from comptoir.model.loyalty import LOYALTY_FILE, LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.organisation import Brand, Colours, FunctionalMailbox, Organisation, ServiceDesk
from comptoir.model.own_fields import OwnField, OwnValues, own_model
from comptoir.model.ready_made import complete_definition, ready_made_definitions
from comptoir.model.refusals import describe_node, explain_refusal
from comptoir.problems import Location, Problem, suggest
from comptoir.sources.name_pairs import NAMES_FILE, read_pairs
from comptoir.sources.nodes import Document, Node, Path, Sequence, to_plain
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.project import CHART_SHEET, ProjectFiles

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Findings:
    """What decoding finds on its way: problems, and what has too many of them to be decoded."""

    problems: list[Problem]
    fragments: list[Fragment]
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)


def decode_catalogue(
    files: ProjectFiles, shipped_pictograms: frozenset[str]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue that `files` describe, and every problem of form.

    What cannot be decoded is left out of the catalogue but stays in `declared`. Without a usable
    organisation.yaml a stand-in takes its place, so that the other files are checked all the same.
    """
    declared = {kind.name: names for kind in KINDS if (names := _declared(kind, files)) is not None}
    own = frozenset(_stem(f) for f in files.svgs if f.startswith("catalogue/pictograms/"))
    report = Findings([], [], {**declared, "pictogram": shipped_pictograms | own})
    found: dict[str, Any] = {}
    for kind in KINDS:
        entities = _decode_list(kind, files, report) if kind.is_list else _decode_folder(kind, files, report)
        found[kind.plural] = dict(sorted(entities.items()))
    for kind in KINDS:
        _add_own_values(kind.name, found[kind.plural], found["fields"], report)
    closed, problems_of_closed = decode_closed(files.closed)
    report.problems.extend(problems_of_closed)
    pairs, problems_of_names = read_pairs(files.texts[NAMES_FILE]) if NAMES_FILE in files.texts else ((), [])
    report.problems.extend(problems_of_names)
    return Catalogue(
        organisation=_decode_organisation(files, report),
        **found,
        declared={**declared, **declared_inside(files)},
        pictograms=shipped_pictograms | own,
        assets=files.assets,
        svgs=files.svgs,
        data=files.data,
        data_folder=files.data_folder,
        chart_sheet=files.texts.get(CHART_SHEET, b"").decode("utf-8", "replace"),
        loyalty=_decode_loyalty(files, report),
        undecoded=tuple(report.fragments),
        closed=closed,
        names=pairs,
    ), report.problems


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]


def _declared(kind: EntityKind, files: ProjectFiles) -> frozenset[str] | None:
    """The identifiers that the files give to entities of this kind; None where their list cannot be read."""
    if not kind.is_list:
        return frozenset(_stem(file) for file in files.declared if file.startswith(kind.place))
    document = files.documents.get(kind.place)
    if document is None:
        return None if kind.place in files.declared else frozenset()
    items = document.root.items if isinstance(document.root, Sequence) else ()
    return frozenset(name for node in items if (name := written_id(node)))


def _decode_organisation(files: ProjectFiles, report: Findings) -> Organisation:
    document = files.documents.get(ORGANISATION_FILE)
    if document is None:
        if files.declared and ORGANISATION_FILE not in files.declared:
            message = "this file is missing: it names the organisation, its brand and how to reach it"
            report.problems.append(
                Problem(Location(ORGANISATION_FILE), "missing-file", message, "comptoir init shows one")
            )
        return _stand_in()
    organisation = decode_model(Organisation, document, (), {}, report)
    if organisation is None:
        return _stand_in()
    organisation.read_from(document, ())
    return organisation


def _decode_loyalty(files: ProjectFiles, report: Findings) -> LoyaltySettings:
    """The settings that are written; the usual ones where there are none, or where they have mistakes of form."""
    document = files.documents.get(LOYALTY_FILE)
    settings = decode_model(LoyaltySettings, document, (), {}, report) if document else None
    if document is None or settings is None:
        return LoyaltySettings()
    settings.read_from(document, ())
    return settings


def _stand_in() -> Organisation:
    nothing = Text("–")
    return Organisation(
        name=nothing,
        department=nothing,
        short_name=nothing,
        slogan=nothing,
        promise=nothing,
        about=nothing,
        languages=("fr",),
        time_zone="UTC",
        brand=Brand(colours=Colours(primary="#000000")),
        service_desk=ServiceDesk(role=nothing),
        functional_mailbox=FunctionalMailbox(address="nobody@example.org"),
    )


def _decode_folder(kind: EntityKind, files: ProjectFiles, report: Findings) -> dict[str, Entity]:
    entities: dict[str, Entity] = {}
    for file in sorted(f for f in files.declared if f.startswith(kind.place)):
        stem = _stem(file)
        document = files.documents.get(file)
        if document is None:
            continue
        entity = decode_model(kind.model, document, (), {"id": stem}, report)
        if entity is None:
            continue
        entity.read_from(document, ())
        if entity.id != stem:
            message = f"the identifier '{entity.id}' is not the name of its file"
            report.problems.append(
                Problem(entity.locate("id"), "identifier-file", message, f"write '{stem}' or rename the file")
            )
        entities[stem] = entity
    return entities


def _decode_list(kind: EntityKind, files: ProjectFiles, report: Findings) -> dict[str, Entity]:
    document = files.documents.get(kind.place)
    if document is None:
        return {}
    if not isinstance(document.root, Sequence):
        message = f"expected a list of items ('- id: …'), found {describe_node(document.root)}"
        report.problems.append(Problem(document.locate(), "wrong-type", message))
        return {}
    entities: dict[str, Entity] = {}
    names: set[str] = set()
    for index, node in enumerate(document.root.items):
        name = written_id(node)
        if name and name in names:
            message = f"the identifier '{name}' is used twice in this file"
            report.problems.append(Problem(document.locate((index, "id")), "duplicate-identifier", message))
        if name:
            names.add(name)
        entity = decode_model(kind.model, document, (index,), {}, report)
        if entity is not None:
            entity.read_from(document, (index,))
            entities.setdefault(entity.id, entity)
    return entities


def _add_own_values(
    kind: str, entities: Mapping[str, Entity], fields: Mapping[str, OwnField], report: Findings
) -> None:
    """Give each entity what it writes in the fields that catalogue/fields.yaml declares for its kind."""
    model = own_model(fields.values(), kind)
    for entity in entities.values() if model.model_fields else ():
        document, base = entity.read_at
        if document is None or not any(f"{OWN}{name}" in model.model_fields for name in entity.own_values):
            continue
        values = decode_model(model, document, base, {}, report)
        if values is not None:
            values.read_from(document, base)
            entity.add_own(values)


def decode_model(
    model: type[M], document: Document, base: Path, defaults: Mapping[str, str], report: Findings
) -> M | None:
    """What `document` writes at `base` as a `model`, with `defaults` for what it leaves out; None when it is refused."""
    node: Node = document.root
    for step in base:
        assert isinstance(node, Sequence) and isinstance(step, int)
        node = node.items[step]
    if not isinstance(node, MappingNode):
        message = f"expected a mapping of keys and values, found {describe_node(node)}"
        report.problems.append(Problem(document.locate(base), "wrong-type", message))
        return None
    plain = to_plain(node)
    assert isinstance(plain, dict)
    if issubclass(model, Located):
        is_own = issubclass(model, OwnValues)
        plain = {key: value for key, value in plain.items() if key.startswith(OWN) == is_own}
    if model is Indicator:
        try:
            plain = complete_definition(plain)
        except KeyError:
            name = str(plain["use"])
            message = f"there is no ready-made definition '{name}'"
            hint = suggest(name, ready_made_definitions())
            report.problems.append(Problem(document.locate((*base, "use")), "reference", message, hint))
            return None
    lost = () if issubclass(model, OwnValues) else tuple(lost_in_comments(document, node))
    try:
        decoded = model.model_validate({**defaults, **plain})
    except ValidationError as error:
        refused = error.errors(include_url=False)
        paths = frozenset(tuple(step for step in one["loc"] if step != "[key]") for one in refused)
        report.fragments.append(Fragment(model, plain, document, tuple(base), paths))
        found = [
            explain_refusal(details, model, document, base, report.known)
            for details in refused
            if not _follows(details, refused)
        ]
        said = {problem.location.line for problem in found}
        report.problems.extend([*found, *(one for one in lost if one.location.line not in said)])
        return None
    report.problems.extend(lost)
    return decoded


def _follows(details: ErrorDetails, refused: list[ErrorDetails]) -> bool:
    """True for a list that is too short only because its items were refused, each with its own problem."""
    size = len(details["loc"])
    return details["type"] == "too_short" and any(
        len(other["loc"]) > size and other["loc"][:size] == details["loc"] for other in refused
    )
