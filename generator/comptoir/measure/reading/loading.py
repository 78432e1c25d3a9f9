"""Loads one source: its files in, a table with every row of them and the problems of its values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from comptoir.measure.reading.cache import key_of_rows, take_rows, write_part
from comptoir.measure.reading.csv_files import RULE_CELLS, RULE_FILE, Loaded, load_csv
from comptoir.measure.reading.examine import hash_file
from comptoir.measure.reading.messages import explain_value, is_total
from comptoir.measure.reading.parquet_files import load_parquet, read_cells
from comptoir.measure.reading.records import RecordCell, find_records
from comptoir.measure.reading.selecting import create_table
from comptoir.measure.reading.types import Places, SourceFile, table_of
from comptoir.measure.reading.workbooks import as_csv
from comptoir.measure.sql.engine import literal
from comptoir.model.metrics import Source
from comptoir.problems import Location, Problem, Severity, suggest
from comptoir.sources.data_files import HASH_ENDING, match_files, recorded_hash
from comptoir.spaces import plain_spaces

RULE_VALUE: Final = "data-value"
RULE_SOURCE: Final = "source"  # as the rule of the same name, which says it without reading
RULE_FETCHED: Final = "data-fetched"
MAX_PROBLEMS: Final = 50


@dataclass(slots=True)
class SourceLoad:
    """A source on its way: what was read so far, and what is wrong with it, the first ones up to a bound."""

    source: Source
    files: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ragged: list[tuple[str, int, str]] = field(default_factory=list)  # file, line, what: rows that are none
    ragged_count: int = 0
    left: list[tuple[str, int]] = field(
        default_factory=list
    )  # file, line of rows that the dialect leaves out
    said: int = 0
    unsaid: int = 0
    cached: list[str] = field(default_factory=list)

    def say(self, problem: Problem) -> None:
        """Add a problem of a row, or only count it beyond the bound."""
        if self.said < MAX_PROBLEMS:
            self.problems.append(problem)
            self.said += 1
        else:
            self.unsaid += 1

    def close(self) -> None:
        """Say how many problems of rows there are beyond those said."""
        if self.unsaid:
            message = f"{self.unsaid} more problems in the rows of this source are not listed"
            self.problems.append(Problem(self.source.locate("files"), RULE_VALUE, message))


def load_source(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    data: Mapping[str, Path],
    places: Places,
    zone: str,
) -> SourceLoad:
    """Make the table of `source` from its files among `data` (name → place); `zone` is the organisation's."""
    load = SourceLoad(source)
    names: set[str] = set()
    for index, pattern in enumerate(source.files):
        found = match_files(pattern, data)
        names.update(found)
        if not found:
            message = f"no file of the data folder is called '{pattern}'"
            hint = "'comptoir fetch' brings it" if source.fetch else suggest(pattern, data)
            load.problems.append(Problem(source.locate("files", index), RULE_SOURCE, message, hint))
    create_table(connection, source, sorted(names))
    for name in sorted(names):
        shown = f"{places.shown}/{name}"
        try:
            _load_file(connection, load, name, data[name], places, source.dialect.time_zone or zone)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            load.problems.append(Problem(Location(shown), RULE_FILE, message))
    load.close()
    return load


def _load_file(
    connection: duckdb.DuckDBPyConnection, load: SourceLoad, name: str, path: Path, places: Places, zone: str
) -> None:
    source, shown = load.source, f"{places.shown}/{name}"
    if name.lower().endswith(".parquet"):
        loaded = load_parquet(connection, source, name, path, shown, zone)
        load.problems += _check_record(source, path, shown, loaded.sha256)
        _report(connection, load, name, path, shown, loaded)
        return
    store = places.store if path.stat().st_size >= places.least_cached else None
    if store is not None and not store.is_empty():
        sha256 = hash_file(path)
        key = key_of_rows(source, sha256, zone)
        rows = take_rows(store, connection, source, name, key)
        if rows is not None:
            load.cached.append(key)
            load.files.append(SourceFile(source.id, name, sha256, rows, from_cache=True))
            return
    part = store.begin() if store is not None else None
    try:
        loaded = load_csv(connection, source, name, path, shown, zone, part)
        is_right = _report(connection, load, name, path, shown, loaded)
        is_written = part and is_right and (loaded.is_written or write_part(connection, source, name, part))
        if store is not None and part is not None and is_written:
            load.cached.append(key_of_rows(source, loaded.sha256, zone))
            store.keep(load.cached[-1], part)
    finally:
        if store is not None and part is not None:
            store.discard(part)


def _check_record(source: Source, path: Path, shown: str, sha256: str) -> Iterator[Problem]:
    """A warning where a fetched file is not the one whose hash stands beside it."""
    if source.fetch is not None and recorded_hash(path) not in ("", sha256):
        message = (
            f"the file is not the one that was fetched: its SHA-256 is not that of {path.name}{HASH_ENDING}"
        )
        yield warn(Location(shown), RULE_FETCHED, message, "fetch it again, or commit both files together")


def _report(
    connection: duckdb.DuckDBPyConnection,
    load: SourceLoad,
    name: str,
    path: Path,
    shown: str,
    loaded: Loaded,
) -> bool:
    """Add what became of a file to the load of its source; True when nothing is wrong with it."""
    load.files.append(SourceFile(load.source.id, name, loaded.sha256, loaded.rows))
    load.problems += loaded.problems
    for fault in loaded.faults:
        hint = f"leave_out: [{fault.first}] in the dialect leaves it out" if is_total(fault.first) else ""
        load.say(Problem(Location(shown, fault.line, fault.column), RULE_CELLS, fault.message, hint))
        load.ragged.append((name, fault.record_line, fault.message))
    load.left += [(name, line) for line in loaded.left]
    load.ragged_count += loaded.fault_count
    load.unsaid += loaded.fault_count - len(loaded.faults)
    bad = _bad_values(connection, load.source, name) if loaded.rows else 0
    if bad:
        said = 0
        for problem in _explain_values(connection, load.source, name, path, shown, loaded):
            load.say(problem)
            said += 1
        load.unsaid += bad - said
    return not (loaded.problems or loaded.fault_count or loaded.left or bad)


def _bad_values(connection: duckdb.DuckDBPyConnection, source: Source, name: str) -> int:
    answer = connection.execute(
        f"SELECT coalesce(sum(bit_count(_bad)), 0) FROM {table_of(source.id)} "
        f"WHERE _bad <> 0 AND _file = {literal(name)}"
    ).fetchone()
    return int(answer[0]) if answer else 0


def _explain_values(
    connection: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path, shown: str, loaded: Loaded
) -> Iterator[Problem]:
    """A problem for each of the first values of a file that could not be read, at its cell."""
    found = connection.execute(
        f"SELECT _line, _bad FROM {table_of(source.id)} WHERE _bad <> 0 AND _file = {literal(name)} "
        f"ORDER BY _line LIMIT {MAX_PROBLEMS}"
    ).fetchall()
    wanted = [
        (line, name_of)
        for line, word in found
        for bit, name_of in enumerate(source.columns)
        if word >> bit & 1
    ][:MAX_PROBLEMS]
    if name.lower().endswith(".parquet"):
        headers = {f: source.header_of(f) or f for f in loaded.positions}
        cells = read_cells(connection, path, headers, sorted({line for line, _ in wanted}))
        for line, of in wanted:
            yield _value_problem(source, of, RecordCell(cells[line][of], line, 1), shown)
        return
    dialect = source.dialect
    lines = frozenset(line for line, _ in wanted)
    with as_csv(path, source) as (text, encoding):
        records = find_records(text, encoding.value, dialect.separator, dialect.quote, lines)
    for line, of in wanted:
        yield _value_problem(source, of, records[line].cells[loaded.positions[of]], shown)


def _value_problem(source: Source, name: str, cell: RecordCell, shown: str) -> Problem:
    meanings = {plain_spaces(word): meaning for word, meaning in source.columns[name].values.items()}
    text = meanings.get(plain_spaces(cell.text), cell.text)
    message, hint = explain_value(source, name, text)
    return Problem(Location(shown, cell.line, cell.column), RULE_VALUE, f"{name}: {message}", hint)


def warn(where: Location, rule: str, message: str, hint: str = "") -> Problem:
    """A problem that does not stop publication."""
    return Problem(where, rule, message, hint, Severity.WARNING)
