"""Working time the slow and obviously right way: the clock on the wall is read again at every second or minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from comptoir.calendars import hours_on
from comptoir.measure.working_time import Pause
from comptoir.model.calendars import Calendar


def walk(
    calendar: Calendar, zone: ZoneInfo, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, bool]]:
    """Every `step` from `start` to `end`: the instant, and whether the calendar works then.

    What counts is the latest time that the wall clock has shown so far: a clock that is put back does not undo the
    day. So the clock is looked at from two days before.
    """
    latest = max(_wall(start - timedelta(minutes=minutes), zone) for minutes in range(2 * 24 * 60))
    today, opening = date.min, [(0, 0)]
    instant = start
    while instant < end:
        latest = max(latest, _wall(instant, zone))
        if today != latest.date():
            today = latest.date()
            opening = [(hours.start, hours.end) for hours in hours_on(calendar, today).hours]
        minute = 60 * latest.hour + latest.minute
        yield instant, any(opens <= minute < closes for opens, closes in opening)
        instant += step


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def slow_working_seconds(
    calendar: Calendar,
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
    pauses: Iterable[Pause] = (),
    step: timedelta = timedelta(minutes=1),
) -> float:
    """Seconds of the steps from `start` (in UTC) to `end` in which it works and no pause holds."""
    pauses = list(pauses)
    worked = sum(
        1
        for instant, works in walk(calendar, zone, start, end, step)
        if works and not any(p.start <= instant and (p.end is None or instant < p.end) for p in pauses)
    )
    return worked * step.total_seconds()
