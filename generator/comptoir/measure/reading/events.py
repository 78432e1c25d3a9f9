"""Rows that are events: the table of a source with a row an event in, one row a case out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from comptoir.measure.reading.computed import judge
from comptoir.measure.reading.keeping import EXCLUDED, Keeper, leave_out_empty, times
from comptoir.measure.reading.loading import warn
from comptoir.measure.reading.types import SQL_TYPES, Exclusion
from comptoir.measure.sql.engine import LIMIT, QueryError, bounded, literal, quote
from comptoir.model.gathering import Events, Take
from comptoir.model.metrics import Source
from comptoir.problems import Problem

RULE: Final = "source-events"
RULE_TIES: Final = "data-ties"
_CASES: Final = "comptoir_cases"
_EVENTS: Final = "comptoir_events"
_FUNCTIONS: Final[Mapping[Take, str]] = {
    Take.FIRST: "arg_min_null({x}, _place)",
    Take.LAST: "arg_max_null({x}, _place)",
    Take.MIN: "min({x})",
    Take.MAX: "max({x})",
    Take.SUM: "sum({x})",
    Take.COUNT: "count({x})",
    Take.COUNT_DISTINCT: "count(DISTINCT {x})",
    Take.CHANGES: "count(CASE WHEN {x} <> {before} THEN 1 END)",
}


def gather_events(keeper: Keeper) -> Iterator[Problem]:
    """Make one row of the events of each case, with the file and line of its last event; the others are left out.

    Events without a field of the key or of the order are left out and told; events that the order does not tell apart are
    taken in the order of files and lines, and told. The engine must be locked down.
    """
    source = keeper.source
    if source.events is None:
        return
    yield from leave_out_empty(keeper, list(source.events.key), Exclusion.NO_KEY, "it is part of the key")
    yield from leave_out_empty(
        keeper, list(source.events.order), Exclusion.NO_KEY, "events are ordered by it"
    )
    yield from _tell_ties(keeper, source.events)
    conditions = {}
    for name, column in source.columns.items():
        if column.when is not None:
            judged = judge(keeper, ("columns", name, "when"), column.when, frozenset(source.columns), RULE)
            if isinstance(judged, Problem):
                yield judged
                return
            conditions[name] = f" FILTER (WHERE CAST({judged.sql} AS BOOLEAN))"
    try:
        with bounded(keeper.connection, LIMIT):
            _gather(keeper, source, source.events, conditions)
    except QueryError as error:
        yield Problem(source.locate("events"), RULE, f"the engine refuses it: {error}")


def _tell_ties(keeper: Keeper, events: Events) -> Iterator[Problem]:
    fields = (*events.key, *events.order)
    row = keeper.connection.execute(
        f"SELECT sum(n), min(place) FROM (SELECT count(*) AS n, min(struct_pack(file := _file, line := _line)) AS place "
        f"FROM {keeper.table} GROUP BY {', '.join(map(quote, fields))} HAVING count(*) > 1)"
    ).fetchone()
    if row and row[0]:
        message = (
            f"{times(int(row[0]), 'event')} with the same {' and '.join(fields)} as another: "
            "taken in the order of the file"
        )
        hint = "add a field that tells them apart to 'events.order'"
        yield warn(keeper.locate(row[1]["file"], row[1]["line"]), RULE_TIES, message, hint)


def _gather(keeper: Keeper, source: Source, events: Events, conditions: Mapping[str, str]) -> None:
    """Put one row a case in the place of its events."""
    connection, table = keeper.connection, keeper.table
    key = ", ".join(map(quote, events.key))
    order = ", ".join([*map(quote, events.order), "_file", "_line"])
    befores = ", ".join(
        f"lag({quote(of)} IGNORE NULLS) OVER (PARTITION BY {key} ORDER BY {order}) AS {quote(f'_before_{of}')}"
        for of in _watched(source)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {_EVENTS} AS SELECT *, row({order}) AS _place"
        f"{f', {befores}' if befores else ''} FROM {table}"
    )
    made = [
        f"CAST({_taken(source, events, name, conditions.get(name, ''))} AS {SQL_TYPES[source.type_of(name)]}) AS {quote(name)}"
        for name in source.columns
    ]
    last = [f"arg_max({name}, _place) AS {name}" for name in ("_file", "_line")]
    connection.execute(
        f"CREATE OR REPLACE TABLE {_CASES} AS SELECT {', '.join((*made, *last))}, "
        f"0::BIGINT AS _bad, 0::BIGINT AS _notes FROM {_EVENTS} GROUP BY {key} ORDER BY _file, _line"
    )
    connection.execute(
        f"INSERT INTO {EXCLUDED} SELECT {literal(source.id)}, e._file, e._line, {literal(Exclusion.GATHERED)}, '' "
        f"FROM {table} e ANTI JOIN {_CASES} c ON c._file = e._file AND c._line = e._line"
    )
    connection.execute(f"DROP VIEW {_EVENTS}; DROP TABLE {table}; ALTER TABLE {_CASES} RENAME TO {table}")


def _watched(source: Source) -> list[str]:
    """The fields whose changes are counted."""
    return sorted(
        {column.of or name for name, column in source.columns.items() if column.take is Take.CHANGES}
    )


def _taken(source: Source, events: Events, name: str, condition: str) -> str:
    """SQL of what is taken of the events of a case for a field."""
    column = source.columns[name]
    if name in events.key:
        return quote(name)
    take = column.take or Take.LAST
    of = column.of or name
    if take is Take.COUNT and not (column.of or column.is_read):
        return f"count(*){condition}"
    return _FUNCTIONS[take].format(x=quote(of), before=quote(f"_before_{of}")) + condition
