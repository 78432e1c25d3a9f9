"""How values are distributed: bins and markers in; columns with the target and the quantiles, drawn on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from comptoir.charts.placing import LEADING, Spot, spanned
from comptoir.charts.sheet import EDGE, ChartSheet, Plot, rectangle, write_empty
from comptoir.charts.tables import ChartNumber, ChartRows
from comptoir.charts.values import Spec

_RATIO: Final = 0.34
_LEAST: Final = 150.0
_DASHES: Final = {"target": (), "median": (4.0, 3.0), "p90": (1.5, 2.5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many values lie from `lower` to `upper`; `range` says so in the page's language."""

    lower: float
    upper: float
    count: ChartNumber
    range: str

    def __post_init__(self) -> None:
        if not self.lower < self.upper or self.count.value < 0:
            raise ValueError(f"{self.range} is not a bin of a distribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A value worth a line across the columns."""

    kind: Literal["target", "median", "p90"]
    value: ChartNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Spec):
    """A histogram. With a target and a direction, the band shows where the promise is kept."""

    bins: tuple[Bin, ...]
    markers: tuple[Marker, ...] = ()
    ticks: tuple[ChartNumber, ...] = ()
    higher_is_better: bool | None = None


def draw_distribution(spec: Distribution, sheet: ChartSheet) -> None:
    """Columns, with the markers named above them."""
    if not any(column.count.value for column in spec.bins):
        write_empty(sheet, spec.words.no_data, 140)
        return
    small = sheet.sizes.small
    start, heights = sheet.bottom, _heights(spec)
    tall = max(_LEAST, sheet.width * _RATIO)
    # The level scale is known before the height: labels of markers need it to find their lines.
    plot = sheet.plot(EDGE, start, sheet.width - EDGE, start + tall, _limits(spec))
    lanes = _lanes(spec, plot)
    top = start + len(lanes) * small * LEADING + 8
    headroom = tall / (tall - small * LEADING - 4)
    plot = plot.moved(top, top + tall, (0, max(heights) * headroom))
    _draw_band(spec, plot)
    _draw_columns(spec, plot, heights)
    left, right = plot.axes.get_xlim()
    plot.line(((left, 0), (right, 0)), "axis", 1)
    _draw_markers(plot, lanes, start)
    sheet.bottom = plot.level_ticks(spec.ticks)


def tabulate_distribution(spec: Distribution) -> ChartRows:
    """One row for each bin, then the markers."""
    words = spec.words
    rows: list[tuple[ChartNumber | str, ...]] = [(column.range, column.count) for column in spec.bins]
    rows += [(_word(spec, marker), marker.value) for marker in spec.markers]
    return ChartRows((words.value, words.count), tuple(rows))


def _limits(spec: Distribution) -> tuple[float, float]:
    markers = [marker.value.value for marker in spec.markers]
    lows, highs = [column.lower for column in spec.bins], [column.upper for column in spec.bins]
    return spanned(min(lows + markers), max(highs + markers))


def _heights(spec: Distribution) -> list[float]:
    """A column that is wider than the narrowest is lower for it: what counts is its surface."""
    narrowest = min(column.upper - column.lower for column in spec.bins)
    return [column.count.value * (narrowest / (column.upper - column.lower)) for column in spec.bins]


def _word(spec: Distribution, marker: Marker) -> str:
    words = spec.words
    return {"target": words.target, "median": words.median, "p90": words.p90}[marker.kind]


def _draw_band(spec: Distribution, plot: Plot) -> None:
    target = next((marker.value.value for marker in spec.markers if marker.kind == "target"), None)
    if target is not None and spec.higher_is_better is not None:
        kept = plot.axes.get_xlim()[1 if spec.higher_is_better else 0]
        plot.fill((rectangle(target, 0, kept, plot.axes.get_ylim()[1]),), "target-band")


def _draw_columns(spec: Distribution, plot: Plot, heights: list[float]) -> None:
    """Columns with their counts, where a count fits on its column and no marker crosses it."""
    sheet, small = plot.sheet, plot.sheet.sizes.small
    (low, high), least = plot.axes.get_xlim(), plot.axes.get_ylim()[1] / (plot.bottom - plot.top)
    gap = (high - low) / (plot.right - plot.left) * 0.75
    markers = [plot.x(marker.value.value) for marker in spec.markers]
    rings: list[tuple[Spot, ...]] = []
    for column, height in zip(spec.bins, heights, strict=True):
        if not column.count.value:
            continue
        left, right = column.lower + gap, max(column.upper - gap, column.lower + 2 * gap)
        rings.append(rectangle(left, max(height, least), right, 0))
        middle, text = plot.x((left + right) / 2), sheet.clean(column.count.text)
        width = sheet.measure(text, small)
        crossed = any(abs(at - middle) < width / 2 + 2 for at in markers)
        if width <= plot.x(right) - plot.x(left) and not crossed:
            sheet.put(text, middle, plot.y(height) - 4, small, "muted", "center")
    plot.fill(rings, "bar-soft")


def _lanes(spec: Distribution, plot: Plot) -> list[list[tuple[Marker, str, float]]]:
    """The labels of the markers on as few lines as keep them apart: each with its text and its middle."""
    sheet, small = plot.sheet, plot.sheet.sizes.small
    lanes: list[list[tuple[Marker, str, float]]] = []
    for marker in sorted(spec.markers, key=lambda marker: marker.value.value):
        text = sheet.clean(f"{_word(spec, marker)} {marker.value.text}")
        half = sheet.measure(text, small, bold=True) / 2
        middle = sheet.inside(plot.x(marker.value.value), [text], small, bold=True)
        for lane in lanes:
            _, before, at = lane[-1]
            if at + sheet.measure(before, small, bold=True) / 2 + 10 <= middle - half:
                lane.append((marker, text, middle))
                break
        else:
            lanes.append([(marker, text, middle)])
    return lanes


def _draw_markers(plot: Plot, lanes: Sequence[Sequence[tuple[Marker, str, float]]], top: float) -> None:
    sheet, small = plot.sheet, plot.sheet.sizes.small
    for lane in lanes:
        below = top + small * LEADING
        for marker, text, middle in lane:
            role = "target" if marker.kind == "target" else "ink"
            place = plot.x(marker.value.value)
            sheet.add_line(((place, below + 2), (place, plot.bottom)), role, 1.8, _DASHES[marker.kind])
            sheet.write([text], middle, top, small, role, "center", bold=True, face="halo")
        top = below
