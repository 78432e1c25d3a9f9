"""A promise rehearsed: an agreement with other values in; what past cases would have made of it, beside what they did, out.

Nothing is estimated: the same engine judges the same rows twice, with the calendar, the pauses and the dates of the
agreement, once as it is and once with the values that are only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.measure.project import measure_project
from comptoir.measure.promises import agreements_of
from comptoir.measure.reading.types import Places
from comptoir.measure.statistics.proportions import estimate_proportion
from comptoir.measure.types import EVERYTHING, Measurements, Scope
from comptoir.model.agreements import DURATIONS, Agreement, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind
from comptoir.model.terms import Metric, Unit
from comptoir.periods import Period
from comptoir.problems import Problem, suggest
from comptoir.rules import stricter

NAME: Final = "rehearsal"
_WRITTEN: Final = re.compile(
    r"(?P<about>[a-z_]+(?:\.[a-z0-9_-]+)?)=(?P<value>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>[a-z-]*|%)(?:@(?P<share>[0-9.,]+)%?)?"
)
_UNITS: Final[Mapping[str, str]] = {
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "j": "days",
    "%": "percent",
}


class RehearsalError(Exception):
    """What was proposed cannot be rehearsed; the message says why, and the nearest that can."""


@dataclass(frozen=True, slots=True)
class RehearsedCases:
    """Cases of one scope and period: how many are judged as it is proposed and kept it, and the same as it was.

    An open case may be due in one and not in the other. The interval is Wilson's, of the share that would keep it.
    """

    period: Period | None  # None for all of them
    scope: Scope
    cases: int
    would_keep: int
    judged: int
    kept: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval at 95 % of the share that would have kept it."""
        found = estimate_proportion(self.would_keep, self.cases).interval
        return (float(found.low), float(found.high)) if found else None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One proposal against past cases: the targets it replaces, the rows, and what it would ask of the agreements beneath."""

    agreement: Agreement
    before: tuple[Target, ...]
    after: Target
    rows: tuple[RehearsedCases, ...]
    beneath: tuple[Problem, ...]

    @property
    def aim(self) -> Fraction:
        """The share of cases that is promised, as a part of 1."""
        return Fraction(self.after.share or 100) / 100


def rehearse(
    catalogue: Catalogue, places: Places, agreement: str, written: str, periods: Iterable[Period], today: date
) -> Rehearsal:
    """Replay the cases of `periods` against a proposal such as 'ttr.p2=4h' or 'delivery=2d@90'.

    Raises RehearsalError where the agreement has no such target, or no definition measures it.
    """
    known = catalogue.agreements.get(agreement)
    if known is None:
        raise RehearsalError(f"unknown agreement '{agreement}' ({suggest(agreement, catalogue.agreements)})")
    metric, priority, value, unit, share = _read(written)
    before = tuple(
        t for t in known.targets if (t.metric, t.priority, t.request_item) == (metric, priority, None)
    )
    if not before:
        names = ", ".join(
            dict.fromkeys(".".join(filter(None, (t.metric, t.priority))) for t in known.targets)
        )
        raise RehearsalError(f"'{agreement}' has no target '{written.partition('=')[0]}' (it has: {names})")
    changes = {"value": value, "unit": _unit(before[-1].unit, unit), **({"share": share} if share else {})}
    after = before[-1].model_copy(update=changes)
    if after.unit not in DURATIONS:
        raise RehearsalError(f"'{metric}' is judged case by case only for durations (tto, ttr, delivery)")
    proposed = known.model_copy(
        update={"targets": tuple(t.model_copy(update=changes) if t in before else t for t in known.targets)}
    )
    changed = replace(
        catalogue, agreements=MappingProxyType({**catalogue.agreements, agreement: proposed}), closed={}
    )
    indicator = _replayed(catalogue, agreement, metric, priority)
    asked = tuple(periods)
    then, now = (
        measure_project(
            replace(one, indicators=MappingProxyType({NAME: indicator}), closed={}), places, asked, today
        ).measurements
        for one in (catalogue, changed)
    )
    already = {str(problem) for problem in stricter.check(catalogue, today)}
    beneath = tuple(
        problem
        for problem in stricter.check(changed, today)
        if problem.location.file == known.locate("targets").file and str(problem) not in already
    )
    return Rehearsal(known, before, after, tuple(_rows(then, now)), beneath)


def _read(written: str) -> tuple[Metric, str | None, Decimal, str, Decimal | None]:
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise RehearsalError(
            f"'{written}' is not a target and its value, such as ttr.p2=4h or delivery=2d@90"
        )
    name, _, priority = found["about"].partition(".")
    try:
        metric = Metric(name)
        value, share = (
            Decimal(text.replace(",", ".")) if text else None for text in (found["value"], found["share"])
        )
    except (ValueError, InvalidOperation) as error:
        raise RehearsalError(f"'{name}' is no metric ({suggest(name, list(Metric))})") from error
    assert value is not None
    if not value or (share is not None and not 0 < share <= 100):
        raise RehearsalError(f"'{written}': a value is above 0, and a share at most 100")
    return metric, priority or None, value, found["unit"], share


def _unit(present: Unit, written: str) -> Unit:
    """The unit that is meant: hours stay working hours where the agreement counts in these."""
    if not written:
        return present
    name = _UNITS.get(written, written)
    if present.value.startswith("working-") and f"working-{name}" in list(Unit):
        return Unit(f"working-{name}")
    if name not in list(Unit):
        raise RehearsalError(f"'{written}' is no unit ({suggest(name, [*_UNITS, *Unit])})")
    return Unit(name)


def _replayed(catalogue: Catalogue, agreement: str, metric: Metric, priority: str | None) -> Indicator:
    """The definition that measures this promise, over the services of the agreement alone."""
    found = [
        one
        for one in catalogue.indicators.values()
        if one.kind is IndicatorKind.WITHIN_TARGET and one.metric is metric and one.request_item is None
    ]
    found.sort(key=lambda one: (one.priority != priority, one.priority is not None, one.id))
    if not found or found[0].priority not in (None, priority):
        raise RehearsalError(
            f"no definition measures '{metric}': write indicators/definitions/within-target-{metric}.yaml "
            f"with the line 'use: within-target-{metric}'"
        )
    covered = [s for s in catalogue.services if any(a.id == agreement for a in agreements_of(catalogue, s))]
    if not covered:
        raise RehearsalError(f"no service has the agreement '{agreement}'")
    among = "service IN (" + ", ".join(f"'{name}'" for name in covered) + ")"
    where = f"({found[0].where}) AND {among}" if found[0].where else among
    update = {
        "id": NAME,
        "where": where,
        "priority": priority,
        "target": (),
        "by": (Dimension.SERVICE, Dimension.SEGMENT),
    }
    return found[0].model_copy(update=update)


def _rows(then: Measurements, now: Measurements) -> Iterator[RehearsedCases]:
    """All together, then period by period, then each service and each segment over all periods."""
    found = [
        RehearsedCases(
            m.quarter,
            m.scope,
            int(m.denominator),
            int(m.numerator),
            int(before.denominator or 0),
            int(before.numerator or 0),
        )
        for m in now
        if m.numerator is not None and m.denominator
        for before in (then.get(m.indicator, m.quarter, m.scope),)
        if before is not None
    ]
    scopes = sorted(
        {one.scope for one in found if len(one.scope.kinds) <= 1}, key=lambda s: (s.segment, s.service)
    )
    for scope in scopes:
        of = [one for one in found if one.scope == scope]
        yield RehearsedCases(
            None,
            scope,
            sum(one.cases for one in of),
            sum(one.would_keep for one in of),
            sum(one.judged for one in of),
            sum(one.kept for one in of),
        )
        if scope == EVERYTHING:
            yield from sorted(of, key=lambda one: str(one.period))
