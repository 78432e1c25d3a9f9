"""Amounts from the largest: a spec in; bars, their cumulative share and their ABC classes, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from comptoir.charts.placing import LEADING, spanned
from comptoir.charts.rows import plan_rows
from comptoir.charts.sheet import EDGE, ChartSheet, Plot, rectangle, write_empty
from comptoir.charts.tables import ChartNumber, ChartRows, cell
from comptoir.charts.values import Spec

_BAR: Final = 15.0
_BETWEEN: Final = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoRow:
    """An item, its amount, the share (0 to 1) reached with it, and its class."""

    name: str
    value: ChartNumber
    cumulative: ChartNumber
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto(Spec):
    """Items in any order; they are shown from the largest amount."""

    rows: tuple[ParetoRow, ...]


def draw_pareto(spec: Pareto, sheet: ChartSheet) -> None:
    """Bars at the left, the cumulative share climbing at the right."""
    rows = sorted_rows(spec)
    if not rows:
        write_empty(sheet, spec.words.no_data, 120)
        return
    small = sheet.sizes.small
    plan = plan_rows(sheet, [row.name for row in rows], _BAR, margin=30)
    bars_end, climb = _columns(sheet, rows, plan.left)
    head = sheet.wrap(spec.words.cumulative, sheet.width - EDGE - climb[0] + 50, small)
    start = sheet.bottom = sheet.write(head, sheet.width - EDGE, sheet.bottom, small, "accent", "right") + 6
    spans: list[tuple[float, float]] = []
    for category, members in groupby(rows, key=lambda row: row.category):
        begins = sheet.bottom
        for row in members:
            spans.append(plan.place(sheet, row.name))
            sheet.bottom += _BETWEEN
        _write_class(sheet, category, begins)
    values = [row.value.value for row in rows]
    limits = spanned(min(0.0, *values, 0.0), max(0.0, *values, 0.0))
    bars = sheet.plot(plan.left, start, bars_end, sheet.bottom, limits)
    shares = sheet.plot(climb[0], start, climb[1], sheet.bottom, (0, 1))
    for category in dict.fromkeys(row.category for row in rows):
        rings = [
            rectangle(0.0, top, row.value.value, bottom)
            for row, (top, bottom) in zip(rows, spans, strict=True)
            if row.category == category
        ]
        bars.fill(rings, "bar" if category == rows[0].category else "bar-soft")
    _write_numbers(rows, spans, bars, shares)
    spots = [(_reached(row), (top + bottom) / 2) for row, (top, bottom) in zip(rows, spans, strict=True)]
    shares.line(spots, "accent", 1.6)
    shares.marks(spots, "o", 5, "accent", "accent")


def sorted_rows(spec: Pareto) -> tuple[ParetoRow, ...]:
    """The rows from the largest amount to the smallest; equal ones as they were given."""
    return tuple(sorted(spec.rows, key=lambda row: -row.value.value))


def tabulate_pareto(spec: Pareto) -> ChartRows:
    """One row for each item, from the largest."""
    words = spec.words
    headers = (words.service, words.value, words.cumulative, words.category)
    rows = ((row.name, cell(row.value), cell(row.cumulative), row.category) for row in sorted_rows(spec))
    return ChartRows(headers, tuple(rows))


def _reached(row: ParetoRow) -> float:
    """The share reached with a row, in the plot even when sums were rounded beyond all there is."""
    return min(1.0, max(0.0, row.cumulative.value))


def _columns(
    sheet: ChartSheet, rows: tuple[ParetoRow, ...], left: float
) -> tuple[float, tuple[float, float]]:
    """Where bars end, and where cumulative shares begin and end, with room for the texts of both."""
    small = sheet.sizes.small
    right = sheet.width - EDGE - 26
    climbing = (sheet.width - left) * 0.22
    shares = max(sheet.measure(row.cumulative.text, small) for row in rows)
    texts = max(sheet.measure(row.value.text, small) for row in rows)
    end = max(left + 30, right - climbing - shares - 9 - 14 - texts - 6)
    return end, (right - climbing, right - 6)


def _write_numbers(
    rows: tuple[ParetoRow, ...], spans: list[tuple[float, float]], bars: Plot, shares: Plot
) -> None:
    """The amounts at the ends of their bars and the shares beside their dots."""
    sheet, size = bars.sheet, bars.sheet.sizes.small
    for row, (top, bottom) in zip(rows, spans, strict=True):
        baseline = (top + bottom) / 2 + size * 0.35
        right = bars.x(max(0.0, row.value.value))
        sheet.put(row.value.text, right + 6, baseline, size)
    for row, (top, bottom) in zip(rows, spans, strict=True):
        reached = shares.x(_reached(row)) - 9
        baseline = (top + bottom) / 2 + size * 0.35
        sheet.put(row.cumulative.text, reached, baseline, size, "muted", "right")


def _write_class(sheet: ChartSheet, category: str, start: float) -> None:
    """The letter of the class at the right of its rows, and a line under them."""
    end = sheet.bottom
    size = sheet.sizes.label
    lines = sheet.wrap(category, 24, size, bold=True)
    top = start + max(0.0, (end - _BETWEEN - start - len(lines) * size * LEADING) / 2)
    below = sheet.write(lines, sheet.width - EDGE, top, size, "ink", "right", True)
    level = max(end, below) + 1 - _BETWEEN / 2
    sheet.add_line(((EDGE, level), (sheet.width - EDGE, level)), "grid")
    sheet.bottom = max(end, below) + 4
