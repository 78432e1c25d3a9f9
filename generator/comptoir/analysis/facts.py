"""Facts that stand out: measurements in; what a reader must not miss out, each tied to the measurement that shows it.

A fact is found by rule: a target crossed since the quarter before, a change that a test tells from chance, a point
outside what is ordinary, a service green outside and red inside, a measurement that is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from comptoir.analysis.shown import role_of
from comptoir.analysis.verdicts import Verdict, changed_of, is_better, is_judged, keeps_target, verdict_of
from comptoir.analysis.watermelons import watermelons_of
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.roles import Role
from comptoir.periods import Period

MOST_FACTS: Final = 3
_OF_USE: Final = frozenset({Role.USAGE, Role.SUBSCRIPTIONS, Role.REVENUE})


class FactKind(StrEnum):
    """What stands out, the gravest first."""

    WATERMELON = "watermelon"
    TARGET_LOST = "target-lost"
    STILL_MISSED = "still-missed"  # in two quarters in a row
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


def find_facts(
    catalogue: Catalogue, measurements: Measurements, quarter: Period, scope: Scope = EVERYTHING
) -> tuple[Fact, ...]:
    """Every fact of the quarter, in the order of gravity; what is about everything comes before one service.

    For everything, each service that can be judged is looked at too; for a segment or a client, only their own results
    are. A measurement gives one fact: its gravest. That a service is used less whose end is
    planned is none.
    """
    found = [] if scope.client else list(_watermelons(catalogue.loyalty, measurements, quarter, scope))
    told = {fact.measurement.key for fact in found}
    for indicator in measurements.indicators.values():
        for measurement in measurements.of(indicator.id, quarter):
            if measurement.key in told or not is_looked_at(measurements, measurement, scope):
                continue
            if not is_planned(catalogue, indicator, measurement.scope):
                fact = _fact_of(measurements, indicator, measurement)
                found += [fact] if fact else []
    return tuple(sorted(found, key=_rank))


def _rank(fact: Fact) -> tuple[int, bool, str, Scope]:
    measurement = fact.measurement
    return _ORDER[fact.kind], bool(measurement.scope.service), measurement.indicator, measurement.scope


def is_looked_at(
    measurements: Measurements, measurement: Measurement, scope: Scope, *, every_part: bool = False
) -> bool:
    """True for what a report on `scope` looks at: its own results, and those of each service that can be judged.

    With `every_part` also those of each segment and client. The only part that there is says nothing more than the
    whole; services of a segment or client are looked at with `every_part` only.
    """
    if measurement.scope == scope:
        return True
    if not every_part and scope != EVERYTHING:
        return False
    part = measurement.scope
    if part.part:  # a value of a free field has its own table
        return False
    added = [kind for kind in part.kinds if not getattr(scope, kind)]
    is_within = all(
        getattr(scope, kind) in ("", getattr(part, kind)) for kind in ("service", "segment", "client")
    )
    if not is_within or len(added) != 1 or not (every_part or added == ["service"]):
        return False
    whole = measurements.get(measurement.indicator, measurement.quarter, scope)
    return is_judged(measurement) and (whole is None or whole.n != measurement.n)


def _fact_of(measurements: Measurements, indicator: Indicator, measurement: Measurement) -> Fact | None:
    before = measurements.get(indicator.id, measurement.quarter.previous, measurement.scope)
    kept, was_kept = keeps_target(measurement), keeps_target(before)
    if was_kept and kept is False:
        return Fact(FactKind.TARGET_LOST, measurement)
    change = _change(indicator, measurement)
    if change is FactKind.WORSE:
        return Fact(change, measurement)
    if _is_outside(measurement) and (not measurement.scope.service or kept is False):
        return Fact(FactKind.OUTSIDE, measurement)
    if kept and was_kept is False:
        return Fact(FactKind.TARGET_REACHED, measurement)
    if _misses(measurement) and _misses(before) and not measurement.scope.service:
        return Fact(FactKind.STILL_MISSED, measurement, before)
    if change is not None:
        return Fact(change, measurement)
    if verdict_of(measurement) is Verdict.MISSING and before is not None and before.has_value:
        return Fact(FactKind.GAP, measurement, before)
    return None


def _misses(measurement: Measurement | None) -> bool:
    return measurement is not None and verdict_of(measurement) is Verdict.MISSED


def _change(indicator: Indicator, measurement: Measurement) -> FactKind | None:
    """A change that a test tells from chance; what is indicative proves nothing."""
    if not changed_of((measurement,)):
        return None
    better = is_better(indicator, measurement.previous)
    return FactKind.CHANGED if better is None else FactKind.BETTER if better else FactKind.WORSE


def _is_outside(measurement: Measurement) -> bool:
    limits, value = measurement.control, measurement.value
    if verdict_of(measurement) is Verdict.INDICATIVE:  # few cases vary by themselves
        return False
    return limits is not None and value is not None and not limits.lower <= value <= limits.upper


def is_planned(catalogue: Catalogue, indicator: Indicator, scope: Scope) -> bool:
    """True for how much a service is used whose end is planned: that it falls is what was decided."""
    service = catalogue.services.get(scope.service)
    roles = {name: source.role for name, source in catalogue.sources.items()}
    return service is not None and service.is_ending and role_of(indicator, roles) in _OF_USE


def _watermelons(
    settings: LoyaltySettings, measurements: Measurements, quarter: Period, scope: Scope
) -> Iterator[Fact]:
    """The watermelons among all customers, or in the segment of the report."""
    for one in watermelons_of(settings, measurements, quarter) or ():
        if one.scope.segment == scope.segment:
            yield Fact(FactKind.WATERMELON, one.satisfaction, one.kept_level)
