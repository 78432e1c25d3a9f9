"""Ranking: amounts by name in; the same from the largest, with shares and cumulative shares, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comptoir.measure.statistics import Number, exact
from comptoir.model.terms import Crossing


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item, its amount, its rank from 1, its share of the total, and the share reached before and with it.

    The shares are none where the total is zero or negative: there is nothing to have a share of.
    """

    name: str
    amount: Fraction
    rank: int
    share: Fraction | None
    before: Fraction | None
    cumulative: Fraction | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The items from the largest amount to the smallest, equal ones by name, and their sum."""

    items: tuple[Ranked, ...]
    total: Fraction


def rank_amounts(amounts: Mapping[str, Number]) -> Ranking:
    """`amounts` (revenue, volume or value of each client or service) from the largest, whatever order they come in.

    Amounts may be negative: they lower the total, so that the cumulative share climbs above 1 before it comes back.
    Raises ValueError for an amount that is not finite.
    """
    ordered = sorted(((name, exact(amount)) for name, amount in amounts.items()), key=lambda i: (-i[1], i[0]))
    total = sum((amount for _, amount in ordered), Fraction(0))
    items, reached = [], Fraction(0)
    for rank, (name, amount) in enumerate(ordered, start=1):
        before, reached = reached, reached + amount
        if total > 0:
            items.append(Ranked(name, amount, rank, amount / total, before / total, reached / total))
        else:
            items.append(Ranked(name, amount, rank, None, None, None))
    return Ranking(tuple(items), total)


def is_within(item: Ranked, threshold: Fraction, crossing: Crossing) -> bool:
    """True when `item` belongs to those who make up the first `threshold` of the total.

    The first always does. Amounts of zero or less, and totals of zero or less, make up nothing.
    """
    if item.before is None or item.cumulative is None or item.amount <= 0:
        return False
    if item.rank == 1:
        return True
    return item.before < threshold if crossing is Crossing.STARTS else item.cumulative <= threshold
