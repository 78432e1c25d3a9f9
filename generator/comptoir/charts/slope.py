"""The same clients by two measures: a spec in; lines from one share to the other, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from comptoir.charts.placing import LEADING, limits_over, spread
from comptoir.charts.sheet import EDGE, Align, ChartSheet, Plot, write_empty
from comptoir.charts.tables import ChartNumber, ChartRows
from comptoir.charts.values import Spec

_GAP: Final = 20.0
Turn = Literal["", "better", "worse"]
_ROLES: Final = {"": "axis", "better": "kept", "worse": "missed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeRow:
    """A client, its share by each measure, and how the second contradicts the first, where it does."""

    name: str
    before: ChartNumber
    after: ChartNumber
    turn: Turn = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope(Spec):
    """Rows from what `before_name` says of them to what `after_name` says, on one scale."""

    rows: tuple[SlopeRow, ...]
    before_name: str
    after_name: str


def draw_slope(spec: Slope, sheet: ChartSheet) -> None:
    """What turns is coloured and drawn last. A narrow chart names rows at the right only."""
    if not spec.rows:
        write_empty(sheet, spec.words.no_data, 120)
        return
    size = sheet.sizes.small
    before = [f"{row.name}  {row.before.text}" if sheet.wide else row.before.text for row in spec.rows]
    after = [f"{row.after.text}  {row.name}" for row in spec.rows]
    most = sheet.width * (0.34 if sheet.wide else 0.5)
    left, right = (
        min(most, max(sheet.measure(text, size, True) for text in texts)) for texts in (before, after)
    )
    _write_heads(spec, sheet)
    befores = [sheet.wrap(text, left, size, True) for text in before]
    afters = [sheet.wrap(text, right, size, True) for text in after]
    heights = [max(len(a), len(b)) * size * LEADING for a, b in zip(befores, afters, strict=True)]
    top = sheet.bottom + 4
    bottom = top + max(280.0, sum(heights) * 1.35)
    values = [number.value for row in spec.rows for number in (row.before, row.after)]
    limits = limits_over((0.0, *values), 0.02)
    plot = sheet.plot(EDGE + left + _GAP, top, sheet.width - EDGE - right - _GAP, bottom, (0, 1), limits)
    _draw_lines(spec, plot)
    _write_side(spec, plot, befores, heights, 0)
    _write_side(spec, plot, afters, heights, 1)
    sheet.bottom = bottom + 8


def tabulate_slope(spec: Slope) -> ChartRows:
    """One row for each client, in the order given."""
    headers = (spec.words.service, spec.before_name, spec.after_name)
    return ChartRows(headers, tuple((row.name, row.before, row.after) for row in spec.rows))


def _write_heads(spec: Slope, sheet: ChartSheet) -> None:
    size, half = sheet.sizes.small, sheet.width / 2 - EDGE - 6
    left, right = (sheet.wrap(name, half, size) for name in (spec.before_name, spec.after_name))
    ends = (
        sheet.write(left, EDGE, sheet.bottom, size, "muted"),
        sheet.write(right, sheet.width - EDGE, sheet.bottom, size, "muted", "right"),
    )
    sheet.bottom = max(ends) + 4


def _draw_lines(spec: Slope, plot: Plot) -> None:
    sheet = plot.sheet
    plot.line(((0, 0.0), (1, 0.0)), "grid", 1.4)
    if any(row.after.value < 0 for row in spec.rows):
        middle = (plot.left + plot.right) / 2
        sheet.put("0", middle, plot.y(0.0) - 4, sheet.sizes.small, "muted", "center")
    for row in sorted(spec.rows, key=lambda row: row.turn != ""):
        role, width = _ROLES[row.turn], 2.4 if row.turn else 1.2
        ends = ((0, row.before.value), (1, row.after.value))
        plot.line(ends, role, width)
        plot.marks(ends, "o", 6, role, role)


def _write_side(
    spec: Slope, plot: Plot, texts: list[tuple[str, ...]], heights: list[float], side: Literal[0, 1]
) -> None:
    """The labels of one side, moved apart where they would touch, each tied to its dot."""
    sheet, size = plot.sheet, plot.sheet.sizes.small
    levels = [plot.y((row.before, row.after)[side].value) for row in spec.rows]
    dot, away = (plot.left, -_GAP) if side == 0 else (plot.right, _GAP)
    align: Align = "right" if side == 0 else "left"
    middles = spread(levels, heights, plot.top - 4, plot.bottom + 4)
    for row, lines, level, middle in zip(spec.rows, texts, levels, middles, strict=True):
        role = _ROLES[row.turn] if row.turn else "ink"
        near = dot + away * 0.85
        sheet.add_line(((dot + away * 0.2, level), (near, middle)), role if row.turn else "grid")
        start = middle - len(lines) * size * LEADING / 2
        sheet.write(lines, dot + away, start, size, role, align, bool(row.turn))
