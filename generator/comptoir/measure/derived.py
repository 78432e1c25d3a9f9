"""Derived measurements: definitions and the measurements of their operands in; what is computed from them out.

They are computed from what is shown, in the same period and scope: where an operand is withheld, so is the result, and it tells
nothing that its operands do not. No interval is claimed: operands may share their cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from graphlib import TopologicalSorter

from comptoir.measure.statistics import Change, Method
from comptoir.measure.types import (
    EVERYTHING,
    Comparison,
    Measurement,
    Reason,
    Scope,
    Status,
    target_in_force,
)
from comptoir.measure.verdicts import judge
from comptoir.model.derived import Derivation
from comptoir.model.metrics import Indicator, IndicatorUnit
from comptoir.periods import Period

_ByKey = dict[tuple[str, Period, Scope], Measurement]


def operands_of(name: str, indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """Every indicator that another is computed from, in the end; none for one that is measured from rows."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = indicators.get(waiting.pop())
        fresh = set(one.derive.of) - found if one and one.derive else set[str]()
        found |= fresh
        waiting += fresh
    return frozenset(found)


def derive_measurements(
    indicators: Mapping[str, Indicator],
    measured: Iterable[Measurement],
    periods: Iterable[Period],
) -> tuple[Measurement, ...]:
    """The measurements of every derived indicator in each of `periods`; `measured` are those of all others."""
    found: _ByKey = {m.key: m for m in measured}
    derived = {name: one.derive.of for name, one in indicators.items() if one.derive is not None}
    order = [name for name in TopologicalSorter(derived).static_order() if name in derived]
    made: list[Measurement] = []
    scopes: dict[str, set[Scope]] = {}
    for name, _, scope in found:
        scopes.setdefault(name, set()).add(scope)
    for name in order:
        indicator = indicators[name]
        assert indicator.derive is not None
        scopes[name] = set(_scopes(indicator, scopes))
        for period in periods:
            for scope in sorted(scopes[name]):
                if indicator.derive.met is None:
                    one = _derive(indicator, indicator.derive, found, period, scope)
                else:
                    operand = indicators[indicator.derive.of[0]]
                    one = _count_met(indicator, indicator.derive, found, period, operand)
                found[one.key] = one
                made.append(one)
    return tuple(made)


def _scopes(indicator: Indicator, scopes: Mapping[str, set[Scope]]) -> Iterator[Scope]:
    """Everything, and where every operand is measured, as far as the definition asks for it."""
    yield EVERYTHING
    derivation = indicator.derive
    if derivation is None or derivation.met is not None:
        return
    for scope in set.intersection(*(scopes.get(name, {EVERYTHING}) for name in derivation.of)):
        if scope != EVERYTHING and {*scope.kinds} <= {*indicator.by}:
            yield scope


def _derive(
    indicator: Indicator, derivation: Derivation, found: _ByKey, period: Period, scope: Scope
) -> Measurement:
    operands = {name: found.get((name, period, scope)) for name in derivation.of}
    known = [m for m in operands.values() if m is not None]
    for m in known:
        if m.status is Status.SUPPRESSED:
            return _without(indicator, period, scope, Status.SUPPRESSED, m.reason)
    absent = [m.reason for m in known if m.value is None]
    if absent or len(known) < len(operands):
        reason = absent[0] if absent else Reason.NO_SOURCE
        return _without(indicator, period, scope, Status.MISSING, reason)
    values = {name: m.value for name, m in operands.items() if m is not None and m.value is not None}
    value = derivation.result(values)
    if value is None:
        return _without(indicator, period, scope, Status.MISSING, Reason.NOTHING_BELOW_THE_LINE)
    return _result(
        indicator,
        (period, scope),
        value,
        derivation.fraction(values),
        known,
        previous=_compare(derivation, operands, "previous", value),
        year_ago=_compare(derivation, operands, "year_ago", value),
    )


def _result(
    indicator: Indicator,
    about: tuple[Period, Scope],
    value: Fraction,
    parts: tuple[Fraction, Fraction] | None,
    operands: Iterable[Measurement],
    n: int | None = None,
    previous: Comparison | None = None,
    year_ago: Comparison | None = None,
) -> Measurement:
    """The value, judged as far as its operands allow."""
    period, scope = about
    target = target_in_force(indicator.target, period)
    status, reason = judge(indicator, value, target, n or 0, is_sample=False)
    for m in operands:
        if m.status is Status.INDICATIVE or m.reason in (Reason.GAP, Reason.UNKNOWN_TIME):
            status, reason = m.status, m.reason
            break
    return Measurement(
        indicator=indicator.id,
        quarter=period,
        scope=scope,
        status=status,
        reason=reason,
        value=value,
        numerator=parts[0] if parts else None,
        denominator=parts[1] if parts else None,
        n=n,
        target=target,
        previous=previous,
        year_ago=year_ago,
        is_provisional=any(m.is_provisional for m in operands),
    )


def _without(
    indicator: Indicator, period: Period, scope: Scope, status: Status, reason: Reason
) -> Measurement:
    target = target_in_force(indicator.target, period)
    return Measurement(indicator.id, period, scope, status, reason, target=target)


def _compare(
    derivation: Derivation,
    operands: Mapping[str, Measurement | None],
    which: str,
    value: Fraction,
) -> Comparison | None:
    """The change since a period in which every operand had a value that may be told; no test claims it."""
    then: dict[str, Comparison] = {
        name: comparison for name, m in operands.items() if (comparison := getattr(m, which)) is not None
    }
    if len(then) < len(operands):
        return None
    before = derivation.result({name: comparison.value for name, comparison in then.items()})
    if before is None:
        return None
    first = next(iter(then.values()))
    return Comparison(first.quarter, before, Change(value - before, None, Method.NONE))


def _count_met(
    indicator: Indicator, derivation: Derivation, found: _ByKey, period: Period, operand: Indicator
) -> Measurement:
    """How many of those that are judged meet their target: what is withheld, missing or indicative is not judged."""
    parts = [
        m
        for (name, when, scope), m in found.items()
        if (name, when) == (operand.id, period) and scope.kinds == (derivation.met,)
    ]
    judged = [m for m in parts if m.status in (Status.MET, Status.ALERT, Status.MISSED)]
    if not judged:
        return _without(indicator, period, EVERYTHING, Status.MISSING, Reason.NO_CASES)
    met, whole = Fraction(sum(_meets(m, operand) for m in judged)), Fraction(len(judged))
    value = 100 * met / whole if indicator.unit is IndicatorUnit.PERCENT else met
    return _result(indicator, (period, EVERYTHING), value, (met, whole), judged, n=len(judged))


def _meets(measurement: Measurement, operand: Indicator) -> bool:
    """True on the better side of the target; an alert may be on either."""
    value, target = measurement.value, measurement.target
    return value is not None and target is not None and operand.direction.excess(value, target.value) >= 0
