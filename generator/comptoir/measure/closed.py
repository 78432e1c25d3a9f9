"""Closed quarters: what was closed and what is measured now in; the figures to publish, and every difference, out.

A closed quarter is never changed in silence: its figures are published as they were closed, or last corrected, and
what the data give instead is told until a correction records it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from comptoir.measure.closed_records import measurement_of
from comptoir.measure.inputs import Input, inputs_as_closed
from comptoir.measure.types import Measurement, Measurements, Scope, Status
from comptoir.measure.verdicts import with_reason
from comptoir.model.closed import ClosedFigure, ClosedQuarter
from comptoir.periods import Period
from comptoir.problems import Problem
from comptoir.sources.nodes import Path

LEAST: Final = 5
Key: TypeAlias = tuple[str, Scope]
Renamed: TypeAlias = Mapping[str, Mapping[str, str]]
"""'service', 'segment' or 'client' → former identifier → the present one."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure before and after; None where there was, or is, none.

    A secret one is told to have changed, but its figures never stand beside each other.
    """

    old: Measurement | None
    new: Measurement | None
    is_secret: bool = False

    @property
    def key(self) -> Key:
        """What it is about: the indicator and the scope."""
        one = self.old or self.new
        assert one is not None, "a change is one of something"
        return one.indicator, one.scope

    @property
    def tells_of_few(self) -> bool:
        """True when one figure is suppressed, or both together would tell what fewer than five people answered."""
        if any(one is not None and one.status is Status.SUPPRESSED for one in (self.old, self.new)):
            return True
        before = (self.old.respondents or 0) if self.old else 0
        after = (self.new.respondents or 0) if self.new else 0
        return 0 < abs(after - before) < LEAST


def guard(changes: Iterable[FigureChange]) -> tuple[FigureChange, ...]:
    """The changes, all those of an indicator secret when one tells of few people: it could be subtracted back."""
    changes = tuple(changes)
    secret = {change.key[0] for change in changes if change.tells_of_few}
    return tuple(replace(change, is_secret=change.key[0] in secret) for change in changes)


@dataclass(frozen=True, slots=True)
class Difference:
    """A closed figure that the data no longer give, and the files that have changed since, as far as they matter."""

    change: FigureChange
    causes: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected in a closed quarter, when and why."""

    day: date
    reason: str
    changes: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed quarter: its figures in force and the files that they came from; and what the data give otherwise now.

    `places` tells where each figure stands in `file`; `changed` are all the files that are not as they were;
    `indicators` are those of which it has a figure.
    """

    quarter: Period
    closed_on: date
    file: str
    figures: Mapping[Key, Measurement]
    inputs: tuple[Input, ...]
    program: str
    corrections: tuple[Correction, ...] = ()
    differences: tuple[Difference, ...] = ()
    changed: tuple[Input, ...] = ()
    places: Mapping[Key, Path] | None = None
    indicators: frozenset[str] = frozenset()


def closings_of(
    closed: Mapping[Period, ClosedQuarter], renamed: Renamed = MappingProxyType({})
) -> tuple[tuple[Closing, ...], list[Problem]]:
    """Every closed quarter with its corrections applied, the oldest first; and the figures that make no sense.

    What was `renamed` since bears its present identifier.
    """
    closings: list[Closing] = []
    problems: list[Problem] = []
    for quarter, record in sorted(closed.items()):
        closing, faults = _closing(quarter, record, renamed)
        problems += faults
        if not faults:
            closings.append(closing)
    return tuple(closings), problems


def _closing(quarter: Period, record: ClosedQuarter, renamed: Renamed) -> tuple[Closing, list[Problem]]:
    problems: list[Problem] = []
    present = {kind: _present_names(record, kind, renamed.get(kind, {})) for kind in Scope._fields}

    def read(figure: ClosedFigure | None, path: Path) -> Measurement | None:
        try:
            return _rename(measurement_of(figure, quarter, record.closed_on), present) if figure else None
        except ValueError as error:
            problems.append(Problem(record.locate(path), "closed-quarter", f"{error}"))
            return None

    figures: dict[Key, Measurement] = {}
    places: dict[Key, Path] = {}
    for index, figure in enumerate(record.measurements):
        if (found := read(figure, ("measurements", index))) is not None:
            figures[found.indicator, found.scope] = found
            places[found.indicator, found.scope] = ("measurements", index)
    corrections = []
    for number, written in enumerate(record.corrections):
        changes = []
        for index, one in enumerate(written.changes):
            path = ("corrections", number, "changes", index)
            change = FigureChange(read(one.old, path), read(one.new, path))
            if change.old is None and change.new is None:
                continue
            changes.append(change)
            figures.pop(change.key, None)
            if change.new is not None:
                figures[change.key] = change.new
                places[change.key] = path
        corrections.append(Correction(written.date, written.reason, guard(changes)))
    last = record.corrections[-1] if record.corrections else record
    closing = Closing(
        quarter=quarter,
        closed_on=record.closed_on,
        file=record.file,
        figures=MappingProxyType(figures),
        inputs=inputs_as_closed(last.inputs),
        program=last.program,
        corrections=tuple(corrections),
        places=MappingProxyType(places),
        indicators=frozenset(name for name, _ in figures),
    )
    return closing, problems


def _present_names(record: ClosedQuarter, kind: str, former: Mapping[str, str]) -> Mapping[str, str]:
    """Former identifier → the present one; but for things that were two in that quarter, and are one now."""
    names = {getattr(figure, kind) for figure in record.measurements}
    bearers = Counter(former.get(name, name) for name in names)
    return {old: new for old, new in former.items() if bearers[new] <= 1}


def _rename(figure: Measurement, present: Renamed) -> Measurement:
    names = {kind: present[kind].get(name, name) for kind, name in figure.scope._asdict().items()}
    return replace(figure, scope=Scope(**names))


def changes_since(
    closing: Closing, now: Iterable[Measurement], about: Collection[str]
) -> tuple[FigureChange, ...]:
    """The figures that are measured otherwise now, in order. `about` are the indicators that were measured or are gone.

    An indicator that the quarter was closed without is no change: it is new.
    """
    names = closing.indicators & frozenset(about)
    found = {(m.indicator, m.scope): m for m in now if m.quarter == closing.quarter and m.indicator in names}
    keys = sorted({key for key in closing.figures if key[0] in names} | found.keys())
    changes = (FigureChange(closing.figures.get(key), found.get(key)) for key in keys)
    return guard(change for change in changes if _seen(change.old) != _seen(change.new))


def _seen(figure: Measurement | None) -> tuple[object, ...] | None:
    """What makes two figures differ: none is as good as a missing one."""
    if figure is None or figure.status is Status.MISSING:
        return None
    target = figure.target.value if figure.target else None
    parts = (figure.numerator, figure.denominator, figure.n, figure.respondents, figure.parts)
    return figure.status, figure.value, target, *parts


def publish_closed(measurements: Measurements, closings: Sequence[Closing]) -> Measurements:
    """The measurements with the closed figures in the place of what their quarters would give now."""
    by_quarter = {
        closing.quarter: closing for closing in closings if closing.quarter in measurements.quarters
    }
    if not by_quarter:
        return measurements
    fresh = [
        m
        for m in measurements
        if m.quarter not in by_quarter or m.indicator not in by_quarter[m.quarter].indicators
    ]
    return Measurements(
        (*fresh, *_kept(by_quarter.values(), measurements)),
        measurements.indicators,
        measurements.quarters,
    )


def _kept(closings: Iterable[Closing], measurements: Measurements) -> Iterator[Measurement]:
    for closing in closings:
        for (name, _), figure in closing.figures.items():
            if name in measurements.indicators:
                yield with_reason(measurements.indicators[name], figure)
