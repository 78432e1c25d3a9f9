"""Coverage against maturity: users, those who may have a service and its declared age in; what to do about it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from comptoir.measure.statistics import exact
from comptoir.measure.types import Measurement, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.metrics import Indicator
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle, Maturity
from comptoir.periods import Period


class BandPlace(StrEnum):
    """Where a coverage lies against that of a mature service."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"


class Advice(StrEnum):
    """What the coverage of a service says about it."""

    PROMOTE = "promote"  # could still win users
    KEEP = "keep"  # as covered as a mature service is
    RETIRE = "retire"  # declared in decline, and few enough are left; or its end is planned
    RECLASSIFY = "reclassify"  # covered like a mature service, and declared otherwise


@dataclass(frozen=True, slots=True)
class CoverageBand:
    """The coverage of a mature service, both ends inside, as shares. Raises ValueError unless 0 ≤ low ≤ high."""

    low: Decimal | Fraction = Decimal("0.90")
    high: Decimal | Fraction = Decimal("0.95")

    def __post_init__(self) -> None:
        if not 0 <= exact(self.low) <= exact(self.high):
            raise ValueError(f"a band runs from its low to its high end: {self.low}, {self.high}")


MATURE_BAND = CoverageBand()


def band_of(settings: LoyaltySettings) -> CoverageBand:
    """The coverage of a mature service, by the settings."""
    return CoverageBand(
        Fraction(settings.coverage.mature_from) / 100, Fraction(settings.coverage.mature_to) / 100
    )


@dataclass(frozen=True, slots=True)
class ServiceCoverage:
    """A service's coverage, as a share, where it lies, and the advice. More users than eligible is above 1."""

    service: str
    maturity: Maturity
    users: int
    eligible: int
    value: Fraction
    place: BandPlace
    advice: Advice


def judge_coverage(
    service: str, maturity: Maturity, users: int, eligible: int, band: CoverageBand = MATURE_BAND
) -> ServiceCoverage | None:
    """The coverage of a service against its maturity; none when nobody is eligible.

    coverage = users ∕ eligible. From the low end of the band on: keep a mature service, reclassify any other. Below
    it: retire a service in decline, promote the others. Source: docs/methods.md, Coverage; decision
    0006. Raises ValueError for negative counts.
    """
    if users < 0 or eligible < 0:
        raise ValueError(f"users and eligible are counts: {users}, {eligible}")
    if eligible == 0:
        return None
    value = Fraction(users, eligible)
    place = _place(value, band)
    return ServiceCoverage(service, maturity, users, eligible, value, place, _advise(maturity, place))


def judge_services(
    catalogue: Catalogue, measurements: Measurements, indicator: Indicator, quarter: Period
) -> tuple[ServiceCoverage, ...]:
    """The coverage of each service whose maturity is declared, as `indicator` measures it, by service.

    The band is that of the settings. A service that is retiring is to be retired, whatever its coverage; one that is
    retired is left out.
    """
    return tuple(
        judged
        for name, service in sorted(catalogue.services.items())
        if (
            judged := _judge_service(catalogue, measurements.get(indicator.id, quarter, Scope(name)), service)
        )
    )


def _judge_service(
    catalogue: Catalogue, measured: Measurement | None, service: Service
) -> ServiceCoverage | None:
    if why_not_judged(measured, service) or measured is None or service.maturity is None:
        return None
    users, eligible = int(measured.numerator or 0), int(measured.denominator or 0)
    judged = judge_coverage(service.id, service.maturity, users, eligible, band_of(catalogue.loyalty))
    return replace(judged, advice=Advice.RETIRE) if judged and service.is_ending else judged


class NotJudged(StrEnum):
    """Why a service has no place in the band."""

    NO_MATURITY = "no-maturity"
    RETIRED = "retired"
    NO_VALUE = "no-value"
    NOBODY_ELIGIBLE = "nobody-eligible"


def why_not_judged(measured: Measurement | None, service: Service) -> NotJudged | None:
    """Why the coverage of a service is not judged by its maturity; None when it is."""
    if service.maturity is None:
        return NotJudged.NO_MATURITY
    if service.lifecycle is Lifecycle.RETIRED:
        return NotJudged.RETIRED
    if measured is None or measured.numerator is None or measured.denominator is None:
        return NotJudged.NO_VALUE
    return None if measured.denominator else NotJudged.NOBODY_ELIGIBLE


def _place(value: Fraction, band: CoverageBand) -> BandPlace:
    if value < exact(band.low):
        return BandPlace.BELOW
    return BandPlace.INSIDE if value <= exact(band.high) else BandPlace.ABOVE


def _advise(maturity: Maturity, place: BandPlace) -> Advice:
    if place is BandPlace.BELOW:
        return Advice.RETIRE if maturity is Maturity.DECLINE else Advice.PROMOTE
    return Advice.KEEP if maturity is Maturity.MATURE else Advice.RECLASSIFY
