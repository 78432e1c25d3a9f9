"""What was measured, as pages need it: a measured project in; what one audience may see of it, with its charts, out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeVar

from comptoir.analysis.analyses import LoyaltyInputs
from comptoir.analysis.shown import role_of
from comptoir.audiences import (
    audiences_of,
    closings_for_audience,
    measurements_for_audience,
    observations_for_audience,
)
from comptoir.charts import Chart
from comptoir.measure.closed import Closing
from comptoir.measure.closed_state import closing_for
from comptoir.measure.formats import format_csv
from comptoir.measure.inputs import DATA
from comptoir.measure.observations import Observations
from comptoir.measure.project import Measured
from comptoir.measure.promises import measuring, metric_of
from comptoir.measure.reading import SourceFile, SourceRowsLeftOut
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator
from comptoir.model.roles import Role
from comptoir.model.terms import Metric
from comptoir.periods import Period

Made = TypeVar("Made")

QUARTERS: Final = 8
"""How many periods pages show, up to the one that they speak of: of months a year and the one before it."""


@dataclass(frozen=True, slots=True)
class Results:
    """The measurements that an audience sees, the `quarter` that pages speak of, and where the numbers come from.

    `files` and `left_out` are of the sources that this audience sees; `roles` of all of them, since they say what an
    indicator is about. `charts` are drawn from the specs of `site_specs`, under the same names.
    `is_narrowest` is True for the audience that sees all: what concerns one client is for no other. So are
    `observations`, what clients did, and `loyalty`, what is worked out of that: None for every other audience.
    `closings` are the quarters whose figures no longer change. `measurements` are of the quarters that pages show,
    `earlier` of those before too (None when there are no others), for earlier reports; `others` of
    periods of other lengths, which pages of indicators offer. `running` is the quarter that runs on the day of the build,
    where it comes after `quarter` and is measured, for the narrowest audience: what is left of promises.
    """

    measurements: Measurements
    quarter: Period
    files: tuple[SourceFile, ...] = ()
    left_out: tuple[SourceRowsLeftOut, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict, repr=False)
    is_narrowest: bool = False
    observations: Observations | None = field(default=None, repr=False)
    loyalty: LoyaltyInputs | None = field(default=None, repr=False)
    closings: tuple[Closing, ...] = ()
    earlier: Measurements | None = field(default=None, repr=False)
    others: tuple[Measurements, ...] = ()
    running: Measurements | None = field(default=None, repr=False)
    _memory: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made the first time only: for what is the same in every language, on pages and on paper."""
        if key not in self._memory:
            self._memory[key] = make()
        made: Made = self._memory[key]
        return made

    def data_of(self, indicator: str, other: int | None = None) -> str:
        """Every measurement of an indicator as CSV; with `other`, of those of another length."""
        kept = self.measurements if other is None else self.others[other]
        return self.once(
            ("data", indicator, other),
            lambda: format_csv(Measurements(kept.of(indicator), kept.indicators, kept.quarters)) + "\n",
        )

    @property
    def archive(self) -> Measurements:
        """Every measurement, those of quarters that only earlier reports show included."""
        return self.earlier or self.measurements

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The definitions, by identifier."""
        return self.measurements.indicators

    def current(self, indicator: str, scope: Scope = EVERYTHING) -> Measurement | None:
        """The measurement of the quarter; None where that scope was never seen."""
        return self.measurements.get(indicator, self.quarter, scope)

    def find(self, indicator: str, period: Period, scope: Scope = EVERYTHING) -> Measurement | None:
        """The measurement of a period of any kind that this audience sees; None where there is none."""
        found = (one.get(indicator, period, scope) for one in (self.archive, *self.others))
        return next((one for one in found if one is not None), None)

    def closing(self, quarter: Period) -> Closing | None:
        """How a quarter was closed; None while it is open."""
        return closing_for(self.closings, quarter)

    def files_of(self, indicator: Indicator) -> tuple[SourceFile, ...]:
        """The files that its figures of the quarter come from: as they were when it was closed, else as they are."""
        closing, sources = self.closing(self.quarter), self.sources_of(indicator)
        if closing is None or indicator.id not in closing.indicators:
            return tuple(file for file in self.files if file.source in sources)
        return tuple(
            SourceFile(one.of, one.path, one.sha256, one.rows or 0)
            for one in closing.inputs
            if one.kind == DATA and one.of in sources
        )

    def by(self, indicator: str, dimension: Dimension) -> Mapping[str, Measurement]:
        """The measurements of the quarter for each service, segment or client alone, by its identifier."""
        alone = self.once("alone", self._alone)
        return alone.get((indicator, dimension), {})

    def _alone(self) -> Mapping[tuple[str, Dimension], Mapping[str, Measurement]]:
        found: dict[tuple[str, Dimension], dict[str, Measurement]] = {}
        for measurement in self.measurements.of(quarter=self.quarter):
            for dimension in Dimension:
                name: str = getattr(measurement.scope, dimension.value)
                if name and measurement.scope == scope_of(dimension, name):
                    found.setdefault((measurement.indicator, dimension), {})[name] = measurement
        return found

    def parts(self, indicator: str) -> Mapping[str, Measurement]:
        """The measurements of the quarter for each value of the field that it is measured by, as 'priority=p1'."""
        return {m.scope.part: m for m in self.measurements.of(indicator, self.quarter) if m.scope.part}

    def role_of(self, indicator: Indicator) -> Role:
        """What the rows of an indicator are."""
        return role_of(indicator, self.roles)

    def sources_of(self, indicator: Indicator) -> frozenset[str]:
        """The identifiers of the sources that an indicator reads."""
        is_role = indicator.source in {role.value for role in Role if role is not Role.OTHER}
        of_role = {name for name, role in self.roles.items() if is_role and role == indicator.source}
        return frozenset(of_role) if is_role else frozenset({indicator.source})

    def metric_of(self, indicator: Indicator) -> Metric | None:
        """Which promise of agreements an indicator measures; None for what no agreement promises."""
        return metric_of(indicator)

    def measuring(
        self, metric: Metric, priority: str | None = None, request_item: str | None = None
    ) -> tuple[Indicator, ...]:
        """The indicators that measure a promise: those of the very cases, else those of more of them."""
        return measuring(self.indicators.values(), metric, priority, request_item)


def shown_until(period: Period) -> tuple[Period, ...]:
    """The periods that pages show, up to that one."""
    return period.latest(13 if period.length == 1 else QUARTERS)


def scope_of(dimension: Dimension, name: str) -> Scope:
    """One service, segment or client, and nothing else."""
    match dimension:
        case Dimension.SERVICE:
            return Scope(service=name)
        case Dimension.SEGMENT:
            return Scope(segment=name)
        case Dimension.CLIENT:
            return Scope(client=name)


def results_for_audience(measured: Measured, visible: Catalogue, audience: str, quarter: Period) -> Results:
    """What `audience` may see of a measured project; `visible` is the catalogue already cut for it."""
    tables = measured.tables
    is_narrowest = audience == audiences_of(visible.organisation)[-1].id
    archive = measurements_for_audience(measured.measurements, visible, audience)
    measurements = archive.over(shown_until(quarter))
    others = tuple(
        measurements_for_audience(one, visible, audience) for one in measured.others if one.quarters
    )
    observations = observations_for_audience(measured.observations, visible, audience)
    return Results(
        measurements=measurements,
        quarter=quarter,
        files=tuple(file for file in tables.files if file.source in visible.sources),
        left_out=tuple(left for left in tables.left_out if left.source in visible.sources),
        roles=MappingProxyType(dict(tables.roles)),
        is_narrowest=is_narrowest,
        observations=observations,
        loyalty=LoyaltyInputs(visible, observations, archive) if observations is not None else None,
        closings=closings_for_audience(measured.closings, archive, visible, audience),
        others=tuple(one for one in others if not one.quarters[0].is_like(quarter)),
        running=next((one for one in others if one.quarters[0].is_like(quarter) and is_narrowest), None),
        earlier=archive if len(archive.quarters) > len(measurements.quarters) else None,
    )
