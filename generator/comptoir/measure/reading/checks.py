"""Rows that are checks: the table of a source with a row a check in, one row a span of down or of unmonitored time out.

A span of down begins at the first check that is down and ends at the next one that is not. Time is unmonitored from the
first check that saw nothing to the next one that did, and from `every` after a check to the next where that is more than
twice `every` later. The last state of a thing ends with monitoring, `every` after its last check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from comptoir.measure.reading.computed import judge
from comptoir.measure.reading.keeping import EXCLUDED, Keeper, leave_out_incomplete, times
from comptoir.measure.reading.loading import warn
from comptoir.measure.reading.types import watched_of
from comptoir.measure.reading.words import settle_words
from comptoir.measure.sql.asked import words_of_texts
from comptoir.measure.sql.engine import LIMIT, QueryError, bounded, literal, quote
from comptoir.measure.sql.expressions import Expression
from comptoir.model.gathering import Checks
from comptoir.problems import Location, Problem, Severity, suggest
from comptoir.spaces import fold

RULE: Final = "source-checks"
RULE_TOLD: Final = "data-checks"
_CHECKS: Final = "comptoir_checks"
_SPANS: Final = "comptoir_spans"
_UNKNOWN, _UP, _DOWN = 0, 1, 2  # of two at one instant the higher counts
_USUAL: Final = frozenset(
    [
        "up",
        "ok",
        "okay",
        "pass",
        "passed",
        "success",
        "successful",
        "green",
        "good",
        "healthy",
        "alive",
        "online",
        "running",
        "available",
        "active",
        "normal",
        "ready",
        "operational",
        "clear",
        "resolved",
        "recovered",
        "recovery",
        "warning",
        "warn",
        "true",
        "yes",
        "on",
        "0",
        "1",
        "200",
    ]
)  # states that nobody needs to be told of when they count as up


def make_spans(keeper: Keeper) -> Iterator[Problem]:
    """Put the spans in the place of the checks, and when each service was watched in a table of its own.

    The engine must be locked down, and the services of the checks be known ones.
    """
    source, checks = keeper.source, keeper.source.checks
    if checks is None:
        return
    yield from leave_out_incomplete(keeper)  # words may have been settled to nothing
    yield from _settle_states(keeper, checks)
    judged: dict[str, Expression] = {}
    for key in ("down", "unknown"):
        text = getattr(checks, key)
        if text is not None:
            found = judge(keeper, ("checks", key), text, frozenset(source.columns), RULE)
            if isinstance(found, Problem):
                yield found
                return
            judged[key] = found
    try:
        with bounded(keeper.connection, LIMIT):
            _order(keeper, checks, judged)
            yield from _tell(keeper, checks)
            _span(keeper, checks)
    except QueryError as error:
        yield Problem(source.locate("checks"), RULE, f"the engine refuses it: {error}")


def _settle_states(keeper: Keeper, checks: Checks) -> Iterator[Problem]:
    """Know the words that the expressions ask for whatever their capitals; tell the ones that may be misspelt, or bad."""
    asked = words_of_texts(keeper.connection, filter(None, (checks.down, checks.unknown)))
    for field, words in sorted(asked.items()):
        if field not in keeper.source.columns:
            continue
        others = settle_words(keeper, field, words, {})
        held = {
            word
            for (word,) in keeper.connection.execute(
                f"SELECT DISTINCT {quote(field)} FROM {keeper.table}"
            ).fetchall()
        }
        for word in sorted(words - held):
            hint = suggest(word, (one.name for one in others))
            if hint.startswith("did you mean"):
                yield warn(
                    keeper.source.locate("checks"), RULE_TOLD, f"no check has the {field} '{word}'", hint
                )
        for one in others:
            if fold(one.name) not in _USUAL:
                message = f"{field} '{one.name}' in {times(one.rows, 'check')}: counted as up, as is all that is neither down nor unknown"
                hint = f"name it in 'checks', or say that it is up: values: {{{one.name}: UP}}"
                yield warn(one.location, RULE_TOLD, message, hint)


def _order(keeper: Keeper, checks: Checks, judged: Mapping[str, Expression]) -> None:
    """A table of the checks with their states, and what comes before and after each of its thing."""
    down = f"CAST({judged['down'].sql} AS BOOLEAN)"
    unknown = f"CAST({judged['unknown'].sql} AS BOOLEAN)" if "unknown" in judged else "FALSE"
    state = (
        f"CASE WHEN {unknown} THEN {_UNKNOWN} WHEN {down} THEN {_DOWN} "
        f"WHEN ({down}) IS NULL OR ({unknown}) IS NULL THEN {_UNKNOWN} ELSE {_UP} END"
    )
    planned = "coalesce(planned, FALSE)" if "planned" in keeper.source.columns else "FALSE"
    things, at = _things(checks), quote(checks.at)
    keeper.connection.execute(f"""CREATE OR REPLACE TEMP TABLE {_CHECKS} AS
SELECT *, lag(_look) OVER w AS _before, lead({at}) OVER w AS _next, max({at}) OVER (PARTITION BY {things}) AS _last FROM (
SELECT *, {state} AS _state, ({down}) IS NULL AS _empty, row({state}, {planned}) AS _look FROM {keeper.table}
QUALIFY row_number() OVER (PARTITION BY {things}, {at} ORDER BY {state} DESC, _file, _line) = 1)
WINDOW w AS (PARTITION BY {things} ORDER BY {at})""")


def _tell(keeper: Keeper, checks: Checks) -> Iterator[Problem]:
    """Ties, disorder, states that are empty, and an `every` that most checks do not keep to."""
    things, at, table = _things(checks), quote(checks.at), keeper.table
    tied = _first(
        keeper, f"SELECT _file, _line FROM {table} QUALIFY count(*) OVER (PARTITION BY {things}, {at}) > 1"
    )
    if tied:
        named = checks.thing or "service"
        message = (
            f"{times(tied[0], 'check')} of the same {named} and {checks.at} as another: down where one of them is, "
            "unknown where none of them knows"
        )
        hint = "" if checks.thing else "'thing' in 'checks' tells several things of one service apart"
        yield warn(tied[1], RULE_TOLD, message, hint)
    late = _first(
        keeper,
        f"SELECT _file, _line FROM {table} QUALIFY {at} < max({at}) OVER (PARTITION BY {things}, _file ORDER BY _line)",
    )
    if late:
        message = f"{times(late[0], 'check')} after a later one in the file: taken in the order of time"
        yield Problem(late[1], RULE_TOLD, message, severity=Severity.NOTICE)
    empty = _first(keeper, f"SELECT _file, _line FROM {_CHECKS} WHERE _empty AND _state = {_UNKNOWN}")
    if empty:
        message = f"{times(empty[0], 'check')} of which 'down' says neither yes nor no: what it looks at is empty, so unknown"
        yield warn(empty[1], RULE_TOLD, message)
    row = keeper.connection.execute(
        f"SELECT quantile_disc(date_diff('microsecond', {at}, _next), 0.5) FROM {_CHECKS} WHERE _next IS NOT NULL"
    ).fetchone()
    usual = Decimal(int(row[0])) / 60_000_000 if row and row[0] is not None else checks.every
    if not checks.every / 2 <= usual <= 2 * checks.every:
        said = f"{round(usual, 4).normalize():f}"
        message = f"most checks come {said} minutes after the one before, and 'every' says {checks.every.normalize():f}"
        yield warn(keeper.source.locate("checks", "every"), RULE_TOLD, message, f"every: {said}")


def _first(keeper: Keeper, rows: str) -> tuple[int, Location] | None:
    """How many rows a query of places gives, and the first place; None for no row."""
    found = keeper.connection.execute(
        f"SELECT count(*), min(struct_pack(file := _file, line := _line)) FROM ({rows})"
    ).fetchone()
    return (int(found[0]), keeper.locate(found[1]["file"], found[1]["line"])) if found and found[0] else None


def _span(keeper: Keeper, checks: Checks) -> None:
    """Put the spans in the place of the checks, each with the fields, the file and the line of its first check."""
    connection, table, source = keeper.connection, keeper.table, keeper.source
    things, at, every = _things(checks), quote(checks.at), _every(checks)
    made = {"start": at, "end": "_until", "unknown": f"_state = {_UNKNOWN}"}
    gap = {"start": f"{at} + {every}", "end": "_next", "unknown": "TRUE"}
    kept = {"service", checks.at, checks.thing}
    spans = ", ".join(f"{made.get(name, quote(name))} AS {quote(name)}" for name in source.columns)
    gaps = ", ".join(
        f"{gap.get(name, quote(name) if name in kept else 'NULL')} AS {quote(name)}"
        for name in source.columns
    )
    connection.execute(f"""CREATE OR REPLACE TABLE {_SPANS} AS SELECT * FROM (
SELECT {spans}, _file, _line, _bad, _notes FROM (
SELECT *, coalesce(lead({at}) OVER (PARTITION BY {things} ORDER BY {at}), _last + {every}) AS _until
FROM {_CHECKS} WHERE _look IS DISTINCT FROM _before) WHERE _state <> {_UP}
UNION ALL SELECT {gaps}, _file, _line, _bad, _notes FROM {_CHECKS} WHERE _next > {at} + 2 * {every}
) ORDER BY _file, _line, start""")
    connection.execute(
        f"CREATE OR REPLACE TABLE {watched_of(source.id)} AS SELECT service, min({at}) AS since, "
        f"max({at}) + {every} AS until FROM {_CHECKS} GROUP BY {things} ORDER BY ALL"
    )
    connection.execute(
        f"INSERT INTO {EXCLUDED} SELECT {literal(source.id)}, c._file, c._line, 'gathered', '' "
        f"FROM {table} c ANTI JOIN {_SPANS} s ON s._file = c._file AND s._line = c._line"
    )
    connection.execute(f"DROP TABLE {_CHECKS}; DROP TABLE {table}; ALTER TABLE {_SPANS} RENAME TO {table}")


def _things(checks: Checks) -> str:
    """SQL of what is checked: of one thing at a time there is one state."""
    return ", ".join(quote(name) for name in dict.fromkeys(("service", checks.thing)) if name)


def _every(checks: Checks) -> str:
    return f"to_microseconds({int(checks.every * 60_000_000)})"
