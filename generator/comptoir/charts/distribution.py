"""How values are distributed: bins and markers in; a scene of columns with the target and the quantiles, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from comptoir.charts.frame import EDGE, LEADING, Sheet, close_sheet, open_sheet, write_empty
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Item, Label, Line, Place, Scene, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table
from comptoir.charts.values import Spec

_RATIO: Final = 0.34
_LEAST: Final = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many values lie from `lower` to `upper`; `range` says so in the page's language."""

    lower: float
    upper: float
    count: Number
    range: str

    def __post_init__(self) -> None:
        if not self.lower < self.upper or self.count.value < 0:
            raise ValueError(f"{self.range} is not a bin of a distribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A value worth a line across the columns."""

    kind: Literal["target", "median", "p90"]
    value: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Spec):
    """A histogram. With a target and a direction, the band shows where the promise is kept."""

    bins: tuple[Bin, ...]
    markers: tuple[Marker, ...] = ()
    ticks: tuple[Number, ...] = ()
    higher_is_better: bool | None = None


def arrange_distribution(spec: Distribution, style: ChartStyle) -> Scene:
    """The scene of a distribution."""
    sheet = open_sheet(spec, style)
    if not any(column.count.value for column in spec.bins):
        write_empty(sheet, spec.words.no_data, 140)
        return close_sheet(sheet, spec)
    x = _scale(spec)
    lanes = _lanes(spec, sheet, x)
    small = sheet.sizes.small
    top = sheet.bottom + len(lanes) * small * LEADING + 8
    bottom = top + max(_LEAST, sheet.width * _RATIO)
    _write_band(spec, sheet, x, top, bottom)
    _write_columns(spec, sheet, x, top, bottom)
    sheet.items.append(Line(((EDGE, bottom), (sheet.width - EDGE, bottom)), "axis"))
    _write_markers(spec, sheet, x, lanes, bottom)
    sheet.bottom = _write_ticks(spec, sheet, x, bottom + 5)
    return close_sheet(sheet, spec)


def tabulate_distribution(spec: Distribution) -> Table:
    """One row for each bin, then the markers."""
    words = spec.words
    rows: list[tuple[Number | str, ...]] = [(column.range, column.count) for column in spec.bins]
    rows += [(_word(spec, marker), marker.value) for marker in spec.markers]
    return Table((words.value, words.count), tuple(rows))


def _scale(spec: Distribution) -> Scale:
    lows = [column.lower for column in spec.bins] + [marker.value.value for marker in spec.markers]
    highs = [column.upper for column in spec.bins] + [marker.value.value for marker in spec.markers]
    return Scale(min(lows), max(highs), EDGE, spec.width - EDGE)


def _word(spec: Distribution, marker: Marker) -> str:
    words = spec.words
    return {"target": words.target, "median": words.median, "p90": words.p90}[marker.kind]


def _write_band(spec: Distribution, sheet: Sheet, x: Scale, top: float, bottom: float) -> None:
    target = next((marker.value.value for marker in spec.markers if marker.kind == "target"), None)
    if target is None or spec.higher_is_better is None:
        return
    kept = x.end if spec.higher_is_better else x.start
    left, right = sorted((x(target), kept))
    sheet.items.append(Area((rectangle(left, top, right, bottom),), "target-band"))


def _write_columns(spec: Distribution, sheet: Sheet, x: Scale, top: float, bottom: float) -> None:
    """Columns with their counts, where a count fits on its column and no marker crosses it.

    A column that is wider than the narrowest is lower for it: what counts is its surface.
    """
    narrowest = min(column.upper - column.lower for column in spec.bins)
    heights = [column.count.value * narrowest / (column.upper - column.lower) for column in spec.bins]
    highest = max(heights)
    small = sheet.sizes.small
    y = Scale(0, highest, bottom, top + small * LEADING + 4)
    rings: list[tuple[Place, ...]] = []
    counts: list[Item] = []
    for column, height in zip(spec.bins, heights, strict=True):
        left, right, level = x(column.lower) + 0.75, x(column.upper) - 0.75, y(height)
        if column.count.value:
            rings.append(rectangle(left, min(level, bottom - 1), max(right, left + 0.5), bottom))
        middle, width = (left + right) / 2, sheet.measure(column.count.text, small)
        crossed = any(abs(x(marker.value.value) - middle) < width / 2 + 2 for marker in spec.markers)
        if column.count.value and width <= right - left and not crossed:
            at = (middle, level - 4)
            counts.append(Label(at, column.count.text, small, "muted", "middle"))
    sheet.items += [Area(tuple(rings), "bar-soft"), *counts]


def _lanes(spec: Distribution, sheet: Sheet, x: Scale) -> list[list[tuple[Marker, str, float]]]:
    """The labels of the markers on as few lines as keep them apart: each with its text and its middle."""
    small = sheet.sizes.small
    lanes: list[list[tuple[Marker, str, float]]] = []
    for marker in sorted(spec.markers, key=lambda marker: marker.value.value):
        text = f"{_word(spec, marker)} {marker.value.text}"
        width = sheet.measure(text, small, bold=True)
        middle = min(max(x(marker.value.value), EDGE + width / 2), sheet.width - EDGE - width / 2)
        for lane in lanes:
            _, before, at = lane[-1]
            if at + sheet.measure(before, small, bold=True) / 2 + 10 <= middle - width / 2:
                lane.append((marker, text, middle))
                break
        else:
            lanes.append([(marker, text, middle)])
    return lanes


def _write_markers(
    spec: Distribution,
    sheet: Sheet,
    x: Scale,
    lanes: Sequence[Sequence[tuple[Marker, str, float]]],
    bottom: float,
) -> None:
    small = sheet.sizes.small
    top = sheet.bottom
    for lane in lanes:
        for marker, text, middle in lane:
            role = "target" if marker.kind == "target" else "ink"
            place = x(marker.value.value)
            dashes = () if marker.kind == "target" else (4.0, 3.0) if marker.kind == "median" else (1.5, 2.5)
            start = top + small * LEADING + 2
            sheet.items.append(Line(((place, start), (place, bottom)), role, 1.8, dashes))
            sheet.write([text], middle, top, small, role, "middle", bold=True, face="halo")
        top += small * LEADING


def _write_ticks(spec: Distribution, sheet: Sheet, x: Scale, top: float) -> float:
    """Numbers under the columns; one that would touch its neighbour goes."""
    small = sheet.sizes.small
    free = 0.0
    for tick in sorted(spec.ticks, key=lambda tick: tick.value):
        width = sheet.measure(tick.text, small)
        middle = min(max(x(tick.value), EDGE + width / 2), sheet.width - EDGE - width / 2)
        if middle - width / 2 >= free:
            sheet.write([tick.text], middle, top, small, "muted", "middle")
            free = middle + width / 2 + 8
    return top + small * LEADING + 4
