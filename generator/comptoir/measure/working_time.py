"""Working time: a calendar and days in; its edges, and the exact working time between two instants, out.

An instant is a datetime with a time zone. The calendar's hours are wall clock times in its own zone, and turn into
instants by one rule: an edge is the first instant of its day at which the clock shows that time or a later one.
So a time that the clock skips (02:30 when 02:00 becomes 03:00) is the instant of the skip, a time that it shows twice
is the first of the two, and an interval that spans the change has the length that really passes. Neighbouring
intervals stay neighbours, and 24 hours of every day leave no gap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from comptoir.calendars import hours_on
from comptoir.measure.sql.moments import EPOCH, first_instant
from comptoir.model.calendars import Calendar

MICROSECONDS: Final = 1_000_000
SECONDS_OF_DAY: Final = 86_400
MARGIN: Final = timedelta(days=1)  # zones lie within a day of UTC
_MICROSECOND: Final = timedelta(microseconds=1)


class Pause(NamedTuple):
    """A stretch that does not count, such as waiting for the customer; without an end it has not ended."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """When a calendar works, in seconds of UTC since 1970, in order and never touching.

    It works from `opens[i]` to `closes[i]` (excluded), after `before[i]` seconds of work since the table begins.
    `working_days` are the instants at which its days with hours begin. It knows the instants from `begins` to `ends`,
    both included and both at midnight UTC.
    """

    begins: int
    ends: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    working_days: tuple[int, ...]
    before: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        lengths = (end - start for start, end in zip(self.opens, self.closes, strict=True))
        object.__setattr__(self, "before", tuple(accumulate(lengths, initial=0)))

    @property
    def total(self) -> int:
        """Seconds of work in the whole table."""
        return self.before[-1]


@lru_cache(maxsize=64)  # calendars are few, and asked for by every indicator
def working_edges(calendar: Calendar, time_zone: str, first: date, last: date) -> EdgeTable:
    """The edges of `calendar` for every instant of the days from `first` to `last`, in whatever zone.

    `time_zone` is the organisation's, for a calendar that names none. Raises ValueError when `last` comes before
    `first` or when the years are not between 2 and 9998.
    """
    if last < first:
        raise ValueError(f"the days run backwards, from {first} to {last}")
    if not 2 <= first.year <= last.year <= 9998:
        raise ValueError(f"days from {first} to {last} are out of reach")
    zone = zone_of(calendar, time_zone)
    begins, ends = _utc_midnight(first - MARGIN), _utc_midnight(last + 2 * MARGIN)
    opens: list[int] = []
    closes: list[int] = []
    working_days: list[int] = []
    days = tuple(first + timedelta(days=offset) for offset in range(-2, (last - first).days + 4))
    for day, (midnight, following) in zip(days, pairwise(_midnights(zone, days)), strict=False):
        if (
            following - midnight == SECONDS_OF_DAY
        ):  # the clock runs on: no time of the day is skipped or repeated
            hours = hours_on(calendar, day).hours
            intervals = tuple((midnight + 60 * one.start, midnight + 60 * one.end) for one in hours)
        else:
            intervals = opening_seconds(calendar, zone, day)
        if intervals and begins <= midnight <= ends:
            working_days.append(midnight)
        for start, end in intervals:
            start, end = max(start, begins), min(end, ends)
            if closes and start <= closes[-1]:
                closes[-1] = max(closes[-1], end)
            elif start < end:
                opens.append(start)
                closes.append(end)
    return EdgeTable(begins, ends, tuple(opens), tuple(closes), tuple(working_days))


@lru_cache(maxsize=8)  # calendars mostly share a zone
def _midnights(zone: ZoneInfo, days: Sequence[date]) -> tuple[int, ...]:
    return tuple(first_instant(zone, day, 0) for day in days)


def working_seconds(
    edges: EdgeTable, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> Decimal:
    """Working seconds from `start` to `end`, exact to the microsecond, without those of `pauses`.

    Pauses may overlap, reach beyond both ends or run backwards (then they are none). 0 when `end` comes before
    `start`. Raises ValueError for an instant without time zone or outside the table.
    """
    first, last = _position(edges, start), _position(edges, end)
    if last <= first:
        return Decimal(0)
    paused, done = 0, first
    for pause in sorted(_position_pause(edges, pause, end) for pause in pauses):
        since, until = max(pause[0], done), min(pause[1], last)
        if since < until:
            paused += until - since
            done = until
    return Decimal(last - first - paused) / MICROSECONDS


def zone_of(calendar: Calendar, time_zone: str) -> ZoneInfo:
    """The zone of `calendar`, or `time_zone` (the organisation's) where it names none."""
    return ZoneInfo(calendar.time_zone or time_zone)


def opening_seconds(calendar: Calendar, zone: ZoneInfo, day: date) -> tuple[tuple[int, int], ...]:
    """Seconds of UTC since 1970 between which `calendar` works on its `day`; those that the clock skips are left out."""
    edges = (
        (first_instant(zone, day, hours.start), first_instant(zone, day, hours.end))
        for hours in hours_on(calendar, day).hours
    )
    return tuple((start, end) for start, end in edges if start < end)


def microseconds(instant: datetime) -> int:
    """Microseconds of UTC since 1970. Raises ValueError for an instant without time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return (instant - EPOCH) // _MICROSECOND


def _position(edges: EdgeTable, instant: datetime) -> int:
    """Microseconds of work from the beginning of the table to `instant`."""
    moment = microseconds(instant)
    if not edges.begins * MICROSECONDS <= moment <= edges.ends * MICROSECONDS:
        raise ValueError(f"{instant.isoformat()} is outside the calendar's days")
    index = bisect_right(edges.opens, moment // MICROSECONDS) - 1
    if index < 0:
        return 0
    worked = min(moment, edges.closes[index] * MICROSECONDS) - edges.opens[index] * MICROSECONDS
    return edges.before[index] * MICROSECONDS + worked


def _position_pause(edges: EdgeTable, pause: Pause, end: datetime) -> tuple[int, int]:
    return _position(edges, pause.start), _position(edges, pause.end or end)


def _utc_midnight(day: date) -> int:
    return (day - EPOCH.date()).days * SECONDS_OF_DAY
