"""Tables of other tools: a spreadsheet, a list of JSON objects or an XML set in, records of named texts out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from comptoir.measure.reading.sampling import SampleError, sample_file
from comptoir.problems import Location, Problem
from comptoir.sources.json_reader import read_json

MOST_RECORDS: Final = 20_000
MOST_BYTES: Final = 50_000_000
_TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".gz")


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A row, or an object: its class where the tool has several ('' for a table), its texts by heading, its place."""

    of: str
    texts: Mapping[str, str]
    where: Location


def read_records(path: Path) -> tuple[list[ForeignRecord], list[Problem]]:
    """The records of a CSV file, a workbook, a JSON list or an XML set; [] and why where it cannot be read."""
    name = path.name
    if path.stat().st_size > MOST_BYTES:
        return [], [_problem(name, "file-size", f"the file is larger than {MOST_BYTES // 1_000_000} MB")]
    suffix = path.suffix.lower()
    if suffix == ".json":
        records, problems = _from_json(path)
    elif suffix == ".xml":
        records, problems = _from_xml(path)
    elif suffix in _TABLES:
        records, problems = _from_table(path)
    else:
        known = ", ".join((*_TABLES, ".json", ".xml"))
        return [], [_problem(name, "file-format", f"a file '{suffix}' is not read here", f"known: {known}")]
    if len(records) > MOST_RECORDS:
        message = f"more than {MOST_RECORDS} records: this is no list of services"
        return [], [_problem(name, "file-size", message)]
    return records, problems


def _problem(file: str, rule: str, message: str, hint: str = "", line: int = 1) -> Problem:
    return Problem(Location(file, line), rule, message, hint)


def _from_table(path: Path) -> tuple[list[ForeignRecord], list[Problem]]:
    try:
        sample = sample_file(path)
    except SampleError as error:
        return [], [_problem(path.name, "file-format", str(error))]
    twice = sorted({h for h in sample.headings if h and sample.headings.count(h) > 1})
    if twice:
        return [], [_problem(path.name, "heading-twice", f"two columns are called '{twice[0]}'")]
    records = []
    line = sample.skip + 2
    for row in sample.rows:
        texts = {h: cell.strip() for h, cell in zip(sample.headings, row, strict=False) if cell.strip()}
        records.append(ForeignRecord("", texts, Location(path.name, line)))
        line += 1 + (sum(cell.count("\n") for cell in row) if sample.separator else 0)
    return records, []


def _from_json(path: Path) -> tuple[list[ForeignRecord], list[Problem]]:
    document, problems = read_json(path.read_bytes(), path.name)
    if document is None:
        return [], problems
    found = document.value
    if isinstance(found, dict):  # {"data": [...]}, or a list by class
        lists = {key: value for key, value in found.items() if isinstance(value, list)}
        if not lists:
            return [], [_problem(path.name, "wrong-type", "expected a list of objects, found one object")]
    elif isinstance(found, list):
        lists = {"": found}
    else:
        return [], [_problem(path.name, "wrong-type", "expected a list of objects")]
    records = []
    for of, items in lists.items():
        for index, item in enumerate(items):
            place = document.locate((of, index) if of else (index,))
            if not isinstance(item, dict):
                problems.append(Problem(place, "wrong-type", "expected an object with names and values"))
                continue
            records.append(ForeignRecord("" if of == "data" else of, dict(_flat(item)), place))
    return records, problems


def _flat(item: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Names and texts of an object; those of an object within it after its name and a dot."""
    for key, value in item.items():
        match value:
            case None | "" | [] | {}:
                continue
            case dict():
                yield from _flat(value, f"{before}{key}.")
            case bool():
                yield f"{before}{key}", "true" if value else "false"
            case str() | int() | float():
                yield f"{before}{key}", str(value).strip()
            case _:
                yield f"{before}{key}", json.dumps(value, ensure_ascii=False)


def _from_xml(path: Path) -> tuple[list[ForeignRecord], list[Problem]]:
    """The objects of an export: <Set><Service id="12"><name>…</name>…</Service>…</Set>."""
    try:
        root: Element = fromstring(path.read_bytes(), forbid_dtd=True)
    except DefusedXmlException:
        message = "the file declares entities or a document type, which is not read"
        return [], [_problem(path.name, "xml-entities", message)]
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (1, 0))[0]
        return [], [_problem(path.name, "xml-syntax", f"not valid XML: {error}", line=line)]
    records = []
    for child in root:
        texts = {part.tag: text for part in child if (text := "".join(part.itertext()).strip())}
        if child.get("id"):
            texts.setdefault("id", child.get("id", ""))
        records.append(ForeignRecord(child.tag, texts, Location(path.name)))
    return records, []
