"""Working days: the end after some of them, and how many lie between two days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.working_days import end_after_working_days, working_days_between
from comptoir.model.calendars import Calendar
from tests.measure.calendars import CHANGES, calendar, calendars

PARIS = ZoneInfo("Europe/Paris")
OFFICE = calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def end(start: str, days: int, end_of_day: bool = False, of: Calendar = OFFICE) -> datetime:
    return end_after_working_days(of, "Europe/Paris", at(start), days, end_of_day)


# 2026-11-16 is a Monday


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-16 09:30", 1, "2026-11-17 09:30"),
        ("2026-11-20 16:45:30", 1, "2026-11-23 16:45:30"),
        ("2026-11-21 10:00", 1, "2026-11-23 10:00"),
        ("2026-11-16 09:30", 10, "2026-11-30 09:30"),
        ("2026-11-23 09:30", -1, "2026-11-20 09:30"),
        ("2026-11-22 09:30", -6, "2026-11-13 09:30"),
        ("2026-11-21 10:00", 0, "2026-11-21 10:00"),
    ],
)
def test_the_end_at_the_same_time_of_day(start: str, days: int, expected: str) -> None:
    assert end(start, days) == at(expected)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-16 09:30", 1, "2026-11-17 18:00"),
        ("2026-11-16 09:30", 0, "2026-11-16 18:00"),
        ("2026-11-21 09:30", 0, "2026-11-23 18:00"),
        ("2026-11-23 20:00", -1, "2026-11-20 18:00"),
    ],
)
def test_the_end_when_the_hours_of_that_day_end(start: str, days: int, expected: str) -> None:
    assert end(start, days, end_of_day=True) == at(expected)


def test_a_day_worked_to_its_end_ends_at_midnight() -> None:
    round_the_clock = calendar(week={"monday-friday": "24 h"})
    assert end("2026-11-20 10:00", 1, end_of_day=True, of=round_the_clock) == at("2026-11-24 00:00")


def test_public_holidays_closures_and_openings_count() -> None:
    july = calendar(
        public_holidays={"country": "FR"},
        closures=[{"day": "2026-07-13"}],
        openings=[{"day": "2026-07-18", "hours": "09:00-10:00"}],
    )
    assert end("2026-07-10 11:00", 1, of=july) == at("2026-07-15 11:00")
    assert end("2026-07-17 11:00", 1, True, of=july) == at("2026-07-18 10:00")


def test_the_wall_clock_time_stays_across_a_change_of_the_clock() -> None:
    assert end("2026-10-23 10:00", 1) == at("2026-10-26 10:00")
    assert end("2026-10-23 10:00", 1) - at("2026-10-23 10:00").astimezone(UTC) == timedelta(days=3, hours=1)
    always = calendar(week={"monday-sunday": "24 h"})
    assert end("2026-03-28 02:30", 1, of=always).isoformat() == "2026-03-29T03:00:00+02:00"


def test_the_start_is_taken_in_the_calendars_own_zone() -> None:
    tokyo = calendar(time_zone="Asia/Tokyo")
    evening_in_paris = at("2026-11-16 23:00")  # Tuesday morning in Tokyo
    due = end_after_working_days(tokyo, "Europe/Paris", evening_in_paris, 1)
    assert due.isoformat() == "2026-11-18T07:00:00+09:00"


def test_a_calendar_that_stays_closed_and_an_instant_without_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="calendar 'c' has no working day for three years up to 2029"):
        end("2026-11-16 09:30", 1, of=calendar(week={}))
    with pytest.raises(ValueError, match="2026-11-16T09:30:00 has no time zone"):
        end_after_working_days(OFFICE, "Europe/Paris", datetime(2026, 11, 16, 9, 30), 1)


def test_the_complaint_was_answered_six_working_days_after_receipt() -> None:
    received, answered = date(2013, 4, 5), date(2013, 4, 15)
    assert working_days_between(OFFICE, "Europe/Paris", received, answered) == 6
    assert end("2013-04-05 09:00", 5, end_of_day=True).date() == date(2013, 4, 12)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-16", "2026-11-16", 0),
        ("2026-11-16", "2026-11-17", 1),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-23", "2026-11-16", 0),
    ],
)
def test_days_between(first: str, last: str, days: int) -> None:
    between = working_days_between(
        OFFICE, "Europe/Paris", date.fromisoformat(first), date.fromisoformat(last)
    )
    assert between == days


@given(st.data(), st.sampled_from(CHANGES), st.integers(-6, 6), st.integers(0, 1439))
def test_the_end_lies_that_many_working_days_away(
    data: st.DataObject, change: tuple[str, date], days: int, minute: int
) -> None:
    of, around = data.draw(calendars(*change)), change[1]
    start = datetime(around.year, around.month, around.day, tzinfo=UTC) + timedelta(minutes=minute)
    try:
        due = end_after_working_days(of, "UTC", start, days)
    except ValueError:
        assert not any(of.week.days())
        return
    zone = due.tzinfo
    day, local = due.date(), start.astimezone(zone)
    if days > 0:
        assert working_days_between(of, "UTC", local.date(), day) == days
        assert working_days_between(of, "UTC", local.date(), day - timedelta(days=1)) == days - 1
    elif days < 0:
        assert (
            working_days_between(of, "UTC", day - timedelta(days=1), local.date() - timedelta(days=1))
            == -days
        )
    else:
        assert due.astimezone(UTC) == start
    if days and due.time() != local.time():  # only where the clock skips that time
        skipped = datetime.combine(day, local.time()).replace(tzinfo=zone)
        assert skipped.astimezone(UTC).astimezone(zone).time() != local.time()
