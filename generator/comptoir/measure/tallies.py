"""Tallies: plans in; for each of them what its rows add up to, by quarter and scope, out.

A scope whose name begins with '?' is about rows that name no service, segment or client of the catalogue. Such rows
are kept apart: they count in every total, and are published nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import duckdb

from comptoir.measure.people_queries import respondents_query
from comptoir.measure.plan_keys import counted_once
from comptoir.measure.plans import Plan, problem_of
from comptoir.measure.queries import (
    BITS,
    FREE_BIT,
    Scan,
    distinct_query,
    field_of,
    forget_query,
    group_plans,
    is_direct,
    keep_query,
    quantile_query,
    sums_query,
)
from comptoir.measure.sql.engine import QueryError, run_query
from comptoir.measure.sql.expressions import Fault
from comptoir.measure.tables import FREE
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.measure.working_sql import WorkingTimeTable
from comptoir.model.metrics import IndicatorKind
from comptoir.periods import Period
from comptoir.problems import Problem

UNKNOWN: Final = "?"
_CHUNK: Final = 500_000  # rows whose values are put in order at a time

Cell: TypeAlias = Mapping[str, Any]
Cells: TypeAlias = Mapping[tuple[Period, Scope], Cell]


@dataclass(frozen=True, slots=True)
class Tally:
    """The cells of one plan, those of unknown names included, and the queries that gave them."""

    plan: Plan
    cells: Cells
    queries: tuple[str, ...]

    def cell(self, quarter: Period, scope: Scope) -> Cell:
        """What was added up there; nothing where no row was."""
        return self.cells.get((quarter, scope), {})

    def scopes(self) -> tuple[Scope, ...]:
        """The scopes that may be published, in order."""
        return tuple(sorted(filter(is_known, {scope for _, scope in self.cells})))


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read tables: the quarters in a row, the organisation's time zone, the known names, the time allowed; crossed or not."""

    quarters: tuple[Period, ...]
    time_zone: str
    known: Mapping[str, frozenset[str]]  # of each dimension
    limit: float
    working_time: WorkingTimeTable
    crossed: bool = True


def is_known(scope: Scope) -> bool:
    """True when the scope names nothing unknown."""
    return not any(name.startswith(UNKNOWN) for name in scope)


def tally_plans(
    connection: duckdb.DuckDBPyConnection, plans: Sequence[Plan], reading: Reading
) -> tuple[dict[str, Tally], list[Problem]]:
    """The tally of each plan by identifier of its indicator; a plan that the engine refuses gives a problem."""
    tallies: dict[str, Tally] = {}
    problems: list[Problem] = []
    for scan in group_plans(plans, reading.quarters, reading.time_zone, reading.working_time):
        scan = replace(scan, crossed=reading.crossed)
        try:
            found = _tally_scan(connection, scan, reading)
        except QueryError:
            found = _tally_one_by_one(connection, scan, reading, problems)
        tallies |= {tally.plan.indicator.id: tally for tally in found}
    return dict(sorted(tallies.items())), problems


def _tally_one_by_one(
    connection: duckdb.DuckDBPyConnection, scan: Scan, reading: Reading, problems: list[Problem]
) -> list[Tally]:
    """The plans of a scan that failed, each alone, to tell which of them it was."""
    found = []
    for plan in scan.plans:
        alone = replace(scan, plans=(plan,))
        try:
            found += _tally_scan(connection, alone, reading)
        except QueryError as error:
            problems.append(refusal(plan, error))
    return found


def refusal(plan: Plan, error: QueryError) -> Problem:
    """The problem of what the engine refuses to run: at its expression, or at its kind when there are several."""
    message = f"the engine cannot measure this: {error}"
    keys = tuple(plan.expressions)
    if len(keys) == 1:
        return problem_of(plan.indicator, keys[0], Fault(message))
    return Problem(plan.indicator.locate("kind"), "expression", message)


def _tally_scan(connection: duckdb.DuckDBPyConnection, scan: Scan, reading: Reading) -> list[Tally]:
    if not any(map(is_direct, scan.plans)):
        return _tally_rows(connection, scan, reading)
    with rows_kept(connection, scan, reading.limit) as kept:
        return _tally_rows(connection, kept, reading)


@contextmanager
def rows_kept(connection: duckdb.DuckDBPyConnection, scan: Scan, limit: float) -> Iterator[Scan]:
    """The scan for several queries: the engine holds its rows meanwhile if they are costly. Raises QueryError."""
    if not scan.is_costly:
        yield scan
        return
    run_query(connection, keep_query(scan), limit)
    try:
        yield replace(scan, kept=scan.quarters)
    finally:
        run_query(connection, forget_query())


def _tally_rows(connection: duckdb.DuckDBPyConnection, scan: Scan, reading: Reading) -> list[Tally]:
    rows = run_query(connection, sums_query(scan), reading.limit)
    scopes = {by: [scope_of(row, by, reading) for row in rows] for by in {plan.by for plan in scan.plans}}
    tallies = []
    for index, plan in enumerate(scan.plans):
        cells: dict[tuple[Period, Scope], dict[str, Any]] = {}
        for row, scope in zip(rows, scopes[plan.by], strict=True):
            if scope is not None:
                sums = {name: row[f"s{index}_{name}"] or 0 for name in plan.sums}
                cells[scan.quarters[row["q"]], scope] = {
                    "present": int(row["present"]),
                    "months": int(row["months"]).bit_count(),
                    **sums,
                }
        for part, direct in list(_direct_queries(scan, index, cells)):
            _add(cells, run_query(connection, direct, reading.limit), part, plan, reading)
        tallies.append(Tally(plan, cells, _queries_in_full(replace(scan, kept=()), index, cells)))
    return tallies


def _queries_in_full(scan: Scan, index: int, cells: Mapping[tuple[Period, Scope], Cell]) -> tuple[str, ...]:
    """What gave the cells, as queries of the tables: that of the sums, and the last of those that add to it."""
    return sums_query(scan), *[direct for _, direct in _direct_queries(scan, index, cells)][-1:]


def _direct_queries(
    scan: Scan, index: int, cells: Mapping[tuple[Period, Scope], Cell]
) -> Iterator[tuple[Scan, str]]:
    """What does not add up over groups: each query, with the scan whose quarters it numbers.

    Quarters of many rows are asked one at a time, because values in order take memory.
    """
    plan = scan.plans[index]
    present = {quarter: cells.get((quarter, EVERYTHING), {}).get("present", 0) for quarter in scan.quarters}
    chunk: list[Period] = []
    for quarter in scan.quarters:
        if chunk and sum(present[one] for one in (*chunk, quarter)) > _CHUNK:
            yield from _queries_of(replace(scan, quarters=tuple(chunk)), index, cells)
            chunk = []
        chunk.append(quarter)
    if is_direct(plan):
        yield from _queries_of(replace(scan, quarters=tuple(chunk)), index, cells)


def _queries_of(
    scan: Scan, index: int, cells: Mapping[tuple[Period, Scope], Cell]
) -> Iterator[tuple[Scan, str]]:
    plan = scan.plans[index]
    if plan.kind is IndicatorKind.QUANTILE:
        sizes = [int(cell["n"]) for (quarter, _), cell in cells.items() if quarter in scan.quarters]
        yield scan, quantile_query(scan, index, sizes)
    if counted_once(plan.indicator):
        yield scan, distinct_query(scan, index)
    if plan.respondent is not None:
        yield scan, respondents_query(scan, index)


def _add(
    cells: dict[tuple[Period, Scope], dict[str, Any]],
    rows: list[dict[str, Any]],
    scan: Scan,
    plan: Plan,
    reading: Reading,
) -> None:
    """Lay what a second query found over the cells of the first."""
    for row in rows:
        scope = scope_of(row, plan.by, reading)
        if scope is not None:
            found = {name: value for name, value in row.items() if name not in ("q", "level", *plan.by)}
            cells.setdefault((scan.quarters[row["q"]], scope), {}).update(found)


def scope_of(row: Mapping[str, Any], by: Collection[str], reading: Reading) -> Scope | None:
    """The scope of a row of a query; None when a plan `by` these dimensions does not ask for that breakdown."""
    names = {}
    for dimension, bit in BITS.items():
        if row["level"] & bit:
            if dimension not in by:
                return None
            name = row[dimension]
            names[dimension] = name if name in reading.known[dimension] else f"{UNKNOWN}{name or ''}"
    if row["level"] & FREE_BIT:
        free = next(name for name in row if name.startswith(FREE) and row[name] is not None)
        if free not in by:
            return None
        names["part"] = f"{field_of(free)}={row[free]}" if row[free] else f"{UNKNOWN}{field_of(free)}="
    return Scope(**names)
