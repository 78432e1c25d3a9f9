"""Loyalty quadrant: use trend × satisfaction, its edges, and what is not known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.analysis.quadrant import LoyaltyKind, Standing, place_in_quadrant


@pytest.mark.parametrize(
    ("before", "now", "satisfaction", "trend", "kind"),
    [
        (100, 110, "4.2", Fraction(1, 10), LoyaltyKind.LOYAL),
        (100, 100, "4", Fraction(0), LoyaltyKind.LOYAL),
        (100, 150, "3.99", Fraction(1, 2), LoyaltyKind.CAPTIVE),
        (100, 99, "4", Fraction(-1, 100), LoyaltyKind.DRIFTING),
        (100, 0, "1", Fraction(-1), LoyaltyKind.LEAVING),
        (0, 10, "4", None, None),
        (None, 10, "4", None, None),
        (10, None, "4", None, None),
        (10, 9, None, Fraction(-1, 10), None),
    ],
)
def test_where_a_client_stands(
    before: int | None,
    now: int | None,
    satisfaction: str | None,
    trend: Fraction | None,
    kind: LoyaltyKind | None,
) -> None:
    score = None if satisfaction is None else Decimal(satisfaction)
    standing = Standing(name="c", use_before=before, use_now=now, satisfaction=score)
    (placed,) = place_in_quadrant([standing], 4)
    assert (placed.trend, placed.kind) == (trend, kind)


def test_clients_come_by_name() -> None:
    standings = [Standing(name=n, use_before=1, use_now=1, satisfaction=1) for n in "cab"]
    assert [placed.name for placed in place_in_quadrant(standings, 1)] == ["a", "b", "c"]
