"""From data to pixels: values in, places out; and labels moved apart so that none lies on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Lays `low` at `start` and `high` at `end`, in pixels; any finite numbers will do."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        largest = max(abs(self.low), abs(self.high)) or 1.0
        span = self.high / largest - self.low / largest
        share = (value / largest - self.low / largest) / span if span else 0.5
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))


def scale_over(values: Iterable[float], start: float, end: float, room: float = 0.06) -> Scale:
    """A scale that holds all the values, with some room at both ends; equal values lie in the middle."""
    known = tuple(values)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    # Halves keep the difference of two huge numbers finite.
    margin = (high / 2 - low / 2) * 2 * room if low != high else max(abs(low) * 0.1, 1e-9)
    limit = 1.7e308
    return Scale(max(-limit, low - margin), min(limit, high + margin), start, end)


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """Middles of blocks near the wanted ones that neither overlap nor leave `top`…`bottom` (if they fit there)."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    middles = list(wanted)
    edge = top
    for index in order:
        middles[index] = max(wanted[index], edge + heights[index] / 2)
        edge = middles[index] + heights[index] / 2
    edge = bottom
    for index in reversed(order):
        middles[index] = min(middles[index], edge - heights[index] / 2)
        edge = middles[index] - heights[index] / 2
    return tuple(middles)
