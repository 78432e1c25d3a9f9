"""Control limits: the values of successive periods in, limits of ordinary variation and the signals beyond them out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from comptoir.measure.statistics.numbers import Number, exact

MIN_POINTS: Final = 8
RUN: Final = 8
FACTOR: Final = Fraction(266, 100)  # 3 ÷ 1.128, the mean range of two normal values being 1.128 deviations


class ControlRule(StrEnum):
    """Why a point is more than ordinary variation."""

    OUTSIDE = "outside"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Signal:
    """Points that ordinary variation does not explain: positions from 0 of the first and the last of them."""

    rule: ControlRule
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """Mean and natural process limits in the unit of the values, from `points` values, with signals in order."""

    mean: Fraction
    mean_range: Fraction
    lower: Fraction
    upper: Fraction
    points: int
    signals: tuple[Signal, ...]


def control_limits(
    values: Sequence[Number | None], least: Number | None = None, most: Number | None = None
) -> ControlLimits | None:
    """XmR limits of the `values` of successive periods, the oldest first; None stands for a missing period.

    Mean ± 2.66 × mean moving range of neighbours (D. J. Wheeler, Understanding Variation, 1993; the individuals
    chart of W. A. Shewhart), cut at `least` and `most` where the values have natural bounds, such as 0 and 1 of a
    share. A missing period is no value: it breaks the moving range and any run. Signals: a point outside the limits;
    eight or more in a row on one side of the mean (a point on the mean is on neither side).
    Below eight values, or without two neighbours, there are no limits. Raises ValueError for a value that is not finite.
    """
    exacts = [None if value is None else exact(value) for value in values]
    known = [value for value in exacts if value is not None]
    if len(known) < MIN_POINTS:
        return None
    unit = math.lcm(*(value.denominator for value in known))  # of which all are whole multiples
    wholes = [None if value is None else value.numerator * (unit // value.denominator) for value in exacts]
    ranges = [
        abs(after - before) for before, after in pairwise(wholes) if before is not None and after is not None
    ]
    if not ranges:
        return None
    total = sum(whole for whole in wholes if whole is not None)
    middle, reach = total * len(ranges), sum(ranges) * len(known)
    mean = Fraction(total, unit * len(known))
    mean_range = Fraction(sum(ranges), unit * len(ranges))
    # in whole numbers over one denominator: reducing a fraction at each step takes most of the time
    parts = unit * len(known) * len(ranges) * FACTOR.denominator
    lower, upper = (
        Fraction(middle * FACTOR.denominator + side * reach * FACTOR.numerator, parts) for side in (-1, 1)
    )
    if least is not None:
        lower = max(lower, exact(least))
    if most is not None:
        upper = min(upper, exact(most))
    outside = _outside(wholes, math.ceil(lower * unit), math.floor(upper * unit))
    sides = [0 if w is None else (w * len(known) > total) - (w * len(known) < total) for w in wholes]
    signals = sorted((*outside, *_runs(sides)), key=lambda s: (s.last, s.first, s.rule))
    return ControlLimits(mean, mean_range, lower, upper, len(known), tuple(signals))


def _outside(values: Sequence[int | None], lower: int, upper: int) -> list[Signal]:
    return [
        Signal(ControlRule.OUTSIDE, position, position)
        for position, value in enumerate(values)
        if value is not None and not lower <= value <= upper
    ]


def _runs(sides: Sequence[int]) -> list[Signal]:
    """Each longest stretch of at least eight points on one side of the mean: 1 above it, -1 below, 0 on neither."""
    runs, first = [], 0
    for position in range(1, len(sides) + 1):
        if position == len(sides) or sides[position] != sides[first]:
            if sides[first] and position - first >= RUN:
                runs.append(Signal(ControlRule.RUN, first, position - 1))
            first = position
    return runs
