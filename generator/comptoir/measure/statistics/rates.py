"""Rates: events and what they are counted against in, events per thousand with an exact interval out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from comptoir.measure.statistics.distributions import chi_square_lower_quantile, chi_square_upper_quantile
from comptoir.measure.statistics.numbers import LEVEL, Interval, Number, check_count, check_level, exact


@dataclass(frozen=True, slots=True)
class Rate:
    """`events` against `exposure` (users, calls, hours…). `value` and `interval` per `per` of these.

    Without exposure there is neither value nor interval.
    """

    events: int
    exposure: Fraction
    per: int
    value: Fraction | None
    interval: Interval | None


def estimate_rate(events: int, exposure: Number, per: int = 1000, level: float = LEVEL) -> Rate:
    """`events` per `per` of `exposure`, with the exact Poisson interval.

    χ²(α∕2; 2k) ∕ 2 and χ²(1 − α∕2; 2k + 2) ∕ 2 for k events (F. Garwood, "Fiducial limits for the Poisson
    distribution", Biometrika 28, 1936), times per ∕ exposure; the lower end is 0 for no event.
    Raises ValueError for a negative count or exposure, a `per` below 1, or a level outside 0 to 1.
    """
    check_count("events", events)
    check_level(level)
    exposure = exact(exposure)
    if exposure < 0:
        raise ValueError(f"exposure cannot be {exposure}")
    if per < 1:
        raise ValueError(f"a rate is per 1 or more, not {per}")
    if exposure == 0:
        return Rate(events, exposure, per, None, None)
    scale = float(per / exposure)
    tail = (1 - level) / 2
    low = chi_square_lower_quantile(tail, 2 * events) / 2 if events else 0.0
    high = chi_square_upper_quantile(tail, 2 * events + 2) / 2
    return Rate(events, exposure, per, events * per / exposure, Interval(low * scale, high * scale, level))
