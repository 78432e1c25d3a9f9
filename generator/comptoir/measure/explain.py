"""One measurement explained: an indicator, quarter and scope in; formula, query, files and rows behind it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import duckdb

from comptoir.measure.closed import Closing, Difference, closings_of, publish_closed
from comptoir.measure.closed_state import Now, closing_for, compare_with_now
from comptoir.measure.derived import operands_of
from comptoir.measure.inputs import inputs_of, sources_of
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.plans import Plan
from comptoir.measure.project import read_project_tables
from comptoir.measure.queries import Scan, rows_query
from comptoir.measure.reading import (
    Exclusion,
    Places,
    SourceFile,
    SourceRowsLeftOut,
    Tables,
    UnknownName,
    open_engine,
)
from comptoir.measure.sql.engine import QueryError, literal, quote, run_query
from comptoir.measure.stock import Inquiry, Stock
from comptoir.measure.stocks import plan_definitions, take_stock
from comptoir.measure.tables import FREE
from comptoir.measure.types import Measurement, Scope, Status
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.model.names import renamed_in
from comptoir.periods import Period
from comptoir.problems import Problem, sort_problems

SAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A row of a file: its file, its line, and what was said of it."""

    file: str
    line: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowsLeftOut:
    """Rows that reading left out of a source for one reason, and the first of them."""

    source: str
    reason: Exclusion
    rows: int
    samples: tuple[ExplanationLine, ...]


@dataclass(frozen=True, slots=True)
class IndicatorExplanation:
    """Where one measurement comes from. `used` and `unused` are the first rows of the quarter and scope, either way.

    What few people answered is not told by its rows either: then both are empty. The measurement of a closed quarter
    is the closed one; `difference` tells what the data give otherwise now.
    """

    indicator: Indicator
    measurement: Measurement
    queries: tuple[str, ...]
    files: tuple[SourceFile, ...]
    rows_kept: int
    rows_left_out: tuple[RowsLeftOut, ...]
    unknown: tuple[UnknownName, ...]
    used: tuple[ExplanationLine, ...]
    unused: tuple[ExplanationLine, ...]
    derived: tuple[str, ...] = ()
    operands: tuple[tuple[Indicator, Measurement], ...] = ()
    closing: Closing | None = None
    difference: Difference | None = None


def explain_measurement(
    catalogue: Catalogue, places: Places, name: str, quarter: Period, scope: Scope, today: date
) -> tuple[IndicatorExplanation | None, tuple[Problem, ...]]:
    """The explanation of indicator `name`, None where that scope was never seen; and every problem found on the way.

    Raises KeyError for an indicator that the catalogue does not have.
    """
    indicator = catalogue.indicators[name]
    connection = open_engine()
    try:
        tables, problems = read_project_tables(connection, catalogue, places)
        alone = replace(catalogue, indicators=_together(catalogue, indicator))
        closings, faults = closings_of(catalogue.closed, renamed_in(catalogue))
        now, more = measure_catalogue(alone, connection, (quarter,), today, closings=closings)
        state = Now(catalogue, now, inputs_of(catalogue, tables), tables.roles)
        closings, told = compare_with_now(closings, state)
        found = sort_problems((*faults, *problems, *more, *told))
        measurement = publish_closed(now, closings).get(name, quarter, scope)
        if measurement is None:
            return None, found
        if indicator.derive is not None:
            found_of = (
                (catalogue.indicators[one], now.get(one, quarter, scope)) for one in indicator.derive.of
            )
            operands = tuple((one, m) for one, m in found_of if m is not None)
            derived = IndicatorExplanation(
                indicator, measurement, (), (), 0, (), (), (), (), operands=operands
            )
            return _with_closing(derived, closing_for(closings, quarter)), found
        planned = plan_definitions(catalogue, [indicator], connection)
        stocks, _ = take_stock(catalogue, planned, connection, Inquiry((quarter.previous, quarter), today))
        explanation = _explain(connection, catalogue, tables, stocks[name], measurement)
        return _with_closing(explanation, closing_for(closings, quarter)), found
    finally:
        connection.close()


def _with_closing(explanation: IndicatorExplanation, closing: Closing | None) -> IndicatorExplanation:
    """The explanation with what was closed; as it was for a quarter that is open."""
    measurement = explanation.measurement
    if closing is None or measurement.closed_on is None:
        return explanation
    key = (measurement.indicator, measurement.scope)
    difference = next((one for one in closing.differences if one.change.key == key), None)
    return replace(explanation, closing=closing, difference=difference)


def _together(catalogue: Catalogue, indicator: Indicator) -> dict[str, Indicator]:
    """The indicator, what it is computed from, and those of the same sources, which decide together what is withheld."""
    every = catalogue.indicators
    names = {indicator.id, *operands_of(indicator.id, every)}
    sources = {every[name].source for name in names if every[name].derive is None}
    return {key: other for key, other in every.items() if key in names or other.source in sources}


def _explain(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    tables: Tables,
    stock: Stock,
    measurement: Measurement,
) -> IndicatorExplanation:
    sources = sources_of(stock.indicator, tables.roles)
    used, unused = _sample_rows(connection, catalogue, stock, measurement)
    return IndicatorExplanation(
        indicator=stock.indicator,
        measurement=measurement,
        queries=stock.queries,
        files=tuple(file for file in tables.files if file.source in sources),
        rows_kept=sum(tables.kept.get(source, 0) for source in sources),
        rows_left_out=tuple(
            rows_left_out(connection, left) for left in tables.left_out if left.source in sources
        ),
        unknown=tuple(unknown for unknown in tables.unknown if unknown.source in sources),
        derived=tuple(source for source in tables.derived if source in sources),
        used=used,
        unused=unused,
    )


def rows_left_out(connection: duckdb.DuckDBPyConnection, left: SourceRowsLeftOut) -> RowsLeftOut:
    """The rows that reading left out for one reason, with the first of them."""
    rows = connection.execute(
        "SELECT file, line, detail FROM excluded WHERE source = ? AND reason = ? ORDER BY ALL LIMIT ?",
        [left.source, left.reason.value, SAMPLES],
    ).fetchall()
    return RowsLeftOut(left.source, left.reason, left.rows, tuple(_line(row) for row in rows))


def _line(row: Sequence[object]) -> ExplanationLine:
    return ExplanationLine(str(row[0]), int(str(row[1])), str(row[2] or ""))


def _sample_rows(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, stock: Stock, measurement: Measurement
) -> tuple[tuple[ExplanationLine, ...], tuple[ExplanationLine, ...]]:
    """The first rows of the quarter and scope that count, and the first that do not."""
    plan = stock.plan
    if (
        plan is None
        or stock.working_time is None
        or measurement.status is Status.SUPPRESSED
        or not plan.counted
    ):
        return (), ()
    quarters, zone = (measurement.quarter,), catalogue.organisation.time_zone
    scan = Scan(plan.table, plan.date, (plan,), quarters, zone, stock.working_time)
    samples = []
    for counts in (True, False):
        query = rows_query(scan, _condition(measurement.scope, plan), counts, SAMPLES)
        try:
            rows = run_query(connection, query)
        except QueryError:  # a table without lines: nothing to show
            return (), ()
        samples.append(tuple(ExplanationLine(str(row["file"]), int(row["line"])) for row in rows))
    return samples[0], samples[1]


def _condition(scope: Scope, plan: Plan) -> str:
    """SQL that keeps the rows of a scope."""
    named = {"service": scope.service, "segment": scope.segment, "client": scope.client}
    parts = [f"{quote(d)} = {literal(name)}" for d, name in named.items() if name and d in plan.by]
    if scope.part:
        field, _, value = scope.part.partition("=")
        parts.append(f"{FREE}{field} = {literal(value)}")
    return " AND ".join(parts) or "TRUE"
