"""Explanations of a project: its catalogue, its data and the name of a topic in; how those numbers were reached out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from comptoir.analysis.analyses import LoyaltyInputs
from comptoir.content.results import shown_until
from comptoir.explain.material import Material, Told, closing_notes, difference_notes
from comptoir.explain.registry import Topic
from comptoir.explain.types import Explanation
from comptoir.measure.inputs import sources_of
from comptoir.measure.project import Measured, measure_project
from comptoir.measure.reading import Places, SourceFile
from comptoir.measure.role_rows import RoleRows, tell_rows
from comptoir.measure.types import Scope
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Period
from comptoir.problems import Problem
from comptoir.steps import quarters_to_measure

__all__ = ["explain_topic", "material_of", "measure_reports", "tell"]


def explain_topic(
    catalogue: Catalogue, places: Places, topic: Topic, quarter: Period, scope: Scope, today: date
) -> tuple[Explanation, tuple[Problem, ...]]:
    """The explanation of a topic as the report of `quarter` shows it to management; and the problems of the data."""
    measured = measure_reports(catalogue, places, quarter, today)
    material = material_of(catalogue, measured, quarter, scope, today)
    told = topic.explain(material)
    rows = tell_rows(catalogue, places, told.asked) if told.asked else ()
    return tell(material, measured, told, rows), measured.problems


def measure_reports(catalogue: Catalogue, places: Places, quarter: Period, today: date) -> Measured:
    """What a build measures whose last report is that of `quarter`, or that of the last quarter which is over."""
    last = max(quarter, quarter.around(today).previous)
    quarters = quarters_to_measure(catalogue, last)
    if quarter not in quarters:  # nobody published a report on it
        quarters = quarters_to_measure(catalogue, quarter)
    return measure_project(catalogue, places, quarters, today)


def material_of(
    catalogue: Catalogue, measured: Measured, quarter: Period, scope: Scope, today: date
) -> Material:
    """What the explanations of a quarter are made from, nothing cut: whoever runs the command has the files."""
    archive = measured.measurements
    inputs = LoyaltyInputs(catalogue, measured.observations, archive)
    return Material(
        catalogue=catalogue,
        observations=measured.observations,
        analyses=inputs.at(quarter),
        measurements=archive.over(shown_until(quarter)),
        archive=archive,
        today=today,
        scope=scope,
        closings=measured.closings,
        roles=measured.tables.roles,
    )


def tell(material: Material, measured: Measured, told: Told, rows: Iterable[RoleRows]) -> Explanation:
    """The explanation with the rows and the files behind it, and with what a closed quarter means for it."""
    found = tuple(rows)
    files = {file for one in found for file in one.files}
    notes = closing_notes(material, (file.path for file in files)) if found or told.explanation.cited else ()
    notes += difference_notes(material, told.explanation.cited)
    indicators = {one.measurement.indicator for one in told.explanation.cited}
    sources = {
        source
        for name in indicators & material.archive.indicators.keys()
        for source in sources_of(material.archive.indicators[name], measured.tables.roles)
    }
    files |= {file for file in measured.tables.files if file.source in sources}
    return replace(
        told.explanation,
        rows=found,
        files=tuple(sorted(files, key=_order)),
        notes=(*told.explanation.notes, *notes),
    )


def _order(file: SourceFile) -> tuple[str, str]:
    return file.path, file.source
