"""Two measures of the same clients: a spec in; dots in four named fields, drawn on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import Spot, WordBox, free, limits_over
from comptoir.charts.sheet import EDGE, Align, ChartSheet, Plot, rectangle, write_empty
from comptoir.charts.tables import ChartNumber, ChartRows
from comptoir.charts.values import Spec

_DOT: Final = 9.0
_INSET: Final = 8.0
_RISES: Final = (0.0, 0.5, -0.5, *(sign * step * 0.6 for step in range(2, 12) for sign in (-1, 1)))
"""How far above or below its dot a name may stand, in lines: the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantDot:
    """A client: where it stands on both measures, the name of its field, and whether it is to be seen first."""

    name: str
    x: ChartNumber
    y: ChartNumber
    category: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantChart(Spec):
    """Dots over two measures, cut into four fields at `x_split` and `y_split`.

    `fields` names them: above at the left and at the right, below at the left and at the right.
    """

    dots: tuple[QuadrantDot, ...]
    x_name: str
    y_name: str
    x_split: ChartNumber
    y_split: ChartNumber
    x_ticks: tuple[ChartNumber, ...]
    y_ticks: tuple[ChartNumber, ...]
    fields: tuple[str, str, str, str]


def draw_quadrant(spec: QuadrantChart, sheet: ChartSheet) -> None:
    """Dots in their fields. A name that finds no room beside its dot is left to the table."""
    if not spec.dots:
        write_empty(sheet, spec.words.no_data, 120)
        return
    small = sheet.sizes.small
    above = sheet.wrap(spec.y_name, sheet.width - 2 * EDGE, small)
    sheet.bottom = sheet.write(above, EDGE, sheet.bottom, small, "muted") + 4
    left = EDGE + max((sheet.measure(tick.text, small) for tick in spec.y_ticks), default=0.0) + 10
    top, right = sheet.bottom + 6, sheet.width - EDGE
    bottom = top + min(400.0, max(260.0, sheet.width * 0.55))
    x = limits_over(_all(spec.x_split, spec.x_ticks, (dot.x for dot in spec.dots)), 0.04)
    y = limits_over(_all(spec.y_split, spec.y_ticks, (dot.y for dot in spec.dots)), 0.04)
    plot = sheet.plot(left, top, right, bottom, x, y)
    plot.fill((rectangle(spec.x_split.value, y[1], x[1], spec.y_split.value),), "target-band")
    plot.upright_ticks(spec.y_ticks)
    plot.line(((x[0], spec.y_split.value), (x[1], spec.y_split.value)), "axis", 1)
    plot.line(((spec.x_split.value, y[0]), (spec.x_split.value, y[1])), "axis", 1)
    _draw_dots(spec, plot)
    below = plot.level_ticks(spec.x_ticks)
    lines = sheet.wrap(spec.x_name, sheet.width - 2 * EDGE, small)
    sheet.bottom = sheet.write(lines, right, below, small, "muted", "right") + 4


def tabulate_quadrant(spec: QuadrantChart) -> ChartRows:
    """One row for each client, in the order of the dots."""
    headers = (spec.words.service, spec.x_name, spec.y_name, spec.words.category)
    return ChartRows(headers, tuple((dot.name, dot.x, dot.y, dot.category) for dot in spec.dots))


def _all(
    split: ChartNumber, ticks: Sequence[ChartNumber], values: Iterator[ChartNumber]
) -> tuple[float, ...]:
    return (split.value, *(tick.value for tick in ticks), *(value.value for value in values))


def _draw_dots(spec: QuadrantChart, plot: Plot) -> None:
    """Dots, then what names them: the fields at their corners, and each client as near to its dot as there is room."""
    sheet, size = plot.sheet, plot.sheet.sizes.small
    ordered = sorted(spec.dots, key=lambda dot: (not dot.stands_out, -dot.y.value, dot.x.value, dot.name))
    for shape, role, seen in (("o", "line", False), ("D", "missed", True)):
        spots = [(dot.x.value, dot.y.value) for dot in ordered if dot.stands_out is seen]
        if spots:
            plot.marks(spots, "D" if shape == "D" else "o", _DOT, role, role)
    places = [(plot.x(dot.x.value), plot.y(dot.y.value)) for dot in ordered]
    taken = [(px - 6, py - 6, px + 6, py + 6) for px, py in places]
    for dot, place in zip(ordered, places, strict=True):
        found = _place_name(plot, dot, place, taken)
        if found is not None:
            x, baseline, align, box = found
            taken.append(box)
            near, side = (box[0] - 2, 1) if align == "left" else (box[2] + 2, -1)
            edge = (place[0] + side * _DOT / 2, place[1])
            role = "missed" if dot.stands_out else "ink"
            sheet.add_line((edge, (near, (box[1] + box[3]) / 2)), "axis", 0.7)
            sheet.put(dot.name, x, baseline, size, role, align, dot.stands_out, "halo")
    for name, x, baseline, align in _names_of_fields(spec, plot):
        box = sheet.box(name, x, baseline, size, align, True)
        if free(box, taken):
            taken.append(box)
            sheet.put(name, x, baseline, size, "muted", align, True, "halo")


def _names_of_fields(spec: QuadrantChart, plot: Plot) -> Iterator[tuple[str, float, float, Align]]:
    """The names that find room in their half of the plot, each in its corner."""
    sheet, size = plot.sheet, plot.sheet.sizes.small
    for place, name in enumerate(spec.fields):
        at_right, below = bool(place % 2), place >= 2
        baseline = plot.bottom - _INSET if below else plot.top + _INSET + size * 0.7
        across = plot.right - _INSET if at_right else plot.left + _INSET
        yield sheet.clean(name), across, baseline, "right" if at_right else "left"


def _place_name(
    plot: Plot, dot: QuadrantDot, place: Spot, taken: Sequence[WordBox]
) -> tuple[float, float, Align, WordBox] | None:
    """The first place around its dot where a name touches nothing and stays in the plot."""
    sheet, size, name = plot.sheet, plot.sheet.sizes.small, plot.sheet.clean(dot.name)
    px, py = place
    for rise in _RISES if sheet.wide else _RISES[:5]:
        baseline, away = py + size * (0.35 + rise), 10 if abs(rise) < 0.6 else 22
        sides: tuple[tuple[float, Align], ...] = ((px + away, "left"), (px - away, "right"))
        for x, align in sides:
            box = sheet.box(name, x, baseline, size, align, dot.stands_out)
            across = plot.left <= box[0] and box[2] <= plot.right
            if across and plot.top <= box[1] and box[3] <= plot.bottom and free(box, taken):
                return x, baseline, align, box
    return None
