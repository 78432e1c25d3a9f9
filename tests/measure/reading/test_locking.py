"""A locked engine: hostile SQL is refused, whatever it tries."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from comptoir.measure.reading import lock_down, open_engine
from comptoir.measure.sql.engine import QueryError, run_query

HOSTILE = (
    "SELECT * FROM read_csv('secret.csv')",
    "SELECT * FROM 'secret.csv'",
    "SELECT * FROM read_text('secret.csv')",
    "SELECT * FROM read_blob('secret.csv')",
    "SELECT * FROM glob('*')",
    "ATTACH 'other.db'",
    "COPY (SELECT 1) TO 'out.csv'",
    "COPY things FROM 'secret.csv'",
    "EXPORT DATABASE 'out'",
    "IMPORT DATABASE 'out'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "CREATE SECRET (TYPE s3)",
    "SET threads = 8",
    "SET memory_limit = '100GB'",
    "SET lock_configuration = false",
    "SET enable_external_access = true",
    "RESET memory_limit",
    "PRAGMA threads = 8",
    "PRAGMA enable_profiling",
    "SET temp_directory = 'here'",
    "SELECT getenv('HOME')",
)
ENDLESS = (
    "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "SELECT sum(a.range * b.range % 7) FROM range(1000000) a, range(1000000) b",
)


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> duckdb.DuckDBPyConnection:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.csv").write_text("password\nhunter2\n")
    connection = open_engine(memory="300MB", threads=1)
    connection.execute("CREATE TABLE things AS SELECT 'x' AS word")
    lock_down(connection)
    return connection


@pytest.mark.parametrize("sql", HOSTILE)
def test_refused(locked: duckdb.DuckDBPyConnection, sql: str, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        locked.execute(sql)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize("sql", ENDLESS)
def test_what_runs_for_ever_is_stopped(locked: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(QueryError, match=r"more than 0\.5 seconds"):
        run_query(locked, sql, limit=0.5)
    assert run_query(locked, "SELECT word FROM things") == [{"word": "x"}]


def test_what_needs_too_much_memory_is_refused_and_nothing_is_written(
    locked: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(duckdb.OutOfMemoryException):
        locked.execute("CREATE TABLE big AS SELECT range AS a, hash(range) AS b FROM range(100000000)")
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_tables_can_still_be_made_and_locking_twice_is_locking_once(
    locked: duckdb.DuckDBPyConnection,
) -> None:
    lock_down(locked)
    locked.execute("CREATE TABLE more AS SELECT 1 AS a")
    assert locked.execute("SELECT a FROM more").fetchall() == [(1,)]
