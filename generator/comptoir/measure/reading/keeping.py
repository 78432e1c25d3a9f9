"""Keeps the rows that count: the table of a source in, the same without the rows that are left out, each with its reason.

A row leaves the table only into `excluded`. In this order: values that could not be read, `where`, required fields,
keys, duplicates; then names that the catalogue does not have are taken out of the rows that stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from comptoir.measure.reading.loading import SourceLoad, warn
from comptoir.measure.reading.selecting import LEFT_BIT
from comptoir.measure.reading.types import Exclusion, Places, table_of
from comptoir.measure.sql.engine import LIMIT, QueryError, ValueQueryError, bounded, literal, quote
from comptoir.measure.sql.expressions import Expression, Fault, parse_expression
from comptoir.model.metrics import Source
from comptoir.model.roles import FieldType, Role
from comptoir.problems import Location, Problem, Severity

EXCLUDED: Final = "excluded"
RULE_WHERE: Final = "source-where"
RULE_REQUIRED: Final = "data-required"
RULE_LEFT: Final = "data-left-out"
RULE_NOTE: Final = "data-value"
MAX_TRIED: Final = 100
_STAND_INS: Final = ("1900-01-01", "1970-01-01", "1980-01-01", "2099-12-31", "2100-01-01")
_SHOWN: Final = 5  # places of rows left out that a message names
PLACE: Final = "struct_pack(file := _file, line := _line)"  # files are in order, as their names are


@dataclass(frozen=True, slots=True)
class Keeper:
    """The table of one source, from which rows are left out."""

    connection: duckdb.DuckDBPyConnection
    source: Source
    places: Places

    @property
    def table(self) -> str:
        return table_of(self.source.id)

    def locate(self, file: str, line: int) -> Location:
        return Location(f"{self.places.shown}/{file}", line)

    def leave_out(self, condition: str, reason: Exclusion, detail: str) -> int:
        """Move the rows for which `condition` (SQL) holds out of the table; `detail` is SQL of a text."""
        self.connection.execute(
            f"INSERT INTO {EXCLUDED} SELECT {literal(self.source.id)}, _file, _line, {literal(reason)}, {detail} "
            f"FROM {self.table} WHERE {condition}"
        )
        answer = self.connection.execute(f"DELETE FROM {self.table} WHERE {condition}").fetchone()
        return int(answer[0]) if answer else 0

    def first_of(self, condition: str) -> tuple[int, Location] | None:
        """How many rows a condition holds for, and the place of the first; None when for none."""
        row = self.connection.execute(
            f"SELECT count(*), min({PLACE}) FROM {self.table} WHERE {condition}"
        ).fetchone()
        return (int(row[0]), self.locate(row[1]["file"], row[1]["line"])) if row and row[0] else None

    def tell_and_leave_out(
        self, condition: str, reason: Exclusion, detail: str
    ) -> tuple[int, Location, str] | None:
        """Leave rows out, and say how many, the place of the first, and the first places in words; None for no row."""
        found = self.first_of(condition)
        if found is None:
            return None
        first = self.connection.execute(
            f"SELECT _file, _line FROM {self.table} WHERE {condition} ORDER BY _file, _line LIMIT {_SHOWN}"
        ).fetchall()
        places = ", ".join(f"{file}:{line}" for file, line in first)
        self.leave_out(condition, reason, detail)
        return *found, places + ("…" if found[0] > len(first) else "")


def create_excluded(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table of rows left out."""
    connection.execute(
        f"CREATE OR REPLACE TABLE {EXCLUDED} "
        "(source VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR, detail VARCHAR)"
    )


def leave_out_named(keeper: Keeper, load: SourceLoad) -> Iterator[Problem]:
    """Leave out the rows that the dialect says are none, and say how many, and where they stand."""
    if not keeper.source.dialect.leave_out:
        return
    if load.left:
        keeper.connection.executemany(
            f"INSERT INTO {EXCLUDED} VALUES (?, ?, ?, ?, 'leave_out')",
            [(keeper.source.id, file, line, str(Exclusion.FILTERED)) for file, line in load.left],
        )
    keeper.leave_out(f"_notes & {1 << LEFT_BIT} <> 0", Exclusion.FILTERED, "'leave_out'")
    found = keeper.connection.execute(
        f"SELECT file, line, count(*) OVER () FROM {EXCLUDED} WHERE source = {literal(keeper.source.id)} "
        f"AND detail = 'leave_out' ORDER BY file, line LIMIT {_SHOWN}"
    ).fetchall()
    if found:
        rows = found[0][2]
        places = ", ".join(f"{file}:{line}" for file, line, _ in found) + ("…" if rows > len(found) else "")
        message = f"{times(rows, 'row')} left out by 'leave_out': {places}"
        where = keeper.source.locate("dialect", "leave_out")
        yield Problem(where, RULE_LEFT, message, severity=Severity.NOTICE)


def leave_out_unreadable(keeper: Keeper, load: SourceLoad) -> None:
    """Leave out records that are no rows, and rows with a value that could not be read.

    Their problems are said.
    """
    if load.ragged:
        keeper.connection.executemany(
            f"INSERT INTO {EXCLUDED} VALUES (?, ?, ?, ?, ?)",
            [(keeper.source.id, file, line, str(Exclusion.CELLS), what) for file, line, what in load.ragged],
        )
    conditions = {name: f"_bad & {1 << bit} <> 0" for bit, name in enumerate(keeper.source.columns)}
    keeper.leave_out("_bad <> 0", Exclusion.UNREADABLE, _names_where(conditions))


def note_values(keeper: Keeper) -> Iterator[Problem]:
    """A warning for each field whose numbers were rounded, or whose hours the clock skips or shows twice."""
    answer = keeper.connection.execute(f"SELECT coalesce(bit_or(_notes), 0) FROM {keeper.table}").fetchone()
    noted = answer[0] if answer else 0
    for bit, name in enumerate(keeper.source.columns):
        found = keeper.first_of(f"_notes & {1 << bit} <> 0") if noted >> bit & 1 else None
        if found is None:
            continue
        count, where = found
        if keeper.source.type_of(name) is FieldType.NUMBER:
            message = f"{name}: {times(count, 'number')} with more than 6 decimals, rounded to 6"
        else:
            message = (
                f"{name}: {times(count, 'time')} that the clock skips or shows twice; "
                "read as before the clock was changed"
            )
        yield warn(where, RULE_NOTE, message)


def note_stand_ins(keeper: Keeper) -> Iterator[Problem]:
    """A warning for each field with days that tools write where they know none: such a row is of no quarter, or of all."""
    dated = (FieldType.DAY, FieldType.INSTANT)
    for name in keeper.source.columns if keeper.source.role is not Role.OTHER else ():
        if keeper.source.type_of(name) not in dated:
            continue
        days = ", ".join(f"DATE '{day}'" for day in _STAND_INS)
        found = keeper.first_of(f"CAST({quote(name)} + INTERVAL 14 HOUR AS DATE) IN ({days})")
        if found is not None:
            count, where = found
            message = f"{name}: {times(count, 'row')} of a day that tools write where they know none, such as 1970-01-01"
            hint = "say what stands there with 'missing' in the dialect, and it is empty"
            yield warn(where, RULE_NOTE, message, hint)


def apply_where(keeper: Keeper) -> Iterator[Problem]:
    """Leave out the rows that `where` of the source does not hold for. The engine must be locked down."""
    source = keeper.source
    if source.where is None:
        return
    judged = parse_expression(keeper.connection, source.where, frozenset(source.columns))
    if isinstance(judged, Fault):
        where = source.locate_inside(("where",), judged.fragment, judged.occurrence)
        yield Problem(where, RULE_WHERE, judged.message, judged.hint)
        return
    try:
        with bounded(keeper.connection, LIMIT):
            condition = f"CAST({judged.sql} AS BOOLEAN) IS NOT TRUE"
            keeper.leave_out(condition, Exclusion.FILTERED, literal(source.where))
    except QueryError as error:
        place = _failing_row(keeper, judged) if isinstance(error, ValueQueryError) else ""
        yield Problem(source.locate("where"), RULE_WHERE, f"the engine refuses it: {error}{place}")


def _failing_row(keeper: Keeper, judged: Expression) -> str:
    """Where the first row stands that an expression fails on, in words; the row itself is not shown."""
    rows = f"SELECT _file, _line FROM {keeper.table} WHERE "
    try:
        with bounded(keeper.connection, LIMIT):
            found = keeper.connection.execute(
                f"{rows} TRY(CAST({judged.sql} AS BOOLEAN)) IS NULL ORDER BY _file, _line LIMIT {MAX_TRIED}"
            ).fetchall()
    except QueryError:
        return ""
    for file, line in found:
        try:
            with bounded(keeper.connection, LIMIT):
                keeper.connection.execute(
                    f"{rows} _file = {literal(file)} AND _line = {line} AND CAST({judged.sql} AS BOOLEAN)"
                ).fetchall()
        except ValueQueryError:
            columns = ", ".join(keeper.source.header_of(name) or name for name in sorted(judged.fields))
            return f": {keeper.locate(file, line).file}, line {line}, in {columns}"
        except QueryError:
            break
    return ""


def leave_out_incomplete(keeper: Keeper) -> Iterator[Problem]:
    """Leave out rows that lack a field which the role needs, or a field of the key."""
    source = keeper.source
    key = [name for name in source.key if name not in source.required]
    yield from leave_out_empty(
        keeper, list(source.required), Exclusion.REQUIRED, f"the role '{source.role}' needs it"
    )
    yield from leave_out_empty(keeper, key, Exclusion.NO_KEY, "it is part of the key")


def leave_out_empty(keeper: Keeper, names: list[str], reason: Exclusion, because: str) -> Iterator[Problem]:
    """Leave out the rows in which one of the fields is empty, with a warning for each field."""
    conditions = {name: f"{quote(name)} IS NULL" for name in names}
    some = " OR ".join(conditions.values())
    if not some or keeper.first_of(some) is None:
        return
    for name, condition in conditions.items():
        found = keeper.first_of(condition)
        if found is not None:
            message = f"{name}: empty in {times(found[0], 'row')}, left out: {because}"
            yield warn(found[1], RULE_REQUIRED, message)
    keeper.leave_out(some, reason, _names_where(conditions))


def _names_where(conditions: Mapping[str, str]) -> str:
    """SQL of the names whose condition holds, with commas between."""
    parts = (f"CASE WHEN {condition} THEN {literal(name)} END" for name, condition in conditions.items())
    return f"concat_ws(', ', {', '.join(parts)})"


def times(count: int, what: str) -> str:
    """A number of things, in the plural where there are several."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
