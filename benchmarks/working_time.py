"""Working time of a million rows: no argument or a number of rows in, times and ratios of one run out.

    python benchmarks/working_time.py [ROWS]

The rows are the same in every run; the times are not, so compare ratios. Each query groups by service.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

import duckdb

from comptoir.measure.working_sql import (
    PauseRows,
    SpanColumns,
    WorkingTimeTable,
    add_working_seconds,
    register_edges,
)
from comptoir.measure.working_time import MICROSECONDS, EdgeTable, working_edges
from comptoir.model.calendars import Calendar

T = TypeVar("T")

ROUNDS = 3
WEEKS = {
    "office": {"monday-friday": "08:30-12:00, 13:00-18:00"},
    "counter": {"monday-friday": "08:00-18:30"},
    "extended": {"monday-friday": "07:00-20:00", "saturday": "08:00-13:00"},
    "always": {"monday-sunday": "24 h"},
}
COLUMNS = SpanColumns("calendar", "opened", "solved")
PAUSES = PauseRows("SELECT * FROM pauses", "id", "since", "until")
AS_OF = """
SELECT r.*, greatest(0, l.worked + least(epoch_us(solved), l.closes) - l.opens
  - f.worked - least(epoch_us(opened), f.closes) + f.opens) / 1e6 AS working_seconds
FROM requests r
ASOF LEFT JOIN edges f ON r.calendar = f.calendar AND epoch_us(r.opened) >= f.opens
ASOF LEFT JOIN edges l ON r.calendar = l.calendar AND epoch_us(r.solved) >= l.opens
"""


def main(rows: int) -> None:
    """Print how long each way of measuring `rows` requests takes, against a plain subtraction."""
    calendars = {
        name: Calendar.model_validate(
            {"id": name, "name": name, "week": week, "public_holidays": {"country": "FR"}}
        )
        for name, week in WEEKS.items()
    }
    seconds, edges = timed(
        lambda: {
            name: working_edges(calendar, "Europe/Paris", date(2024, 1, 1), date(2026, 12, 31))
            for name, calendar in calendars.items()
        }
    )
    print(f"edges of {len(edges)} calendars over three years: {seconds:.3f} s")
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        seconds, table = timed(lambda: register_edges(engine, edges))
        print(f"into the engine:                          {seconds:.3f} s")
        make_rows(engine, rows)
        make_edges(engine, edges)
        measure(engine, rows, queries_of(table))


def queries_of(table: WorkingTimeTable) -> dict[str, str]:
    """The ways to be compared, the plain subtraction first; each gives `service` and `working_seconds`."""
    requests = "SELECT * FROM requests"
    return {
        "subtraction": "SELECT *, epoch_us(solved) - epoch_us(opened) AS working_seconds FROM requests",
        "day join": add_working_seconds(table, requests, COLUMNS),
        "day join, pauses": add_working_seconds(table, requests, COLUMNS, PAUSES),
        "macro": "SELECT *, working_seconds(calendar, opened, solved) AS working_seconds FROM requests",
        "macro, days": "SELECT *, working_days(calendar, opened, solved) AS working_seconds FROM requests",
        "as-of join": AS_OF,
    }


def measure(engine: duckdb.DuckDBPyConnection, rows: int, queries: dict[str, str]) -> None:
    """Print the best time of each query and its ratio to the first."""
    print(f"{rows:,} requests, {rows // 5 * 2:,} pauses, best of {ROUNDS}")
    unit = 0.0
    for name, query in queries.items():
        grouped = f"SELECT service, avg(working_seconds) FROM ({query}) GROUP BY service"
        best = min(timed(partial(run, engine, grouped))[0] for _ in range(ROUNDS))
        unit = unit or best
        print(
            f"{name:20} {best:7.3f} s   × {best / unit:6.1f}   {rows / best / 1e6:6.2f} million rows a second"
        )


def run(engine: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    """All rows of `query`."""
    return engine.execute(query).fetchall()


def make_rows(engine: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Requests of a year, solved within twenty days; every fifth has two overlapping pauses."""
    names = ", ".join(f"'{name}'" for name in WEEKS)
    engine.execute(f"""
        CREATE TABLE requests AS
        SELECT id, [{names}][1 + (hash(id) % {len(WEEKS)})::INT] AS calendar, 's' || (hash(id + 7) % 24) AS service,
          opened, opened + to_seconds((hash(id * 5) % (20 * 86400))::BIGINT) AS solved
        FROM (SELECT i AS id, TIMESTAMP '2025-01-01' + to_seconds((hash(i * 3) % (365 * 86400))::BIGINT) AS opened
              FROM range({rows}) r(i))""")
    engine.execute("""
        CREATE TABLE pauses AS
        SELECT id, opened + INTERVAL 3 HOUR * k AS since, opened + INTERVAL 3 HOUR * k + INTERVAL 5 HOUR AS until
        FROM requests, range(1, 3) p(k) WHERE id % 5 = 0""")


def make_edges(engine: duckdb.DuckDBPyConnection, edges: dict[str, EdgeTable]) -> None:
    """The edges as they are, for the as-of join."""
    engine.execute("CREATE TABLE edges (calendar VARCHAR, opens BIGINT, closes BIGINT, worked BIGINT)")
    for name, table in edges.items():
        columns = table.opens, table.closes, table.before[:-1]
        lists = [[value * MICROSECONDS for value in column] for column in columns]
        engine.execute("INSERT INTO edges SELECT $1, unnest($2), unnest($3), unnest($4)", [name, *lists])


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that `work` took, and what it gave."""
    before = time.perf_counter()
    result = work()
    return time.perf_counter() - before, result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
