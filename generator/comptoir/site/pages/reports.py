"""The index of reports: each quarter's report, and what its tiles were in every quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import PAGES
from comptoir.content.data_links import trends_data
from comptoir.content.edition import Edition
from comptoir.content.measure_words import long_quarter, short_quarter, status_word, value_words
from comptoir.content.measures import VerdictView, spark, speech_of, verdict_view
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.report.opening import report_tiles
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.sections import ReportContext
from comptoir.content.results import Results
from comptoir.measure.types import Measurement
from comptoir.periods import Period
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the index: its quarter and its title."""

    quarter: str
    title: str
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class PastValue:
    """A value of the past; '' where nothing was measured."""

    text: str
    verdict: VerdictView | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A result that opens reports, quarter by quarter."""

    name: Link
    spark: Markup
    values: tuple[PastValue, ...]


@dataclass(frozen=True, slots=True)
class ReportsView:
    """All that the index of reports shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    reports: tuple[ReportLine, ...]
    quarters: tuple[Link, ...]
    history: tuple[HistoryRow, ...]
    csv: Link | None  # the data of the history


def reports_pages(at: Edition) -> Iterator[Page]:
    """The index; nothing when nothing is measured."""
    results = at.results
    if results is None:
        return
    say = at.language.gettext
    quarters = report_quarters(at.catalogue, results)
    names = _history_names(at, results, quarters)
    view = ReportsView(
        title=say("Rapports"),
        lead=say("Chaque trimestre : ce qui a été promis, ce qui a été tenu, et ce qui est décidé."),
        crumbs=trail(at),
        reports=tuple(_line(at, quarter) for quarter in quarters),
        quarters=tuple(
            Link(
                short_quarter(at.language, quarter),
                Ref("report", str(quarter)) if quarter in quarters else "",
            )
            for quarter in results.measurements.quarters
        ),
        history=tuple(_history_row(at, results, name) for name in names),
        csv=_history_data(at, results, names) if names else None,
    )
    yield Page(PAGES["reports"], "reports.md.j2", view, view.title, description=view.lead, section="results")


def _line(at: Edition, quarter: Period) -> ReportLine:
    report = at.catalogue.reports.get(quarter)
    return ReportLine(
        quarter=long_quarter(at.language, quarter),
        title=at.text(report.front.title) if report else "",
        url=Ref("report", str(quarter)),
    )


def _history_names(at: Edition, results: Results, quarters: tuple[Period, ...]) -> tuple[str, ...]:
    """The indicators of the tiles of the newest report, then of older ones."""
    names = dict.fromkeys(
        tile.indicator
        for quarter in quarters
        for tile in report_tiles(ReportContext(at, results_at(results, quarter)))
    )
    return tuple(names)


def _history_row(at: Edition, results: Results, name: str) -> HistoryRow:
    """An indicator in every quarter that is measured."""
    indicator = results.indicators[name]
    return HistoryRow(
        name=Link(at.text(indicator.name), Ref("indicator", name)),
        spark=spark(results, indicator),
        values=tuple(_past(at, results, measurement) for measurement in results.measurements.series(name)),
    )


def _history_data(at: Edition, results: Results, names: tuple[str, ...]) -> Link:
    latest = (next((m for m in reversed(results.measurements.series(name)) if m), None) for name in names)
    title = at.language.gettext("Ce qui ouvre les rapports, trimestre par trimestre")
    return trends_data(at, results, (m for m in latest if m is not None), "reports", title)


def _past(at: Edition, results: Results, measurement: Measurement | None) -> PastValue:
    if measurement is None:
        return PastValue("", None)
    speech = speech_of(at, results.indicators[measurement.indicator])
    return PastValue(
        value_words(speech, measurement) or status_word(speech, measurement).lower(),
        verdict_view(speech, measurement),
    )
