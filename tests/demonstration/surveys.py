"""Survey answers of the demonstration: seeded chance in, what respondents say of services and of the department out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.demonstration.chance import scores
from tests.demonstration.clock import CALENDARS
from tests.demonstration.world import (
    CLIENTS,
    DRIFTING,
    QUARTERS,
    SERVICES,
    first_day,
    last_day,
    segments_of,
)

PEOPLE: Final = {
    "lab-oceanography": 12,
    "lab-atmosphere": 9,
    "lab-cryosphere": 6,
    "lab-geomatics": 7,
    "lab-modelling": 9,
    "finance-office": 18,
    "hr-office": 11,
    "library": 5,
    "doctoral-school": 14,
    "fleet": 7,
    "microscopy-platform": 5,
    "wave-basin": 5,
    "": 6,  # visitors
}
"""How many of each client answer in an ordinary quarter."""
MORE: Final = (-3, -1, 0, -3, 4, -1, 0, -8)
"""How many more answer in each quarter, so that they are 900 in all."""
ASKED: Final = {  # the share of respondents who rate each service; administration always rates travel
    "email": 0.5,
    "travel-and-purchasing": 0.5,
    "laptop": 0.42,
    "wifi": 0.38,
    "file-storage": 0.38,
    "service-desk": 0.36,
    "digital-identity": 0.33,
    "shared-documents": 0.3,
}
RARELY: Final = 0.11
NOT_ASKED: Final = frozenset({"intranet-v1", "research-repository"})
MEANS: Final[dict[str, tuple[float, ...]]] = {  # one for all quarters, or one for each
    "email": (4.3, 4.35, 4.3, 4.35, 3.3, 3.75, 4.2, 4.4),
    "travel-and-purchasing": (3.4, 3.35, 3.35, 3.3, 3.3, 3.25, 3.2, 3.2),
    "laptop": (4.0, 4.0, 4.05, 4.0, 4.05, 4.1, 4.15, 4.25),
    "wifi": (3.8, 3.85, 3.8, 3.9, 3.85, 3.9, 3.9, 4.05),
    "file-storage": (4.1, 4.15, 4.2, 4.2, 4.2, 4.25, 4.25, 4.3),
    "service-desk": (4.35, 4.4, 4.4, 4.35, 4.05, 4.3, 4.4, 4.45),
    "digital-identity": (4.2, 4.2, 4.25, 4.25, 4.25, 4.3, 4.3, 4.3),
    "shared-documents": (3.9, 3.9, 4.0, 4.1, 4.15, 4.2, 4.3, 4.35),
    "hpc-cluster": (3.6, 3.65, 3.7, 3.75, 3.9, 4.0, 4.1, 4.2),
    "notebooks": (4.2, 4.2, 4.25, 4.3, 4.3, 4.35, 4.4, 4.4),
    "printing": (3.9, 3.9, 3.85, 3.9, 3.85, 3.85, 3.8, 3.85),
    "old-file-server": (3.6, 3.6, 3.5, 3.5, 3.5, 3.4, 3.4, 3.4),
    "instrument-network": (4.1, 4.15, 4.2, 4.2, 3.9, 4.25, 4.4, 4.45),
    "meeting-rooms": (3.9, 3.9, 3.9, 3.9, 3.85, 3.9, 3.95, 3.95),
}
USUAL: Final = (4.2,) * 8
OTHERS: Final = {  # question: scale, deviation, share of people, mean by quarter
    "recommend": ((0, 10), 1.7, 1.0, (8.1, 8.15, 8.2, 8.15, 7.5, 7.8, 8.15, 8.3)),
    "relationship": ((1, 5), 0.75, 1.0, (4.1, 4.1, 4.15, 4.15, 3.9, 4.05, 4.15, 4.25)),
    "welcome": ((1, 5), 0.65, 0.6, (4.4, 4.45, 4.4, 4.4, 4.15, 4.35, 4.45, 4.5)),
}
DRIFT: Final = (0.0, 0.0, -0.15, -0.4, -0.8, -1.1, -1.4, -1.7)
"""What those of the drifting client say, against the others, on a scale of five."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Someone who answers, once in a quarter, under a pseudonym."""

    name: str
    day: date
    segment: str
    client: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered, or not applicable when there is no score."""

    respondent: Respondent
    question: str
    service: str
    score: int | None


def make_answers(random: Random) -> list[Answer]:
    """Every answer, by day, respondent and question."""
    answers = [answer for index in range(len(QUARTERS)) for answer in _quarter(random, index)]
    return sorted(answers, key=lambda a: (a.respondent.day, a.respondent.name, a.question, a.service))


def _quarter(random: Random, index: int) -> Iterator[Answer]:
    people = list(_people(random, index))
    for question, (scale, deviation, share, means) in OTHERS.items():
        asked = random.sample(people, round(share * len(people)))
        yield from _rate(random, asked, question, "", (means[index], deviation, scale), index)
    for service in SERVICES:
        if service in NOT_ASKED or SERVICES[service].since > last_day(QUARTERS[index]):
            continue
        mean = MEANS.get(service, USUAL)[index]
        yield from _rate(
            random, _asked(random, people, service), "satisfaction", service, (mean, 0.75, (1, 5)), index
        )
    if QUARTERS[index] == "2026-Q3":  # opened three weeks ago: too few to say anything of them
        first = [person for person in people if person.client == "lab-oceanography"][:3]
        for person, score in zip(first, (5, 4, 4), strict=True):
            yield Answer(person, "satisfaction", "research-repository", score)


def _people(random: Random, index: int) -> Iterator[Respondent]:
    numbers = random.sample(range(4096, 65536), sum(PEOPLE.values()) + 8)
    days = [
        first_day(QUARTERS[index]) + timedelta(days=number)
        for number in range((last_day(QUARTERS[index]) - first_day(QUARTERS[index])).days + 1)
    ]
    days = [day for day in days if CALENDARS["office-hours"].span(day) and day.month != 8]
    for client, count in PEOPLE.items():
        more = MORE[index] if client == "finance-office" else 0
        for _ in range(count + more):
            segment = CLIENTS[client].segment if client else "visitors"
            yield Respondent(f"r-{numbers.pop():x}", random.choice(days), segment, client)


def _asked(random: Random, people: list[Respondent], service: str) -> list[Respondent]:
    """Those who rate a service: among everyone who may use it, the same share of each segment."""
    asked = []
    for segment in segments_of(service):
        group = [person for person in people if person.segment == segment]
        share = ASKED.get(service, RARELY)
        if service == "travel-and-purchasing":
            share = 1.0 if segment == "administration" else 0.35
        if service == "instrument-network":
            share = 0.6 if segment == "experimental-platforms" else 0.05
        asked += random.sample(group, round(share * len(group)))
    return asked


def _rate(
    random: Random,
    asked: list[Respondent],
    question: str,
    service: str,
    wanted: tuple[float, float, tuple[int, int]],
    index: int,
) -> Iterator[Answer]:
    mean, deviation, scale = wanted
    drift = DRIFT[index] * (2 if scale[1] == 10 else 1)
    for group, shift in (
        ([person for person in asked if person.client != DRIFTING], 0.0),
        ([person for person in asked if person.client == DRIFTING], drift),
    ):
        if not group:
            continue
        found = scores(random, len(group), max(scale[0] + 0.5, mean + shift), scale, deviation)
        for person, score in zip(group, found, strict=True):
            is_applicable = not service or random.random() > 0.03
            yield Answer(person, question, service, score if is_applicable else None)
