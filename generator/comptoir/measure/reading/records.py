"""Records of a CSV file: lines of text in, the cells of a record with their places out; only for what is wrong.

The engine reads; this finds the line and column of what it could not read, and counts what it does not count.
"""

from __future__ import annotations

import gzip
import sys
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final, TextIO, cast

from comptoir.model.dialects import Dialect

MAX_RECORD: Final = 2_000_000  # characters, as the engine's longest line
MAX_CELLS: Final = 10_000
MAX_FAULTS: Final = 60
MAX_COUNTED: Final = 100_000
UNCLOSED: Final = "a quotation begins here and is not closed"
TOO_WIDE: Final = f"this record has more than {MAX_CELLS} cells"
AFTER_QUOTE: Final = "text follows a closing quotation mark in the same cell"


@dataclass(frozen=True, slots=True)
class RecordCell:
    """A cell: its text, and the line and column (in characters, from 1) where it begins."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Record:
    """The cells that begin on a line, how many lines they take, and what is wrong with the last of them.

    `ends_with_return`: its last line ends with CR LF. A break within a quotation may be another one: Excel's is LF.
    """

    cells: tuple[RecordCell, ...]
    lines: int
    fault: str = ""
    ends_with_return: bool = False


@dataclass(frozen=True, slots=True)
class RecordFault:
    """A record that cannot be a row: where it begins, where the fault is, and what it is."""

    record_line: int
    line: int
    column: int
    message: str
    first: str = ""  # the text of its first cell, where its cells can be told apart


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a file: the line of each good one after the header, and the faults of the others.

    `faulty` are the lines of the others, in order, and `faults` says what is wrong with the first of them; `left` are
    lines of those that the dialect leaves out, which are no faults. Where one
    has no end, or `is_cut` after too many, the last lasts to the end of the file. `mixed_end` is the first line that
    ends otherwise than the first one.
    """

    lines: array[int]
    faults: tuple[RecordFault, ...]
    faulty: tuple[range, ...]
    left: tuple[int, ...]
    mixed_end: int | None

    @property
    def is_cut(self) -> bool:
        """True where nobody looked at all of the file: it holds too much that is wrong."""
        return len(self.faulty) >= MAX_COUNTED


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text of a file, unpacked if it ends with .gz; lines end with LF, and keep it."""
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    with cast("IO[str]", _open(path, name)) as stream:
        yield cast("TextIO", stream)


def _open(path: Path, encoding: str) -> object:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding=encoding, errors="replace", newline="\n")
    return path.open("r", encoding=encoding, errors="replace", newline="\n")


def read_record(line: str, number: int, more: Iterator[str], separator: str, quote: str) -> Record:
    """The record that begins with `line`, whose number is `number`; `more` gives the lines after it."""
    cursor = _Cursor(line, number, more, separator, quote)
    cells: list[RecordCell] = []
    while True:
        line_of_cell, column = cursor.number, cursor.at + 1
        text, fault = cursor.read_quoted() if cursor.is_at(quote) else (cursor.read_plain(), "")
        cells.append(RecordCell(text, line_of_cell, column))
        fault = TOO_WIDE if len(cells) > MAX_CELLS else fault
        if fault or not cursor.pass_separator():
            ends_with_return = cursor.text.endswith("\r\n")
            return Record(tuple(cells), cursor.number - number + 1, fault, ends_with_return)


class _Cursor:
    """A place in the lines of a record. It moves forward only."""

    def __init__(self, text: str, number: int, more: Iterator[str], separator: str, quote: str) -> None:
        self.text, self.number, self.at = text, number, 0
        self._more, self._separator, self._quote = more, separator, quote

    def is_at(self, mark: str) -> bool:
        return self.text.startswith(mark, self.at)

    def pass_separator(self) -> bool:
        """Steps over a separator; False at the end of the line."""
        if not self.is_at(self._separator):
            return False
        self.at += 1
        return True

    def read_plain(self) -> str:
        """The text up to the next separator or the end of the line."""
        start = self.at
        end = self.text.find(self._separator, start)
        self.at = len(_without_end(self.text)) if end < 0 else end
        return self.text[start : self.at]

    def read_quoted(self) -> tuple[str, str]:
        """The text up to the closing quotation mark, which may be lines away, and what is wrong with it."""
        parts: list[str] = []
        size = 0
        self.at += 1
        while True:
            end = self.text.find(self._quote, self.at)
            if end >= 0:
                doubled = self.text.startswith(self._quote, end + 1)
                parts.append(self.text[self.at : end + doubled])
                self.at = end + 1 + doubled
                if not doubled:
                    break
                continue
            parts.append(self.text[self.at :])
            size += len(parts[-1])
            following = next(self._more, "")
            if not following or size > MAX_RECORD:
                return "", UNCLOSED
            self.text, self.number, self.at = following, self.number + 1, 0
        rest = _without_end(self.text)[self.at :]
        return "".join(parts), AFTER_QUOTE if rest and not rest.startswith(self._separator) else ""


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def read_header(
    path: Path, encoding: str, separator: str, quote: str, skip: int = 0
) -> tuple[int, Record] | None:
    """The first record after `skip` lines that is not blank, and its line; None when there is none."""
    with open_text(path, encoding) as stream:
        for number, line in enumerate(stream, 1):
            if number > skip and _without_end(line):
                return number, read_record(line[:MAX_RECORD], number, stream, separator, quote)
    return None


def survey_records(path: Path, encoding: str, dialect: Dialect, width: int) -> Survey:
    """Every record of the file after the lines that its dialect skips, against the `width` of its header.

    Blank lines are none where rows have more cells.
    """
    separator, quote = dialect.separator, dialect.quote
    lines, left = array("q"), array("q")
    faults: list[RecordFault] = []
    faulty: list[range] = []
    mixed_end: int | None = None
    with open_text(path, encoding) as stream:
        number, is_header, has_return = 1, True, False
        for line in stream:
            if number <= dialect.skip or (not _without_end(line) and (width > 1 or is_header)):
                number += 1
                continue
            if is_header:
                header = read_record(line, number, stream, separator, quote)
                has_return = header.ends_with_return
                number += header.lines
                is_header = False
                continue
            if mixed_end is None and line.endswith("\n") and line.endswith("\r\n") != has_return:
                mixed_end = number if quote not in line else None
            fault, taken = _judge_record(line, number, stream, separator, quote, width)
            if fault is None:
                lines.append(number)
            elif dialect.leave_out and dialect.leaves_out(fault.first):
                left.append(number)
                faulty.append(range(number, number + taken))
            else:
                faults += [fault] if len(faults) < MAX_FAULTS else []
                is_last = fault.message in (UNCLOSED, TOO_WIDE) or len(faulty) + 1 >= MAX_COUNTED
                faulty.append(range(number, sys.maxsize if is_last else number + taken))
                if is_last:
                    break
            number += taken
    return Survey(lines, tuple(faults), tuple(faulty), tuple(left), mixed_end)


def copy_good(path: Path, encoding: str, faulty: Iterable[range], copy: Path) -> None:
    """Write the text of a file but its `faulty` lines (from 1, in order) to `copy`, in UTF-8. Raises OSError."""
    with open_text(path, encoding) as stream, copy.open("w", encoding="utf-8", newline="") as good:
        number = 1
        for lines in faulty:
            good.writelines(islice(stream, lines.start - number))
            deque(islice(stream, lines.stop - lines.start), maxlen=0)
            number = lines.stop
        good.writelines(stream)


def _judge_record(
    line: str, number: int, more: Iterator[str], separator: str, quote: str, width: int
) -> tuple[RecordFault | None, int]:
    """What is wrong with the record that begins with `line`, and how many lines it takes."""
    cells, taken = line.count(separator) + 1, 1
    if quote in line:
        record = read_record(line, number, more, separator, quote)
        cells, taken, place = len(record.cells), record.lines, record.cells[-1]
        if record.fault:
            return RecordFault(number, place.line, place.column, record.fault), taken
    if cells == width:
        return None, taken
    message = f"{cells} {'cell' if cells == 1 else 'cells'}; the header has {width}"
    first = read_record(line, number, iter(()), separator, quote).cells[0].text if cells < width else ""
    return RecordFault(number, number, 1, message, first), taken


def find_records(
    path: Path, encoding: str, separator: str, quote: str, wanted: frozenset[int]
) -> dict[int, Record]:
    """The records that begin on the `wanted` lines. Nothing after the last of them is read."""
    found: dict[int, Record] = {}
    if not wanted:
        return found
    last = max(wanted)
    with open_text(path, encoding) as stream:
        number = 1
        for line in stream:
            taken = 1
            if number in wanted:
                found[number] = read_record(line, number, stream, separator, quote)
                taken = found[number].lines
            if number >= last:
                break
            number += taken
    return found
