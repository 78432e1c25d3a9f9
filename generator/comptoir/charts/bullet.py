"""Values against their targets: a spec in; a scene of bars over the band where each promise is kept, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

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
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Line, Marks, Scene, Shape, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table, cell
from comptoir.charts.values import Interval, Spec

Status = Literal["met", "alert", "missed", ""]

_BAND: Final = 16.0
_BAR: Final = 7.0
STATUS_SHAPES: Final[dict[str, Shape]] = {"met": "circle", "alert": "up", "missed": "diamond"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletRow:
    """A promise and what was measured. `full` is the end of the bar (100 %), left out when there is none.

    `status` chooses colour and sign, `verdict` says it in the page's language.
    """

    name: str
    value: Number | None
    target: Number | None = None
    interval: Interval | None = None
    full: Number | None = None
    higher_is_better: bool | None = True
    status: Status = ""
    verdict: str = ""
    sample: Number | None = None
    indicative: bool = False
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet(Spec):
    """Bars, one below the other, each on its own scale."""

    rows: tuple[BulletRow, ...]


def arrange_bullet(spec: Bullet, style: ChartStyle) -> Scene:
    """The scene of bullet bars."""
    sheet = open_sheet(spec, style)
    if not spec.rows:
        write_empty(sheet, spec.words.no_data, 100)
        return close_sheet(sheet, spec)
    for row in spec.rows:
        _write_row(spec, sheet, row)
    entries = []
    if any(row.indicative and row.value is not None for row in spec.rows):
        entries.append(KeyEntry("circle", spec.words.indicative, "paper", "muted"))
    if any(row.interval and row.value for row in spec.rows):
        entries.append(KeyEntry("rule", spec.words.interval, "ink"))
    write_key(sheet, entries)
    return close_sheet(sheet, spec)


def tabulate_bullet(spec: Bullet) -> Table:
    """One row for each promise."""
    words = spec.words
    headers = (words.service, words.value, words.lower, words.upper, words.target, words.sample, words.status)
    rows = tuple(
        (
            row.name,
            cell(row.value, row.absence or words.missing),
            cell(row.interval.lower if row.interval else None),
            cell(row.interval.upper if row.interval else None),
            cell(row.target),
            cell(row.sample),
            row.verdict,
        )
        for row in spec.rows
    )
    return Table(headers, rows)


def _write_row(spec: Bullet, sheet: Sheet, row: BulletRow) -> None:
    """Name and value on one line (or below each other), the bar under them, the target under the bar."""
    size, right = sheet.sizes.label, sheet.width - EDGE
    taken = _said_width(spec, sheet, row)
    room = right - EDGE - taken - 16
    alone = room < sheet.width * 0.35
    name = sheet.wrap(row.name, right - EDGE if alone else room, size)
    top = sheet.write(name, EDGE, sheet.bottom, size)
    sheet.bottom = _write_said(spec, sheet, row, top if alone else top - size * LEADING) + 5
    _write_bar(spec, sheet, row)


def _said_width(spec: Bullet, sheet: Sheet, row: BulletRow) -> float:
    """Pixels for sign, value and verdict side by side."""
    if row.value is None:
        return sheet.measure(row.absence or spec.words.missing, sheet.sizes.label)
    verdict = sheet.measure(row.verdict, sheet.sizes.small) + 8 if row.verdict else 0.0
    return sheet.measure(row.value.text, sheet.sizes.label, True) + verdict + (16 if row.status else 0)


def _write_said(spec: Bullet, sheet: Sheet, row: BulletRow, top: float) -> float:
    """Sign, value and verdict at the right, the verdict below when it is too long; gives where they end."""
    size, small, right = sheet.sizes.label, sheet.sizes.small, sheet.width - EDGE
    if row.value is None:
        lines = sheet.wrap(row.absence or spec.words.missing, right - EDGE, size)
        return sheet.write(lines, right, top, size, "muted", "end")
    end, bottom = right, top + size * LEADING
    verdict = sheet.wrap(row.verdict, right - EDGE, small)
    if len(verdict) == 1 and _said_width(spec, sheet, row) <= right - EDGE:
        sheet.write(verdict, right, top + (size - small), small, "muted", "end")
        end -= sheet.measure(verdict[0], small) + 8
    elif verdict:
        bottom = sheet.write(verdict, right, bottom, small, "muted", "end")
    sheet.write([row.value.text], end, top, size, "ink", "end", True)
    if row.status:
        place = (end - sheet.measure(row.value.text, size, True) - 10, top + size * LEADING * 0.5)
        fill = "paper" if row.indicative else row.status
        sheet.items.append(Marks((place,), STATUS_SHAPES[row.status], 8, fill, row.status))
    return bottom


def _write_bar(spec: Bullet, sheet: Sheet, row: BulletRow) -> None:
    left, right, top = EDGE, sheet.width - EDGE, sheet.bottom
    middle = top + _BAND / 2
    x = _scale(row, left, right)
    zero = x(0.0)
    field = rectangle(left, top, right, top + _BAND)
    sheet.items.append(Area((field,), "empty", hatched=row.value is None))
    if row.target and row.value and row.higher_is_better is not None:
        kept = right if row.higher_is_better else left
        ends = sorted((x(row.target.value), kept))
        sheet.items.append(Area((rectangle(ends[0], top, ends[1], top + _BAND),), "target-band"))
    if row.value:
        ends = sorted((zero, x(row.value.value)))
        bar = rectangle(ends[0], middle - _BAR / 2, ends[1], middle + _BAR / 2)
        sheet.items.append(Area((bar,), "bar-soft" if row.indicative else "bar"))
        if ends[1] - ends[0] < 1:
            sheet.items.append(Line(((zero, middle - _BAR / 2), (zero, middle + _BAR / 2)), "bar", 2))
    if row.value and row.interval:
        span = ((x(row.interval.lower.value), middle), (x(row.interval.upper.value), middle))
        sheet.items += [Line(span, "paper", 3.4), Line(span, "ink", 1.4)]
    sheet.bottom = top + _BAND
    if row.target:
        _write_target(spec, sheet, row.target, x(row.target.value), top)
    sheet.bottom += 14


def _write_target(spec: Bullet, sheet: Sheet, target: Number, place: float, top: float) -> None:
    sheet.items.append(Line(((place, top - 2), (place, top + _BAND + 2)), "target", 2))
    size = sheet.sizes.small
    lines = sheet.wrap(f"{spec.words.target} {target.text}", sheet.width - 2 * EDGE, size)
    width = max(sheet.measure(line, size) for line in lines)
    middle = min(max(place, EDGE + width / 2), sheet.width - EDGE - width / 2)
    sheet.bottom = sheet.write(lines, middle, sheet.bottom + 2, size, "target", "middle")


def _scale(row: BulletRow, left: float, right: float) -> Scale:
    """From zero to the full amount, or a little beyond the largest number; below zero where values are."""
    interval = (row.interval.lower, row.interval.upper) if row.interval and row.value else ()
    numbers = [number.value for number in (row.value, row.target, *interval) if number]
    low = min(0.0, *numbers) if numbers else 0.0
    high = max(0.0, *numbers) if numbers else 1.0
    if row.full and high <= row.full.value:
        return Scale(low, row.full.value, left, right)
    return Scale(low * 1.1, min(high, 1.5e308) * 1.15 or 1.0, left, right)
