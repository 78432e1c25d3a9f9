"""Coverage against maturity: users, those who may have a service and its declared age in; what to do about it out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from comptoir.measure.statistics import exact
from comptoir.model.terms import Maturity


class BandPlace(StrEnum):
    """Where a coverage lies against that of a mature service."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"


class Advice(StrEnum):
    """What the coverage of a service says about it."""

    PROMOTE = "promote"  # could still win users
    KEEP = "keep"  # as covered as a mature service is
    RETIRE = "retire"  # declared in decline, and few enough are left
    RECLASSIFY = "reclassify"  # covered like a mature service, and declared otherwise


@dataclass(frozen=True, slots=True)
class Band:
    """The coverage of a mature service, both ends inside, as shares. Raises ValueError unless 0 ≤ low ≤ high."""

    low: Decimal | Fraction = Decimal("0.90")
    high: Decimal | Fraction = Decimal("0.95")

    def __post_init__(self) -> None:
        if not 0 <= exact(self.low) <= exact(self.high):
            raise ValueError(f"a band runs from its low to its high end: {self.low}, {self.high}")


MATURE_BAND = Band()


@dataclass(frozen=True, slots=True)
class Coverage:
    """A service's coverage, as a share, where it lies, and the advice. More users than eligible is above 1."""

    service: str
    maturity: Maturity
    users: int
    eligible: int
    value: Fraction
    place: BandPlace
    advice: Advice


def judge_coverage(
    service: str, maturity: Maturity, users: int, eligible: int, band: Band = MATURE_BAND
) -> Coverage | None:
    """The coverage of a service against its maturity; none when nobody is eligible.

    coverage = users ∕ eligible. From the low end of the band on: keep a mature service, reclassify any other. Below
    it: retire a service in decline, promote the others. Source: DOMAIN sections 2 and 7 (mature means 90–95 %, both
    inside); decision 0006. Raises ValueError for negative counts.
    """
    if users < 0 or eligible < 0:
        raise ValueError(f"users and eligible are counts: {users}, {eligible}")
    if eligible == 0:
        return None
    value = Fraction(users, eligible)
    place = _place(value, band)
    return Coverage(service, maturity, users, eligible, value, place, _advise(maturity, place))


def _place(value: Fraction, band: Band) -> BandPlace:
    if value < exact(band.low):
        return BandPlace.BELOW
    return BandPlace.INSIDE if value <= exact(band.high) else BandPlace.ABOVE


def _advise(maturity: Maturity, place: BandPlace) -> Advice:
    if place is BandPlace.BELOW:
        return Advice.RETIRE if maturity is Maturity.DECLINE else Advice.PROMOTE
    return Advice.KEEP if maturity is Maturity.MATURE else Advice.RECLASSIFY
