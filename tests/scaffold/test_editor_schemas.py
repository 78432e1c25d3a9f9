"""JSON Schemas: up to date, accept every good file, refuse what `check` refuses, explain every word."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from comptoir.model import terms
from comptoir.model.catalogue import KINDS, ORGANISATION_FILE
from comptoir.model.roles import FIELDS
from comptoir.model.schema import schema_globs
from comptoir.model.words import MEANINGS
from comptoir.scaffold.editor import editor_files, editor_schemas

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = {name: json.loads(text) for name, text in editor_schemas().items()}


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, where dates and times are text."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def projects() -> Iterator[Path]:
    yield ROOT
    yield from sorted(path.parents[1] for path in (ROOT / "tests/cases").glob(f"**/{ORGANISATION_FILE}"))


def is_good(project: Path) -> bool:
    return "bad" not in project.relative_to(ROOT).parts


def files_of(project: Path) -> Iterator[tuple[Path, str]]:
    for schema, glob in schema_globs().items():
        yield from ((path, schema) for path in sorted(project.glob(glob)))


def faults_of(value: Any, schema: str) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(SCHEMAS[schema]).iter_errors(value)]


@pytest.mark.parametrize("project", [p for p in projects() if is_good(p)], ids=lambda p: p.name)
def test_schemas_accept_every_good_file(project: Path) -> None:
    faults = {
        path.relative_to(ROOT).as_posix(): found
        for path, schema in files_of(project)
        if (found := faults_of(yaml.load(path.read_text("utf-8"), EditorLoader), schema))
    }
    assert faults == {}


def test_committed_files_are_up_to_date() -> None:
    committed = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".vscode").rglob("*.json")}
    expected = editor_files()
    assert committed == set(expected)
    stale = [name for name, text in expected.items() if (ROOT / name).read_text("utf-8") != text]
    assert stale == [], "run: comptoir schema"


def test_schemas_are_schemas_and_one_for_each_place() -> None:
    for schema in SCHEMAS.values():
        jsonschema.Draft7Validator.check_schema(schema)
    assert {*schema_globs(), "report.schema.json"} == set(SCHEMAS)
    assert len(SCHEMAS) == len(KINDS) + 3


@pytest.mark.parametrize("project", [p for p in projects() if is_good(p)], ids=lambda p: p.name)
def test_the_front_matter_of_every_good_report_is_accepted(project: Path) -> None:
    written = [path for path in project.glob("indicators/reports/*.md") if path.name.count(".") == 1]
    fronts = {
        path.name: yaml.load(path.read_text("utf-8").split("\n---\n")[0], EditorLoader) for path in written
    }
    assert {
        name: found for name, front in fronts.items() if (found := faults_of(front, "report.schema.json"))
    } == {}


SERVICE = {
    "name": "Wi-Fi",
    "family": "network",
    "summary": {"fr": "Le réseau.", "en": "The network."},
    "benefits": ["On line"],
    "price": {"model": "included"},
    "service_hours": "always",
    "support_hours": "office",
    "owner": {"role": "Network"},
    "review_date": "2027-01-01",
}
SOURCE = {"name": "Tickets", "role": "requests", "files": ["t.csv"], "columns": {"opened": {}, "kind": {}}}
WEEK = {"name": "Hours", "week": {"monday-friday": "08:00-18:00"}}


@pytest.mark.parametrize(
    ("schema", "value", "fault"),
    [
        ("service", SERVICE, None),
        ("service", SERVICE | {"name": 365, "id": "wifi"}, None),
        (
            "service",
            SERVICE | {"sumary": "x"},
            "'sumary' does not match any of the regexes: '^x-'",
        ),
        ("service", {k: v for k, v in SERVICE.items() if k != "family"}, "'family' is a required property"),
        ("service", SERVICE | {"lifecycle": "alive"}, "'alive' is not one of"),
        ("service", SERVICE | {"family": "Network"}, "'Network' does not match"),
        ("service", SERVICE | {"benefits": [""]}, "'' is not valid under any of the given schemas"),
        ("calendar", WEEK, None),
        ("calendar", WEEK | {"public_holidays": {"country": "FR", "region": 57}}, None),
        ("calendar", WEEK | {"week": {"lundi": "24 h"}}, "'lundi' does not match any of the regexes"),
        ("need", [{"id": "a", "name": "A", "kind": "basic", "met": "yes"}], None),
        ("need", [{"name": "A", "kind": "basic", "met": "yes"}], "'id' is a required property"),
        ("need", {"id": "a"}, "is not of type 'array'"),
        ("source", SOURCE, None),
        ("source", SOURCE | {"columns": {"number": {}}}, "'opened' is a required property"),
        ("source", SOURCE | {"columns": {"opened": {}, "subject": {}}}, "'type' is a required property"),
        ("source", SOURCE | {"columns": {"opened": {}, "subject": {"type": "text"}}}, None),
        ("source", SOURCE | {"role": "usage"}, "'date' is a required property"),
        ("source", SOURCE | {"dialect": {"decimal": "point"}}, "'point' does not match"),
        ("source", SOURCE | {"dialect": {"separator": ";"}}, "('separator' was unexpected)"),
        ("report", {"signatory": "Role", "tiles": ["nps"]}, None),
        ("report", {"tiles": ["nps"]}, "'signatory' is a required property"),
        (
            "report",
            {"signatory": "Role", "desicions": []},
            "'desicions' does not match any of the regexes: '^x-'",
        ),
        (
            "report",
            {"signatory": "Role", "our_commitments": [{"text": "A", "status": "done"}]},
            "'done' is not one of",
        ),
    ],
)
def test_schemas_judge_as_check_does(schema: str, value: Any, fault: str | None) -> None:
    faults = faults_of(value, f"{schema}.schema.json")
    assert any(fault in found for found in faults) if fault else faults == []


def test_every_closed_word_is_explained() -> None:
    vocabularies = {
        name: {word.value for word in kind}
        for name, kind in vars(terms).items()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    assert {name: set(words) for name, words in MEANINGS.items()} == vocabularies


def test_editors_are_told_meanings_and_names_that_ship() -> None:
    service = SCHEMAS["service.schema.json"]
    lifecycle = service["$defs"]["Lifecycle"]
    assert dict(zip(lifecycle["enum"], lifecycle["enumDescriptions"], strict=True)) == MEANINGS["Lifecycle"]
    assert {"laptop", "wifi-high"} <= set(service["properties"]["pictogram"]["examples"])
    assert "examples" not in service["properties"]["family"]
    fonts = SCHEMAS["organisation.schema.json"]["$defs"]["Font"]["properties"]["family"]["examples"]
    assert "Figtree" in fonts
    source = SCHEMAS["source.schema.json"]
    fields = {
        part["if"]["properties"]["role"]["const"]: part["then"]["properties"]["columns"]["properties"]
        for part in source["allOf"]
    }
    assert {role: set(known) for role, known in fields.items()} == {
        role.value: {field.name for field in known} for role, known in FIELDS.items()
    }
    assert "tab" in source["$defs"]["Dialect"]["properties"]["delimiter"]["examples"]
    assert "monday-friday" in SCHEMAS["calendar.schema.json"]["properties"]["week"]["properties"]
