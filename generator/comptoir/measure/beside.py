"""Other periods beside quarters: measurements of quarters and of months or years in; those of the latter that may be shown out.

Months add up to their quarter, and quarters to their year: where n counts people, one that is withheld could be
subtracted back. So only the figure of everything is shown then, and only where nothing that it overlaps is withheld. Other figures
are shown for each service, segment, client and value of a field; services within segments are a matter of the report's period.
"""

from __future__ import annotations

from dataclasses import replace

from comptoir.measure.derived import operands_of
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Status, withhold
from comptoir.periods import Period


def beside_quarters(quarters: Measurements, others: Measurements) -> Measurements:
    """The measurements of `others`, periods of one length, that may be read beside those of `quarters`."""
    people = {
        m.indicator
        for m in (*quarters, *others)
        if m.status is Status.SUPPRESSED or m.respondents is not None
    }
    names = others.indicators
    people |= {name for name in names if operands_of(name, names) & people}
    like = quarters.quarters[-1]
    secret = {
        (m.indicator, _reach(m.quarter, like))
        for m in (*quarters, *others)
        if m.status is Status.SUPPRESSED and m.scope == EVERYTHING
    }
    kept = (
        _guarded(m, secret, like) if m.indicator in people else m
        for m in others
        if m.scope == EVERYTHING or (m.indicator not in people and len(m.scope.kinds) < 2)
    )
    return Measurements(tuple(kept), others.indicators, others.quarters)


def _guarded(measurement: Measurement, secret: set[tuple[str, Period]], like: Period) -> Measurement:
    """Withheld where it overlaps a secret; never with the value of another period, which may be one."""
    about = {period for name, period in secret if name == measurement.indicator}
    if any(_overlap(_reach(measurement.quarter, like), period) for period in about):
        return withhold(measurement)
    return replace(measurement, previous=None, year_ago=None, control=None)


def _reach(period: Period, like: Period) -> Period:
    """Up to where a withheld period is told by the others: all that is in the period like the report's of a shorter one."""
    return like.around(period.first_day) if period.length < like.length else period


def _overlap(one: Period, other: Period) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day
