"""Quarters along a line: points and a plot in; the target's band, gaps, interval, line and marks drawn on it.

The level axis counts quarters: the first lies at 0, and each takes the half before it and the half behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from comptoir.charts.placing import Spot
from comptoir.charts.sheet import RIBBON, KeyEntry, MarkShape, Plot, rectangle
from comptoir.charts.tables import ChartNumber
from comptoir.charts.values import Point, Words

_LARGER: Final = 3.0  # pixels: a particular mark than a plain one


def quarters(points: Sequence[Point]) -> tuple[float, float]:
    """The limits of a level axis of quarters."""
    return -0.5, max(1, len(points)) - 0.5


def values_of(points: Iterable[Point]) -> Iterator[float]:
    """Every number that the drawing of the points must have room for."""
    for point in points:
        if point.value is not None:
            yield point.value.value
            if point.interval is not None:
                yield from (point.interval.lower.value, point.interval.upper.value)
        if point.target is not None:
            yield point.target.value


def draw_target(plot: Plot, points: Sequence[Point], higher_is_better: bool | None) -> None:
    """The band where the promise is kept and its edge, in steps where the target changed."""
    runs = target_runs(points)
    low, high = plot.axes.get_ylim()
    if higher_is_better is not None and runs:
        kept = high if higher_is_better else low
        plot.fill(
            [rectangle(first - 0.5, t.value, last + 0.5, kept) for first, last, t in runs], "target-band"
        )
    for steps in _joined(runs):
        corners: list[Spot] = []
        for first, last, target in steps:
            corners += [(first - 0.5, target.value), (last + 0.5, target.value)]
        plot.line(corners, "target", 1.2)


def gap_runs(points: Sequence[Point]) -> list[tuple[int, int, str]]:
    """First and last index of neighbours without a value for the same reason, and that reason."""
    runs = []
    for (absent, reason), group in groupby(
        enumerate(points),
        key=lambda pair: (pair[1].value is None, pair[1].absence if pair[1].value is None else ""),
    ):
        indexes = [index for index, _ in group]
        if absent:
            runs.append((indexes[0], indexes[-1], reason))
    return runs


def draw_gaps(plot: Plot, points: Sequence[Point]) -> None:
    """A hatched column where quarters are missing."""
    low, high = plot.axes.get_ylim()
    rings = [rectangle(first - 0.48, low, last + 0.48, high) for first, last, _ in gap_runs(points)]
    if rings:
        plot.fill(rings, "empty", hatched=True)


def draw_intervals(plot: Plot, points: Sequence[Point], role: str) -> None:
    """The interval as a ribbon along neighbouring points, as an upright line around a lonely one."""
    for run in value_runs(points, with_interval=True):
        ends = [(i, p.interval.lower.value, p.interval.upper.value) for i, p in run if p.interval]
        if len(ends) == 1:
            x, low, high = ends[0]
            plot.line(((x, low), (x, high)), role, 1.2)
        else:
            ring = [(x, high) for x, _, high in ends] + [(x, low) for x, low, _ in reversed(ends)]
            plot.fill((ring,), role, RIBBON)


def draw_line(plot: Plot, points: Sequence[Point], role: str, width: float) -> None:
    """The line through the values; it stops where a quarter is missing."""
    for run in value_runs(points):
        spots = [(float(i), p.value.value) for i, p in run if p.value]
        if len(spots) > 1:
            plot.line(spots, role, width)


def draw_marks(plot: Plot, points: Sequence[Point], role: str, size: float) -> None:
    """A mark on each value: its shape says what is particular, a hollow one that few answers carry it."""
    placed: dict[tuple[MarkShape, bool], list[Spot]] = {}
    for index, point in enumerate(points):
        if point.value is not None:
            spot = (float(index), point.value.value)
            placed.setdefault((shape_of(points, index), point.indicative), []).append(spot)
    for (shape, hollow), spots in sorted(placed.items()):
        larger = size if shape == "o" else size + _LARGER
        plot.marks(spots, shape, larger, "paper" if hollow else role, role)


def shape_of(points: Sequence[Point], index: int) -> MarkShape:
    """Circle; diamond outside the limits; arrow head of a significant change; square when both."""
    point = points[index]
    if point.outside:
        return "s" if point.significant else "D"
    if not point.significant:
        return "o"
    earlier = [p.value.value for p in points[:index] if p.value is not None]
    value = point.value.value if point.value else 0.0
    return "v" if earlier and value < earlier[-1] else "^"


def mark_entries(points: Sequence[Point], words: Words, role: str) -> list[KeyEntry]:
    """What the marks among these points mean, in words."""
    shapes = {shape_of(points, i) for i, point in enumerate(points) if point.value is not None}
    entries = [
        KeyEntry(shape, meaning, role, role)
        for shape, meaning in (
            ("^", words.significant),
            ("v", words.significant),
            ("D", words.outside),
            ("s", f"{words.significant}, {words.outside}"),
        )
        if shape in shapes
    ]
    if {"^", "v"} <= shapes:
        entries = [entry for entry in entries if entry.sign != "v"]
    if any(point.indicative and point.value is not None for point in points):
        entries.append(KeyEntry("o", words.indicative, "paper", role))
    return entries


def last_value(points: Sequence[Point]) -> tuple[int, ChartNumber] | None:
    """The latest value and its index."""
    for index in reversed(range(len(points))):
        value = points[index].value
        if value is not None:
            return index, value
    return None


def latest_text(points: Sequence[Point]) -> str:
    """The latest value in words, with its quarter when it is not the last one."""
    latest = last_value(points)
    if latest is None:
        return ""
    index, value = latest
    return value.text if index == len(points) - 1 else f"{value.text} ({points[index].quarter})"


def value_runs(points: Sequence[Point], with_interval: bool = False) -> list[list[tuple[int, Point]]]:
    """Neighbours that have a value, each with its index."""
    runs = []
    for there, group in groupby(
        enumerate(points),
        key=lambda pair: pair[1].value is not None and (not with_interval or pair[1].interval is not None),
    ):
        if there:
            runs.append(list(group))
    return runs


def target_runs(points: Sequence[Point]) -> list[tuple[int, int, ChartNumber]]:
    """First and last index of neighbours with the same target, and that target."""
    runs: list[tuple[int, int, ChartNumber]] = []
    for index, point in enumerate(points):
        if point.target is None:
            continue
        if runs and runs[-1][1] == index - 1 and runs[-1][2].value == point.target.value:
            runs[-1] = (runs[-1][0], index, point.target)
        else:
            runs.append((index, index, point.target))
    return runs


def _joined(runs: Sequence[tuple[int, int, ChartNumber]]) -> list[list[tuple[int, int, ChartNumber]]]:
    joined = [[run] for run in runs[:1]]
    for before, run in pairwise(runs):
        if before[1] + 1 == run[0]:
            joined[-1].append(run)
        else:
            joined.append([run])
    return joined
