"""Verdicts: an estimate and what is aimed at in, status and its reason out."""

from __future__ import annotations

from fractions import Fraction

from comptoir.measure.types import Reason, Status, TargetInForce
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Direction


def judge(
    indicator: Indicator, value: Fraction, target: TargetInForce | None, n: int, is_sample: bool
) -> tuple[Status, Reason]:
    """The verdict on a value: too few cases, nothing to judge it by, met, nearly, or missed.

    Judged on the exact value, not on what is shown of it. Between target and alert, on either side of the target, it
    is an alert.
    """
    if is_sample and n < indicator.min_sample:
        return Status.INDICATIVE, Reason.FEW_CASES
    if target is None or indicator.direction is Direction.NEITHER:
        return Status.NO_VERDICT, Reason.NO_TARGET
    return _compare(indicator, value, Fraction(target.value))


def _compare(indicator: Indicator, value: Fraction, target: Fraction) -> tuple[Status, Reason]:
    alert = target if indicator.alert is None else Fraction(indicator.alert)
    sign = 1 if indicator.direction is Direction.HIGHER else -1
    good, bad = max(sign * target, sign * alert), min(sign * target, sign * alert)
    if sign * value >= good:
        return Status.MET, Reason.TARGET_MET
    if sign * value < bad:
        return Status.MISSED, Reason.TARGET_MISSED
    return Status.ALERT, Reason.NEAR_TARGET
