"""The same clients by two measures: a spec in; a scene of lines from one share to the other out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from comptoir.charts.frame import EDGE, LEADING, Sheet, close_sheet, open_sheet, write_empty
from comptoir.charts.scales import Scale, scale_over, spread
from comptoir.charts.scene import Label, Line, Marks, Scene
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table
from comptoir.charts.values import Spec

_GAP: Final = 20.0
Turn = Literal["", "better", "worse"]
_ROLES: Final = {"": "axis", "better": "met", "worse": "missed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeRow:
    """A client, its share by each measure, and how the second contradicts the first, where it does."""

    name: str
    before: Number
    after: Number
    turn: Turn = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope(Spec):
    """Rows from what `before_name` says of them to what `after_name` says, on one scale."""

    rows: tuple[SlopeRow, ...]
    before_name: str
    after_name: str


def arrange_slope(spec: Slope, style: ChartStyle) -> Scene:
    """The scene of a slope chart; what turns is coloured and drawn last. A narrow one names rows at the right only."""
    sheet = open_sheet(spec, style)
    if not spec.rows:
        write_empty(sheet, spec.words.no_data, 120)
        return close_sheet(sheet, spec)
    size = sheet.sizes.small
    wide = sheet.width >= 520
    left_texts = [f"{row.name}  {row.before.text}" if wide else row.before.text for row in spec.rows]
    right_texts = [f"{row.after.text}  {row.name}" for row in spec.rows]
    most = sheet.width * (0.34 if wide else 0.5)
    left = EDGE + min(most, max(sheet.measure(text, size, True) for text in left_texts)) + _GAP
    right = (
        sheet.width - EDGE - min(most, max(sheet.measure(text, size, True) for text in right_texts)) - _GAP
    )
    _write_heads(spec, sheet, left, right)
    lines_of = [sheet.wrap(text, sheet.width - EDGE - right - _GAP, size, True) for text in right_texts]
    before_of = [sheet.wrap(text, left - EDGE - _GAP, size, True) for text in left_texts]
    heights = [max(len(a), len(b)) * size * LEADING for a, b in zip(before_of, lines_of, strict=True)]
    top = sheet.bottom + 4
    bottom = top + max(280.0, sum(heights) * 1.35)
    values = [number.value for row in spec.rows for number in (row.before, row.after)]
    y = scale_over((0.0, *values), bottom, top, 0.02)
    _write_lines(spec, sheet, y, left, right)
    for column, (texts, at, side) in enumerate(
        ((before_of, left - _GAP, "end"), (lines_of, right + _GAP, "start"))
    ):
        wanted = [y((row.before, row.after)[column].value) for row in spec.rows]
        middles = spread(wanted, heights, top - 4, bottom + 4)
        for row, lines, middle in zip(spec.rows, texts, middles, strict=True):
            role = _ROLES[row.turn] if row.turn else "ink"
            start = middle - len(lines) * size * LEADING / 2
            anchor: Literal["start", "end"] = "end" if side == "end" else "start"
            dot = left if side == "end" else right
            ends = (
                (dot, y((row.before, row.after)[column].value)),
                (at + (3 if side == "end" else -3), middle),
            )
            sheet.items.append(Line(ends, role if row.turn else "grid"))
            sheet.write(lines, at, start, size, role, anchor, bool(row.turn))
    sheet.bottom = bottom + 8
    return close_sheet(sheet, spec)


def tabulate_slope(spec: Slope) -> Table:
    """One row for each client, in the order given."""
    headers = (spec.words.service, spec.before_name, spec.after_name)
    return Table(headers, tuple((row.name, row.before, row.after) for row in spec.rows))


def _write_heads(spec: Slope, sheet: Sheet, left: float, right: float) -> None:
    size = sheet.sizes.small
    half = sheet.width / 2 - EDGE - 6
    ends = [
        sheet.write(sheet.wrap(spec.before_name, half, size), EDGE, sheet.bottom, size, "muted"),
        sheet.write(
            sheet.wrap(spec.after_name, half, size), sheet.width - EDGE, sheet.bottom, size, "muted", "end"
        ),
    ]
    sheet.bottom = max(ends) + 4


def _write_lines(spec: Slope, sheet: Sheet, y: Scale, left: float, right: float) -> None:
    zero = y(0.0)
    sheet.items.append(Line(((left, zero), (right, zero)), "grid", 1.4))
    zero_label = Label(((left + right) / 2, zero - 4), "0", sheet.sizes.small, "muted", "middle")
    sheet.items += [zero_label] if any(row.after.value < 0 for row in spec.rows) else []
    for row in sorted(spec.rows, key=lambda row: row.turn != ""):
        role, width = _ROLES[row.turn], 2.4 if row.turn else 1.2
        ends = ((left, y(row.before.value)), (right, y(row.after.value)))
        sheet.items.append(Line(ends, role, width))
        sheet.items.append(Marks(ends, "circle", 6, role, role))
