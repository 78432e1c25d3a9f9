"""Comparisons of two periods, against SciPy, statsmodels and published examples."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from comptoir.measure.statistics import (
    ChangeDirection,
    Method,
    compare_means,
    compare_nps,
    compare_proportions,
    estimate_mean,
    estimate_nps,
    estimate_proportion,
)

CLOSE = 1e-9
SCORES = st.lists(st.decimals(0, 10, places=1, allow_nan=False), min_size=2, max_size=40)
COUNTS = st.integers(0, 400)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_two_proportions(some: int, others: int, some_after: int, others_after: int) -> None:
    assume(some + others and some_after + others_after)
    table = np.array([[some, others], [some_after, others_after]])
    change = compare_proportions(
        estimate_proportion(some, some + others), estimate_proportion(some_after, some_after + others_after)
    )
    expected_counts = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / table.sum()

    if expected_counts.min() < 5:
        assert change.method is Method.FISHER
        assert change.p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)
    else:
        assert change.method is Method.TWO_PROPORTIONS
        assert change.p == pytest.approx(
            proportions_ztest(table[:, 0], table.sum(1))[1], rel=CLOSE, abs=1e-300
        )
    assert change.difference == Fraction(some_after, some_after + others_after) - Fraction(
        some, some + others
    )


def test_the_lady_tasting_tea() -> None:
    # Fisher, The Design of Experiments: three cups of four told right; two-sided 34/70.
    change = compare_proportions(estimate_proportion(1, 4), estimate_proportion(3, 4))
    assert change.method is Method.FISHER
    assert change.p == pytest.approx(34 / 70, rel=1e-12)
    assert not change.significant
    assert change.direction is ChangeDirection.UP


def test_few_events_among_millions_are_compared_exactly() -> None:
    change = compare_proportions(estimate_proportion(0, 2_000_000), estimate_proportion(9, 3_000_000))
    assert change.method is Method.FISHER
    assert change.p == pytest.approx(stats.fisher_exact([[0, 2_000_000], [9, 2_999_991]]).pvalue, rel=1e-7)


def test_shares_of_nothing_and_of_everything_do_not_differ() -> None:
    for some in (0, 50):
        change = compare_proportions(estimate_proportion(some, 50), estimate_proportion(some, 50))
        assert (change.difference, change.p, change.significant) == (0, 1.0, False)
        assert change.direction is ChangeDirection.SAME


def test_all_against_none_differ() -> None:
    change = compare_proportions(estimate_proportion(40, 40), estimate_proportion(0, 40))
    assert change.significant
    assert change.direction is ChangeDirection.DOWN
    assert change.difference == -1


@given(SCORES, SCORES)
def test_welch(before: list[Decimal], after: list[Decimal]) -> None:
    first, second = [float(score) for score in before], [float(score) for score in after]
    change = compare_means(estimate_mean(before), estimate_mean(after))
    if len(set(before)) == 1 and len(set(after)) == 1:
        assert (change.p, change.method, change.significant) == (None, Method.NONE, False)
        return
    assert change.method is Method.WELCH
    expected = stats.ttest_ind_from_stats(*_summary(second), *_summary(first), equal_var=False).pvalue
    assert change.p == pytest.approx(expected, rel=1e-7, abs=1e-14)


@given(
    st.floats(0.1, 10), st.floats(0.1, 10), st.integers(2, 10_000), st.integers(2, 10_000), st.floats(-8, 8)
)
def test_welch_from_summaries(sd: float, sd_after: float, n: int, n_after: int, shift: float) -> None:
    before, after = _mean_of(n, 0, sd), _mean_of(n_after, shift, sd_after)
    change = compare_means(before, after)
    expected = stats.ttest_ind_from_stats(
        float(after.value or 0), after.deviation, n_after, 0, before.deviation, n, equal_var=False
    ).pvalue
    assert change.p == pytest.approx(expected, rel=CLOSE, abs=1e-290)


def test_one_answer_only_is_never_significant() -> None:
    change = compare_means(estimate_mean([1]), estimate_mean([5, 5, 5]))
    assert (change.difference, change.p, change.method) == (4, None, Method.NONE)
    assert not change.significant
    assert change.direction is ChangeDirection.UP


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_nps_difference(a: int, b: int, c: int, d: int, e: int, f: int) -> None:
    assume(a + b + c and d + e + f)
    change = compare_nps(estimate_nps(a, b, c), estimate_nps(d, e, f))
    worth, centres, errors = np.array([1.0, 0.0, -1.0]), [], []
    for counts in ((a, b, c), (d, e, f)):
        adjusted = np.array(counts) + np.array([0.75, 1.5, 0.75])
        shares = adjusted / adjusted.sum()
        centres.append(worth @ shares)
        errors.append(shares @ (worth - centres[-1]) ** 2 / adjusted.sum())
    z = (centres[1] - centres[0]) / np.sqrt(sum(errors))

    assert change.p == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-7)
    assert change.method is Method.NPS
    assert change.difference == Fraction(100 * (d - f), d + e + f) - Fraction(100 * (a - c), a + b + c)


def test_a_missing_period_gives_no_change() -> None:
    for change in (
        compare_proportions(estimate_proportion(0, 0), estimate_proportion(1, 2)),
        compare_means(estimate_mean([1, 2]), estimate_mean([])),
        compare_nps(estimate_nps(0, 0, 0), estimate_nps(1, 2, 3)),
    ):
        assert (change.difference, change.p, change.method) == (None, None, Method.NONE)
        assert (change.significant, change.direction) == (False, None)


def test_the_level_decides_what_is_significant() -> None:
    before, after = estimate_proportion(60, 100), estimate_proportion(74, 100)
    assert compare_proportions(before, after).significant
    assert not compare_proportions(before, after, level=0.01).significant


def _summary(scores: list[float]) -> tuple[float, float, int]:
    return float(np.mean(scores)), float(np.std(scores, ddof=1)), len(scores)


def _mean_of(n: int, shift: float, deviation: float):  # type: ignore[no-untyped-def]
    """The estimate of n values shift ± spread, in equal numbers (and one shift, when n is odd)."""
    values = [Fraction(shift) + sign * Fraction(deviation) for sign in (-1, 1)] * (n // 2)
    return estimate_mean(values + [Fraction(shift)] * (n % 2))
