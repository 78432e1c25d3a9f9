"""Accounts: ledgers, or what was charged where there are none, in; the account of each client over a year out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from comptoir.analysis.account import AccountAnalysis, AccountEntry, EntryKind, Statement, analyse_account
from comptoir.analysis.balances import BalanceFault, check_balances
from comptoir.measure.observations import LedgerRow, Observations, RevenueDay
from comptoir.periods import Period

QUARTERS: Final = 4
OPENING: Final = "opening"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClientAccount:
    """A client's account, the rows that do not add up and the statement that both were read from.

    `is_ledger` when its balances are printed, not made here.
    """

    analysis: AccountAnalysis
    faults: tuple[BalanceFault, ...]
    is_ledger: bool
    opened_on: date
    statement: Statement


@dataclass(frozen=True, slots=True)
class AccountsTogether:
    """The orders of several accounts, what they add up to, and their mean; none without orders."""

    orders: int
    total: Decimal
    mean: Fraction | None


def add_accounts(accounts: Iterable[ClientAccount]) -> AccountsTogether:
    """The orders of all of them: totals are added up and divided once, means are never averaged."""
    analyses = [account.analysis for account in accounts]
    orders = sum(found.orders for found in analyses)
    total = sum((found.total for found in analyses), Decimal(0))
    return AccountsTogether(orders, total, Fraction(total) / orders if orders else None)


def accounts_of(observations: Observations, quarter: Period) -> tuple[ClientAccount, ...]:
    """The account of each client over the four quarters up to `quarter`, by client; a ledger goes before charges.

    A ledger that begins later is followed from its opening, at the end of that day. Charges of a day and service are
    one invoice each; credit notes are kept apart.
    """
    first, last = quarter.shift(1 - quarter.as_many(QUARTERS)).first_day, quarter.last_day
    found = {account.analysis.client: account for account in _from_charges(observations.revenue, first, last)}
    found |= {account.analysis.client: account for account in _from_ledgers(observations.ledger, first, last)}
    return tuple(account for _, account in sorted(found.items()))


def _from_ledgers(rows: Iterable[LedgerRow], first: date, last: date) -> Iterator[ClientAccount]:
    named = sorted((row for row in rows if row.client and row.day <= last), key=lambda row: row.client)
    for client, group in groupby(named, key=lambda row: row.client):
        mine = sorted(
            group, key=lambda row: row.day
        )  # stable: entries of a day stay in the order of the file
        opened_on = max(first - _DAY, _begins(mine))
        before = [row for row in mine if row.day <= opened_on]
        entries = tuple(
            AccountEntry(row.line, row.day, EntryKind(row.kind), row.amount, row.balance)
            for row in mine
            if row.day > opened_on and row.kind in {kind.value for kind in EntryKind}
        )
        statement = Statement(client, opened_on, _balance(before), last, entries)
        yield ClientAccount(analyse_account(statement), check_balances(statement), True, opened_on, statement)


def _begins(rows: list[LedgerRow]) -> date:
    """The day at the end of which an account begins: that of its opening, unless it moves on that day already."""
    first = rows[0]
    alone = first.kind == OPENING and all(row.day > first.day or row.kind == OPENING for row in rows)
    return first.day if alone else first.day - _DAY


def _balance(rows: list[LedgerRow]) -> Decimal:
    """The balance after these entries: the one printed last, and what was added since."""
    balance = Decimal(0)
    for row in rows:
        if row.kind == OPENING:
            balance = row.amount
        elif row.balance is not None:
            balance = row.balance
        else:
            balance += row.amount if row.kind == EntryKind.INVOICE else -row.amount
    return balance


def _from_charges(rows: Iterable[RevenueDay], first: date, last: date) -> Iterator[ClientAccount]:
    counted = [row for row in rows if first <= row.day <= last and row.amount]
    for client, group in groupby(counted, key=lambda row: row.client):
        entries = tuple(
            entry
            for number, row in enumerate(sorted(group, key=lambda row: row.day), 1)
            for entry in _invoices(number, row)
        )
        statement = Statement(client, first - _DAY, Decimal(0), last, entries)
        yield ClientAccount(analyse_account(statement), (), False, first - _DAY, statement)


def _invoices(number: int, row: RevenueDay) -> Iterator[AccountEntry]:
    """A day's charges as entries: as many invoices as there were orders, the first with what they add up to."""
    kind = EntryKind.INVOICE if row.amount > 0 else EntryKind.CREDIT_NOTE
    yield AccountEntry(number, row.day, kind, abs(row.amount))
    for _ in range(row.orders - 1):
        yield AccountEntry(number, row.day, EntryKind.INVOICE, Decimal(0))
