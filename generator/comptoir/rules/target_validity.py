"""The targets of an agreement follow each other without overlap or gap, within the validity of the agreement.

Targets of one measure, priority and request item may hold together when they promise different shares of cases in
different times (80 % in four hours, 95 % in eight). Those that only a label tells apart are shown, and none is judged.

Passes::

    # catalogue/agreements/sla-standard.yaml
    targets:
      - {metric: ttr, value: 12, unit: working-hours, valid_until: 2026-06-30}
      - {metric: ttr, value: 8, unit: working-hours, valid_from: 2026-07-01}

Fails::

    # catalogue/agreements/sla-standard.yaml
    targets:
      - {metric: ttr, value: 12, unit: working-hours, valid_until: 2026-06-30}
      - {metric: ttr, value: 8, unit: working-hours, valid_from: 2026-08-01}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from comptoir.model.agreements import Agreement, Promised, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.validity import in_force, validity
from comptoir.problems import Problem, Severity

RULE: Final = "target-validity"
_DAY: Final = timedelta(days=1)
Targets = list[tuple[int, Target]]


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Targets that overlap, leave a gap, or hold when their agreement does not."""
    for agreement in catalogue.agreements.values():
        for index, target in enumerate(agreement.targets):
            yield from _check_within(agreement, ("targets", index), target)
        for index, promise in enumerate(agreement.in_words):
            yield from _check_within(agreement, ("in_words", index), promise)
        yield from _check_labels(agreement)
        for targets in _series(agreement):
            yield from _check_overlaps(agreement, targets)
            yield from _check_gaps(agreement, targets, today)


def _series(agreement: Agreement) -> list[Targets]:
    """The targets that speak of the same thing, each with its rank in the file."""
    series: dict[tuple[object, ...], Targets] = {}
    for index, target in enumerate(agreement.targets):
        series.setdefault((target.label, *target.cases), []).append((index, target))
    return list(series.values())


def _check_labels(agreement: Agreement) -> Iterator[Problem]:
    told = [(i, t) for i, t in enumerate(agreement.targets) if not agreement.is_judged(t)]
    seen: set[tuple[str, ...]] = set()
    for index, target in told:
        if target.cases not in seen:
            seen.add(target.cases)
            message = f"targets for '{target.about}' are told apart by their labels only: they are shown, and not judged"
            hint = "no row of a file knows a label: tell them apart by 'request_item' or 'priority' to have them judged"
            yield Problem(agreement.locate("targets", index), RULE, message, hint, Severity.NOTICE)


def _check_within(agreement: Agreement, path: ValuePath, target: Promised) -> Iterator[Problem]:
    end = agreement.valid_until
    for key in ("valid_from", "valid_until"):
        day: date | None = getattr(target, key)
        if day is None:
            continue
        where = agreement.locate(*path, key)
        if day < agreement.valid_from:
            message = f"{day} is before the agreement begins, on {agreement.valid_from}"
            yield Problem(where, RULE, message)
        elif end is not None and day > end:
            yield Problem(where, RULE, f"{day} is after the agreement ends, on {end}")


def _check_overlaps(agreement: Agreement, targets: Targets) -> Iterator[Problem]:
    for (_, first), (index, second) in combinations(targets, 2):
        if first.share != second.share and first.value != second.value:
            continue
        begin, end = validity(agreement, first, second)
        if begin <= end:
            until = f"to {end}" if end < date.max else "on"
            message = f"two targets for '{second.about}' hold from {begin} {until}"
            hint = "end the first with 'valid_until', or give them different shares of cases"
            yield Problem(agreement.locate("targets", index), RULE, message, hint)


def _check_gaps(agreement: Agreement, targets: Targets, today: date) -> Iterator[Problem]:
    in_order = sorted(targets, key=lambda item: validity(agreement, item[1]))
    covered = validity(agreement, in_order[0][1])[1]
    for index, target in in_order[1:]:
        begin, end = validity(agreement, target)
        if covered < date.max and begin > covered + _DAY:
            message = f"no target for '{target.about}' from {covered + _DAY} to {begin - _DAY}"
            yield Problem(agreement.locate("targets", index, "valid_from"), RULE, message)
        covered = max(covered, end)
    if covered < today and in_force(today, agreement):
        index, target = in_order[-1]
        message = f"no target for '{target.about}' since {covered + _DAY}, although the agreement goes on"
        where = agreement.locate("targets", index, "valid_until")
        yield Problem(where, RULE, message, severity=Severity.WARNING)
