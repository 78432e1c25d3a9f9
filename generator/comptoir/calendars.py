"""Calendars at work: service hours of a day, exceptions of a period, hours in a form that a browser can follow.

A day is the calendar's own day in its own time zone; an interval is in minutes after midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays

from comptoir.model.calendars import Calendar, DayInterval

OpenHours = tuple[DayInterval, ...]
DAYS_AHEAD: Final = 400  # how far a published page knows the exceptions


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one day, and why they differ from the week ('' when they do not)."""

    day: date
    hours: OpenHours
    is_public_holiday: bool = False


def hours_on(calendar: Calendar, day: date) -> DayHours:
    """The hours of `day`: exceptional openings first, then closures, public holidays, and the week."""
    for opening in calendar.openings:
        if opening.start <= day <= opening.end:
            return DayHours(day, opening.hours)
    if any(closure.start <= day <= closure.end for closure in calendar.closures):
        return DayHours(day, ())
    if is_public_holiday(calendar, day):
        return DayHours(day, (), is_public_holiday=True)
    return DayHours(day, calendar.week.on(day))


def is_public_holiday(calendar: Calendar, day: date) -> bool:
    """True when the calendar observes a public holiday on `day` and does not work it."""
    observed = calendar.public_holidays
    if observed is None or day in observed.worked:
        return False
    return day in public_holidays(observed.country, observed.region, day.year)


@cache
def public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    """Public holidays of a country, and of its region where given, in `year`.

    Raises NotImplementedError for a country or region that the library does not know (a rule reports it first).
    """
    return frozenset(holidays.country_holidays(country, subdiv=region, years=year).keys())


def exceptions(calendar: Calendar, first: date, last: date) -> Iterator[DayHours]:
    """The days from `first` to `last`, both included, whose hours differ from the week."""
    week = calendar.week.days()
    for offset in range((last - first).days + 1):
        hours = hours_on(calendar, first + timedelta(days=offset))
        if hours.hours != week[hours.day.weekday()]:
            yield hours


def weekly_minutes(calendar: Calendar) -> int:
    """Minutes of service in a week without exceptions."""
    return sum(interval.end - interval.start for hours in calendar.week.days() for interval in hours)


def is_always_open(calendar: Calendar) -> bool:
    """True for day and night, all year round."""
    return (
        weekly_minutes(calendar) == 7 * 24 * 60 and not calendar.closures and calendar.public_holidays is None
    )


def browser_hours(calendar: Calendar, time_zone: str, today: date) -> dict[str, object]:
    """What a page needs to say whether it is open now.

    `tz`: the time zone; `week`: for Monday to Sunday, pairs of minutes; `days`: for each day that differs, from a
    week before `today` to `DAYS_AHEAD` days after, its pairs of minutes; `until`: the last day known, left out when
    no day after it can differ.
    """
    last = today + timedelta(days=DAYS_AHEAD)
    differing = exceptions(calendar, today - timedelta(days=7), last)
    hours: dict[str, object] = {
        "tz": calendar.time_zone or time_zone,
        "week": [_pairs(hours) for hours in calendar.week.days()],
        "days": {hours.day.isoformat(): _pairs(hours.hours) for hours in differing},
    }
    if calendar.public_holidays or any(days.end > last for days in (*calendar.closures, *calendar.openings)):
        hours["until"] = last.isoformat()
    return hours


def _pairs(hours: OpenHours) -> list[list[int]]:
    return [[interval.start, interval.end] for interval in hours]


def week_runs(calendar: Calendar) -> tuple[tuple[int, int, OpenHours], ...]:
    """The week as runs of days with the same hours: first day, last day (0 is Monday), hours."""
    runs: list[tuple[int, int, OpenHours]] = []
    for weekday, hours in enumerate(calendar.week.days()):
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], weekday, hours)
        else:
            runs.append((weekday, weekday, hours))
    return tuple(runs)
