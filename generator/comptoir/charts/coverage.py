"""Coverage of services by maturity: shares in; a scene of dots, with the band where mature services belong, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
from comptoir.charts.rows import plan_rows
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Label, Line, Marks, Place, Scene, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table, cell
from comptoir.charts.values import Interval, Spec

_ROW: Final = 17.0
_BETWEEN: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One service: users among those who might be (0 to 1, or more where the count of them is out of date)."""

    name: str
    value: Number | None
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGroup:
    """Services of one maturity; `band` is where their coverage is expected."""

    name: str
    rows: tuple[CoverageRow, ...]
    band: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Spec):
    """Groups in the order of the life cycle; services are shown from the best covered."""

    groups: tuple[CoverageGroup, ...]
    ticks: tuple[Number, ...] = ()


def arrange_coverage(spec: Coverage, style: ChartStyle) -> Scene:
    """The scene of coverage by maturity."""
    sheet = open_sheet(spec, style)
    groups = [group for group in spec.groups if group.rows]
    if not groups:
        write_empty(sheet, spec.words.no_data, 140)
        return close_sheet(sheet, spec)
    plan = plan_rows(sheet, [row.name for group in groups for row in group.rows], _ROW)
    values = [row.value for group in groups for row in group.rows if row.value]
    room = max((sheet.measure(v.text, sheet.sizes.small, True) for v in values), default=0.0) + 14
    highest = max([1.0, *(value.value for value in values), *(tick.value for tick in spec.ticks)])
    x = Scale(
        min([0.0, *(value.value for value in values)]), highest, plan.left + 6, sheet.width - EDGE - room
    )
    for group in groups:
        size = sheet.sizes.label
        lines = sheet.wrap(group.name, sheet.width - 2 * EDGE, size, bold=True)
        sheet.bottom = sheet.write(lines, EDGE, sheet.bottom + 6, size, bold=True) + 4
        top, mark = sheet.bottom, len(sheet.items)
        for row in sorted_rows(group):
            upper, lower = plan.place(sheet, row.name)
            _write_row(spec, sheet, row, x, (upper + lower) / 2)
            sheet.bottom += _BETWEEN
        if group.band:
            left, right = x(group.band.lower.value), x(group.band.upper.value)
            band = Area((rectangle(left, top - 2, right, sheet.bottom - 2),), "target-band")
            edges = [Line(((at, top - 2), (at, sheet.bottom - 2)), "target", 1) for at in (left, right)]
            sheet.items[mark:mark] = [band, *edges]
    _write_ticks(spec, sheet, x)
    write_key(sheet, _key(spec, groups))
    return close_sheet(sheet, spec)


def sorted_rows(group: CoverageGroup) -> tuple[CoverageRow, ...]:
    """The services of a group from the best covered; those without a value last."""
    return tuple(
        sorted(group.rows, key=lambda row: (row.value is None, -row.value.value if row.value else 0.0))
    )


def tabulate_coverage(spec: Coverage) -> Table:
    """One row for each service."""
    words = spec.words
    rows = tuple(
        (group.name, row.name, cell(row.value, row.absence or words.missing), *_band_cells(group))
        for group in spec.groups
        for row in sorted_rows(group)
    )
    return Table((words.maturity, words.service, words.value, words.lower, words.upper), rows)


def _band_cells(group: CoverageGroup) -> tuple[Number | str, Number | str]:
    return (group.band.lower, group.band.upper) if group.band else ("", "")


def _write_row(spec: Coverage, sheet: Sheet, row: CoverageRow, x: Scale, middle: float) -> None:
    """A thin line from nothing, a dot at the share, the number at the end of the row."""
    small = sheet.sizes.small
    baseline = middle + small * 0.35
    if row.value is None:
        said = row.absence or spec.words.missing
        lines = sheet.wrap(said, sheet.width - EDGE - x.start, small)
        sheet.write(lines[:1], x.start, middle - small * LEADING / 2, small, "muted")
        sheet.bottom = (
            sheet.write(lines[1:], x.start, middle + small * LEADING / 2, small, "muted")
            if lines[1:]
            else sheet.bottom
        )
        return
    place: Place = (x(row.value.value), middle)
    sheet.items.append(Line(((x.start, middle), place), "grid", 1.4))
    sheet.items.append(Marks((place,), "circle", 9, "line", "line"))
    sheet.items.append(Label((sheet.width - EDGE, baseline), row.value.text, small, "ink", "end", True))


def _write_ticks(spec: Coverage, sheet: Sheet, x: Scale) -> None:
    small = sheet.sizes.small
    free = 0.0
    for tick in sorted(spec.ticks, key=lambda tick: tick.value):
        width = sheet.measure(tick.text, small)
        middle = min(max(x(tick.value), EDGE + width / 2), sheet.width - EDGE - width / 2)
        if middle - width / 2 >= free:
            sheet.write([tick.text], middle, sheet.bottom + 2, small, "muted", "middle")
            free = middle + width / 2 + 8
    if spec.ticks:
        sheet.bottom += small * LEADING + 4


def _key(spec: Coverage, groups: list[CoverageGroup]) -> list[KeyEntry]:
    bands = {f"{spec.words.target} {g.band.lower.text} – {g.band.upper.text}": None for g in groups if g.band}
    return [KeyEntry("band", words, "target-band") for words in bands]
