"""Instants: a day and a time zone in; the instant at which it begins or ends, for the engine, out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from comptoir.measure.sql.words import literal

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def first_instant(zone: ZoneInfo, day: date, minute: int) -> int:
    """The first second of UTC since 1970 at which the clock of `zone` shows `minute` of `day`, or later."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    second = _second(wall.replace(tzinfo=zone))
    if _shown(zone, second) == wall:
        return second
    low, high = _second(wall.replace(tzinfo=zone, fold=1)), second  # skipped: the skip lies between
    while low < high:
        middle = (low + high) // 2
        if _shown(zone, middle) >= wall:
            high = middle
        else:
            low = middle + 1
    return low


def _second(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(seconds=1)


def _shown(zone: ZoneInfo, second: int) -> datetime:
    return (EPOCH + timedelta(seconds=second)).astimezone(zone).replace(tzinfo=None)


def utc_midnight(day: date, time_zone: str) -> datetime:
    """The instant at which `day` begins in `time_zone`, in UTC and without zone, as the engine keeps it."""
    return datetime(1970, 1, 1) + timedelta(seconds=first_instant(ZoneInfo(time_zone), day, 0))


def end_of_day(day: date, time_zone: str) -> datetime:
    """The instant at which `day` is over, in UTC and without zone."""
    return utc_midnight(day + timedelta(days=1), time_zone)


def midnight_text(moment: datetime) -> str:
    """An instant in UTC as SQL of a timestamp."""
    return f"TIMESTAMP {literal(moment.isoformat(' '))}"
