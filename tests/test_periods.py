"""Quarters and months: their texts, days and neighbours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.periods import Month, Quarter, months_between, quarters_between

DAYS = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))


def test_a_quarter_has_its_days_and_neighbours() -> None:
    quarter = Quarter.parse("2026-Q3")

    assert (quarter.first_day, quarter.last_day) == (date(2026, 7, 1), date(2026, 9, 30))
    assert str(quarter.previous) == "2026-Q2"
    assert str(quarter.same_last_year) == "2025-Q3"
    assert str(quarter.shift(2)) == "2027-Q1"
    assert [str(month) for month in quarter.months] == ["2026-07", "2026-08", "2026-09"]
    assert date(2026, 9, 30) in quarter
    assert date(2026, 10, 1) not in quarter


def test_a_month_has_its_days_and_neighbours() -> None:
    month = Month.parse("2024-02")

    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert str(month.shift(-2)) == "2023-12"
    assert str(month.previous) == "2024-01"
    assert str(month.same_last_year) == "2023-02"
    assert Month(2023, 12).last_day == date(2023, 12, 31)


@pytest.mark.parametrize(
    "text", ["2026-Q5", "2026-Q0", "2026Q3", "2026-q3", "26-Q3", " 2026-Q3", "2026-Q3\n", "٢٠٢٦-Q3", ""]
)
def test_a_text_that_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        Quarter.parse(text)
    assert str(refused.value) == f"expected a quarter such as '2026-Q3', not '{text}'"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-7", "2026-Q3", "2026-07-01"])
def test_a_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        Month.parse(text)
    assert str(refused.value) == f"expected a month such as '2026-09', not '{text}'"


@pytest.mark.parametrize(
    ("year", "number", "message"),
    [
        (2026, 5, "a quarter is numbered from 1 to 4, not 5"),
        (2026, 0, "a quarter is numbered from 1 to 4, not 0"),
        (0, 1, "a year is between 1 and 9999, not 0"),
    ],
)
def test_a_quarter_that_does_not_exist_is_refused(year: int, number: int, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        Quarter(year, number)
    assert str(refused.value) == message


def test_a_quarter_before_all_years_is_refused() -> None:
    with pytest.raises(ValueError, match="a year is between 1 and 9999, not 0"):
        _ = Quarter(1, 1).previous


@pytest.mark.parametrize(
    ("today", "closed"),
    [
        (date(2026, 9, 30), "2026-Q2"),
        (date(2026, 10, 1), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q3"),
        (date(2027, 1, 1), "2026-Q4"),
    ],
)
def test_a_quarter_is_closed_the_day_after_its_last(today: date, closed: str) -> None:
    assert str(Quarter.last_closed(today)) == closed


def test_a_month_is_closed_the_day_after_its_last() -> None:
    assert str(Month.last_closed(date(2026, 3, 31))) == "2026-02"
    assert str(Month.last_closed(date(2026, 4, 1))) == "2026-03"


@given(DAYS)
def test_the_period_of_a_day_holds_it_and_touches_its_neighbours(day: date) -> None:
    for period in (Quarter.containing(day), Month.containing(day)):
        assert day in period
        assert type(period).parse(str(period)) == period
        assert period.previous.last_day + timedelta(days=1) == period.first_day
        assert period.previous < period < period.shift(1)


@given(DAYS, st.integers(-400, 400))
def test_shifting_there_and_back_changes_nothing(day: date, by: int) -> None:
    quarter = Quarter.containing(day)
    if 2 <= quarter.year + by / 4 <= 9998:
        assert quarter.shift(by).shift(-by) == quarter


def test_a_range_holds_both_ends() -> None:
    spans = quarters_between(Quarter(2025, 3), Quarter(2026, 2))
    assert [str(quarter) for quarter in spans] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert quarters_between(Quarter(2026, 2), Quarter(2026, 1)) == ()
    assert [str(month) for month in months_between(Month(2025, 12), Month(2026, 1))] == ["2025-12", "2026-01"]
    assert months_between(Month(2026, 2), Month(2025, 12)) == ()


def test_the_latest_quarters_end_with_this_one() -> None:
    latest = Quarter(2026, 3).latest(8)
    assert (str(latest[0]), str(latest[-1]), len(latest)) == ("2024-Q4", "2026-Q3", 8)
    assert Quarter(2026, 3).latest(0) == ()
