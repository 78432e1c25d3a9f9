"""Results: the dashboard of all indicators, one page an indicator, and the figures of the home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from comptoir.addresses import PAGES, page_path
from comptoir.analysis.verdicts import UNJUDGED, Verdict, is_judged, verdict_of
from comptoir.content.data_links import trends_data
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, finding_words, long_quarter, target_words, value_words
from comptoir.content.measures import (
    ChartView,
    MeasureView,
    VerdictView,
    chart_view,
    kept_by_services,
    measure_view,
    speech_of,
    verdict_view,
)
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.content.result_groups import group_of
from comptoir.content.results import Results
from comptoir.measure.types import Measurement, Scope
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind
from comptoir.model.terms import Metric
from comptoir.site.pages.home import Figure
from comptoir.site.pages.indicator import indicator_view
from comptoir.site.pages.page import Page
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
_FIGURES: Final = 3
_TALLIED: Final = (Verdict.MET, Verdict.ALERT, Verdict.MISSED, Verdict.INDICATIVE)


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
class DashboardView:
    """All that the page of results shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    is_provisional: bool
    tallies: tuple[VerdictCount, ...]
    groups: tuple[IndicatorGroup, ...]
    main: Link | None
    chart: ChartView | None
    report: Link
    csv: Link


def indicator_pages(at: Edition) -> Iterator[Page]:
    """The dashboard, then each indicator; nothing when nothing is measured."""
    results = at.results
    if results is None:
        return
    yield _dashboard(at, results)
    for indicator in results.indicators.values():
        group = speech_of(at, indicator).say(GROUPS[group_of(results, indicator)])
        view = indicator_view(at, results, indicator, group)
        yield Page(
            page_path("indicator", indicator.id),
            "indicator.md.j2",
            view,
            title=at.text(indicator.name),
            description=at.text(indicator.summary),
            section="results",
            source=indicator.file,
        )


def _dashboard(at: Edition, results: Results) -> Page:
    say = at.language.gettext
    quarter = long_quarter(at.language, results.quarter)
    current = [(i, m) for i in results.indicators.values() if (m := results.current(i.id)) is not None]
    main = _main(results)
    view = DashboardView(
        title=say("Résultats"),
        lead=say("Ce que nous avons promis, et ce que nous avons tenu : %(quarter)s.") % {"quarter": quarter},
        crumbs=(Link(say("Accueil"), Ref("page", "home")),),
        is_provisional=any(m.is_provisional for _, m in current),
        tallies=_tallies(at, current),
        groups=_groups(at, results, current),
        main=Link(at.text(main.name), Ref("indicator", main.id)) if main else None,
        chart=chart_view(at, results, "services", main) if main else None,
        csv=trends_data(at, results, (m for _, m in current), "indicators", say("Résultats")),
        report=Link(say("Lire le rapport du trimestre"), Ref("report", str(results.quarter))),
    )
    return Page(
        PAGES["results"], "indicators.md.j2", view, view.title, description=view.lead, section="results"
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


def home_figures(at: Edition) -> tuple[Figure, ...]:
    """Three results for the home page: satisfaction, promises kept in time, availability.

    Where one of them is not measured, indicators with a target take its place, in the order of their identifiers. A
    result without a value, or that is only indicative, is not one to open a site with.
    """
    results = at.results
    if results is None:
        return ()
    candidates = [
        (i, m)
        for i in results.indicators.values()
        if (m := results.current(i.id)) is not None
        and m.has_value
        and (is_judged(m) or (verdict_of(m) in UNJUDGED and kept_by_services(at, results, i)))
    ]
    ranked = sorted(candidates, key=lambda pair: (_preference(pair[0]), pair[0].id))
    chosen: dict[int | str, tuple[Indicator, Measurement]] = {}
    for indicator, measurement in ranked:
        kind = _preference(indicator)[0]
        chosen.setdefault(kind if kind < _FIGURES else indicator.id, (indicator, measurement))
    return tuple(_figure(at, results, i, m) for i, m in list(chosen.values())[:_FIGURES])


def _preference(indicator: Indicator) -> tuple[int, bool, bool]:
    """Which of the three kinds of figures an indicator is, any other after them; the widest of a kind first."""
    is_narrow, is_other = indicator.priority is not None, indicator.metric is not Metric.TTR
    if indicator.ready_made in ("satisfaction", "satisfied-users"):
        return 0, is_narrow, is_other
    if indicator.kind is IndicatorKind.WITHIN_TARGET:
        return 1, is_narrow, is_other
    return (2 if indicator.kind is IndicatorKind.AVAILABILITY else 3), is_narrow, is_other


def _figure(at: Edition, results: Results, indicator: Indicator, measurement: Measurement) -> Figure:
    speech = speech_of(at, indicator)
    return Figure(
        value=value_words(speech, measurement),
        name=at.text(indicator.name),
        promise=_beside(at, results, speech, measurement),
        url=Ref("indicator", indicator.id),
    )


def _beside(at: Edition, results: Results, speech: Speech, measurement: Measurement) -> str:
    """What stands beside a figure: what was aimed at, whether it was met, and when."""
    quarter = long_quarter(at.language, measurement.quarter)
    target = target_words(speech, measurement)
    if target:
        aimed = speech.say("Promis : {}").format(target)
        said = f"{aimed}. {finding_words(speech, measurement).capitalize()}"
    else:
        said = kept_by_services(at, results, speech.indicator).capitalize()
    return at.language.typeset(f"{said} ({quarter}).")
