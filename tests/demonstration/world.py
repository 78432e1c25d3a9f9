"""The institute of the demonstration: who its customers are, what they use, and what they were promised.

It repeats what catalogue/ and segments/ say, in the words of the department's tools; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

FIRST: Final = date(2024, 10, 1)
LAST: Final = date(2026, 9, 30)
QUARTERS: Final = ("2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
NEW_TARGETS: Final = date(2026, 7, 1)
DRIFTING: Final = "lab-geomatics"
MONTHS: Final = (1.05, 0.95, 1.05, 0.95, 0.85, 1.0, 0.75, 0.5, 1.55, 1.2, 1.05, 0.85)
"""How busy each month is: a rush in September, hardly anyone in August."""


@dataclass(frozen=True, slots=True)
class Client:
    """An entity: its segment, how many people it has, and its code in the tools."""

    segment: str
    people: int
    code: str


CLIENTS: Final[Mapping[str, Client]] = MappingProxyType(
    {
        "lab-oceanography": Client("researchers", 230, "LAB-OCE"),
        "lab-atmosphere": Client("researchers", 180, "LAB-ATM"),
        "lab-cryosphere": Client("researchers", 120, "LAB-CRY"),
        "lab-geomatics": Client("researchers", 110, "LAB-GEO"),
        "lab-modelling": Client("researchers", 180, "LAB-MOD"),
        "finance-office": Client("administration", 120, "ADM-FIN"),
        "hr-office": Client("administration", 90, "ADM-RH"),
        "library": Client("administration", 40, "ADM-BIB"),
        "doctoral-school": Client("doctoral-students", 330, "ED-MER"),
        "fleet": Client("experimental-platforms", 110, "FLOTTE"),
        "microscopy-platform": Client("experimental-platforms", 40, "PF-MIC"),
        "wave-basin": Client("experimental-platforms", 60, "PF-BAS"),
    }
)
VISITORS: Final = 290
SEGMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "researchers": "Laboratoires",
        "administration": "Administration",
        "doctoral-students": "Doctorants",
        "experimental-platforms": "Plateformes",
        "visitors": "Visiteurs",
    }
)
"""Segments, and the French words of the tools for them."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What an SLA promises: minutes of its calendar to take up and to restore, by priority, and working days.

    `restore_days` is for the priorities that are restored within whole working days. `stricter` replaces some of it
    from July 2026.
    """

    calendar: str
    take_up: Mapping[str, int]
    restore: Mapping[str, int]
    restore_days: Mapping[str, int]
    delivery_days: int
    stricter: Mapping[str, int] = field(default_factory=dict)


PROMISES: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "communication": Promise("extended-hours", {"p1": 30}, {"p1": 240, "p2": 480}, {"p3": 3}, 1),
        "data": Promise("extended-hours", {"p1": 30}, {"p1": 240, "p2": 480}, {}, 1),
        "networks": Promise(
            "extended-hours", {"p1": 15}, {"p1": 360, "p2": 480}, {"p3": 2}, 2, MappingProxyType({"p1": 240})
        ),
        "applications": Promise("office-hours", {"p1": 30}, {"p1": 240}, {"p2": 2}, 5),
        "computing": Promise("extended-hours", {"p1": 60}, {"p1": 480}, {"p2": 3}, 3),
        "workplace": Promise(
            "office-hours",
            {"p2": 60, "p3": 240},
            {"p2": 480},
            {"p3": 3},
            8,
            MappingProxyType({"delivery": 5}),
        ),
        "platforms": Promise(
            "always",
            {"p1": 15, "p2": 60},
            {"p1": 240, "p2": 480},
            {},
            5,
            MappingProxyType({"p1": 180}),
        ),
        "assistance": Promise("service-desk", {"p1": 15, "p2": 60, "p3": 240}, {}, {}, 5),
    }
)


@dataclass(frozen=True, slots=True)
class Service:
    """A service in the ticketing tool: its word, promise, tickets a quarter at the beginning and at the end, and the
    share that is restored and delivered in time. `reach` are the segments that may use it (r, a, d, e, v).
    """

    word: str
    promise: str
    tickets: tuple[float, float]
    kept: float
    reach: str = "rade"
    since: date = date.min
    until: date = date.max

    def is_open(self, day: date) -> bool:
        """True while the service is offered."""
        return self.since <= day <= self.until


SERVICES: Final[Mapping[str, Service]] = MappingProxyType(
    {
        "email": Service("Messagerie", "communication", (96, 96), 0.945, "radev"),
        "laptop": Service("Poste de travail", "workplace", (88, 80), 0.91),
        "digital-identity": Service("Compte", "networks", (72, 74), 0.95, "radev"),
        "wifi": Service("Wi-Fi", "networks", (58, 54), 0.9, "radev"),
        "file-storage": Service("Espaces de fichiers", "data", (50, 54), 0.93, "radev"),
        "travel-and-purchasing": Service("Missions et achats", "applications", (80, 82), 0.965),
        "service-desk": Service("Comptoir", "assistance", (36, 36), 0.94, "radev"),
        "video-meetings": Service("Visioconférence", "communication", (24, 22), 0.93, "radev"),
        "telephony": Service("Téléphonie", "communication", (28, 20), 0.93),
        "printing": Service("Impression", "workplace", (34, 20), 0.92, "radev"),
        "remote-access": Service("Accès distant", "networks", (30, 28), 0.93),
        "software-library": Service("Logithèque", "workplace", (28, 30), 0.92),
        "hpc-cluster": Service("Calcul", "computing", (24, 26), 0.9, "rde"),
        "notebooks": Service("Carnets", "computing", (8, 22), 0.93, "rde"),
        "shared-documents": Service(
            "Documents partagés", "communication", (12, 26), 0.94, "rade", date(2025, 2, 3)
        ),
        "web-hosting": Service("Sites web", "applications", (20, 20), 0.93),
        "virtual-machines": Service("Machines virtuelles", "computing", (20, 22), 0.92, "rae"),
        "meeting-rooms": Service("Salles", "workplace", (20, 18), 0.9, "radev"),
        "hr-portal": Service("Portail RH", "applications", (20, 18), 0.94),
        "old-file-server": Service("Lecteur S", "data", (26, 10), 0.9, "rad"),
        "backup": Service("Sauvegarde", "data", (13, 13), 0.95),
        "large-transfers": Service("Gros fichiers", "data", (13, 14), 0.93, "radev"),
        "mailing-lists": Service("Listes", "communication", (9, 9), 0.96, "radev"),
        "event-registration": Service("Inscriptions", "applications", (9, 10), 0.95),
        "instrument-network": Service("Réseau instruments", "platforms", (15, 16), 0.93, "re"),
        "security-help": Service("Sécurité", "assistance", (15, 24), 0.96, "radev"),
        "training": Service("Formation", "assistance", (12, 16), 0.95),
        "project-guidance": Service("Projets", "assistance", (8, 11), 0.92),
        "code-forge": Service("Forge", "applications", (9, 13), 0.94, "rde"),
        "intranet-v1": Service("Ancien intranet", "", (9, 3), 1.0, "rade", until=date(2026, 6, 30)),
        "research-repository": Service("Entrepôt", "data", (9, 9), 0.95, "rde", date(2026, 9, 7)),
    }
)
LETTERS: Final = MappingProxyType(
    {
        "r": "researchers",
        "a": "administration",
        "d": "doctoral-students",
        "e": "experimental-platforms",
        "v": "visitors",
    }
)


def segments_of(service: str) -> tuple[str, ...]:
    """The segments that may use a service."""
    return tuple(LETTERS[letter] for letter in SERVICES[service].reach)


def people_of(segment: str) -> int:
    """How many people a segment has."""
    if segment == "visitors":
        return VISITORS
    return sum(client.people for client in CLIENTS.values() if client.segment == segment)


def first_day(quarter: str) -> date:
    """'2026-Q3' → 1 July 2026."""
    return date(int(quarter[:4]), 3 * int(quarter[6]) - 2, 1)


def last_day(quarter: str) -> date:
    """'2026-Q3' → 30 September 2026."""
    following = first_day(quarter) + timedelta(days=95)
    return following.replace(day=1) - timedelta(days=1)


def quarter_of(day: date) -> str:
    """30 September 2026 → '2026-Q3'."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def months() -> tuple[date, ...]:
    """The first day of each month, in order."""
    return tuple(
        date(year, month, 1)
        for year in (2024, 2025, 2026)
        for month in range(1, 13)
        if FIRST <= date(year, month, 1) <= LAST
    )


def between(first: float, last: float, day: date) -> float:
    """On the straight way from `first` to `last`, over the whole two years."""
    return first + (last - first) * (day - FIRST).days / (LAST - FIRST).days
