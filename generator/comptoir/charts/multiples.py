"""Small trends side by side on one scale: a spec in; a scene of titled panels, the one in most need first, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.axes import tick_width, upright_ticks
from comptoir.charts.frame import (
    EDGE,
    LEADING,
    KeyEntry,
    Sheet,
    close_sheet,
    open_sheet,
    write_empty,
    write_key,
)
from comptoir.charts.scales import scale_over
from comptoir.charts.scene import Label, Marks, Scene
from comptoir.charts.series import (
    Field,
    gap_items,
    gap_runs,
    last_value,
    latest_text,
    line_items,
    mark_entries,
    mark_items,
    target_items,
    values_of,
)
from comptoir.charts.style import ChartStyle, line_role
from comptoir.charts.tables import Number, Table
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
    ticks: tuple[Number, ...] = ()
    higher_is_better: bool | None = None


def arrange_multiples(spec: Multiples, style: ChartStyle) -> Scene:
    """The scene of small multiples."""
    sheet = open_sheet(spec, style)
    panels = sorted_panels(spec)
    if not any(last_value(panel.points) for panel in panels):
        write_empty(sheet, spec.words.no_data, 160)
        return close_sheet(sheet, spec)
    left = EDGE + tick_width(sheet, spec.ticks) + (8 if spec.ticks else 0)
    room = spec.width - EDGE - left
    columns = max(1, min(3, len(panels), int((room + _BETWEEN) // (_LEAST_PANEL + _BETWEEN))))
    if spec.width < 400:
        columns = min(2, len(panels))
    width = (room - _BETWEEN * (columns - 1)) / columns
    values = [value for panel in panels for value in values_of(panel.points)] + [t.value for t in spec.ticks]
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        lefts = [left + index * (width + _BETWEEN) for index in range(len(row))]
        _write_row(spec, sheet, row, lefts, width, values)
    entries = {
        e.shape + e.fill: e for panel in panels for e in mark_entries(panel.points, spec.words, "axis")
    }
    if {"up", "down"} <= {entry.shape for entry in entries.values()}:
        entries = {key: entry for key, entry in entries.items() if entry.shape != "down"}
    gaps = any(gap_runs(panel.points) for panel in panels if last_value(panel.points))
    missing = [KeyEntry("hatch", spec.words.missing, "empty")] if gaps else []
    write_key(sheet, [*entries.values(), *missing])
    return close_sheet(sheet, spec)


def sorted_panels(spec: Multiples) -> tuple[Panel, ...]:
    """The panels in the order in which they are shown; those without a value come last."""
    sign = -1 if spec.higher_is_better is False else 1

    def place(panel: Panel) -> tuple[bool, float]:
        latest = last_value(panel.points)
        return latest is None, sign * latest[1].value if latest else 0.0

    return tuple(sorted(spec.panels, key=place))


def tabulate_multiples(spec: Multiples) -> Table:
    """One row for each panel and quarter."""
    rows = []
    headers: tuple[str, ...] = ()
    for panel in sorted_panels(spec):
        table = series_table(panel.points, spec.words)
        headers = table.headers
        rows += [(panel.name, *row) for row in table.rows]
    return Table((spec.words.service, *headers) if headers else (spec.words.service,), tuple(rows))


def _write_row(
    spec: Multiples,
    sheet: Sheet,
    row: tuple[Panel, ...],
    lefts: list[float],
    width: float,
    values: list[float],
) -> None:
    """One row of panels: heads as tall as the tallest, then the fields, then the first and last quarter."""
    leading = sheet.sizes.label * LEADING
    heads = [_head(sheet, panel, width) for panel in row]
    base = sheet.bottom + max(head.height for head in heads) * leading
    top = base + 6
    y = scale_over(values, top + _HEIGHT, top)
    for index, (panel, left, head) in enumerate(zip(row, lefts, heads, strict=True)):
        sheet.write(head.name, left, base - head.height * leading, sheet.sizes.label, bold=True)
        role = line_role(sheet.style, panel.family)
        start = base - len(head.latest) * leading
        sheet.write(head.latest, left + width, start, sheet.sizes.label, role, "end", True)
        field = Field(left, left + width, top, top + _HEIGHT, len(panel.points), y)
        _write_panel(spec, sheet, panel, field, index == 0)
        _write_ends(sheet, panel, left, width, top + _HEIGHT + 4, sheet.sizes.small)
    sheet.bottom = top + _HEIGHT + 4 + sheet.sizes.small * LEADING + 16


@dataclass(frozen=True, slots=True)
class _Head:
    """Lines of the name and of the latest value, and how many lines they take together."""

    name: tuple[str, ...]
    latest: tuple[str, ...]
    height: int


def _head(sheet: Sheet, panel: Panel, width: float) -> _Head:
    """The value beside the name, or under it when a word of the name would break otherwise."""
    size, text = sheet.sizes.label, latest_text(panel.points)
    room = width - sheet.measure(text, size, True) - 8
    widest = max(sheet.measure(word, size, True) for word in panel.name.split(" "))
    if widest <= room:
        name = sheet.wrap(panel.name, room, size, bold=True)
        return _Head(name, (text,), max(1, len(name)))
    name, latest = (sheet.wrap(words, width, size, bold=True) for words in (panel.name, text))
    return _Head(name, latest, len(name) + len(latest))


def _write_panel(spec: Multiples, sheet: Sheet, panel: Panel, field: Field, first: bool) -> None:
    role = line_role(sheet.style, panel.family)
    sheet.items += target_items(panel.points, field, spec.higher_is_better)
    sheet.items += upright_ticks(sheet, spec.ticks, field.y, field.left, field.right, labels=first)
    latest = last_value(panel.points)
    if latest is None:
        _say_nothing(spec, sheet, field)
        return
    sheet.items += gap_items(panel.points, field)
    sheet.items += line_items(panel.points, field, role, 2)
    index, value = latest
    particular = [p for p in panel.points if p.value and (p.significant or p.outside or p.indicative)]
    if particular:
        sheet.items += mark_items(panel.points, field, role, 5)
    else:
        sheet.items.append(Marks(((field.middle(index), field.y(value.value)),), "circle", 6, role, role))


def _say_nothing(spec: Multiples, sheet: Sheet, field: Field) -> None:
    size = sheet.sizes.small
    lines = sheet.wrap(spec.words.no_data, field.right - field.left - 8, size)
    top = (field.top + field.bottom - len(lines) * size * LEADING) / 2
    sheet.write(lines, (field.left + field.right) / 2, top, size, "muted", "middle", face="halo")


def _write_ends(sheet: Sheet, panel: Panel, left: float, width: float, top: float, size: float) -> None:
    """The first and the last quarter under the field, where there is room for both."""
    if not panel.points:
        return
    first, last = panel.points[0].quarter, panel.points[-1].quarter
    baseline = top + size * LEADING * 0.78
    if sheet.measure(last, size) <= width:
        sheet.items.append(Label((left + width, baseline), last, size, "muted", "end"))
        if len(panel.points) > 1 and sheet.measure(first, size) + sheet.measure(last, size) + 10 <= width:
            sheet.items.append(Label((left, baseline), first, size, "muted"))
