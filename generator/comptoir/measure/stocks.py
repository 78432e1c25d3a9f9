"""Stocks: definitions, catalogue and tables in; an estimate for each indicator, quarter and scope out, nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import duckdb

from comptoir.measure.availability import (
    Hours,
    covered_quarters,
    hours_of_service,
    read_outages,
    sum_hours,
)
from comptoir.measure.engine import LIMIT, QueryError, quote
from comptoir.measure.estimates import Estimate, estimate, fraction, reasons, scale_of
from comptoir.measure.plans import Plan, plan_indicator
from comptoir.measure.promises import ALWAYS, promised_availability
from comptoir.measure.tables import (
    DENSE,
    Table,
    agreed_calendar,
    end_of_day,
    find_table,
    known_until,
    register_moments,
    register_services,
)
from comptoir.measure.tallies import Reading, Tally, tally_plans
from comptoir.measure.types import EVERYTHING, LeftOut, Reason, Scope, TargetInForce
from comptoir.measure.within_target import Cases, check_within_target, judge_cases
from comptoir.measure.working_sql import WorkingTimeTable, register_edges
from comptoir.measure.working_time import EdgeTable, working_edges
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.roles import Role
from comptoir.model.terms import Lifecycle
from comptoir.periods import Quarter
from comptoir.problems import Problem, Severity, sort_problems, suggest

_ADDED_UP: Final = frozenset(
    {IndicatorKind.COUNT, IndicatorKind.SUM, IndicatorKind.GROWTH, IndicatorKind.DISTINCT}
)
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked: which quarters, all in a row, on which day, and how long one query may take."""

    quarters: tuple[Quarter, ...]
    today: date
    limit: float = LIMIT


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything known of one indicator before it is judged.

    `respondents` counts the people behind each cell, those of unknown names included; empty when n counts no people.
    `promised` is what agreements aim at, `incomplete` the quarters with a gap, `unsure` where too much is unknown.
    """

    indicator: Indicator
    plan: Plan | None
    estimates: Mapping[tuple[Quarter, Scope], Estimate]
    respondents: Mapping[Quarter, Mapping[Scope, int]] = field(default_factory=dict)
    promised: Mapping[tuple[Quarter, Scope], TargetInForce] = field(default_factory=dict)
    incomplete: frozenset[Quarter] = frozenset()
    unsure: frozenset[tuple[Quarter, Scope]] = frozenset()
    queries: tuple[str, ...] = ()
    working_time: WorkingTimeTable | None = None
    absent: Reason = Reason.NO_ROWS

    def scopes(self) -> tuple[Scope, ...]:
        """Every scope that was seen, and always everything."""
        return tuple(sorted({EVERYTHING, *(scope for _, scope in self.estimates)}))


def take_stock(
    catalogue: Catalogue,
    indicators: Iterable[Indicator],
    connection: duckdb.DuckDBPyConnection,
    inquiry: Inquiry,
) -> tuple[dict[str, Stock], tuple[Problem, ...]]:
    """The stock of each indicator by identifier, and the problems of those that cannot be measured."""
    problems: list[Problem] = []
    stocks: dict[str, Stock] = {}
    plans: list[Plan] = []
    indicators = tuple(indicators)
    register_services(connection, catalogue)
    register_moments(connection, {})
    working_time = register_edges(connection, {})  # so that expressions that ask the calendars can be typed
    roles = {name: source.role for name, source in catalogue.sources.items()}
    tables = {name: _table(connection, name, roles) for name in sorted({i.source for i in indicators})}
    for indicator in indicators:
        plan, reason = _plan(connection, indicator, tables[indicator.source], roles, problems)
        if plan is None:
            stocks[indicator.id] = Stock(indicator, None, {}, absent=reason)
        else:
            plans.append(plan)
    if any(plan.asks_calendars for plan in plans):
        plans, working_time = _with_working_time(connection, plans, catalogue, inquiry)
    reading = _reading(catalogue, inquiry, working_time)
    outages = [plan for plan in plans if plan.kind is IndicatorKind.AVAILABILITY]
    tallies, found = tally_plans(connection, [plan for plan in plans if plan not in outages], reading)
    problems += found
    stocks |= {name: _from_tally(tally, inquiry, working_time) for name, tally in tallies.items()}
    days = (
        inquiry.quarters[0].first_day - timedelta(days=2),
        inquiry.quarters[-1].last_day + timedelta(days=2),
    )
    edges = _edges(catalogue, *days) if outages else {}
    for plan in outages:
        try:
            stocks[plan.indicator.id] = _from_outages(connection, plan, catalogue, inquiry, edges)
        except QueryError as error:
            message = f"the engine cannot measure this: {error}"
            problems.append(Problem(plan.indicator.locate("kind"), "expression", message))
    for plan in plans:
        stocks.setdefault(plan.indicator.id, Stock(plan.indicator, None, {}, absent=Reason.FAULTY))
    return dict(sorted(stocks.items())), sort_problems(problems)


def _table(connection: duckdb.DuckDBPyConnection, name: str, roles: Mapping[str, Role]) -> Table | None:
    """The table of a role or source; None for a role that no source has."""
    table = find_table(connection, name, roles)
    if table is None or name in roles or table.role in roles.values():
        return table
    return table if connection.execute(f"SELECT 1 FROM {quote(table.name)} LIMIT 1").fetchone() else None


def _plan(
    connection: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    table: Table | None,
    roles: Mapping[str, Role],
    problems: list[Problem],
) -> tuple[Plan | None, Reason]:
    if table is None:
        is_role = indicator.source in {role.value for role in Role}
        what = (
            "no source has the role" if is_role or indicator.source in roles else "there is no source called"
        )
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
    problems += found
    return (None, Reason.FAULTY) if found else (plan, Reason.NO_ROWS)


def _reading(catalogue: Catalogue, inquiry: Inquiry, working_time: WorkingTimeTable) -> Reading:
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
    )


def _with_working_time(
    connection: duckdb.DuckDBPyConnection, plans: list[Plan], catalogue: Catalogue, inquiry: Inquiry
) -> tuple[list[Plan], WorkingTimeTable]:
    """The plans, once the engine knows the calendars for every day that their tables speak of."""
    zone = catalogue.organisation.time_zone
    pauses = _table(connection, Role.PAUSES.value, {})
    tables = {plan.table.name: plan.table for plan in plans if plan.asks_calendars}
    if pauses is not None:
        tables[pauses.name] = pauses
    moments = {name: known_until(connection, table, inquiry.today, zone) for name, table in tables.items()}
    register_moments(connection, moments)
    first, last = _days_spoken_of(connection, tables.values(), inquiry)
    working_time = register_edges(connection, _edges(catalogue, first, last))
    judged = []
    for plan in plans:
        if plan.kind is IndicatorKind.WITHIN_TARGET:
            cases = Cases(inquiry.quarters, zone, moments[plan.table.name], working_time, pauses)
            plan = judge_cases(connection, plan, catalogue, cases)
        judged.append(plan)
    return judged, working_time


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
    margin = timedelta(days=3)
    return max(min(days) - margin, _EARLIEST), min(max(days) + margin, _LATEST)


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


def _from_tally(tally: Tally, inquiry: Inquiry, working_time: WorkingTimeTable) -> Stock:
    plan = tally.plan
    estimates = {}
    for scope in tally.scopes():
        for quarter in inquiry.quarters:
            before = tally.cell(quarter.previous, scope)
            estimates[quarter, scope] = estimate(plan, tally.cell(quarter, scope), before)
    respondents: dict[Quarter, dict[Scope, int]] = {}
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
        estimates={key: value for key, value in estimates.items() if _is_shown(key[1])},
        respondents=respondents,
        promised=promised,
        incomplete=_incomplete(tally, inquiry),
        queries=tally.queries,
        working_time=working_time,
    )


def _is_shown(scope: Scope) -> bool:
    """False for clients within segments, which only suppression needs to know."""
    return not (scope.client and (scope.segment or scope.service))


def _incomplete(tally: Tally, inquiry: Inquiry) -> frozenset[Quarter]:
    """Closed quarters that have rows in fewer months than the table usually has; only where totals suffer from it."""
    plan = tally.plan
    if plan.kind not in _ADDED_UP or plan.table.role not in DENSE:
        return frozenset()
    months = {quarter: tally.cell(quarter, EVERYTHING).get("months", 0) for quarter in inquiry.quarters}
    usual = max(months.values(), default=0)
    short = {
        quarter for quarter, seen in months.items() if 0 < seen < usual and quarter.last_day < inquiry.today
    }
    if plan.kind is IndicatorKind.GROWTH:
        short |= {quarter for quarter in inquiry.quarters if quarter.previous in short}
    return frozenset(short)


def _from_outages(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    catalogue: Catalogue,
    inquiry: Inquiry,
    edges: Mapping[str, EdgeTable],
) -> Stock:
    zone = catalogue.organisation.time_zone
    now = end_of_day(inquiry.today, zone).replace(tzinfo=UTC)
    outages, query = read_outages(connection, plan, inquiry.quarters, zone, now, inquiry.limit)
    covered = covered_quarters(connection, plan, inquiry.quarters, zone, now)
    names = {
        row[0]
        for row in connection.execute(f"SELECT DISTINCT service FROM {quote(plan.table.name)}").fetchall()
    }
    services = [
        name
        for name, service in sorted(catalogue.services.items())
        if service.lifecycle is not Lifecycle.PIPELINE
        and (
            name in names
            or any(promised_availability(catalogue, name, q) is not None for q in inquiry.quarters)
        )
    ]
    estimates: dict[tuple[Quarter, Scope], Estimate] = {}
    promised: dict[tuple[Quarter, Scope], TargetInForce] = {}
    unsure = set()
    by_service = {name: tuple(outage for outage in outages if outage.service == name) for name in services}
    for quarter in inquiry.quarters:
        hours = {
            name: hours_of_service(
                by_service[name],
                edges[agreed_calendar(catalogue, name) or catalogue.services[name].service_hours],
                quarter,
                zone,
                catalogue.services[name].since,
                min(catalogue.services[name].until or inquiry.today, inquiry.today),
            )
            for name in services
        }
        scopes = {EVERYTHING: services}
        if Dimension.SERVICE in plan.indicator.by:
            scopes |= {Scope(service=name): [name] for name in services}
        for scope, members in scopes.items():
            total = sum_hours(hours, members)
            estimates[quarter, scope] = _estimate_hours(plan.indicator, total, quarter in covered)
            if total.is_too_unknown:
                unsure.add((quarter, scope))
            target = (
                _promised(catalogue, hours, members, quarter) if _is_availability(plan.indicator) else None
            )
            if target is not None:
                promised[quarter, scope] = target
    return Stock(
        plan.indicator,
        plan,
        estimates,
        promised=promised,
        unsure=frozenset(unsure),
        queries=(query,),
        working_time=WorkingTimeTable(0, 0),
    )


def _is_availability(indicator: Indicator) -> bool:
    return indicator.unit is IndicatorUnit.PERCENT and indicator.numerator is None


def _estimate_hours(indicator: Indicator, hours: Hours, is_covered: bool) -> Estimate:
    """Availability in per cent; hours lost for the unit hours; with a numerator, its share of the hours lost."""
    left_out = reasons((LeftOut.PLANNED, hours.planned))
    n = hours.outages - hours.planned
    if not is_covered:
        return Estimate(None, 0, reason=Reason.NO_ROWS)
    if hours.known <= 0:
        return Estimate(None, n, reason=Reason.NOTHING_BELOW_THE_LINE, left_out=left_out)
    hour = Fraction(3600)
    if indicator.numerator is not None:
        if not hours.down:
            return Estimate(None, n, reason=Reason.NO_CASES, left_out=left_out)
        above, below = hours.marked / hour, hours.down / hour
        return Estimate(above / below * scale_of(indicator), n, above, below, left_out=left_out)
    if indicator.unit is not IndicatorUnit.PERCENT:
        return Estimate(hours.down / hour, n, hours.down / hour, left_out=left_out)
    up = (hours.known - hours.down) / hour
    return Estimate(100 * up / (hours.known / hour), n, up, hours.known / hour, left_out=left_out)


def _promised(
    catalogue: Catalogue, hours: Mapping[str, Hours], members: Sequence[str], quarter: Quarter
) -> TargetInForce | None:
    """What agreements promise for these services together, weighed by service hours; none if one promises nothing."""
    total = weight = Fraction(0)
    for name in members:
        promise = promised_availability(catalogue, name, quarter)
        if promise is None:
            return None
        total += promise * hours[name].service
        weight += hours[name].service
    return TargetInForce(total / weight, from_agreements=True) if weight else None
