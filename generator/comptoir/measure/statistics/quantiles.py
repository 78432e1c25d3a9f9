"""Quantiles: values in, the type 7 quantile with an interval between two of the values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from comptoir.measure.statistics.distributions import binomial_tails
from comptoir.measure.statistics.numbers import LEVEL, Interval, Number, check_count, check_level, exact


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks from 1 of the values between which a quantile lies with probability `coverage`, at least the level."""

    low: int
    high: int
    coverage: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value below which a `share` of `n` values lies, in their unit; none without values.

    `interval` is none where there are too few values for any interval of that level.
    """

    n: int
    share: Fraction
    value: Fraction | None
    interval: Interval | None


def estimate_quantile(values: Iterable[Number], share: Number, level: float = LEVEL) -> Quantile:
    """The quantile of `values` at `share` (1∕2 for the median), with its distribution-free interval.

    Type 7 of Hyndman & Fan ("Sample Quantiles in Statistical Packages", 1996), linear interpolation: with
    h = (n − 1) · share, x₍⌊h⌋₎ + (h − ⌊h⌋) · (x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎), ranks from 0. That of R, NumPy and DuckDB's
    `quantile_cont`. Give the share as a fraction or a decimal: the float 0.9 is not nine tenths.
    Raises ValueError for a value that is not finite and for a share outside 0 to 1.
    """
    share = exact(share)
    _check_share(share)
    ordered = sorted(exact(value) for value in values)
    ranks = quantile_ranks(len(ordered), share, level)
    if not ordered:
        return Quantile(0, share, None, None)
    interval = (
        Interval(float(ordered[ranks.low - 1]), float(ordered[ranks.high - 1]), level) if ranks else None
    )
    return Quantile(len(ordered), share, _interpolate(ordered, share), interval)


def quantile_ranks(n: int, share: Number, level: float = LEVEL) -> Ranks | None:
    """Ranks of the ordered values that bound the quantile at `share` of `n` values, or none if there are too few.

    The values below a quantile are binomial (n, share): the low rank is the largest r with P(B < r) ≤ (1 − level)∕2,
    the high rank the smallest r with P(B ≥ r) ≤ (1 − level)∕2 (Conover, Practical Nonparametric Statistics, 3.2).
    The median needs six values for 95 %, the 90th percentile thirty-six.
    Raises ValueError for a negative `n`, and for a share or level outside 0 to 1.
    """
    check_count("n", n)
    check_level(level)
    share = exact(share)
    _check_share(share)
    p, tail = float(share), (1 - level) / 2
    low = _first(n + 1, lambda r: binomial_tails(r - 1, n, p).lower > tail) - 1
    high = _first(n + 1, lambda r: binomial_tails(r - 1, n, p).upper <= tail)
    if low < 1 or high > n or not 0 < share < 1:
        return None
    return Ranks(low, high, 1 - binomial_tails(low - 1, n, p).lower - binomial_tails(high - 1, n, p).upper)


def _first(end: int, holds: Callable[[int], bool]) -> int:
    """The first number from 1 for which `holds`, which then holds up to `end`; `end` when it never does."""
    low, high = 1, end
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _interpolate(ordered: list[Fraction], share: Fraction) -> Fraction:
    position = (len(ordered) - 1) * share
    index = int(position)
    following = ordered[min(index + 1, len(ordered) - 1)]
    return ordered[index] + (position - index) * (following - ordered[index])


def _check_share(share: Fraction) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"a quantile is at a share between 0 and 1, not {share}")
