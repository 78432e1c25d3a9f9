"""A promise is no stricter than the OLA and UC that it rests on: not faster, not higher, not in more cases.

Targets of the same measure and priority are compared, those in force today. A working day counts as many hours
as a day of the agreement's calendar. Durations of calendars that do not fit into each other cannot be
compared: that is a warning.

Passes::

    # catalogue/agreements/sla-standard.yaml
    rests_on: [ola-network]
    targets:
      - {metric: ttr, value: 8, unit: working-hours}

Fails::

    # catalogue/agreements/sla-standard.yaml
    rests_on: [ola-network]
    targets:
      - {metric: ttr, value: 1, unit: working-hours}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from comptoir.model.agreements import Agreement, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Unit
from comptoir.problems import Problem, Severity
from comptoir.rules.durations import DurationOrder, order_of
from comptoir.rules.promises import supports

RULE: Final = "stricter-than-support"
_SIGNS: Final = {Unit.PERCENT: "%", Unit.SCORE_5: "out of 5", Unit.SCORE_10: "out of 10"}


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Targets that ask more than the agreements beneath them give."""
    for agreement in catalogue.agreements.values():
        for support in supports(catalogue, agreement):
            given = [target for _, target in support.targets_in_force(today)]
            for index, target in agreement.targets_in_force(today):
                for other in _comparable(target, given):
                    yield from _compare(catalogue, (agreement, index, target), (support, other))


def _comparable(target: Target, given: list[Target]) -> list[Target]:
    """Targets beneath that speak of the same cases; one for the very thing or priority goes before one for all."""
    same = [other for other in given if other.metric is target.metric]
    for key in ("request_item", "priority"):
        told = getattr(target, key)
        if told is not None:
            same = [o for o in same if getattr(o, key) == told] or [
                o for o in same if getattr(o, key) is None
            ]
    return same


def _compare(
    catalogue: Catalogue, promise: tuple[Agreement, int, Target], support: tuple[Agreement, Target]
) -> Iterator[Problem]:
    agreement, index, target = promise
    beneath, other = support
    name = target.about
    where = agreement.locate("targets", index, "value")
    calendars = catalogue.calendars
    order = order_of(other, calendars.get(beneath.calendar), target, calendars.get(agreement.calendar))
    if order is DurationOrder.BEYOND:
        message = f"'{name}' promises {_show(target)}, stricter than the {_show(other)} of '{beneath.id}', which it rests on"
        yield Problem(where, RULE, message, "promise what it can hold, or agree more with those who deliver")
    elif order is DurationOrder.UNKNOWN:
        message = (
            f"'{name}' promises {_show(target)} and rests on {_show(other)} of '{beneath.id}': "
            "in these units and calendars the two cannot be compared"
        )
        yield Problem(where, RULE, message, "write both in the same unit and calendar", Severity.WARNING)
    if (target.share or 100) > (other.share or 100):
        message = (
            f"'{name}' is promised in {_number(target.share or Decimal(100))} % of cases, "
            f"but '{beneath.id}', which it rests on, holds in {_number(other.share or Decimal(100))} %"
        )
        where = agreement.locate("targets", index, *(("share",) if target.share else ()))
        yield Problem(where, RULE, message)


def _show(target: Target) -> str:
    unit = _SIGNS.get(target.unit) or target.unit.replace("-", " ")
    if target.value == 1:
        unit = "incident per quarter" if target.unit is Unit.INCIDENTS_PER_QUARTER else unit.removesuffix("s")
    return f"{_number(target.value)} {unit}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
