"""Breakdowns: a plan in; what keeps it from being measured by a field, and breakdowns that no row fills, out.

Besides services, segments and clients, a definition may be measured by one field of its rows, such as the priority.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb

from comptoir.measure.plans import Plan, is_written
from comptoir.measure.sql.engine import quote
from comptoir.model.metrics import Dimension, IndicatorKind
from comptoir.problems import Problem, Severity, suggest

RULE: Final = "indicator-by"
MOST_PARTS: Final = 50
_WORDY: Final = ("VARCHAR", "BOOLEAN", "BIGINT")


def check_breakdown(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Iterator[Problem]:
    """Why the definition cannot be measured by the free field that it names, if it cannot."""
    indicator, fields = plan.indicator, plan.table.fields
    free = [(index, name) for index, name in enumerate(indicator.by) if name not in set(Dimension)]
    for index, name in free:
        where = indicator.locate("by", index)
        if len(free) > 1:
            message = f"'{free[0][1]}' and '{free[1][1]}': a definition is measured by one field besides services, segments and clients"
            yield Problem(where, RULE, message, f"write a second definition, with by: [{free[1][1]}]")
            return
        if indicator.kind is IndicatorKind.AVAILABILITY:
            yield Problem(where, RULE, "availability is measured by service", "take it out of 'by'")
        elif name not in fields:
            hint = suggest(name, {*fields, *Dimension})
            yield Problem(where, RULE, f"the rows of '{indicator.source}' have no field '{name}'", hint)
        elif name in plan.table.identifying:
            yield Problem(
                where, RULE, f"'{name}' tells one row or person from another: no group has that name"
            )
        elif fields[name] not in _WORDY:
            message = f"'{name}' holds no words: a breakdown is by a text, true or false, or a whole number"
            yield Problem(where, RULE, message)
        else:
            found = connection.execute(
                f"SELECT count(DISTINCT {quote(name)}) FROM {quote(plan.table.name)}"
            ).fetchone()
            if found and found[0] > MOST_PARTS:
                message = f"'{name}' has {found[0]} different values: at most {MOST_PARTS} are a breakdown"
                yield Problem(where, RULE, message, "group them with 'values' in the source")


def empty_breakdowns(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Iterator[Problem]:
    """A warning for each breakdown that the project itself asks for, and of which no row says anything."""
    indicator = plan.indicator
    for index, name in enumerate(indicator.by if is_written(indicator, "by") else ()):
        query = f"SELECT count({quote(name)}), count(*) FROM {quote(plan.table.name)}"
        told, rows = (connection.execute(query).fetchone() or (0, 0)) if name in plan.table.fields else (0, 1)
        if rows and not told:
            message = f"no row of '{indicator.source}' names a {name}, so nothing is measured by {name}"
            hint = f"map '{name}' in the source" + (
                ", or 'client': each client has a segment" * (name == "segment")
            )
            yield Problem(indicator.locate("by", index), RULE, message, hint, Severity.WARNING)
