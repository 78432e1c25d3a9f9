"""Coverage of services by maturity: shares in; dots, with the band where mature services belong, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import LEADING, spanned
from comptoir.charts.rows import RowPlan, plan_rows
from comptoir.charts.sheet import EDGE, ChartSheet, KeyEntry, Plot, rectangle, write_empty, write_key
from comptoir.charts.tables import ChartNumber, ChartRows, cell
from comptoir.charts.values import ChartInterval, Spec

_ROW: Final = 17.0
_BETWEEN: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One service: users among those who might be (0 to 1, or more where the count of them is out of date)."""

    name: str
    value: ChartNumber | None
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGroup:
    """Services of one maturity; `band` is where their coverage is expected."""

    name: str
    rows: tuple[CoverageRow, ...]
    band: ChartInterval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChart(Spec):
    """Groups in the order of the life cycle; services are shown from the best covered."""

    groups: tuple[CoverageGroup, ...]
    ticks: tuple[ChartNumber, ...] = ()


def draw_coverage(spec: CoverageChart, sheet: ChartSheet) -> None:
    """A dot for each service, under the name of its maturity."""
    groups = [group for group in spec.groups if group.rows]
    if not groups:
        write_empty(sheet, spec.words.no_data, 140)
        return
    plan = plan_rows(sheet, [row.name for group in groups for row in group.rows], _ROW)
    values = [row.value for group in groups for row in group.rows if row.value]
    room = max((sheet.measure(v.text, sheet.sizes.small, True) for v in values), default=0.0) + 14
    shown = [number.value for number in (*values, *spec.ticks)]
    limits = spanned(min([0.0, *(value.value for value in values)]), max([1.0, *shown]))
    top, right = sheet.bottom, sheet.width - EDGE - room
    placed = [(group, *_place_group(spec, sheet, group, plan)) for group in groups]
    plot = sheet.plot(plan.left + 6, top, right, sheet.bottom, limits)
    for group, start, end, middles in placed:
        if group.band:
            left, far = group.band.lower.value, group.band.upper.value
            plot.fill((rectangle(left, start - 2, far, end - 2),), "target-band")
            for at in (left, far):
                plot.line(((at, start - 2), (at, end - 2)), "target", 1)
        _draw_dots(group, plot, middles)
    if spec.ticks:
        sheet.bottom = plot.level_ticks(spec.ticks)
    write_key(sheet, _key(spec, groups))


def sorted_rows(group: CoverageGroup) -> tuple[CoverageRow, ...]:
    """The services of a group from the best covered; those without a value last."""
    return tuple(
        sorted(group.rows, key=lambda row: (row.value is None, -row.value.value if row.value else 0.0))
    )


def tabulate_coverage(spec: CoverageChart) -> ChartRows:
    """One row for each service."""
    words = spec.words
    rows = tuple(
        (group.name, row.name, cell(row.value, row.absence or words.missing), *_band_cells(group))
        for group in spec.groups
        for row in sorted_rows(group)
    )
    return ChartRows((words.maturity, words.service, words.value, words.lower, words.upper), rows)


def _band_cells(group: CoverageGroup) -> tuple[ChartNumber | str, ChartNumber | str]:
    return (group.band.lower, group.band.upper) if group.band else ("", "")


def _place_group(
    spec: CoverageChart, sheet: ChartSheet, group: CoverageGroup, plan: RowPlan
) -> tuple[float, float, list[float]]:
    """Writes the names and numbers of a group; gives where it begins, where it ends, and the middle of each row."""
    size, small = sheet.sizes.label, sheet.sizes.small
    lines = sheet.wrap(group.name, sheet.width - 2 * EDGE, size, bold=True)
    start = sheet.bottom = sheet.write(lines, EDGE, sheet.bottom + 6, size, bold=True) + 4
    middles = []
    for row in sorted_rows(group):
        upper, lower = plan.place(sheet, row.name)
        middles.append((upper + lower) / 2)
        if row.value:
            text, baseline = sheet.clean(row.value.text), middles[-1] + small * 0.35
            sheet.put(text, sheet.width - EDGE, baseline, small, "ink", "right", True)
        else:
            left = plan.left + 6
            said = sheet.wrap(row.absence or spec.words.missing, sheet.width - EDGE - left, small)
            ends = sheet.write(said, left, middles[-1] - small * LEADING / 2, small, "muted")
            sheet.bottom = max(sheet.bottom, ends) if said[1:] else sheet.bottom
        sheet.bottom += _BETWEEN
    return start, sheet.bottom, middles


def _draw_dots(group: CoverageGroup, plot: Plot, middles: list[float]) -> None:
    """A thin line from nothing and a dot at the share."""
    start = plot.axes.get_xlim()[0]
    rows = zip(sorted_rows(group), middles, strict=True)
    spots = [(row.value.value, middle) for row, middle in rows if row.value]
    for value, middle in spots:
        plot.line(((start, middle), (value, middle)), "grid", 1.4)
    if spots:
        plot.marks(spots, "o", 9, "line", "line")


def _key(spec: CoverageChart, groups: list[CoverageGroup]) -> list[KeyEntry]:
    bands = {f"{spec.words.target} {g.band.lower.text} – {g.band.upper.text}": None for g in groups if g.band}
    return [KeyEntry("band", words, "target-band") for words in bands]
