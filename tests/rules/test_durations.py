"""Comparing promised durations: elapsed and working time, in calendars that hold each other or not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.model.agreements import Target
from comptoir.model.calendars import Calendar
from comptoir.model.terms import Metric, Unit
from comptoir.rules.durations import DurationOrder, WeeklySpan, compare, span_of


def make_calendar(week: dict[str, str], **values: Any) -> Calendar:
    return Calendar.model_validate({"id": "c", "name": "C", "week": week, **values})


OFFICE = make_calendar({"monday-friday": "08:00-12:00, 13:00-17:00"})
LONG = make_calendar({"monday-saturday": "07:00-20:00"})
EVENING = make_calendar({"monday-friday": "18:00-22:00"})
SHORT_FRIDAY = make_calendar({"monday-thursday": "08:00-17:00", "friday": "08:00-12:00"})
ALWAYS = make_calendar({"monday-sunday": "24 h"})
NEVER = make_calendar({"monday": "closed"})


def span(value: str, unit: str, calendar: Calendar | None) -> WeeklySpan:
    found = span_of(Target(metric=Metric.TTR, value=Decimal(value), unit=Unit(unit)), calendar)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "unit", "calendar", "seconds"),
    [
        ("90", "seconds", OFFICE, 90),
        ("2", "days", OFFICE, 172_800),
        ("30", "working-minutes", OFFICE, 1_800),
        ("2", "working-days", OFFICE, 2 * 8 * 3600),
        ("2", "working-days", LONG, 2 * 13 * 3600),
        ("1", "working-days", ALWAYS, 86_400),
        ("5", "working-days", SHORT_FRIDAY, 40 * 3600),  # a mean day has eight hours
    ],
)
def test_seconds(value: str, unit: str, calendar: Calendar, seconds: int) -> None:
    assert span(value, unit, calendar).seconds == seconds


def test_working_time_of_a_calendar_that_cannot_be_known() -> None:
    target = Target(metric=Metric.TTR, value=Decimal(1), unit=Unit.WORKING_DAYS)
    assert span_of(target, None) is None
    assert span_of(target, NEVER) is None


@pytest.mark.parametrize(
    ("given_", "promised", "order"),
    [
        (("4", "hours", OFFICE), ("4", "hours", LONG), DurationOrder.WITHIN),
        (("5", "hours", OFFICE), ("4", "hours", OFFICE), DurationOrder.BEYOND),
        (("8", "working-hours", OFFICE), ("1", "working-days", OFFICE), DurationOrder.WITHIN),
        (("9", "working-hours", OFFICE), ("1", "working-days", OFFICE), DurationOrder.BEYOND),
        (
            ("4", "hours", OFFICE),
            ("4", "working-hours", OFFICE),
            DurationOrder.WITHIN,
        ),  # the clock never waits
        (("4", "working-hours", OFFICE), ("4", "hours", OFFICE), DurationOrder.BEYOND),  # at night it waits
        (("4", "working-hours", ALWAYS), ("4", "hours", OFFICE), DurationOrder.WITHIN),
        (("6", "working-hours", LONG), ("8", "working-hours", OFFICE), DurationOrder.WITHIN),
        (
            ("6", "working-hours", LONG),
            ("4", "working-hours", OFFICE),
            DurationOrder.BEYOND,
        ),  # begun at eight o'clock
        (
            ("6", "working-hours", LONG),
            ("5", "working-hours", OFFICE),
            DurationOrder.UNKNOWN,
        ),  # over the noon break
        (("4", "working-hours", OFFICE), ("6", "hours", OFFICE), DurationOrder.UNKNOWN),
        (("2", "working-hours", EVENING), ("3", "working-hours", OFFICE), DurationOrder.UNKNOWN),
    ],
)
def test_order(
    given_: tuple[str, str, Calendar], promised: tuple[str, str, Calendar], order: DurationOrder
) -> None:
    assert compare(span(*given_), span(*promised)) is order


CALENDARS = st.sampled_from([OFFICE, LONG, EVENING, SHORT_FRIDAY, ALWAYS])
MINUTES = st.integers(1, 3000)


def last_minute(begin: int, found: WeeklySpan) -> int:
    """The minute of the week after next at which a span ends that begins at a minute of this week."""
    left = int(found.seconds // 60)
    minute = begin
    while left:
        day, of_day = minute // 1440 % 7, minute % 1440
        left -= any(i.start <= of_day < i.end for i in found.week[day])
        minute += 1
    return minute


@given(CALENDARS, MINUTES, CALENDARS, MINUTES, st.integers(0, 7 * 1440 - 1))
def test_who_is_called_within_never_ends_later(
    one: Calendar, minutes: int, other: Calendar, others: int, begin: int
) -> None:
    first, second = (
        WeeklySpan(Fraction(m * 60), calendar.week.days())
        for calendar, m in ((one, minutes), (other, others))
    )
    if compare(first, second) is DurationOrder.WITHIN:
        assert last_minute(begin, first) <= last_minute(begin, second)


@given(CALENDARS, MINUTES, CALENDARS, MINUTES)
def test_who_is_called_beyond_ends_later_at_some_time(
    one: Calendar, minutes: int, other: Calendar, others: int
) -> None:
    first, second = (
        WeeklySpan(Fraction(m * 60), calendar.week.days())
        for calendar, m in ((one, minutes), (other, others))
    )
    if compare(first, second) is DurationOrder.BEYOND:
        assert any(last_minute(begin, first) > last_minute(begin, second) for begin in range(0, 7 * 1440, 60))
