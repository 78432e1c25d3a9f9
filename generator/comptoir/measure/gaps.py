"""Gaps in the data: the days on which a table has rows in; the quarters of which it lacks too much to be added up out.

A hole is a stretch of open days without a row. It is a gap when it is as long as two weeks of open days (one, of months), and four
times as long as nine in ten of the holes that this table ordinarily has: a table with a row a month has none. Nor has
one with rows on fewer than thirty days: it has no rhythm yet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import duckdb

from comptoir.calendars import hours_on
from comptoir.measure.sql.engine import quote
from comptoir.measure.tables import as_utc
from comptoir.model.calendars import Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period

WEEKS: Final = 2
IN_A_MONTH: Final = 1
FEWEST: Final = 30  # days with a row that tell a rhythm
_TIMES: Final = 4


def quarters_with_gaps(
    days: Collection[date], quarters: Iterable[Period], open_weekdays: int, closed: Collection[date]
) -> frozenset[Period]:
    """The quarters, of those that have rows, that hold half of a gap or more.

    `days` are those with a row; of the others, those that are not in `closed` are open; a week has `open_weekdays`.
    """
    seen = sorted(
        quarter for quarter in quarters if any(quarter.first_day <= day <= quarter.last_day for day in days)
    )
    if len(days) < FEWEST:
        return frozenset()
    first, last = seen[0].first_day, seen[-1].last_day
    has_rows = frozenset(day for day in days if first <= day <= last)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    timeline = [day for day in every if day in has_rows or day not in closed]
    marks = [-1, *(n for n, day in enumerate(timeline) if day in has_rows), len(timeline)]
    holes = [after - before - 1 for before, after in pairwise(marks)]
    inner = sorted(holes[1:-1]) or [0]
    usual = inner[(len(inner) - 1) * 9 // 10]
    weeks = IN_A_MONTH if seen and seen[0].length == 1 else WEEKS
    least = max(weeks * open_weekdays, _TIMES * usual)
    return frozenset(
        quarter
        for (before, _), hole in zip(pairwise(marks), holes, strict=True)
        if hole >= least
        for quarter in seen
        if 2 * _within(timeline, before + 1, before + 1 + hole, quarter) >= weeks * open_weekdays
    )


def _within(timeline: Sequence[date], start: int, end: int, quarter: Period) -> int:
    """How many of the open days from `start` up to `end` are in the quarter."""
    first = bisect_left(timeline, quarter.first_day)
    after = bisect_left(timeline, quarter.last_day + timedelta(days=1))
    return max(0, min(end, after) - max(start, first))


def days_with_rows(
    connection: duckdb.DuckDBPyConnection, table: str, field: str, kind: str, quarters: Sequence[Period]
) -> frozenset[date]:
    """The days on which a table has a row, from the first of `quarters` to the last."""
    day = f"CAST({as_utc(field, kind)} AS DATE)"
    rows = connection.execute(
        f"SELECT DISTINCT {day} AS day FROM {quote(table)} WHERE {day} BETWEEN ? AND ?",
        [quarters[0].first_day, quarters[-1].last_day],
    ).fetchall()
    return frozenset(row[0] for row in rows)


def closed_days(catalogue: Catalogue, quarters: Sequence[Period]) -> tuple[int, frozenset[date]]:
    """How many days of a week the service desk is open, and on which days it is not; always open without a calendar."""
    calendar: Calendar | None = catalogue.calendars.get(catalogue.organisation.service_desk.hours or "")
    if calendar is None:
        return 7, frozenset()
    first, last = quarters[0].first_day, quarters[-1].last_day
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    week = sum(bool(hours) for hours in calendar.week.days())
    return week or 7, frozenset(day for day in every if week and not hours_on(calendar, day).hours)
