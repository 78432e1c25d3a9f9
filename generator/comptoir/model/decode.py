"""Decodes: located values in, a typed catalogue and problems out. Knows the words for what pydantic refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from comptoir.model.advice import (
    cut_at_comma,
    lost_in_comments,
    meaning_of,
    nearest_identifier,
    unquoted_comment,
)
from comptoir.model.base import IDENTIFIER_PATTERN, OWN, Entity, Located, Text
from comptoir.model.catalogue import KINDS, ORGANISATION_FILE, Catalogue, EntityKind
from comptoir.model.decode_closed import decode_closed
from comptoir.model.fragments import Fragment
from comptoir.model.inside import declared_inside, written_id
from comptoir.model.loyalty import LOYALTY_FILE, LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.organisation import Brand, Colours, FunctionalMailbox, Organisation, ServiceDesk
from comptoir.model.ready_made import complete_definition, ready_made_definitions
from comptoir.model.walk import reference_kind, submodel
from comptoir.problems import Location, Problem, suggest
from comptoir.sources.addresses import forbidden_character
from comptoir.sources.name_pairs import NAMES_FILE, read_pairs
from comptoir.sources.nodes import Document, Node, Path, Sequence, to_plain
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.sources.project import CHART_SHEET, ProjectFiles

M = TypeVar("M", bound=BaseModel)

_BOUNDS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


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
        message = f"expected a list of items ('- id: …'), found {_describe(document.root)}"
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


def decode_model(
    model: type[M], document: Document, base: Path, defaults: Mapping[str, str], report: Findings
) -> M | None:
    """What `document` writes at `base` as a `model`, with `defaults` for what it leaves out; None when it is refused."""
    node: Node = document.root
    for step in base:
        assert isinstance(node, Sequence) and isinstance(step, int)
        node = node.items[step]
    if not isinstance(node, MappingNode):
        message = f"expected a mapping of keys and values, found {_describe(node)}"
        report.problems.append(Problem(document.locate(base), "wrong-type", message))
        return None
    plain = to_plain(node)
    assert isinstance(plain, dict)
    if issubclass(model, Located):  # its `own_values` are read where they are wanted
        plain = {key: value for key, value in plain.items() if not key.startswith(OWN)}
    if model is Indicator:
        try:
            plain = complete_definition(plain)
        except KeyError:
            name = str(plain["use"])
            message = f"there is no ready-made definition '{name}'"
            hint = suggest(name, ready_made_definitions())
            report.problems.append(Problem(document.locate((*base, "use")), "reference", message, hint))
            return None
    lost = tuple(lost_in_comments(document, node))
    try:
        decoded = model.model_validate({**defaults, **plain})
    except ValidationError as error:
        refused = error.errors(include_url=False)
        paths = frozenset(tuple(step for step in one["loc"] if step != "[key]") for one in refused)
        report.fragments.append(Fragment(model, plain, document, tuple(base), paths))
        found = [
            _explain(details, model, document, base, report.known)
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


def _explain(
    details: ErrorDetails,
    model: type[BaseModel],
    document: Document,
    base: Path,
    known_names: Mapping[str, frozenset[str]],
) -> Problem:
    """One refusal of pydantic as a problem at its place, in the words of someone who writes YAML."""
    context = details.get("ctx", {})
    path = (*(step for step in details["loc"] if step != "[key]"), *context.get("at", ()))
    where = document.locate((*base, *path))
    found = _describe_plain(details["input"])
    match details["type"]:
        case "missing":
            key = str(path[-1])
            where = document.locate((*base, *path[:-1]))
            return Problem(where, "missing-key", f"the key '{key}' is missing", _description(model, path))
        case "extra_forbidden":
            where = document.locate((*base, *path), key=True)
            cut = cut_at_comma(document, (*base, *path[:-1]), str(path[-1]))
            if cut:
                return Problem(where, "yaml-syntax", *cut)
            owner = _model_at(model, path[:-1])
            known = [field.alias or name for name, field in owner.model_fields.items()] if owner else ()
            return Problem(where, "unknown-key", f"unknown key '{path[-1]}'", suggest(str(path[-1]), known))
        case "model_type" | "model_attributes_type" | "dict_type":
            return Problem(where, "wrong-type", *_no_mapping(details, model, path))
        case "tuple_type" | "list_type":
            return Problem(where, "wrong-type", f"expected a list ('- …'), found {found}")
        case "string_type" | "text_type" | "date_type" | "date_iso":
            wanted = "expected text," if details["type"] == "string_type" else f"{details['msg']};"
            message = f"{wanted} found {found}"
            return Problem(where, "wrong-type", message, unquoted_comment(details["input"], document, where))
        case "int_parsing" | "int_type" | "int_from_float":
            return Problem(where, "wrong-type", f"expected a whole number, found {found}")
        case "decimal_parsing" | "decimal_type" | "float_parsing":
            return Problem(where, "wrong-type", f"expected a number such as 12.50, found {found}")
        case "bool_parsing" | "bool_type":
            return Problem(where, "wrong-type", f"expected true or false, found {found}")
        case "enum":
            words = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return Problem(
                where,
                "unknown-word",
                f"{found} is not known here",
                suggest(str(details["input"]), words) or "known: " + ", ".join(words),
            )
        case "string_pattern_mismatch":
            kind = _reference_kind(model, path)
            known_here = known_names.get(kind) if kind else None
            return Problem(
                where, "wrong-form", *_wrong_form(str(context["pattern"]), found, details, known_here)
            )
        case "text_language":
            cut = cut_at_comma(document, (*base, *path), str(context["language"]))
            if cut:
                return Problem(where, "yaml-syntax", *cut)
            return Problem(where, "text-language", _sentence(details, context))
        case _:
            return Problem(where, _rule_name(details["type"]), _sentence(details, context))


def _no_mapping(details: ErrorDetails, model: type[BaseModel], path: Path) -> tuple[str, str]:
    """Message and hint for what is no mapping, or for a key after which neither keys nor a value stand."""
    is_model = details["type"] != "dict_type"
    if details["input"] is not None or not path:
        return f"expected a mapping of keys and values, found {_describe_plain(details['input'])}", ""
    below = (_model_at(model, path) or _model_at(model, path[:-1])) if is_model else None
    names = list(below.model_fields) if below else []
    keys = ", ".join(names[:6]) + ", …" * (len(names) > 6) if names else _description(model, path)
    return (
        f"nothing stands below '{path[-1]}'",
        f"write its keys below it, further to the right{f' ({keys})' if keys else ''}, or take it out"
        + ("; {} keeps what is usual" if is_model else ""),
    )


def _wrong_form(
    pattern: str, found: str, details: ErrorDetails, known: frozenset[str] | None
) -> tuple[str, str]:
    """Message and hint for a text that the `pattern` of the model refuses."""
    written = str(details["input"])
    character = forbidden_character(written) if pattern.startswith("^https?") else ""
    if character:
        return f"{found} is not an address of the web", character
    hint = nearest_identifier(written, known) if pattern == IDENTIFIER_PATTERN else ""
    return f"{found} is not {meaning_of(pattern)}", hint


def _sentence(details: ErrorDetails, context: Mapping[str, Any]) -> str:
    match details["type"]:
        case "too_long":
            return f"{context['actual_length']} items; at most {context['max_length']} fit here"
        case "too_short":
            return f"{context['actual_length']} items; at least {context['min_length']} expected here"
        case "string_too_long":
            return f"{len(str(details['input']))} characters; at most {context['max_length']} fit here"
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            word, bound = next((word, context[key]) for key, word in _BOUNDS.items() if key in context)
            return f"'{details['input']}' is out of range: {word} {bound} is expected"
        case "decimal_max_digits" | "decimal_whole_digits" | "int_parsing_size":
            shown = str(details["input"])
            return f"'{shown if len(shown) <= 30 else shown[:30] + '…'}' has too many digits"
        case "finite_number":
            return f"'{details['input']}' is not a number such as 12.50"
        case "decimal_max_places":
            return f"'{details['input']}' has more than {context['decimal_places']} decimals"
        case _:
            return details["msg"]


def _rule_name(kind: str) -> str:
    ranges = ("too_", "string_too", "greater_", "less_", "decimal_max", "decimal_whole", "int_parsing_size")
    if kind in {"finite_number", "url"}:
        return "wrong-form"
    return "out-of-range" if kind.startswith(ranges) else kind.replace("_", "-")


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str) and current is not None:
            current = submodel(current, step)
    return current


def _reference_kind(model: type[BaseModel], path: Path) -> str | None:
    """The kind of entity that the value at `path`, or the list that it stands in, refers to."""
    names = [(index, step) for index, step in enumerate(path) if isinstance(step, str)]
    if not names:
        return None
    index, name = names[-1]
    owner = _model_at(model, path[:index])
    by_alias = {field.alias or key: key for key, field in owner.model_fields.items()} if owner else {}
    return reference_kind(owner, by_alias[name]) if owner and name in by_alias else None


def _description(model: type[BaseModel], path: Path) -> str:
    owner = _model_at(model, path[:-1])
    field = owner.model_fields.get(str(path[-1])) if owner else None
    text = (field.description or "") if field else ""
    return text[:1].lower() + text[1:].rstrip(".") if text else ""


def _describe(node: Node) -> str:
    return _describe_plain(to_plain(node))


def _describe_plain(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return f"'{value[:60]}…'" if len(value) > 60 else f"'{value}'"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"'{value}'"
