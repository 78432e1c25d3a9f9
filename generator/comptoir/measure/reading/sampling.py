"""A look at a data file that no source describes yet: its path in, how it is written, its headings and its rows as text out."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast

import duckdb

from comptoir.measure.reading.locking import open_engine
from comptoir.measure.reading.selecting import glob_escape
from comptoir.measure.reading.workbooks import WorkbookError, read_rows
from comptoir.measure.sql.engine import literal
from comptoir.model.dialects import Encoding
from comptoir.spaces import heading_of, number_headings

MOST_ROWS: Final = 200_000
_MOST_BYTES: Final = 100_000_000
_LOOKED_AT: Final = 40  # lines from which the separator and the place of the headings are told
_SEPARATORS: Final = (";", ",", "\t", "|")
_MARKS: Final = {codecs.BOM_UTF8: Encoding.UTF_8, b"\xff\xfe": Encoding.UTF_16, b"\xfe\xff": Encoding.UTF_16}


class SampleError(Exception):
    """Why a file cannot be looked at, for people."""


@dataclass(frozen=True, slots=True)
class FileSample:
    """A file: how it is written (`separator` and `encoding` are None where they mean nothing), its headings, its rows.

    `skip` lines stand before the headings; `complete` is False where there are more rows than were looked at.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    separator: str | None = None
    encoding: Encoding | None = None
    skip: int = 0
    complete: bool = True

    def column(self, place: int) -> list[str]:
        """The cells of a column that are not empty, without spaces around them."""
        return [row[place].strip() for row in self.rows if place < len(row) and row[place].strip()]


def sample_file(path: Path) -> FileSample:
    """What can be seen of a CSV, a workbook or a Parquet file. Raises SampleError, or OSError if it cannot be opened."""
    name = path.name.lower()
    if name.endswith(".xlsx"):
        return _sample_workbook(path)
    if name.endswith(".parquet"):
        return _sample_parquet(path)
    text, encoding = _read_text(path)
    separator = _find_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [tuple(row) for row in islice(reader, MOST_ROWS + _LOOKED_AT)]
    except csv.Error as error:
        raise SampleError(f"the file cannot be read as CSV: {error}") from error
    return _table(rows, separator, encoding)


def _sample_workbook(path: Path) -> FileSample:
    try:
        rows = read_rows(path, MOST_ROWS + _LOOKED_AT)
    except WorkbookError as error:
        raise SampleError(str(error)) from error
    return _table(rows, None, None)


def _sample_parquet(path: Path) -> FileSample:
    connection = open_engine()
    try:
        cursor = connection.execute(
            f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet({literal(glob_escape(path))}) LIMIT {MOST_ROWS + 1}"
        )
        headings = tuple(str(column[0]) for column in cursor.description or ())
        rows = [tuple("" if cell is None else cell for cell in row) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise SampleError("the file is no Parquet file that can be read") from error
    return FileSample(headings, tuple(rows[:MOST_ROWS]), complete=len(rows) <= MOST_ROWS)


def _read_text(path: Path) -> tuple[str, Encoding]:
    """The text of the file and its encoding, up to a bound: by its mark, else UTF-8 if all of it is, else cp1252."""
    packed = path.name.lower().endswith(".gz")
    try:
        with path.open("rb") as raw:
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
            content = stream.read(_MOST_BYTES)
    except (EOFError, gzip.BadGzipFile) as error:
        raise SampleError("the file is compressed, and cut short or damaged") from error
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SampleError("the file holds NUL characters: it is damaged, or no text")
    encoding = next((found for mark, found in _MARKS.items() if content.startswith(mark)), None)
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding is Encoding.UTF_8 else "utf-8")()
    if encoding is Encoding.UTF_16:
        return content.decode("utf-16", "replace"), encoding
    try:
        return decoder.decode(content), Encoding.UTF_8  # a letter that the bound cuts is not looked at
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), Encoding.CP1252


def _find_separator(text: str) -> str:
    """The separator that gives the most lines of one same width, the wider the better."""
    lines = list(islice(io.StringIO(text, newline=""), _LOOKED_AT))

    def score(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    try:
        return max(_SEPARATORS, key=score)
    except csv.Error as error:
        raise SampleError(f"the file cannot be read as CSV: {error}") from error


def _table(rows: list[tuple[str, ...]], separator: str | None, encoding: Encoding | None) -> FileSample:
    """Headings and rows: the headings are the first row that is as wide as most, with a text in each cell but the last."""
    first = rows[:_LOOKED_AT]
    widths = Counter(_width(row) for row in first if _width(row))
    if not widths:
        raise SampleError("the file is empty: not even a header")
    usual = max(widths, key=lambda width: (widths[width], width))
    place = next((n for n, row in enumerate(first) if _width(row) >= usual), 0)
    headings = tuple(number_headings([heading_of(cell) for cell in rows[place][: _width(rows[place])]]))
    kept = [row for row in rows[place + 1 :] if any(row)]
    lines = sum(cell.count("\n") for row in rows[:place] for cell in row) + place
    complete = len(rows) < MOST_ROWS + _LOOKED_AT
    return FileSample(headings, tuple(kept[:MOST_ROWS]), separator, encoding, lines, complete)


def _width(row: tuple[str, ...]) -> int:
    """How many cells a row has up to the last that is not empty."""
    return max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
