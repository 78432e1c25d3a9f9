"""What customers say of answers to their complaints: tickets in; the same, with when they agreed that it was settled, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Final

from tests.demonstration.clock import CALENDARS
from tests.demonstration.tickets import EXPORTED, Ticket, on_day

REMINDED: Final = datetime(2026, 7, 10, 10, 51)
"""When the complaint was opened whose customer is reminded that an answer is waited for (segments/answers.yaml)."""
SHARE: Final = 0.93


def with_agreements(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Complaints are agreed to within three days of their answer, by nearly all who did not come back to them."""
    return [replace(ticket, agreed=_agreed(ticket)) for ticket in tickets]


def _agreed(ticket: Ticket) -> datetime | None:
    random = Random(f"agreed {ticket.service} {ticket.opened}")
    if ticket.kind != "complaint" or ticket.resolved is None or ticket.reopened:
        return None
    if ticket.opened == REMINDED or random.random() > SHARE:
        return None
    hours = CALENDARS["office-hours"]
    agreed = on_day(random, hours, hours.after_days(ticket.resolved.date(), random.randint(1, 3)))
    return agreed if agreed <= EXPORTED else None
