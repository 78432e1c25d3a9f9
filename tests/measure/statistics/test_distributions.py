"""The distributions against those of scipy.stats, and against printed tables."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from comptoir.measure.statistics.distributions import (
    binomial_tails,
    chi_square_lower_quantile,
    chi_square_upper_quantile,
    normal_critical,
    normal_two_sided,
    student_critical,
    student_two_sided,
)

CLOSE = 1e-9
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])


def log_uniform(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda exponent: 10.0**exponent)


@given(log_uniform(-6, 3), log_uniform(0, 7))
@example(1.9030074796427527, 8955859.13749659)
def test_student_tail(t: float, degrees: float) -> None:
    expected = 2 * stats.t.sf(t, degrees)
    assert student_two_sided(t, degrees) == pytest.approx(expected, rel=CLOSE, abs=1e-290)


@given(LEVELS, log_uniform(0, 7))
def test_student_quantile(level: float, degrees: float) -> None:
    assert student_critical(level, degrees) == pytest.approx(stats.t.isf((1 - level) / 2, degrees), rel=CLOSE)


@given(LEVELS, st.integers(1, 2_000_000))
def test_chi_square_quantiles(level: float, degrees: int) -> None:
    tail = (1 - level) / 2
    assert chi_square_lower_quantile(tail, degrees) == pytest.approx(stats.chi2.ppf(tail, degrees), rel=CLOSE)
    assert chi_square_upper_quantile(tail, degrees) == pytest.approx(stats.chi2.isf(tail, degrees), rel=CLOSE)


@given(st.integers(1, 1_000_000), st.sampled_from([0.01, 0.1, 0.5, 0.9, 0.99]), st.floats(-5, 5))
def test_binomial_tails(n: int, p: float, deviations: float) -> None:
    k = int(n * p + deviations * (n * p * (1 - p)) ** 0.5)
    tails = binomial_tails(k, n, p)
    assert tails.lower == pytest.approx(stats.binom.cdf(k, n, p), rel=CLOSE, abs=1e-300)
    assert tails.upper == pytest.approx(stats.binom.sf(k, n, p), rel=CLOSE, abs=1e-300)


@given(st.floats(-30, 30))
def test_normal_tail(z: float) -> None:
    assert normal_two_sided(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=CLOSE)


@pytest.mark.parametrize(
    ("degrees", "table"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)]
)
def test_the_printed_table_of_student(degrees: int, table: float) -> None:
    assert round(student_critical(0.95, degrees), 3) == table


@pytest.mark.parametrize(
    ("degrees", "low", "high"), [(2, 0.0506, 7.378), (10, 3.247, 20.483), (20, 9.591, 34.170)]
)
def test_the_printed_table_of_chi_square(degrees: int, low: float, high: float) -> None:
    assert chi_square_lower_quantile(0.025, degrees) == pytest.approx(low, abs=5e-4)
    assert chi_square_upper_quantile(0.025, degrees) == pytest.approx(high, abs=5e-4)


def test_the_ends_of_the_distributions() -> None:
    assert normal_critical(0.95) == pytest.approx(1.959963984540054, rel=1e-12)
    assert student_two_sided(0.0, 5) == 1.0
    assert student_two_sided(float("inf"), 5) == 0.0
    assert student_two_sided(1e200, 5) == 0.0
    assert binomial_tails(-1, 5, 0.5) == (0.0, 1.0)
    assert binomial_tails(5, 5, 0.5) == (1.0, 0.0)
