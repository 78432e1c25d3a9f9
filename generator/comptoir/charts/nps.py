"""The net promoter score: shares in; steps from promoters, less detractors, to the score, drawn on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import LEADING, spanned
from comptoir.charts.rows import plan_rows
from comptoir.charts.sheet import EDGE, ChartSheet, KeyEntry, Plot, rectangle, write_empty, write_key
from comptoir.charts.tables import ChartNumber, ChartRows, cell
from comptoir.charts.values import ChartInterval, Spec

_BAR: Final = 26.0
_BETWEEN: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps(Spec):
    """Shares of 100 and the score in points, all or none of them known."""

    promoters: ChartNumber | None = None
    passives: ChartNumber | None = None
    detractors: ChartNumber | None = None
    score: ChartNumber | None = None
    interval: ChartInterval | None = None
    target: ChartNumber | None = None
    sample: ChartNumber | None = None
    indicative: bool = False
    absence: str = ""

    def __post_init__(self) -> None:
        super(Nps, self).__post_init__()
        parts = (self.promoters, self.passives, self.detractors, self.score)
        if any(part is None for part in parts) and any(part is not None for part in parts):
            raise ValueError(f"the chart '{self.key}' knows only a part of the score")


def draw_nps(spec: Nps, sheet: ChartSheet) -> None:
    """The score as a waterfall."""
    steps = _steps(spec)
    if not steps:
        write_empty(sheet, spec.absence or spec.words.no_data, 120)
        return
    plan = plan_rows(sheet, [step.name for step in steps], _BAR)
    start = sheet.bottom = sheet.bottom + _target_height(spec, sheet)
    bars = []
    for step in steps:
        bars.append(plan.place(sheet, step.name, bold=step.total))
        sheet.bottom += _BETWEEN + (8 if step.total and spec.interval else 0)
    end = sheet.bottom - _BETWEEN + 3
    plot = _plot(spec, sheet, steps, plan.left, start - 3, end)
    if spec.target:
        place, far = spec.target.value, max(plot.axes.get_xlim()[1], spec.target.value)
        plot.fill((rectangle(place, start - 3, far, end),), "target-band")
    before = None
    for step, (top, bottom) in zip(steps, bars, strict=True):
        if before:
            plot.line((before, (before[0], top)), "axis", 1, (2, 2))
        _draw_step(spec, plot, step, top, bottom)
        before = (step.ends, bottom)
    _write_target(spec, plot)
    if spec.passives:
        small = sheet.sizes.small
        lines = sheet.wrap(f"{spec.words.passives} {spec.passives.text}", sheet.width - 2 * EDGE, small)
        sheet.bottom = sheet.write(lines, EDGE, sheet.bottom, small, "muted")
    write_key(sheet, _key(spec))


def tabulate_nps(spec: Nps) -> ChartRows:
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
    return ChartRows((words.status, words.value), rows)


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


def _plot(
    spec: Nps, sheet: ChartSheet, steps: tuple[_Step, ...], left: float, top: float, bottom: float
) -> Plot:
    """From the lowest level to the highest, with room for a number beside each bar."""
    room = max(sheet.measure(step.text, sheet.sizes.label + 3, True) for step in steps) + 14
    reached = [0.0, *(step.ends for step in steps)]
    if spec.interval:
        reached += [spec.interval.lower.value, spec.interval.upper.value]
    if spec.target:
        reached.append(spec.target.value)
    margin = room if min(reached) < 0 else 0.0
    limits = spanned(min(reached), max(reached))
    return sheet.plot(left + margin, top, sheet.width - EDGE - room, bottom, limits)


def _draw_step(spec: Nps, plot: Plot, step: _Step, top: float, bottom: float) -> None:
    """A bar, its number at the end where it arrives, and the interval of the score."""
    sheet = plot.sheet
    left, right = sorted((step.begins, step.ends))
    role = "bar-soft" if step.total and spec.indicative else step.role
    plot.fill((rectangle(left, top, right, bottom),), role)
    plot.line(((0.0, top - 3), (0.0, bottom + 3)), "axis", 1.2)
    if step.total and spec.interval:
        middle = bottom + 7
        ends = ((spec.interval.lower.value, middle), (spec.interval.upper.value, middle))
        plot.line(ends, "ink", 1.4)
        plot.marks(ends, "|", 7, "ink", "ink")
    size = sheet.sizes.label + (3 if step.total else 0)
    baseline = (top + bottom) / 2 + size * 0.35
    text = sheet.clean(step.text)
    if step.ends < 0:
        sheet.put(text, plot.x(left) - 8, baseline, size, "ink", "right", step.total)
    else:
        sheet.put(text, plot.x(right) + 8, baseline, size, "ink", "left", step.total)


def _target_lines(spec: Nps, sheet: ChartSheet) -> tuple[str, ...]:
    words = f"{spec.words.target} {spec.target.text}" if spec.target else ""
    return sheet.wrap(words, sheet.width - 2 * EDGE, sheet.sizes.small)


def _target_height(spec: Nps, sheet: ChartSheet) -> float:
    lines = _target_lines(spec, sheet)
    return len(lines) * sheet.sizes.small * LEADING + 6 if lines else 0.0


def _write_target(spec: Nps, plot: Plot) -> None:
    """The edge of the band above the target, and its label over it."""
    if spec.target:
        sheet, small, lines = plot.sheet, plot.sheet.sizes.small, _target_lines(spec, plot.sheet)
        plot.line(((spec.target.value, plot.top), (spec.target.value, plot.bottom)), "target", 1.4)
        middle = sheet.inside(plot.x(spec.target.value), lines, small)
        top = plot.top + 3 - _target_height(spec, sheet)
        sheet.write(lines, middle, top, small, "target", "center")


def _key(spec: Nps) -> list[KeyEntry]:
    entries = []
    if spec.interval:
        entries.append(KeyEntry("rule", spec.words.interval, "ink"))
    if spec.indicative:
        entries.append(KeyEntry("band", spec.words.indicative, "bar-soft"))
    return entries
