"""Hours of a day: exceptional openings, then closures, then public holidays, then the week."""

from datetime import date
from typing import Any

from comptoir.calendars import (
    browser_hours,
    exceptions,
    hours_on,
    is_always_open,
    public_holidays,
    week_runs,
    weekly_minutes,
)
from comptoir.model.calendars import Calendar, DayInterval


def calendar(**keys: Any) -> Calendar:
    given = {"id": "c", "name": "C", "week": {"monday-friday": "08:00-12:00, 13:00-18:00"}}
    return Calendar.model_validate(given | keys)


DAY = (DayInterval(start=480, end=720), DayInterval(start=780, end=1080))


def test_the_week() -> None:
    assert hours_on(calendar(), date(2026, 11, 20)).hours == DAY
    assert hours_on(calendar(), date(2026, 11, 21)).hours == ()
    assert weekly_minutes(calendar()) == 5 * 9 * 60
    assert week_runs(calendar()) == ((0, 4, DAY), (5, 6, ()))


def test_public_holidays_of_a_country_and_region() -> None:
    french = calendar(public_holidays={"country": "FR"})
    lorraine = calendar(public_holidays={"country": "FR", "region": "57"})
    good_friday = date(2026, 4, 3)
    assert hours_on(french, date(2026, 12, 25)).is_public_holiday
    assert hours_on(french, good_friday).hours == DAY
    assert hours_on(lorraine, good_friday).hours == ()
    assert date(2026, 7, 14) in public_holidays("FR", None, 2026)


def test_a_worked_public_holiday_has_its_hours() -> None:
    worked = calendar(public_holidays={"country": "FR", "worked": ["2026-05-25"]})
    assert hours_on(worked, date(2026, 5, 25)).hours == DAY


def test_closures_and_openings() -> None:
    given = calendar(
        closures=[{"first": "2026-12-24", "last": "2027-01-01", "reason": "x"}],
        openings=[{"day": "2026-12-28", "hours": "09:00-10:00"}, {"day": "2026-11-21", "hours": "24 h"}],
    )
    assert hours_on(given, date(2026, 12, 29)).hours == ()
    assert hours_on(given, date(2026, 12, 28)).hours == (DayInterval(start=540, end=600),)
    assert hours_on(given, date(2026, 11, 21)).hours == (DayInterval(start=0, end=1440),)
    days = [found.day.isoformat() for found in exceptions(given, date(2026, 12, 20), date(2027, 1, 3))]
    assert days == [
        "2026-12-24",
        "2026-12-25",
        "2026-12-28",
        "2026-12-29",
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
    ]


def test_always_open() -> None:
    always = calendar(week={"monday-sunday": "24 h"})
    assert is_always_open(always)
    assert not is_always_open(calendar(week={"monday-sunday": "24 h"}, public_holidays={"country": "FR"}))
    assert not is_always_open(calendar())


def test_what_the_browser_gets() -> None:
    hours = browser_hours(calendar(public_holidays={"country": "FR"}), "Europe/Paris", date(2026, 11, 21))
    assert hours["tz"] == "Europe/Paris"
    assert hours["week"] == [[[480, 720], [780, 1080]]] * 5 + [[], []]
    assert hours["days"]["2026-12-25"] == []  # type: ignore[index]
    assert hours["until"] == "2027-12-26"
    own_zone = browser_hours(calendar(time_zone="UTC"), "Europe/Paris", date(2026, 11, 21))
    assert own_zone["tz"] == "UTC"
    assert "until" not in own_zone
