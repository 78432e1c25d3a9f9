"""Measurements found again: by indicator, quarter and scope, in the order in which they come."""

from __future__ import annotations

from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Reason, Scope, Status
from comptoir.periods import Quarter

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
WIFI, MAIL = Scope(service="wifi"), Scope(service="mail")


def measured(indicator: str, quarter: Quarter, scope: Scope = EVERYTHING) -> Measurement:
    return Measurement(indicator, quarter, scope, Status.MISSING, Reason.NO_ROWS)


FOUND = (
    measured("nps", Q3),
    measured("volume", Q3, WIFI),
    measured("nps", Q2),
    measured("volume", Q3, MAIL),
    measured("nps", Q3, WIFI),
)
ALL = Measurements(FOUND, {}, (Q2, Q3))
NPS = (measured("nps", Q2), measured("nps", Q3), measured("nps", Q3, WIFI))
VOLUME = (measured("volume", Q3, MAIL), measured("volume", Q3, WIFI))


def test_measurements_are_found_by_any_part_of_what_they_are_about() -> None:
    assert ALL.of() == ALL.all == (*NPS, *VOLUME)
    assert ALL.of("nps") == NPS
    assert ALL.of("nps", Q3) == NPS[1:]
    assert ALL.of(scope=WIFI) == (NPS[2], VOLUME[1])
    assert ALL.of(quarter=Q3, scope=EVERYTHING) == (NPS[1],)
    assert ALL.of("unknown") == ()


def test_scopes_are_those_that_were_measured() -> None:
    assert ALL.scopes("nps") == (EVERYTHING, WIFI)
    assert ALL.scopes("volume") == (MAIL, WIFI)
    assert ALL.scopes("unknown") == ()
