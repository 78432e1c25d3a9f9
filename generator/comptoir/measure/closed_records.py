"""Records of closed figures: measurements in, what a file holds of them out; and back, without loss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from comptoir.measure.control import ControlLimits, ControlRule, Signal
from comptoir.measure.statistics import Change, Method
from comptoir.measure.types import (
    Comparison,
    Histogram,
    LeftOut,
    Measurement,
    Reason,
    Scope,
    ScoreParts,
    Status,
    TargetInForce,
    Uncertainty,
)
from comptoir.model.closed import ClosedComparison, ClosedControl, ClosedFigure, ClosedHistogram, ClosedTarget
from comptoir.periods import Period, parse_period

JsonRecord = dict[str, Any]


def record_of(measurement: Measurement) -> JsonRecord:
    """What the file holds of a measurement, in the order of `ClosedFigure`; a key without a value is left out."""
    m, interval, target = measurement, measurement.interval, measurement.target
    return _given(
        indicator=m.indicator,
        service=m.scope.service or None,
        segment=m.scope.segment or None,
        client=m.scope.client or None,
        part=m.scope.part or None,
        status=m.status.value,
        reason=m.reason.value,
        value=_text(m.value),
        numerator=_text(m.numerator),
        denominator=_text(m.denominator),
        n=m.n,
        respondents=m.respondents,
        deviation=_text(m.deviation),
        interval=interval
        and {"low": _text(interval.low), "high": _text(interval.high), "method": interval.method},
        target=target and {"value": _text(target.value), "from_agreements": target.from_agreements},
        previous=_comparison_record(m.previous),
        year_ago=_comparison_record(m.year_ago),
        control=_control_record(m.control),
        left_out={reason.value: rows for reason, rows in m.left_out} or None,
        parts=m.parts
        and {
            "promoters": m.parts.promoters,
            "passives": m.parts.passives,
            "detractors": m.parts.detractors,
        },
        histogram=_histogram_record(m.histogram),
    )


def measurement_of(figure: ClosedFigure, quarter: Period, closed_on: date) -> Measurement:
    """The measurement that a file holds. Raises ValueError for a word that this program does not know."""
    interval, parts = figure.interval, figure.parts
    return Measurement(
        indicator=figure.indicator,
        quarter=quarter,
        scope=Scope(figure.service or "", figure.segment or "", figure.client or "", figure.part or ""),
        status=Status(figure.status),
        reason=Reason(figure.reason),
        value=_number(figure.value),
        numerator=_number(figure.numerator),
        denominator=_number(figure.denominator),
        n=figure.n,
        respondents=figure.respondents,
        deviation=_number(figure.deviation),
        interval=Uncertainty(Fraction(interval.low), Fraction(interval.high), interval.method)
        if interval
        else None,
        target=_target(figure.target),
        previous=_comparison(figure.previous),
        year_ago=_comparison(figure.year_ago),
        control=_control(figure.control),
        left_out=tuple((LeftOut(reason), rows) for reason, rows in figure.left_out.items()),
        parts=ScoreParts(parts.promoters, parts.passives, parts.detractors) if parts else None,
        closed_on=closed_on,
        histogram=_histogram(figure.histogram),
    )


def _given(**keys: Any) -> JsonRecord:
    return {key: value for key, value in keys.items() if value is not None}


def _text(value: Fraction | Decimal | None) -> str | None:
    """A number without loss: '91', '101/111', and '4.20' for what was written so."""
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _target(target: ClosedTarget | None) -> TargetInForce | None:
    if target is None:
        return None
    value = Fraction(target.value) if "/" in target.value else Decimal(target.value)
    return TargetInForce(value, target.from_agreements)


def _comparison_record(comparison: Comparison | None) -> JsonRecord | None:
    if comparison is None:
        return None
    change = comparison.change
    return _given(
        quarter=str(comparison.quarter),
        value=_text(comparison.value),
        difference=_text(change.difference),
        p=change.p,
        method=change.method.value,
    )


def _comparison(record: ClosedComparison | None) -> Comparison | None:
    if record is None:
        return None
    change = Change(_number(record.difference), record.p, Method(record.method))
    return Comparison(parse_period(record.quarter), Fraction(record.value), change)


def _control_record(control: ControlLimits | None) -> JsonRecord | None:
    if control is None:
        return None
    signals = [{"rule": s.rule.value, "first": s.first, "last": s.last} for s in control.signals]
    return _given(
        mean=_text(control.mean),
        mean_range=_text(control.mean_range),
        lower=_text(control.lower),
        upper=_text(control.upper),
        points=control.points,
        signals=signals or None,
    )


def _control(record: ClosedControl | None) -> ControlLimits | None:
    if record is None:
        return None
    return ControlLimits(
        mean=Fraction(record.mean),
        mean_range=Fraction(record.mean_range),
        lower=Fraction(record.lower),
        upper=Fraction(record.upper),
        points=record.points,
        signals=tuple(Signal(ControlRule(s.rule), s.first, s.last) for s in record.signals),
    )


def _histogram_record(histogram: Histogram | None) -> JsonRecord | None:
    if histogram is None:
        return None
    return _given(
        edges=[_text(edge) for edge in histogram.edges],
        counts=[*histogram.counts],
        is_open=histogram.is_open,
        is_of_limit=histogram.is_of_limit,
        median=_text(histogram.median),
        p90=_text(histogram.p90),
    )


def _histogram(record: ClosedHistogram | None) -> Histogram | None:
    if record is None:
        return None
    if len(record.edges) != len(record.counts) + 1:
        raise ValueError("a histogram has one edge more than it has counts")
    return Histogram(
        edges=tuple(Fraction(edge) for edge in record.edges),
        counts=record.counts,
        is_open=record.is_open,
        is_of_limit=record.is_of_limit,
        median=_number(record.median),
        p90=_number(record.p90),
    )
