"""Values that no scale has: what plans added up in; a warning for each that left such rows out, with the first places, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import duckdb

from comptoir.measure.queries import Scan, off_scale_query
from comptoir.measure.sql.engine import run_query
from comptoir.measure.tallies import Reading, Tally
from comptoir.measure.types import EVERYTHING
from comptoir.problems import Problem, Severity

RULE: Final = "data-scale"
_SHOWN: Final = 5


def tell_off_scale(
    connection: duckdb.DuckDBPyConnection, tallies: Iterable[Tally], reading: Reading
) -> Iterator[Problem]:
    """The rows that a definition leaves out since their value is not on its scale, in all the quarters asked for.

    Raises QueryError when the engine does not finish in time.
    """
    for tally in tallies:
        plan = tally.plan
        if not any(cell.get("off_scale") for (_, scope), cell in tally.cells.items() if scope == EVERYTHING):
            continue
        scan = Scan(plan.table, plan.date, (plan,), reading.quarters, reading.time_zone, reading.working_time)
        rows = run_query(connection, off_scale_query(scan, _SHOWN), reading.limit)
        count, scale = int(rows[0]["rows"]), plan.indicator.value_scale
        places = ", ".join(f"{row['file']}:{row['line']}" for row in rows) + (
            "…" if count > len(rows) else ""
        )
        what = (
            "no whole number from 0 to 10"
            if scale is None
            else f"outside the scale from {scale[0]} to {scale[1]}"
        )
        if plan.indicator.counts is not None:
            what = "more cases above the line than below, or fewer than none"
        message = f"{count} {'row' if count == 1 else 'rows'} left out, {what}: {places}"
        yield Problem(plan.indicator.locate("kind"), RULE, message, severity=Severity.WARNING)
