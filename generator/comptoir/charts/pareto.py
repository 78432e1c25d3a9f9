"""Amounts from the largest: a spec in; a scene of bars, their cumulative share and their ABC classes, out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from comptoir.charts.frame import EDGE, LEADING, Sheet, close_sheet, open_sheet, write_empty
from comptoir.charts.rows import plan_rows
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Label, Line, Marks, Place, Scene, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table, cell
from comptoir.charts.values import Spec

_BAR: Final = 15.0
_BETWEEN: Final = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoRow:
    """An item, its amount, the share (0 to 1) reached with it, and its class."""

    name: str
    value: Number
    cumulative: Number
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto(Spec):
    """Items in any order; they are shown from the largest amount."""

    rows: tuple[ParetoRow, ...]


def arrange_pareto(spec: Pareto, style: ChartStyle) -> Scene:
    """The scene of a Pareto chart: bars at the left, the cumulative share climbing at the right."""
    sheet = open_sheet(spec, style)
    rows = sorted_rows(spec)
    if not rows:
        write_empty(sheet, spec.words.no_data, 120)
        return close_sheet(sheet, spec)
    plan = plan_rows(sheet, [row.name for row in rows], _BAR, margin=30)
    x, share = _scales(sheet, rows, plan.left)
    _write_head(spec, sheet, share)
    climb: list[Place] = []
    for category, members in groupby(rows, key=lambda row: row.category):
        start = sheet.bottom
        bars = []
        for row in members:
            top, bottom = plan.place(sheet, row.name)
            sheet.bottom += _BETWEEN
            bars.append(_write_row(sheet, row, x, share, top, bottom))
            climb.append((share(row.cumulative.value), (top + bottom) / 2))
        sheet.items.append(Area(tuple(bars), "bar" if category == rows[0].category else "bar-soft"))
        _write_class(sheet, category, start)
    sheet.items += [Line(tuple(climb), "accent", 1.6), Marks(tuple(climb), "circle", 5, "accent", "accent")]
    return close_sheet(sheet, spec)


def sorted_rows(spec: Pareto) -> tuple[ParetoRow, ...]:
    """The rows from the largest amount to the smallest; equal ones as they were given."""
    return tuple(sorted(spec.rows, key=lambda row: -row.value.value))


def tabulate_pareto(spec: Pareto) -> Table:
    """One row for each item, from the largest."""
    words = spec.words
    headers = (words.service, words.value, words.cumulative, words.category)
    rows = ((row.name, cell(row.value), cell(row.cumulative), row.category) for row in sorted_rows(spec))
    return Table(headers, tuple(rows))


def _scales(sheet: Sheet, rows: tuple[ParetoRow, ...], left: float) -> tuple[Scale, Scale]:
    """Pixels of amounts and of cumulative shares, with room for the texts of both."""
    small = sheet.sizes.small
    right = sheet.width - EDGE - 26
    climbing = (sheet.width - left) * 0.22
    shares = max(sheet.measure(row.cumulative.text, small) for row in rows)
    texts = max(sheet.measure(row.value.text, small) for row in rows)
    end = max(left + 30, right - climbing - shares - 9 - 14 - texts - 6)
    values = [row.value.value for row in rows]
    return Scale(min(0.0, *values), max(0.0, *values) or 1.0, left, end), Scale(
        0, 1, right - climbing, right - 6
    )


def _write_head(spec: Pareto, sheet: Sheet, share: Scale) -> None:
    small = sheet.sizes.small
    head = sheet.wrap(spec.words.cumulative, sheet.width - EDGE - share.start + 50, small)
    sheet.bottom = sheet.write(head, sheet.width - EDGE, sheet.bottom, small, "accent", "end") + 6


def _write_row(
    sheet: Sheet, row: ParetoRow, x: Scale, share: Scale, top: float, bottom: float
) -> tuple[Place, ...]:
    """Writes the amount at the end of its bar and the share beside its dot; gives the bar."""
    size, zero, end = sheet.sizes.small, x(0.0), x(row.value.value)
    left, right = min(zero, end), max(zero, end, zero + 1 if row.value.value >= 0 else zero)
    baseline = (top + bottom) / 2 + size * 0.35
    sheet.items.append(Label((right + 6, baseline), row.value.text, size))
    reached = (share(row.cumulative.value) - 9, baseline)
    sheet.items.append(Label(reached, row.cumulative.text, size, "muted", "end"))
    return rectangle(left, top, right, bottom)


def _write_class(sheet: Sheet, category: str, start: float) -> None:
    """The letter of the class at the right of its rows, and a line under them."""
    end = sheet.bottom
    size = sheet.sizes.label
    lines = sheet.wrap(category, 24, size, bold=True)
    top = start + max(0.0, (end - _BETWEEN - start - len(lines) * size * LEADING) / 2)
    below = sheet.write(lines, sheet.width - EDGE, top, size, "ink", "end", True)
    level = max(end, below) + 1 - _BETWEEN / 2
    sheet.items.append(Line(((EDGE, level), (sheet.width - EDGE, level)), "grid"))
    sheet.bottom = max(end, below) + 4
