"""Distributions of the intervals and tests: a probability or a statistic in, a quantile or a probability out.

The normal is that of the standard library; Student's t, chi-square and the binomial are SciPy's incomplete beta and
gamma functions, loaded when one is first asked for. Each tail is computed by itself: 1 − p loses the digits of a small one.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Final, NamedTuple

_STANDARD: Final = NormalDist()


class Tails(NamedTuple):
    """Probability up to a point and beyond it; they add up to 1."""

    lower: float
    upper: float


def normal_critical(level: float) -> float:
    """z such that a standard normal value lies within ±z with probability `level`."""
    return -_STANDARD.inv_cdf((1 - level) / 2)


def normal_two_sided(z: float) -> float:
    """Probability that a standard normal value is at least as far from 0 as `z`."""
    return math.erfc(abs(z) / math.sqrt(2))


def student_two_sided(t: float, degrees: float) -> float:
    """Probability that Student's t with `degrees` > 0 of freedom is at least as far from 0 as `t`.

    I_x(ν∕2, 1∕2) with x = ν ∕ (ν + t²) (Abramowitz & Stegun 26.7.1), or from 1 − x where x is near 1 and has lost digits.
    """
    from scipy.special import betainc, betaincc

    ratio = t * (t / degrees)
    if ratio < 1:
        return float(betaincc(0.5, degrees / 2, ratio / (1 + ratio)))
    return float(betainc(degrees / 2, 0.5, 1 / (1 + ratio)))


@lru_cache(maxsize=10_000)  # many samples have the same size
def student_critical(level: float, degrees: float) -> float:
    """t such that Student's t with `degrees` of freedom lies within ±t with probability `level`."""
    from scipy.special import stdtrit

    return -float(stdtrit(degrees, (1 - level) / 2))


def chi_square_lower_quantile(p: float, degrees: float) -> float:
    """x such that chi-square with `degrees` of freedom is up to `x` with probability `p`."""
    from scipy.special import gammaincinv

    return 2 * float(gammaincinv(degrees / 2, p))


def chi_square_upper_quantile(p: float, degrees: float) -> float:
    """x such that chi-square with `degrees` of freedom is beyond `x` with probability `p`."""
    from scipy.special import gammainccinv

    return 2 * float(gammainccinv(degrees / 2, p))


def binomial_tails(k: int, n: int, p: float) -> Tails:
    """Probability of at most `k` successes among `n` of probability `p`, and of more than `k`."""
    from scipy.special import betainc, betaincc

    if k < 0:
        return Tails(0.0, 1.0)
    if k >= n:
        return Tails(1.0, 0.0)
    return Tails(float(betaincc(k + 1, n - k, p)), float(betainc(k + 1, n - k, p)))
