"""From a monitoring export to a figure of availability: checks every five minutes, of hosts, in UTC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from comptoir.build import check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import Scope, Status
from comptoir.problems import errors

from ..conftest import MakeProject
from .tables import Q3, TODAY, definition

SOURCE: Mapping[str, object] = {
    "role": "outages",
    "name": "Sondes",
    "files": ["checks.csv"],
    "checks": {"at": "timestamp", "down": "status = 'DOWN'", "every": 5},
    "columns": {
        "timestamp": {"type": "instant"},
        "service": {"column": "host", "values": {"mail.example.org": "mail", "vpn.example.org": "wifi"}},
        "status": {"type": "text"},
    },
}
AVAILABILITY = definition(
    source="outages", kind="availability", unit="percent", direction="higher", by=["service"]
)


def instant(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, 0, 17, tzinfo=UTC)


def checks() -> Iterator[str]:
    """Of July to September: mail is down for four hours of 15 July, and nobody watches from 10 August to noon of the 11th."""
    yield "timestamp,host,status,latency_ms\n"
    now = instant(7, 1)
    while now < instant(9, 28):
        if not instant(8, 10) < now < instant(8, 11, 12):
            is_down = instant(7, 15, 9) <= now < instant(7, 15, 13)
            yield f"{now:%Y-%m-%dT%H:%M:%SZ},mail.example.org,{'DOWN' if is_down else 'UP'},20\n"
            yield f"{now:%Y-%m-%dT%H:%M:%SZ},vpn.example.org,UP,31\n"
        now += timedelta(minutes=5)


def test_availability_of_checks_to_the_second(make_project: MakeProject) -> None:
    project = make_project(
        keys={
            "indicators/sources/probes.yaml": dict(SOURCE),
            "indicators/definitions/availability.yaml": dict(AVAILABILITY),
            "indicators/data/checks.csv": "".join(checks()),
        }
    )
    catalogue, problems = check_project(project, TODAY)
    assert [str(problem) for problem in errors(problems) if problem.rule != "translation"] == []
    measured = measure_project(catalogue, data_places(project, None), (Q3,), TODAY)
    assert [str(problem) for problem in measured.problems] == []
    mail = measured.measurements.get("availability", Q3, Scope(service="mail"))
    # Closed from noon to one: down from 11:00:17 to 15:00:17 is three hours. Not watched: 10 August, the 11th until
    # 14:00:17, and the last three days of the quarter, 37 hours and 17 seconds of 520 hours.
    known = 520 - Fraction(37 * 3600 + 17, 3600)
    assert mail is not None
    assert (mail.numerator, mail.denominator) == (known - 3, known)
    assert (mail.value, mail.status) == (100 * (known - 3) / known, Status.MISSED)
    wifi = measured.measurements.get("availability", Q3, Scope(service="wifi"))
    assert wifi is not None
    assert wifi.value == 100
