"""Numbers of the statistics: any finite number in, an exact fraction out; and the interval that estimates carry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

Number: TypeAlias = int | float | Decimal | Fraction

LEVEL: Final = 0.95  # confidence of an interval
SIGNIFICANCE: Final = 0.05  # a test rejects below it


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, both ends included, in the unit of the estimate it belongs to."""

    low: float
    high: float
    level: float = LEVEL


def exact(number: Number) -> Fraction:
    """The fraction that equals `number` (a float counts for its exact binary value).

    Raises ValueError for infinities and for what is not a number.
    """
    if type(number) is Fraction:
        return number
    try:
        return Fraction(number)
    except OverflowError:
        raise ValueError(f"{number} is not a finite number") from None


def check_level(level: float) -> None:
    """Raises ValueError unless `level` lies strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")


def check_count(name: str, count: int) -> None:
    """Raises ValueError when a count is negative."""
    if count < 0:
        raise ValueError(f"{name} is a count and cannot be {count}")
