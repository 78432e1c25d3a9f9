"""Direct labels: what is to be written and where it is wanted in; places where nothing touches anything else, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

Spot: TypeAlias = tuple[float, float]
WordBox: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

LEADING: Final = 1.28  # from one line of words to the next, of the size of the text
ASCENT: Final = 0.78  # what the box of a line of words takes above and below its baseline
DESCENT: Final = 0.24
_LARGEST: Final = 8e307  # half of what a number can be: a span stays finite


def overlap(one: WordBox, other: WordBox) -> bool:
    """True when two boxes share a surface."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def free(box: WordBox, taken: Iterable[WordBox]) -> bool:
    """True when a box shares a surface with none of the others."""
    return not any(overlap(box, other) for other in taken)


def limits_over(values: Iterable[float], room: float = 0.06) -> tuple[float, float]:
    """Limits of an axis that hold all the values, with some room at both ends; equal values lie in the middle."""
    known = tuple(values)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    largest = max(abs(low), abs(high))
    if high - low <= largest * 1e-9 or largest < 1e-300:
        margin = max(largest * 0.1, 1e-9)
    else:
        margin = (high / 2 - low / 2) * 2 * room
    return max(-_LARGEST, low - margin), min(_LARGEST, high + margin)


def spanned(low: float, high: float) -> tuple[float, float]:
    """The limits themselves, or wider ones where they would leave no room between them."""
    low, high = max(-_LARGEST, low), min(_LARGEST, high)
    return (low, high) if high - low > 1e-300 else (low, low + max(1.0, abs(low)))


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """Middles of blocks near the wanted ones that neither overlap nor leave `top`…`bottom` (if they fit there)."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    middles = list(wanted)
    edge = top
    for index in order:
        middles[index] = max(wanted[index], edge + heights[index] / 2)
        edge = middles[index] + heights[index] / 2
    edge = bottom
    for index in reversed(order):
        middles[index] = min(middles[index], edge - heights[index] / 2)
        edge = middles[index] - heights[index] / 2
    return tuple(middles)
