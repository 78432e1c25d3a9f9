"""Small trends side by side on one scale: a spec in; titled panels, the one in most need first, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import LEADING, limits_over
from comptoir.charts.series import (
    draw_gaps,
    draw_line,
    draw_marks,
    draw_target,
    gap_runs,
    last_value,
    latest_text,
    mark_entries,
    quarters,
    values_of,
)
from comptoir.charts.sheet import EDGE, ChartSheet, KeyEntry, Plot, write_empty, write_key
from comptoir.charts.style import line_role
from comptoir.charts.tables import ChartNumber, ChartRows
from comptoir.charts.trend import series_table
from comptoir.charts.values import Point, Spec

_LEAST_PANEL: Final = 180.0
_HEIGHT: Final = 84.0
_BETWEEN: Final = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One small trend and the name above it."""

    name: str
    points: tuple[Point, ...]
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples(Spec):
    """Trends of one measure on one scale, sorted by their last value: the lowest first unless low is better."""

    panels: tuple[Panel, ...]
    ticks: tuple[ChartNumber, ...] = ()
    higher_is_better: bool | None = None


def draw_multiples(spec: Multiples, sheet: ChartSheet) -> None:
    """Rows of panels on one scale."""
    panels = sorted_panels(spec)
    if not any(last_value(panel.points) for panel in panels):
        write_empty(sheet, spec.words.no_data, 160)
        return
    small = sheet.sizes.small
    left = EDGE + max((sheet.measure(tick.text, small) + 8 for tick in spec.ticks), default=0.0)
    room = spec.width - EDGE - left
    columns = max(1, min(3, len(panels), int((room + _BETWEEN) // (_LEAST_PANEL + _BETWEEN))))
    if spec.width < 400:
        columns = min(2, len(panels))
    width = (room - _BETWEEN * (columns - 1)) / columns
    values = [value for panel in panels for value in values_of(panel.points)]
    limits = limits_over([*values, *(tick.value for tick in spec.ticks)])
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        lefts = [left + index * (width + _BETWEEN) for index in range(len(row))]
        _draw_row(spec, sheet, row, lefts, width, limits)
    entries = {e.sign + e.fill: e for panel in panels for e in mark_entries(panel.points, spec.words, "axis")}
    if {"^", "v"} <= {entry.sign for entry in entries.values()}:
        entries = {key: entry for key, entry in entries.items() if entry.sign != "v"}
    gaps = any(gap_runs(panel.points) for panel in panels if last_value(panel.points))
    missing = [KeyEntry("hatch", spec.words.missing, "empty")] if gaps else []
    write_key(sheet, [*entries.values(), *missing])


def sorted_panels(spec: Multiples) -> tuple[Panel, ...]:
    """The panels in the order in which they are shown; those without a value come last."""
    sign = -1 if spec.higher_is_better is False else 1

    def place(panel: Panel) -> tuple[bool, float]:
        latest = last_value(panel.points)
        return latest is None, sign * latest[1].value if latest else 0.0

    return tuple(sorted(spec.panels, key=place))


def tabulate_multiples(spec: Multiples) -> ChartRows:
    """One row for each panel and quarter."""
    rows = []
    headers: tuple[str, ...] = ()
    for panel in sorted_panels(spec):
        table = series_table(panel.points, spec.words)
        headers = table.headers
        rows += [(panel.name, *row) for row in table.rows]
    return ChartRows((spec.words.service, *headers) if headers else (spec.words.service,), tuple(rows))


def _draw_row(
    spec: Multiples,
    sheet: ChartSheet,
    row: tuple[Panel, ...],
    lefts: list[float],
    width: float,
    limits: tuple[float, float],
) -> None:
    """One row of panels: heads as tall as the tallest, then the fields, then the first and last quarter."""
    leading = sheet.sizes.label * LEADING
    heads = [_head(sheet, panel, width) for panel in row]
    base = sheet.bottom + max(head.height for head in heads) * leading
    top = base + 6
    for index, (panel, left, head) in enumerate(zip(row, lefts, heads, strict=True)):
        sheet.write(head.name, left, base - head.height * leading, sheet.sizes.label, bold=True)
        role = line_role(sheet.style, panel.family)
        start = base - len(head.latest) * leading
        sheet.write(head.latest, left + width, start, sheet.sizes.label, role, "right", True)
        plot = sheet.plot(left, top, left + width, top + _HEIGHT, quarters(panel.points), limits)
        _draw_panel(spec, panel, plot, index == 0)
        _write_ends(sheet, panel, left, width, top + _HEIGHT + 4, sheet.sizes.small)
    sheet.bottom = top + _HEIGHT + 4 + sheet.sizes.small * LEADING + 16


@dataclass(frozen=True, slots=True)
class _Head:
    """Lines of the name and of the latest value, and how many lines they take together."""

    name: tuple[str, ...]
    latest: tuple[str, ...]
    height: int


def _head(sheet: ChartSheet, panel: Panel, width: float) -> _Head:
    """The value beside the name, or under it when a word of the name would break otherwise."""
    size, text = sheet.sizes.label, latest_text(panel.points)
    room = width - sheet.measure(text, size, True) - 8
    widest = max(sheet.measure(word, size, True) for word in panel.name.split(" "))
    if widest <= room:
        name = sheet.wrap(panel.name, room, size, bold=True)
        return _Head(name, (text,), max(1, len(name)))
    name, latest = (sheet.wrap(words, width, size, bold=True) for words in (panel.name, text))
    return _Head(name, latest, len(name) + len(latest))


def _draw_panel(spec: Multiples, panel: Panel, plot: Plot, first: bool) -> None:
    role = line_role(plot.sheet.style, panel.family)
    draw_target(plot, panel.points, spec.higher_is_better)
    plot.upright_ticks(spec.ticks, labels=first)
    latest = last_value(panel.points)
    if latest is None:
        _say_nothing(spec, plot)
        return
    draw_gaps(plot, panel.points)
    draw_line(plot, panel.points, role, plot.sheet.line_width * 0.8)
    index, value = latest
    if any(p.value and (p.significant or p.outside or p.indicative) for p in panel.points):
        draw_marks(plot, panel.points, role, 5)
    else:
        plot.marks(((float(index), value.value),), "o", 6, role, role)


def _say_nothing(spec: Multiples, plot: Plot) -> None:
    sheet, size = plot.sheet, plot.sheet.sizes.small
    lines = sheet.wrap(spec.words.no_data, plot.right - plot.left - 8, size)
    top = (plot.top + plot.bottom - len(lines) * size * LEADING) / 2
    sheet.write(lines, (plot.left + plot.right) / 2, top, size, "muted", "center", face="halo")


def _write_ends(sheet: ChartSheet, panel: Panel, left: float, width: float, top: float, size: float) -> None:
    """The first and the last quarter under the field, where there is room for both."""
    if not panel.points:
        return
    first, last = (sheet.clean(panel.points[place].quarter) for place in (0, -1))
    baseline = top + size * LEADING * 0.78
    if sheet.measure(last, size) <= width:
        sheet.put(last, left + width, baseline, size, "muted", "right")
        if len(panel.points) > 1 and sheet.measure(first, size) + sheet.measure(last, size) + 10 <= width:
            sheet.put(first, left, baseline, size, "muted")
