"""Working time of many rows: the edges of calendars in, a table, macros and queries of the embedded engine out.

One row a calendar and day of UTC says how much work lies before that day and when the day works, so that the
position of an instant is a join on equality and a little arithmetic; that is several times faster than an as-of join
on the edges, which has to sort. `add_working_seconds` writes that join; the macros do the same inside any
expression, at a few times its price:

- `working_seconds(calendar, start, end)`: DECIMAL(18, 6), 0 when `end` comes before `start`;
- `working_days(calendar, start, end)`: BIGINT, working days that begin after `start` and up to `end`, so that the
  day of `start` does not count; 0 when `end` comes before `start`.

`start` and `end` are TIMESTAMP in UTC or TIMESTAMP WITH TIME ZONE. NULL gives NULL; an unknown calendar or an instant
outside its days is an error of the engine, because a row that silently counts for nothing falsifies a share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import duckdb

from comptoir.measure.working_time import MICROSECONDS, SECONDS_OF_DAY, EdgeTable

TABLE: Final = "comptoir_working_time"
_HOURS: Final = "comptoir_hours"
_DAY: Final = SECONDS_OF_DAY * MICROSECONDS
_SHIFT: Final = (
    1_000_000  # days; `//` of the engine rounds towards zero, so days are counted from before our era
)
_NEVER: Final = 2**62
_PREFIX: Final = (
    "comptoir_"  # of every name inside macros, where a name of the caller's would be taken for ours
)
_Spans: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WorkingTimeTable:
    """What the engine's table holds for a day at most: stretches of work, and beginnings of working days."""

    stretches: int
    beginnings: int


@dataclass(frozen=True, slots=True)
class SpanColumns:
    """Names of the columns that say which calendar counts, from when, until when."""

    calendar: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class PauseRows:
    """Pauses as rows: a query and its columns; a missing end is that of the row that pauses.

    `key` is the column that joins them with the rows, and the name of a column there that tells rows apart.
    """

    query: str
    key: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of UTC of a calendar, in microseconds since 1970."""

    day: int
    worked: int
    days_worked: int
    stretches: _Spans
    beginnings: tuple[int, ...]


def register_edges(connection: duckdb.DuckDBPyConnection, edges: Mapping[str, EdgeTable]) -> WorkingTimeTable:
    """Put the table and macros of these calendars (by identifier) into the engine, in place of those before.

    Gives what `add_working_seconds` needs to know of the table.
    """
    days = {name: _days(table) for name, table in sorted(edges.items())}
    every = [day for of_calendar in days.values() for day in of_calendar]
    table = WorkingTimeTable(
        max((len(day.stretches) for day in every), default=0),
        max((len(day.beginnings) for day in every), default=0),
    )
    columns = ["day", "worked", "days_worked"]
    columns += [f"{name}{k}" for k in range(table.stretches) for name in ("since", "until")]
    columns += [f"begins{k}" for k in range(table.beginnings)]
    typed = ", ".join(f"{_PREFIX}{column} BIGINT" for column in columns)
    connection.execute(f"CREATE OR REPLACE TABLE {TABLE} ({_PREFIX}calendar VARCHAR, {typed})")
    lists = ", ".join(f"unnest(${number}::BIGINT[])" for number in range(2, len(columns) + 2))
    for name, of_calendar in days.items():
        rows = [_row(day, table) for day in of_calendar]
        values = [
            str(list(column)) for column in zip(*rows, strict=True)
        ]  # texts, which the engine reads faster
        connection.execute(f"INSERT INTO {TABLE} SELECT $1, {lists}", [name, *values])
    _create_macros(connection, table)
    return table


def add_working_seconds(
    table: WorkingTimeTable,
    query: str,
    columns: SpanColumns,
    pauses: PauseRows | None = None,
    name: str = "working_seconds",
) -> str:
    """A query that gives the columns of `query` and, as column `name`, the working seconds of each row.

    Types and errors are those of the macro `working_seconds`. Pauses may overlap and reach beyond their row; one
    that does not say when it began gives NULL.
    """
    if pauses is not None:
        return _without_pauses(table, query, columns, pauses, name)
    start, end = f"r.{_quote(columns.start)}", f"r.{_quote(columns.end)}"
    calendar = f"r.{_quote(columns.calendar)}"
    length = f"{_checked(table, 'l', calendar, end)} - {_checked(table, 'f', calendar, start)}"
    return f"""
SELECT r.*, {_seconds(_not_negative(length))} AS {_quote(name)}
FROM ({query}) r
{_join("f", calendar, start)}
{_join("l", calendar, end)}"""


def add_working_days(
    table: WorkingTimeTable, query: str, columns: SpanColumns, name: str = "working_days"
) -> str:
    """A query that gives the columns of `query` and, as column `name`, the working days of each row.

    Type and errors are those of the macro `working_days`.
    """
    start, end = f"r.{_quote(columns.start)}", f"r.{_quote(columns.end)}"
    calendar = f"r.{_quote(columns.calendar)}"
    last = _or_error(_number(table, "l", end), calendar, end)
    first = _or_error(_number(table, "f", start), calendar, start)
    return f"""
SELECT r.*, {_not_negative(f"{last} - {first}")} AS {_quote(name)}
FROM ({query}) r
{_join("f", calendar, start)}
{_join("l", calendar, end)}"""


def _without_pauses(
    table: WorkingTimeTable, query: str, columns: SpanColumns, pauses: PauseRows, name: str
) -> str:
    key, pause_key = _quote(pauses.key), f"p.{_quote(pauses.key)}"
    start, end = f"r.{_quote(columns.start)}", f"r.{_quote(columns.end)}"
    calendar = f"r.{_quote(columns.calendar)}"
    length = '"comptoir last" - "comptoir first" - CASE WHEN p.key IS NULL THEN 0 ELSE p.length END'
    # Work never runs backwards, so overlapping pauses merge just as well as positions, in one pass.
    return f"""
WITH comptoir_spans AS MATERIALIZED (
  SELECT r.*, {_checked(table, "f", calendar, start)} AS "comptoir first",
    {_checked(table, "l", calendar, end)} AS "comptoir last"
  FROM ({query}) r
  {_join("f", calendar, start)}
  {_join("l", calendar, end)}
), comptoir_pauses AS (
  SELECT r.{key} AS key, {calendar} AS calendar, "comptoir first", "comptoir last",
    p.{_quote(pauses.start)} AS since, coalesce(p.{_quote(pauses.end)}, {end}) AS until
  FROM ({pauses.query}) p JOIN comptoir_spans r ON r.{key} = {pause_key}
), comptoir_positions AS (
  SELECT p.key, p.since IS NULL AS unknown,
    least(greatest({_checked(table, "f", "p.calendar", "p.since")}, "comptoir first"), "comptoir last") AS since,
    least(greatest({_checked(table, "l", "p.calendar", "p.until")}, "comptoir first"), "comptoir last") AS until
  FROM comptoir_pauses p
  {_join("f", "p.calendar", "p.since")}
  {_join("l", "p.calendar", "p.until")}
), comptoir_merged AS (
  SELECT *, max(until) OVER (
    PARTITION BY key ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS done FROM comptoir_positions
), comptoir_paused AS (
  SELECT key, CASE WHEN NOT bool_or(unknown)
    THEN sum(greatest(0, until - greatest(since, coalesce(done, since)))) END AS length
  FROM comptoir_merged GROUP BY key
)
SELECT r.* EXCLUDE ("comptoir first", "comptoir last"),
  {_seconds(_not_negative(length))} AS {_quote(name)}
FROM comptoir_spans r LEFT JOIN comptoir_paused p ON p.key = r.{key}"""


def _create_macros(connection: duckdb.DuckDBPyConnection, table: WorkingTimeTable) -> None:
    for macro, value in (
        ("position", _position(table, _HOURS, "at_instant")),
        ("number", _number(table, _HOURS, "at_instant")),
    ):
        same_day = _same_day(_HOURS, "of_calendar", "at_instant")
        day = f"(SELECT {value} FROM {TABLE} {_HOURS} WHERE {same_day})"
        found = _or_error(day, "of_calendar", "at_instant")
        connection.execute(f"CREATE OR REPLACE MACRO {TABLE}_{macro}(of_calendar, at_instant) AS {found}")
    known = "of_calendar IS NOT NULL AND start_at IS NOT NULL AND end_at IS NOT NULL"
    length = (
        f"CASE WHEN {known} THEN greatest(0, {{0}}(of_calendar, end_at) - {{0}}(of_calendar, start_at)) END"
    )
    seconds, days = _seconds(length.format(f"{TABLE}_position")), length.format(f"{TABLE}_number")
    connection.execute(f"CREATE OR REPLACE MACRO working_seconds(of_calendar, start_at, end_at) AS {seconds}")
    connection.execute(f"CREATE OR REPLACE MACRO working_days(of_calendar, start_at, end_at) AS {days}")


def _position(table: WorkingTimeTable, day: str, instant: str) -> str:
    """Microseconds of work from the beginning of the calendar's days to `instant`, given the row of its day."""
    stretches = (
        f" + greatest(0, least(epoch_us({instant}), {day}.{_PREFIX}until{k}) - {day}.{_PREFIX}since{k})"
        for k in range(table.stretches)
    )
    return f"{day}.{_PREFIX}worked{''.join(stretches)}"


def _number(table: WorkingTimeTable, day: str, instant: str) -> str:
    """Working days that begin up to `instant`, given the row of its day."""
    beginnings = (
        f" + (epoch_us({instant}) >= {day}.{_PREFIX}begins{k})::BIGINT" for k in range(table.beginnings)
    )
    return f"{day}.{_PREFIX}days_worked{''.join(beginnings)}"


def _checked(table: WorkingTimeTable, day: str, calendar: str, instant: str) -> str:
    return _or_error(_position(table, day, instant), calendar, instant)


def _or_error(value: str, calendar: str, instant: str) -> str:
    """`value`, NULL where `calendar` or `instant` is, an error where they are known and `value` is not."""
    message = f"'calendar ' || {calendar} || ' has no hours for ' || {instant}"
    return f"CASE WHEN {calendar} IS NOT NULL AND {instant} IS NOT NULL THEN coalesce({value}, error({message})) END"


def _join(alias: str, calendar: str, instant: str) -> str:
    return f"LEFT JOIN {TABLE} {alias} ON {_same_day(alias, calendar, instant)}"


def _same_day(alias: str, calendar: str, instant: str) -> str:
    return f"{alias}.{_PREFIX}calendar = {calendar} AND {alias}.{_PREFIX}day = {_day_of(instant)}"


def _day_of(instant: str) -> str:
    return f"(epoch_us({instant}) + {_SHIFT * _DAY}) // {_DAY}"


def _seconds(length: str) -> str:
    """Microseconds as seconds. The division is exact for less than 140 years of work."""
    return f"(({length}) / {MICROSECONDS})::DECIMAL(18, 6)"


def _not_negative(length: str) -> str:
    """`length` or 0; NULL stays NULL, unlike with `greatest`."""
    return f"(CASE WHEN ({length}) < 0 THEN 0 ELSE ({length}) END)"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row(day: _Day, table: WorkingTimeTable) -> list[int]:
    stretches = [instant for stretch in day.stretches for instant in stretch]
    stretches += [_NEVER] * (2 * table.stretches - len(stretches))
    beginnings = [*day.beginnings, *[_NEVER] * (table.beginnings - len(day.beginnings))]
    return [day.day + _SHIFT, day.worked, day.days_worked, *stretches, *beginnings]


def _days(table: EdgeTable) -> list[_Day]:
    """The days of UTC of a table, each with what precedes it and what it holds."""
    days, index, begun = [], 0, 0
    for start in range(table.begins, table.ends, SECONDS_OF_DAY):
        end = start + SECONDS_OF_DAY
        while index < len(table.closes) and table.closes[index] <= start:
            index += 1
        worked, stretches, following = table.before[index], [], index
        if index < len(table.opens) and table.opens[index] < start:
            worked += start - table.opens[index]
        while following < len(table.opens) and table.opens[following] < end:
            since, until = max(table.opens[following], start), min(table.closes[following], end)
            stretches.append((since * MICROSECONDS, until * MICROSECONDS))
            following += 1
        upto = bisect_left(table.working_days, end)
        beginnings = tuple(instant * MICROSECONDS for instant in table.working_days[begun:upto])
        number = start // SECONDS_OF_DAY
        days.append(_Day(number, worked * MICROSECONDS, begun, tuple(stretches), beginnings))
        begun = upto
    return days
