"""Workbooks: an XLSX file and the source that reads it in, one worksheet as CSV text out, read from then on like any CSV.

A line of the CSV is a row of the worksheet, so that problems name the row that people see. Cells with a type (numbers,
dates, yes or no) are written as the dialect of the source says; texts stay as they are. Formulas count with the value that was
saved with them, and run nowhere; a cell that holds an error (#N/A) keeps it as its text, which is then told.
"""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from comptoir.model.date_forms import DateForm
from comptoir.model.dialects import Dialect, Encoding
from comptoir.model.metrics import Source
from comptoir.model.roles import FieldType
from comptoir.problems import suggest
from comptoir.spaces import heading_of, number_headings

ENDING: Final = ".xlsx"
MOST_UNPACKED: Final = 500_000_000
MOST_TIMES: Final = 200  # XML packs well; a part that packs better than that is a bomb
MOST_COLUMNS: Final = 2_000
_LOOKED_AT: Final = (
    1_050  # rows that say how wide a worksheet is: one cell far away would make every row as wide
)


class WorkbookError(Exception):
    """Why a workbook cannot be read, with what would mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@contextmanager
def as_csv(path: Path, source: Source) -> Iterator[tuple[Path, Encoding]]:
    """The text of a data file and its encoding: a CSV as it is; of a workbook a copy, which goes away at the end.

    The worksheet is the one that `source` names, the first one that is shown if it names none. Raises WorkbookError for
    a file that is no workbook, is too large, or lacks that worksheet; OSError for one that cannot be opened.
    """
    if not path.name.lower().endswith(ENDING):
        yield path, source.dialect.encoding
        return
    with TemporaryDirectory(prefix="comptoir-") as folder:
        copy = Path(folder) / "sheet.csv"
        _write_sheet(path, source, copy)
        yield copy, Encoding.UTF_8


def _write_sheet(path: Path, source: Source, copy: Path) -> None:
    with (
        _open_sheet(path, source.dialect.sheet) as rows,
        copy.open("w", encoding="utf-8", newline="") as stream,
    ):
        _write(rows, source, stream)


def read_rows(path: Path, most: int, sheet: str | None = None) -> list[tuple[str, ...]]:
    """The first `most` rows of a worksheet, the first that is shown if None, as texts; days and instants are those of ISO 8601.

    Raises WorkbookError or OSError as `as_csv`.
    """
    plain = Dialect()
    with _open_sheet(path, sheet) as rows:
        return [
            tuple(cell if isinstance(cell, str) else _text(cell, plain, None) for cell in row)
            for row in islice(rows, most)
        ]


@contextmanager
def _open_sheet(path: Path, name: str | None) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of a worksheet, as what their cells hold."""
    from openpyxl import load_workbook  # which loads NumPy: most projects have no workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_archive(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what only Excel shows: styles, lists to choose from
            with closing(load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
                sheet = book[_choose(book, name)]
                sheet.reset_dimensions()  # what the file says of its size may be wrong
                first = sheet.iter_rows(values_only=True, max_row=_LOOKED_AT)
                width = max(
                    (n for row in first for n, cell in enumerate(row, 1) if cell is not None), default=1
                )
                yield sheet.iter_rows(values_only=True, max_col=min(width, MOST_COLUMNS))
    # SyntaxError: what both readers of XML raise for a part that is no XML
    except (InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise WorkbookError("the file is no workbook that can be read", "save it as .xlsx again") from error


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise WorkbookError("the file is no workbook", "save it as .xlsx, or call it what it is") from error
    unpacked = sum(part.file_size for part in parts)
    too_dense = any(part.file_size > MOST_TIMES * max(part.compress_size, 5_000) for part in parts)
    if unpacked > MOST_UNPACKED or too_dense:
        raise WorkbookError("the workbook unpacks to more than is read", "export the sheet as CSV")


def _choose(book: Any, wanted: str | None) -> str:
    shown = [name for name in book.sheetnames if getattr(book[name], "sheet_state", "visible") == "visible"]
    if wanted is None:
        if not shown:
            raise WorkbookError("the workbook has no worksheet that is shown")
        return str(shown[0])
    if wanted not in book.sheetnames:
        raise WorkbookError(f"there is no worksheet '{wanted}'", suggest(wanted, book.sheetnames))
    return wanted


def _write(rows: Iterable[tuple[Any, ...]], source: Source, stream: Any) -> None:
    """Write headings and rows; empty rows at the end are none, and between others are empty lines."""
    dialect = source.dialect
    writer = csv.writer(stream, delimiter=dialect.separator, quotechar=dialect.quote, lineterminator="\n")
    dated: Mapping[int, tuple[FieldType, DateForm | None]] = {}
    width = empty = 0
    for number, cells in enumerate(rows, 1):
        texts = [_text(cell, dialect, dated.get(place)) for place, cell in enumerate(cells)]
        while texts and not texts[-1] and (not width or len(texts) > width):
            texts.pop()
        if not any(texts):
            empty += 1
            continue
        stream.write("\n" * empty)
        empty = 0
        if not width and number > dialect.skip:
            width = max(len(texts), 2)  # so that an empty line is no row of one empty cell
            dated = _dated(source, texts)
        writer.writerow(texts + [""] * (width - len(texts)))


def _dated(source: Source, headings: list[str]) -> dict[int, tuple[FieldType, DateForm | None]]:
    """What the source says of the columns of days and instants, by the place of their headings."""
    found: dict[int, tuple[FieldType, DateForm | None]] = {}
    names = number_headings([heading_of(heading) for heading in headings])
    for name in source.columns:
        heading, kind = heading_of(source.header_of(name) or ""), source.type_of(name)
        if heading in names and kind in (FieldType.DAY, FieldType.INSTANT):
            found[names.index(heading)] = kind, source.form_of(name)
    return found


def _text(cell: Any, dialect: Dialect, dated: tuple[FieldType, DateForm | None] | None) -> str:
    """A cell as the CSV of this source would hold it."""
    match cell:
        case None:
            return ""
        case bool():
            words = dialect.true if cell else dialect.false
            return words[0] if words else str(cell).lower()
        case int() | float():
            return _number(cell, dialect.decimal)
        case datetime():
            return _date(cell, dated)
        case timedelta():
            return _number(cell.total_seconds(), dialect.decimal)
        case _:
            return " ".join(str(cell).split("\n"))


def _date(cell: datetime, dated: tuple[FieldType, DateForm | None] | None) -> str:
    """A day or instant in the form of its column; Excel keeps days as instants, and seconds with rounding errors."""
    cell = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
    kind, form = dated or (FieldType.INSTANT, None)
    if form is not None and not form.has_zone:
        return cell.strftime(form.strptime)
    return cell.date().isoformat() if kind is FieldType.DAY else cell.isoformat()


def _number(value: float, decimal: str) -> str:
    """A number without exponent, with the fifteen digits that a workbook keeps."""
    text = format(Decimal(format(value, ".15g")), "f")
    return text.replace(".", decimal)
