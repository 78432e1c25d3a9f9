"""Changes against the quarter before and a year ago, and limits of ordinary variation."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from statsmodels.stats.proportion import proportions_ztest

from comptoir.measure.measure import HISTORY
from comptoir.measure.statistics import Method
from comptoir.periods import Quarter

from ..conftest import MakeProject
from .tables import Q3, Row, definition, measure, tables

SHARE = definition(kind="ratio", numerator="on_time", unit="percent", direction="higher")


def rows(kept: dict[Quarter, tuple[int, int]]) -> list[Row]:
    """For each quarter, so many requests on time of so many."""
    return [
        {"opened": datetime(quarter.year, 3 * quarter.number - 1, 1 + i % 28), "on_time": i < good}
        for quarter, (good, total) in kept.items()
        for i in range(total)
    ]


def test_a_significant_change_and_one_that_is_none(make_project: MakeProject) -> None:
    given = rows({Q3.same_last_year: (91, 100), Q3.previous: (60, 100), Q3: (90, 100)})
    measurements, _ = measure(make_project, {"it": SHARE}, tables(requests=given))
    found = measurements.get("it", Q3)
    assert found is not None
    assert found.previous is not None
    assert found.year_ago is not None
    assert (found.previous.quarter, found.previous.value, found.previous.change.difference) == (
        Q3.previous,
        60,
        30,
    )
    assert found.previous.change.p == pytest.approx(proportions_ztest([60, 90], [100, 100])[1])
    assert found.previous.significant
    assert (found.year_ago.quarter, found.year_ago.change.difference) == (Q3.same_last_year, -1)
    assert not found.year_ago.significant


def test_no_change_is_claimed_of_counts(make_project: MakeProject) -> None:
    given = rows({Q3.previous: (1, 10), Q3: (1, 90)})
    measurements, _ = measure(make_project, {"it": definition()}, tables(requests=given))
    found = measurements.get("it", Q3)
    assert found is not None
    assert found.previous is not None
    assert (found.previous.change.difference, found.previous.change.method) == (80, Method.NONE)
    assert not found.previous.significant


def test_nothing_to_compare_with(make_project: MakeProject) -> None:
    measurements, _ = measure(make_project, {"it": SHARE}, tables(requests=rows({Q3: (1, 40)})))
    found = measurements.get("it", Q3)
    assert found is not None
    assert (found.previous, found.year_ago, found.control) == (None, None, None)


def test_control_limits_over_the_last_quarters(make_project: MakeProject) -> None:
    shares = [80, 74, 81, 75, 80, 75, 82, 76, 40]
    quarters = Q3.latest(len(shares))
    given = rows({quarter: (share, 100) for quarter, share in zip(quarters, shares, strict=True)})
    measurements, _ = measure(make_project, {"it": SHARE}, tables(requests=given), quarters=quarters)
    found = measurements.series("it")
    assert [m is not None and m.control is not None for m in found] == [False] * 7 + [True, True]
    last = found[-1]
    assert last is not None
    assert last.control is not None
    assert last.control.points == 9
    assert last.control.mean == Fraction(sum(shares), 9)
    assert ("outside", 8) in [(signal.rule, signal.last) for signal in last.control.signals]
    assert 0 <= last.control.lower < last.control.upper <= 100


def test_a_missing_quarter_is_no_point(make_project: MakeProject) -> None:
    quarters = Q3.latest(10)
    given = rows({quarter: (80 + i, 100) for i, quarter in enumerate(quarters) if i != 4})
    measurements, _ = measure(make_project, {"it": SHARE}, tables(requests=given))
    found = measurements.get("it", Q3)
    assert found is not None
    assert found.control is not None
    assert found.control.points == 9
    assert len(quarters) < HISTORY
