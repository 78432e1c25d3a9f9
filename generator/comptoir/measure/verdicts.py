"""Verdicts: an estimate and what is aimed at in, status and its reason out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from comptoir.measure.types import Measurement, Reason, Status, TargetInForce, Uncertainty
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Direction


def judge(
    indicator: Indicator,
    value: Fraction,
    target: TargetInForce | None,
    n: int,
    is_sample: bool,
    interval: Uncertainty | None = None,
) -> tuple[Status, Reason]:
    """The verdict on a value: too few cases, nothing to judge it by, met, nearly, or missed.

    Judged on the exact value, not on what is shown of it. Between target and alert, on either side of the target, it
    is an alert. The reason also tells what is met barely or missed by little: within the alert or, on the side of the
    target where the definition has none, where the interval reaches the target.
    """
    if is_sample and n < indicator.min_sample:
        return Status.INDICATIVE, Reason.FEW_CASES
    if target is None or indicator.direction is Direction.NEITHER:
        return Status.NO_VERDICT, Reason.NO_TARGET
    status = _compare(indicator, value, Fraction(target.value))
    return status, _reason(indicator, status, value, Fraction(target.value), interval)


def with_reason(indicator: Indicator, measurement: Measurement) -> Measurement:
    """The measurement with the reason that `judge` gives of its status: a closed figure may be older than the reasons."""
    value, target = measurement.value, measurement.target
    if value is None or target is None or measurement.status not in _JUDGED:
        return measurement
    reason = _reason(indicator, measurement.status, value, Fraction(target.value), measurement.interval)
    return replace(measurement, reason=reason)


_JUDGED = (Status.MET, Status.ALERT, Status.MISSED)


def _compare(indicator: Indicator, value: Fraction, target: Fraction) -> Status:
    alert = target if indicator.alert is None else Fraction(indicator.alert)
    sign = 1 if indicator.direction is Direction.HIGHER else -1
    good, bad = max(sign * target, sign * alert), min(sign * target, sign * alert)
    if sign * value >= good:
        return Status.MET
    return Status.MISSED if sign * value < bad else Status.ALERT


def _reason(
    indicator: Indicator, status: Status, value: Fraction, target: Fraction, interval: Uncertainty | None
) -> Reason:
    sign = -1 if indicator.direction is Direction.LOWER else 1
    is_kept = sign * value >= sign * target
    alert = None if indicator.alert is None else sign * (Fraction(indicator.alert) - target)
    has_alert = alert is not None and (alert > 0 if is_kept else alert < 0)
    reaches = interval is not None and interval.low < target < interval.high
    is_near = status is Status.ALERT or (reaches and not has_alert)
    if is_kept:
        return Reason.BARELY_MET if is_near else Reason.TARGET_MET
    return Reason.NEAR_TARGET if is_near else Reason.TARGET_MISSED
