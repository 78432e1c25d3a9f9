"""Working days: a calendar, a start and a number of days in; the end date, or the days in between, out.

A working day is a day on which the calendar has hours, in its own time zone; the day of the start does not count.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from comptoir.measure.sql.moments import first_instant
from comptoir.measure.working_time import opening_seconds, zone_of
from comptoir.model.calendars import Calendar

_DAY: Final = timedelta(days=1)
_LONGEST_CLOSURE: Final = (
    3 * 366
)  # days without one working day, after which a calendar counts as closed for good


def end_after_working_days(
    calendar: Calendar, time_zone: str, start: datetime, days: int, end_of_day: bool = False
) -> datetime:
    """The instant `days` working days after `start` (before, when negative), in the calendar's time zone.

    At the wall clock time of `start` (a time that the clock skips that day is the instant of the skip), or, with
    `end_of_day`, when that day's hours end. 0 days is the day of `start` itself; with `end_of_day`, the next working
    day if that day is closed. `time_zone` is the organisation's, for a calendar that names none.
    Raises ValueError for an instant without time zone and for a calendar that stays closed three years.
    """
    if start.tzinfo is None:
        raise ValueError(f"{start.isoformat()} has no time zone")
    zone = zone_of(calendar, time_zone)
    local = start.astimezone(zone)
    if days == 0 and not end_of_day:
        return local
    day = _step(calendar, zone, local.date(), days)
    if end_of_day:
        return _local(zone, opening_seconds(calendar, zone, day)[-1][1])
    return _at_time_of(zone, day, local)


def working_days_between(calendar: Calendar, time_zone: str, first: date, last: date) -> int:
    """Working days after `first` up to `last`, included: the day of receipt does not count, that of the answer does.

    0 when `last` comes before `first`. `time_zone` is the organisation's, for a calendar that names none.
    """
    return len(working_days_after(calendar, time_zone, first, last))


def working_days_after(calendar: Calendar, time_zone: str, first: date, last: date) -> tuple[date, ...]:
    """The days that `working_days_between` counts."""
    zone = zone_of(calendar, time_zone)
    days = (first + timedelta(days=offset) for offset in range(1, (last - first).days + 1))
    return tuple(day for day in days if opening_seconds(calendar, zone, day))


def _step(calendar: Calendar, zone: ZoneInfo, day: date, days: int) -> date:
    """The working day `days` after `day`; for 0, `day` or the next working day after it."""
    if days == 0:
        day, days = day - _DAY, 1
    step, left, closed = (_DAY if days > 0 else -_DAY), abs(days), 0
    while left:
        day += step
        if opening_seconds(calendar, zone, day):
            left, closed = left - 1, 0
        else:
            closed += 1
        if closed > _LONGEST_CLOSURE:
            raise ValueError(f"calendar '{calendar.id}' has no working day for three years up to {day}")
    return day


def _at_time_of(zone: ZoneInfo, day: date, local: datetime) -> datetime:
    seconds = timedelta(seconds=local.second, microseconds=local.microsecond)
    minute = datetime.fromtimestamp(first_instant(zone, day, 60 * local.hour + local.minute), UTC)
    return (minute + seconds).astimezone(zone)


def _local(zone: ZoneInfo, second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC).astimezone(zone)
