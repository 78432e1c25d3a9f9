"""A target, and an alert, is a value that its indicator can have: 90 and not 0.9 for per cent, -100 to 100 for a net
promoter score, 1 to 5 for a score out of 5. A promise of availability or satisfaction in per cent is not written as a
share of one either.

Passes::

    # indicators/definitions/availability.yaml
    use: availability
    target: 99.5

Fails::

    # indicators/definitions/availability.yaml
    use: availability
    target: 0.995
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.metrics import SCALES, Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.terms import Counts, Direction, Unit
from comptoir.problems import Problem, Severity

RULE: Final = "target-scale"
_SHARES: Final = (IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY, IndicatorKind.COVERAGE)
_PERCENT: Final = (Decimal(0), Decimal(100))


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Targets that no value can reach, or that everything reaches, each with what it probably means."""
    for indicator in catalogue.indicators.values():
        aims: list[tuple[ValuePath, Decimal]] = [
            (("target", index, "value"), target.value) for index, target in enumerate(indicator.target)
        ]
        if indicator.alert is not None:
            aims.append((("alert",), indicator.alert))
        for path, value in aims:
            yield from _judge(indicator, path, value)
    for agreement in catalogue.agreements.values():
        for index, promise in enumerate(agreement.targets):
            if promise.unit is Unit.PERCENT and 0 < promise.value <= 1:
                message = f"{promise.value} is {promise.value} per cent"
                hint = f"{_plain(promise.value * 100)} if you mean {_plain(promise.value * 100)} %"
                yield Problem(agreement.locate("targets", index, "value"), RULE, message, hint)


def _judge(indicator: Indicator, path: ValuePath, value: Decimal) -> Iterator[Problem]:
    where, scale = indicator.locate(*path), _scale_of(indicator)
    is_share = indicator.unit is IndicatorUnit.PERCENT and indicator.kind is not IndicatorKind.GROWTH
    likely = _plain(value * 100)
    if (is_share and 0 < value < 1) or (is_share and value == 1 and indicator.direction is Direction.HIGHER):
        is_small = indicator.direction is Direction.LOWER  # less than one per cent of calls may well be lost
        message = f"{_plain(value)} is {_plain(value)} per cent, not {likely} %"
        severity = Severity.WARNING if is_small else Severity.ERROR
        yield Problem(where, RULE, message, f"{likely} if you mean {likely} %", severity)
    elif indicator.unit is IndicatorUnit.POINTS and 0 < abs(value) < 1:
        message = (
            f"a net promoter score is in points from -100 to 100: {_plain(value)} is hardly above or below 0"
        )
        yield Problem(where, RULE, message, f"{likely} if that is what you mean")
    elif scale is not None and not scale[0] <= value <= scale[1]:
        low, high = map(_plain, scale)
        message = f"{_plain(value)} is outside the scale of '{indicator.unit}': from {low} to {high}"
        yield Problem(where, RULE, message, _likely(indicator, value))
    elif value < 0 and indicator.kind in (IndicatorKind.COUNT, IndicatorKind.DISTINCT, IndicatorKind.RATE):
        yield Problem(where, RULE, f"{_plain(value)}: a count is never below 0")


def _scale_of(indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """From where to where the values of an indicator go; None where there is no such bound."""
    if indicator.kind in (IndicatorKind.MEAN, IndicatorKind.QUANTILE) and indicator.scale:
        return indicator.scale
    is_share = indicator.kind in _SHARES or (
        indicator.kind is IndicatorKind.RATIO
        and (indicator.counts is Counts.CASES or indicator.denominator is None)
    )
    if indicator.unit is IndicatorUnit.PERCENT:
        return _PERCENT if is_share else None
    return SCALES.get(indicator.unit)


def _likely(indicator: Indicator, value: Decimal) -> str:
    """What a value outside the scale of its score was probably meant to be."""
    scale = SCALES.get(indicator.unit)
    if scale is None or indicator.unit is IndicatorUnit.POINTS or not scale[1] < value <= 100:
        return ""
    likely = _plain(value * scale[1] / 100)
    return f"{likely} if you mean {_plain(value)} % of {_plain(scale[1])}"


def _plain(number: Decimal) -> str:
    """The number without zeros at its end."""
    return f"{number.normalize():f}"
