"""Computed columns: the table of a source with its columns as read in, the same with those that expressions make out.

What an expression gives is read like a cell: a text by the dialect, the words and the dates of its column, a value with a
type by that type, as in a Parquet file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.measure.reading.conversions import (
    Conversion,
    convert_text,
    convert_typed,
    meaning_of,
    without_spaces,
)
from comptoir.measure.reading.keeping import Keeper
from comptoir.measure.reading.loading import MAX_PROBLEMS, RULE_VALUE
from comptoir.measure.reading.messages import explain_value
from comptoir.measure.reading.types import TEXTUAL, Exclusion
from comptoir.measure.sql.engine import LIMIT, QueryError, bounded, quote
from comptoir.measure.sql.expressions import Expression, Fault, parse_expression
from comptoir.model.metrics import Source
from comptoir.problems import Problem

RULE: Final = "source-expression"
_MADE: Final = "comptoir_made"


def compute_columns(keeper: Keeper, zone: str) -> Iterator[Problem]:
    """Fill the columns that have an expression, and leave out the rows whose value cannot be read, each told.

    `zone` is that of local times. The engine must be locked down.
    """
    source = keeper.source
    known = frozenset(name for name, column in source.columns.items() if column.expression is None)
    for name, column in source.columns.items():
        if column.expression is None:
            continue
        judged = judge(keeper, ("columns", name, "expression"), column.expression, known, RULE)
        if isinstance(judged, Problem):
            yield judged
            continue
        try:
            with bounded(keeper.connection, LIMIT):
                yield from _compute(keeper, name, judged, source.dialect.time_zone or zone)
        except QueryError as error:
            where = source.locate("columns", name, "expression")
            yield Problem(where, RULE, f"the engine refuses it: {error}")


def judge(
    keeper: Keeper, path: tuple[str, ...], text: str, known: frozenset[str], rule: str
) -> Expression | Problem:
    """An expression of a source over the fields `known`, or the problem at its place."""
    judged = parse_expression(keeper.connection, text, known)
    if isinstance(judged, Fault):
        where = keeper.source.locate_inside(path, judged.fragment, judged.occurrence)
        return Problem(where, rule, judged.message, judged.hint)
    return judged


def _compute(keeper: Keeper, name: str, expression: Expression, zone: str) -> Iterator[Problem]:
    source, connection = keeper.source, keeper.connection
    described = connection.execute(f"DESCRIBE SELECT {expression.sql} AS w FROM {keeper.table}").fetchone()
    raw_type = str(described[1]) if described else "VARCHAR"
    text, conversion = _conversion(source, name, raw_type, zone)
    if conversion is None:
        message = (
            f"it gives a value of type {raw_type}, which cannot be '{name}' of type '{source.type_of(name)}'"
        )
        yield Problem(source.locate("columns", name, "expression"), RULE, message)
        return
    is_bad = "v IS NULL AND t IS NOT NULL" if source.type_of(name) not in TEXTUAL else "FALSE"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_MADE} AS SELECT id, CAST(t AS VARCHAR) AS t, v, {is_bad} AS is_bad FROM ("
        f"SELECT *, {conversion.value} AS v FROM (SELECT *, {conversion.parsed} AS p FROM ("
        f"SELECT id, {text} AS t FROM (SELECT rowid AS id, {_raw(expression, raw_type)} AS w FROM {keeper.table}))))"
    )
    yield from _explain(keeper, name)
    connection.execute(
        f"UPDATE {keeper.table} SET {quote(name)} = made.v FROM {_MADE} made WHERE made.id = {keeper.table}.rowid"
    )
    keeper.leave_out(f"rowid IN (SELECT id FROM {_MADE} WHERE is_bad)", Exclusion.UNREADABLE, f"'{name}'")
    connection.execute(f"DROP TABLE {_MADE}")


def _raw(expression: Expression, raw_type: str) -> str:
    return without_spaces(expression.typed_sql) if raw_type == "VARCHAR" else expression.typed_sql


def _conversion(source: Source, name: str, raw_type: str, zone: str) -> tuple[str, Conversion | None]:
    """SQL of the text or value that is meant by w, and how it becomes the value of the field."""
    kind = source.type_of(name)
    if raw_type == "VARCHAR" or kind in TEXTUAL or source.columns[name].values:
        return meaning_of(source, name, "CAST(w AS VARCHAR)"), convert_text(source, name, "t", "p", zone)
    return "w", convert_typed(kind, "t", raw_type, "p", zone)


def _explain(keeper: Keeper, name: str) -> Iterator[Problem]:
    """A problem for each of the first rows whose value could not be read."""
    found = keeper.connection.execute(
        f"SELECT _file, _line, t FROM {_MADE} made JOIN {keeper.table} r ON r.rowid = made.id "
        f"WHERE is_bad ORDER BY _file, _line LIMIT {MAX_PROBLEMS}"
    ).fetchall()
    for file, line, text in found:
        message, hint = explain_value(keeper.source, name, text)
        yield Problem(keeper.locate(file, line), RULE_VALUE, f"{name}: {message}", hint)
