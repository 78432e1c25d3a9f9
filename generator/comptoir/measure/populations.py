"""Populations: stocks whose n counts people in; for each what must not be shown, why, and which are nearly alike, out.

Definitions over the same rows and values are one population: what they show together is protected together. Of two
that count nearly the same rows, whatever would tell of the few by which they differ is withheld of the narrower one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import duckdb

from comptoir.measure.disclosure_control import (
    LEAST,
    WhoByCell,
    is_published,
    needs_names,
    suppress,
)
from comptoir.measure.people_queries import (
    counted_by,
    differing_query,
    few_query,
    patterns_query,
    respondents_query,
    values,
)
from comptoir.measure.plans import Plan
from comptoir.measure.queries import DIMENSIONS, Scan, group_plans, in_order
from comptoir.measure.sql.engine import QueryError, literal, run_query
from comptoir.measure.stock import Stock
from comptoir.measure.subtraction import withhold_beside
from comptoir.measure.tables import FIRST, FREE, KNOWN, find_table
from comptoir.measure.tallies import UNKNOWN, Reading, refusal, scope_of
from comptoir.measure.types import Reason, Scope
from comptoir.model.metrics import IndicatorKind
from comptoir.model.roles import Role
from comptoir.periods import Period
from comptoir.problems import Problem, Severity

PeriodScope: TypeAlias = tuple[Period, Scope]
Withheld: TypeAlias = Mapping[PeriodScope, Reason]
People: TypeAlias = dict[Period, dict[Scope, int]]

_PARTS: Final = {"promoters": "v >= 9", "passives": "v >= 7 AND v < 9", "detractors": "v < 7"}


@dataclass(frozen=True, slots=True)
class Withholding:
    """By indicator: what must not be shown and why, and the scores whose parts are not told; and what to say of it."""

    reasons: Mapping[str, Withheld]
    partless: Mapping[str, frozenset[PeriodScope]]
    problems: tuple[Problem, ...]


def withhold_people(
    connection: duckdb.DuckDBPyConnection, stocks: Iterable[Stock], reading: Reading
) -> Withholding:
    """What disclosure control withholds of these stocks; everything where the engine cannot tell."""
    counting = (s for s in stocks if s.plan and s.plan.respondent and s.respondents)
    of_people = {s.indicator.id: _over_role(connection, s) for s in counting}
    reasons: dict[str, dict[PeriodScope, Reason]] = {}
    problems: list[Problem] = []
    plans = [stock.plan for _, stock in sorted(of_people.items()) if stock.plan]
    for scan in group_plans(plans, reading.quarters, reading.time_zone, reading.working_time):
        try:
            problems += _withhold_of(_Asked(connection, scan, reading), of_people, reasons)
        except QueryError as error:  # what cannot be judged safe is not shown
            for plan in scan.plans:
                problems.append(refusal(plan, error))
                every = of_people[plan.indicator.id].estimates
                reasons[plan.indicator.id] = dict.fromkeys(every, Reason.SUBTRACTABLE)
    partless = {
        plan.indicator.id: _without_parts(connection, plan, reading, of_people, reasons[plan.indicator.id])
        for plan in plans
        if plan.kind is IndicatorKind.NPS
    }
    return Withholding(reasons, partless, tuple(problems))


def _over_role(connection: duckdb.DuckDBPyConnection, stock: Stock) -> Stock:
    """The same stock, asked of the rows of its role that are of its source: so it is compared with others of that role."""
    plan = stock.plan
    if plan is None or plan.relation or plan.fields & {KNOWN, FIRST} or plan.table.source in set(Role):
        return stock
    table = None if plan.table.role is Role.OTHER else find_table(connection, plan.table.role.value, {})
    if table is None:
        return stock
    kept = f"({plan.row['kept']}) AND _source = {literal(plan.table.source)}"
    return replace(stock, plan=replace(plan, table=table, row=MappingProxyType({**plan.row, "kept": kept})))


def _withhold_of(
    asked: _Asked, stocks: Mapping[str, Stock], reasons: dict[str, dict[PeriodScope, Reason]]
) -> Iterator[Problem]:
    """Adds to `reasons` what is withheld of the plans of a scan; the problems of those that are nearly alike."""
    names = [plan.indicator.id for plan in asked.scan.plans]
    alike, near = _compared(asked)
    for members in alike:
        people = _people_of(asked, [stocks[names[index]] for index in members])
        found = _protect(asked, members[0], people)
        for index in members:
            apart = _other_parts(stocks[names[index]], people)
            reasons[names[index]] = dict(found) | dict.fromkeys(apart, Reason.SUBTRACTABLE)
    for first, second in near:
        yield from _keep_apart(asked, first, second, stocks, reasons)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scan, and whom to ask about its rows."""

    connection: duckdb.DuckDBPyConnection
    scan: Scan
    reading: Reading

    def rows(self, query: str) -> list[dict[str, Any]]:
        """What the engine answers."""
        return run_query(self.connection, query, self.reading.limit)

    def by_cell(self, query: str, by: Collection[str]) -> Iterator[tuple[Period, Scope, dict[str, Any]]]:
        """The same, of a query of cells, with what each row is about."""
        for row in self.rows(query):
            scope = scope_of(row, by, self.reading)
            if scope is not None:
                yield self.scan.quarters[row["q"]], scope, row

    def of(self, *plans: Plan) -> _Asked:
        """The same rows, asked for these plans."""
        return replace(self, scan=replace(self.scan, plans=plans))


def _compared(asked: _Asked) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Which plans count the same rows and values; and which two overlap and differ, with the wider one first."""
    plans = asked.scan.plans
    groups, near = [[index] for index in range(len(plans))], []
    patterns = (
        [(row["counted"], row["n"]) for row in asked.rows(patterns_query(asked.scan))] if groups[1:] else []
    )
    size = [sum(n for counted, n in patterns if counted[i]) for i in range(len(plans))]
    for i, j in combinations(range(len(plans)), 2):
        if not any(counted[i] and counted[j] for counted, _ in patterns):
            continue
        if all(counted[i] == counted[j] for counted, _ in patterns):
            first, second = (next(group for group in groups if k in group) for k in (i, j))
            if first is not second:
                groups = [first + second if g is first else g for g in groups if g is not second]
        elif _shape(plans[i]) == _shape(plans[j]):
            two = asked.of(plans[i], plans[j])
            if not two.rows(differing_query(two.scan))[0]["differs"]:
                near.append((i, j) if size[i] >= size[j] else (j, i))
    return groups, near


def _shape(plan: Plan) -> tuple[object, ...]:
    """What two plans share whose sums can be subtracted."""
    return plan.kind, values(plan), plan.respondent, plan.indicator.quantile


def _people_of(asked: _Asked, stocks: Sequence[Stock]) -> People:
    """The people in each cell of any of these stocks, which are about the same rows."""
    plans = [stock.plan for stock in stocks if stock.plan]
    by = _one_free(in_order(d for plan in plans for d in plan.by))
    whole = next((stock for stock in stocks if stock.plan and stock.plan.by == by), None)
    if whole is not None:
        return {quarter: dict(cells) for quarter, cells in whole.respondents.items()}
    together = asked.of(replace(plans[0], by=by))
    return _count(together, by, respondents_query(together.scan, 0), "respondents")


def _one_free(dimensions: tuple[str, ...]) -> tuple[str, ...]:
    """The dimensions with the first of their fields alone: what several fields tell together is not protected."""
    free = [d for d in dimensions if d.startswith(FREE)]
    return tuple(d for d in dimensions if d not in free[1:])


def _other_parts(stock: Stock, people: People) -> Iterator[PeriodScope]:
    """The cells by another field than that of the people who are protected together: they are not shown."""
    fields = {scope.part.partition("=")[0].lstrip(UNKNOWN) for cells in people.values() for scope in cells}
    for quarter, scope in stock.estimates:
        if scope.part.partition("=")[0] not in {"", *fields}:
            yield quarter, scope


def _dimensions_of(scope: Scope) -> Iterator[str]:
    """The dimensions that a cell is of, as queries name them."""
    yield from (name for name in DIMENSIONS if getattr(scope, name))
    if scope.part:
        yield FREE + scope.part.partition("=")[0].lstrip(UNKNOWN)


def _count(asked: _Asked, by: Collection[str], query: str, name: str) -> People:
    people: People = {}
    for quarter, scope, row in asked.by_cell(query, by):
        people.setdefault(quarter, {})[scope] = int(row[name])
    return people


def _protect(
    asked: _Asked,
    index: int,
    people: People,
    condition: str = "",
    hidden: Collection[PeriodScope] = frozenset(),
) -> dict[PeriodScope, Reason]:
    """What to withhold where so many people are; they are those of plan `index`, or of whom `condition` holds."""
    names: dict[Period, WhoByCell] = {}
    if any(needs_names(cells) for cells in people.values()):
        by = {name for cells in people.values() for scope in cells for name in _dimensions_of(scope)}
        plans = [replace(plan, by=in_order(by)) for plan in asked.scan.plans]
        wide = asked.of(*plans)
        query = few_query(wide.scan, index, condition or counted_by(wide.scan, index), LEAST)
        told: dict[Period, dict[Scope, frozenset[str]]] = {quarter: {} for quarter in people}
        for quarter, scope, row in wide.by_cell(query, by):
            told.setdefault(quarter, {})[scope] = frozenset(row["names"])
        names |= told
    found: dict[PeriodScope, Reason] = {}
    for quarter, cells in people.items():
        already = {scope for when, scope in hidden if when == quarter}
        small, subtractable = suppress(cells, names.get(quarter), already)
        found |= {(quarter, scope): Reason.FEW_RESPONDENTS for scope in small}
        found |= {(quarter, scope): Reason.SUBTRACTABLE for scope in subtractable}
    return found


def _keep_apart(
    asked: _Asked,
    first: int,
    second: int,
    stocks: Mapping[str, Stock],
    reasons: dict[str, dict[PeriodScope, Reason]],
) -> Iterator[Problem]:
    """Withholds of the second plan what would tell, less the first, of the few by which they differ; and says so."""
    plans = asked.scan.plans[first], asked.scan.plans[second]
    wide, narrow = (stocks[plan.indicator.id] for plan in plans)
    by = in_order(d for d in plans[0].by if d in plans[1].by)
    two = asked.of(*(replace(plan, by=by) for plan in plans))
    differ = f"{counted_by(two.scan, 0)} <> {counted_by(two.scan, 1)}"
    people = _count(two, by, respondents_query(two.scan, 0, {"people": differ}), "people")
    secret = reasons[narrow.indicator.id]
    hidden = reasons[wide.indicator.id].keys() | secret.keys()
    found = _protect(two, 0, people, differ, hidden).keys() - secret.keys()
    if not found:
        return
    also = {key for key in reasons[wide.indicator.id] if key in narrow.estimates}
    secret |= dict.fromkeys((found | also) - secret.keys(), Reason.SUBTRACTABLE)
    for quarter in sorted({quarter for quarter, _ in found}):
        cells = {s: n for s, n in narrow.respondents[quarter].items() if n and is_published(s)}
        own = frozenset(s for when, s in secret if when == quarter and s in cells)
        secret |= dict.fromkeys(((quarter, s) for s in withhold_beside(cells, own)), Reason.SUBTRACTABLE)
    few = [(quarter, s, n) for quarter, cells in people.items() for s, n in cells.items() if 0 < n < LEAST]
    quarter, scope, n = max(
        few or [(q, s, people[q].get(s, 0)) for q, s in found], key=lambda one: (one[0], not any(one[1]))
    )
    yield Problem(
        narrow.indicator.locate("where" if narrow.indicator.where else "kind"),
        "nearly-the-same-people",
        f"'{narrow.indicator.id}' and '{wide.indicator.id}' are about nearly the same people: they differ by "
        f"{n} in {quarter} ({scope}), so where one less the other would tell of fewer than {LEAST} people "
        f"'{narrow.indicator.id}' is not shown",
        "keep one of the two definitions, or let their conditions differ by more people",
        Severity.WARNING,
    )


def _without_parts(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    reading: Reading,
    stocks: Mapping[str, Stock],
    withheld: Withheld,
) -> frozenset[PeriodScope]:
    """The scores of which promoters, passives or detractors are so few, or can be subtracted back to so few."""
    [scan] = group_plans([plan], reading.quarters, reading.time_zone, reading.working_time)
    asked = _Asked(connection, scan, reading)
    conditions = {
        name: f"{counted_by(scan, 0)} AND {part.replace('v', 'v_0')}" for name, part in _PARTS.items()
    }
    partless: set[PeriodScope] = set()
    try:
        rows = list(asked.by_cell(respondents_query(scan, 0, conditions), plan.by))
        for name, condition in conditions.items():
            people: People = {}
            for quarter, scope, row in rows:
                people.setdefault(quarter, {})[scope] = int(row[name])
            partless |= _protect(asked, 0, people, condition, withheld.keys() | partless).keys()
    except QueryError:
        return frozenset(stocks[plan.indicator.id].estimates)
    return frozenset(partless)
