"""The account of one client of the demonstration: its invoices in; the ledger that the accounts office would send, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.demonstration.clock import CALENDARS
from tests.demonstration.relations import Invoice
from tests.demonstration.world import FIRST, LAST, quarter_of

CLIENT: Final = "fleet"
"""The one client whose accounts office keeps a ledger of its own."""
OPENING: Final = 118_000
QUARTER: Final = timedelta(days=90)
CREDIT_NOTES: Final = ((date(2026, 1, 22), 15_000),)
"""Cents: what was owed before, and a volume counted twice in the last quarter of 2025."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the account, in cents, with the balance that is printed after it."""

    day: date
    kind: str  # the words of the accounts office
    amount: int
    balance: int


def make_ledger(random: Random, invoices: Iterable[Invoice]) -> list[LedgerEntry]:
    """The account from before the first quarter: each invoice, and the payment of each quarter some weeks later."""
    mine = sorted((one for one in invoices if one.client == CLIENT), key=lambda one: (one.day, one.service))
    moves = [(one.day, "Facture", round(100 * one.amount)) for one in mine]
    moves += [(day, "Avoir", amount) for day, amount in CREDIT_NOTES]
    moves += list(_payments(random, moves))
    entries, balance = [LedgerEntry(FIRST - timedelta(days=1), "Report", OPENING, OPENING)], OPENING
    for day, kind, amount in sorted(moves, key=lambda move: move[0]):
        balance += amount if kind == "Facture" else -amount
        entries.append(LedgerEntry(day, kind, amount, balance))
    return entries


def _payments(random: Random, moves: list[tuple[date, str, int]]) -> Iterator[tuple[date, str, int]]:
    """What was owed is paid first; then each quarter, less its credit note, in the middle of the next one."""
    yield FIRST + timedelta(days=20), "Règlement", OPENING
    owed: dict[str, int] = {}
    ends: dict[str, date] = {}
    for day, kind, amount in moves:
        if kind == "Facture":
            ends[quarter_of(day)] = day
            owed[quarter_of(day)] = owed.get(quarter_of(day), 0) + amount
        else:
            owed[quarter_of(day - QUARTER)] -= amount
    for quarter, amount in owed.items():
        day = ends[quarter] + timedelta(days=random.randrange(38, 52))
        while not CALENDARS["office-hours"].span(day):
            day += timedelta(days=1)
        if day <= LAST:
            yield day, "Règlement", amount
