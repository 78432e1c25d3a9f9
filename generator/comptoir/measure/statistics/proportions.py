"""Proportions: cases that fulfil something among all cases in, the share with Wilson's interval out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from comptoir.measure.statistics.distributions import normal_critical
from comptoir.measure.statistics.numbers import LEVEL, Interval, check_count, check_level


@dataclass(frozen=True, slots=True)
class Proportion:
    """`numerator` of `denominator` cases. `value` and `interval` are shares from 0 to 1; none without cases."""

    numerator: int
    denominator: int
    value: Fraction | None
    interval: Interval | None


def estimate_proportion(numerator: int, denominator: int, level: float = LEVEL) -> Proportion:
    """The share of `numerator` cases among `denominator`, with Wilson's score interval.

    (k + z²∕2 ± z √(k(n−k)∕n + z²∕4)) ∕ (n + z²), with k = numerator, n = denominator and z the normal quantile
    (E. B. Wilson, "Probable Inference…", JASA 22, 1927). No case gives neither value nor interval.
    Raises ValueError unless 0 ≤ numerator ≤ denominator and 0 < level < 1.
    """
    check_count("numerator", numerator)
    check_level(level)
    if numerator > denominator:
        raise ValueError(f"{numerator} cases cannot be a part of {denominator}")
    if denominator == 0:
        return Proportion(0, 0, None, None)
    return Proportion(
        numerator, denominator, Fraction(numerator, denominator), _wilson(numerator, denominator, level)
    )


def _wilson(numerator: int, denominator: int, level: float) -> Interval:
    z = normal_critical(level)
    centre = numerator + z * z / 2
    half = z * math.sqrt(numerator * (denominator - numerator) / denominator + z * z / 4)
    low = (centre - half) / (denominator + z * z) if numerator > 0 else 0.0
    high = (centre + half) / (denominator + z * z) if numerator < denominator else 1.0
    return Interval(low, high, level)
