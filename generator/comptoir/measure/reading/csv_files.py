"""CSV files: one file of a source in, its typed rows in the source's table and what is wrong with the file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from comptoir.measure.reading.conversions import convert_text, meaning_of, without_spaces
from comptoir.measure.reading.examine import Examined, examine, hash_file
from comptoir.measure.reading.records import (
    Record,
    RecordFault,
    Survey,
    copy_good,
    read_header,
    survey_records,
)
from comptoir.measure.reading.selecting import Layer, glob_escape, insert_kept, insert_rows, write_rows
from comptoir.measure.reading.types import table_of
from comptoir.measure.reading.workbooks import WorkbookError, as_csv
from comptoir.measure.sql.engine import literal
from comptoir.measure.sql.expressions import first_line
from comptoir.model.dialects import Dialect, Encoding
from comptoir.model.metrics import Source
from comptoir.problems import Location, Problem, Severity, suggest
from comptoir.spaces import heading_of, number_headings, plain_spaces

RULE_FILE: Final = "data-file"
RULE_HEADER: Final = "data-header"
RULE_CELLS: Final = "data-cells"
MAX_WIDTH: Final = 2_000
_NOTHING: Final = "\ue000"  # no cell is missing for the engine: the dialect says which are


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: hash, rows in the table, positions of the columns by field, problems, faulty records.

    `left` are the lines of records with other cells than the header that the dialect leaves out. `is_written`: the rows are also where they were to be written, as they are in the table.
    """

    sha256: str
    rows: int
    positions: Mapping[str, int]
    problems: tuple[Problem, ...]
    faults: tuple[RecordFault, ...] = ()
    fault_count: int = 0
    left: tuple[int, ...] = ()
    is_written: bool = False


def load_csv(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    name: str,
    path: Path,
    shown: str,
    zone: str,
    part: Path | None = None,
) -> Loaded:
    """Add the rows of a CSV file, or of a worksheet, to the table of its source.

    `name` is the file's below the folder of data, `shown` its name in problems; rows are written to `part` on their
    way if it is given. Raises OSError for a file that cannot be opened.
    """
    try:
        with as_csv(path, source) as (text, encoding), examine(text, encoding) as examined:
            if text is not path:
                examined = replace(examined, sha256=hash_file(path))
            if examined.fault is not None:
                fault = examined.fault
                where = Location(shown, fault.line, fault.column)
                return _refused(examined, Problem(where, RULE_FILE, fault.message, fault.hint))
            return _CsvFile(connection, source, name, shown, zone, examined, part).load()
    except WorkbookError as error:
        return Loaded(hash_file(path), 0, {}, (Problem(Location(shown), RULE_FILE, str(error), error.hint),))


def unreadable(where: Location, error: duckdb.Error) -> Problem:
    """The problem of a file, or of the files of a source, that the engine does not read."""
    if isinstance(error, duckdb.OutOfMemoryException):
        message = "the rows do not fit in the memory that reading may take"
        return Problem(where, RULE_FILE, message, "export a shorter time, or read fewer columns")
    return Problem(where, RULE_FILE, f"the file cannot be read: {first_line(error)}")


def _refused(examined: Examined, *problems: Problem) -> Loaded:
    return Loaded(examined.sha256, 0, {}, problems)


class _CsvFile:
    """One readable file on its way into the table."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        name: str,
        shown: str,
        zone: str,
        examined: Examined,
        part: Path | None,
    ) -> None:
        self._connection, self._source, self._zone = connection, source, zone
        self._name, self._shown, self._examined, self._part = name, shown, examined, part

    def load(self) -> Loaded:
        dialect = self._source.dialect
        found = read_header(
            self._examined.readable, Encoding.UTF_8.value, dialect.separator, dialect.quote, dialect.skip
        )
        if found is None:
            return _refused(self._examined, Problem(Location(self._shown), RULE_FILE, "the file is empty"))
        header_line, header = found
        if header.fault:
            cell = header.cells[-1]
            where = Location(self._shown, cell.line, cell.column)
            return _refused(self._examined, Problem(where, RULE_CELLS, header.fault))
        if len(header.cells) > MAX_WIDTH:
            message = f"the header has {len(header.cells)} columns; at most {MAX_WIDTH} are read"
            return _refused(self._examined, Problem(Location(self._shown, header_line), RULE_HEADER, message))
        positions, problems = self._find_columns(header)
        if problems:
            return _refused(self._examined, *problems)
        return self._load_rows(header_line, header, positions)

    def _find_columns(self, header: Record) -> tuple[dict[str, int], list[Problem]]:
        """Where the column of each field stands, and what is missing from the header or stands there twice."""
        plain = [heading_of(cell.text) for cell in header.cells]
        names = number_headings(plain)
        positions: dict[str, int] = {}
        problems = []
        for field in self._source.columns:
            column = self._source.header_of(field)
            if column is None:
                continue
            wanted, first = heading_of(column), header.cells[0]
            if wanted in names:
                positions[field] = names.index(wanted)
            elif wanted in plain:
                cell = header.cells[plain.index(wanted, plain.index(wanted) + 1)]
                where, count = Location(self._shown, cell.line, cell.column), plain.count(wanted)
                message = f"the column '{wanted}' stands here {'twice' if count == 2 else f'{count} times'}"
                hint = f"say which one for '{field}': column: {wanted} (1) to {wanted} ({count})"
                problems.append(Problem(where, RULE_HEADER, message, hint))
            else:
                where = Location(self._shown, first.line, first.column)
                message = f"there is no column '{wanted}' for the field '{field}'"
                problems.append(Problem(where, RULE_HEADER, message, suggest(wanted, filter(None, names))))
        return positions, problems

    def _load_rows(self, header_line: int, header: Record, positions: Mapping[str, int]) -> Loaded:
        width, header_end = len(header.cells), header_line + header.lines - 1
        # the engine's strict reader finds no row below a heading whose line break is not that of the rows; where it is
        # lax, every record is surveyed by us, since the ends of lines are mixed
        is_strict = header.lines == 1 or not self._examined.has_mixed_ends
        layer = partial(self._layer, width, header_line, header_end, positions, is_strict)
        try:
            rows, is_written = self._insert(layer(self._examined.readable), header_end + 1)
        except duckdb.OutOfMemoryException as error:
            return self._unreadable(error)
        except duckdb.Error as error:
            return self._load_good_rows(width, header_end, positions, layer, error)
        examined = self._examined
        if examined.lines == header_end + rows and not examined.has_mixed_ends:
            problems = [] if rows else [self._no_rows()]
            return Loaded(examined.sha256, rows, positions, tuple(problems), is_written=is_written)
        return self._place_rows(self._survey(width), header_end, rows, positions)

    def _insert(self, layer: Layer, first_line: int) -> tuple[int, bool]:
        """How many rows are in the table now, and whether they are written too: what cannot be is only slower."""
        if self._part is not None:
            with suppress(duckdb.Error):
                write_rows(self._connection, self._source, layer, first_line, self._part)
                return insert_kept(self._connection, self._source, self._name, self._part), True
        return insert_rows(self._connection, self._source, self._name, layer), False

    def _load_good_rows(
        self,
        width: int,
        header_end: int,
        positions: Mapping[str, int],
        layer: Callable[[Path], Layer],
        refusal: duckdb.Error,
    ) -> Loaded:
        """The engine stops at the first record that is no row: say all of these, and let it read the others alone.

        It could go on by itself, and then keeps every text that it refuses, again for each cell: minutes and gigabytes.
        """
        survey, examined = self._survey(width), self._examined
        if survey.mixed_end is not None:
            return _refused(examined, self._mixed_ends(survey.mixed_end))
        if not survey.faulty:
            return self._unreadable(refusal)
        if survey.is_cut:
            where = Location(self._shown, survey.faulty[-1].start)
            message = f"{len(survey.faulty)} records of this file are no rows: what follows is not looked at"
            cut = Problem(where, RULE_CELLS, message, "export it again")
            return Loaded(examined.sha256, 0, {}, (cut,), survey.faults, len(survey.faulty))
        with TemporaryDirectory(prefix="comptoir-") as folder:
            copy = Path(folder) / "data.csv"
            copy_good(examined.readable, Encoding.UTF_8.value, survey.faulty, copy)
            try:
                rows = insert_rows(self._connection, self._source, self._name, layer(copy))
            except duckdb.Error as error:
                return self._unreadable(error)
        return self._place_rows(survey, header_end, rows, positions)

    def _no_rows(self) -> Problem:
        message = "the file has a header and no rows"
        return Problem(Location(self._shown), RULE_FILE, message, severity=Severity.WARNING)

    def _layer(
        self,
        width: int,
        header_line: int,
        header_end: int,
        positions: Mapping[str, int],
        is_strict: bool,
        readable: Path,
    ) -> Layer:
        source, dialect = self._source, self._source.dialect
        columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
        compression = "gzip" if readable.name.lower().endswith(".gz") else "none"
        rows = f"""read_csv({literal(glob_escape(readable))}, auto_detect = false, header = true, skip = {header_line - 1},
            delim = {literal(dialect.separator)}, quote = {literal(dialect.quote)}, escape = {literal(dialect.quote)},
            columns = {{{columns}}}, nullstr = {literal(_NOTHING)}, compression = '{compression}', strict_mode = {str(is_strict).lower()})"""
        raw = {field: without_spaces(f"c{position}") for field, position in positions.items()}
        texts = {field: meaning_of(source, field, f"w{n}") for n, field in enumerate(raw)}
        conversions = {
            field: convert_text(source, field, f"t{n}", f"p{n}", self._zone) for n, field in enumerate(raw)
        }
        seen = sorted({0, *positions.values()}) if dialect.leave_out else ()
        left = " OR ".join(_is_left(dialect, without_spaces(f"c{place}")) for place in seen)
        return Layer(rows, f"row_number() OVER () + {header_end}", raw, texts, conversions, left)

    def _survey(self, width: int) -> Survey:
        return survey_records(self._examined.readable, Encoding.UTF_8.value, self._source.dialect, width)

    def _place_rows(self, survey: Survey, header_end: int, rows: int, positions: Mapping[str, int]) -> Loaded:
        """Give each row its line where rows and lines do not go together, and say what is no row."""
        problems = [] if rows or survey.faults else [self._no_rows()]
        if survey.mixed_end is not None:
            problems.append(self._mixed_ends(survey.mixed_end))
        elif len(survey.lines) != rows:
            message = f"the file cannot be told into rows: {rows} or {len(survey.lines)}"
            problems.append(Problem(Location(self._shown), RULE_FILE, message, "export it again"))
        else:
            self._set_lines(survey, header_end)
        return Loaded(
            self._examined.sha256,
            rows,
            positions,
            tuple(problems),
            survey.faults,
            len(survey.faulty) - len(survey.left),
            survey.left,
        )

    def _set_lines(self, survey: Survey, header_end: int) -> None:
        moved = [
            (row, line) for row, line in enumerate(survey.lines, header_end + 1) if row != line
        ]  # the table holds the line that a row would have if each took one
        if not moved:
            return
        before, after = [row for row, _ in moved], [line for _, line in moved]
        table = table_of(self._source.id)
        self._connection.execute(
            f"UPDATE {table} SET _line = moved.after "
            "FROM (SELECT unnest($1::BIGINT[]) AS before, unnest($2::BIGINT[]) AS after) moved "
            f"WHERE _file = {literal(self._name)} AND _line = moved.before",
            [before, after],
        )

    def _mixed_ends(self, line: int) -> Problem:
        message = "this line does not end as the first one does: CR LF in one, LF in the other"
        return Problem(Location(self._shown, line), RULE_FILE, message, "export it again, or save it anew")

    def _unreadable(self, error: duckdb.Error) -> Loaded:
        return _refused(self._examined, unreadable(Location(self._shown), error))


def _is_left(dialect: Dialect, text: str) -> str:
    """SQL that is true where `text` (SQL) is what the dialect leaves out, as `Dialect.leaves_out` says."""
    words = ", ".join(literal(plain_spaces(word)) for word in dialect.leave_out)
    begins = (f"starts_with({text}, {literal(begin)})" for begin in dialect.left_beginnings)
    return " OR ".join((f"{text} IN ({words})", *begins))
