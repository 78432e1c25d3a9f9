"""Stocks: definitions, catalogue and tables in; an estimate for each indicator, quarter and scope out, nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final

import duckdb

from comptoir.measure.asked_words import check_words
from comptoir.measure.breakdowns import check_breakdown, empty_breakdowns
from comptoir.measure.clocks import tell_clocks
from comptoir.measure.disclosure_control import is_published
from comptoir.measure.estimates import estimate, fraction
from comptoir.measure.gaps import closed_days, days_with_rows, quarters_with_gaps
from comptoir.measure.levels import tell_levels
from comptoir.measure.off_scale import tell_off_scale
from comptoir.measure.outage_stocks import stock_outages
from comptoir.measure.plans import Plan, plan_indicator
from comptoir.measure.promises import ALWAYS, is_satisfaction, promised_satisfaction
from comptoir.measure.sql.engine import QueryError, quote
from comptoir.measure.stock import Inquiry, Stock
from comptoir.measure.tables import (
    DENSE,
    Table,
    find_table,
    known_until,
    register_moments,
    register_services,
)
from comptoir.measure.tallies import Reading, Tally, refusal, tally_plans
from comptoir.measure.types import EVERYTHING, Reason, Scope, TargetInForce
from comptoir.measure.within_target import Cases, check_within_target, judge_cases
from comptoir.measure.working_sql import WorkingTimeTable, register_edges
from comptoir.measure.working_time import EdgeTable, working_edges
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.roles import Role
from comptoir.model.terms import OverTime
from comptoir.periods import Period
from comptoir.problems import Problem, Severity, sort_problems, suggest

_ADDED_UP: Final = frozenset(
    {IndicatorKind.COUNT, IndicatorKind.SUM, IndicatorKind.GROWTH, IndicatorKind.DISTINCT}
)
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2100, 1, 1)
_MARGIN: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class PlannedDefinitions:
    """The plans of definitions over the tables of an engine, why the others have none, and the problems; of any periods."""

    plans: tuple[Plan, ...]
    absent: tuple[tuple[Indicator, Reason], ...]
    problems: tuple[Problem, ...]


def plan_definitions(
    catalogue: Catalogue, indicators: Iterable[Indicator], connection: duckdb.DuckDBPyConnection
) -> PlannedDefinitions:
    """The plans of `indicators` over the tables that `connection` holds."""
    problems: list[Problem] = []
    plans, absent = _plans(catalogue, tuple(indicators), connection, problems)
    plans, unmet = check_words(connection, plans, catalogue)
    absent += [(catalogue.indicators[name], Reason.NO_WORD) for name in unmet]
    return PlannedDefinitions(tuple(plans), tuple(absent), (*problems, *unmet.values()))


def take_stock(
    catalogue: Catalogue,
    planned: PlannedDefinitions,
    connection: duckdb.DuckDBPyConnection,
    inquiry: Inquiry,
) -> tuple[dict[str, Stock], tuple[Problem, ...]]:
    """The stock of each indicator by identifier, and the problems of those that cannot be measured."""
    problems, plans = [*planned.problems], [*planned.plans]
    stocks = {one.id: Stock(one, None, {}, absent=reason) for one, reason in planned.absent}
    working_time = register_edges(connection, {})
    edges: Mapping[str, EdgeTable] = {}
    if any(plan.asks_calendars for plan in plans):
        plans, working_time, edges = _with_working_time(connection, plans, catalogue, inquiry)
    reading = reading_of(catalogue, inquiry, working_time)
    outages = [plan for plan in plans if plan.kind is IndicatorKind.AVAILABILITY]
    tallies, found = tally_plans(connection, [plan for plan in plans if plan not in outages], reading)
    problems += [*found, *tell_off_scale(connection, tallies.values(), reading)]
    problems += [*tell_levels(connection, plans, reading), *tell_clocks(plans, reading.time_zone)]
    gaps = _gaps(connection, plans, catalogue, inquiry)
    for name, tally in tallies.items():
        short = _incomplete(tally, inquiry, gaps.get((tally.plan.table.name, tally.plan.date), frozenset()))
        stock = _from_tally(tally, inquiry, working_time, short)
        asks = is_satisfaction(stock.indicator)
        stocks[name] = _with_satisfaction(stock, catalogue, inquiry) if asks else stock
    first, last = inquiry.quarters[0].first_day - _MARGIN, inquiry.quarters[-1].last_day + _MARGIN
    if outages and not (edges and first >= _EARLIEST and last <= _LATEST):
        edges = _edges(catalogue, first, last)
    for plan in outages:
        try:
            stocks[plan.indicator.id] = stock_outages(connection, plan, catalogue, inquiry, edges)
        except QueryError as error:
            problems.append(refusal(plan, error))
    for plan in plans:
        stocks.setdefault(plan.indicator.id, Stock(plan.indicator, None, {}, absent=Reason.FAULTY))
    return dict(sorted(stocks.items())), sort_problems(problems)


def check_definitions(catalogue: Catalogue, connection: duckdb.DuckDBPyConnection) -> tuple[Problem, ...]:
    """The problems of definitions over the tables that `connection` holds, without measuring anything."""
    return sort_problems(plan_definitions(catalogue, catalogue.indicators.values(), connection).problems)


def _plans(
    catalogue: Catalogue,
    indicators: tuple[Indicator, ...],
    connection: duckdb.DuckDBPyConnection,
    problems: list[Problem],
) -> tuple[list[Plan], list[tuple[Indicator, Reason]]]:
    """The plans of the indicators that can be measured, and why the others cannot; adds their problems."""
    register_services(connection, catalogue)
    register_moments(connection, {})
    register_edges(connection, {})  # so that expressions that ask the calendars can be typed
    roles = {name: source.role for name, source in catalogue.sources.items()}
    tables = {
        name: _identified(_table(connection, name, roles), name, catalogue)
        for name in sorted({i.source for i in indicators})
    }
    plans, absent = [], []
    for indicator in indicators:
        plan, reason = _plan(connection, indicator, tables[indicator.source], roles, problems)
        if plan is None:
            absent.append((indicator, reason))
        else:
            plans.append(plan)
    return plans, absent


def _table(connection: duckdb.DuckDBPyConnection, name: str, roles: Mapping[str, Role]) -> Table | None:
    """The table of a role or source; None for a role that no source has."""
    table = find_table(connection, name, roles)
    if table is None or name in roles or table.role in roles.values():
        return table
    return table if connection.execute(f"SELECT 1 FROM {quote(table.name)} LIMIT 1").fetchone() else None


def _identified(table: Table | None, name: str, catalogue: Catalogue) -> Table | None:
    """The table with the fields by which the sources called `name`, or of that role, single out a person or a row."""
    if table is None:
        return None
    sources = (s for s in catalogue.sources.values() if name in (s.id, s.role.value))
    return replace(table, identifying=table.identifying.union(*(s.identifying for s in sources)))


def _plan(
    connection: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    table: Table | None,
    roles: Mapping[str, Role],
    problems: list[Problem],
) -> tuple[Plan | None, Reason]:
    if table is None:
        is_role = indicator.source in {role.value for role in Role} - {Role.OTHER.value}
        what = (
            "no source has the role" if is_role or indicator.source in roles else "there is no source called"
        )
        if indicator.source == Role.OTHER:
            what = "each source of the role 'other' is measured by its own name, and none is called"
        message = f"{what} '{indicator.source}', so '{indicator.id}' is not measured"
        known = [*roles, *(role.value for role in Role if role is not Role.OTHER)]
        hint = "" if is_role else suggest(indicator.source, known)
        severity = Severity.WARNING if is_role else Severity.ERROR
        problems.append(Problem(indicator.locate("source"), "indicator-source", message, hint, severity))
        return None, Reason.NO_SOURCE
    plan, found = plan_indicator(connection, indicator, table)
    if plan is not None and plan.kind is IndicatorKind.WITHIN_TARGET:
        found = check_within_target(plan)
    if plan is not None and plan.kind is IndicatorKind.AVAILABILITY and table.role is not Role.OUTAGES:
        message = "availability is measured from a source of the role 'outages'"
        found = [Problem(indicator.locate("source"), "indicator-source", message)]
    if plan is not None and not found:
        found = list(check_breakdown(connection, plan))
        problems += [] if found else empty_breakdowns(connection, plan)
    problems += found
    return (None, Reason.FAULTY) if found else (plan, Reason.NO_ROWS)


def reading_of(catalogue: Catalogue, inquiry: Inquiry, working_time: WorkingTimeTable) -> Reading:
    """How the tables of a catalogue are read in an inquiry."""
    known = {
        "service": frozenset(catalogue.services),
        "segment": frozenset(catalogue.segments),
        "client": frozenset(catalogue.clients),
    }
    return Reading(
        inquiry.quarters,
        catalogue.organisation.time_zone,
        MappingProxyType(known),
        inquiry.limit,
        working_time,
        inquiry.crossed,
    )


def _with_working_time(
    connection: duckdb.DuckDBPyConnection, plans: list[Plan], catalogue: Catalogue, inquiry: Inquiry
) -> tuple[list[Plan], WorkingTimeTable, dict[str, EdgeTable]]:
    """The plans, once the engine knows the calendars for every day that their tables speak of; and these calendars."""
    zone = catalogue.organisation.time_zone
    pauses = _table(connection, Role.PAUSES.value, {})
    tables = {plan.table.name: plan.table for plan in plans if plan.asks_calendars}
    if pauses is not None:
        tables[pauses.name] = pauses
    moments = {name: known_until(connection, table, inquiry.today, zone) for name, table in tables.items()}
    register_moments(connection, moments)
    first, last = _days_spoken_of(connection, tables.values(), inquiry)
    edges = _edges(catalogue, first, last)
    working_time = register_edges(connection, edges)
    judged = []
    for plan in plans:
        if plan.kind is IndicatorKind.WITHIN_TARGET:
            cases = Cases(inquiry.quarters, zone, moments[plan.table.name], working_time, pauses)
            plan = judge_cases(connection, plan, catalogue, cases)
        judged.append(plan)
    return judged, working_time, edges


def _days_spoken_of(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], inquiry: Inquiry
) -> tuple[date, date]:
    days = [inquiry.quarters[0].first_day, inquiry.quarters[-1].last_day, inquiry.today]
    for table in tables:
        dated = [
            quote(name)
            for name, kind in table.fields.items()
            if kind == "DATE" or kind.startswith("TIMESTAMP")
        ]
        parts = [f"{edge}(CAST({name} AS DATE))" for name in dated for edge in ("min", "max")]
        row = (
            connection.execute(f"SELECT {', '.join(parts)} FROM {quote(table.name)}").fetchone()
            if parts
            else ()
        )
        days += [day for day in row or () if day is not None]
    return max(min(days) - _MARGIN, _EARLIEST), min(max(days) + _MARGIN, _LATEST)


def _edges(catalogue: Catalogue, first: date, last: date) -> dict[str, EdgeTable]:
    zone = catalogue.organisation.time_zone
    edges = {
        name: working_edges(calendar, zone, first, last)
        for name, calendar in sorted(catalogue.calendars.items())
    }
    begins = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()) - 86_400
    ends = int(datetime(last.year, last.month, last.day, tzinfo=UTC).timestamp()) + 2 * 86_400
    edges[ALWAYS] = EdgeTable(begins, ends, (begins,), (ends,), tuple(range(begins, ends, 86_400)))
    return edges


def _from_tally(
    tally: Tally, inquiry: Inquiry, working_time: WorkingTimeTable, incomplete: frozenset[Period]
) -> Stock:
    plan = tally.plan
    previous = {quarter: quarter.previous for quarter in inquiry.quarters}
    shown = {s for s in tally.scopes() if is_published(s) and (inquiry.crossed or len(s.kinds) < 2)}
    estimates = {
        (quarter, scope): estimate(plan, cell, tally.cell(previous[quarter], scope))
        for (quarter, scope), cell in tally.cells.items()
        if scope in shown
    }
    respondents: dict[Period, dict[Scope, int]] = {}
    if plan.respondent is not None:
        for (quarter, scope), cell in tally.cells.items():
            respondents.setdefault(quarter, {})[scope] = int(cell.get("respondents") or 0)
    promised = {
        key: TargetInForce(fraction(cell["promised"]) / int(cell["n"]), from_agreements=True)
        for key, cell in tally.cells.items()
        if cell.get("promised") and cell["n"] and plan.indicator.unit is IndicatorUnit.PERCENT
    }
    return Stock(
        indicator=plan.indicator,
        plan=plan,
        estimates=estimates,
        respondents=respondents,
        promised=promised,
        incomplete=incomplete,
        queries=tally.queries,
        working_time=working_time,
    )


def _with_satisfaction(stock: Stock, catalogue: Catalogue, inquiry: Inquiry) -> Stock:
    """The stock with what agreements promise for each service; a target of the definition goes before it."""
    promised = {
        (quarter, scope): TargetInForce(value, from_agreements=True)
        for scope in stock.scopes()
        if scope.service in catalogue.services and not scope.client
        for quarter in inquiry.quarters
        if (
            value := promised_satisfaction(
                catalogue, scope.service, scope.segment, stock.indicator.unit, quarter
            )
        )
        is not None
    }
    return replace(stock, promised={**stock.promised, **promised})


def _incomplete(tally: Tally, inquiry: Inquiry, gaps: frozenset[Period]) -> frozenset[Period]:
    """Closed quarters that have a gap, or rows in fewer months than usual; only where totals suffer from it."""
    plan = tally.plan
    if not _suffers(plan):
        return frozenset()
    months = {quarter: tally.cell(quarter, EVERYTHING).get("months", 0) for quarter in inquiry.quarters}
    usual = max(months.values(), default=0)
    short = gaps | {quarter for quarter in _over(inquiry) if 0 < months[quarter] < usual}
    if plan.kind is IndicatorKind.GROWTH:
        short |= {quarter for quarter in inquiry.quarters if quarter.previous in short}
    return short


def _suffers(plan: Plan) -> bool:
    """True when the rows are added up, of a table that has some all the time."""
    return adds_up(plan.indicator) and plan.table.role in DENSE


def adds_up(indicator: Indicator) -> bool:
    """True when the value grows with the days that are counted: half a period has half of it."""
    return indicator.kind in _ADDED_UP and indicator.over_time not in (OverTime.MEAN, OverTime.LAST)


def _over(inquiry: Inquiry) -> tuple[Period, ...]:
    return tuple(quarter for quarter in inquiry.quarters if quarter.last_day < inquiry.today)


def _gaps(
    connection: duckdb.DuckDBPyConnection, plans: Iterable[Plan], catalogue: Catalogue, inquiry: Inquiry
) -> dict[tuple[str, str], frozenset[Period]]:
    """The quarters that have a gap, of each table and date that a total is made from."""
    read = {(plan.table.name, plan.date): plan.table.fields[plan.date] for plan in plans if _suffers(plan)}
    quarters = _over(inquiry)
    if not read or not quarters:
        return {}
    week, closed = closed_days(catalogue, quarters)
    return {
        (table, field): quarters_with_gaps(
            days_with_rows(connection, table, field, kind, quarters), quarters, week, closed
        )
        for (table, field), kind in sorted(read.items())
    }
