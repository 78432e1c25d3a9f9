"""Published cases that need no analysis of their own: the contact centre's hours, and the shares of the control room."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.calendars import hours_on, is_always_open, weekly_minutes
from comptoir.measure.statistics import estimate_proportion
from comptoir.measure.working_time import working_edges, working_seconds
from tests.measure.calendars import calendar

CONTACT_CENTRE = calendar(week={"monday-saturday": "08:00-20:00"})


def test_the_contact_centre_is_open_72_hours_a_week() -> None:
    assert weekly_minutes(CONTACT_CENTRE) == 72 * 60
    saturday, sunday = date(2013, 4, 6), date(2013, 4, 7)
    assert [(i.start, i.end) for i in hours_on(CONTACT_CENTRE, saturday).hours] == [(8 * 60, 20 * 60)]
    assert hours_on(CONTACT_CENTRE, sunday).hours == ()


def test_the_contact_centre_settles_880_of_1100_calls_a_day() -> None:
    settled = estimate_proportion(880, 1100)
    assert settled.value == Fraction(80, 100)
    assert (
        estimate_proportion(6 * 880, 6 * 1100).value == settled.value
    )  # a week's sums, not a mean of ratios
    assert Fraction(1100, 12 * 60) == Fraction(55, 36)  # calls a minute, about one every 39 seconds


@pytest.mark.parametrize(
    ("part", "whole", "digits", "percent", "low", "high"),
    [
        (87, 93, 3, "93.548", "86.63", "97.01"),
        (383, 5107, 4, "7.4995", "6.81", "8.25"),
    ],
)
def test_the_shares_of_the_control_room_with_their_interval(
    part: int, whole: int, digits: int, percent: str, low: str, high: str
) -> None:
    """Survey of 23/10–10/11/2000: answers among those contacted; hours of physics lost among those planned."""
    share = estimate_proportion(part, whole)
    assert share.value is not None and share.interval is not None
    assert round(100 * share.value, digits) == Fraction(percent)
    ends = (share.interval.low, share.interval.high)
    assert [f"{100 * end:.2f}" for end in ends] == [low, high]


def test_the_control_room_prints_one_decimal() -> None:
    shares = [estimate_proportion(87, 93).value, estimate_proportion(383, 5107).value]
    assert [round(Decimal(s.numerator * 100) / s.denominator, 1) for s in shares if s] == [
        Decimal("93.5"),
        Decimal("7.5"),
    ]


def test_the_control_room_works_every_hour_of_a_year() -> None:
    always = calendar(week={"monday-sunday": "24 h"})
    assert is_always_open(always)
    edges = working_edges(always, "UTC", date(2001, 1, 1), date(2002, 1, 1))
    begins, ends = datetime(2001, 1, 1, tzinfo=UTC), datetime(2002, 1, 1, tzinfo=UTC)
    assert working_seconds(edges, begins, ends) == 365 * 24 * 3600
