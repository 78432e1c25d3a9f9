"""Coverage against maturity: 90 % and 95 % are both inside; what to promote, keep, retire and declare otherwise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.analysis.coverage import Advice, BandPlace, CoverageBand, judge_coverage
from comptoir.model.terms import Maturity


@pytest.mark.parametrize(
    ("users", "eligible", "place"),
    [
        (900, 1000, BandPlace.INSIDE),
        (950, 1000, BandPlace.INSIDE),
        (899, 1000, BandPlace.BELOW),
        (951, 1000, BandPlace.ABOVE),
        (8999, 10000, BandPlace.BELOW),
        (9501, 10000, BandPlace.ABOVE),
        (0, 10, BandPlace.BELOW),
        (12, 10, BandPlace.ABOVE),
    ],
)
def test_a_mature_service_is_covered_from_90_to_95_per_cent(
    users: int, eligible: int, place: BandPlace
) -> None:
    coverage = judge_coverage("email", Maturity.MATURE, users, eligible)
    assert coverage is not None
    assert (coverage.place, coverage.value) == (place, Fraction(users, eligible))


@pytest.mark.parametrize(
    ("maturity", "users", "advice"),
    [
        (Maturity.MATURE, 89, Advice.PROMOTE),
        (Maturity.MATURE, 90, Advice.KEEP),
        (Maturity.MATURE, 99, Advice.KEEP),
        (Maturity.LAUNCH, 5, Advice.PROMOTE),
        (Maturity.GROWTH, 60, Advice.PROMOTE),
        (Maturity.GROWTH, 92, Advice.RECLASSIFY),
        (Maturity.LAUNCH, 97, Advice.RECLASSIFY),
        (Maturity.DECLINE, 30, Advice.RETIRE),
        (Maturity.DECLINE, 93, Advice.RECLASSIFY),
    ],
)
def test_advice(maturity: Maturity, users: int, advice: Advice) -> None:
    coverage = judge_coverage("email", maturity, users, 100)
    assert coverage is not None and coverage.advice is advice


def test_nobody_eligible_no_coverage() -> None:
    assert judge_coverage("email", Maturity.MATURE, 0, 0) is None


def test_another_band_and_impossible_ones() -> None:
    coverage = judge_coverage("email", Maturity.MATURE, 80, 100, CoverageBand(Fraction(4, 5), Decimal("0.9")))
    assert coverage is not None and coverage.place is BandPlace.INSIDE
    with pytest.raises(ValueError, match="a band runs"):
        CoverageBand(Decimal("0.9"), Decimal("0.8"))
    with pytest.raises(ValueError, match="are counts"):
        judge_coverage("email", Maturity.MATURE, -1, 10)
