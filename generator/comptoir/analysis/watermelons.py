"""Watermelons: measured service levels and satisfaction in; the services green outside and red inside out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comptoir.analysis.choices import satisfaction_by_service, service_levels
from comptoir.analysis.verdicts import Verdict, gravest, is_judged, keeps_target, verdict_of
from comptoir.measure.types import Measurement, Measurements, Scope
from comptoir.model.loyalty import LoyaltySettings
from comptoir.periods import Period


@dataclass(frozen=True, slots=True)
class LevelsAndSatisfaction:
    """The service levels of a service, for all or for one segment, and what its customers say of it there."""

    scope: Scope
    levels: tuple[Measurement, ...]
    satisfaction: Measurement

    @property
    def level(self) -> Verdict:
        """The gravest verdict on its levels: they are kept where one is, and none is missed."""
        return gravest(self.levels)

    @property
    def is_watermelon(self) -> bool:
        """True when every level that can be judged is met while satisfaction is missed.

        Anything less sure (near the target, too few answers, missing, withheld) is neither green nor red.
        """
        return self.level.is_kept and verdict_of(self.satisfaction) is Verdict.MISSED

    @property
    def is_compared(self) -> bool:
        """True for a service as a whole that keeps its levels and whose satisfaction is judged: what is compared with a
        watermelon."""
        alone = self.scope == Scope(service=self.scope.service)
        return alone and self.level.is_kept and is_judged(self.satisfaction)

    @property
    def kept_level(self) -> Measurement:
        """The first level that is met, to be shown beside the satisfaction of a watermelon."""
        return next(level for level in self.levels if keeps_target(level))


def hold_levels_against_satisfaction(
    settings: LoyaltySettings, measurements: Measurements, quarter: Period
) -> tuple[LevelsAndSatisfaction, ...] | None:
    """Each service and segment whose levels and satisfaction are both measured, in order of scopes; never a client.

    The indicator of satisfaction is that of the settings. None where it, or every level, is not measured at all.
    """
    satisfaction = satisfaction_by_service(settings, measurements.indicators.values())
    levels = levels_by_scope(measurements, quarter)
    if satisfaction is None or not service_levels(measurements.indicators.values()):
        return None
    said = {m.scope: m for m in measurements.of(satisfaction.id, quarter)}
    if not any(m.has_value for m in said.values()):
        return None
    return tuple(
        LevelsAndSatisfaction(scope, levels[scope], said[scope])
        for scope in sorted(levels)
        if scope in said and scope.service and not scope.client
    )


def watermelons_of(
    settings: LoyaltySettings, measurements: Measurements, quarter: Period
) -> tuple[LevelsAndSatisfaction, ...] | None:
    """The watermelons of a quarter; None where levels or satisfaction are not measured at all."""
    held = hold_levels_against_satisfaction(settings, measurements, quarter)
    return None if held is None else tuple(one for one in held if one.is_watermelon)


def levels_by_scope(measurements: Measurements, quarter: Period) -> Mapping[Scope, tuple[Measurement, ...]]:
    """The service levels of the quarter that are measured of each service and segment."""
    found: dict[Scope, tuple[Measurement, ...]] = {}
    for measurement in _levels(measurements, quarter):
        found[measurement.scope] = (*found.get(measurement.scope, ()), measurement)
    return found


def _levels(measurements: Measurements, quarter: Period) -> Iterator[Measurement]:
    for indicator in service_levels(measurements.indicators.values()):
        yield from measurements.of(indicator.id, quarter)
