"""Quarters along a line: points and a field to draw them in; the target's band, gaps, interval, line and marks, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from comptoir.charts.frame import RIBBON, KeyEntry
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Item, Line, Marks, Place, Shape, rectangle
from comptoir.charts.tables import Number
from comptoir.charts.values import Point, Words

MARK: Final = 7.0


@dataclass(frozen=True, slots=True)
class Field:
    """Where a series is drawn: a slot for each of `count` quarters between `left` and `right`."""

    left: float
    right: float
    top: float
    bottom: float
    count: int
    y: Scale

    @property
    def slot(self) -> float:
        return (self.right - self.left) / max(1, self.count)

    def middle(self, index: int) -> float:
        """The middle of a slot."""
        return self.left + self.slot * (index + 0.5)

    def edge(self, index: int) -> float:
        """The left edge of a slot."""
        return self.left + self.slot * index


def values_of(points: Iterable[Point]) -> Iterator[float]:
    """Every number that the drawing of the points must have room for."""
    for point in points:
        if point.value is not None:
            yield point.value.value
            if point.interval is not None:
                yield from (point.interval.lower.value, point.interval.upper.value)
        if point.target is not None:
            yield point.target.value


def target_items(points: Sequence[Point], field: Field, higher_is_better: bool | None) -> Iterator[Item]:
    """The band where the promise is kept and its edge, in steps where the target changed."""
    runs = _target_runs(points)
    if higher_is_better is not None:
        kept = field.top if higher_is_better else field.bottom
        rings = [
            rectangle(field.edge(first), *_ordered(field.y(target.value), kept, field.edge(last + 1)))
            for first, last, target in runs
        ]
        if rings:
            yield Area(tuple(rings), "target-band")
    for steps in _joined(runs):
        corners: list[Place] = []
        for first, last, target in steps:
            level = field.y(target.value)
            corners += [(field.edge(first), level), (field.edge(last + 1), level)]
        yield Line(tuple(corners), "target", 1.2)


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


def gap_items(points: Sequence[Point], field: Field) -> Iterator[Item]:
    """A hatched column where quarters are missing."""
    rings = [
        rectangle(field.edge(first) + 1, field.top, field.edge(last + 1) - 1, field.bottom)
        for first, last, _ in gap_runs(points)
    ]
    if rings:
        yield Area(tuple(rings), "empty", hatched=True)


def interval_items(points: Sequence[Point], field: Field, role: str) -> Iterator[Item]:
    """The interval as a ribbon along neighbouring points, as an upright line around a lonely one."""
    for run in _value_runs(points, with_interval=True):
        ends = [
            (field.middle(i), field.y(p.interval.lower.value), field.y(p.interval.upper.value))
            for i, p in run
            if p.interval
        ]
        if len(ends) == 1:
            x, low, high = ends[0]
            yield Line(((x, low), (x, high)), role, 1.2)
        else:
            ring = [(x, high) for x, _, high in ends] + [(x, low) for x, low, _ in reversed(ends)]
            yield Area((tuple(ring),), role, opacity=RIBBON)


def line_items(points: Sequence[Point], field: Field, role: str, width: float = 2.5) -> Iterator[Item]:
    """The line through the values; it stops where a quarter is missing."""
    for run in _value_runs(points):
        places = tuple((field.middle(i), field.y(p.value.value)) for i, p in run if p.value)
        if len(places) > 1:
            yield Line(places, role, width)


def mark_items(points: Sequence[Point], field: Field, role: str, size: float = MARK) -> Iterator[Item]:
    """A mark on each value: its shape says what is particular, a hollow one that few answers carry it."""
    placed: dict[tuple[Shape, bool], list[Place]] = {}
    for index, point in enumerate(points):
        if point.value is not None:
            place = (field.middle(index), field.y(point.value.value))
            placed.setdefault((shape_of(points, index), point.indicative), []).append(place)
    for (shape, hollow), places in sorted(placed.items()):
        larger = size if shape == "circle" else size + 3
        yield Marks(tuple(places), shape, larger, "paper" if hollow else role, role)


def shape_of(points: Sequence[Point], index: int) -> Shape:
    """Circle; diamond outside the limits; arrow head of a significant change; square when both."""
    point = points[index]
    if point.outside:
        return "square" if point.significant else "diamond"
    if not point.significant:
        return "circle"
    earlier = [p.value.value for p in points[:index] if p.value is not None]
    value = point.value.value if point.value else 0.0
    return "down" if earlier and value < earlier[-1] else "up"


def mark_entries(points: Sequence[Point], words: Words, role: str) -> list[KeyEntry]:
    """What the marks among these points mean, in words."""
    shapes = {shape_of(points, i) for i, point in enumerate(points) if point.value is not None}
    entries = [
        KeyEntry(shape, meaning, role, role)
        for shape, meaning in (
            ("up", words.significant),
            ("down", words.significant),
            ("diamond", words.outside),
            ("square", f"{words.significant}, {words.outside}"),
        )
        if shape in shapes
    ]
    if {"up", "down"} <= shapes:
        entries = [entry for entry in entries if entry.shape != "down"]
    if any(point.indicative and point.value is not None for point in points):
        entries.append(KeyEntry("circle", words.indicative, "paper", role))
    return entries


def last_value(points: Sequence[Point]) -> tuple[int, Number] | None:
    """The latest value and its index."""
    for index in reversed(range(len(points))):
        value = points[index].value
        if value is not None:
            return index, value
    return None


def _ordered(level: float, kept: float, right: float) -> tuple[float, float, float]:
    """Top, right and bottom of the band between two heights."""
    return min(level, kept), right, max(level, kept)


def latest_text(points: Sequence[Point]) -> str:
    """The latest value in words, with its quarter when it is not the last one."""
    latest = last_value(points)
    if latest is None:
        return ""
    index, value = latest
    return value.text if index == len(points) - 1 else f"{value.text} ({points[index].quarter})"


def _value_runs(points: Sequence[Point], with_interval: bool = False) -> list[list[tuple[int, Point]]]:
    runs = []
    for there, group in groupby(
        enumerate(points),
        key=lambda pair: pair[1].value is not None and (not with_interval or pair[1].interval is not None),
    ):
        if there:
            runs.append(list(group))
    return runs


def _target_runs(points: Sequence[Point]) -> list[tuple[int, int, Number]]:
    runs: list[tuple[int, int, Number]] = []
    for index, point in enumerate(points):
        if point.target is None:
            continue
        if runs and runs[-1][1] == index - 1 and runs[-1][2].value == point.target.value:
            runs[-1] = (runs[-1][0], index, point.target)
        else:
            runs.append((index, index, point.target))
    return runs


def _joined(runs: Sequence[tuple[int, int, Number]]) -> list[list[tuple[int, int, Number]]]:
    joined = [[run] for run in runs[:1]]
    for before, run in pairwise(runs):
        if before[1] + 1 == run[0]:
            joined[-1].append(run)
        else:
            joined.append([run])
    return joined
