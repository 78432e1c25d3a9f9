"""Workbooks: what is written is read again as it was; nothing in them is a formula; the same tables give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from comptoir.workbooks import CellForm, Worksheet, WorksheetColumn, write_workbook

DAY = date(2026, 10, 15)
SHEETS = (
    Worksheet(
        "A [long] name: of a sheet that no workbook takes",
        (WorksheetColumn("Name"), WorksheetColumn("name"), WorksheetColumn("n", CellForm.NUMBER), WorksheetColumn("Day", CellForm.DAY)),
        [
            ("=HYPERLINK(\"http://evil.example\")", "+1", Decimal("12.5"), DAY),
            ("https://example.org/", "0012", None, None),
        ],
    ),
    Worksheet("A  long  name  of a sheet that no other takes", (WorksheetColumn("x"),), [], hidden=True),
)  # fmt: skip


def test_cells_are_what_they_were() -> None:
    book = load_workbook(io.BytesIO(write_workbook(SHEETS, "Title", DAY)))
    first = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert rows[0] == ["Name", "name ", "n", "Day"]
    assert rows[1][:3] == ['=HYPERLINK("http://evil.example")', "+1", 12.5]
    assert rows[1][3].date() == DAY
    assert rows[2] == ["https://example.org/", "0012", None, None]
    assert [cell.data_type for row in first.iter_rows(min_row=2) for cell in row][:2] == ["s", "s"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]
    assert len({name.casefold() for name in book.sheetnames}) == 2


def test_no_formula_and_no_link_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(SHEETS, "Title", DAY))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content, name
            assert b"hyperlink " not in content, name


def test_the_same_tables_give_the_same_bytes() -> None:
    assert write_workbook(SHEETS, "Title", DAY) == write_workbook(SHEETS, "Title", DAY)
