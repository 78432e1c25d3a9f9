"""The charts of reports: a catalogue and the results of one report in; the specs of the charts of its sections out.

Add charts by adding their maker to SPEC_MAKERS; a section then calls them by the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from comptoir.charts import Spec, narrowed
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter
from comptoir.render.report.quarters import report_quarters, results_at
from comptoir.render.results import Results
from comptoir.text import Language
from comptoir.text import language as speak

SpecMaker = Callable[[Catalogue, Results, Language], Iterator[Spec]]
"""Gives the charts of the report about `results.quarter`, with wide specs named by `report_chart`."""

SPEC_MAKERS: Final[tuple[SpecMaker, ...]] = ()


def report_chart(language: Language, quarter: Quarter, what: str, name: str = "") -> str:
    """The name of a chart of one report: 'fr-report-2026-q3-pareto', or with '-' and `name` behind."""
    return f"{language.code}-report-{str(quarter).lower()}-{what}" + (f"-{name}" if name else "")


def report_specs(catalogue: Catalogue, results: Results) -> Mapping[str, Spec]:
    """Every chart of every report, in each language; narrow ones under the name of the wide one and '-narrow'."""
    specs: dict[str, Spec] = {}
    for quarter in report_quarters(catalogue, results):
        of_report = results_at(results, quarter)
        for code in catalogue.organisation.languages:
            for maker in SPEC_MAKERS:
                for spec in maker(catalogue, of_report, speak(code)):
                    specs[spec.key] = spec
                    specs[f"{spec.key}-narrow"] = narrowed(spec)
    return specs
