"""Measurements of two periods, of one indicator, in; their change and whether a test tells it from chance, out.

What a measurement carries is enough to rebuild the sample that it came from: cases, scores or answers.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from comptoir.measure.estimates import STUDENT, WALD, WILSON, Sample
from comptoir.measure.statistics import (
    Change,
    Mean,
    Method,
    NetPromoterScore,
    Proportion,
    compare_means,
    compare_nps,
    compare_proportions,
    estimate_nps,
    estimate_proportion,
    widest_nps,
)
from comptoir.measure.types import Measurement


def compare_measurements(before: Measurement, after: Measurement) -> Change:
    """`after` minus `before`, in the unit of the indicator; of totals and quantiles no change is claimed."""
    if before.value is None or after.value is None:
        return Change(None, None, Method.NONE)
    difference = after.value - before.value
    match sample_of(before), sample_of(after):
        case Proportion() as first, Proportion() as second:
            change = compare_proportions(first, second)
        case Mean() as first, Mean() as second:
            change = compare_means(first, second)
        case NetPromoterScore() as first, NetPromoterScore() as second:
            change = compare_nps(first, second)
        case _:
            return Change(difference, None, Method.NONE)
    return Change(difference, change.p, change.method)


def sample_of(measurement: Measurement) -> Sample | None:
    """What a test compares; None for a value that no test is made for, or that is not there."""
    if measurement.interval is None or measurement.value is None:
        return None
    return (
        _REBUILD[measurement.interval.method](measurement)
        if measurement.interval.method in _REBUILD
        else None
    )


def _proportion(measurement: Measurement) -> Sample | None:
    if measurement.numerator is None or measurement.denominator is None:
        return None
    n = measurement.n or 0  # the cases that they are worth, where rows have weights
    return estimate_proportion(round(measurement.numerator / measurement.denominator * n), n)


def _mean(measurement: Measurement) -> Sample | None:
    if measurement.n is None or measurement.deviation is None:
        return None
    return Mean(measurement.n, measurement.value, measurement.deviation**2, None)


def _score(measurement: Measurement) -> Sample | None:
    if measurement.parts is None:
        if not measurement.n or measurement.numerator is None:
            return None
        return widest_nps(measurement.n, int(measurement.numerator))
    return estimate_nps(measurement.parts.promoters, measurement.parts.passives, measurement.parts.detractors)


_REBUILD: Final = MappingProxyType({WILSON: _proportion, STUDENT: _mean, WALD: _score})
