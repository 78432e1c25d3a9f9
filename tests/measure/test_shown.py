"""Rounding of what is shown beside a verdict."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.measure.shown import decimals_shown, round_half_even
from comptoir.measure.types import EVERYTHING, Measurement, Reason, Status, TargetInForce
from comptoir.periods import Quarter


def measured(value: str, target: str, reason: Reason) -> Measurement:
    status = {Reason.NEAR_TARGET: Status.MISSED, Reason.TARGET_MISSED: Status.MISSED}.get(reason, Status.MET)
    return Measurement(
        "share",
        Quarter(2026, 3),
        EVERYTHING,
        status,
        reason,
        Fraction(value),
        target=TargetInForce(Decimal(target)),
    )


@pytest.mark.parametrize(
    ("value", "target", "reason", "shown"),
    [
        ("89.96", "90", Reason.TARGET_MISSED, "89.96"),
        ("89.996", "90", Reason.NEAR_TARGET, "89.996"),
        ("90.04", "90", Reason.BARELY_MET, "90.04"),
        ("90.04", "90", Reason.TARGET_MET, "90.0"),
        ("89.94", "89.92", Reason.TARGET_MET, "89.94"),  # 89.9 would be below what it meets
        ("4.96", "4.97", Reason.TARGET_MISSED, "4.96"),  # 5.0 would be above what it misses
        ("85.2", "90", Reason.TARGET_MISSED, "85.2"),
        ("90", "90", Reason.TARGET_MET, "90.0"),
        ("89.99999", "90", Reason.TARGET_MISSED, "90.0000"),  # four at most
    ],
)
def test_what_is_shown_does_not_contradict_the_verdict(
    value: str, target: str, reason: Reason, shown: str
) -> None:
    found = measured(value, target, reason)
    assert found.value is not None
    assert str(round_half_even(found.value, decimals_shown(found, 1))) == shown
