"""Facts that stand out: measurements in; what a reader must not miss out, each tied to the measurement that shows it.

A fact is found by rule: a target crossed since the quarter before, a change that a test tells from chance, a point
outside what is ordinary, a service green outside and red inside, a measurement that is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from comptoir.analysis.watermelons import find_watermelons
from comptoir.measure.statistics import Direction as Way
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope, Status
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.terms import Direction
from comptoir.periods import Quarter

MOST_FACTS: Final = 8
_LEVELS: Final = frozenset({IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY})
_SATISFACTION: Final = "satisfaction"
JUDGED: Final = frozenset({Status.MET, Status.ALERT, Status.MISSED})
"""The verdicts on a promise; without one a measurement still has a value to show."""


class FactKind(StrEnum):
    """What stands out, the gravest first."""

    WATERMELON = "watermelon"
    TARGET_LOST = "target-lost"
    WORSE = "worse"
    OUTSIDE = "outside"
    TARGET_REACHED = "target-reached"
    BETTER = "better"
    CHANGED = "changed"  # where neither way is better
    GAP = "gap"


_ORDER: Final = {kind: place for place, kind in enumerate(FactKind)}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `beside` is the service level that is met, for a watermelon; the quarter before, for a gap."""

    kind: FactKind
    measurement: Measurement
    beside: Measurement | None = None


def find_facts(measurements: Measurements, quarter: Quarter, scope: Scope = EVERYTHING) -> tuple[Fact, ...]:
    """Every fact of the quarter, in the order of gravity; what is about everything comes before one service.

    For everything, each service that can be judged is looked at too; for a segment or a client, only their own results
    are. A measurement gives one fact: its gravest.
    """
    found = [] if scope.client else list(_watermelons(measurements, quarter, scope))
    told = {fact.measurement.key for fact in found}
    for indicator in measurements.indicators.values():
        for measurement in measurements.of(indicator.id, quarter):
            if measurement.key not in told and _is_looked_at(measurements, measurement, scope):
                fact = _fact_of(measurements, indicator, measurement)
                found += [fact] if fact else []
    return tuple(sorted(found, key=_rank))


def _rank(fact: Fact) -> tuple[int, bool, str, Scope]:
    measurement = fact.measurement
    return _ORDER[fact.kind], bool(measurement.scope.service), measurement.indicator, measurement.scope


def _is_looked_at(measurements: Measurements, measurement: Measurement, scope: Scope) -> bool:
    """For everything also a service that can be judged, unless it is the only one: then it says nothing more."""
    if measurement.scope == scope:
        return True
    if scope != EVERYTHING or measurement.scope != Scope(service=measurement.scope.service):
        return False
    whole = measurements.get(measurement.indicator, measurement.quarter)
    return measurement.status in JUDGED and (whole is None or whole.n != measurement.n)


def _fact_of(measurements: Measurements, indicator: Indicator, measurement: Measurement) -> Fact | None:
    before = measurements.get(indicator.id, measurement.quarter.previous, measurement.scope)
    kept, was_kept = keeps_target(indicator, measurement), keeps_target(indicator, before)
    if was_kept and kept is False:
        return Fact(FactKind.TARGET_LOST, measurement)
    change = _change(indicator, measurement)
    if change is FactKind.WORSE:
        return Fact(change, measurement)
    if _is_outside(measurement) and (not measurement.scope.service or kept is False):
        return Fact(FactKind.OUTSIDE, measurement)
    if kept and was_kept is False:
        return Fact(FactKind.TARGET_REACHED, measurement)
    if change is not None:
        return Fact(change, measurement)
    if measurement.status is Status.MISSING and before is not None and before.has_value:
        return Fact(FactKind.GAP, measurement, before)
    return None


def keeps_target(indicator: Indicator, measurement: Measurement | None) -> bool | None:
    """Whether the value is on the right side of the target, near it or not; None where it cannot be judged."""
    if measurement is None or measurement.status not in JUDGED:
        return None
    value, target = measurement.value, measurement.target
    if value is None or target is None:
        return None
    aim = Fraction(target.value)
    return value >= aim if indicator.direction is Direction.HIGHER else value <= aim


def _change(indicator: Indicator, measurement: Measurement) -> FactKind | None:
    """A change that a test tells from chance; what is indicative proves nothing."""
    previous = measurement.previous
    if previous is None or not previous.significant or measurement.status is Status.INDICATIVE:
        return None
    if indicator.direction is Direction.NEITHER:
        return FactKind.CHANGED
    rises = previous.change.direction is Way.UP
    return FactKind.BETTER if rises == (indicator.direction is Direction.HIGHER) else FactKind.WORSE


def _is_outside(measurement: Measurement) -> bool:
    limits, value = measurement.control, measurement.value
    if measurement.status is Status.INDICATIVE:  # few cases vary by themselves
        return False
    return limits is not None and value is not None and not limits.lower <= value <= limits.upper


def _watermelons(measurements: Measurements, quarter: Quarter, scope: Scope) -> Iterator[Fact]:
    """Services whose levels are met and whose satisfaction is missed, for all or in the segment of the report."""
    satisfaction = {
        measurement.scope: measurement
        for indicator in measurements.indicators.values()
        if (indicator.use or indicator.id) == _SATISFACTION
        for measurement in measurements.of(indicator.id, quarter)
        if measurement.scope.segment == scope.segment and not measurement.scope.client
    }
    levels = _levels(measurements, quarter, scope)
    shown = {place: level.status for place, level in levels.items()}
    for melon in find_watermelons(shown, {place: m.status for place, m in satisfaction.items()}):
        place = Scope(service=melon.service, segment=melon.segment)
        yield Fact(FactKind.WATERMELON, satisfaction[place], levels[place])


def _levels(measurements: Measurements, quarter: Quarter, scope: Scope) -> Mapping[Scope, Measurement]:
    """For each service the service level to show beside its satisfaction: one that is met, where none is missed."""
    found: dict[Scope, Measurement] = {}
    missed: set[Scope] = set()
    for indicator in measurements.indicators.values():
        if indicator.kind not in _LEVELS:
            continue
        for measurement in measurements.of(indicator.id, quarter):
            place = measurement.scope
            if place.segment != scope.segment or place.client:
                continue
            if measurement.status is Status.MISSED:
                missed.add(place)
            elif measurement.status is Status.MET:
                found.setdefault(place, measurement)
    return {place: level for place, level in found.items() if place not in missed}
