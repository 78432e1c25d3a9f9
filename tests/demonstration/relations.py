"""Relations of the demonstration: seeded chance in, contacts, invoices and subscriptions of clients out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.demonstration.clock import CALENDARS
from tests.demonstration.world import CLIENTS, DRIFTING, FIRST, LAST, QUARTERS, SERVICES, first_day, last_day

MET: Final = {  # by quarter: who was met
    "2024-Q4": "lab-oceanography lab-modelling finance-office fleet library doctoral-school",
    "2025-Q1": "lab-oceanography lab-geomatics lab-modelling finance-office hr-office fleet microscopy-platform",
    "2025-Q2": "lab-atmosphere lab-modelling finance-office fleet wave-basin doctoral-school",
    "2025-Q3": "lab-oceanography lab-modelling hr-office fleet library",
    "2025-Q4": "lab-oceanography lab-atmosphere lab-modelling finance-office hr-office fleet doctoral-school library",
    "2026-Q1": "lab-oceanography lab-cryosphere lab-modelling finance-office fleet wave-basin library",
    "2026-Q2": "lab-oceanography lab-atmosphere lab-cryosphere lab-geomatics lab-modelling finance-office hr-office fleet microscopy-platform",
    "2026-Q3": "lab-oceanography lab-atmosphere lab-cryosphere lab-modelling finance-office hr-office library doctoral-school fleet microscopy-platform wave-basin",
}
KNOWN: Final = (
    ("lab-geomatics", date(2026, 5, 28), "Comité", ""),
    ("fleet", date(2025, 10, 21), "Visite", ""),
    ("microscopy-platform", date(2026, 9, 8), "Visite", "Tri automatique des images"),
    ("lab-oceanography", date(2026, 9, 21), "Visite", "Premiers jeux de données"),
)
PROJECTS: Final = (
    "Atlas en ligne",
    "Bulletin de vagues",
    "Carottes numérisées",
    "Passerelle connectée",
    "Salle de soutenance",
    "Archives de campagnes",
    "Catalogue de cartes",
    "Jumeau du bassin",
)
RATES: Final = {  # euros a unit, and units of each person of a client in a quarter
    "hpc-cluster": (0.011, 900.0),
    "virtual-machines": (46.0, 0.08),
    "web-hosting": (60.0, 0.03),
    "file-storage": (21.0, 0.45),
    "laptop": (310.0, 0.06),
    "large-transfers": (18.0, 0.12),
    "instrument-network": (95.0, 0.5),
    "backup": (14.0, 0.6),
    "code-forge": (9.0, 0.3),
    "notebooks": (0.02, 300.0),
    "research-repository": (40.0, 0.05),
    "travel-and-purchasing": (6.5, 3.0),
    "printing": (0.04, 900.0),
    "hr-portal": (7.5, 2.0),
    "training": (85.0, 0.05),
    "event-registration": (140.0, 0.01),
    "remote-access": (3.0, 1.2),
    "security-help": (60.0, 0.05),
    "shared-documents": (4.0, 1.0),
    "digital-identity": (2.5, 1.0),
    "video-meetings": (3.5, 1.0),
}
SUBSCRIBED: Final = {
    "lab-oceanography": "file-storage large-transfers hpc-cluster research-repository code-forge",
    "lab-atmosphere": "file-storage virtual-machines web-hosting hpc-cluster",
    "lab-cryosphere": "laptop remote-access file-storage notebooks",
    "lab-geomatics": "laptop web-hosting virtual-machines file-storage",
    "lab-modelling": "hpc-cluster code-forge notebooks file-storage",
    "finance-office": "travel-and-purchasing shared-documents printing",
    "hr-office": "hr-portal digital-identity training",
    "library": "research-repository web-hosting digital-identity",
    "doctoral-school": "laptop training video-meetings event-registration",
    "fleet": "instrument-network large-transfers remote-access backup",
    "microscopy-platform": "instrument-network large-transfers file-storage",
    "wave-basin": "instrument-network backup security-help",
}
LAPSED: Final = {  # client and service: last day of the term that was not renewed
    ("lab-geomatics", "virtual-machines"): date(2026, 8, 31),
    ("lab-atmosphere", "old-file-server"): date(2025, 12, 31),
    ("lab-cryosphere", "old-file-server"): date(2026, 3, 31),
    ("hr-office", "old-file-server"): date(2026, 6, 30),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A client met."""

    day: date
    client: str
    kind: str
    project: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a client was charged for a service and a quarter."""

    day: date
    client: str
    service: str
    amount: float
    volume: float


@dataclass(frozen=True, slots=True)
class Subscription:
    """A yearly term; it has no end while it lasts."""

    client: str
    service: str
    start: date
    end: date | None
    renewed: bool | None


def make_contacts(random: Random) -> list[Contact]:
    """Every contact, in order; each client of `MET` at least once."""
    contacts = [Contact(day, client, kind, project) for client, day, kind, project in KNOWN]
    for quarter in QUARTERS:
        days = [
            day
            for number in range((last_day(quarter) - first_day(quarter)).days + 1)
            if CALENDARS["office-hours"].span(day := first_day(quarter) + timedelta(days=number))
            and day.month != 8
        ]
        for client in MET[quarter].split():
            times = random.choice((1, 1, 2, 3)) if client != DRIFTING else int(quarter == "2025-Q1")
            for _ in range(times):
                kind = random.choice(("Visite", "Visite", "Comité", "Appel", "Évènement"))
                project = random.choice(PROJECTS) if kind == "Visite" and random.random() < 0.22 else ""
                contacts.append(Contact(random.choice(days), client, kind, project))
    return sorted(contacts, key=lambda contact: (contact.day, contact.client, contact.kind))


def make_invoices(random: Random) -> list[Invoice]:
    """One a quarter for each service that a client subscribes to."""
    return [
        invoice
        for index, quarter in enumerate(QUARTERS)
        for client in CLIENTS
        for service in _charged(client)
        if (invoice := _invoice(random, index, quarter, client, service)) is not None
    ]


def _charged(client: str) -> list[str]:
    lapsed = [service for name, service in LAPSED if name == client and service in RATES]
    return sorted({*SUBSCRIBED[client].split(), *lapsed})


def _invoice(random: Random, index: int, quarter: str, client: str, service: str) -> Invoice | None:
    end = LAPSED.get((client, service))
    if SERVICES[service].since > last_day(quarter) or (end is not None and end < first_day(quarter)):
        return None
    price, units = RATES[service]
    volume = CLIENTS[client].people * units * (1 + 0.015 * index) * random.uniform(0.92, 1.08)
    if client == "lab-modelling" and service == "hpc-cluster":
        volume *= 4.5
    if client == DRIFTING:
        volume *= max(0.35, 1 - 0.14 * max(0, index - 2))
    volume = round(volume, 1) if price > 1 else float(round(volume))
    day = last_day(quarter) - timedelta(days=random.randrange(1, 6))
    return Invoice(day, client, service, round(volume * price, 2), volume)


def make_subscriptions(random: Random) -> list[Subscription]:
    """Yearly terms: those that ended in the two years, and those that last."""
    wanted = [(client, service) for client in CLIENTS for service in SUBSCRIBED[client].split()]
    wanted += [pair for pair in LAPSED if pair not in wanted]
    return [term for client, service in sorted(wanted) for term in _terms(random, client, service)]


def _terms(random: Random, client: str, service: str) -> Iterator[Subscription]:
    lapse = LAPSED.get((client, service))
    if lapse is not None:
        start = (lapse + timedelta(days=1)).replace(
            year=lapse.year - 2 if lapse.month < 12 else lapse.year - 1
        )
    else:
        start = date(2024, random.randint(1, 12), 1)
    start = max(start, SERVICES[service].since)
    while True:
        end = start.replace(year=start.year + 1) - timedelta(days=1)
        if end > LAST:
            yield Subscription(client, service, start, None, None)
            return
        if end >= FIRST:
            yield Subscription(client, service, start, end, end != lapse)
        if end == lapse:
            return
        start = end + timedelta(days=1)
