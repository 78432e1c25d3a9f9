"""Distributions of the intervals and tests: a probability or a statistic in, a quantile or a probability out.

The normal quantile is that of the standard library; Student's t, chi-square and the binomial rest on `special`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist
from typing import Final

from comptoir.measure.statistics.special import Tails, beta_tails, gamma_tails

_STANDARD: Final = NormalDist()
_MAX_STEPS: Final = 2_000


def normal_critical(level: float) -> float:
    """z such that a standard normal value lies within ±z with probability `level`."""
    return -_STANDARD.inv_cdf((1 - level) / 2)


def normal_two_sided(z: float) -> float:
    """Probability that a standard normal value is at least as far from 0 as `z`."""
    return math.erfc(abs(z) / math.sqrt(2))


def student_two_sided(t: float, degrees: float) -> float:
    """Probability that Student's t with `degrees` > 0 of freedom is at least as far from 0 as `t`.

    I_x(ν∕2, 1∕2) with x = ν ∕ (ν + t²) (Abramowitz & Stegun 26.7.1).
    """
    ratio = t * (t / degrees)
    if math.isinf(ratio):
        return 0.0
    return beta_tails(degrees / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio)).lower


@lru_cache(maxsize=10_000)  # many samples have the same size
def student_critical(level: float, degrees: float) -> float:
    """t such that Student's t with `degrees` of freedom lies within ±t with probability `level`."""
    tail = 1 - level
    return _solve(lambda t: student_two_sided(t, degrees) - tail, normal_critical(level))


def chi_square_tails(x: float, degrees: float) -> Tails:
    """Probability that chi-square with `degrees` > 0 of freedom is up to `x`, and beyond it."""
    return gamma_tails(degrees / 2, x / 2)


def chi_square_lower_quantile(p: float, degrees: float) -> float:
    """x such that chi-square with `degrees` of freedom is up to `x` with probability `p`."""
    return _solve(lambda x: p - chi_square_tails(x, degrees).lower, degrees)


def chi_square_upper_quantile(p: float, degrees: float) -> float:
    """x such that chi-square with `degrees` of freedom is beyond `x` with probability `p`."""
    return _solve(lambda x: chi_square_tails(x, degrees).upper - p, degrees)


def binomial_tails(k: int, n: int, p: float) -> Tails:
    """Probability of at most `k` successes among `n` of probability `p`, and of more than `k`."""
    if k < 0:
        return Tails(0.0, 1.0)
    if k >= n:
        return Tails(1.0, 0.0)
    upper = beta_tails(k + 1, n - k, p, 1 - p)
    return Tails(upper.upper, upper.lower)


def _solve(excess: Callable[[float], float], guess: float) -> float:
    """The positive root of a decreasing function, between brackets doubled or halved from `guess`.

    Illinois' variant of false position: bracketed like bisection, and much faster near the root (the end that
    stays put counts half from its second step on).
    """
    low = high = guess
    while excess(low) < 0:
        low, high = low / 2, low
    while excess(high) > 0:
        low, high = high, high * 2
    at_low, at_high = excess(low), excess(high)
    kept = 0  # the end that the last step kept: -1 the low one, 1 the high one
    middle = low
    for _ in range(_MAX_STEPS):
        before, middle = middle, _between(low, at_low, high, at_high)
        at_middle = excess(middle)
        if at_middle == 0 or high - low <= 4e-16 * high or abs(middle - before) <= 2e-16 * middle:
            break
        if at_middle > 0:
            low, at_low = middle, at_middle
            at_high = at_high / 2 if kept == 1 else at_high
            kept = 1
        else:
            high, at_high = middle, at_middle
            at_low = at_low / 2 if kept == -1 else at_low
            kept = -1
    return middle


def _between(low: float, at_low: float, high: float, at_high: float) -> float:
    """Where the straight line through both ends crosses 0, or the middle when rounding puts that outside."""
    if at_low > at_high:
        crossing = (high * at_low - low * at_high) / (at_low - at_high)
        if low < crossing < high:
            return crossing
    return (low + high) / 2
