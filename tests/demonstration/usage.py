"""Usage of the demonstration: seeded chance in, how many people used each service in each month out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from tests.demonstration.world import (
    CLIENTS,
    DRIFTING,
    FIRST,
    LAST,
    SERVICES,
    months,
    people_of,
    segments_of,
)


@dataclass(frozen=True, slots=True)
class Use:
    """One service, month and customer. `client` is empty where only segments are counted."""

    month: date
    service: str
    segment: str
    client: str
    users: int
    eligible: int
    volume: int | None = None


COVERED: Final[
    dict[str, tuple[float, ...]]
] = {  # share of those who may use it, at even distances over two years
    "email": (0.97, 0.975),
    "digital-identity": (0.985, 0.99),
    "wifi": (0.93, 0.945),
    "laptop": (0.91, 0.955),
    "file-storage": (0.82, 0.86, 0.9, 0.94),
    "video-meetings": (0.9, 0.92),
    "remote-access": (0.88, 0.905),
    "software-library": (0.9, 0.91),
    "travel-and-purchasing": (0.92, 0.93),
    "hr-portal": (0.93, 0.94),
    "backup": (0.86, 0.91),
    "large-transfers": (0.9, 0.92),
    "mailing-lists": (0.92, 0.92),
    "meeting-rooms": (0.9, 0.91),
    "event-registration": (0.91, 0.92),
    "web-hosting": (0.92, 0.91),
    "virtual-machines": (0.93, 0.92),
    "hpc-cluster": (0.9, 0.93),
    "code-forge": (0.24, 0.3),
    "notebooks": (0.09, 0.12, 0.15, 0.2, 0.26, 0.302),
    "instrument-network": (0.62, 0.78),
    "telephony": (0.72, 0.58),
    "printing": (0.71, 0.66, 0.56, 0.48),
    "old-file-server": (0.56, 0.52, 0.44, 0.35, 0.26),
    "intranet-v1": (0.3, 0.22, 0.12, 0.06),
    "shared-documents": (0.22, 0.36, 0.46, 0.56, 0.66, 0.75, 0.83, 0.914),
    "research-repository": (0.01, 0.012),
}
CONCERNED: Final = {  # share of the segments that may need it at all
    "hpc-cluster": 0.3,
    "virtual-machines": 0.1,
    "web-hosting": 0.12,
    "large-transfers": 0.25,
    "mailing-lists": 0.5,
    "event-registration": 0.2,
    "instrument-network": 0.3,
    "meeting-rooms": 0.7,
    "remote-access": 0.85,
}
BY_CLIENT: Final = frozenset(
    {"laptop", "file-storage", "web-hosting", "virtual-machines", "shared-documents"}
)
VOLUMES: Final = {"printing": 165.0, "hpc-cluster": 5200.0}  # pages, core hours of each user in a month
QUIET: Final = {8: 0.97, 7: 0.99, 12: 0.99}


def make_usage(random: Random) -> list[Use]:
    """Every count, by month, service and customer."""
    return [use for month in months() for service in COVERED for use in _counts(random, month, service)]


def _counts(random: Random, month: date, service: str) -> Iterator[Use]:
    last = month.replace(day=28)
    if not (SERVICES[service].is_open(last) or SERVICES[service].is_open(month)):
        return
    share = _covered(service, month) * QUIET.get(month.month, 1.0)
    for segment, client, people in _customers(service):
        eligible = max(1, round(people * CONCERNED.get(service, 1.0)))
        drift = _drift(month) if client == DRIFTING else 1.0
        users = min(eligible, round(eligible * share * drift * random.uniform(0.99, 1.01)))
        volume = VOLUMES.get(service)
        used = round(users * volume * random.uniform(0.9, 1.1)) if volume else None
        yield Use(month, service, segment, client, users, eligible, used)


def _customers(service: str) -> Iterator[tuple[str, str, int]]:
    for segment in segments_of(service):
        if service in BY_CLIENT and segment != "visitors":
            yield from ((segment, name, c.people) for name, c in CLIENTS.items() if c.segment == segment)
        else:
            yield segment, "", people_of(segment)


def _covered(service: str, month: date) -> float:
    """The share covered: on straight lines between the points, from the first month of the service to the last."""
    first, last = max(FIRST, SERVICES[service].since), min(LAST, SERVICES[service].until)
    points = COVERED[service]
    way = max(0.0, min(1.0, (month.replace(day=28) - first).days / (last - first).days)) * (len(points) - 1)
    place = min(int(way), len(points) - 2)
    return points[place] + (points[place + 1] - points[place]) * (way - place)


def _drift(month: date) -> float:
    """What is left of the use of the drifting client: it falls from the summer of 2025 on."""
    gone = (month.year - 2025) * 12 + month.month - 6
    return max(0.5, 1 - 0.034 * max(0, gone))
