"""All results of a quarter at a glance: measurements in; how many have which verdict, and every indicator in groups, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from comptoir.analysis.verdicts import GRAVITY, UNJUDGED, Verdict, is_judged, verdict_of
from comptoir.content.edition import Edition
from comptoir.content.measure_words import long_quarter
from comptoir.content.measures import (
    MeasureView,
    VerdictView,
    kept_by_services,
    measure_view,
    speech_of,
    verdict_view,
)
from comptoir.content.result_groups import group_of
from comptoir.content.results import Results
from comptoir.measure.types import Measurement, Scope
from comptoir.model.metrics import Dimension, Indicator
from comptoir.wording import N_, plain_words

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "levels": N_("Niveaux de service"),
        "requests": N_("Demandes"),
        "complaints": N_("Réclamations"),
        "calls": N_("Centre de contact"),
        "loyalty": N_("Satisfaction et fidélité"),
        "portfolio": N_("Portefeuille de services"),
    }
)
_TALLIED: Final = (*reversed(GRAVITY), Verdict.INDICATIVE)


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many indicators have a verdict."""

    count: str
    verdict: VerdictView


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """Indicators of one kind."""

    id: str
    name: str
    rows: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The results of a quarter; `main` is the indicator that judges most services, `measured` what is shown."""

    quarter: str
    lead: str
    is_provisional: bool
    tallies: tuple[VerdictCount, ...]
    groups: tuple[IndicatorGroup, ...]
    main: Indicator | None
    measured: tuple[Measurement, ...]


def dashboard_of(at: Edition, results: Results) -> Dashboard:
    """What was measured in the quarter of `results`."""
    quarter = long_quarter(at.language, results.quarter)
    current = [(i, m) for i in results.indicators.values() if (m := results.current(i.id)) is not None]
    lead = at.language.gettext("Ce que nous avons promis, et ce que nous avons tenu : %(quarter)s.")
    return Dashboard(
        quarter=quarter,
        lead=lead % {"quarter": quarter},
        is_provisional=any(m.is_provisional for _, m in current),
        tallies=_tallies(at, current),
        groups=_groups(at, results, current),
        main=_main(results),
        measured=tuple(m for _, m in current),
    )


def _tallies(at: Edition, current: list[tuple[Indicator, Measurement]]) -> tuple[VerdictCount, ...]:
    counts = Counter(verdict_of(m) for _, m in current)
    first = {verdict_of(m): verdict_view(speech_of(at, i), m) for i, m in reversed(current)}
    return tuple(
        VerdictCount(at.language.number(counts[verdict]), first[verdict])
        for verdict in _TALLIED
        if counts[verdict]
    )


def _groups(
    at: Edition, results: Results, current: list[tuple[Indicator, Measurement]]
) -> tuple[IndicatorGroup, ...]:
    """The groups that have indicators; in each, what is judged first, then by name."""
    groups: dict[str, list[tuple[tuple[object, ...], MeasureView]]] = {name: [] for name in GROUPS}
    for indicator, measurement in current:
        kept = kept_by_services(at, results, indicator) if verdict_of(measurement) in UNJUDGED else ""
        view = measure_view(at, results, measurement, kept=kept)
        order = (measurement.target is None and not kept, plain_words(view.name), indicator.id)
        groups[group_of(results, indicator)].append((order, view))
    speech = [speech_of(at, indicator) for indicator, _ in current[:1]]
    return tuple(
        IndicatorGroup(
            name, speech[0].say(GROUPS[name]), tuple(view for _, view in sorted(rows, key=lambda r: r[0]))
        )
        for name, rows in groups.items()
        if rows
    )


def _main(results: Results) -> Indicator | None:
    """The indicator that judges most services, in any quarter: the one that tells most of the offer as a whole."""
    judged = Counter(
        m.indicator for m in results.measurements if is_judged(m) and m.scope == Scope(m.scope.service)
    )
    best = max(judged, key=lambda name: (judged[name], name), default=None)
    return results.indicators[best] if best is not None and results.by(best, Dimension.SERVICE) else None
