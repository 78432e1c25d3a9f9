"""The trend of a measure over quarters, against its target and its control limits: a spec in, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import LEADING, free, limits_over, spread
from comptoir.charts.series import (
    draw_gaps,
    draw_intervals,
    draw_line,
    draw_marks,
    draw_target,
    gap_runs,
    last_value,
    latest_text,
    mark_entries,
    quarters,
    shape_of,
    values_of,
)
from comptoir.charts.sheet import EDGE, Align, ChartSheet, KeyEntry, Plot, write_empty, write_key
from comptoir.charts.style import line_role
from comptoir.charts.tables import ChartCell, ChartNumber, ChartRows, cell
from comptoir.charts.values import ChartInterval, Point, Spec, Words

_RATIO: Final = 0.4  # height of the field to its width
_LEAST: Final = 190.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Spec):
    """A measure by quarter. `limits` are those of an XmR chart; `higher_is_better` None when neither is."""

    points: tuple[Point, ...]
    ticks: tuple[ChartNumber, ...] = ()
    limits: ChartInterval | None = None
    higher_is_better: bool | None = None
    family: str = ""


def draw_trend(spec: Trend, sheet: ChartSheet) -> None:
    """The line of a trend over its target's band, with what it ends at beside it."""
    if last_value(spec.points) is None:
        write_empty(sheet, spec.words.no_data, 160)
        return
    role = line_role(sheet.style, spec.family)
    labels = _side_labels(spec, sheet, role)
    plot = _place_plot(spec, sheet, labels)
    draw_target(plot, spec.points, spec.higher_is_better)
    plot.upright_ticks(spec.ticks)
    draw_gaps(plot, spec.points)
    draw_intervals(plot, spec.points, role)
    for limit in _limits(spec):
        plot.line([(x, limit.value) for x in quarters(spec.points)], "muted", 1, (3, 3))
    draw_line(plot, spec.points, role, sheet.line_width)
    draw_marks(plot, spec.points, role, sheet.mark_size)
    unsaid = _write_gaps(spec, plot)
    _write_values(spec, plot)
    _write_side(plot, labels)
    sheet.bottom = _write_quarters(spec.points, plot) + 4
    write_key(sheet, _key(spec, role) + unsaid)


def tabulate_trend(spec: Trend) -> ChartRows:
    """The quarters as rows."""
    return series_table(spec.points, spec.words)


def series_table(points: tuple[Point, ...], words: Words) -> ChartRows:
    """Quarters, their values, intervals, targets and samples, and what is particular about each."""
    return ChartRows(series_headers(words), tuple(_row(point, words) for point in points))


def series_headers(words: Words) -> tuple[str, ...]:
    """What the columns of such a table are called."""
    return words.quarter, words.value, words.lower, words.upper, words.target, words.sample, words.status


def _row(point: Point, words: Words) -> tuple[ChartCell, ...]:
    interval = point.interval
    remarks = [
        remark
        for holds, remark in (
            (point.indicative, words.indicative),
            (point.significant, words.significant),
            (point.outside, words.outside),
        )
        if holds and point.value is not None
    ]
    return (
        point.quarter,
        cell(point.value, point.absence or words.missing),
        cell(interval.lower if interval else None),
        cell(interval.upper if interval else None),
        cell(point.target),
        cell(point.sample),
        ", ".join(remarks),
    )


@dataclass(frozen=True, slots=True)
class SideLabel:
    """Words beside a plot, wanted at the height of `value`."""

    value: float
    lines: tuple[str, ...]
    role: str
    bold: bool
    size: float

    @property
    def height(self) -> float:
        """Pixels that the lines take."""
        return len(self.lines) * self.size * LEADING


def _place_plot(spec: Trend, sheet: ChartSheet, labels: list[SideLabel]) -> Plot:
    """Room for the numbers at the left, the labels at the right, and the plot between them."""
    values = [*values_of(spec.points), *(n.value for n in (*_limits(spec), *spec.ticks))]
    small = sheet.sizes.small
    left = EDGE + max((sheet.measure(tick.text, small) + 8 for tick in spec.ticks), default=0.0)
    gutter = max(sheet.measure(line, label.size, label.bold) for label in labels for line in label.lines)
    right = spec.width - EDGE - gutter - 11
    needed = sum(label.height for label in labels)
    top = sheet.bottom + 6
    bottom = top + max(_LEAST, (right - left) * _RATIO, needed)
    return sheet.plot(left, top, right, bottom, quarters(spec.points), limits_over(values))


def _limits(spec: Trend) -> tuple[ChartNumber, ...]:
    return (spec.limits.lower, spec.limits.upper) if spec.limits else ()


def _side_labels(spec: Trend, sheet: ChartSheet, role: str) -> list[SideLabel]:
    """The last value, the target in force and the limits."""
    small, words = sheet.sizes.small, spec.words
    wanted: list[tuple[float, str, str, bool, float]] = []
    latest = last_value(spec.points)
    if latest:
        index, value = latest
        size = sheet.sizes.label if index < len(spec.points) - 1 else sheet.sizes.label + 3
        wanted.append((value.value, latest_text(spec.points), role, True, size))
    target = next((point.target for point in reversed(spec.points) if point.target), None)
    if target:
        wanted.append((target.value, f"{words.target} {target.text}", "target", False, small))
    if spec.limits:
        lower, upper = spec.limits.lower, spec.limits.upper
        wanted.append((upper.value, f"{words.upper_limit} {upper.text}", "muted", False, small))
        wanted.append((lower.value, f"{words.lower_limit} {lower.text}", "muted", False, small))
    most = spec.width * 0.3
    return [
        SideLabel(value, sheet.wrap(text, most, size, bold), role, bold, size)
        for value, text, role, bold, size in wanted
    ]


def _write_side(plot: Plot, labels: list[SideLabel]) -> None:
    """Puts the labels near their levels, moved apart where they would touch."""
    heights = [label.height for label in labels]
    middles = spread([plot.y(label.value) for label in labels], heights, plot.top - 4, plot.bottom + 4)
    for label, middle in zip(labels, middles, strict=True):
        top = middle - label.height / 2
        plot.sheet.write(label.lines, plot.right + 10, top, label.size, label.role, bold=label.bold)


def _write_quarters(points: tuple[Point, ...], plot: Plot) -> float:
    """Quarters under their slots, in lines; as many as fit side by side, the last one always. Gives where they end."""
    sheet, size, names = plot.sheet, plot.sheet.sizes.small, [point.quarter for point in points]
    slot = (plot.right - plot.left) / max(1, len(points))
    placed: list[tuple[float, tuple[str, ...]]] = []
    for stride in range(1, len(names) + 1):
        room = max(12.0, min(slot * stride - 6, sheet.width - 2 * EDGE))
        placed, legible, end = [], True, sheet.width
        for index in range(len(names) - 1, -1, -stride):
            lines = sheet.wrap(names[index], room, size)
            width = max((sheet.measure(line, size) for line in lines), default=0.0)
            middle = min(max(plot.x(index), EDGE + width / 2), sheet.width - EDGE - width / 2)
            unbroken = len(lines) <= 2 and " ".join(lines).split() == names[index].split()
            legible = legible and unbroken and middle + width / 2 <= end
            end = middle - width / 2 - 4
            placed.append((middle, lines))
        if legible:
            break
    top = plot.bottom + 6
    ends = [sheet.write(lines, middle, top, size, "muted", "center") for middle, lines in placed]
    return max(ends, default=top)


def _write_gaps(spec: Trend, plot: Plot) -> list[KeyEntry]:
    """Says in each gap why it is one; what does not fit there is given back for the key."""
    sheet, size = plot.sheet, plot.sheet.sizes.small
    unsaid: dict[str, None] = {}
    for first, last, reason in gap_runs(spec.points):
        said = sheet.clean(reason or spec.words.missing)
        room = plot.x(last + 0.5) - plot.x(first - 0.5) - 10
        widest = max(sheet.measure(word, size) for word in said.split(" "))
        lines = sheet.wrap(said, max(room, 1.0), size) if widest <= room else ()
        height = len(lines) * size * LEADING
        if not lines or height > plot.bottom - plot.top - 8:
            unsaid[said] = None
            continue
        top = (plot.top + plot.bottom - height) / 2
        sheet.write(lines, plot.x((first + last) / 2), top, size, "muted", "center", face="halo")
    return [KeyEntry("hatch", said, "empty") for said in unsaid]


def _write_values(spec: Trend, plot: Plot) -> None:
    """The value beside each particular mark but the last, above it or below it, where nothing else is written."""
    sheet, size = plot.sheet, plot.sheet.sizes.small
    latest = last_value(spec.points)
    center: Align = "center"
    for index, point in enumerate(spec.points):
        if point.value is None or (latest and index == latest[0]) or shape_of(spec.points, index) == "o":
            continue
        x, text = plot.x(index), sheet.clean(point.value.text)
        for baseline in _baselines(spec.points, index, plot.y(point.value.value), sheet):
            box = sheet.box(text, x, baseline, size, center, True)
            inside = box[1] >= plot.top - 12 and box[3] <= plot.bottom and box[0] >= 0
            if inside and free(box, sheet.written):
                sheet.put(text, x, baseline, size, "ink", center, True, "halo")
                break


def _baselines(points: tuple[Point, ...], index: int, y: float, sheet: ChartSheet) -> tuple[float, float]:
    """Above and below a mark, the side where the line does not pass first."""
    above, below = y - sheet.mark_size - 3, y + sheet.mark_size + sheet.sizes.small
    value = points[index].value
    neighbours = [
        neighbour.value.value
        for neighbour in (*points[max(0, index - 1) : index], *points[index + 1 : index + 2])
        if neighbour.value is not None
    ]
    valley = value is not None and bool(neighbours) and value.value < min(neighbours)
    return (below, above) if valley else (above, below)


def _key(spec: Trend, role: str) -> list[KeyEntry]:
    entries = mark_entries(spec.points, spec.words, role)
    if any(point.interval and point.value for point in spec.points):
        entries.append(KeyEntry("ribbon", spec.words.interval, role))
    return entries
