"""Hours of a day and patterns of a week, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from comptoir.model.calendars import DayInterval, Hours, WeekPattern

HOURS = TypeAdapter(Hours)
WEEK = TypeAdapter(WeekPattern)


def pairs(hours: tuple[DayInterval, ...]) -> list[tuple[int, int]]:
    return [(interval.start, interval.end) for interval in hours]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("08:00-12:00, 13:00-18:00", [(480, 720), (780, 1080)]),
        ("13:00-18:00,8:00-12:00", [(480, 720), (780, 1080)]),
        ("08:00 – 12:30", [(480, 750)]),
        ("08:00-12:00, 12:00-14:00", [(480, 720), (720, 840)]),
        ("22:00-24:00", [(1320, 1440)]),
        ("24 h", [(0, 1440)]),
        ("24h", [(0, 1440)]),
        ("00:00-24:00", [(0, 1440)]),
        ("closed", []),
        ("Fermé", []),
    ],
)
def test_hours(written: str, expected: list[tuple[int, int]]) -> None:
    assert pairs(HOURS.validate_python(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "8h-12h",
        "12:00-12:00",
        "08:00",
        "08:00-24:01",
        "08:60-09:00",
        "25:00-26:00",
        "08:00-12:00;13:00-14:00",
    ],
)
def test_what_is_not_hours(written: str) -> None:
    with pytest.raises(ValidationError, match="expected hours as"):
        HOURS.validate_python(written)


def test_hours_that_pass_midnight() -> None:
    message = (
        "'22:00-6:00' ends before it begins; hours that pass midnight are written on both days: "
        "'22:00-24:00', then '00:00-06:00'"
    )
    with pytest.raises(ValidationError, match=message):
        HOURS.validate_python("22:00-6:00")


def test_hours_that_overlap() -> None:
    with pytest.raises(ValidationError, match="the hours '08:00-12:00, 11:00-14:00' overlap"):
        HOURS.validate_python("08:00-12:00, 11:00-14:00")


@given(st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True))
def test_any_hours_come_back_in_order(minutes: list[int]) -> None:
    bounds = sorted(minutes)[: len(minutes) // 2 * 2]
    expected = list(zip(bounds[::2], bounds[1::2], strict=True))
    clock = [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in expected]
    assert pairs(HOURS.validate_python(", ".join(reversed(clock)))) == expected


@given(st.text(max_size=20))
def test_any_text_is_hours_or_is_refused(written: str) -> None:
    try:
        hours = HOURS.validate_python(written)
    except ValidationError:
        return
    assert all(0 <= start < end <= 1440 for start, end in pairs(hours))


def test_a_run_of_days() -> None:
    week = WEEK.validate_python({"monday-friday": "08:00-18:00", "sunday": "24 h"})
    assert [len(hours) for hours in week.days()] == [1, 1, 1, 1, 1, 0, 1]
    assert pairs(week.sunday) == [(0, 1440)]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"mondy": "24 h"}, "'mondy' is not a day \\(did you mean 'monday'\\?\\)"),
        ({"monday-": "24 h", "monday": "24 h"}, "'monday' is given twice"),
        ({"friday-monday": "24 h"}, "'friday-monday' runs backwards; write two lines"),
        ({"monday-friday": "24 h", "friday": "closed"}, "'friday' is given twice"),
    ],
)
def test_what_is_not_a_week(written: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        WEEK.validate_python(written)
