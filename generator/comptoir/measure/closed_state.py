"""The state of closed quarters: closings, measurements and files in; each difference, and a warning of it, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from comptoir.measure.closed import Closing, Difference, FigureChange, changes_since
from comptoir.measure.formats import EXACT, number_text, rounded_text
from comptoir.measure.inputs import Input, changed_inputs, inputs_for
from comptoir.measure.types import Measurement, Measurements, Status
from comptoir.model.catalogue import Catalogue
from comptoir.model.roles import Role
from comptoir.periods import Period
from comptoir.problems import Location, Problem, Severity

RULE: Final = "closed-figures"
NOT_SHOWN: Final = "both together could tell what few people answered, and are not shown"
_NAMED: Final = 4  # files that a warning names


@dataclass(frozen=True, slots=True)
class Now:
    """What a project gives now: its measurements, the files that they come from, and the role of each source."""

    catalogue: Catalogue
    measurements: Measurements
    inputs: tuple[Input, ...]
    roles: Mapping[str, Role]


def compare_with_now(closings: Sequence[Closing], now: Now) -> tuple[tuple[Closing, ...], list[Problem]]:
    """The closings, each that was measured again with what the data give otherwise now; and a warning of each."""
    measured = frozenset(now.measurements.indicators)
    compared = tuple(
        with_differences(closing, now, measured) if closing.quarter in now.measurements.quarters else closing
        for closing in closings
    )
    return compared, [problem for closing in compared for problem in problems_of(closing, now.catalogue)]


def with_differences(closing: Closing, now: Now, measured: frozenset[str]) -> Closing:
    """The closing with what the data give otherwise now, of the indicators `measured` and of those that are gone."""
    changed = changed_inputs(closing.inputs, now.inputs)
    gone = closing.indicators - now.catalogue.indicators.keys()
    differences = tuple(
        Difference(change, _causes(change, changed, now))
        for change in changes_since(closing, now.measurements, measured | gone)
    )
    return replace(closing, differences=differences, changed=changed)


def _causes(change: FigureChange, changed: Sequence[Input], now: Now) -> tuple[Input, ...]:
    """The changed files that matter to the figure; for an indicator that is gone, its definition."""
    name = change.key[0]
    indicator = now.catalogue.indicators.get(name)
    if indicator is None:
        return tuple(one for one in changed if (one.kind, one.of) == ("indicator", name))
    return inputs_for(indicator, changed, now.roles)


def problems_of(closing: Closing, catalogue: Catalogue) -> Iterator[Problem]:
    """A warning for each indicator of which the data no longer give a closed figure, at the place of the first."""
    by_indicator: dict[str, list[Difference]] = {}
    for difference in closing.differences:
        by_indicator.setdefault(difference.change.key[0], []).append(difference)
    record = catalogue.closed[closing.quarter]
    for name, differences in by_indicator.items():
        first = differences[0]
        path = (closing.places or {}).get(first.change.key, ())
        place = record.locate(path) if path else Location(closing.file)
        is_gone = name not in catalogue.indicators
        message = _gone(name, closing) if is_gone else _message(name, differences, catalogue)
        hint = f'comptoir close {closing.quarter} --correct "why" records it'
        yield Problem(place, RULE, message, hint, Severity.WARNING)


def _gone(name: str, closing: Closing) -> str:
    return f"the indicator '{name}' is no longer defined: what was closed of it in {closing.quarter} is not published"


def _message(name: str, differences: Sequence[Difference], catalogue: Catalogue) -> str:
    change, causes = differences[0].change, differences[0].causes
    told = NOT_SHOWN
    if not change.is_secret:
        old, new = texts_of(change, catalogue.indicators[name].decimals)
        told = f"{old} was closed, the data now give {new}"
    more = len(differences) - 1
    others = (
        f" ({more} more figure{'s' if more > 1 else ''} of it differ{'' if more > 1 else 's'})"
        if more
        else ""
    )
    return f"'{name}', {change.key[1]}, is published as it was closed: {told}{others}; {since(causes)}"


def since(causes: Sequence[Input]) -> str:
    """Which files changed, in words."""
    if not causes:
        return "none of its files has changed since: the day or the version of the program has"
    names = [one.path for one in causes]
    shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    return f"changed since: {shown}"


def texts_of(change: FigureChange, decimals: int) -> tuple[str, str]:
    """The two figures as texts that differ: the values, else what is told apart beneath them."""
    old, new = change.old, change.new
    if old is None or new is None or old.value is None or new.value is None:
        return _figure(old, decimals), _figure(new, decimals)
    if old.value != new.value:
        for places in (decimals, EXACT):
            pair = rounded_text(old.value, places), rounded_text(new.value, places)
            if pair[0] != pair[1]:
                return pair
        return str(old.value), str(new.value)
    for word, before, after in _beneath(old, new):
        if before != after:
            value = rounded_text(old.value, decimals)
            return f"{value} ({word} {before})", f"{value} ({word} {after})"
    return _figure(old, decimals), _figure(new, decimals)


def _beneath(old: Measurement, new: Measurement) -> Iterator[tuple[str, str, str]]:
    """What else two figures of the same value may differ in."""
    aimed = [number_text(figure.target.value) if figure.target else "none" for figure in (old, new)]
    yield "target", aimed[0], aimed[1]
    yield "numerator", number_text(old.numerator), number_text(new.numerator)
    yield "denominator", number_text(old.denominator), number_text(new.denominator)
    yield "n", str(old.n), str(new.n)
    yield "respondents", str(old.respondents), str(new.respondents)
    yield "status", old.status.value, new.status.value


def _figure(figure: Measurement | None, decimals: int) -> str:
    if figure is None:
        return "no figure"
    if figure.value is None:
        return "no figure" if figure.status is Status.MISSING else figure.status.value
    return rounded_text(figure.value, decimals)


def closing_for(closings: Sequence[Closing], quarter: Period) -> Closing | None:
    """The closing of a quarter; None while it is open."""
    return next((closing for closing in closings if closing.quarter == quarter), None)
