"""Divergence: classes by revenue and by value of the same clients in; those that the two tell differently out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comptoir.analysis.abc import AbcAnalysis, AbcClass, Classified
from comptoir.analysis.profitability import Profitability, ProfitabilityAnalysis, Valued


class DivergenceKind(StrEnum):
    """How revenue misleads about a client."""

    SMALL_BUT_VALUABLE = "small-but-valuable"  # C by revenue, very profitable
    LARGE_BUT_WEAK = "large-but-weak"  # A by revenue, weakly profitable
    COSTS_MONEY = "costs-money"  # A or B by revenue, unprofitable


@dataclass(frozen=True, slots=True)
class Divergence:
    """A client that the two views tell differently, with its place in each."""

    name: str
    kind: DivergenceKind
    by_revenue: Classified
    by_value: Valued


def find_divergences(revenue: AbcAnalysis, value: ProfitabilityAnalysis) -> tuple[Divergence, ...]:
    """The clients whose revenue says one thing and whose value another, from the largest revenue.

    Small by revenue and large by value: C, and very profitable. Large or medium by revenue and costing money: A or
    B, and unprofitable. Large by revenue and small by value: A, and weakly profitable. Clients that only one of the
    two knows are passed over: there is nothing to compare. Source: docs/methods.md, ABC classes; decision 0006.
    """
    values = {row.item.name: row for row in value.items}
    found = []
    for row in revenue.items:
        other = values.get(row.item.name)
        kind = _diverge(row.category, other.category) if other else None
        if other and kind:
            found.append(Divergence(row.item.name, kind, row, other))
    return tuple(found)


def _diverge(size: AbcClass | None, worth: Profitability) -> DivergenceKind | None:
    if size is AbcClass.C and worth is Profitability.VERY:
        return DivergenceKind.SMALL_BUT_VALUABLE
    if size is AbcClass.A and worth is Profitability.WEAKLY:
        return DivergenceKind.LARGE_BUT_WEAK
    if size in (AbcClass.A, AbcClass.B) and worth is Profitability.UNPROFITABLE:
        return DivergenceKind.COSTS_MONEY
    return None
