"""Outages and calls of the demonstration: seeded chance in, what monitoring and the telephone system recorded out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from tests.demonstration.clock import CALENDARS, DAY, MINUTE
from tests.demonstration.world import FIRST, LAST, MONTHS, PROMISES, QUARTERS, SERVICES, first_day, quarter_of

HOME: Final = ZoneInfo("Europe/Paris")
SILENT: Final = (date(2025, 8, 4), date(2025, 8, 15))
"""First and last day of which the telephone system kept nothing."""
FAILING: Final = {  # how likely an outage is in a quarter, and how long it may last, in minutes of service
    "communication": (0.4, 190),
    "data": (0.3, 180),
    "networks": (0.5, 80),
    "applications": (0.5, 260),
    "computing": (0.6, 520),
    "platforms": (0.5, 150),
}
CAUSES: Final = ("software", "hardware", "network", "supplier", "power", "change")


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch during which a service was down, stopped as announced, or not seen; in local time."""

    service: str
    start: datetime
    end: datetime
    kind: str  # unplanned, planned or blind
    ours: bool
    cause: str


def _known(*written: str) -> tuple[Outage, ...]:
    outages = []
    for line in written:
        service, day, start, end, kind, ours, cause = line.split()
        first, last = (datetime.fromisoformat(f"{day}T{clock}") for clock in (start, end))
        last += DAY * (last <= first)
        outages.append(Outage(service, first, last, kind, ours == "ours", cause))
    return tuple(outages)


KNOWN: Final = _known(
    # the move of e-mail: two nights announced, then a bad autumn; two alarms of 14 October overlap
    "email 2025-10-11 20:00 06:00 planned ours change",
    "email 2025-10-12 20:00 05:30 planned ours change",
    "email 2025-10-14 08:35 12:40 unplanned ours change",
    "email 2025-10-14 11:50 14:05 unplanned ours change",
    "email 2025-10-23 14:10 16:20 unplanned ours software",
    "email 2025-11-18 09:05 10:50 unplanned others supplier",
    "email 2026-01-22 15:20 16:35 unplanned ours software",
    # told of in the records of clients
    "instrument-network 2025-10-13 22:10 09:15 unplanned ours hardware",
    "video-meetings 2025-11-27 13:40 15:30 unplanned ours software",
    "travel-and-purchasing 2025-12-19 09:40 12:35 unplanned ours software",
    # a building without Wi-Fi, seen by two probes
    "wifi 2025-05-20 09:15 11:50 unplanned others power",
    "wifi 2025-05-20 10:30 12:05 unplanned others power",
    "hpc-cluster 2025-03-04 07:00 19:30 planned ours change",
    "hpc-cluster 2025-09-02 07:00 20:00 planned ours change",
    "hpc-cluster 2026-03-03 07:00 18:40 planned ours change",
    "hpc-cluster 2026-04-14 09:30 20:00 planned ours change",
    "hpc-cluster 2026-09-01 07:00 19:10 planned ours change",
    "file-storage 2026-02-11 20:00 23:30 planned ours change",
    # monitoring was moved to another machine
    "virtual-machines 2025-08-07 09:00 17:40 blind ours change",
    "email 2025-08-07 09:00 17:40 blind ours change",
)


def make_outages(random: Random) -> list[Outage]:
    """Every outage, in order: those that are known, and ordinary ones."""
    outages = [*KNOWN]
    blind = (datetime(2025, 8, 4, 7), datetime(2025, 8, 15, 23))
    outages.append(Outage("code-forge", *blind, "blind", True, "change"))
    eventful = {
        (outage.service, quarter_of(outage.start.date())) for outage in KNOWN if outage.kind == "unplanned"
    }
    for quarter in QUARTERS:
        for name, service in SERVICES.items():
            if service.promise not in FAILING or service.since > first_day(quarter):
                continue
            often, longest = FAILING[service.promise]
            if (name, quarter) not in eventful and random.random() < often:
                outages.append(_ordinary(random, name, quarter, longest))
            if random.random() < 0.15:
                outages.append(_announced(random, name, quarter))
    return sorted(outages, key=lambda outage: (outage.start, outage.service, outage.end))


def _ordinary(random: Random, service: str, quarter: str, longest: int) -> Outage:
    hours = CALENDARS[PROMISES[SERVICES[service].promise].calendar]
    day = first_day(quarter) + random.randrange(90) * DAY
    while hours.span(day) is None:
        day += DAY
    span = hours.span(day)
    assert span is not None
    start = span[0] + random.randrange(10, int((span[1] - span[0]) / MINUTE) - 10) * MINUTE
    end = hours.advance(start, round(longest * random.betavariate(1.6, 1.9)) + 5)
    if end - start > timedelta(hours=14):  # repaired overnight rather than left until the morning
        end = start + timedelta(hours=9)
    return Outage(service, start, end, "unplanned", random.random() < 0.65, random.choice(CAUSES))


def _announced(random: Random, service: str, quarter: str) -> Outage:
    """Maintenance on a Wednesday evening."""
    day = first_day(quarter) + random.randrange(80) * DAY
    day += (2 - day.weekday()) % 7 * DAY
    start = datetime.combine(day, time(20))
    return Outage(service, start, start + random.randrange(45, 240) * MINUTE, "planned", True, "change")


def utc(moment: datetime) -> str:
    """A local moment as monitoring writes it: '2026-07-01T07:30:00Z'."""
    return moment.replace(tzinfo=HOME).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Calls:
    """One day of the service desk's telephone; times are in seconds."""

    day: date
    received: int
    answered: int
    abandoned: int
    lost: int
    in_time: int
    settled: int
    wait: float
    handling: int


def make_calls(random: Random) -> list[Calls]:
    """Each open day of the two years but those of which nothing was kept."""
    return list(_days(random))


def _days(random: Random) -> Iterator[Calls]:
    day = FIRST
    while day <= LAST:
        if CALENDARS["service-desk"].span(day) and not SILENT[0] <= day <= SILENT[1]:
            yield _one_day(random, day)
        day += DAY


def _one_day(random: Random, day: date) -> Calls:
    quarter = quarter_of(day)
    strain = {"2025-Q4": 0.55, "2026-Q1": 0.15}.get(quarter, 0.0) + max(0.0, MONTHS[day.month - 1] - 1.3)
    rush = 1.35 if date(2025, 10, 13) <= day <= date(2025, 11, 14) else 1.0
    weekday = (1.25, 1.08, 1.0, 0.97, 0.8)[day.weekday()]
    received = max(4, round(46 * MONTHS[day.month - 1] ** 0.8 * weekday * rush * random.uniform(0.86, 1.14)))
    lost = _share(random, received, 0.006 + 0.01 * strain)
    abandoned = _share(random, received, 0.052 + 0.05 * strain)
    answered = received - lost - abandoned
    promised = 0.865 if day < date(2026, 7, 1) else 0.855  # within 90 seconds, then 60
    in_time = min(answered, _share(random, received, promised - 0.16 * strain))
    settled = _share(random, answered, 0.69 - 0.08 * strain + 0.02 * (day >= date(2026, 4, 1)))
    wait = round(34 * (1 + 0.9 * strain) * random.uniform(0.8, 1.25), 1)
    handling = round(answered * random.uniform(265, 330) * (1 + 0.12 * strain))
    return Calls(day, received, answered, abandoned, lost, in_time, settled, wait, handling)


def _share(random: Random, count: int, share: float) -> int:
    """A number around a share of `count`."""
    return min(count, int(count * share * random.uniform(0.85, 1.15) + random.random()))
