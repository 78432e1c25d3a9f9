"""Gaps in the data: two weeks of open days without a row, against the rhythm of the table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.gaps import quarters_with_gaps
from comptoir.periods import Quarter

from ..conftest import MakeProject
from .tables import Q3, Row, definition, measure, tables

Q2, Q4 = Quarter(2026, 2), Quarter(2026, 4)
QUARTERS = (Q2, Q3, Q4)
EVERY_DAY = [Q2.first_day + timedelta(days=n) for n in range((Q4.last_day - Q2.first_day).days + 1)]
WEEKENDS = frozenset(day for day in EVERY_DAY if day.weekday() > 4)
CALLS = definition(source="calls", kind="sum", value="received", direction="neither")


def without(first: date, last: date, days: Iterable[date] = EVERY_DAY) -> list[date]:
    """The working days of three quarters but those from `first` to `last`."""
    return [day for day in days if day not in WEEKENDS and not first <= day <= last]


@pytest.mark.parametrize(
    ("first", "last", "quarters"),
    [
        ((2026, 8, 3), (2026, 8, 14), [Q3]),  # ten working days, two weeks
        ((2026, 8, 3), (2026, 8, 13), []),  # nine
        ((2026, 9, 21), (2026, 10, 9), [Q3, Q4]),  # eight and seven
        ((2026, 9, 28), (2026, 10, 16), [Q4]),  # three and twelve
        ((2026, 9, 17), (2026, 9, 30), [Q3]),  # up to the end
        ((2026, 4, 1), (2026, 4, 14), [Q2]),  # from the beginning
        ((2026, 12, 16), (2026, 12, 31), [Q4]),
        ((2026, 7, 1), (2026, 9, 30), []),  # a quarter without any row has no rows to be added up
    ],
)
def test_working_days_without_a_row(
    first: tuple[int, int, int], last: tuple[int, int, int], quarters: list[Quarter]
) -> None:
    days = without(date(*first), date(*last))
    assert sorted(quarters_with_gaps(days, QUARTERS, 5, WEEKENDS)) == quarters


def test_closed_days_are_no_hole() -> None:
    summer = frozenset(date(2026, 8, 1) + timedelta(days=n) for n in range(21))
    days = without(date(2026, 8, 1), date(2026, 8, 21))
    assert quarters_with_gaps(days, QUARTERS, 5, WEEKENDS | summer) == frozenset()
    assert quarters_with_gaps(days, QUARTERS, 5, WEEKENDS) == {Q3}


def test_a_table_is_measured_by_its_own_rhythm() -> None:
    weekly = EVERY_DAY[::7]
    assert quarters_with_gaps(weekly, QUARTERS, 7, ()) == frozenset()
    assert quarters_with_gaps([d for d in weekly if d.month != 8], QUARTERS, 7, ()) == {Q3}
    monthly = [day for day in EVERY_DAY if day.day == 3]
    assert quarters_with_gaps(monthly, QUARTERS, 7, ()) == frozenset()
    assert quarters_with_gaps((), QUARTERS, 7, ()) == frozenset()
    assert quarters_with_gaps([EVERY_DAY[40], EVERY_DAY[41], EVERY_DAY[150]], QUARTERS, 7, ()) == frozenset()


@given(st.sets(st.sampled_from(EVERY_DAY)))
def test_a_quarter_with_a_gap_has_rows_and_lacks_a_week(days: set[date]) -> None:
    for quarter in quarters_with_gaps(days, QUARTERS, 7, ()):
        inside = [day for day in EVERY_DAY if day in quarter]
        assert days & {*inside}
        assert len({*inside} - days) >= 7


def test_a_gap_is_told_of_a_total(make_project: MakeProject) -> None:
    days = without(date(2026, 8, 3), date(2026, 8, 14))
    rows: list[Row] = [{"date": day, "received": 10} for day in days if day <= Q3.last_day]
    measurements, problems = measure(make_project, {"it": CALLS}, tables(calls=rows), quarters=(Q2, Q3))
    assert problems == ()
    assert [(m.status, m.reason) for m in measurements] == [
        ("no-verdict", "no-target"),
        ("no-verdict", "gap"),
    ]
