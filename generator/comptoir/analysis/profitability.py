"""Profitability: the value of each client in; who makes most of it, who a little, and who costs money, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from comptoir.analysis.ranking import Ranked, is_within, rank_amounts
from comptoir.measure.statistics import Number, exact
from comptoir.model.terms import Crossing

MOST: Final = Decimal("0.90")  # of the total value, made by those who are called very profitable


class Profitability(StrEnum):
    """What a client's value is to the whole."""

    VERY = "very-profitable"
    WEAKLY = "weakly-profitable"
    UNPROFITABLE = "unprofitable"


@dataclass(frozen=True, slots=True)
class Valued:
    """A client with its place in the ranking by value, and its class."""

    item: Ranked
    category: Profitability


@dataclass(frozen=True, slots=True)
class ProfitabilityAnalysis:
    """The clients from the most valuable, and their sum."""

    items: tuple[Valued, ...]
    total: Fraction

    def of(self, category: Profitability) -> tuple[str, ...]:
        """Names of the clients of a class, from the most valuable."""
        return tuple(row.item.name for row in self.items if row.category is category)


def classify_profitability(
    values: Mapping[str, Number], most: Number = MOST, crossing: Crossing = Crossing.STARTS
) -> ProfitabilityAnalysis:
    """The classes of profitability of `values`.

    Very profitable: those who, from the largest, make up to `most` of the total. Unprofitable: below 0. Weakly: the
    rest. A value of exactly 0 costs nothing, hence weakly. When the total is zero or negative nobody is very
    profitable: the gains of some only pay for the others. Source: docs/methods.md, the published case of ABC classes;
    decision 0006. Raises ValueError for a value that is not finite, or a `most` outside 0 to 1.
    """
    threshold = exact(most)
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold is a share from 0 to 1, not {most}")
    ranking = rank_amounts(values)

    def category(item: Ranked) -> Profitability:
        if item.amount < 0:
            return Profitability.UNPROFITABLE
        return Profitability.VERY if is_within(item, threshold, crossing) else Profitability.WEAKLY

    return ProfitabilityAnalysis(tuple(Valued(i, category(i)) for i in ranking.items), ranking.total)
