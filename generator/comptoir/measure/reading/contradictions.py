"""Rows that contradict themselves: the table of a source in, the same without them out, each told with its lines.

An end that comes before its start, and a value that its scale does not have, would make a number that looks right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from comptoir.measure.reading.keeping import Keeper, times
from comptoir.measure.reading.loading import warn
from comptoir.measure.reading.types import Exclusion
from comptoir.measure.sql.engine import quote
from comptoir.model.roles import FIELDS
from comptoir.problems import Problem

RULE_ORDER: Final = "data-order"
RULE_SCALE: Final = "data-scale"


def leave_out_contradictions(keeper: Keeper) -> Iterator[Problem]:
    """Leave out rows whose end comes before its start, then rows with a value outside its scale."""
    columns = keeper.source.columns
    for field in FIELDS[keeper.source.role]:
        if field.name in columns and field.after in columns:
            condition = f"{quote(field.name)} < {quote(field.after)}"
            detail = f"'{field.name} ' || {quote(field.name)} || ' < {field.after} ' || {quote(field.after)}"
            told = keeper.tell_and_leave_out(condition, Exclusion.BACKWARDS, detail)
            if told:
                rows, where, places = told
                message = f"{field.name}: before '{field.after}' in {times(rows, 'row')}, left out: {places}"
                yield warn(where, RULE_ORDER, message)
    for name in columns:
        low, high = keeper.source.scale_of(name)
        beyond = [
            f"{quote(name)} {sign} {bound}" for sign, bound in (("<", low), (">", high)) if bound is not None
        ]
        if beyond:
            told = keeper.tell_and_leave_out(
                " OR ".join(beyond), Exclusion.OFF_SCALE, f"'{name} ' || {quote(name)}"
            )
            if told:
                rows, where, places = told
                message = f"{name}: {outside(low, high)} in {times(rows, 'row')}, left out: {places}"
                yield warn(where, RULE_SCALE, message)


def outside(low: Decimal | int | None, high: Decimal | int | None) -> str:
    """In words: not between these bounds, of which one may be absent."""
    if high is None:
        return f"below {low}"
    return f"above {high}" if low is None else f"outside the scale from {low} to {high}"
