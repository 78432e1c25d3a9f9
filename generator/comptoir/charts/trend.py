"""The trend of a measure over quarters, against its target and its control limits: a spec in, a scene out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from comptoir.charts.axes import (
    SideLabel,
    side_height,
    side_width,
    tick_width,
    upright_ticks,
    write_names,
    write_side,
)
from comptoir.charts.frame import (
    EDGE,
    LEADING,
    KeyEntry,
    Sheet,
    box_of,
    close_sheet,
    open_sheet,
    overlap,
    write_empty,
    write_key,
)
from comptoir.charts.scales import scale_over
from comptoir.charts.scene import Label, Line, Scene
from comptoir.charts.series import (
    MARK,
    Field,
    gap_items,
    gap_runs,
    interval_items,
    last_value,
    latest_text,
    line_items,
    mark_entries,
    mark_items,
    shape_of,
    target_items,
    values_of,
)
from comptoir.charts.style import ChartStyle, line_role
from comptoir.charts.tables import Cell, Number, Table, cell
from comptoir.charts.values import Interval, Point, Spec, Words

_RATIO: Final = 0.4  # height of the field to its width
_LEAST: Final = 190.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Spec):
    """A measure by quarter. `limits` are those of an XmR chart; `higher_is_better` None when neither is."""

    points: tuple[Point, ...]
    ticks: tuple[Number, ...] = ()
    limits: Interval | None = None
    higher_is_better: bool | None = None
    family: str = ""


def arrange_trend(spec: Trend, style: ChartStyle) -> Scene:
    """The scene of a trend."""
    sheet = open_sheet(spec, style)
    if last_value(spec.points) is None:
        write_empty(sheet, spec.words.no_data, 160)
        return close_sheet(sheet, spec)
    field, labels, gutter = _place_field(spec, sheet)
    role = line_role(style, spec.family)
    sheet.items += target_items(spec.points, field, spec.higher_is_better)
    sheet.items += upright_ticks(sheet, spec.ticks, field.y, field.left, field.right)
    sheet.items += gap_items(spec.points, field)
    sheet.items += interval_items(spec.points, field, role)
    for limit in _limits(spec):
        level = field.y(limit.value)
        sheet.items.append(Line(((field.left, level), (field.right, level)), "muted", 1, (3, 3)))
    sheet.items += line_items(spec.points, field, role)
    sheet.items += mark_items(spec.points, field, role)
    unsaid = _write_gaps(spec, sheet, field)
    _write_values(spec, sheet, field)
    write_side(sheet, labels, field.right + 10, gutter, field.top - 4, field.bottom + 4)
    names = [point.quarter for point in spec.points]
    middles = [field.middle(index) for index in range(field.count)]
    sheet.bottom = write_names(sheet, names, middles, field.slot, field.bottom + 6, EDGE) + 4
    write_key(sheet, _key(spec, role) + unsaid)
    return close_sheet(sheet, spec)


def tabulate_trend(spec: Trend) -> Table:
    """The quarters as rows."""
    return series_table(spec.points, spec.words)


def series_table(points: tuple[Point, ...], words: Words) -> Table:
    """Quarters, their values, intervals, targets and samples, and what is particular about each."""
    return Table(series_headers(words), tuple(_row(point, words) for point in points))


def series_headers(words: Words) -> tuple[str, ...]:
    """What the columns of such a table are called."""
    return words.quarter, words.value, words.lower, words.upper, words.target, words.sample, words.status


def _row(point: Point, words: Words) -> tuple[Cell, ...]:
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


def _place_field(spec: Trend, sheet: Sheet) -> tuple[Field, list[SideLabel], float]:
    """Room for the numbers at the left, the labels at the right, and the field between them."""
    values = [
        *values_of(spec.points),
        *(limit.value for limit in _limits(spec)),
        *(t.value for t in spec.ticks),
    ]
    left = EDGE + tick_width(sheet, spec.ticks) + (8 if spec.ticks else 0)
    gutter = side_width(sheet, _side_labels(spec, sheet, lambda value: value), spec.width * 0.3)
    right = spec.width - EDGE - gutter - 10
    needed = side_height(sheet, _side_labels(spec, sheet, lambda value: value), gutter)
    top = sheet.bottom + 6
    bottom = top + max(_LEAST, (right - left) * _RATIO, needed)
    field = Field(left, right, top, bottom, len(spec.points), scale_over(values, bottom, top))
    return field, _side_labels(spec, sheet, field.y), gutter


def _limits(spec: Trend) -> tuple[Number, ...]:
    return (spec.limits.lower, spec.limits.upper) if spec.limits else ()


def _side_labels(spec: Trend, sheet: Sheet, y: Callable[[float], float]) -> list[SideLabel]:
    """The last value, the target in force and the limits, each at its height."""
    small, words = sheet.sizes.small, spec.words
    labels = []
    latest = last_value(spec.points)
    if latest:
        index, value = latest
        late = index < len(spec.points) - 1
        size = sheet.sizes.label if late else sheet.sizes.label + 3
        labels.append(
            SideLabel(
                y(value.value), latest_text(spec.points), line_role(sheet.style, spec.family), True, size
            )
        )
    target = next((point.target for point in reversed(spec.points) if point.target), None)
    if target:
        labels.append(SideLabel(y(target.value), f"{words.target} {target.text}", "target", False, small))
    if spec.limits:
        lower, upper = spec.limits.lower, spec.limits.upper
        labels.append(SideLabel(y(upper.value), f"{words.upper_limit} {upper.text}", "muted", False, small))
        labels.append(SideLabel(y(lower.value), f"{words.lower_limit} {lower.text}", "muted", False, small))
    return labels


def _write_gaps(spec: Trend, sheet: Sheet, field: Field) -> list[KeyEntry]:
    """Says in each gap why it is one; what does not fit there is given back for the key."""
    size = sheet.sizes.small
    unsaid: dict[str, None] = {}
    for first, last, reason in gap_runs(spec.points):
        said = reason or spec.words.missing
        room = field.slot * (last - first + 1) - 10
        widest = max(sheet.measure(word, size) for word in said.split(" "))
        lines = sheet.wrap(said, max(room, 1.0), size) if widest <= room else ()
        height = len(lines) * size * LEADING
        if not lines or height > field.bottom - field.top - 8:
            unsaid[said] = None
            continue
        middle = (field.edge(first) + field.edge(last + 1)) / 2
        top = (field.top + field.bottom - height) / 2
        sheet.write(lines, middle, top, size, "muted", "middle", face="halo")
    return [KeyEntry("hatch", said, "empty") for said in unsaid]


def _write_values(spec: Trend, sheet: Sheet, field: Field) -> None:
    """The value beside each particular mark but the last, above it or below it, where nothing else is written."""
    size = sheet.sizes.small
    taken = [box_of(sheet, item) for item in sheet.items if isinstance(item, Label)]
    latest = last_value(spec.points)
    for index, point in enumerate(spec.points):
        if point.value is None or (latest and index == latest[0]) or shape_of(spec.points, index) == "circle":
            continue
        x, y = field.middle(index), field.y(point.value.value)
        for baseline in _baselines(spec.points, index, y, size):
            label = Label((x, baseline), point.value.text, size, "ink", "middle", True, "halo")
            box = box_of(sheet, label)
            inside = box[1] >= field.top - 12 and box[3] <= field.bottom and box[0] >= 0
            if inside and not any(overlap(box, other) for other in taken):
                sheet.items.append(label)
                taken.append(box)
                break


def _baselines(points: tuple[Point, ...], index: int, y: float, size: float) -> tuple[float, float]:
    """Above and below a mark, the side where the line does not pass first."""
    above, below = y - MARK - 3, y + MARK + size
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
