"""Numbers as they are shown: an exact value in; the value rounded, to as many decimals as its verdict needs, out.

A value is judged unrounded. What is shown of it is rounded here and nowhere else, and never contradicts the verdict.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from comptoir.measure.types import Measurement, Reason

MOST_DECIMALS: Final = 4
"""Decimals that a value is shown with at most, whatever its definition says."""
_MAY_TOUCH: Final = (Reason.TARGET_MET, Reason.NO_TARGET, Reason.FEW_CASES)
"""Why a value may look like its target: that says nothing else than the verdict."""


def round_half_even(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """To the nearest, and half to the even neighbour. In whole numbers, so exact."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * 10**decimals, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        whole += 1
    return Decimal(whole).scaleb(-decimals)


def decimals_shown(measurement: Measurement, decimals: int) -> int:
    """Those that show the value where it stands of its target: `decimals`, more where rounding would move it there or beyond.

    89.96 against a target of 90 that it misses is shown with two, as 90.0 would say that it is met.
    """
    value, target = measurement.value, measurement.target
    if value is None or target is None:
        return decimals
    aimed = Fraction(target.value)
    while decimals < MOST_DECIMALS and value != aimed:
        shown = Fraction(round_half_even(value, decimals))
        if shown != aimed and (shown > aimed) == (value > aimed):
            break
        if shown == aimed and measurement.reason in _MAY_TOUCH:
            break
        decimals += 1
    return decimals
