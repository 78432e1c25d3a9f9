"""ABC classes: revenue or volume of each in; A for the few that make most of it, B, and C for the rest, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from comptoir.analysis.ranking import Ranked, is_within, rank_amounts
from comptoir.measure.statistics import Number, exact
from comptoir.model.terms import Crossing


class AbcClass(StrEnum):
    """How much of the whole an item and those before it make up."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Shares of the total up to which an item is A, and up to which it is B; and what an item does that crosses one.

    Raises ValueError unless 0 < first ≤ second ≤ 1.
    """

    first: Decimal | Fraction = Decimal("0.80")
    second: Decimal | Fraction = Decimal("0.95")
    crossing: Crossing = Crossing.STARTS

    def __post_init__(self) -> None:
        if not 0 < exact(self.first) <= exact(self.second) <= 1:
            raise ValueError(
                f"thresholds are shares, the first not above the second: {self.first}, {self.second}"
            )


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Classified:
    """An item with its place in the ranking, and its class; none when the total is zero or negative."""

    item: Ranked
    category: AbcClass | None


@dataclass(frozen=True, slots=True)
class AbcAnalysis:
    """The items from the largest, their sum, and the thresholds that they were classed by."""

    items: tuple[Classified, ...]
    total: Fraction
    thresholds: Thresholds

    def of(self, category: AbcClass) -> tuple[str, ...]:
        """Names of the items of a class, from the largest."""
        return tuple(row.item.name for row in self.items if row.category is category)

    def share_of(self, category: AbcClass) -> Fraction:
        """The share of the total that a class makes."""
        return sum(
            (row.item.share or Fraction(0) for row in self.items if row.category is category), Fraction(0)
        )


def classify_abc(amounts: Mapping[str, Number], thresholds: Thresholds = DEFAULT_THRESHOLDS) -> AbcAnalysis:
    """The ABC (Pareto) classes of `amounts`.

    Sorted from the largest, equal amounts by name; the items up to the first threshold of the total are A, up to
    the second B, the rest C. The first is always A where there is anything to share; amounts of zero or less are
    always C. Source: docs/methods.md, ABC classes; V. Pareto, "Cours d'économie politique", 1896, for the curve; decision
    0006. Raises ValueError for an amount that is not finite.
    """
    ranking = rank_amounts(amounts)
    first, second = exact(thresholds.first), exact(thresholds.second)

    def category(item: Ranked) -> AbcClass | None:
        if ranking.total <= 0:
            return None
        if is_within(item, first, thresholds.crossing):
            return AbcClass.A
        return AbcClass.B if is_within(item, second, thresholds.crossing) else AbcClass.C

    items = tuple(Classified(item, category(item)) for item in ranking.items)
    return AbcAnalysis(items, ranking.total, thresholds)
