"""Results: the dashboard of all indicators, one page an indicator, and the figures of the home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comptoir.addresses import PAGES, page_path
from comptoir.analysis.verdicts import UNJUDGED, is_judged, verdict_of
from comptoir.content.dashboard import GROUPS, IndicatorGroup, VerdictCount, dashboard_of
from comptoir.content.data_links import trends_data
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, finding_words, long_quarter, target_words, value_words
from comptoir.content.measures import (
    ChartView,
    chart_view,
    kept_by_services,
    speech_of,
    summary_words,
)
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.content.result_groups import group_of
from comptoir.content.results import Results
from comptoir.measure.types import Measurement
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.terms import Metric
from comptoir.site.pages.home import Figure
from comptoir.site.pages.indicator import indicator_view
from comptoir.site.pages.page import Page, trail

_FIGURES: Final = 3


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
            description=summary_words(at, indicator),
            section="results",
            source=indicator.file,
        )


def _dashboard(at: Edition, results: Results) -> Page:
    say = at.language.gettext
    content = dashboard_of(at, results)
    main = content.main
    view = DashboardView(
        title=say("Résultats"),
        lead=content.lead,
        crumbs=trail(at),
        is_provisional=content.is_provisional,
        tallies=content.tallies,
        groups=content.groups,
        main=Link(at.text(main.name), Ref("indicator", main.id)) if main else None,
        chart=chart_view(at, results, "services", main) if main else None,
        csv=trends_data(at, results, content.measured, "indicators", say("Résultats")),
        report=Link(say("Lire le rapport du trimestre"), Ref("report", str(results.quarter))),
    )
    return Page(
        PAGES["results"], "indicators.md.j2", view, view.title, description=view.lead, section="results"
    )


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
