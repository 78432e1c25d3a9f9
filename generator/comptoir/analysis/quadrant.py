"""Loyalty quadrant: use and satisfaction of each client in; who is loyal, captive, drifting or leaving out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from comptoir.measure.statistics import Number, exact

Amount = int | Decimal | Fraction


class LoyaltyKind(StrEnum):
    """Use trend × satisfaction."""

    LOYAL = "loyal"  # use holds or grows, satisfied
    CAPTIVE = "captive"  # use holds or grows, not satisfied
    DRIFTING = "drifting"  # use falls, satisfied
    LEAVING = "leaving"  # use falls, not satisfied


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A client's (or segment's) use before and now, in any one unit, and its satisfaction; none where not known."""

    name: str
    use_before: Amount | None
    use_now: Amount | None
    satisfaction: Amount | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A client: trend of use (0.1 for 10 % more), satisfaction, quadrant; each none where it cannot be told.

    `standing` is what that was told from.
    """

    name: str
    trend: Fraction | None
    satisfaction: Fraction | None
    kind: LoyaltyKind | None
    standing: Standing | None = field(default=None, compare=False)


def place_in_quadrant(standings: Iterable[Standing], satisfied_from: Number) -> tuple[Placed, ...]:
    """Where each stands, by name; satisfied from `satisfied_from` on, in the unit of the satisfaction.

    trend = (use now − before) ∕ before; 0 and more holds. Without use before there is no trend, without
    satisfaction no quadrant: unknown is not bad. Source: docs/guides/loyalty.md, Loyalty quadrant; decision
    0006.
    """
    threshold = exact(satisfied_from)
    return tuple(_place(standing, threshold) for standing in sorted(standings, key=lambda s: s.name))


def _place(standing: Standing, threshold: Fraction) -> Placed:
    satisfaction = None if standing.satisfaction is None else exact(standing.satisfaction)
    trend = _trend(standing)
    if trend is None or satisfaction is None:
        return Placed(standing.name, trend, satisfaction, None, standing)
    if trend >= 0:
        kind = LoyaltyKind.LOYAL if satisfaction >= threshold else LoyaltyKind.CAPTIVE
    else:
        kind = LoyaltyKind.DRIFTING if satisfaction >= threshold else LoyaltyKind.LEAVING
    return Placed(standing.name, trend, satisfaction, kind, standing)


def _trend(standing: Standing) -> Fraction | None:
    if standing.use_before is None or standing.use_now is None or standing.use_before <= 0:
        return None
    return (exact(standing.use_now) - exact(standing.use_before)) / exact(standing.use_before)
