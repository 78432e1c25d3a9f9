"""Tables of slides: rows of text in; how high they stand, and a table that can be edited, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from comptoir.slides.deck import Hole, TableData
from comptoir.slides.fitting import Faces, lines_of
from comptoir.slides.markup import clean, emu

SIZE: Final = 12.0
PADDING: Final = 7.0
ABOVE: Final = 4.0
_STYLE: Final = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"  # 'Light Style 1 – Accent 1', of PowerPoint


Row = tuple[str, ...]


def row_height(
    cells: Sequence[str], widths: Sequence[float], whole: float, faces: Faces, bold: bool = False
) -> float:
    """How high a row stands in a table `whole` points wide; `widths` are the shares of its columns."""
    most = max(
        len(lines_of(text, SIZE, whole * width - 2 * PADDING, faces.text, bold or column == 0))
        for column, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return most * SIZE * faces.text.line + 2 * ABOVE


def part_rows(
    head: Row, groups: Sequence[tuple[str, Sequence[Row]]], widths: Sequence[float], hole: Hole, faces: Faces
) -> Iterator[tuple[Row, ...]]:
    """The groups, each under its heading, in lots that fit in `hole`, with the head above each lot.

    A group that does not fit with those before it begins a new lot; a long one goes on under its heading again.
    """
    width = hole.box.width
    room = hole.box.height - row_height(head, widths, width, faces, bold=True)
    heading_height = row_height(("",), (1.0,), width, faces, bold=True)
    lot: list[Row] = []
    left = room
    for heading, rows in groups:
        heights = [row_height(row, widths, width, faces) for row in rows]
        if lot and heading_height + sum(heights) > left:
            yield (head, *lot)
            lot, left = [], room
        lot.append((heading,))
        left -= heading_height
        for row, height in zip(rows, heights, strict=True):
            if len(lot) > 1 and height > left:
                yield (head, *lot)
                lot, left = [(heading,)], room - heading_height
            lot.append(row)
            left -= height
    if lot:
        yield (head, *lot)


def fill_table(place: Any, data: TableData, faces: Faces, lang: str) -> Any:
    """Puts the table in its place."""
    whole = place.width
    frame = place.insert_table(rows=len(data.rows), cols=len(data.widths))
    table = frame.table
    table._tbl.tblPr.find("{*}tableStyleId").text = _STYLE
    table.first_col, table.horz_banding = False, False
    for column, share in zip(table.columns, data.widths, strict=True):
        column.width = round(whole * share)
    for position, row in enumerate(data.rows):
        is_heading = len(row) == 1
        widths = (1.0,) if is_heading else data.widths
        height = row_height(row, widths, whole / 12700, faces, bold=is_heading or position == 0)
        table.rows[position].height = emu(height)
        if is_heading:
            table.cell(position, 0).merge(table.cell(position, len(data.widths) - 1))
        for column, text in enumerate(row):
            run = _write(table.cell(position, column), text, data.numeric[column], lang)
            run.font.bold = is_heading or position == 0 or column == 0
            if is_heading:
                run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    return frame


def _write(cell: Any, text: str, numeric: bool, lang: str) -> Any:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    line = cell.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
    run = line.add_run()
    run.text = clean(text)
    run.font.size = Pt(SIZE)
    run._r.get_or_add_rPr().set("lang", lang)
    return run
