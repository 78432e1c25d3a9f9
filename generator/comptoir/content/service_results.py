"""Promise against measured on the pages of services and agreements: results in, what was kept out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from comptoir.analysis.verdicts import Verdict, is_judged, is_shown, judges, judges_promise, verdict_of
from comptoir.content.data_links import trends_data
from comptoir.content.edition import Edition
from comptoir.content.labels import label, priority_label, quantity, subject_label
from comptoir.content.measure_words import VERDICTS, long_quarter, value_words
from comptoir.content.measures import (
    MeasureView,
    VerdictView,
    kept_words,
    measure_view,
    service_promise,
    speech_of,
    verdict_view,
)
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.measure.types import Measurement, Reason, Scope
from comptoir.model.agreements import Agreement, Target
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.services import Service
from comptoir.model.terms import Metric

_METRICS: Final = tuple(Metric)
_ALWAYS: Final = ("satisfaction", "coverage")
"""Ready-made indicators that a service shows without a target too."""


@dataclass(frozen=True, slots=True)
class ServiceResults:
    """What was measured of a service in a quarter, beside what was promised; the first `judged` rows have a verdict."""

    quarter: str
    is_provisional: bool
    rows: tuple[MeasureView, ...]
    judged: int
    all: Link
    csv: Link


@dataclass(frozen=True, slots=True)
class KeptCell:
    """What was measured of one promise for one service."""

    name: str
    value: str
    url: LinkTarget
    verdict: VerdictView


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A service that an agreement covers."""

    name: str
    url: LinkTarget
    cells: tuple[KeptCell, ...]


@dataclass(frozen=True, slots=True)
class AgreementResults:
    """What was measured of the promises of an agreement, service by service."""

    quarter: str
    rows: tuple[KeptRow, ...]
    all: Link


def service_results(at: Edition, service: Service) -> ServiceResults | None:
    """What was measured of `service`; None when there is nothing to say."""
    results = at.results
    if results is None:
        return None
    shown = [
        (indicator, measurement)
        for indicator in sorted(results.indicators.values(), key=_rank)
        if (measurement := results.current(indicator.id, Scope(service=service.id))) is not None
        and _belongs(at, results, indicator, measurement)
    ]
    shown = _without_repeats(shown)
    if not any(is_shown(m) for _, m in shown):
        return None
    shown.sort(key=lambda pair: not is_judged(pair[1]))
    return ServiceResults(
        quarter=long_quarter(at.language, results.quarter),
        is_provisional=any(m.is_provisional for _, m in shown),
        rows=tuple(measure_view(at, results, m, service_promise(at, results, i, m)) for i, m in shown),
        judged=sum(is_judged(m) for _, m in shown),
        all=all_results(at),
        csv=trends_data(at, results, (m for _, m in shown), f"services/{service.id}", at.text(service.name)),
    )


def all_results(at: Edition) -> Link:
    """The way to the page of all results."""
    return Link(at.language.gettext("Tous les résultats"), Ref("page", "results"))


def _rank(indicator: Indicator) -> tuple[int, int, str, str]:
    """Promises in the order of their metrics, then availability, what users say, how many use it, and the rest."""
    metric = indicator.metric
    if metric is not None:
        return 0, _METRICS.index(metric), indicator.priority or "", indicator.id
    if indicator.kind is IndicatorKind.AVAILABILITY:
        return 1, 0, "", indicator.id
    if indicator.ready_made in ("satisfaction", "satisfied-users"):
        return 2, 0, "", indicator.id
    return (3 if indicator.kind is IndicatorKind.COVERAGE else 4), 0, "", indicator.id


def _belongs(at: Edition, results: Results, indicator: Indicator, measurement: Measurement) -> bool:
    """True for what is promised, aimed at, or always of interest; not for what was never measured here."""
    if measurement.reason is Reason.NO_AGREEMENT:
        return False
    if indicator.kind is IndicatorKind.WITHIN_TARGET:
        return measurement.has_value or bool(service_promise(at, results, indicator, measurement))
    is_wanted = (
        measurement.target is not None
        or indicator.ready_made in _ALWAYS
        or (indicator.kind is IndicatorKind.AVAILABILITY and indicator.unit is IndicatorUnit.PERCENT)
    )
    series = results.measurements.series(indicator.id, measurement.scope)
    seen = any(is_shown(m) for m in series)
    return is_wanted and seen


def _without_repeats(shown: list[tuple[Indicator, Measurement]]) -> list[tuple[Indicator, Measurement]]:
    """One coverage only: that with a target, where there are several."""
    aimed = any(i.kind is IndicatorKind.COVERAGE and m.target and m.has_value for i, m in shown)
    return [
        (i, m)
        for i, m in shown
        if i.kind is not IndicatorKind.COVERAGE or not aimed or (m.target is not None and m.has_value)
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    """Promises of an agreement that one indicator measures together."""

    name: str
    indicator: Indicator
    targets: tuple[Target, ...]


def agreement_results(
    at: Edition, agreement: Agreement, services: Iterable[Service]
) -> AgreementResults | None:
    """What was measured of the promises of `agreement` for the services it covers; None when nothing was."""
    results = at.results
    if results is None:
        return None
    columns = _columns(at, results, agreement)
    rows = []
    for service in services:
        found = [
            (column, results.current(column.indicator.id, Scope(service=service.id))) for column in columns
        ]
        cells = tuple(_cell(at, column, m) for column, m in found if m is not None and _is_promised(m))
        if any(m is not None and verdict_of(m) is not Verdict.MISSING for _, m in found):
            rows.append(KeptRow(at.text(service.name), Ref("service", service.id), cells))
    if not rows:
        return None
    return AgreementResults(long_quarter(at.language, results.quarter), tuple(rows), all_results(at))


def _columns(at: Edition, results: Results, agreement: Agreement) -> list[_Column]:
    """What is in force at the end of the quarter and measured, in the order of metrics."""
    found: dict[str, _Column] = {}
    promised = (target for _, target in agreement.targets_in_force(results.quarter.last_day))
    judged = (target for target in promised if agreement.is_judged(target))
    for target in sorted(judged, key=lambda t: (_METRICS.index(t.metric), t.priority or "")):
        for indicator in results.measuring(target.metric, target.priority, target.request_item)[:1]:
            known = found.get(indicator.id)
            name = label(target.metric, at.language)
            if indicator.priority is not None:
                name = f"{name} {priority_label(indicator.priority, at.catalogue, at.language).partition(' · ')[0]}"
            if indicator.request_item is not None:
                name = f"{name} – {subject_label(target, at.catalogue, at.language)}"
            targets = (*known.targets, target) if known else (target,)
            found[indicator.id] = _Column(name, indicator, targets)
    return list(found.values())


def _is_promised(measurement: Measurement) -> bool:
    return measurement.reason is not Reason.NO_AGREEMENT


def _cell(at: Edition, column: _Column, measurement: Measurement) -> KeptCell:
    """The value with its verdict; where that is not one on the promise, the promise instead of it."""
    speech = speech_of(at, column.indicator)
    verdict = verdict_view(speech, measurement)
    if not judges_promise(column.indicator, measurement, column.targets):
        promised = quantity(column.targets[0].value, column.targets[0].unit, at.language)
        word = at.language.gettext("promis : %(value)s") % {"value": promised}
        plain = VERDICTS[Verdict.NO_VERDICT]
        verdict = replace(verdict, word=word, tone=plain.tone, mark=plain.mark)
    return KeptCell(
        column.name, value_words(speech, measurement), Ref("indicator", column.indicator.id), verdict
    )


def kept_promise(at: Edition, agreement: Agreement, target: Target, services: Iterable[Service]) -> str:
    """For how many of the services this very promise was kept in the quarter; '' when none can be judged."""
    results = at.results
    if results is None or not agreement.is_judged(target):
        return ""
    for indicator in results.measuring(target.metric, target.priority, target.request_item)[:1]:
        found = (results.current(indicator.id, Scope(service=service.id)) for service in services)
        return kept_words(at, (m for m in found if m is not None and judges(indicator, m, target)))
    return ""
