"""Changes: the estimates of two periods in; their difference, and whether a test tells it from chance, out.

A difference is always that of the second from the first: `after` minus `before`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from comptoir.measure.statistics.distributions import normal_two_sided, student_two_sided
from comptoir.measure.statistics.means import Mean
from comptoir.measure.statistics.numbers import SIGNIFICANCE
from comptoir.measure.statistics.promoters import NetPromoterScore, adjusted_score
from comptoir.measure.statistics.proportions import Proportion

_SMALL: Final = 5  # an expected count below it asks for the exact test
_TIES: Final = 1 + 1e-10  # equal probabilities that rounding has parted


class ChangeDirection(StrEnum):
    """Which way a value went, whether or not a test tells it from chance."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


class Method(StrEnum):
    """The test that judged a change."""

    TWO_PROPORTIONS = "two-proportions"
    FISHER = "fisher"
    WELCH = "welch"
    NPS = "nps-adjusted-wald"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """`after` minus `before`, in the unit of the values; none when one of them is missing.

    `p` is the probability of a difference at least as large by chance alone; none where no test applies, and then the
    change is never significant.
    """

    difference: Fraction | None
    p: float | None
    method: Method
    level: float = SIGNIFICANCE

    @property
    def is_tested(self) -> bool:
        """True where a test applies: without one, nothing is said of chance."""
        return self.p is not None

    @property
    def significant(self) -> bool:
        """True when the test rejects chance at `level`."""
        return self.p is not None and self.p < self.level

    @property
    def direction(self) -> ChangeDirection | None:
        """Which way it went; none without a difference."""
        if self.difference is None:
            return None
        if self.difference == 0:
            return ChangeDirection.SAME
        return ChangeDirection.UP if self.difference > 0 else ChangeDirection.DOWN


def compare_proportions(before: Proportion, after: Proportion, level: float = SIGNIFICANCE) -> Change:
    """Compare two independent shares: pooled z test, or Fisher's exact test when an expected count is below 5.

    z = (p₂ − p₁) ∕ √(p(1 − p)(1∕n₁ + 1∕n₂)) with p the share of both together, two-sided, no continuity correction
    (Fleiss, Statistical Methods for Rates and Proportions, 2.2; the rule of 5 is Cochran's, 1954). Fisher's two-sided
    p sums the tables that are no likelier than the one observed, as R and SciPy do. The method says which was used.
    """
    if before.value is None or after.value is None:
        return Change(None, None, Method.NONE, level)
    difference = after.value - before.value
    successes = before.numerator + after.numerator
    total = before.denominator + after.denominator
    smaller = min(before.denominator, after.denominator) * min(successes, total - successes)
    if smaller < _SMALL * total:
        p = _fisher(before.numerator, before.denominator, successes, total)
        return Change(difference, p, Method.FISHER, level)
    pooled = Fraction(successes, total)
    square_error = pooled * (1 - pooled) * (Fraction(1, before.denominator) + Fraction(1, after.denominator))
    z = float(difference) / math.sqrt(square_error)
    return Change(difference, normal_two_sided(z), Method.TWO_PROPORTIONS, level)


def compare_means(before: Mean, after: Mean, level: float = SIGNIFICANCE) -> Change:
    """Compare the means of two independent samples by Welch's t test, two-sided.

    t = (x̄₂ − x̄₁) ∕ √(v₁ + v₂) with v = s² ∕ n, and (v₁ + v₂)² ∕ (v₁² ∕ (n₁ − 1) + v₂² ∕ (n₂ − 1)) degrees of freedom
    (B. L. Welch, Biometrika 34, 1947). No test applies below two values on a side, nor when neither side varies.
    """
    if before.value is None or after.value is None:
        return Change(None, None, Method.NONE, level)
    difference = after.value - before.value
    if before.variance is None or after.variance is None or not before.variance + after.variance:
        return Change(difference, None, Method.NONE, level)
    first, second = before.variance / before.n, after.variance / after.n
    degrees = (first + second) ** 2 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
    t = float(difference) / math.sqrt(first + second)
    return Change(difference, student_two_sided(t, float(degrees)), Method.WELCH, level)


def compare_nps(before: NetPromoterScore, after: NetPromoterScore, level: float = SIGNIFICANCE) -> Change:
    """Compare two independent net promoter scores by the z test on the adjusted scores, two-sided.

    z = (s₂ − s₁) ∕ √(e₁² + e₂²), with s and e the score and standard error of `promoters.adjusted_score`
    (Lewis & Sauro, "How to Statistically Compare Two Net Promoter Scores", MeasuringU, 2021). The difference given
    is that of the scores as shown, in points; only its test uses the pseudo-answers.
    """
    if before.value is None or after.value is None:
        return Change(None, None, Method.NONE, level)
    first, first_error = adjusted_score(before.promoters, before.detractors, before.n)
    second, second_error = adjusted_score(after.promoters, after.detractors, after.n)
    z = float(second - first) / math.sqrt(first_error + second_error)
    return Change(after.value - before.value, normal_two_sided(z), Method.NPS, level)


@lru_cache(maxsize=10_000)  # small samples are often alike
def _fisher(observed: int, size: int, successes: int, total: int) -> float:
    """Two-sided p of `observed` successes among `size`, when `total` hold `successes`."""
    lowest, highest = max(0, size + successes - total), min(size, successes)
    mode = (size + 1) * (successes + 1) // (total + 2)
    weights = {mode: 1.0}
    for k in range(mode, highest):
        ratio = (size - k) * (successes - k) / ((k + 1) * (total - size - successes + k + 1))
        weights[k + 1] = weights[k] * ratio
    for k in range(mode, lowest, -1):
        ratio = k * (total - size - successes + k) / ((size - k + 1) * (successes - k + 1))
        weights[k - 1] = weights[k] * ratio
    limit = weights[observed] * _TIES
    as_rare = math.fsum(weight for weight in weights.values() if weight <= limit)
    return min(1.0, as_rare / math.fsum(weights.values()))
