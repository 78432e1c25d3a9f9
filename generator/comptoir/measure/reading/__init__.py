"""Reading: sources and a folder of data in, typed tables in the engine, what was left out, and problems out.

Everything is read before the engine is locked down; the expressions of sources are only run after that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import duckdb

from comptoir.measure.reading.checks import make_spans
from comptoir.measure.reading.computed import compute_columns
from comptoir.measure.reading.contradictions import leave_out_contradictions
from comptoir.measure.reading.csv_files import unreadable
from comptoir.measure.reading.duplicates import leave_out_duplicates
from comptoir.measure.reading.events import gather_events
from comptoir.measure.reading.keeping import (
    EXCLUDED,
    Keeper,
    apply_where,
    create_excluded,
    leave_out_incomplete,
    leave_out_named,
    leave_out_unreadable,
    note_stand_ins,
    note_values,
)
from comptoir.measure.reading.ledger import check_ledger
from comptoir.measure.reading.loading import SourceLoad, load_source
from comptoir.measure.reading.locking import lock_down, open_engine
from comptoir.measure.reading.monitoring import note_uncovered
from comptoir.measure.reading.segments import derive_segments, lacks_segments
from comptoir.measure.reading.selecting import create_table
from comptoir.measure.reading.types import (
    Exclusion,
    Names,
    Places,
    SourceFile,
    SourceRowsLeftOut,
    Tables,
    UnknownName,
    table_of,
)
from comptoir.measure.reading.unknown import part_unknown
from comptoir.measure.reading.views import create_views, fields_of
from comptoir.measure.sql.engine import quote
from comptoir.model.metrics import Source
from comptoir.model.roles import DATE_FIELD, FieldType, Role
from comptoir.problems import Problem, sort_problems
from comptoir.sources.data_files import list_data_files

__all__ = (
    "Exclusion",
    "Names",
    "Places",
    "SourceFile",
    "SourceRowsLeftOut",
    "Tables",
    "UnknownName",
    "lock_down",
    "open_engine",
    "read_tables",
    "table_of",
)


def read_tables(
    connection: duckdb.DuckDBPyConnection,
    sources: Iterable[Source],
    places: Places,
    known: Names,
    time_zone: str,
) -> tuple[Tables, tuple[Problem, ...]]:
    """Read every source into the engine, lock the engine down, and keep the rows that count.

    `connection` comes from `open_engine`; `time_zone` is that of times which name none, unless their source has its
    own. Nothing is raised for what files hold. A problem that is an error means that the tables lack rows.
    """
    ordered = sorted(sources, key=lambda source: source.id)
    data, problems = list_data_files(places.data, places.shown)
    create_excluded(connection)
    loads = [load_source(connection, source, data, places, time_zone) for source in ordered]
    if places.store is not None:
        places.store.keep_only({key for load in loads for key in load.cached})
    lock_down(connection)
    unknown: list[UnknownName] = []
    for load in loads:
        found, problems_of_rows = _keep_rows(Keeper(connection, load.source, places), load, known, time_zone)
        unknown += found
        problems += [*load.problems, *problems_of_rows]
    create_views(connection, ordered)
    return _tables(connection, loads, unknown), sort_problems(problems)


def _keep_rows(
    keeper: Keeper, load: SourceLoad, known: Names, zone: str
) -> tuple[list[UnknownName], list[Problem]]:
    """Keep the rows of a source that count; none where there is no memory to tell which."""
    try:
        unknown, problems = _tell_rows(keeper, load, known, zone)
    except duckdb.OutOfMemoryException as error:
        create_table(keeper.connection, load.source, ())
        derive_segments(keeper, known)
        _drop_words(keeper)
        unknown, problems = [], [unreadable(load.source.locate("files"), error)]
    return unknown, problems


def _tell_rows(
    keeper: Keeper, load: SourceLoad, known: Names, zone: str
) -> tuple[list[UnknownName], list[Problem]]:
    problems = [*leave_out_named(keeper, load)]
    leave_out_unreadable(keeper, load)
    problems += [
        *note_values(keeper),
        *note_stand_ins(keeper),
        *compute_columns(keeper, zone),
        *apply_where(keeper),
        *gather_events(keeper),
        *leave_out_incomplete(keeper),
        *leave_out_duplicates(keeper),
        *leave_out_contradictions(keeper),
    ]
    unknown, problems_of_names = part_unknown(keeper, known)
    derive_segments(keeper, known)
    problems += [
        *problems_of_names,
        *make_spans(keeper),
        *check_ledger(keeper),
        *note_uncovered(keeper, zone),
    ]
    _drop_words(keeper)
    return unknown, problems


def _drop_words(keeper: Keeper) -> None:
    for column in ("_bad", "_notes"):
        keeper.connection.execute(f"ALTER TABLE {keeper.table} DROP COLUMN {column}")


def _tables(
    connection: duckdb.DuckDBPyConnection, loads: list[SourceLoad], unknown: list[UnknownName]
) -> Tables:
    sources = [load.source for load in loads]
    counted = connection.execute(f"SELECT source, reason, count(*) FROM {EXCLUDED} GROUP BY ALL").fetchall()
    left_out: Counter[tuple[str, Exclusion]] = Counter(
        {(source, Exclusion(reason)): rows for source, reason, rows in counted}
    )
    kept, days = {}, {}
    for load in loads:
        if load.ragged_count:  # the table names the first ones only
            left_out[load.source.id, Exclusion.CELLS] = load.ragged_count
        answer = connection.execute(f"SELECT count(*) FROM {table_of(load.source.id)}").fetchone()
        kept[load.source.id] = int(answer[0]) if answer else 0
        if ends := days_of(connection, load.source):
            days[load.source.id] = ends
    by_role = {role.value: fields_of(role, sources) for role in Role if role is not Role.OTHER}
    by_source = {source.id: {name: source.type_of(name) for name in source.columns} for source in sources}
    for source in filter(lacks_segments, sources):
        by_source[source.id]["segment"] = FieldType.SEGMENT
    return Tables(
        files=tuple(file for load in loads for file in load.files),
        kept=kept,
        left_out=tuple(SourceRowsLeftOut(*key, rows) for key, rows in sorted(left_out.items())),
        unknown=tuple(unknown),
        roles={source.id: source.role for source in sources},
        fields={**by_source, **by_role},
        derived=tuple(source.id for source in sources if lacks_segments(source)),
        days=days,
    )


def days_of(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[date, date] | None:
    """The first and the last day, in UTC, on which a source has a row; None without any, or without days."""
    column = DATE_FIELD[source.role]
    if column not in source.columns:
        return None
    answer = connection.execute(
        f"SELECT CAST(min({quote(column)}) AS DATE), CAST(max({quote(column)}) AS DATE) FROM {table_of(source.id)}"
    ).fetchone()
    return (answer[0], answer[1]) if answer and answer[0] else None
