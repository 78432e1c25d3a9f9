"""Promise against measured on the pages of services and agreements: results in, what was kept out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comptoir.measure.types import Measurement, Reason, Scope, Status
from comptoir.model.agreements import Agreement, Target
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.services import Service
from comptoir.model.terms import Metric, Priority
from comptoir.render.labels import label
from comptoir.render.measure_words import long_quarter, value_words
from comptoir.render.results import Results
from comptoir.render.site import PageContext
from comptoir.render.views.measures import (
    MeasureView,
    VerdictView,
    kept_words,
    measure_view,
    service_promise,
    speech_of,
    verdict_view,
)
from comptoir.render.views.parts import Link

_METRICS: Final = tuple(Metric)
_ALWAYS: Final = ("satisfaction", "coverage")
"""Ready-made indicators that a service shows without a target too."""


@dataclass(frozen=True, slots=True)
class ServiceResults:
    """What was measured of a service in a quarter, beside what was promised."""

    quarter: str
    is_provisional: bool
    rows: tuple[MeasureView, ...]
    all: Link


@dataclass(frozen=True, slots=True)
class KeptCell:
    """What was measured of one promise for one service; `verdict` is None where nothing is measured."""

    name: str
    value: str
    url: str
    verdict: VerdictView | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A service that an agreement covers."""

    name: str
    url: str
    cells: tuple[KeptCell, ...]


@dataclass(frozen=True, slots=True)
class AgreementResults:
    """What was measured of the promises of an agreement, service by service."""

    quarter: str
    rows: tuple[KeptRow, ...]
    all: Link


def service_results(at: PageContext, service: Service) -> ServiceResults | None:
    """What was measured of `service`; None when there is nothing to say."""
    results = at.site.results
    if results is None:
        return None
    shown = [
        (indicator, measurement)
        for indicator in sorted(results.indicators.values(), key=_rank)
        if (measurement := results.current(indicator.id, Scope(service=service.id))) is not None
        and _belongs(at, results, indicator, measurement)
    ]
    shown = _without_repeats(shown)
    if not any(m.has_value or m.status is Status.SUPPRESSED for _, m in shown):
        return None
    return ServiceResults(
        quarter=long_quarter(at.language, results.quarter),
        is_provisional=any(m.is_provisional for _, m in shown),
        rows=tuple(measure_view(at, results, m, service_promise(at, i, m)) for i, m in shown),
        all=all_results(at),
    )


def all_results(at: PageContext) -> Link:
    """The way to the page of all results."""
    return Link(at.language.gettext("Tous les résultats"), at.url("page", "results"))


def _rank(indicator: Indicator) -> tuple[int, int, str, str]:
    """Promises in the order of their metrics, then availability, what users say, how many use it, and the rest."""
    metric = indicator.metric
    if metric is not None:
        return 0, _METRICS.index(metric), indicator.priority or "", indicator.id
    if indicator.kind is IndicatorKind.AVAILABILITY:
        return 1, 0, "", indicator.id
    if _ready_made(indicator) in ("satisfaction", "satisfied-users"):
        return 2, 0, "", indicator.id
    return (3 if indicator.kind is IndicatorKind.COVERAGE else 4), 0, "", indicator.id


def _ready_made(indicator: Indicator) -> str:
    return indicator.use or indicator.id


def _belongs(at: PageContext, results: Results, indicator: Indicator, measurement: Measurement) -> bool:
    """True for what is promised, aimed at, or always of interest; not for what was never measured here."""
    if measurement.reason is Reason.NO_AGREEMENT:
        return False
    if indicator.kind is IndicatorKind.WITHIN_TARGET:
        return measurement.has_value or bool(service_promise(at, indicator, measurement))
    is_wanted = (
        measurement.target is not None
        or _ready_made(indicator) in _ALWAYS
        or (indicator.kind is IndicatorKind.AVAILABILITY and indicator.unit is IndicatorUnit.PERCENT)
    )
    series = results.measurements.series(indicator.id, measurement.scope)
    seen = any(m is not None and (m.has_value or m.status is Status.SUPPRESSED) for m in series)
    return is_wanted and seen


def _without_repeats(shown: list[tuple[Indicator, Measurement]]) -> list[tuple[Indicator, Measurement]]:
    """One coverage only: that with a target, where there are several."""
    aimed = any(i.kind is IndicatorKind.COVERAGE and m.target and m.has_value for i, m in shown)
    return [
        (i, m)
        for i, m in shown
        if i.kind is not IndicatorKind.COVERAGE or not aimed or (m.target is not None and m.has_value)
    ]


def agreement_results(
    at: PageContext, agreement: Agreement, services: Iterable[Service]
) -> AgreementResults | None:
    """What was measured of the promises of `agreement` for the services it covers; None when nothing was."""
    results = at.site.results
    if results is None:
        return None
    measured = _measured(results, agreement.targets)
    rows = [
        (
            service,
            [results.current(i.id, Scope(service=service.id)) for _, i in measured],
        )
        for service in services
    ]
    used = [
        index
        for index in range(len(measured))
        if any((m := found[index]) is not None and m.status is not Status.MISSING for _, found in rows)
    ]
    rows = [(s, [found[i] for i in used]) for s, found in rows if any(found[i] is not None for i in used)]
    if not used or not rows:
        return None
    columns = tuple(_column(at, measured[i]) for i in used)
    indicators = [measured[i][1] for i in used]
    return AgreementResults(
        quarter=long_quarter(at.language, results.quarter),
        rows=tuple(
            KeptRow(
                at.text(service.name),
                at.url("service", service.id),
                tuple(
                    _cell(at, column, indicator, measurement)
                    for column, indicator, measurement in zip(columns, indicators, found, strict=True)
                ),
            )
            for service, found in rows
        ),
        all=all_results(at),
    )


def _measured(
    results: Results, targets: Iterable[Target]
) -> list[tuple[tuple[Metric, Priority | None], Indicator]]:
    """What the targets promise, each with the first indicator that measures it, in the order of metrics."""
    found: dict[str, tuple[tuple[Metric, Priority | None], Indicator]] = {}
    for target in sorted(targets, key=lambda t: (_METRICS.index(t.metric), t.priority or "")):
        for indicator in results.measuring(target.metric, target.priority)[:1]:
            found.setdefault(indicator.id, ((target.metric, indicator.priority), indicator))
    return list(found.values())


def _column(at: PageContext, measured: tuple[tuple[Metric, Priority | None], Indicator]) -> str:
    (metric, priority), _ = measured
    name = label(metric, at.language)
    return f"{name} {priority.value.upper()}" if priority else name


def _cell(at: PageContext, column: str, indicator: Indicator, measurement: Measurement | None) -> KeptCell:
    if measurement is None or measurement.reason is Reason.NO_AGREEMENT:
        return KeptCell(column, "", "", None)
    speech = speech_of(at, indicator)
    return KeptCell(
        column,
        value_words(speech, measurement),
        at.url("indicator", indicator.id),
        verdict_view(speech, measurement),
    )


def kept_promise(at: PageContext, target: Target, services: Iterable[Service]) -> str:
    """For how many of the services a promise was kept in the quarter; '' when none can be judged."""
    results = at.site.results
    if results is None:
        return ""
    for indicator in results.measuring(target.metric, target.priority)[:1]:
        scopes = (Scope(service=service.id) for service in services)
        return kept_words(at, (m for s in scopes if (m := results.current(indicator.id, s)) is not None))
    return ""
