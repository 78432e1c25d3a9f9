"""Rows into a table: raw rows of the engine and how each field is made of them in, typed rows of a source out.

Beside its fields a row has `_file`, `_line`, and two words whose n-th bit tells of the n-th field: `_bad`, its value
could not be read and is missing; `_notes`, its value was rounded, or its hour is skipped or repeated by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.reading.conversions import Conversion, constant_value
from comptoir.measure.reading.types import SQL_TYPES, TEXTUAL, table_of
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Source

LEFT_BIT: Final = 61  # of `_notes`, beyond those of fields: the dialect says to leave the row out
PACKED: Final = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw, DICTIONARY_SIZE_LIMIT 1000"
"""How kept rows are written: a quarter of the size that the engine's own choice has, and no slower."""


@dataclass(frozen=True, slots=True)
class Layer:
    """How each field is made, in steps over the columns of the step before; fields are counted in the order of `raw`.

    `rows` gives columns and `line` the line of each row; `raw` are SQL over these; `texts` are over w0, w1…, which are
    what `raw` gives; `conversions` are over t0, t1…, which are the texts, and p0, p1…. `left` is SQL over the columns of
    `rows`: the rows that the dialect says to leave out, which have no value.
    """

    rows: str
    line: str
    raw: Mapping[str, str]
    texts: Mapping[str, str]
    conversions: Mapping[str, Conversion]
    left: str = ""


def create_table(connection: duckdb.DuckDBPyConnection, source: Source, files: Iterable[str]) -> None:
    """Make the empty table of a source that will hold rows of `files`."""
    names = ", ".join(literal(name) for name in files)
    columns = [f"{quote(field)} {SQL_TYPES[source.type_of(field)]}" for field in source.columns]
    columns += [f"_file {f'ENUM ({names})' if names else 'VARCHAR'}", "_line BIGINT"]
    columns += ["_bad BIGINT", "_notes BIGINT"]
    connection.execute(f"CREATE OR REPLACE TABLE {table_of(source.id)} ({', '.join(columns)})")


def insert_rows(connection: duckdb.DuckDBPyConnection, source: Source, file: str, layer: Layer) -> int:
    """Add rows to the table of the source, and say how many. Raises duckdb.Error for what the engine cannot read."""
    fields = ", ".join(map(quote, source.columns))
    query = f"SELECT {fields}, {literal(file)}, _line, _bad, _notes FROM ({typed_rows(source, layer)})"
    answer = connection.execute(f"INSERT INTO {table_of(source.id)} {query}").fetchone()
    return int(answer[0]) if answer else 0


def write_rows(
    connection: duckdb.DuckDBPyConnection, source: Source, layer: Layer, first_line: int, part: Path
) -> None:
    """Write rows to `part`, whose `_line` is then that of a row less its number there (from 0), as in what is kept.

    The engine numbers the rows of a query with one thread; without numbers it reads the file with all of them. Raises
    duckdb.Error for what it cannot read, or write.
    """
    rows = typed_rows(source, replace(layer, line=f"{first_line}::BIGINT"))
    connection.execute(f"COPY ({rows}) TO {literal(str(part))} ({PACKED})")


def insert_kept(connection: duckdb.DuckDBPyConnection, source: Source, file: str, path: Path) -> int:
    """Add the rows of `file` that were written to `path`. Raises duckdb.Error when they cannot be read."""
    fields = ", ".join(map(quote, source.columns))
    answer = connection.execute(
        f"INSERT INTO {table_of(source.id)} "
        f"SELECT {fields}, {literal(file)}, file_row_number + _line, _bad, _notes "
        f"FROM read_parquet({literal(glob_escape(path))}, file_row_number = true)"
    ).fetchone()
    return int(answer[0]) if answer else 0


def glob_escape(path: Path) -> str:
    """The path for the engine, which takes '*', '?' and '[' for patterns."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def typed_rows(source: Source, layer: Layer) -> str:
    """A query of the fields of each row, with `_line`, `_bad` and `_notes`."""
    fields = list(layer.raw)
    raw = "".join(f", {layer.raw[field]} AS w{n}" for n, field in enumerate(fields))
    conversions = [layer.conversions[field] for field in fields]
    wanted = "CASE WHEN NOT _left THEN {} END" if layer.left else "{}"
    texts = "".join(f", {wanted.format(layer.texts[field])} AS t{n}" for n, field in enumerate(fields))
    parsed = "".join(f", {conversion.parsed} AS p{n}" for n, conversion in enumerate(conversions))
    values = "".join(
        f", {conversion.value} AS v{n}, {conversion.note} AS n{n}" for n, conversion in enumerate(conversions)
    )
    made = {field: f"v{n}" for n, field in enumerate(fields)}
    selected = [
        f"{made.get(field) or constant_value(source, field)} AS {quote(field)}" for field in source.columns
    ]
    bits = {field: bit for bit, field in enumerate(source.columns)}
    bad = _word(
        (bits[field], f"v{n} IS NULL AND t{n} IS NOT NULL")
        for n, field in enumerate(fields)
        if source.type_of(field) not in TEXTUAL
    )
    notes = _word(
        [
            *((bits[f], f"n{n}") for n, f in enumerate(fields) if layer.conversions[f].note != "FALSE"),
            *([(LEFT_BIT, "_left")] if layer.left else []),
        ]
    )
    left = (", _left", f", coalesce({layer.left}, FALSE) AS _left") if layer.left else ("", "")
    return f"""
SELECT {", ".join(selected)}, _line, {bad} AS _bad, {notes} AS _notes FROM (
SELECT *{values} FROM (
SELECT *{parsed} FROM (
SELECT _line{left[0]}{texts} FROM (
SELECT {layer.line} AS _line{left[1]}{raw} FROM {layer.rows}))))"""


def _word(bits: Iterable[tuple[int, str]]) -> str:
    terms = [f"CASE WHEN {condition} THEN {1 << bit}::BIGINT ELSE 0 END" for bit, condition in bits]
    return " + ".join(terms) or "0"
