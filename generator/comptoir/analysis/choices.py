"""Choices: the settings of loyalty.yaml and the catalogue in; thresholds, rules and indicators of the analyses out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from comptoir.analysis.abc import Thresholds
from comptoir.analysis.signals import SignalRule
from comptoir.measure.statistics import exact
from comptoir.measure.types import Measurements, Scope, target_in_force
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind
from comptoir.model.terms import Metric, SignalKind
from comptoir.periods import Period

_IN_PER_CENT: Final = frozenset({SignalKind.RISING_CALLS, SignalKind.FALLING_USE})


def share(percent: Decimal) -> Fraction:
    """Per cent as a share, exactly."""
    return Fraction(percent) / 100


def thresholds_of(settings: LoyaltySettings) -> Thresholds:
    """The thresholds of the ABC classes."""
    abc = settings.abc
    return Thresholds(first=share(abc.first), second=share(abc.second), crossing=abc.crossing)


def rules_of(settings: LoyaltySettings) -> tuple[SignalRule, ...]:
    """The rules of early warning, in the order in which they are written."""
    return tuple(
        SignalRule(
            kind=signal.kind,
            threshold=share(signal.threshold) if signal.kind in _IN_PER_CENT else signal.threshold,
            window=signal.days,
            minimum=signal.minimum,
        )
        for signal in settings.signals
    )


def satisfaction_by_client(settings: LoyaltySettings, indicators: Iterable[Indicator]) -> Indicator | None:
    """The indicator that says how satisfied a client is; none where nothing measures it."""
    return _chosen(settings.satisfaction, "relationship-satisfaction", indicators)


def satisfaction_by_service(settings: LoyaltySettings, indicators: Iterable[Indicator]) -> Indicator | None:
    """The indicator that says how satisfied the customers of a service are; none where nothing measures it."""
    return _chosen(settings.service_satisfaction, "satisfaction", indicators)


def coverage_indicator(measurements: Measurements, quarter: Period) -> Indicator | None:
    """The indicator that gives the coverage of services: the ready-made one, else that which tells of most services.

    None where nothing measures coverage by service.
    """

    def rank(indicator: Indicator) -> tuple[bool, int, str]:
        counted = (
            m.has_value and m.scope == Scope(m.scope.service) for m in measurements.of(indicator.id, quarter)
        )
        return indicator.ready_made == "coverage", sum(counted), indicator.id

    by_service = (
        i
        for i in measurements.indicators.values()
        if i.kind is IndicatorKind.COVERAGE and Dimension.SERVICE in i.by
    )
    return max(by_service, key=rank, default=None)


def is_service_level(indicator: Indicator) -> bool:
    """True for what holds a service against what its agreement promises of its level, satisfaction aside."""
    kinds = (IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY)
    return indicator.kind in kinds and indicator.metric is not Metric.SATISFACTION


def service_levels(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Those of them that are service levels."""
    return tuple(indicator for indicator in indicators if is_service_level(indicator))


def satisfied_from(settings: LoyaltySettings, indicator: Indicator, quarter: Period) -> Fraction | None:
    """The score from which a client is satisfied: the one that is set, else the target of its indicator."""
    if settings.quadrant.satisfied_from is not None:
        return exact(settings.quadrant.satisfied_from)
    target = target_in_force(indicator.target, quarter)
    return exact(target.value) if target else None


def _chosen(name: str | None, usual: str, indicators: Iterable[Indicator]) -> Indicator | None:
    listed = tuple(indicators)
    if name is not None:
        return next((i for i in listed if i.id == name), None)
    return next((i for i in listed if i.ready_made == usual), None)
