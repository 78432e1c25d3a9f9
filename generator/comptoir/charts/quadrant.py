"""Two measures of the same clients: a spec in; a scene of dots in four named fields out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.charts.axes import tick_width, upright_ticks
from comptoir.charts.frame import (
    EDGE,
    LEADING,
    Box,
    Sheet,
    box_of,
    close_sheet,
    open_sheet,
    overlap,
    write_empty,
)
from comptoir.charts.scales import Scale, scale_over
from comptoir.charts.scene import Anchor, Area, Label, Line, Marks, Place, Scene, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table
from comptoir.charts.values import Spec

_DOT: Final = 9.0
_INSET: Final = 8.0
_RISES: Final = (0.0, 0.5, -0.5, *(sign * step * 0.6 for step in range(2, 12) for sign in (-1, 1)))
"""How far above or below its dot a name may stand, in lines: the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantDot:
    """A client: where it stands on both measures, the name of its field, and whether it is to be seen first."""

    name: str
    x: Number
    y: Number
    category: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant(Spec):
    """Dots over two measures, cut into four fields at `x_split` and `y_split`.

    `fields` names them: above at the left and at the right, below at the left and at the right.
    """

    dots: tuple[QuadrantDot, ...]
    x_name: str
    y_name: str
    x_split: Number
    y_split: Number
    x_ticks: tuple[Number, ...]
    y_ticks: tuple[Number, ...]
    fields: tuple[str, str, str, str]


def arrange_quadrant(spec: Quadrant, style: ChartStyle) -> Scene:
    """The scene of a quadrant. A name that finds no room beside its dot is left to the table."""
    sheet = open_sheet(spec, style)
    if not spec.dots:
        write_empty(sheet, spec.words.no_data, 120)
        return close_sheet(sheet, spec)
    small = sheet.sizes.small
    sheet.bottom = sheet.write([spec.y_name], EDGE, sheet.bottom, small, "muted") + 4
    left = EDGE + tick_width(sheet, spec.y_ticks) + 10
    top, right = sheet.bottom + 6, sheet.width - EDGE
    bottom = top + min(400.0, max(260.0, sheet.width * 0.55))
    x = scale_over(_all(spec.x_split, spec.x_ticks, (dot.x for dot in spec.dots)), left, right, 0.04)
    y = scale_over(_all(spec.y_split, spec.y_ticks, (dot.y for dot in spec.dots)), bottom, top, 0.04)
    _write_fields(spec, sheet, x, y)
    sheet.items += upright_ticks(sheet, spec.y_ticks, y, left, right)
    _write_splits(spec, sheet, x, y)
    _write_dots(spec, sheet, x, y)
    _write_below(spec, sheet, x, bottom)
    return close_sheet(sheet, spec)


def tabulate_quadrant(spec: Quadrant) -> Table:
    """One row for each client, in the order of the dots."""
    headers = (spec.words.service, spec.x_name, spec.y_name, spec.words.category)
    return Table(headers, tuple((dot.name, dot.x, dot.y, dot.category) for dot in spec.dots))


def _all(split: Number, ticks: Sequence[Number], values: Iterator[Number]) -> tuple[float, ...]:
    return (split.value, *(tick.value for tick in ticks), *(value.value for value in values))


def _write_fields(spec: Quadrant, sheet: Sheet, x: Scale, y: Scale) -> None:
    """The field where both measures are good lies on the colour of targets."""
    ring = rectangle(x(spec.x_split.value), y.end, x.end, y(spec.y_split.value))
    sheet.items.append(Area((ring,), "target-band"))


def _write_splits(spec: Quadrant, sheet: Sheet, x: Scale, y: Scale) -> None:
    across, down = y(spec.y_split.value), x(spec.x_split.value)
    sheet.items.append(Line(((x.start, across), (x.end, across)), "axis"))
    sheet.items.append(Line(((down, y.end), (down, y.start)), "axis"))


def _write_dots(spec: Quadrant, sheet: Sheet, x: Scale, y: Scale) -> None:
    """Dots, then what names them: the fields at their corners, and each client as near to its dot as there is room."""
    ordered = sorted(spec.dots, key=lambda dot: (not dot.stands_out, -dot.y.value, dot.x.value, dot.name))
    places = [(x(dot.x.value), y(dot.y.value)) for dot in ordered]
    plain = tuple(place for dot, place in zip(ordered, places, strict=True) if not dot.stands_out)
    seen = tuple(place for dot, place in zip(ordered, places, strict=True) if dot.stands_out)
    sheet.items += [Marks(plain, "circle", _DOT, "line", "line")] if plain else []
    sheet.items += [Marks(seen, "diamond", _DOT, "missed", "missed")] if seen else []
    taken = [(px - 6, py - 6, px + 6, py + 6) for px, py in places]
    names = list(_names_of_fields(spec, sheet, x, y))
    for dot, place in zip(ordered, places, strict=True):
        label = _place_name(sheet, dot, place, taken, (x.start, y.end, x.end, y.start))
        if label is not None:
            box = box_of(sheet, label)
            taken.append(box)
            near = box[0] - 2 if label.anchor == "start" else box[2] + 2
            sheet.items += [Line((place, (near, (box[1] + box[3]) / 2)), "axis", 0.7), label]
    sheet.items += [name for name in names if not any(overlap(box_of(sheet, name), box) for box in taken)]


def _names_of_fields(spec: Quadrant, sheet: Sheet, x: Scale, y: Scale) -> Iterator[Label]:
    size = sheet.sizes.small
    for name, is_right, is_below in zip(
        spec.fields, (False, True, False, True), (False, False, True, True), strict=True
    ):
        baseline = y.start - _INSET if is_below else y.end + _INSET + size * 0.7
        across = x.end - _INSET if is_right else x.start + _INSET
        yield Label((across, baseline), name, size, "muted", "end" if is_right else "start", True, "halo")


def _place_name(
    sheet: Sheet, dot: QuadrantDot, place: Place, taken: Sequence[Box], field: Box
) -> Label | None:
    """The name at the first place around its dot where it touches nothing and stays in the field."""
    size, role = sheet.sizes.small, "missed" if dot.stands_out else "ink"
    px, py = place
    for rise in _RISES if sheet.width >= 520 else _RISES[:5]:
        baseline, away = py + size * (0.35 + rise), 10 if abs(rise) < 0.6 else 22
        for at, anchor in (((px + away, baseline), "start"), ((px - away, baseline), "end")):
            side: Anchor = "start" if anchor == "start" else "end"
            label = Label(at, dot.name, size, role, side, dot.stands_out, "halo")
            box = box_of(sheet, label)
            inside = field[0] <= box[0] and box[2] <= field[2] and field[1] <= box[1] and box[3] <= field[3]
            if inside and not any(overlap(box, other) for other in taken):
                return label
    return None


def _write_below(spec: Quadrant, sheet: Sheet, x: Scale, bottom: float) -> None:
    """The numbers of the level axis and what it measures."""
    size, free = sheet.sizes.small, 0.0
    for tick in sorted(spec.x_ticks, key=lambda tick: tick.value):
        half = sheet.measure(tick.text, size) / 2
        middle = min(max(x(tick.value), EDGE + half), sheet.width - EDGE - half)
        if middle - half >= free:
            sheet.write([tick.text], middle, bottom + 4, size, "muted", "middle")
            free = middle + half + 8
    top = bottom + 4 + size * LEADING + 2
    lines = sheet.wrap(spec.x_name, sheet.width - 2 * EDGE, size)
    sheet.bottom = sheet.write(lines, sheet.width - EDGE, top, size, "muted", "end") + 4
