"""The opening of a report: what it is about in; title, signatory, words, tiles and facts out, as data for any support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.analysis.choices import is_service_level
from comptoir.analysis.facts import MOST_FACTS, find_facts
from comptoir.analysis.tiles import choose_tiles
from comptoir.content.edition import Edition
from comptoir.content.measure_words import long_quarter
from comptoir.content.measures import MeasureView, measure_view
from comptoir.content.report.charts import report_spark
from comptoir.content.report.facts import FactContent, fact_content
from comptoir.content.report.parts import find_indicators, scope_name
from comptoir.content.report.sections import ReportContext
from comptoir.content.report.words import opening_words
from comptoir.measure.types import Measurement
from comptoir.periods import Period
from comptoir.wording import N_

RUNNING: Final = N_("Trimestre en cours : ces résultats vont jusqu’au {day} et sont provisoires.")
NOTHING: Final = N_("Rien n'est mesuré pour ce trimestre : un rapport n'invente pas de chiffres.")


@dataclass(frozen=True, slots=True)
class TileContent:
    """A result that opens the report; `spark` is the name of its small trend among the charts."""

    indicator: str
    measure: MeasureView
    spark: str


@dataclass(frozen=True, slots=True)
class ReportOpening:
    """The head of a report. `public` and `words` are Markdown whose citations are links; texts are '' for nothing."""

    title: str
    quarter: str
    about: str
    signatory: str
    public: str
    words: str
    provisional: str  # that the period is not over, and up to which day it is told; '' when it is
    tiles: tuple[TileContent, ...]
    measured: tuple[Measurement, ...]  # what the tiles show
    facts: tuple[FactContent, ...]


def opening_of(context: ReportContext) -> ReportOpening:
    """The head of the report; a wide audience reads of service levels and satisfaction only."""
    return context.once("opening", lambda: _opening(context))


def _opening(context: ReportContext) -> ReportOpening:
    say = context.language.gettext
    report = context.catalogue.reports.get(context.quarter)
    front = report.front if report and context.is_whole else None
    public, words = opening_words(context)
    tiles = report_tiles(context)
    return ReportOpening(
        title=context.at.text(front.title if front else None) or say("Rapport de fidélité"),
        quarter=long_quarter(context.language, context.quarter),
        about=scope_name(context, context.scope),
        signatory=context.at.text(front.signatory) if front else "",
        public=public,
        words=words,
        provisional=provisional_words(context.at, context.quarter),
        tiles=tuple(_tile(context, tile) for tile in tiles),
        measured=tiles,
        facts=_facts(context),
    )


def provisional_words(at: Edition, period: Period) -> str:
    """That a period is not over, and up to which day it is told; '' when it is over."""
    if at.today > period.last_day:
        return ""
    return at.language.say(RUNNING, day=at.language.day(max(at.today, period.first_day)))


def report_tiles(context: ReportContext) -> tuple[Measurement, ...]:
    """The measurements that open the report."""
    report = context.catalogue.reports.get(context.quarter)
    results = context.results
    wanted = report.front.tiles if report and context.is_whole else ()
    tiles = choose_tiles(results.measurements, context.quarter, context.scope, wanted)
    return tuple(tile for tile in tiles if context.results.is_narrowest or _is_public(context, tile))


def _is_public(context: ReportContext, measurement: Measurement) -> bool:
    """True for service levels and satisfaction as a whole."""
    indicator = context.results.indicators[measurement.indicator]
    return is_service_level(indicator) or indicator in find_indicators(context, "satisfaction")


def _tile(context: ReportContext, measurement: Measurement) -> TileContent:
    return TileContent(
        indicator=measurement.indicator,
        measure=measure_view(context.at, context.results, measurement),
        spark=report_spark(context.quarter, measurement.indicator, context.scope),
    )


def _facts(context: ReportContext) -> tuple[FactContent, ...]:
    results = context.results
    facts = results.once(
        ("facts", context.scope),
        lambda: find_facts(context.catalogue, results.measurements, results.quarter, context.scope),
    )
    if not results.is_narrowest:
        facts = tuple(f for f in facts if f.beside is None and _is_public(context, f.measurement))
    return tuple(fact_content(context, fact) for fact in facts[:MOST_FACTS])
