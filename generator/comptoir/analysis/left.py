"""What is left of promises in a period that still runs: its measurements and a day in; how much may still be missed out.

Everything is exact arithmetic on the numerator and denominator that were measured, so it comes from the same rows. A
forecast assumes the present pace and nothing else; its interval is that of the measured share (Wilson).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Final

from comptoir.measure.sql.moments import utc_midnight
from comptoir.measure.statistics import exact
from comptoir.measure.tables import agreed_calendar
from comptoir.measure.types import Measurement, Measurements
from comptoir.measure.working_time import working_edges, working_seconds
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.terms import Counts, Direction
from comptoir.periods import Period

_SHARES: Final = frozenset({IndicatorKind.RATIO, IndicatorKind.WITHIN_TARGET})
_AMOUNTS: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.SUM, IndicatorKind.DISTINCT})


class LeftKind(StrEnum):
    """What is counted down."""

    CASES = "cases"  # more cases that miss
    TIME = "time"  # more seconds of outage
    AMOUNT = "amount"  # more of what is counted, in its unit


@dataclass(frozen=True, slots=True)
class PromiseLeft:
    """What is left of one promise.

    `left`: how much more may be missed before the promise is, were nothing else to come (cases that all miss, seconds of
    outage, or an amount); below zero it is missed already, and for cases `-left` that all keep it would be needed to
    keep it again. Where more is better, of an amount, it is what is still to be done. `used` has gone already.
    `allowed` is what the whole period bears at the present pace, `expected` what the pace makes it, with the interval
    of the share from `low` to `high`; `until` the day on which it will be used up, None where that is not in the period.
    """

    measurement: Measurement
    kind: LeftKind
    left: Fraction
    used: Fraction
    allowed: Fraction
    expected: Fraction
    low: Fraction | None = None
    high: Fraction | None = None
    until: date | None = None

    @property
    def is_missed(self) -> bool:
        """True when the promise is missed as things stand."""
        return self.left < 0

    @property
    def will_be_missed(self) -> bool:
        """True when it is missed, or will be at the present pace."""
        return self.is_missed or self.expected > self.allowed


def left_of(
    catalogue: Catalogue, measurements: Measurements, period: Period, today: date
) -> tuple[PromiseLeft, ...]:
    """What is left of each promise of a period that runs on `today`, whatever is nearest to be missed first.

    Shares of cases, availability of a service and counted amounts can be counted down; a mean or a quantile cannot.
    """
    if today not in period:
        return ()
    found = (
        _left(catalogue, measurements, measurement, today) for measurement in measurements.of(quarter=period)
    )
    return tuple(sorted((one for one in found if one is not None), key=_rank))


def _rank(one: PromiseLeft) -> tuple[bool, Fraction, object]:
    whole = one.allowed if one.allowed > 0 else Fraction(1)
    return not one.will_be_missed, Fraction(one.allowed - one.expected) / whole, one.measurement.key


def _left(
    catalogue: Catalogue, measurements: Measurements, measurement: Measurement, today: date
) -> PromiseLeft | None:
    indicator = measurements.indicators[measurement.indicator]
    if measurement.value is None or measurement.target is None:
        return None
    if indicator.direction is Direction.NEITHER:
        return None
    target = Fraction(measurement.target.value)
    period = measurement.quarter
    if indicator.kind is IndicatorKind.AVAILABILITY:
        return _time(catalogue, indicator, measurement, target, today)
    passed = Fraction((today - period.first_day).days + 1, (period.last_day - period.first_day).days + 1)
    if indicator.kind in _SHARES and indicator.counts is not Counts.AMOUNTS:
        return _cases(indicator, measurement, target / _full(indicator), passed, today)
    if indicator.kind in _AMOUNTS:
        return _amount(indicator, measurement, target, passed, today)
    return None


def _full(indicator: Indicator) -> int:
    return {IndicatorUnit.PERCENT: 100, IndicatorUnit.PER_THOUSAND: 1000}.get(indicator.unit, 1)


def _cases(
    indicator: Indicator, measurement: Measurement, target: Fraction, passed: Fraction, today: date
) -> PromiseLeft | None:
    above, below = measurement.numerator, measurement.denominator
    if above is None or below is None or below.denominator != 1 or above.denominator != 1 or not below:
        return None  # sums of amounts are no cases
    is_higher = indicator.direction is Direction.HIGHER
    may_miss = 1 - target if is_higher else target  # the share of cases that may
    missed = below - above if is_higher else above
    spare = may_miss * below - missed
    if spare >= 0:  # x more cases that all miss: (missed + x) / (below + x) stays within what may
        if may_miss >= 1:
            return None
        left = Fraction(floor(spare / (1 - may_miss)))
    elif may_miss > 0:
        left = -Fraction(ceil(-spare / may_miss))
    else:
        left = -missed  # none may miss, and nothing mends that
    coming = below / passed
    low = high = None
    if measurement.interval is not None:
        ends = [end / _full(indicator) for end in (measurement.interval.low, measurement.interval.high)]
        shares = sorted(1 - end if is_higher else end for end in ends)
        more = coming - below
        low, high = (missed + share * more for share in shares)
    allowed = Fraction(floor(may_miss * coming))
    expected = missed / passed
    until = _day(measurement.quarter, today, allowed, missed)
    return PromiseLeft(
        measurement, LeftKind.CASES, left, missed, allowed, expected, low, high, until if spare >= 0 else None
    )


def _amount(
    indicator: Indicator, measurement: Measurement, target: Fraction, passed: Fraction, today: date
) -> PromiseLeft:
    assert measurement.value is not None
    value = measurement.value
    expected = value / passed
    if (
        indicator.direction is Direction.HIGHER
    ):  # what is still to be done, as if it were allowed to be missing
        return PromiseLeft(
            measurement,
            LeftKind.AMOUNT,
            max(target - value, Fraction(0)),
            value,
            Fraction(0),
            max(target - expected, Fraction(0)),
        )
    until = _day(measurement.quarter, today, target, value)
    return PromiseLeft(measurement, LeftKind.AMOUNT, target - value, value, target, expected, until=until)


def _day(period: Period, today: date, allowed: Fraction, used: Fraction) -> date | None:
    """The day on which `used`, which came since the period began, will have become more than `allowed`."""
    if not used or used > allowed:
        return None
    days = (today - period.first_day).days + 1
    day = period.first_day + timedelta(days=floor(Fraction(days) * allowed / used))
    return day if day <= period.last_day else None


def _time(
    catalogue: Catalogue, indicator: Indicator, measurement: Measurement, target: Fraction, today: date
) -> PromiseLeft | None:
    """Seconds of outage that the service hours of the whole period bear, and how many of them are left."""
    above, below, service = measurement.numerator, measurement.denominator, measurement.scope.service
    if not service or indicator.unit is not IndicatorUnit.PERCENT or above is None or not below:
        return None
    period = measurement.quarter
    ends = catalogue.services[service].until
    last = min(period.last_day, ends) if ends else period.last_day
    whole = _service_seconds(catalogue, service, period.first_day, last)
    down = (below - above) * 3600
    allowed = (1 - target / 100) * whole
    expected = down / (below * 3600) * whole
    until = None
    if down and expected > allowed >= down:
        until = next(
            (
                day
                for day in _days(today, last)
                if down / (below * 3600) * _service_seconds(catalogue, service, period.first_day, day)
                > allowed
            ),
            None,
        )
    return PromiseLeft(measurement, LeftKind.TIME, allowed - down, down, allowed, expected, until=until)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _service_seconds(catalogue: Catalogue, service: str, first: date, last: date) -> Fraction:
    """Seconds of service hours from the first to the last day, in the calendar of its agreement, else its own."""
    name = agreed_calendar(catalogue, service) or catalogue.services[service].service_hours
    zone, since = catalogue.organisation.time_zone, catalogue.services[service].since
    start = max(first, since) if since else first
    if name not in catalogue.calendars or last < start:
        return Fraction(0)
    edges = working_edges(catalogue.calendars[name], zone, start, last)
    begins, ends = (utc_midnight(day, zone).replace(tzinfo=UTC) for day in (start, last + timedelta(days=1)))
    return exact(working_seconds(edges, begins, ends))
