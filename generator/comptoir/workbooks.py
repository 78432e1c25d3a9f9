"""Workbooks that people open in Excel or LibreOffice: tables of typed cells in, the bytes of an .xlsx file out.

Texts stay texts: nothing that a cell holds is a formula or a link. The same tables give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from xlsxwriter import Workbook

CellValue: TypeAlias = str | int | Decimal | date | bool | None
_MOST_LETTERS: Final = 32_767  # what a cell holds
_NAME_LETTERS: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


class CellForm(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "@"
    NUMBER = "General"
    DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class WorksheetColumn:
    """A column: its heading, its form, and its width in letters."""

    heading: str
    form: CellForm = CellForm.TEXT
    width: int = 18


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table with its headings; `hidden` ones are for programs. Rows have a cell for each column."""

    name: str
    columns: tuple[WorksheetColumn, ...]
    rows: Sequence[Sequence[CellValue]]
    hidden: bool = False


def write_workbook(sheets: Sequence[Worksheet], title: str, day: date) -> bytes:
    """The workbook, a sheet for each table: filters, a first row that stays, widths; `day` is when it was made."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(content, options)
    book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
    names: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        name = _sheet_name(sheet.name, names)
        _write_sheet(book, sheet, name, number)
    book.close()
    return content.getvalue()


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a workbook takes, and that no other sheet has."""
    name = " ".join(wanted.translate(_FORBIDDEN).split())[:_NAME_LETTERS] or "–"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: _NAME_LETTERS - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name


def _write_sheet(book: Workbook, sheet: Worksheet, name: str, number: int) -> None:
    page = book.add_worksheet(name)
    forms = [
        book.add_format({"num_format": column.form.value, "valign": "top", "text_wrap": True})
        for column in sheet.columns
    ]
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, forms[place])
    page.freeze_panes(1, 1)
    page.add_table(
        0,
        0,
        max(len(sheet.rows), 1),
        max(len(sheet.columns) - 1, 0),
        {
            "name": f"Table{number}",
            "style": "Table Style Light 1",
            "columns": [{"header": heading} for heading in _once_each(sheet.columns)],
        },
    )
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write_cell(page, line, place, cell, forms[place])
    if sheet.hidden:
        page.hide()


def _once_each(columns: Sequence[WorksheetColumn]) -> list[str]:
    """The headings: a table refuses two that are the same, whatever their capitals."""
    found: list[str] = []
    seen: set[str] = set()
    for column in columns:
        heading = column.heading
        while heading.casefold() in seen:
            heading += " "
        seen.add(heading.casefold())
        found.append(heading)
    return found


def _write_cell(page: Any, line: int, place: int, cell: CellValue, form: Any) -> None:
    match cell:
        case None | "":
            page.write_blank(line, place, None, form)
        case bool():
            page.write_boolean(line, place, cell, form)
        case int() | Decimal():
            page.write_number(line, place, float(cell), form)
        case date():
            page.write_datetime(line, place, cell, form)
        case _:
            page.write_string(line, place, str(cell)[:_MOST_LETTERS], form)
