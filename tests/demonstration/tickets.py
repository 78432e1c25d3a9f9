"""Tickets of the demonstration: seeded chance in, requests with their pauses, and the stories told in them, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from tests.demonstration.chance import Quota, pick, spread
from tests.demonstration.clock import CALENDARS, DAY, MINUTE, Hours
from tests.demonstration.world import (
    CLIENTS,
    DRIFTING,
    FIRST,
    LAST,
    MONTHS,
    NEW_TARGETS,
    PROMISES,
    QUARTERS,
    SERVICES,
    VISITORS,
    Promise,
    between,
    first_day,
    last_day,
    quarter_of,
    segments_of,
)

EXPORTED: Final = datetime(2026, 10, 8, 6, 0)
SCALE: Final = 0.83  # of the tickets a quarter that SERVICES says
MIGRATION: Final = {
    "2025-Q4": (2.2, 0.60),
    "2026-Q1": (1.4, 0.80),
    "2026-Q2": (1.02, 0.93),
    "2026-Q3": (0.95, 0.955),
}
"""Incidents of e-mail, as a multiple, and the share restored in time, since it moved on 11 October 2025."""
KINDS: Final[dict[str, dict[str, float]]] = {
    "training": {"request": 0.7, "information": 0.3},
    "project-guidance": {"request": 0.8, "information": 0.2},
    "security-help": {"incident": 0.35, "information": 0.65},
    "service-desk": {"incident": 0.25, "request": 0.25, "information": 0.5},
    "digital-identity": {"incident": 0.45, "request": 0.45, "information": 0.1},
    "travel-and-purchasing": {"incident": 0.64, "request": 0.26, "information": 0.1},
    "": {"incident": 0.56, "request": 0.3, "information": 0.14},
}
PRIORITIES: Final[dict[str, dict[str, float]]] = {
    "incident": {"p1": 0.05, "p2": 0.3, "p3": 0.5, "p4": 0.15},
    "request": {"p2": 0.05, "p3": 0.6, "p4": 0.35},
    "information": {"p3": 0.45, "p4": 0.55},
}
CAUSES: Final = {
    "logiciel": 4.0,
    "matériel": 2.0,
    "réseau": 1.5,
    "utilisation": 3.0,
    "fournisseur": 1.0,
    "": 2.0,
}
COMPLAINED_OF: Final = {"délai": 4.0, "sans nouvelles": 3.0, "panne répétée": 2.0, "accueil": 1.0}
COMPLAINTS: Final[dict[str, tuple[int, ...]]] = {  # by quarter
    "travel-and-purchasing": (2, 3, 3, 3, 3, 4, 4, 4),
    "email": (1, 1, 1, 1, 9, 4, 1, 1),
    "wifi": (2, 1, 2, 1, 2, 2, 2, 1),
    "laptop": (2, 1, 1, 2, 1, 2, 1, 1),
    "hpc-cluster": (1, 0, 1, 1, 1, 1, 1, 1),
    "file-storage": (1, 1, 1, 1, 2, 1, 1, 1),
    "printing": (1, 1, 1, 0, 1, 1, 1, 1),
    "video-meetings": (0, 1, 0, 1, 2, 0, 1, 0),
}
DRIFT: Final = (0, 0, 0, 1, 2, 3, 3, 4)
"""Complaints of the client that drifts away, about machines and maps: most of them made before."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request as the ticketing tool keeps it, in local time."""

    opened: datetime
    taken: datetime | None
    resolved: datetime | None
    service: str
    segment: str
    client: str
    priority: str
    kind: str
    complexity: str
    channel: str
    reopened: int = 0
    cause: str = ""
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    agreed: datetime | None = None  # when who complained said that the answer settled it

    @property
    def updated(self) -> datetime:
        """When the tool last changed it."""
        latest = max(filter(None, (self.opened, self.taken, self.resolved)))
        closed = latest + 3 * DAY if self.resolved else latest
        return min(max(closed, self.agreed or closed), EXPORTED)


def make_tickets(random: Random) -> list[Ticket]:
    """Every ticket of the eight quarters, in order of opening, as the tool knew them on the day of the export."""
    desk = _Desk(random)
    tickets = [ticket for quarter in QUARTERS for ticket in desk.quarter(quarter)]
    tickets += desk.known_complaints()
    return sorted((_as_exported(ticket) for ticket in tickets), key=lambda t: (t.opened, t.service, t.client))


def _as_exported(ticket: Ticket) -> Ticket:
    """What came after the export is not known yet."""
    taken = ticket.taken if ticket.taken and ticket.taken <= EXPORTED else None
    resolved = ticket.resolved if ticket.resolved and ticket.resolved <= EXPORTED else None
    pauses = tuple(pause for pause in ticket.pauses if pause[1] <= EXPORTED)
    return replace(ticket, taken=taken, resolved=resolved, pauses=pauses)


class _Desk:
    """Invents tickets, quarter after quarter."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.quota = Quota(random)

    def quarter(self, quarter: str) -> Iterator[Ticket]:
        """The tickets opened in a quarter."""
        for service in SERVICES:
            kept = self._kept(service, quarter)
            for opened in self._openings(service, quarter):
                yield self._ticket(service, opened, kept)
            if quarter in MIGRATION and service == "email":
                for opened in self._migration_openings(quarter):
                    yield replace(self._ticket(service, opened, kept, "incident"), cause="migration")
            index = QUARTERS.index(quarter)
            for _ in range(COMPLAINTS.get(service, (0,) * 8)[index]):
                yield self._complaint(service, quarter, "")
        for number in range(DRIFT[QUARTERS.index(quarter)]):
            yield self._complaint(("virtual-machines", "web-hosting")[number % 2], quarter, DRIFTING)

    def known_complaints(self) -> list[Ticket]:
        """Those that the records of clients tell of."""
        slow = Ticket(
            opened=datetime(2025, 3, 18, 9, 12),
            taken=datetime(2025, 3, 18, 10, 5),
            resolved=datetime(2025, 4, 10, 16, 40),
            service="large-transfers",
            segment="researchers",
            client="lab-oceanography",
            priority="p2",
            kind="complaint",
            complexity="complexe",
            channel="e-mail",
            reopened=1,
            cause="délai",
        )
        late = replace(
            slow,
            opened=datetime(2026, 4, 16, 14, 3),
            taken=datetime(2026, 4, 16, 15, 20),
            resolved=datetime(2026, 4, 21, 11, 15),
            service="hpc-cluster",
            client="lab-modelling",
            complexity="simple",
            reopened=0,
        )
        waiting = replace(
            slow,
            opened=datetime(2026, 10, 1, 10, 35),
            taken=datetime(2026, 10, 1, 11, 20),
            resolved=None,
            service="virtual-machines",
            client="lab-geomatics",
            reopened=0,
            cause="panne répétée",
        )
        return [slow, late, waiting]

    def _kept(self, service: str, quarter: str) -> float:
        if service == "email" and quarter in MIGRATION:
            return MIGRATION[quarter][1]
        return min(0.985, SERVICES[service].kept + self.random.uniform(-0.025, 0.025))

    def _openings(self, service: str, quarter: str) -> list[datetime]:
        """When the ordinary tickets of a service come in: more in September, hardly any in August."""
        days = list(_days(quarter))
        weights = [MONTHS[day.month - 1] * _weekday(day) * SERVICES[service].is_open(day) for day in days]
        middle = days[len(days) // 2]
        usual = between(*SERVICES[service].tickets, middle)
        season = sum(weights) / sum(_weekday(day) for day in days)
        if not any(weights):
            return []
        if SERVICES[service].since > days[0]:
            season = max(season, 0.35)
        counts = spread(self.random, usual * SCALE * season, weights)
        return [
            self._moment(service, day) for day, count in zip(days, counts, strict=True) for _ in range(count)
        ]

    def _migration_openings(self, quarter: str) -> list[datetime]:
        """Incidents of e-mail that would not have been without the move: most of them in the first weeks."""
        extra = (MIGRATION[quarter][0] - 1) * 48
        if extra <= 0:
            return []
        days = [day for day in _days(quarter) if day >= date(2025, 10, 13)]
        weights = [_weekday(day) / (14 + number) for number, day in enumerate(days)]
        counts = spread(self.random, extra, weights)
        return [
            self._moment("email", day) for day, count in zip(days, counts, strict=True) for _ in range(count)
        ]

    def _moment(self, service: str, day: date) -> datetime:
        if service == "instrument-network" or not CALENDARS["extended-hours"].span(day):
            minute = self.random.randrange(360, 1320)
        else:
            minute = min(1250, max(400, round(self.random.choice((600, 875)) + self.random.gauss(0, 95))))
        return datetime.combine(day, time()) + minute * MINUTE

    def _ticket(self, service: str, opened: datetime, kept: float, kind: str = "") -> Ticket:
        random = self.random
        kind = kind or pick(random, KINDS.get(service, KINDS[""]))
        segment, client = self._customer(service, opened.date())
        simple = 0.75 if kind != "request" else 0.62
        complexity = pick(random, {"simple": simple, "complexe": 0.2, "projet": 0.06 * (kind == "request")})
        ticket = Ticket(
            opened=opened,
            taken=None,
            resolved=None,
            service=service,
            segment=segment,
            client=client,
            priority=self._priority(kind, service),
            kind=kind,
            complexity=complexity,
            channel=self._channel(opened),
            reopened=int(self.quota.draw(0.04 if kept > 0.7 else 0.11, "reopened", kept > 0.7)),
            cause=pick(random, CAUSES) if kind == "incident" else "",
        )
        return self._handled(ticket, kept)

    def _priority(self, kind: str, service: str) -> str:
        weights = dict(PRIORITIES[kind])
        if kind == "incident" and service == "travel-and-purchasing":  # a trip does not wait
            weights = {"p1": 0.06, "p2": 0.84, "p3": 0.1}
        if kind == "incident" and SERVICES[service].promise == "workplace":
            del weights["p1"]
        return pick(self.random, weights)

    def _channel(self, opened: datetime) -> str:
        is_open = CALENDARS["service-desk"].is_open(opened)
        return pick(
            self.random,
            {"portail": 0.42, "e-mail": 0.28, "appel": 0.24 * is_open, "comptoir": 0.06 * is_open},
        )

    def _customer(self, service: str, day: date) -> tuple[str, str]:
        weights: dict[tuple[str, str], float] = {}
        for name, client in CLIENTS.items():
            if client.segment in segments_of(service):
                weights[client.segment, name] = client.people
                if name == DRIFTING and service not in ("virtual-machines", "web-hosting"):
                    weights[client.segment, name] *= between(1.1, 0.55, day)
        if service == "travel-and-purchasing":
            weights["administration", "finance-office"] *= 2.2
        if service == "instrument-network":
            weights = {
                key: people * (3 if key[0] == "experimental-platforms" else 0.15)
                for key, people in weights.items()
            }
        if "visitors" in segments_of(service):
            weights["visitors", ""] = VISITORS * (0.5 if service in ("wifi", "digital-identity") else 0.08)
        return pick(self.random, weights)

    def _complaint(self, service: str, quarter: str, client: str) -> Ticket:
        random = self.random
        days = [day for day in _days(quarter) if CALENDARS["office-hours"].span(day)]
        day = random.choice(
            [day for day in days if quarter != "2025-Q4" or service != "email" or day.month > 10]
        )
        opened = datetime.combine(day, time(9)) + random.randrange(0, 480) * MINUTE
        hours = CALENDARS[PROMISES[SERVICES[service].promise].calendar]
        kept = 0.6 if client else 0.78 if quarter == "2025-Q4" else 0.94
        days_taken = (
            random.randint(1, 5) if self.quota.draw(kept, "complaint", kept) else random.randint(6, 11)
        )
        answered = on_day(random, hours, hours.after_days(day, days_taken))
        customer = (CLIENTS[client].segment, client) if client else self._customer(service, day)
        again = self.quota.draw(0.9 if client else 0.12, "again", bool(client))
        return Ticket(
            opened=opened,
            taken=min(answered, hours.advance(opened, random.randrange(20, 400))),
            resolved=answered,
            service=service,
            segment=customer[0],
            client=customer[1],
            priority=random.choice(("p2", "p3")),
            kind="complaint",
            complexity="complexe" if client else random.choice(("simple", "complexe")),
            channel=random.choice(("e-mail", "e-mail", "portail", "appel")),
            reopened=int(again),
            cause="panne répétée" if client else pick(Random(f"cause {service} {opened}"), COMPLAINED_OF),
        )

    def _handled(self, ticket: Ticket, kept: float) -> Ticket:
        """The ticket with the moments at which it was taken up and resolved, and its pauses."""
        promise = PROMISES.get(SERVICES[ticket.service].promise, PROMISES["assistance"])
        hours = CALENDARS[promise.calendar]
        limit = promise.take_up.get(ticket.priority)
        taken = hours.advance(ticket.opened, self._duration(limit, min(0.97, kept + 0.02), ticket, "tto", 90))
        ticket = self._resolved(ticket, promise, hours, kept)
        assert ticket.resolved is not None
        if ticket.resolved <= taken:
            taken = max(ticket.opened, min(taken, ticket.resolved - 2 * MINUTE))
        if self.quota.draw(0.004 if ticket.opened.date() < date(2026, 8, 1) else 0.02, "forgotten"):
            ticket = replace(ticket, resolved=None, pauses=())
        return replace(ticket, taken=taken)

    def _resolved(self, ticket: Ticket, promise: Promise, hours: Hours, kept: float) -> Ticket:
        is_new = ticket.opened.date() >= NEW_TARGETS
        random = self.random
        days, limit = None, None
        if ticket.kind == "request":
            days = (
                promise.stricter.get("delivery", promise.delivery_days) if is_new else promise.delivery_days
            )
        elif ticket.kind == "incident":
            days = promise.restore_days.get(ticket.priority)
            limit = promise.restore.get(ticket.priority)
            limit = promise.stricter.get(ticket.priority, limit) if is_new and limit else limit
        if days is None:
            usual = 700 if ticket.kind == "incident" else 300
            return self._paused(ticket, hours, self._duration(limit, kept, ticket, "ttr", usual))
        share = (
            kept - 0.05 if is_new and "delivery" in promise.stricter and ticket.kind == "request" else kept
        )
        if self.quota.draw(share, ticket.service, ticket.kind, quarter_of(ticket.opened.date())):
            taken = random.randint(0 if hours.is_open(ticket.opened) and ticket.opened.hour < 17 else 1, days)
        else:
            taken = days + random.choice((1, 1, 1, 2, 2, 3, 5, 8))
        if taken == 0:
            return replace(ticket, resolved=ticket.opened + random.randrange(8, 55) * MINUTE)
        day = hours.after_days(ticket.opened.date(), taken)
        return replace(ticket, resolved=on_day(random, hours, day))

    def _duration(self, limit: int | None, kept: float, ticket: Ticket, what: str, usual: int) -> int:
        """Minutes of work: within `limit` in a share `kept` of cases; without a limit, around `usual`."""
        random = self.random
        if limit is None:
            return min(12 * usual, 4 + round(random.expovariate(1 / usual)))
        if self.quota.draw(kept, what, ticket.service, quarter_of(ticket.opened.date())):
            return max(2, round(limit * random.betavariate(1.3, 2.2) * 0.98))
        return round(limit * (1.08 + min(3.0, random.expovariate(1.4)))) + 1

    def _paused(self, ticket: Ticket, hours: Hours, minutes: int) -> Ticket:
        """Resolved after so many minutes of work; some tickets wait for the customer in between."""
        if minutes < 30 or not self.quota.draw(0.2, "pause"):
            return replace(ticket, resolved=hours.advance(ticket.opened, minutes))
        before = round(minutes * self.random.uniform(0.2, 0.8))
        start = hours.advance(ticket.opened, before)
        end = hours.advance(start, self.random.randrange(60, 1500))
        resolved = hours.advance(end, minutes - before)
        return replace(ticket, resolved=resolved, pauses=((start, end),))


def _days(quarter: str) -> Iterator[date]:
    day = max(FIRST, first_day(quarter))
    while day <= min(LAST, last_day(quarter)):
        yield day
        day += DAY


def _weekday(day: date) -> float:
    """How busy a day is: hardly at weekends and holidays, nearly not at all between the years."""
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2):
        return 0.08
    if not CALENDARS["office-hours"].span(day):
        return 0.04
    return (1.25, 1.1, 1.0, 1.0, 0.8)[day.weekday()]


def on_day(random: Random, hours: Hours, day: date) -> datetime:
    """A moment of work of an open day."""
    span = hours.span(day)
    assert span is not None
    length = int((span[1] - span[0]) / timedelta(minutes=1))
    return span[0] + random.randrange(5, length - 5) * MINUTE
