"""Quarters and months: their texts, days and neighbours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.periods import Month, Quarter, Span, parse_period, periods_between

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
    spans = periods_between(Quarter(2025, 3), Quarter(2026, 2))
    assert [str(quarter) for quarter in spans] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert periods_between(Quarter(2026, 2), Quarter(2026, 1)) == ()
    assert [str(month) for month in periods_between(Month(2025, 12), Month(2026, 1))] == [
        "2025-12",
        "2026-01",
    ]
    assert periods_between(Month(2026, 2), Month(2025, 12)) == ()


def test_the_latest_quarters_end_with_this_one() -> None:
    latest = Quarter(2026, 3).latest(8)
    assert (str(latest[0]), str(latest[-1]), len(latest)) == ("2024-Q4", "2026-Q3", 8)
    assert Quarter(2026, 3).latest(0) == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "known_as", "before"),
    [
        ("2026-09", date(2026, 9, 1), date(2026, 9, 30), "2026-09", "2026-08"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "2026-Q3", "2026-Q2"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "2026-H1", "2025-H2"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "2026-H2", "2026-H1"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026", "2025"),
        ("FY2026", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03", "2025-04..2026-03"),
        ("FY2026/27", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03", "2025-04..2026-03"),
        ("FY2026-2027", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03", "2025-04..2026-03"),
        ("FY1999-00", date(1999, 4, 1), date(2000, 3, 31), "1999-04..2000-03", "1998-04..1999-03"),
        ("FY2026-H2", date(2026, 10, 1), date(2027, 3, 31), "2026-10..2027-03", "2026-04..2026-09"),
        ("FY2026-Q4", date(2027, 1, 1), date(2027, 3, 31), "2027-Q1", "2026-Q4"),
        ("2026-04..2027-03", date(2026, 4, 1), date(2027, 3, 31), "2026-04..2027-03", "2025-04..2026-03"),
        ("12m..2026-09", date(2025, 10, 1), date(2026, 9, 30), "2025-10..2026-09", "2024-10..2025-09"),
        ("6m..2026-06", date(2026, 1, 1), date(2026, 6, 30), "2026-H1", "2025-H2"),
        ("2026-02..2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026-02", "2026-01"),
        ("3m..9999-12", date(9999, 10, 1), date(9999, 12, 31), "9999-Q4", "9999-Q3"),
    ],
)
def test_a_period_has_its_days_and_neighbours(
    text: str, first: date, last: date, known_as: str, before: str
) -> None:
    period = parse_period(text, fiscal=4)
    assert (period.first_day, period.last_day) == (first, last)
    assert (str(period), str(period.previous)) == (known_as, before)
    assert parse_period(known_as) == period
    assert len(period.months) == period.length
    assert period.same_last_year.first_day == first.replace(year=first.year - 1)
    assert period.previous < period
    assert period <= parse_period(known_as)


FORMS = "'2026-09', '2026-Q3', '2026-H1', '2026', 'FY2026', '2025-10..2026-09' or '12m..2026-09'"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-13", f"expected a period such as {FORMS}, not '2026-13'"),
        ("2026-H3", f"expected a period such as {FORMS}, not '2026-H3'"),
        ("2026-27", f"expected a period such as {FORMS}, not '2026-27'"),
        ("12m..2026", f"expected a period such as {FORMS}, not '12m..2026'"),
        ("", f"expected a period such as {FORMS}, not ''"),
        ("FY2026-28", "'FY2026-28': a fiscal year that begins in 2026 ends in 2027"),
        ("2026-09..2026-08", "'2026-09..2026-08' ends before it begins, or has no month"),
        ("0m..2026-08", "'0m..2026-08' ends before it begins, or has no month"),
        ("12m..0001-03", "a year is between 1 and 9999, not 0"),
        ("FY9999", "a year is between 1 and 9999, not 10000"),
    ],
)
def test_a_text_that_is_no_period_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_period(text, fiscal=4)
    assert str(refused.value) == message


def test_a_fiscal_year_needs_its_month() -> None:
    with pytest.raises(ValueError, match="'FY2026' needs the month in which fiscal years begin"):
        parse_period("FY2026")


def test_a_span_has_a_month() -> None:
    with pytest.raises(ValueError, match="a period has a month or more, not 0"):
        Span(Month(2026, 1), 0)


@given(DAYS, st.integers(1, 40), st.integers(1, 12))
def test_every_window_is_written_and_read_again(day: date, length: int, fiscal: int) -> None:
    last = Month.containing(day)
    if last.start - 2 * length >= 24:
        period = parse_period(f"{length}m..{last}")
        assert parse_period(str(period), fiscal) == period
        assert period.previous.last_day + timedelta(days=1) == period.first_day
        assert period.months[-1] == last
