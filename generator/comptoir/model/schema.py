"""JSON Schemas that editors complete and check from: the model in, one schema a kind out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from comptoir.model.base import Text
from comptoir.model.calendars import DAYS
from comptoir.model.catalogue import KINDS, ORGANISATION_FILE, EntityKind
from comptoir.model.gathering import SPAN
from comptoir.model.loyalty import LOYALTY_FILE, LoyaltySettings
from comptoir.model.metrics import Source
from comptoir.model.organisation import Organisation
from comptoir.model.ready_made import ready_made_definitions
from comptoir.model.reports import FrontMatter
from comptoir.model.roles import FIELDS, Role
from comptoir.model.words import MEANINGS
from comptoir.wording import spoken_languages

Schema = dict[str, Any]
Examples = Mapping[str, Iterable[str]]

DIALECT: Final = "http://json-schema.org/draft-07/schema#"  # the one that VS Code's YAML extension knows best
ORGANISATION: Final = "organisation"
LOYALTY: Final = "loyalty"
REPORT: Final = "report"

_RUNS: Final = ("monday-friday", "monday-saturday", "monday-sunday", "saturday-sunday", *DAYS)
_HOURS: Final = ("08:00-18:00", "08:00-12:00, 13:00-18:00", "24 h", "closed")
_EXAMPLES: Final[Examples] = {  # what to propose for a key, where its values are open
    "time_zone": ("Europe/Paris", "Europe/Brussels", "Europe/Zurich", "Europe/London", "America/Montreal"),
    "currency": ("EUR", "CHF", "GBP", "CAD"),
    "country": ("FR", "BE", "CH", "LU", "CA", "GB"),
    "hours": _HOURS,
    "delimiter": (",", ";", "|", "tab"),
    "quote": ('"', "'"),
    "decimal": (".", ","),
    "thousands": ("none", "space", ".", ",", "'"),
    "dates": ("dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd"),
    "instants": ("dd/mm/yyyy HH:MM", "dd/mm/yyyy HH:MM:SS", "yyyy-mm-dd HH:MM"),
}


def json_schemas(pictograms: Iterable[str], typefaces: Iterable[str]) -> dict[str, Schema]:
    """Name of each kind, and 'organisation', 'loyalty' and 'report' → the JSON Schema (draft 7) of a file of that kind.

    That of reports is for the front matter of their Markdown files.
    `pictograms` and `typefaces` are the names that ship; editors propose them. A file holds a list for the
    kinds that share one, otherwise one entity, whose `id` may be left out.
    """
    examples = {
        **_EXAMPLES,
        "use": sorted(ready_made_definitions()),
        "pictogram": sorted(pictograms),
        "family": sorted(typefaces),
    }
    schemas = {kind.name: _schema_of_kind(kind, examples) for kind in KINDS}
    schemas[ORGANISATION] = _schema_of_model(Organisation, examples)
    schemas[LOYALTY] = _schema_of_model(LoyaltySettings, examples)
    schemas[REPORT] = _schema_of_model(FrontMatter, examples)
    return dict(sorted(schemas.items()))


def schema_files(schemas: Mapping[str, Schema]) -> dict[str, str]:
    """File name → text of each schema: the same bytes for the same model."""
    return {
        _file_name(name): json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in sorted(schemas.items())
    }


def schema_globs() -> dict[str, str]:
    """File name of each schema → the YAML files of a project that it is for, as an editor's pattern."""
    globs = {kind.name: kind.place if kind.is_list else f"{kind.place}*.yaml" for kind in KINDS}
    globs[ORGANISATION] = ORGANISATION_FILE
    globs[LOYALTY] = LOYALTY_FILE
    return {_file_name(name): glob for name, glob in sorted(globs.items())}


def _file_name(name: str) -> str:
    return f"{name}.schema.json"


def _schema_of_kind(kind: EntityKind, examples: Examples) -> Schema:
    schema = _schema_of_model(kind.model, examples)
    if kind.model is Source:
        schema["allOf"] = [_fields_of(role) for role in Role]
    if not kind.is_list:
        schema["required"].remove("id")  # the name of the file gives it
        if "use" in kind.model.model_fields:  # a ready-made definition gives the others
            needed = schema.pop("required")
            derived = ["derive", *(name for name in needed if name not in ("source", "kind"))]
            schema["anyOf"] = [{"required": ["use"]}, {"required": needed}, {"required": derived}]
        return schema
    definitions = schema.pop("$defs")
    name = kind.model.__name__
    definitions[name] = {key: value for key, value in schema.items() if key != "$schema"}
    return {
        "$schema": DIALECT,
        "title": kind.plural.capitalize(),
        "description": f"{kind.place}: a list; each item begins with '- id: …'.",
        "type": "array",
        "items": {"$ref": f"#/$defs/{name}"},
        "$defs": dict(sorted(definitions.items())),
    }


def _fields_of(role: Role) -> Schema:
    """What the columns of a source of this role may be: its fields by name; others need a type."""
    column = {"$ref": "#/$defs/SourceColumn"}
    known = {
        field.name: {"allOf": [column], "description": field.meaning[:1].upper() + field.meaning[1:] + "."}
        for field in FIELDS[role]
    }
    free = {"allOf": [column], "required": ["type"]}
    columns: Schema = {"properties": known, "additionalProperties": free}
    made = SPAN if role is Role.OUTAGES else ()  # of checks, where a source has some
    needed = [field.name for field in FIELDS[role] if field.required and field.name not in made]
    if needed:
        columns["required"] = needed
    return {
        "if": {"properties": {"role": {"const": role.value}}, "required": ["role"]},
        "then": {"properties": {"columns": columns}},
    }


def _schema_of_model(model: type[BaseModel], examples: Examples) -> Schema:
    schema: Schema = _improve(model.model_json_schema(), "", examples)
    schema.setdefault("$defs", {})["Text"] = _text_schema()
    return {"$schema": DIALECT, **schema}


def _improve(node: Any, name: str, examples: Examples) -> Any:
    """The node with what serves an editor; `name` is the key whose value it describes, or ''."""
    if isinstance(node, list):
        return [_improve(item, name, examples) for item in node]
    if not isinstance(node, dict):
        return node
    node = _without_null(node)
    if node.get("anyOf") == _TEXT["anyOf"]:
        del node["anyOf"]
        return {"$ref": "#/$defs/Text", **node}
    if name == "week":
        return {**node, **_week_schema()}
    improved: Schema = {}
    for key, value in node.items():
        if key in {"properties", "$defs"}:
            improved[key] = {
                inner: _improve(part, inner if key == "properties" else "", examples)
                for inner, part in value.items()
            }
        else:
            improved[key] = _improve(value, name if key == "items" else "", examples)
    return _complete(improved, name, examples)


def _without_null(node: Schema) -> Schema:
    """An empty key is allowed, but an editor should not propose it: leave `null` and empty defaults out."""
    kept = {
        key: value for key, value in node.items() if key != "default" or isinstance(value, bool | int | str)
    }
    if "anyOf" not in kept:
        return kept
    branches = [branch for branch in kept.pop("anyOf") if branch != {"type": "null"}]
    return {**branches[0], **kept} if len(branches) == 1 else {**kept, "anyOf": branches}


def _complete(node: Schema, name: str, examples: Examples) -> Schema:
    if "enum" in node:
        meanings = MEANINGS.get(node.get("title", ""), {})
        return {**node, "enumDescriptions": [meanings[word] for word in node["enum"]]} if meanings else node
    if node.get("type") != "string":
        return node
    pattern = node.get("pattern", "")
    proposed = [example for example in examples.get(name, ()) if re.search(pattern, example)]
    if proposed:
        node = {**node, "examples": proposed}
    if "format" not in node and re.search(pattern, "365"):
        node = {
            **node,
            "type": ["string", "number"],
        }  # 57 is text where the model says text, without quotes too
    return node


def _text_schema() -> Schema:
    one = {"type": ["string", "number"], "minLength": 1}
    by_language = dict(_TEXT["anyOf"][1])
    by_language["properties"] = dict.fromkeys(spoken_languages(), one)
    by_language["patternProperties"] = dict.fromkeys(by_language["patternProperties"], one)
    return {"title": "Text", "anyOf": [one, by_language]}


def _week_schema() -> Schema:
    hours = {"type": "string", "description": "Hours of these days.", "examples": list(_HOURS)}
    day = f"({'|'.join(DAYS)})"
    return {
        "properties": dict.fromkeys(_RUNS, hours),
        "patternProperties": {f"^{day}(-{day})?$": hours},
        "additionalProperties": False,
    }


_TEXT: Final = TypeAdapter(Text).json_schema()
