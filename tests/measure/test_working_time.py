"""Working time of one span, against numbers of our own and the slow reference."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.measure.working_time import (
    EdgeTable,
    Pause,
    working_edges,
    working_seconds,
    zone_of,
)
from comptoir.model.calendars import Calendar
from tests.measure.calendars import CHANGES, calendar, calendars, is_working
from tests.measure.reference import slow_working_seconds, walk

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600
FEW = settings(max_examples=60)  # the reference is slow


def at(text: str, zone: ZoneInfo = PARIS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def edges_of(of: Calendar, first: str = "2026-01-01", last: str = "2026-12-31") -> EdgeTable:
    return working_edges(of, "Europe/Paris", date.fromisoformat(first), date.fromisoformat(last))


def seconds(of: Calendar, start: str, end: str, *pauses: tuple[str, str | None]) -> Decimal:
    intervals = [Pause(at(since), at(until) if until else None) for since, until in pauses]
    return working_seconds(edges_of(of), at(start), at(end), intervals)


ALWAYS = calendar(week={"monday-sunday": "24 h"})
OFFICE = calendar()
NIGHT = calendar(week={"monday-sunday": "01:30-02:30, 02:30-06:00, 22:00-24:00"})


# Numbers of our own (2026-11-16 is a Monday)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-16 07:30", "2026-11-16 09:15", 75 * 60),
        ("2026-11-16 11:00", "2026-11-16 14:00", 2 * HOUR),
        ("2026-11-16 12:10", "2026-11-16 12:50", 0),
        ("2026-11-20 17:00", "2026-11-23 08:30", 90 * 60),
        ("2026-11-16 00:00", "2026-11-23 00:00", 45 * HOUR),
        ("2026-11-23 00:00", "2026-11-16 00:00", 0),
        ("2026-11-16 09:00", "2026-11-16 09:00", 0),
        ("2026-11-16 17:59:59.250000", "2026-11-17 08:00:00.250000", 1),
        ("2026-11-16 09:00:00", "2026-11-16 09:00:00.000001", Decimal("0.000001")),
    ],
)
def test_office_hours(start: str, end: str, expected: Decimal) -> None:
    assert seconds(OFFICE, start, end) == expected


def test_public_holidays_closures_and_openings() -> None:
    july = calendar(
        public_holidays={"country": "FR"},
        closures=[{"day": "2026-07-13"}],
        openings=[{"day": "2026-07-18", "hours": "09:00-10:00"}],
    )
    # Sunday to Sunday: closed on Monday, public holiday on Tuesday, an hour on Saturday.
    assert seconds(july, "2026-07-12 00:00", "2026-07-19 00:00") == (3 * 9 + 1) * HOUR
    worked = calendar(public_holidays={"country": "FR", "worked": ["2026-07-14"]})
    assert seconds(worked, "2026-07-14 00:00", "2026-07-15 00:00") == 9 * HOUR


def test_days_on_which_the_clock_changes_have_23_and_25_hours() -> None:
    assert seconds(ALWAYS, "2026-03-29 00:00", "2026-03-30 00:00") == 23 * HOUR
    assert seconds(ALWAYS, "2026-10-25 00:00", "2026-10-26 00:00") == 25 * HOUR
    assert seconds(ALWAYS, "2026-01-01 00:00", "2027-01-01 00:00") == 365 * 24 * HOUR
    assert len(edges_of(ALWAYS).opens) == 1


def test_an_edge_that_the_clock_skips_is_the_skip() -> None:
    # 02:00 becomes 03:00: of 01:30-02:30 half an hour is left, and 02:30-06:00 begins at 03:00.
    spring = edges_of(NIGHT)
    night, morning = at("2026-03-29 00:00"), at("2026-03-29 12:00")
    assert working_seconds(spring, night, at("2026-03-29 03:00")) == HOUR / 2
    assert working_seconds(spring, night, morning) == 3.5 * HOUR


def test_an_edge_that_the_clock_shows_twice_is_the_first() -> None:
    # 03:00 becomes 02:00: 01:30-02:30 ends at the first 02:30; 02:30-06:00 lasts four hours and a half.
    for hours, expected in (("01:30-02:30", HOUR), ("02:30-06:00", 4.5 * HOUR), ("01:00-04:00", 4 * HOUR)):
        of = calendar(week={"sunday": hours})
        assert seconds(of, "2026-10-25 00:00", "2026-10-26 00:00") == expected, hours
    early = calendar(week={"sunday": "01:30-02:30"})
    first_quarter_past_two = at("2026-10-25 02:15")
    assert is_working(early, "Europe/Paris", first_quarter_past_two)
    assert not is_working(early, "Europe/Paris", first_quarter_past_two.replace(fold=1))
    autumn, morning = edges_of(NIGHT), at("2026-10-25 12:00")
    assert working_seconds(autumn, at("2026-10-25 00:00"), morning) == 5.5 * HOUR


def test_an_interval_within_the_hour_that_is_skipped_is_nothing() -> None:
    skipped = calendar(week={"sunday": "02:10-02:50"})
    assert seconds(skipped, "2026-03-29 00:00", "2026-03-30 00:00") == 0
    assert seconds(skipped, "2026-10-25 00:00", "2026-10-26 00:00") == 40 * 60
    assert seconds(skipped, "2026-11-01 00:00", "2026-11-02 00:00") == 40 * 60


def test_a_day_that_a_zone_skipped_is_nothing() -> None:
    apia = calendar(week={"monday-sunday": "09:00-17:00"}, time_zone="Pacific/Apia")
    edges = edges_of(apia, "2011-12-28", "2012-01-02")
    zone = ZoneInfo("Pacific/Apia")
    worked = working_seconds(edges, at("2011-12-29 00:00", zone), at("2012-01-01 00:00", zone))
    assert worked == 2 * 8 * HOUR
    assert len(edges.working_days) == len(set(edges.working_days))


def test_pauses_are_merged_and_taken_away() -> None:
    start, end = "2026-11-16 09:00", "2026-11-17 10:00"
    assert seconds(OFFICE, start, end) == 10 * HOUR
    assert seconds(OFFICE, start, end, ("2026-11-16 10:00", "2026-11-16 11:00")) == 9 * HOUR
    overlapping = ("2026-11-16 10:00", "2026-11-16 11:00"), ("2026-11-16 10:30", "2026-11-16 14:00")
    assert seconds(OFFICE, start, end, *overlapping) == 7 * HOUR
    nested = ("2026-11-16 09:30", "2026-11-16 17:00"), ("2026-11-16 10:00", "2026-11-16 11:00")
    assert seconds(OFFICE, start, end, *nested) == 3.5 * HOUR
    assert seconds(OFFICE, start, end, ("2026-11-01 10:00", "2026-11-30 11:00")) == 0
    assert seconds(OFFICE, start, end, ("2026-11-16 18:00", "2026-11-17 08:00")) == 10 * HOUR
    assert seconds(OFFICE, start, end, ("2026-11-16 15:00", "2026-11-16 10:00")) == 10 * HOUR
    assert seconds(OFFICE, start, end, ("2026-11-16 17:00", None)) == 7 * HOUR
    assert seconds(OFFICE, end, start, ("2026-11-16 10:00", None)) == 0


def test_the_table_knows_its_days_in_any_zone_and_no_others() -> None:
    edges = edges_of(OFFICE, "2026-11-16", "2026-11-16")
    everywhere = (
        datetime.fromisoformat("2026-11-16T00:00+14:00"),
        datetime.fromisoformat("2026-11-17T00:00-12:00"),
    )
    assert working_seconds(edges, *everywhere) == (9 + 4) * HOUR  # to 13:00 on Tuesday in Paris
    with pytest.raises(ValueError) as refused:
        working_seconds(edges, at("2026-11-16 10:00"), at("2026-11-20 10:00"))
    assert str(refused.value) == "2026-11-20T10:00:00+01:00 is outside the calendar's days"


def test_an_instant_needs_its_time_zone() -> None:
    edges, naive = edges_of(OFFICE), datetime(2026, 11, 16, 10)
    with pytest.raises(ValueError, match="2026-11-16T10:00:00 has no time zone"):
        working_seconds(edges, naive, at("2026-11-16 12:00"))


@pytest.mark.parametrize(("first", "last"), [("2026-02-01", "2026-01-01"), ("0001-01-01", "2026-01-01")])
def test_days_that_run_backwards_or_out_of_reach_are_refused(first: str, last: str) -> None:
    with pytest.raises(ValueError, match=r"the days run backwards|are out of reach"):
        edges_of(OFFICE, first, last)


def test_a_calendar_that_never_works() -> None:
    edges = edges_of(calendar(week={}))
    assert (edges.opens, edges.total, edges.working_days) == ((), 0, ())
    assert working_seconds(edges, at("2026-01-05 00:00"), at("2026-06-05 00:00")) == 0


# Against the reference


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, EdgeTable, datetime, datetime, list[Pause]]:
    zone, around = draw(st.sampled_from(CHANGES))
    of = draw(calendars(zone, around))
    noon = datetime(around.year, around.month, around.day, 12, tzinfo=UTC)
    minutes = st.integers(-3 * 1440, 3 * 1440) | st.integers(-1440, 0)
    instants = minutes.map(lambda ahead: noon + timedelta(minutes=ahead))
    start, end = sorted((draw(instants), draw(instants)))
    pauses = [Pause(draw(instants), draw(st.none() | instants)) for _ in range(draw(st.integers(0, 3)))]
    edges = working_edges(of, "UTC", around - timedelta(days=5), around + timedelta(days=5))
    return of, edges, start, end, pauses


@FEW
@given(cases())
def test_minute_by_minute(case: tuple[Calendar, EdgeTable, datetime, datetime, list[Pause]]) -> None:
    of, edges, start, end, pauses = case
    zone = zone_of(of, "UTC")
    assert working_seconds(edges, start, end) == slow_working_seconds(of, zone, start, end)
    assert working_seconds(edges, start, end, pauses) == slow_working_seconds(of, zone, start, end, pauses)
    assert working_seconds(edges, end, start) == 0


@FEW
@given(cases(), st.integers(0, 59), st.integers(0, 400))
def test_second_by_second(
    case: tuple[Calendar, EdgeTable, datetime, datetime, list[Pause]], second: int, length: int
) -> None:
    of, edges, start, _, _ = case
    start += timedelta(seconds=second)
    end = start + timedelta(seconds=length)
    pause = Pause(start + timedelta(seconds=length // 3), start + timedelta(seconds=length // 2))
    slow = slow_working_seconds(of, zone_of(of, "UTC"), start, end, [pause], timedelta(seconds=1))
    assert working_seconds(edges, start, end, [pause]) == slow


@FEW
@given(cases())
def test_is_working_at_every_instant(
    case: tuple[Calendar, EdgeTable, datetime, datetime, list[Pause]],
) -> None:
    of, _, start, end, _ = case
    end = min(end, start + timedelta(hours=6))
    for instant, works in walk(of, zone_of(of, "UTC"), start, end, timedelta(minutes=1)):
        assert is_working(of, "UTC", instant) is works, instant
