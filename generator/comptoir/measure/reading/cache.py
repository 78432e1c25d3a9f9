"""Cache: typed rows of a file kept as Parquet, by the hash of the file and of what its source says; and taken again.

What is kept is only faster: a file that cannot be written or read is as if it were not there. This module is the only
one of reading that writes, and it writes into the folder of the cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.engine import literal, quote
from comptoir.measure.reading.csv_files import glob_escape
from comptoir.measure.reading.types import table_of
from comptoir.model.metrics import Source

_VERSION: Final = 1  # of how rows are made: another number makes every kept file stale


@dataclass(frozen=True, slots=True)
class RowCache:
    """Rows of files, in `folder`."""

    folder: Path

    def name_of(self, source: Source, sha256: str, zone: str) -> str:
        """The name under which the rows of a file are kept: another one for anything that changes them."""
        said = {
            "version": [_VERSION, duckdb.__version__],
            "zone": zone,
            "role": source.role,
            "declares": source.dialect.declares_marks,
            "dialect": source.dialect.model_dump(mode="json"),
            "columns": {name: column.model_dump(mode="json") for name, column in source.columns.items()},
        }
        key = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        return f"{key[:24]}-{sha256}.parquet"

    def take(self, connection: duckdb.DuckDBPyConnection, source: Source, file: str, name: str) -> int | None:
        """Add the rows kept under `name` to the table of the source as those of `file`; None when there are none."""
        path = self.folder / name
        if not path.is_file():
            return None
        fields = ", ".join(quote(field) for field in source.columns)
        try:
            answer = connection.execute(
                f"INSERT INTO {table_of(source.id)} SELECT {fields}, {literal(file)}, _line, 0, _notes "
                f"FROM read_parquet({literal(glob_escape(path))})"
            ).fetchone()
        except duckdb.Error:
            return None
        return int(answer[0]) if answer else None

    def keep(self, connection: duckdb.DuckDBPyConnection, source: Source, file: str, name: str) -> None:
        """Keep the rows of `file` in the table of the source under `name`."""
        path = self.folder / name
        beside = path.with_name(f"{name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            connection.execute(
                f"COPY (SELECT * EXCLUDE (_file, _bad) FROM {table_of(source.id)} WHERE _file = {literal(file)}) "
                f"TO {literal(str(beside))} (FORMAT parquet)"
            )
            beside.replace(path)
        except (OSError, duckdb.Error):
            beside.unlink(missing_ok=True)

    def forget_all_but(self, names: Iterable[str]) -> None:
        """Remove what is kept under other names than these, so that the folder does not grow for ever."""
        used = set(names)
        try:
            for path in sorted(self.folder.glob("*.parquet")):
                if path.name not in used:
                    path.unlink(missing_ok=True)
        except OSError:
            return
