"""indicators/names.csv: bytes of a CSV file in; the pairs of a name and what it stands for, each with its place, out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comptoir.problems import Location, Problem, suggest
from comptoir.spaces import fold, plain_spaces

NAMES_FILE: Final = "indicators/names.csv"
NAMED_KINDS: Final = ("service", "segment", "client", "partner")
RULE: Final = "names"
_COLUMNS: Final = ("kind", "name", "id")
_SEPARATORS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class NamePair:
    """A name of the files of data, and the entity of `kind` whose identifier is `id` that it stands for."""

    kind: str
    name: str
    id: str
    location: Location


def read_pairs(content: bytes) -> tuple[tuple[NamePair, ...], list[Problem]]:
    """The pairs of a file with the columns kind, name and id in any order; other columns are the writer's own.

    Commas, semicolons or tabs part the columns, as the first line does. A line with a problem gives no pair.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {content[error.start]:02X} is not UTF-8"
        return (), [Problem(Location(NAMES_FILE, line), RULE, message, "save it as UTF-8")]
    lines = text.split("\n")
    separator = max(_SEPARATORS, key=lines[0].count)
    reader = csv.reader(iter(line + "\n" for line in lines), delimiter=separator, strict=True)
    pairs: list[NamePair] = []
    problems: list[Problem] = []
    try:
        header = [fold(cell) for cell in next(reader, [])]
        if missing := [name for name in _COLUMNS if name not in header]:
            message = (
                f"the column '{missing[0]}' is missing: the first line names the columns kind, name and id"
            )
            return (), [Problem(Location(NAMES_FILE), RULE, message, suggest(missing[0], header))]
        line = reader.line_num + 1
        for record in reader:
            if any(map(str.strip, record)):
                cells = dict(zip(header, map(plain_spaces, record), strict=False))
                faults = list(_faults(cells, Location(NAMES_FILE, line)))
                problems += faults
                if not faults:
                    place = Location(NAMES_FILE, line, max(lines[line - 1].find(cells["name"]), 0) + 1)
                    pairs.append(NamePair(fold(cells["kind"]), cells["name"], cells["id"], place))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            Problem(Location(NAMES_FILE, reader.line_num), RULE, f"this line cannot be read: {error}")
        )
    return tuple(pairs), problems


def _faults(cells: dict[str, str], where: Location) -> Iterator[Problem]:
    for column in _COLUMNS:
        if not cells.get(column):
            yield Problem(where, RULE, f"the column '{column}' is empty")
            return
    if fold(cells["kind"]) not in NAMED_KINDS:
        yield Problem(where, RULE, f"unknown kind '{cells['kind']}'", suggest(cells["kind"], NAMED_KINDS))
