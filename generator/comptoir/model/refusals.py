"""What pydantic refuses, in the words of someone who writes YAML: the details of an error in, a problem at its place out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from comptoir.model.advice import cut_at_comma, meaning_of, nearest_identifier, unquoted_comment
from comptoir.model.base import IDENTIFIER_PATTERN
from comptoir.model.walk import reference_kind, submodel
from comptoir.problems import Problem, suggest
from comptoir.sources.addresses import forbidden_character
from comptoir.sources.nodes import Document, Node, Path, to_plain

_BOUNDS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def explain_refusal(
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
        case "enum" | "literal_error":
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


def describe_node(node: Node) -> str:
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
