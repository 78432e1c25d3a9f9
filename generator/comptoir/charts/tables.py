"""The data of a chart: a table of formatted text with its raw values in, CSV out."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

# A spreadsheet takes a cell that begins so for a formula, full-width forms included. One that splits at another mark
# than the file does sees cells begin behind such marks within a text too.
_FORMULA: Final = re.compile(r"\A\s*(?=[=+\-@＝＋－＠])|\A(?=[\t\r\n])|[,;\t\r\n][\s\"]*(?=[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class ChartNumber:
    """A number and its text in the page's language. Raises ValueError for what is not a finite number."""

    value: float
    text: str

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.value} cannot be drawn")


ChartCell: TypeAlias = ChartNumber | str


@dataclass(frozen=True, slots=True)
class ChartRows:
    """Headers and rows; a page shows the text of a number, CSV holds its value."""

    headers: tuple[str, ...]
    rows: tuple[tuple[ChartCell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError("a row of the table has not as many cells as there are headers")


def cell(number: ChartNumber | None, otherwise: str = "") -> ChartCell:
    """The number, or the words that stand for its absence."""
    return otherwise if number is None else number


def to_csv(table: ChartRows, decimal: str = ".") -> str:
    """The table as RFC 4180 writes it, with raw numbers; text that a spreadsheet would run gets an apostrophe.

    With a decimal comma, cells are set apart by semicolons: what spreadsheets of such languages write and read.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    writer.writerow([_guarded(header) for header in table.headers])
    writer.writerows([[_written(value, decimal) for value in row] for row in table.rows])
    return stream.getvalue()


def _written(value: ChartCell, decimal: str) -> str:
    return _guarded(value) if isinstance(value, str) else _plain(value.value).replace(".", decimal)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _guarded(text: str) -> str:
    return _FORMULA.sub(lambda found: f"{found[0]}'" if found.start() else f"'{found[0]}", text)
