"""The net promoter score: shares in; a scene of steps from promoters, less detractors, to the score, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.frame import EDGE, KeyEntry, Sheet, close_sheet, open_sheet, write_empty, write_key
from comptoir.charts.rows import plan_rows
from comptoir.charts.scales import Scale
from comptoir.charts.scene import Area, Label, Line, Marks, Scene, rectangle
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Number, Table, cell
from comptoir.charts.values import Interval, Spec

_BAR: Final = 26.0
_BETWEEN: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps(Spec):
    """Shares of 100 and the score in points, all or none of them known."""

    promoters: Number | None = None
    passives: Number | None = None
    detractors: Number | None = None
    score: Number | None = None
    interval: Interval | None = None
    target: Number | None = None
    sample: Number | None = None
    indicative: bool = False
    absence: str = ""

    def __post_init__(self) -> None:
        super(Nps, self).__post_init__()
        parts = (self.promoters, self.passives, self.detractors, self.score)
        if any(part is None for part in parts) and any(part is not None for part in parts):
            raise ValueError(f"the chart '{self.key}' knows only a part of the score")


def arrange_nps(spec: Nps, style: ChartStyle) -> Scene:
    """The scene of a score as a waterfall."""
    sheet = open_sheet(spec, style)
    steps = _steps(spec)
    if not steps:
        write_empty(sheet, spec.absence or spec.words.no_data, 120)
        return close_sheet(sheet, spec)
    plan = plan_rows(sheet, [step.name for step in steps], _BAR)
    x = _scale(spec, sheet, steps, plan.left)
    _write_target(spec, sheet, x)
    start, before, behind = sheet.bottom, None, len(sheet.items)
    for step in steps:
        top, bottom = plan.place(sheet, step.name, bold=step.total)
        if before:
            sheet.items.append(Line((before, (before[0], top)), "axis", 1, (2, 2)))
        _write_step(spec, sheet, step, x, top, bottom)
        before = (x(step.ends), bottom)
        sheet.bottom += _BETWEEN
    end = sheet.bottom - _BETWEEN + 3
    if spec.target:
        place = x(spec.target.value)
        band = rectangle(place, start - 3, max(x.end, place), end)
        sheet.items.insert(behind, Area((band,), "target-band"))
        sheet.items.append(Line(((place, start - 3), (place, end)), "target", 1.4))
    if spec.passives:
        small = sheet.sizes.small
        lines = sheet.wrap(f"{spec.words.passives} {spec.passives.text}", sheet.width - 2 * EDGE, small)
        sheet.bottom = sheet.write(lines, EDGE, sheet.bottom, small, "muted")
    write_key(sheet, _key(spec))
    return close_sheet(sheet, spec)


def tabulate_nps(spec: Nps) -> Table:
    """One row for each share, then the score with its interval."""
    words = spec.words
    absence = spec.absence or words.no_data
    rows = (
        (words.promoters, cell(spec.promoters, absence)),
        (words.passives, cell(spec.passives, absence)),
        (words.detractors, cell(spec.detractors, absence)),
        (words.score, cell(spec.score, absence)),
        (words.lower, cell(spec.interval.lower if spec.interval else None)),
        (words.upper, cell(spec.interval.upper if spec.interval else None)),
        (words.target, cell(spec.target)),
        (words.sample, cell(spec.sample)),
    )
    return Table((words.status, words.value), rows)


@dataclass(frozen=True, slots=True)
class _Step:
    """A bar from one level to another."""

    name: str
    begins: float
    ends: float
    text: str
    role: str
    total: bool = False


def _steps(spec: Nps) -> tuple[_Step, ...]:
    words = spec.words
    if not (spec.promoters and spec.detractors and spec.score):
        return ()
    won, score = spec.promoters.value, spec.score.value
    return (
        _Step(words.promoters, 0.0, won, f"+{spec.promoters.text}", "heat-met-3"),
        _Step(words.detractors, won, score, f"−{spec.detractors.text}", "heat-missed-3"),
        _Step(words.score, 0.0, score, spec.score.text, "line", True),
    )


def _scale(spec: Nps, sheet: Sheet, steps: tuple[_Step, ...], left: float) -> Scale:
    """From the lowest level to the highest, with room for a number beside each bar."""
    room = max(sheet.measure(step.text, sheet.sizes.label + 3, True) for step in steps) + 14
    reached = [0.0, *(step.ends for step in steps)]
    if spec.interval:
        reached += [spec.interval.lower.value, spec.interval.upper.value]
    if spec.target:
        reached.append(spec.target.value)
    margin = room if min(reached) < 0 else 0.0
    return Scale(min(reached), max(reached) or 1.0, left + margin, sheet.width - EDGE - room)


def _write_step(spec: Nps, sheet: Sheet, step: _Step, x: Scale, top: float, bottom: float) -> None:
    """A bar, its number at the end where it arrives, and the interval of the score."""
    left, right = sorted((x(step.begins), x(step.ends)))
    role = "bar-soft" if step.total and spec.indicative else step.role
    sheet.items.append(Area((rectangle(left, top, max(right, left + 1), bottom),), role))
    sheet.items.append(Line(((x(0.0), top - 3), (x(0.0), bottom + 3)), "axis", 1.2))
    if step.total and spec.interval:
        middle = bottom + 7
        low, high = x(spec.interval.lower.value), x(spec.interval.upper.value)
        sheet.items.append(Line(((low, middle), (high, middle)), "ink", 1.4))
        ends = ((low, middle), (high, middle))
        sheet.items.append(Marks(ends, "tick", 7, "ink", "ink"))
        sheet.bottom += 8
    size = sheet.sizes.label + (3 if step.total else 0)
    baseline = (top + bottom) / 2 + size * 0.35
    leftwards = step.ends < 0
    at = (left - 8, baseline) if leftwards else (right + 8, baseline)
    sheet.items.append(Label(at, step.text, size, "ink", "end" if leftwards else "start", step.total))


def _write_target(spec: Nps, sheet: Sheet, x: Scale) -> None:
    """The band above the target, and its label over it."""
    if not spec.target:
        return
    small = sheet.sizes.small
    lines = sheet.wrap(f"{spec.words.target} {spec.target.text}", sheet.width - 2 * EDGE, small)
    width = max(sheet.measure(line, small) for line in lines)
    place = x(spec.target.value)
    middle = min(max(place, EDGE + width / 2), sheet.width - EDGE - width / 2)
    sheet.bottom = sheet.write(lines, middle, sheet.bottom, small, "target", "middle") + 6


def _key(spec: Nps) -> list[KeyEntry]:
    entries = []
    if spec.interval:
        entries.append(KeyEntry("rule", spec.words.interval, "ink"))
    if spec.indicative:
        entries.append(KeyEntry("band", spec.words.indicative, "bar-soft"))
    return entries
