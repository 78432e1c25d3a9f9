"""Parquet files: one file of a source in, its typed rows in the source's table and what is wrong with the file out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.reading.conversions import (
    Conversion,
    convert_text,
    convert_typed,
    meaning_of,
    without_spaces,
)
from comptoir.measure.reading.csv_files import RULE_FILE, RULE_HEADER, Loaded, unreadable
from comptoir.measure.reading.examine import hash_file
from comptoir.measure.reading.selecting import Layer, glob_escape, insert_rows
from comptoir.measure.reading.types import TEXTUAL
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Source
from comptoir.problems import Location, Problem, Severity, suggest

_OF_BROTLI: Final = "SELECT 1 FROM parquet_metadata(?) WHERE compression = 'BROTLI' LIMIT 1"
_NO_BROTLI: Final = "the file is compressed with Brotli, which is not read: what unpacks it had a hole"
_OTHERS: Final = "write it again with Snappy, Zstandard or no compression"


def load_parquet(
    connection: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path, shown: str, zone: str
) -> Loaded:
    """Add the rows of a Parquet file to the table of its source; the line of a row is its number, from 1.

    Columns of text are read as those of a CSV file, the others by their type: times without zone are local times.
    Raises OSError for a file that cannot be opened.
    """
    sha256 = hash_file(path)
    rows = f"read_parquet({literal(glob_escape(path))}, file_row_number = true)"
    try:
        if connection.execute(_OF_BROTLI, [glob_escape(path)]).fetchone():
            return Loaded(sha256, 0, {}, (Problem(Location(shown), RULE_FILE, _NO_BROTLI, _OTHERS),))
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {rows}").fetchall()
        types = {str(column[0]): str(column[1]) for column in described}
        raw, texts, conversions, problems = _convert(source, types, shown, zone)
        if problems:
            return Loaded(sha256, 0, {}, tuple(problems))
        layer = Layer(rows, "file_row_number + 1", raw, texts, conversions)
        count = insert_rows(connection, source, name, layer)
    except duckdb.Error as error:
        return Loaded(sha256, 0, {}, (unreadable(Location(shown), error),))
    positions = {field: list(types).index(source.header_of(field) or "") for field in texts}
    empty = Problem(Location(shown), RULE_FILE, "the file has no rows", severity=Severity.WARNING)
    return Loaded(sha256, count, positions, () if count else (empty,))


def read_cells(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str], rows: list[int]
) -> dict[int, dict[str, str]]:
    """The texts of some rows, by number from 1 and by field; `columns` are the headers of fields."""
    if not rows:
        return {}
    selected = ", ".join(f"CAST({quote(header)} AS VARCHAR)" for header in columns.values())
    numbers = ", ".join(str(row - 1) for row in rows)
    found = connection.execute(
        f"SELECT file_row_number + 1, {selected} FROM read_parquet({literal(glob_escape(path))}, "
        f"file_row_number = true) WHERE file_row_number IN ({numbers})"
    ).fetchall()
    return {row[0]: dict(zip(columns, (str(text) for text in row[1:]), strict=True)) for row in found}


def _convert(
    source: Source, types: Mapping[str, str], shown: str, zone: str
) -> tuple[dict[str, str], dict[str, str], dict[str, Conversion], list[Problem]]:
    raw: dict[str, str] = {}
    texts: dict[str, str] = {}
    conversions: dict[str, Conversion] = {}
    problems = []
    for field in source.columns:
        header = source.header_of(field)
        if header is None:
            continue
        raw_type, kind = types.get(header, ""), source.type_of(field)
        number = len(texts)
        text, parsed = f"t{number}", f"p{number}"
        conversion: Conversion | None
        if not raw_type:
            message = f"there is no column '{header}' for the field '{field}'"
            problems.append(Problem(Location(shown), RULE_HEADER, message, suggest(header, types)))
            continue
        if raw_type == "VARCHAR" or kind in TEXTUAL or source.columns[field].values:
            raw[field] = without_spaces(f"CAST({quote(header)} AS VARCHAR)")
            texts[field] = meaning_of(source, field, f"w{number}")
            conversion = convert_text(source, field, text, parsed, zone)
        else:
            raw[field], texts[field] = quote(header), f"w{number}"
            conversion = convert_typed(kind, text, raw_type, parsed, zone)
        if conversion is None:
            message = (
                f"the column '{header}' of type {raw_type} cannot be the field '{field}' of type '{kind}'"
            )
            problems.append(Problem(Location(shown), RULE_HEADER, message))
        else:
            conversions[field] = conversion
    return raw, texts, conversions, problems
