"""The charts of reports: a catalogue and the results of one report in; the specs of the charts of its sections out.

Add charts by adding their maker to SPEC_MAKERS; a section then calls them by the same names. Sparks hold no words, so
that they are the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from comptoir.analysis.choices import coverage_indicator
from comptoir.analysis.shown import chapter_group
from comptoir.analysis.tiles import choose_tiles, main_indicator
from comptoir.charts import Spec, narrowed
from comptoir.content.chart_specs import parts_of, spark_of, trend_of
from comptoir.content.complaint_specs import complaint_specs
from comptoir.content.measure_words import Speech
from comptoir.content.quarter_specs import coverage_by_maturity
from comptoir.content.report.loyalty_charts import loyalty_specs
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.result_groups import group_of
from comptoir.content.results import Results
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.periods import Period
from comptoir.wording import Language
from comptoir.wording import language as speak

SpecMaker = Callable[[Catalogue, Results, Language], Iterator[Spec]]
"""Gives the charts of the report about `results.quarter`, with wide specs named by `report_chart`."""

_TRENDS: Final = ("levels", "satisfaction", "requests", "complaints", "calls")


def report_chart(language: Language, quarter: Period, what: str, name: str = "") -> str:
    """The name of a chart of one report: 'fr-report-2026-q3-pareto', or with '-' and `name` behind."""
    return f"{language.code}-report-{str(quarter).lower()}-{what}" + (f"-{name}" if name else "")


def report_spark(quarter: Period, indicator: str, scope: Scope = EVERYTHING) -> str:
    """The name of a small trend that ends with the quarter of a report."""
    about = "".join(f"--{part}" for part in (scope.segment, scope.client) if part)
    return f"spark-report-{str(quarter).lower()}-{indicator}{about}"


def group_indicators(results: Results, group: str) -> tuple[Indicator, ...]:
    """The indicators of a group of results; 'satisfaction' is what people say, apart from other loyalty."""
    of = results.indicators.values()
    if group != "satisfaction":
        return tuple(i for i in of if group_of(results, i) == group)
    return tuple(i for i in of if chapter_group(i, results.role_of(i)) == group)


def _trends(catalogue: Catalogue, results: Results, language: Language) -> Iterator[Spec]:
    """The trend of the main indicator of each group."""
    for group in _TRENDS:
        main = main_indicator(results.measurements, results.quarter, group_indicators(results, group))
        if main is not None:
            speech = Speech(main, language, catalogue.organisation.currency)
            key = report_chart(language, results.quarter, "trend", main.id)
            yield replace(trend_of(results, speech), key=key)


def broken_down(results: Results, group: str) -> Indicator | None:
    """The indicator of a group of which a report shows the parts: the first that is measured by a free field."""
    of = group_indicators(results, group)
    return next((i for i in of if len(results.parts(i.id)) > 1), None)


def _parts(catalogue: Catalogue, results: Results, language: Language) -> Iterator[Spec]:
    """The values of a field, for one indicator of each group."""
    for group in _TRENDS:
        indicator = broken_down(results, group)
        speech = indicator and Speech(indicator, language, catalogue.organisation.currency)
        chart = parts_of(catalogue, results, speech) if speech else None
        if indicator and chart:
            yield replace(chart, key=report_chart(language, results.quarter, "parts", indicator.id))


def _coverage(catalogue: Catalogue, results: Results, language: Language) -> Iterator[Spec]:
    """Services by maturity, with the band of mature ones."""
    main = coverage_indicator(results.measurements, results.quarter)
    if main is not None:
        speech = Speech(main, language, catalogue.organisation.currency)
        chart = coverage_by_maturity(catalogue, results, speech)
        if chart is not None:
            yield replace(chart, key=report_chart(language, results.quarter, "coverage", main.id))


SPEC_MAKERS: Final[tuple[SpecMaker, ...]] = (_trends, _parts, _coverage, complaint_specs, loyalty_specs)


def report_specs(catalogue: Catalogue, results: Results) -> Mapping[str, Spec]:
    """Every chart of every report, in each language; narrow ones under the name of the wide one and '-narrow'."""
    specs: dict[str, Spec] = {}
    for quarter in report_quarters(catalogue, results):
        of_report = results_at(results, quarter)
        specs.update(_sparks(catalogue, of_report))
        for code in catalogue.organisation.languages:
            for maker in SPEC_MAKERS:
                for spec in maker(catalogue, of_report, speak(code).about(quarter)):
                    specs[spec.key] = spec
                    specs[f"{spec.key}-narrow"] = narrowed(spec)
    return specs


def _sparks(catalogue: Catalogue, results: Results) -> Iterator[tuple[str, Spec]]:
    """The small trends of the tiles: of the whole, and of each segment."""
    report = catalogue.reports.get(results.quarter)
    wanted = report.front.tiles if report else ()
    for scope in (EVERYTHING, *(Scope(segment=name) for name in catalogue.segments)):
        for tile in choose_tiles(
            results.measurements, results.quarter, scope, wanted if scope == EVERYTHING else ()
        ):
            key = report_spark(results.quarter, tile.indicator, scope)
            spark = spark_of(results, results.indicators[tile.indicator], scope, key)
            if spark is not None:
                yield key, spark
