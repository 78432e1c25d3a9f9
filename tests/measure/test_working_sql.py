"""Working time of many rows: what the engine says is what the exact function says, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.measure.working_days import working_days_between
from comptoir.measure.working_sql import PauseRows, SpanColumns, add_working_seconds, register_edges
from comptoir.measure.working_time import EdgeTable, Pause, working_edges, working_seconds, zone_of
from comptoir.model.calendars import Calendar
from tests.measure.calendars import CHANGES, calendar, calendars

OFFICE = calendar(public_holidays={"country": "FR"})
ALWAYS = calendar(week={"monday-sunday": "24 h"})
SPLIT = calendar(week={"monday-saturday": "00:00-02:30, 02:30-03:15, 12:00-13:00, 22:00-24:00"})
COLUMNS = SpanColumns("calendar", "opened", "solved")


@pytest.fixture
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def edges_of(of: Calendar, first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> EdgeTable:
    return working_edges(of, "Europe/Paris", first, last)


def three_calendars() -> dict[str, EdgeTable]:
    return {"office": edges_of(OFFICE), "always": edges_of(ALWAYS), "split": edges_of(SPLIT)}


def insert(engine: duckdb.DuckDBPyConnection, rows: list[tuple[object, ...]]) -> None:
    engine.execute("CREATE TABLE requests (id INTEGER, calendar VARCHAR, opened TIMESTAMP, solved TIMESTAMP)")
    engine.executemany("INSERT INTO requests VALUES (?, ?, ?, ?)", rows)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def one(engine: duckdb.DuckDBPyConnection, expression: str) -> object:
    row = engine.execute(f"SELECT {expression}").fetchone()
    assert row is not None
    return row[0]


def test_a_query_gets_a_column_of_working_seconds(engine: duckdb.DuckDBPyConnection) -> None:
    table = register_edges(engine, three_calendars())
    insert(
        engine,
        [
            (1, "office", utc("2026-11-16 07:30"), utc("2026-11-16 09:30:00.5")),  # 08:30 to 10:30 in Paris
            (2, "always", utc("2026-11-16 07:30"), utc("2026-11-16 09:30")),
            (3, "office", utc("2026-07-14 07:30"), utc("2026-07-14 09:30")),  # public holiday
            (4, "office", utc("2026-11-16 09:30"), utc("2026-11-16 07:30")),
            (5, "office", utc("2026-11-16 09:30"), None),
            (6, None, utc("2026-11-16 09:30"), utc("2026-11-16 09:45")),
        ],
    )
    query = add_working_seconds(table, "SELECT * FROM requests", COLUMNS)
    result = engine.execute(f"SELECT * FROM ({query}) ORDER BY id")

    assert [column[0] for column in result.description or []] == [
        "id",
        "calendar",
        "opened",
        "solved",
        "working_seconds",
    ]
    assert [row[4] for row in result.fetchall()] == [Decimal("7200.5"), 7200, 0, 0, None, None]


def test_the_macros_serve_in_any_expression(engine: duckdb.DuckDBPyConnection) -> None:
    register_edges(engine, three_calendars())
    insert(
        engine,
        [
            (k, "office", utc("2026-11-16 08:00"), utc("2026-11-16 08:00") + timedelta(hours=k))
            for k in range(6)
        ],
    )
    within = engine.execute(
        "SELECT count(*) FILTER (WHERE working_seconds(calendar, opened, solved) <= 2 * 3600), count(*)"
        " FROM requests WHERE working_seconds(calendar, opened, solved) > 0"
    ).fetchone()
    assert within == (2, 5)
    assert one(
        engine, "typeof(working_seconds('office', TIMESTAMP '2026-11-16', TIMESTAMP '2026-11-17'))"
    ) == ("DECIMAL(18,6)")
    assert one(engine, "working_seconds('office', TIMESTAMPTZ '2026-11-16 08:30:00+01', TIMESTAMPTZ '2026-11-16 08:00:00+00')") == 1800  # fmt: skip
    assert one(engine, "working_seconds('office', NULL::TIMESTAMP, TIMESTAMP '2026-11-16')") is None
    assert (
        one(engine, "working_days('office', TIMESTAMP '2026-11-13 09:00', TIMESTAMP '2026-11-16 09:00')") == 1
    )
    assert (
        one(engine, "working_days('office', TIMESTAMP '2026-11-16 09:00', TIMESTAMP '2026-11-13 09:00')") == 0
    )
    assert one(engine, "working_days('office', TIMESTAMP '2026-11-16 09:00', NULL::TIMESTAMP)") is None


def test_no_name_of_the_caller_is_taken_for_one_of_the_table(engine: duckdb.DuckDBPyConnection) -> None:
    table = register_edges(engine, three_calendars())
    engine.execute(
        "CREATE TABLE spans AS SELECT 'always' AS calendar, TIMESTAMP '2026-11-16' AS day,"
        " TIMESTAMP '2026-11-17' AS worked, 1 AS key, TIMESTAMP '2026-11-16 12:00' AS since, NULL::TIMESTAMP AS until"
    )
    for alias in ("", "d", "f", "l", "r", "p"):
        count = f"SELECT count(*) FROM spans {alias} WHERE working_seconds(calendar, day, worked) = 86400"
        assert engine.execute(count).fetchall() == [(1,)]
    pauses = PauseRows("SELECT key, since, until FROM spans", "key", "since", "until")
    query = add_working_seconds(
        table, "SELECT * FROM spans", SpanColumns("calendar", "day", "worked"), pauses
    )
    assert engine.execute(f"SELECT working_seconds FROM ({query})").fetchall() == [(12 * 3600,)]


def test_the_complaint_in_the_engine(engine: duckdb.DuckDBPyConnection) -> None:
    register_edges(engine, {"office": edges_of(calendar(), date(2013, 1, 1), date(2013, 12, 31))})
    days = "working_days('office', TIMESTAMP '2013-04-05 07:00', TIMESTAMP '2013-04-15 15:00')"
    assert one(engine, days) == 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'office', TIMESTAMP '2030-01-01', TIMESTAMP '2026-01-05'", "calendar office has no hours for 2030-01-01 00:00:00"),
        ("'ofice', TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-05'", "calendar ofice has no hours for 2026-01-0"),
        ("'office', TIMESTAMP '0202-01-01', TIMESTAMP '2026-01-05'", "calendar office has no hours for 0202-01-01 00:00:00"),
    ],
)  # fmt: skip
def test_what_is_not_covered_is_an_error_and_never_nothing(
    engine: duckdb.DuckDBPyConnection, arguments: str, message: str
) -> None:
    register_edges(engine, three_calendars())
    for macro in ("working_seconds", "working_days"):
        with pytest.raises(duckdb.InvalidInputException, match=message):
            one(engine, f"{macro}({arguments})")


def test_pauses_of_each_row_are_merged_and_taken_away(engine: duckdb.DuckDBPyConnection) -> None:
    table = register_edges(engine, three_calendars())
    day = "2026-11-16 "
    insert(
        engine,
        [
            (k, "office", utc(day + "08:00"), utc(day + "15:00")) for k in range(1, 6)
        ]  # 09:00 to 16:00 in Paris: 6 h
        + [(6, "office", utc(day + "15:00"), utc(day + "08:00"))],
    )
    engine.execute("CREATE TABLE waits (id INTEGER, since TIMESTAMP, until TIMESTAMP)")
    engine.executemany(
        "INSERT INTO waits VALUES (?, ?, ?)",
        [
            (1, utc(day + "09:00"), utc(day + "10:00")),
            (1, utc(day + "09:30"), utc(day + "12:30")),  # overlaps, and lunch does not count twice
            (1, utc(day + "09:15"), utc(day + "09:20")),  # lies within
            (2, utc("2026-11-01 09:00"), utc("2026-11-30 09:00")),
            (3, utc(day + "14:00"), None),
            (3, utc(day + "12:00"), utc(day + "10:00")),  # runs backwards
            (4, None, utc(day + "10:00")),
            (6, utc(day + "09:00"), utc(day + "10:00")),
            (99, utc(day + "09:00"), utc(day + "10:00")),  # of no row
        ],
    )
    waits = PauseRows("SELECT * FROM waits", "id", "since", "until")
    query = add_working_seconds(table, "SELECT * FROM requests", COLUMNS, waits, name="net")
    result = engine.execute(f"SELECT id, net FROM ({query}) ORDER BY id").fetchall()
    assert result == [(1, 3.5 * 3600), (2, 0), (3, 5 * 3600), (4, None), (5, 6 * 3600), (6, 0)]


def test_names_of_columns_are_quoted(engine: duckdb.DuckDBPyConnection) -> None:
    table = register_edges(engine, three_calendars())
    source = """SELECT 'office' AS "select", TIMESTAMP '2026-11-16 08:00' AS "a""b", TIMESTAMP '2026-11-16 09:00' AS "fin é" """
    query = add_working_seconds(table, source, SpanColumns("select", 'a"b', "fin é"), name="heures ouvrées")
    assert engine.execute(f'SELECT "heures ouvrées" FROM ({query})').fetchall() == [(3600,)]


def test_a_calendar_that_never_works_and_no_calendar_at_all(engine: duckdb.DuckDBPyConnection) -> None:
    register_edges(engine, {"closed": edges_of(calendar(week={}))})
    assert one(engine, "working_seconds('closed', TIMESTAMP '2026-01-05', TIMESTAMP '2026-02-05')") == 0
    assert one(engine, "working_days('closed', TIMESTAMP '2026-01-05', TIMESTAMP '2026-02-05')") == 0
    register_edges(engine, {})
    with pytest.raises(duckdb.InvalidInputException, match="calendar closed has no hours for"):
        one(engine, "working_seconds('closed', TIMESTAMP '2026-01-05', TIMESTAMP '2026-02-05')")


def test_it_works_in_an_engine_that_is_locked_down(engine: duckdb.DuckDBPyConnection) -> None:
    register_edges(engine, three_calendars())
    engine.execute("SET enable_external_access = false; SET lock_configuration = true")
    assert (
        one(engine, "working_seconds('office', TIMESTAMP '2026-11-16', TIMESTAMP '2026-11-17')") == 9 * 3600
    )


def test_instants_before_1970_lie_on_their_day(engine: duckdb.DuckDBPyConnection) -> None:
    edges = edges_of(calendar(), date(1969, 12, 1), date(1969, 12, 31))
    register_edges(engine, {"office": edges})
    start, end = datetime(1969, 12, 30, 7, 30, tzinfo=UTC), datetime(1969, 12, 31, 11, 15, tzinfo=UTC)
    seconds = one(
        engine, "working_seconds('office', TIMESTAMP '1969-12-30 07:30', TIMESTAMP '1969-12-31 11:15')"
    )
    assert seconds == working_seconds(edges, start, end) > 0


@settings(max_examples=40)
@given(st.data(), st.sampled_from(CHANGES))
def test_the_engine_and_the_exact_function_agree(data: st.DataObject, change: tuple[str, date]) -> None:
    around = change[1]
    tables, zones, models = {}, {}, {}
    for name, zone in (("first", change[0]), ("second", "America/New_York")):
        models[name] = data.draw(calendars(zone, around))
        zones[name] = zone_of(models[name], "UTC")
        tables[name] = working_edges(
            models[name], "UTC", around - timedelta(days=6), around + timedelta(days=6)
        )
    noon = datetime(around.year, around.month, around.day, 12, tzinfo=UTC)
    instants = st.integers(-6 * 86_400, 6 * 86_400).map(lambda seconds: noon + timedelta(seconds=seconds))
    spans = data.draw(st.lists(st.tuples(st.sampled_from(["first", "second"]), instants, instants), min_size=1, max_size=12))  # fmt: skip
    pauses = data.draw(st.lists(st.tuples(st.integers(0, 11), instants, st.none() | instants), max_size=20))

    with duckdb.connect() as engine:
        table = register_edges(engine, tables)
        insert(engine, [(k, name, _naive(a), _naive(b)) for k, (name, a, b) in enumerate(spans)])
        engine.execute("CREATE TABLE waits (id INTEGER, since TIMESTAMP, until TIMESTAMP)")
        for k, since, until in pauses:
            engine.execute("INSERT INTO waits VALUES (?, ?, ?)", [k, _naive(since), _naive(until)])
        waits = PauseRows("SELECT * FROM waits", "id", "since", "until")
        gross = add_working_seconds(table, "SELECT * FROM requests", COLUMNS, name="gross")
        query = add_working_seconds(table, gross, COLUMNS, waits, name="net")
        rows = engine.execute(
            "SELECT gross, net, working_seconds(calendar, opened, solved), working_days(calendar, opened, solved)"
            f" FROM ({query}) ORDER BY id"
        ).fetchall()

    for k, (name, start, end) in enumerate(spans):
        own = [Pause(since, until) for of, since, until in pauses if of == k]
        expected = working_seconds(tables[name], start, end)
        assert rows[k][0] == rows[k][2] == expected
        assert rows[k][1] == working_seconds(tables[name], start, end, own)
        first, last = (moment.astimezone(zones[name]).date() for moment in (start, end))
        if _same_day_ever_since(zones[name].key):
            assert rows[k][3] == working_days_between(models[name], "UTC", first, last)


def _naive(instant: datetime | None) -> datetime | None:
    return instant.replace(tzinfo=None) if instant else None


def _same_day_ever_since(zone: str) -> bool:
    """False for zones whose clock is put back over midnight, where a day comes twice on the wall."""
    return zone != "America/Sao_Paulo"
