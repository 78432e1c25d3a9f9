"""Typed rows of a file, kept as Parquet by the hash of the file and of what its source says; and taken again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.reading.selecting import PACKED, insert_kept
from comptoir.measure.reading.types import table_of
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Source
from comptoir.store import Store

_VERSION: Final = 4  # of how rows are made: another number makes every kept file stale


def key_of_rows(source: Source, sha256: str, zone: str) -> str:
    """The key under which the rows of a file are kept: another one for anything that changes them."""
    said = {
        "version": [_VERSION, duckdb.__version__],
        "zone": zone,
        "role": source.role,
        "declares": source.dialect.declares_marks,
        "dialect": source.dialect.model_dump(mode="json"),
        "columns": {name: column.model_dump(mode="json") for name, column in source.columns.items()},
        "file": sha256,
    }
    return json.dumps(said, sort_keys=True)


def take_rows(
    store: Store, connection: duckdb.DuckDBPyConnection, source: Source, file: str, key: str
) -> int | None:
    """Add the rows kept under `key` to the table of the source as those of `file`; None when there are none."""
    path = store.read_file(key)
    if path is None:
        return None
    try:
        return insert_kept(connection, source, file, path)
    except duckdb.Error:
        return None


def write_part(connection: duckdb.DuckDBPyConnection, source: Source, file: str, part: Path) -> bool:
    """Write the rows of `file` in the table of the source to `part`; False when that fails."""
    fields = ", ".join(quote(field) for field in source.columns)
    try:
        connection.execute(
            f"COPY (SELECT {fields}, _line + 1 - row_number() OVER () AS _line, _bad, _notes "
            f"FROM {table_of(source.id)} WHERE _file = {literal(file)}) TO {literal(str(part))} ({PACKED})"
        )
    except duckdb.Error:
        return False
    return True
