"""Cache: typed rows of a file kept as Parquet, by the hash of the file and of what its source says; and taken again.

What is kept is only faster: a file that cannot be written or read is as if it were not there. This module is the only
one of reading that writes, and it writes into the folder of the cache.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.engine import literal, quote
from comptoir.measure.reading.selecting import insert_kept
from comptoir.measure.reading.types import table_of
from comptoir.model.metrics import Source

_VERSION: Final = 2  # of how rows are made: another number makes every kept file stale


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
        try:
            return insert_kept(connection, source, file, path)
        except duckdb.Error:
            return None

    def begin(self, source: Source) -> Path | None:
        """A place for the rows of a file that is being read, to `end` with; None where nothing can be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return self.folder / f"{source.id}.{os.getpid()}.part"

    def end(self, part: Path, name: str | None) -> None:
        """Keep what was written there under `name`; None forgets it."""
        try:
            if name is not None:
                part.replace(self.folder / name)
            part.unlink(missing_ok=True)
            if not any(self.folder.iterdir()):
                self.folder.rmdir()
        except OSError:
            return

    def keep(self, connection: duckdb.DuckDBPyConnection, source: Source, file: str, part: Path) -> None:
        """Write the rows of `file` in the table of the source to `part`."""
        fields = ", ".join(quote(field) for field in source.columns)
        with suppress(duckdb.Error):
            connection.execute(
                f"COPY (SELECT {fields}, _line + 1 - row_number() OVER () AS _line, _bad, _notes "
                f"FROM {table_of(source.id)} WHERE _file = {literal(file)}) TO {literal(str(part))} (FORMAT parquet)"
            )

    def forget_all_but(self, names: Iterable[str]) -> None:
        """Remove what is kept under other names than these, so that the folder does not grow for ever."""
        used = set(names)
        try:
            for path in sorted(self.folder.glob("*.pa*")):
                if path.name not in used and path.suffix in {".parquet", ".part"}:
                    path.unlink(missing_ok=True)
        except OSError:
            return
