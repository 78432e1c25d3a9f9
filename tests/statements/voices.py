"""What each medium says of one project: the opening of the report, its sections, charts, paper, slides, and the explanation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from comptoir.analysis.analyses import LoyaltyInputs
from comptoir.audiences import for_audience
from comptoir.charts import Chart, ChartRows, Spec
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech
from comptoir.content.quarter_specs import coverage_by_maturity
from comptoir.content.report.chapters import chapters_of
from comptoir.content.report.loyalty_charts import loyalty_specs
from comptoir.content.report.opening import ReportOpening, opening_of
from comptoir.content.report.sections import ReportContext, Section
from comptoir.content.results import Results, results_for_audience
from comptoir.explain.material import Material
from comptoir.explain.registry import TOPIC_BY_NAME
from comptoir.explain.types import Explanation, Value
from comptoir.explanations import material_of
from comptoir.measure.observations import Observations
from comptoir.measure.types import EVERYTHING, Measurement, Measurements
from comptoir.model.catalogue import Catalogue
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Maturity
from comptoir.paper.reports import make_reports
from comptoir.periods import Quarter
from comptoir.slides.make import make_deck
from comptoir.wording import language
from tests.paper.pressing import run_of
from tests.slides.decks import TEMPLATE

from ..analysis.test_analyses import Q3, TODAY
from ..analysis.test_analyses import demonstration as measured_demonstration
from ..content.samples import base_catalogue


@dataclass(frozen=True)
class Voices:
    """One report in one language: all that says something of it."""

    catalogue: Catalogue
    results: Results
    material: Material
    code: str = "en"

    @property
    def context(self) -> ReportContext:
        site = Edition(self.catalogue, language(self.code), TODAY, self.results)
        return ReportContext(site, self.results, self.material.scope)

    @cached_property
    def opening(self) -> ReportOpening:
        return opening_of(self.context)

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        return {s.id: s for chapter in chapters_of(self.context) for s in chapter.sections}

    @cached_property
    def loyalty_charts(self) -> Mapping[str, Any]:
        """The charts of the loyalty analyses by their topic."""
        specs = loyalty_specs(self.catalogue, self.results, language(self.code))
        return {spec.key.partition("-loyalty-")[2]: spec for spec in specs}

    def coverage_chart(self, indicator: str = "coverage") -> Spec | None:
        definition = self.results.indicators[indicator]
        speech = Speech(definition, language(self.code), self.catalogue.organisation.currency)
        return coverage_by_maturity(self.catalogue, self.results, speech)

    def explained(self, name: str) -> Explanation:
        return TOPIC_BY_NAME[name].explain(self.material).explanation

    @cached_property
    def paper(self) -> Any:
        """The view of the printed report about the whole: what its template is given."""
        document = next(iter(make_reports(run_of(self.catalogue, self.code, self.results))))
        return document.data["view"]

    @cached_property
    def paper_sections(self) -> Mapping[str, Any]:
        of_chapters = [section for chapter in self.paper["chapters"] for section in chapter["sections"]]
        found = [*self.paper["first"], *of_chapters, *self.paper["analyses"]]
        return {section["title"]: section for section in found}

    @cached_property
    def slides(self) -> tuple[str, ...]:
        """Every paragraph of the slides for everyone, who see no loyalty analysis."""
        site = Edition(self.catalogue, language(self.code), TODAY, self.results)
        deck, _ = make_deck(site, TEMPLATE, per_service=False)
        return tuple(p.text for slide in deck.slides for texts in slide.texts.values() for p in texts)


def first_cells(section: Section) -> list[str]:
    """Whom or what the rows of the section's tables are about."""
    return [row[0].text for table in section.tables for row in table.rows]


def rows_of(explanation: Explanation, title: str) -> list[dict[str, Value]]:
    """The rows of a table of an explanation, by the names of its columns."""
    table = next(table for table in explanation.tables if table.title == title)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def step_of(explanation: Explanation, name: str) -> Value:
    return next(step.value for step in explanation.steps if step.name == name)


def demonstration(settings: Mapping[str, object] | None = None, code: str = "en") -> Voices:
    """The demonstration, with other settings of its loyalty analyses than its own."""
    catalogue, measured = measured_demonstration()
    if settings:
        catalogue = replace(catalogue, loyalty=catalogue.loyalty.model_copy(update=dict(settings)))
    visible = for_audience(catalogue, "management")
    results = results_for_audience(measured, visible, "management", Q3)
    keys = [spec.key for spec in loyalty_specs(visible, results, language(code))]
    drawn = replace(results, charts=dict.fromkeys(keys, Chart("", "", ChartRows((), ()))))
    return Voices(visible, drawn, material_of(catalogue, measured, Q3, EVERYTHING, TODAY), code)


def base(
    measurements: Iterable[Measurement],
    definitions: Iterable[Indicator],
    quarter: Quarter,
    settings: LoyaltySettings | None = None,
    maturity: Maturity | None = None,
) -> Voices:
    """The base case with measurements written by hand, and every service of the same maturity."""
    plain = base_catalogue()
    services = {
        name: service.model_copy(update={"maturity": maturity}) for name, service in plain.services.items()
    }
    catalogue = replace(plain, loyalty=settings or LoyaltySettings(), services=services)
    all_ = Measurements(tuple(measurements), {one.id: one for one in definitions}, quarter.latest(8))
    inputs = LoyaltyInputs(catalogue, Observations(), all_)
    results = Results(all_, quarter, is_narrowest=True, loyalty=inputs)
    material = Material(catalogue, Observations(), inputs.at(quarter), all_, all_, TODAY)
    return Voices(catalogue, results, material)
