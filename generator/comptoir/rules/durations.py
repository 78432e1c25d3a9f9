"""Compares promised durations, elapsed or in working time of different calendars. Holds no rule itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from comptoir.calendars import is_always_open, weekly_minutes
from comptoir.model.agreements import DURATIONS, Target
from comptoir.model.calendars import Calendar, DayInterval
from comptoir.model.terms import Unit

_DAY: Final = 86_400
_SECONDS: Final = {
    Unit.SECONDS: 1,
    Unit.MINUTES: 60,
    Unit.HOURS: 3_600,
    Unit.DAYS: _DAY,
    Unit.WORKING_MINUTES: 60,
    Unit.WORKING_HOURS: 3_600,
}
_ALWAYS: Final = ((DayInterval(start=0, end=1440),),) * 7

WeekOfHours = tuple[tuple[DayInterval, ...], ...]


class DurationOrder(Enum):
    """How one duration stands to another, whenever both begin."""

    WITHIN = "ends no later"
    BEYOND = "ends later at least sometimes"
    UNKNOWN = "depends on the moment"


@dataclass(frozen=True, slots=True)
class WeeklySpan:
    """Seconds that run only while `week` is open."""

    seconds: Fraction
    week: WeekOfHours


def span_of(target: Target, calendar: Calendar | None) -> WeeklySpan | None:
    """The duration of a target, in the calendar of its agreement; None when that cannot be known."""
    value = Fraction(target.value)
    if not target.unit.startswith("working-"):
        return WeeklySpan(value * _SECONDS[target.unit], _ALWAYS)
    if calendar is None or weekly_minutes(calendar) == 0:
        return None
    if target.unit is Unit.WORKING_DAYS:
        week = calendar.week.days()
        seconds = value * weekly_minutes(calendar) * 60 / sum(1 for hours in week if hours)
    else:
        seconds = value * _SECONDS[target.unit]
    return WeeklySpan(seconds, _ALWAYS if is_always_open(calendar) else calendar.week.days())


def order_of(
    given: Target, calendar: Calendar | None, promised: Target, promised_calendar: Calendar | None
) -> DurationOrder:
    """Whether a target gives as much as another one that is promised (WITHIN), or less (BEYOND), each in its calendar."""
    if given.unit in DURATIONS and promised.unit in DURATIONS:
        first, second = span_of(given, calendar), span_of(promised, promised_calendar)
        if first is None or second is None:
            return DurationOrder.WITHIN  # another rule has told what is wrong with the calendar
        return compare(first, second)
    if given.unit is not promised.unit:
        return DurationOrder.UNKNOWN
    if promised.unit is Unit.INCIDENTS_PER_QUARTER:
        return DurationOrder.WITHIN if given.value <= promised.value else DurationOrder.BEYOND
    return DurationOrder.WITHIN if given.value >= promised.value else DurationOrder.BEYOND


def compare(first: WeeklySpan, second: WeeklySpan) -> DurationOrder:
    """Whether `first` ends no later than `second` when both begin together.

    A clock that runs whenever another one runs is never behind it, and none is faster than the time of day.
    Where that does not decide, who ends first depends on the moment.
    """
    if holds(first.week, second.week) and first.seconds <= second.seconds:
        return DurationOrder.WITHIN
    if holds(second.week, first.week) and first.seconds >= second.seconds:
        return DurationOrder.BEYOND
    if first.seconds > second.seconds and second.seconds <= _longest_opening(second.week):
        return DurationOrder.BEYOND
    return DurationOrder.UNKNOWN


def _longest_opening(week: WeekOfHours) -> int:
    """Seconds of the longest time without a break within a day."""
    return max((60 * (i.end - i.start) for hours in week for i in hours), default=0)


def holds(outer: WeekOfHours, inner: WeekOfHours) -> bool:
    """True when `outer` is open whenever `inner` is."""
    return all(
        any(o.start <= i.start and i.end <= o.end for o in outer_day)
        for outer_day, inner_day in zip(outer, inner, strict=True)
        for i in inner_day
    )
