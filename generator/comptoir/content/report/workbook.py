"""A report as a workbook: its context in; a sheet for the opening and one a chapter out, as numbers, days and texts.

A line is a cell of a table of the report: it says in which section, table, row and column it stands, so that a
spreadsheet can filter and pivot it. No cell is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from comptoir.content.report.chapters import ChapterContent
from comptoir.content.report.parts import MOST_ROWS, indicator_table
from comptoir.content.report.report import report_of
from comptoir.content.report.sections import ReportContext, SectionTable, TableCell
from comptoir.workbooks import CellForm, CellValue, Worksheet, WorksheetColumn, write_workbook

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]")
_NUMBER: Final = re.compile(
    r"(?P<sign>[+\u2212-]?)(?P<before>[^\d.+\u2212-]*)(?P<digits>\d+(?:\.\d+)?)(?P<unit>[^\d]*)"
)


def report_workbook(context: ReportContext) -> bytes:
    """The workbook of a report, cut like the report itself, with every row of its tables."""
    many = len(context.catalogue.clients) > MOST_ROWS
    whole = replace(context, with_all_rows=True) if many else context
    content, say = report_of(whole), context.language.gettext
    opening = indicator_table(whole, say("L'essentiel"), content.opening.measured)
    sheets = [
        _sheet(whole, say("L'essentiel"), _table_rows(whole, "", opening) if opening else ()),
        *(_sheet(whole, f"{one.number}. {one.name}", _chapter_rows(whole, one)) for one in content.chapters),
    ]
    title = ", ".join(filter(None, (content.opening.title, content.opening.quarter, content.opening.about)))
    return write_workbook(sheets, title, context.at.today)


def _sheet(context: ReportContext, name: str, rows: Iterable[tuple[CellValue, ...]]) -> Worksheet:
    say = context.language.gettext
    columns = (
        WorksheetColumn(say("Partie"), width=30),
        WorksheetColumn(say("Tableau"), width=30),
        WorksheetColumn(say("Ligne"), width=34),
        WorksheetColumn(say("Colonne"), width=20),
        WorksheetColumn(say("Nombre"), CellForm.NUMBER, 14),
        WorksheetColumn(say("Unité"), width=10),
        WorksheetColumn(say("Jour"), CellForm.DAY, 14),
        WorksheetColumn(say("Texte"), width=50),
    )
    return Worksheet(name, columns, tuple(rows))


def _chapter_rows(context: ReportContext, chapter: ChapterContent) -> Iterator[tuple[CellValue, ...]]:
    for section in chapter.sections:
        for sentence in section.sentences:
            yield (section.title, "", "", "", None, "", None, sentence)
        for table in section.tables:
            yield from _table_rows(context, section.title, table)


def _table_rows(context: ReportContext, section: str, table: SectionTable) -> Iterator[tuple[CellValue, ...]]:
    for row in table.rows:
        for heading, cell in zip(table.head[1:], row[1:], strict=True):
            number, unit = number_of(context, cell)
            text = "" if number is not None or cell.day else cell.text
            yield (section, table.caption, row[0].text, heading, number, unit, cell.day, text)


def number_of(context: ReportContext, cell: TableCell) -> tuple[Decimal | None, str]:
    """The number that a cell of numbers shows, and its unit; None where it shows none, or several."""
    if not cell.numeric:
        return None, ""
    bare = _SPACES.sub("", cell.text)
    bare = bare.replace(",", "." if context.language.decimal_mark == "," else "")
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return None, ""
    value = Decimal(found["digits"])
    return (-value if found["sign"] in ("\u2212", "-") else value), found["before"] + found["unit"]
