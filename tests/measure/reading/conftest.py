"""What the tests of reading share: a source and its files in, what the engine holds and the problems out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from comptoir.measure.reading import Names, Places, Tables, open_engine, read_tables
from comptoir.model.metrics import Source
from comptoir.problems import Problem
from comptoir.store import Store

KNOWN = Names(
    services=frozenset({"mail", "wifi"}),
    segments=frozenset({"researchers", "visitors"}),
    clients=frozenset({"physics", "library"}),
)


@dataclass(frozen=True)
class Read:
    """What reading gave."""

    connection: duckdb.DuckDBPyConnection
    tables: Tables
    problems: tuple[Problem, ...]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    @property
    def said(self) -> list[str]:
        return [str(problem) for problem in self.problems]


ReadSource = Callable[..., Read]


def make_source(columns: dict[str, Any], **keys: Any) -> Source:
    written = {"id": "things", "role": "other", "name": "Things", "files": ["*.csv"], "columns": columns}
    return Source.model_validate(written | keys)


@pytest.fixture
def read_source(tmp_path: Path) -> ReadSource:
    """Reads files (name → text or bytes) as one source; `columns` and the other keys are those of its YAML."""

    def read(
        contents: dict[str, str | bytes],
        columns: dict[str, Any],
        cache: Path | None = None,
        zone: str = "Europe/Paris",
        **keys: Any,
    ) -> Read:
        data = tmp_path / "data"
        for name, content in contents.items():
            path = data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        connection = open_engine()
        places = Places(data, "data", Store(cache) if cache else None, least_cached=0)
        tables, problems = read_tables(connection, [make_source(columns, **keys)], places, KNOWN, zone)
        return Read(connection, tables, problems)

    return read
