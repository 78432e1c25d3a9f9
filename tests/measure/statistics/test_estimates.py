"""Estimates with their intervals, against SciPy, statsmodels, NumPy and published tables."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from comptoir.measure.statistics import (
    Interval,
    Ranks,
    count_promoters,
    estimate_mean,
    estimate_nps,
    estimate_proportion,
    estimate_quantile,
    estimate_rate,
    exact,
    mean_from_sums,
    quantile_ranks,
)

CLOSE = 1e-9
LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])
SCORES = st.decimals(-1000, 1000, places=2, allow_nan=False)
COUNTS = st.integers(0, 5_000_000)


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


# Proportions


@given(COUNTS, COUNTS, LEVELS)
def test_wilson(some: int, others: int, level: float) -> None:
    if some + others == 0:
        others = 1
    estimate = estimate_proportion(some, some + others, level)
    expected = proportion_confint(some, some + others, alpha=1 - level, method="wilson")

    assert estimate.value == Fraction(some, some + others)
    assert ends(estimate.interval) == pytest.approx(expected, rel=CLOSE, abs=1e-12)


@pytest.mark.parametrize(
    ("some", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published_by_newcombe(some: int, total: int, low: float, high: float) -> None:
    assert ends(estimate_proportion(some, total).interval) == pytest.approx((low, high), abs=5e-5)


def test_wilson_at_its_ends() -> None:
    nothing, everything = estimate_proportion(0, 7), estimate_proportion(7, 7)
    assert ends(nothing.interval)[0] == 0.0
    assert ends(everything.interval)[1] == 1.0
    assert ends(nothing.interval)[1] == pytest.approx(1 - ends(everything.interval)[0], rel=CLOSE)
    assert ends(estimate_proportion(1, 1).interval) == pytest.approx((0.20654931, 1.0), rel=1e-7)
    none = estimate_proportion(0, 0)
    assert (none.value, none.interval) == (None, None)


@pytest.mark.parametrize(
    ("some", "total", "message"),
    [(8, 7, "8 cases cannot be a part of 7"), (-1, 7, "numerator is a count and cannot be -1")],
)
def test_a_part_larger_than_the_whole_is_refused(some: int, total: int, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        estimate_proportion(some, total)
    assert str(refused.value) == message


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="a confidence level lies between 0 and 1"):
        estimate_proportion(1, 2, level)


# Means


@given(st.lists(SCORES, min_size=2, max_size=60), LEVELS)
def test_mean_with_its_t_interval(scores: list[Decimal], level: float) -> None:
    estimate = estimate_mean(scores, level)
    sample = np.array([float(score) for score in scores])

    assert estimate.value == sum(map(Fraction, scores)) / len(scores)
    assert estimate.deviation == pytest.approx(np.std(sample, ddof=1), rel=CLOSE, abs=1e-9)
    half = stats.t.isf((1 - level) / 2, len(scores) - 1) * stats.sem(sample)
    low, high = ends(estimate.interval)
    assert high - float(estimate.value) == pytest.approx(half, rel=CLOSE, abs=1e-9)
    assert float(estimate.value) - low == pytest.approx(half, rel=CLOSE, abs=1e-9)


@given(st.lists(SCORES, max_size=30))
def test_sums_give_the_same_mean_as_the_values(scores: list[Decimal]) -> None:
    squares = sum((Fraction(score) ** 2 for score in scores), Fraction(0))
    assert mean_from_sums(len(scores), sum(map(Fraction, scores)), squares) == estimate_mean(scores)


def test_means_of_none_one_and_equal_values() -> None:
    none, one, equal = estimate_mean([]), estimate_mean([4]), estimate_mean([4, 4, 4])
    assert (none.value, none.deviation, none.interval) == (None, None, None)
    assert (one.value, one.deviation, one.interval) == (4, None, None)
    assert (equal.value, equal.deviation, ends(equal.interval)) == (4, 0.0, (4.0, 4.0))


def test_a_mean_far_from_zero_keeps_its_deviation() -> None:
    estimate = estimate_mean([10**12 + 1, 10**12 + 2, 10**12 + 3])
    assert estimate.variance == 1


@pytest.mark.parametrize(("n", "total", "squares"), [(0, 1, 0), (1, 2, 5), (2, 10, 1), (-1, 0, 0)])
def test_sums_that_no_values_have_are_refused(n: int, total: int, squares: int) -> None:
    with pytest.raises(ValueError):
        mean_from_sums(n, total, squares)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_a_value_that_is_not_finite_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError):
        exact(value)


# Quantiles


@given(
    st.lists(SCORES, min_size=1, max_size=80),
    st.sampled_from(
        [Fraction(1, 2), Fraction(9, 10), Fraction(1, 4), Fraction(0), Fraction(1), Fraction(1, 3)]
    ),
)
def test_type_7_quantile(scores: list[Decimal], share: Fraction) -> None:
    estimate = estimate_quantile(scores, share)
    expected = np.quantile(np.array([float(score) for score in scores]), float(share), method="linear")
    assert float(estimate.value or 0) == pytest.approx(expected, rel=CLOSE, abs=1e-9)


def test_type_7_between_two_values_is_exact() -> None:
    assert estimate_quantile([1, 2, 3, 4], Fraction(1, 2)).value == Fraction(5, 2)
    assert estimate_quantile([10, 20, 30, 40, 50], Decimal("0.9")).value == 46
    assert estimate_quantile([7], Decimal("0.9")).value == 7


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(6, 1, 6), (8, 1, 8), (10, 2, 9), (15, 4, 12), (20, 6, 15), (25, 8, 18), (30, 10, 21)],
)
def test_ranks_of_the_median_as_in_printed_tables(n: int, low: int, high: int) -> None:
    ranks = quantile_ranks(n, Fraction(1, 2))
    assert ranks is not None
    assert (ranks.low, ranks.high) == (low, high)


@given(st.integers(1, 3_000), st.sampled_from([0.5, 0.9, 0.25]), LEVELS)
def test_ranks_cover_their_level_and_no_narrower_ones_do(n: int, share: float, level: float) -> None:
    ranks, tail = quantile_ranks(n, share, level), (1 - level) / 2
    below = stats.binom(n, share)
    if ranks is None:
        assert below.cdf(0) > tail or below.sf(n - 1) > tail
        return
    assert ranks.coverage == pytest.approx(below.cdf(ranks.high - 1) - below.cdf(ranks.low - 1), rel=CLOSE)
    assert below.cdf(ranks.low - 1) <= tail < below.cdf(ranks.low)
    assert below.sf(ranks.high - 1) <= tail < below.sf(ranks.high - 2)


def test_too_few_values_for_an_interval() -> None:
    assert quantile_ranks(5, Fraction(1, 2)) is None
    assert quantile_ranks(35, Decimal("0.9")) is None
    assert quantile_ranks(36, Decimal("0.9")) is not None
    assert quantile_ranks(0, Fraction(1, 2)) is None
    assert quantile_ranks(100, 0) is None
    few = estimate_quantile([1, 2, 3], Fraction(1, 2))
    assert (few.value, few.interval) == (2, None)
    none = estimate_quantile([], Fraction(1, 2))
    assert (none.n, none.value, none.interval) == (0, None, None)


def test_the_interval_lies_between_two_of_the_values() -> None:
    estimate = estimate_quantile([x * x for x in range(1, 21)], Fraction(1, 2))
    assert ends(estimate.interval) == (36.0, 225.0)  # ranks 6 and 15
    assert ends(estimate_quantile([3] * 10, Fraction(1, 2)).interval) == (3.0, 3.0)


def test_millions_of_values_have_ranks_too() -> None:
    ranks = quantile_ranks(5_000_000, Fraction(1, 2))
    assert ranks == Ranks(2_497_809, 2_502_192, pytest.approx(0.9500202533157, rel=1e-9))


def test_a_share_outside_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match="a quantile is at a share between 0 and 1, not 90"):
        estimate_quantile([1, 2], 90)


# Net promoter score


@given(COUNTS, COUNTS, COUNTS, LEVELS)
def test_nps_with_its_adjusted_wald_interval(
    promoters: int, passives: int, detractors: int, level: float
) -> None:
    estimate = estimate_nps(promoters, passives, detractors, level)
    n = promoters + passives + detractors
    if n == 0:
        assert (estimate.value, estimate.interval) == (None, None)
        return
    # The same interval, as that of the mean of a multinomial variable worth −1, 0 or +1, with pseudo-answers.
    worth = np.array([1.0, 0.0, -1.0])
    shares = np.array([promoters + 0.75, passives + 1.5, detractors + 0.75]) / (n + 3)
    centre = worth @ shares
    half = stats.norm.isf((1 - level) / 2) * np.sqrt(shares @ (worth - centre) ** 2 / (n + 3))
    expected = max(-100.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))

    assert estimate.value == Fraction(100 * (promoters - detractors), n)
    assert ends(estimate.interval) == pytest.approx(expected, rel=CLOSE, abs=1e-7)


def test_nps_by_hand() -> None:
    # 17 promoters, 11 passives, 9 detractors: p+ = 17.75/40, p- = 9.75/40, centre 0.2, error √((0.6875 - 0.04)/40)
    estimate = estimate_nps(17, 11, 9)
    assert estimate.value == Fraction(800, 37)
    assert ends(estimate.interval) == pytest.approx((-4.93664, 44.93664), abs=1e-5)


def test_nps_of_one_kind_of_answer_only() -> None:
    everyone = estimate_nps(5, 0, 0)
    assert everyone.value == 100
    low, high = ends(everyone.interval)
    assert 0 < low < 100
    assert high == 100.0
    assert estimate_nps(0, 1, 0).value == 0
    assert estimate_nps(0, 0, 3).value == -100


def test_answers_are_counted_by_group() -> None:
    assert count_promoters(range(11)) == (2, 2, 7)
    assert count_promoters([Decimal("9.0"), 10.0]) == (2, 0, 0)
    assert count_promoters([]) == (0, 0, 0)


@pytest.mark.parametrize("answer", [11, -1, Decimal("8.5")])
def test_an_answer_outside_the_scale_is_refused(answer: int | Decimal) -> None:
    with pytest.raises(ValueError) as refused:
        count_promoters([answer])
    assert str(refused.value) == f"an answer is a whole number from 0 to 10, not {answer}"


# Rates


@given(st.integers(0, 1_000_000), st.integers(1, 10_000_000), LEVELS)
def test_garwood(events: int, exposure: int, level: float) -> None:
    estimate = estimate_rate(events, exposure, level=level)
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    high = stats.chi2.isf(tail, 2 * events + 2) / 2

    assert estimate.value == Fraction(1000 * events, exposure)
    assert ends(estimate.interval) == pytest.approx(
        (low * 1000 / exposure, high * 1000 / exposure), rel=CLOSE
    )


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (50, 37.111, 65.919)],
)
def test_poisson_limits_as_in_printed_tables(events: int, low: float, high: float) -> None:
    assert ends(estimate_rate(events, 1, per=1).interval) == pytest.approx((low, high), abs=6e-4)


def test_a_rate_without_exposure_has_no_value() -> None:
    rate = estimate_rate(3, 0)
    assert (rate.events, rate.value, rate.interval) == (3, None, None)


@pytest.mark.parametrize(
    ("events", "exposure", "per", "message"),
    [
        (-1, 10, 1000, "events is a count and cannot be -1"),
        (1, Decimal("-0.5"), 1000, "exposure cannot be -1/2"),
        (1, 10, 0, "a rate is per 1 or more, not 0"),
    ],
)
def test_an_impossible_rate_is_refused(events: int, exposure: int | Decimal, per: int, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        estimate_rate(events, exposure, per)
    assert str(refused.value) == message
