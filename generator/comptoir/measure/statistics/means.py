"""Means: scores, or their number, sum and sum of squares, in; the mean with its deviation and t interval out.

Answers "not applicable" are left out by the caller: they are not scores, and never 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from comptoir.measure.statistics.distributions import student_critical
from comptoir.measure.statistics.numbers import LEVEL, Interval, Number, check_count, check_level, exact


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `n` values, in their unit; none without values.

    `variance` is that of a sample (divided by n − 1); it and `interval` need two values.
    """

    n: int
    value: Fraction | None
    variance: Fraction | None
    interval: Interval | None

    @property
    def deviation(self) -> float | None:
        """Standard deviation of the sample, in the unit of the values; none below two values."""
        return None if self.variance is None else math.sqrt(self.variance)


def estimate_mean(values: Iterable[Number], level: float = LEVEL) -> Mean:
    """The mean of `values` with Student's t interval. Raises ValueError for a value that is not finite."""
    fractions = [exact(value) for value in values]
    squares = sum((value * value for value in fractions), Fraction(0))
    return mean_from_sums(len(fractions), sum(fractions, Fraction(0)), squares, level)


def mean_from_sums(n: int, total: Number, squares: Number, level: float = LEVEL) -> Mean:
    """The mean of `n` values whose sum is `total` and whose sum of squares is `squares`, with Student's t interval.

    x̄ ± t(n − 1) · s ∕ √n, with s² = (Σx² − (Σx)² ∕ n) ∕ (n − 1). The sums must be exact (integers or decimals):
    of floats, the difference of two large numbers would be left.
    Raises ValueError for a negative `n`, sums that no `n` values have, or a level outside 0 to 1.
    """
    check_count("n", n)
    check_level(level)
    total, squares = exact(total), exact(squares)
    if n == 0:
        if total or squares:
            raise ValueError("no values have a sum other than 0")
        return Mean(0, None, None, None)
    value = total / n
    around_mean = squares - total * value
    if around_mean < 0 or (n == 1 and around_mean):
        raise ValueError(f"no {n} values have the sum {total} and the sum of squares {squares}")
    if n == 1:
        return Mean(1, value, None, None)
    variance = around_mean / (n - 1)
    half = student_critical(level, n - 1) * math.sqrt(variance / n)
    return Mean(n, value, variance, Interval(float(value) - half, float(value) + half, level))
