"""Rows of a database, read in a transaction that only reads: PostgreSQL for real, and SQLite."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from comptoir.fetch import FetchBounds, FetchError, fetch_source
from comptoir.model.metrics import Source
from tests.fetch.conftest import base_catalogue

sqlalchemy = pytest.importorskip("sqlalchemy")

USUAL = FetchBounds()
VARIABLE = "COMPTOIR_DESK_URL"
TICKETS = """CREATE TABLE IF NOT EXISTS tickets (id bigint PRIMARY KEY, opened timestamp, closed timestamptz, day date,
hours numeric(10, 2), urgent boolean, title text, noted jsonb);
INSERT INTO tickets VALUES
 (1, '2026-07-01 08:30', '2026-07-01 10:00+02', '2026-07-01', 1.50, true, 'Réseau: 100 % « lent »', '{"a": [1]}'),
 (2, '2026-07-02 09:00', NULL, '2026-07-02', 12.25, false, NULL, NULL) ON CONFLICT DO NOTHING"""


def source(query: str, **keys: Any) -> Source:
    fetch = {"database": VARIABLE, "query": query}
    columns = {"id": {"type": "integer"}}
    written = {
        "id": "tickets",
        "role": "other",
        "name": "T",
        "files": ["tickets.parquet"],
        "columns": columns,
    }
    return Source.model_validate(written | {"fetch": fetch} | keys)


def fetched(tmp_path: Path, url: str, query: str, bounds: FetchBounds = USUAL) -> list[tuple[Any, ...]]:
    of = source(query)
    assert of.fetch is not None
    found = fetch_source(of, of.fetch, {VARIABLE: url}, lambda: 0.0, bounds, base_catalogue())
    path = tmp_path / "tickets.parquet"
    path.write_bytes(found.content)
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()
    assert found.files["tickets.parquet.sha256"] == f"{found.sha256}  tickets.parquet\n".encode()
    rows = duckdb.sql(f"SET TimeZone = 'UTC'; SELECT * FROM '{path}'").fetchall()
    assert len(rows) == found.rows
    return rows


@pytest.fixture
def tickets(postgresql: str) -> str:
    engine = sqlalchemy.create_engine(postgresql)
    with engine.begin() as connection:
        connection.exec_driver_sql(TICKETS, execution_options={"no_parameters": True})
    engine.dispose()
    return postgresql


def test_rows_of_postgresql_keep_their_types(tmp_path: Path, tickets: str) -> None:
    rows = fetched(
        tmp_path, tickets, "SELECT * FROM tickets WHERE title IS NULL OR title LIKE '%: 100 %' ORDER BY id"
    )
    assert [row[:2] + row[3:] for row in rows] == [
        (
            1,
            datetime(2026, 7, 1, 8, 30),
            date(2026, 7, 1),
            Decimal("1.50"),
            True,
            "Réseau: 100 % « lent »",
            '{"a": [1]}',
        ),
        (2, datetime(2026, 7, 2, 9), date(2026, 7, 2), Decimal("12.25"), False, None, None),
    ]
    assert [row[2] and row[2].timestamp() for row in rows] == [
        datetime.fromisoformat("2026-07-01T08:00Z").timestamp(),
        None,
    ]


@pytest.mark.parametrize(
    "query",
    [
        "WITH gone AS (DELETE FROM tickets RETURNING id) SELECT * FROM gone",
        "SELECT nextval('numbers')",
        "SELECT set_config('transaction_read_only', 'off', false), lo_create(0)",
    ],
)
def test_postgresql_is_only_read(tmp_path: Path, tickets: str, query: str) -> None:
    engine = sqlalchemy.create_engine(tickets)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SEQUENCE IF NOT EXISTS numbers")
    with pytest.raises(FetchError, match="the database refuses: "):
        fetched(tmp_path, tickets, query)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tickets").scalar() == 2
    engine.dispose()


def test_many_rows_come_in_order_and_no_more_than_bounded(tmp_path: Path, tickets: str) -> None:
    query = "SELECT n, n % 7 AS rest FROM generate_series(1, 20000) n ORDER BY n"
    assert fetched(tmp_path, tickets, query) == [(n, n % 7) for n in range(1, 20_001)]
    with pytest.raises(FetchError, match="more than 100 rows came: ask for fewer"):
        fetched(tmp_path, tickets, query, FetchBounds(rows=100))
    with pytest.raises(FetchError, match=r"the database refuses: .*statement timeout"):
        fetched(tmp_path, tickets, "SELECT pg_sleep(30)", FetchBounds(seconds=0.05))


def test_what_goes_wrong_is_said_without_the_password(tmp_path: Path, tickets: str) -> None:
    for url, query, said in (
        (tickets, "SELECT * FROM tickts", r'the database refuses: relation "tickts" does not exist'),
        (tickets, "SELECT id, id FROM tickets", "two columns of the query are called 'id'"),
        (tickets, "SELECT id FROM tickets WHERE id > 5", "no rows came; the file stays as it was"),
        ("postgresql+psycopg://u:S3cret@127.0.0.1:1/x", "SELECT 1 AS n", "the database refuses: .*"),
        ("S3cret", "SELECT 1 AS n", "the variable holds no SQLAlchemy URL"),
        (
            "oracle+oracledb://u:S3cret@h/x",
            "SELECT 1 AS n",
            "no driver for this kind of database is installed",
        ),
        ("", "SELECT 1 AS n", "the variable COMPTOIR_DESK_URL of the environment is not set"),
    ):
        with pytest.raises(FetchError, match=said) as raised:
            fetched(tmp_path, url, query)
        assert "S3cret" not in str(raised.value)


def test_sqlite_is_read_and_not_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t AS SELECT 1 AS id, '2026-07-01' AS opened, 2.5 AS hours")
    engine.dispose()
    assert fetched(tmp_path, url, "SELECT * FROM t") == [(1, "2026-07-01", 2.5)]


@pytest.mark.parametrize(
    ("fetch", "message"),
    [
        ({"database": "DESK_URL", "query": "SELECT 1"}, "COMPTOIR_"),
        ({"database": "postgresql://u:p@h/d", "query": "SELECT 1"}, "COMPTOIR_"),
        ({"database": VARIABLE, "query": "DELETE FROM tickets"}, "a query is one SELECT"),
        ({"database": VARIABLE, "query": "SELECT 1; COMMIT; DELETE FROM t"}, "a query is one SELECT"),
        ({"database": VARIABLE}, "'database' goes with 'query'"),
        ({"query": "SELECT 1"}, "give either 'database'"),
        ({"database": VARIABLE, "query": "SELECT 1", "page": "p"}, "'page' goes with 'address'"),
        ({"address": "http://desk.example.org/api"}, "an address begins with https://"),
        ({"address": "https://me:secret@desk.example.org"}, "holds no name nor password"),
        ({"address": "https://desk.example.org", "page": "p", "next": "n"}, "give either 'next' or 'page'"),
    ],
)
def test_what_cannot_be_fetched_is_refused(fetch: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        source("SELECT 1", fetch=fetch)


@pytest.mark.parametrize("files", [["tickets.csv"], ["a.parquet", "b.parquet"], ["tickets*.parquet"]])
def test_one_file_is_fetched(files: list[str]) -> None:
    with pytest.raises(ValueError, match=r"what is fetched is one file, such as tickets\.parquet"):
        source("SELECT 1", files=files)
