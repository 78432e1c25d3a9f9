"""Values against their targets: a spec in; bars over the band where each promise is kept, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from comptoir.charts.placing import LEADING, spanned
from comptoir.charts.sheet import (
    EDGE,
    ChartSheet,
    KeyEntry,
    MarkShape,
    Plot,
    rectangle,
    write_empty,
    write_key,
)
from comptoir.charts.tables import ChartNumber, ChartRows, cell
from comptoir.charts.values import ChartInterval, Spec

BarStatus = Literal["kept", "barely", "near", "missed", ""]

_BAND: Final = 16.0
_BAR: Final = 7.0
STATUS_SHAPES: Final[dict[str, MarkShape]] = {"kept": "o", "barely": "v", "near": "^", "missed": "D"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletRow:
    """A promise and what was measured. `full` is the end of the bar (100 %), left out when there is none.

    `status` chooses colour and sign, `verdict` says it in the page's language.
    """

    name: str
    value: ChartNumber | None
    target: ChartNumber | None = None
    interval: ChartInterval | None = None
    full: ChartNumber | None = None
    higher_is_better: bool | None = True
    status: BarStatus = ""
    verdict: str = ""
    sample: ChartNumber | None = None
    indicative: bool = False
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet(Spec):
    """Bars, one below the other, each on its own scale."""

    rows: tuple[BulletRow, ...]


def draw_bullet(spec: Bullet, sheet: ChartSheet) -> None:
    """Bars, each under its name and what was measured."""
    if not spec.rows:
        write_empty(sheet, spec.words.no_data, 100)
        return
    for row in spec.rows:
        _draw_row(spec, sheet, row)
    entries = []
    if any(row.indicative and row.value is not None for row in spec.rows):
        entries.append(KeyEntry("o", spec.words.indicative, "paper", "muted"))
    if any(row.interval and row.value for row in spec.rows):
        entries.append(KeyEntry("rule", spec.words.interval, "ink"))
    write_key(sheet, entries)


def tabulate_bullet(spec: Bullet) -> ChartRows:
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
    return ChartRows(headers, rows)


def _draw_row(spec: Bullet, sheet: ChartSheet, row: BulletRow) -> None:
    """Name and value on one line (or below each other), the bar under them, the target under the bar."""
    size, right = sheet.sizes.label, sheet.width - EDGE
    taken = _said_width(spec, sheet, row)
    room = right - EDGE - taken - 16
    alone = room < sheet.width * 0.35
    name = sheet.wrap(row.name, right - EDGE if alone else room, size)
    top = sheet.write(name, EDGE, sheet.bottom, size)
    sheet.bottom = _write_said(spec, sheet, row, top if alone else top - size * LEADING) + 5
    _draw_bar(spec, sheet, row)


def _said_width(spec: Bullet, sheet: ChartSheet, row: BulletRow) -> float:
    """Pixels for sign, value and verdict side by side."""
    if row.value is None:
        return sheet.measure(row.absence or spec.words.missing, sheet.sizes.label)
    verdict = sheet.measure(row.verdict, sheet.sizes.small) + 8 if row.verdict else 0.0
    return sheet.measure(row.value.text, sheet.sizes.label, True) + verdict + (16 if row.status else 0)


def _write_said(spec: Bullet, sheet: ChartSheet, row: BulletRow, top: float) -> float:
    """Sign, value and verdict at the right, the verdict below when it is too long; gives where they end."""
    size, small, right = sheet.sizes.label, sheet.sizes.small, sheet.width - EDGE
    if row.value is None:
        lines = sheet.wrap(row.absence or spec.words.missing, right - EDGE, size)
        return sheet.write(lines, right, top, size, "muted", "right")
    end, bottom = right, top + size * LEADING
    verdict = sheet.wrap(row.verdict, right - EDGE, small)
    if len(verdict) == 1 and _said_width(spec, sheet, row) <= right - EDGE:
        sheet.write(verdict, right, top + (size - small), small, "muted", "right")
        end -= sheet.measure(verdict[0], small) + 8
    elif verdict:
        bottom = sheet.write(verdict, right, bottom, small, "muted", "right")
    sheet.write([row.value.text], end, top, size, "ink", "right", True)
    if row.status:
        place = (end - sheet.measure(row.value.text, size, True) - 10, top + size * LEADING * 0.5)
        fill = "paper" if row.indicative else row.status
        sheet.add_marks((place,), STATUS_SHAPES[row.status], 8, fill, row.status)
    return bottom


def _draw_bar(spec: Bullet, sheet: ChartSheet, row: BulletRow) -> None:
    top = sheet.bottom
    low, high = _limits(row)
    plot = sheet.plot(EDGE, top, sheet.width - EDGE, top + _BAND, (low, high), (0, _BAND))
    middle, over, under = _BAND / 2, (_BAND + _BAR) / 2, (_BAND - _BAR) / 2
    plot.fill((rectangle(low, 0, high, _BAND),), "empty", hatched=row.value is None)
    if row.target and row.value and row.higher_is_better is not None:
        kept = high if row.higher_is_better else low
        plot.fill((rectangle(row.target.value, 0, kept, _BAND),), "target-band")
    if row.value:
        bar = rectangle(0.0, under, row.value.value, over)
        plot.fill((bar,), "bar-soft" if row.indicative else "bar")
        if abs(plot.x(row.value.value) - plot.x(0.0)) < 1:
            plot.line(((0.0, under), (0.0, over)), "bar", 2)
    if row.value and row.interval:
        span = ((row.interval.lower.value, middle), (row.interval.upper.value, middle))
        plot.line(span, "paper", 3.4)
        plot.line(span, "ink", 1.4)
    sheet.bottom = top + _BAND
    if row.target:
        _draw_target(spec, plot, row.target)
    sheet.bottom += 14


def _draw_target(spec: Bullet, plot: Plot, target: ChartNumber) -> None:
    sheet = plot.sheet
    plot.line(((target.value, -2), (target.value, _BAND + 2)), "target", 2)
    size = sheet.sizes.small
    lines = sheet.wrap(f"{spec.words.target} {target.text}", sheet.width - 2 * EDGE, size)
    middle = sheet.inside(plot.x(target.value), lines, size)
    sheet.bottom = sheet.write(lines, middle, sheet.bottom + 2, size, "target", "center")


def _limits(row: BulletRow) -> tuple[float, float]:
    """From zero to the full amount, or a little beyond the largest number; below zero where values are."""
    interval = (row.interval.lower, row.interval.upper) if row.interval and row.value else ()
    numbers = [number.value for number in (row.value, row.target, *interval) if number]
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    if row.full and high <= row.full.value:
        return spanned(low, row.full.value)
    return spanned(low * 1.1, min(high, 1e307) * 1.15)
