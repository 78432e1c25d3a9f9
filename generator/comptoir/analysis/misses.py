"""What misses its target: measurements in; each part that misses, the worst first, with how long it has, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from comptoir.analysis.facts import is_looked_at, is_planned
from comptoir.analysis.verdicts import Verdict, verdict_of
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Direction
from comptoir.periods import Period


@dataclass(frozen=True, slots=True)
class Miss:
    """A measurement that misses its target.

    `shortfall` is how much of the room between the target and the best value is lost: 0.3 for a target of 99 % and a
    value of 98.7 %; where there is no best value, how far it is from the target, relative to it. `quarters` is how
    many quarters in a row missed, this one included.
    """

    measurement: Measurement
    shortfall: Fraction
    quarters: int


def misses_of(
    catalogue: Catalogue, measurements: Measurements, quarter: Period, scope: Scope = EVERYTHING
) -> tuple[Miss, ...]:
    """What misses in a quarter: of everything each service, segment and client too; of a part its services too.

    Too few cases to judge are no miss. A part that is all there is says nothing more than the whole. That a service is
    used less whose end is planned is none.
    """
    found = (
        Miss(one, _shortfall(indicator, one), _in_a_row(measurements, one))
        for indicator in measurements.indicators.values()
        for one in _missing(measurements, indicator, quarter, scope)
        if not is_planned(catalogue, indicator, one.scope)
    )
    return tuple(
        sorted(found, key=lambda one: (-one.shortfall, one.measurement.indicator, one.measurement.scope))
    )


def _missing(
    measurements: Measurements, indicator: Indicator, quarter: Period, scope: Scope
) -> Iterator[Measurement]:
    for one in measurements.of(indicator.id, quarter):
        if verdict_of(one) is Verdict.MISSED and is_looked_at(measurements, one, scope, every_part=True):
            yield one


def _shortfall(indicator: Indicator, measurement: Measurement) -> Fraction:
    if measurement.value is None or measurement.target is None:
        return Fraction(0)
    target = Fraction(measurement.target.value)
    lost = -indicator.direction.excess(measurement.value, target)
    scale = indicator.value_scale
    best = scale and (scale[0] if indicator.direction is Direction.LOWER else scale[1])
    room = abs(Fraction(best) - target) if best is not None else abs(target)
    return lost / room if room else lost


def _in_a_row(measurements: Measurements, measurement: Measurement) -> int:
    count, quarter = 1, measurement.quarter.previous
    while True:
        before = measurements.get(measurement.indicator, quarter, measurement.scope)
        if before is None or verdict_of(before) is not Verdict.MISSED:
            return count
        count, quarter = count + 1, quarter.previous
