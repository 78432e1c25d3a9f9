"""Duplicates: the table of a source and its key in, one row a key in the table, the others left out, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from comptoir.measure.reading.keeping import EXCLUDED, Keeper
from comptoir.measure.reading.loading import MAX_PROBLEMS
from comptoir.measure.reading.types import Exclusion
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Duplicates
from comptoir.model.roles import Role
from comptoir.problems import Problem, Severity

RULE: Final = "data-duplicate"
NUMBER: Final = "number"
_ROWS: Final = "comptoir_duplicates"
_HASHES: Final = "comptoir_hashes"
_AT_ONCE: Final = 2_000_000  # hashes in memory


def leave_out_duplicates(keeper: Keeper) -> Iterator[Problem]:
    """Keep one row of each key, by the rule of the source, and leave the others out.

    `refuse`: a second row is a problem; the first is kept. `first`: the first in the order of files and lines.
    `latest`: the one with the highest value of `latest_by`; where two share it and differ in another field, the
    first of them is kept, and told.
    """
    source = keeper.source
    if not source.key:
        yield from _note_repeated(keeper)
        return
    _collect(keeper)
    faulty = {
        Duplicates.REFUSE: "place > 1",
        Duplicates.LATEST: "place > 1 AND latest IS NOT DISTINCT FROM kept_latest AND whole <> kept_whole",
    }.get(source.duplicates)
    if faulty is not None:
        yield from _refuse(keeper, faulty)
    keeper.connection.execute(
        f"INSERT INTO {EXCLUDED} SELECT {literal(source.id)}, file, line, {literal(Exclusion.DUPLICATE)}, "
        f"'kept: ' || kept_file || ', line ' || kept_line FROM {_ROWS} WHERE place > 1 ORDER BY id"
    )
    keeper.connection.execute(
        f"DELETE FROM {keeper.table} WHERE rowid IN (SELECT id FROM {_ROWS} WHERE place > 1)"
    )
    keeper.connection.execute(f"DROP TABLE {_ROWS}")


def _note_repeated(keeper: Keeper) -> Iterator[Problem]:
    """A warning where rows of requests share the number of a ticket and nothing says what they are: each counts as a case."""
    source, number = keeper.source, quote(NUMBER)
    if source.role is not Role.REQUESTS or NUMBER not in source.columns:
        return
    told = keeper.connection.execute(
        f"SELECT count({number}) - count(DISTINCT hash({number})) FROM {keeper.table} WHERE {number} <> ''"
    ).fetchone()
    if not told or not told[0]:
        return
    first = keeper.connection.execute(
        f"""SELECT {number}, count(*), min_by(_file, rowid), min(_line), max(_line) FROM {keeper.table}
WHERE {number} <> '' GROUP BY {number} HAVING count(*) > 1 ORDER BY min(rowid) LIMIT 1"""
    ).fetchone()
    assert first is not None
    name, rows, file, line, last = first
    count = told[0]
    message = (
        f"{count} row{'s' if count > 1 else ''} under the number of another row, such as '{name}' ({rows} rows, "
        f"lines {line} to {last}): each is counted as a request of its own"
    )
    hint = "declare 'key: [number]', with 'duplicates: latest' where the later row is right, or 'events' where they are the history of a ticket"
    yield Problem(keeper.locate(file, line), RULE, message, hint, Severity.WARNING)


def _collect(keeper: Keeper) -> None:
    """Put the rows that share their key into a table, each with its place among them and the row that is kept.

    Hashes of keys are compared first: of millions of different keys, few rows are looked at. They are compared a
    share at a time, so that memory holds only so many.
    """
    source = keeper.source
    key = ", ".join(quote(name) for name in source.key)
    latest = quote(source.latest_by) if source.latest_by else "NULL"
    whole = f"row({', '.join(map(quote, source.columns))})::VARCHAR" if source.latest_by else "NULL"
    order = "latest DESC NULLS LAST, id" if source.latest_by else "id"
    rows = keeper.connection.execute(f"SELECT count(*) FROM {keeper.table}").fetchone()
    shares = 1 + (int(rows[0]) if rows else 0) // _AT_ONCE
    connection = keeper.connection
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_HASHES} (h UBIGINT)")
    for share in range(shares):
        connection.execute(
            f"INSERT INTO {_HASHES} SELECT hash({key}) AS h FROM {keeper.table} "
            f"WHERE h % {shares} = {share} GROUP BY h HAVING count(*) > 1"
        )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {_ROWS} AS
WITH shared AS (
  SELECT rowid AS id, {key}, {latest} AS latest, {whole} AS whole, _file AS file, _line AS line FROM {keeper.table}
  WHERE hash({key}) IN (SELECT h FROM {_HASHES})
)
SELECT *, row_number() OVER same AS place,
  first_value(file) OVER same AS kept_file, first_value(line) OVER same AS kept_line,
  first_value(latest) OVER same AS kept_latest, first_value(whole) OVER same AS kept_whole
FROM shared WINDOW same AS (PARTITION BY {key} ORDER BY {order})"""
    )
    connection.execute(f"DROP TABLE {_HASHES}")


def _refuse(keeper: Keeper, condition: str) -> Iterator[Problem]:
    source = keeper.source
    severity = Severity.WARNING if source.latest_by else Severity.ERROR
    key = ", ".join(f"{quote(name)}::VARCHAR" for name in source.key)
    found = keeper.connection.execute(
        f"SELECT file, line, kept_file, kept_line, [{key}], latest::VARCHAR FROM {_ROWS} WHERE {condition} ORDER BY id"
    ).fetchall()
    for file, line, *kept in found[:MAX_PROBLEMS]:
        yield Problem(keeper.locate(file, line), RULE, _message(keeper, kept), severity=severity)
    if len(found) > MAX_PROBLEMS:
        message = f"{len(found) - MAX_PROBLEMS} more duplicates in the rows of this source are not listed"
        yield Problem(source.locate("key"), RULE, message, severity=severity)


def _message(keeper: Keeper, kept: list[Any]) -> str:
    file, line, values, latest = kept
    source = keeper.source
    named = ", ".join(f"{name} '{value}'" for name, value in zip(source.key, values, strict=True))
    where = keeper.locate(file, line)
    if source.latest_by is None:
        return f"{named} stands already at {where.file}:{where.line}"
    value = "empty" if latest is None else f"'{latest}'"
    return f"{named} has the same '{source.latest_by}', {value}, as {where.file}:{where.line}: the first in the file is kept"
