"""Sums of what looks like a level: plans in, a warning for each that adds up what is counted again every month out.

Staff, licences or open cases that are counted once a month are not three times as many in a quarter. Nobody but the
definition can say so: `over_time`. It is asked for where numbers whose name
speaks of a level come once a month and change little: attendances are steady too, and add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Final

import duckdb

from comptoir.measure.plans import Plan
from comptoir.measure.sql.engine import QueryError, quote, run_query
from comptoir.measure.tallies import Reading
from comptoir.model.metrics import IndicatorKind
from comptoir.problems import Problem, Severity
from comptoir.spaces import without_accents

RULE: Final = "over-time"
_FEWEST: Final = 3  # months that show a rhythm
_MOST: Final = 600  # days that are looked at
_STEADY: Final = Decimal("0.25")  # of the value before: how much half of the changes stay within

_LEVELS: Final = re.compile(
    r"staff|headcount|employee|\bfte|licen[cs]e|seat|user|subscriber|member|device|account|mailbox|\brack|stock|backlog|open|eligible|"
    r"populat|effectif|agent|salari|\betp|utilisateur|abonn|inscrit|poste|parc|compte|encours|en cours|ouvert"
)
"""What counts again each time it is counted, in words of both languages without accents."""


def tell_levels(
    connection: duckdb.DuckDBPyConnection, plans: Iterable[Plan], reading: Reading
) -> Iterator[Problem]:
    """The sums over a quarter or more of values that seem to be a level; none of what the engine cannot add up."""
    if all(period.first_day.month == period.last_day.month for period in reading.quarters):
        return
    for plan in plans:
        named = without_accents(f"{plan.indicator.value} {plan.indicator.id}").replace("_", " ")
        is_total = (
            plan.kind is IndicatorKind.SUM and plan.indicator.over_time is None and _LEVELS.search(named)
        )
        if is_total and plan.fields <= plan.table.fields.keys() and plan.relation is None:
            totals = _monthly(connection, plan, reading)
            if totals and _is_steady([value for _, value in totals]):
                first, last = totals[0][0], totals[-1][0]
                message = (
                    f"adds up '{plan.indicator.value}', which the data give once a month ({first} to {last}) and "
                    "which changes little: a level, such as staff or licences, is not three times as high in a quarter"
                )
                hint = "write 'over_time: mean' or 'last' for a level, 'over_time: total' for what adds up"
                yield Problem(plan.indicator.locate("value"), RULE, message, hint, Severity.WARNING)


def _monthly(
    connection: duckdb.DuckDBPyConnection, plan: Plan, reading: Reading
) -> list[tuple[date, Decimal]]:
    """The total of each day that has rows; [] unless there is one such day a month."""
    day = f"CAST({quote(plan.date)} AS DATE)"
    query = f"""SELECT {day} AS day, sum(v) AS total
FROM (SELECT *, {plan.row["v"]} AS v FROM {quote(plan.table.name)} WHERE {plan.row["kept"]})
WHERE v IS NOT NULL AND {day} IS NOT NULL GROUP BY day ORDER BY day LIMIT {_MOST}"""
    try:
        rows = run_query(connection, query, reading.limit)
    except QueryError:  # measuring it says so, at its expression
        return []
    months = {(row["day"].year, row["day"].month) for row in rows}
    if not _FEWEST <= len(rows) < _MOST or len(months) < len(rows):
        return []
    return [(row["day"], Decimal(row["total"])) for row in rows]


def _is_steady(values: list[Decimal]) -> bool:
    changes = [abs(after - before) / abs(before) for before, after in pairwise(values) if before]
    return len(changes) == len(values) - 1 and median(changes) <= _STEADY
