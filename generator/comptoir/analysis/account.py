"""Account analysis: a client's statement in; its orders, their mean and frequency, and its closing balance, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from comptoir.periods import Month, periods_between


class EntryKind(StrEnum):
    """What a line of a statement is."""

    INVOICE = "invoice"  # an order: adds to what is owed
    CREDIT_NOTE = "credit-note"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A line of a statement: its row in the file, its day, its amount without sign, the balance printed after it."""

    row: int
    day: date
    kind: EntryKind
    amount: Decimal
    balance: Decimal | None = None

    @property
    def signed(self) -> Decimal:
        """What it adds to the balance: an invoice its amount, a credit note or a payment as much less."""
        return self.amount if self.kind is EntryKind.INVOICE else -self.amount


@dataclass(frozen=True, slots=True)
class Statement:
    """A client's account from its opening balance, at the end of `opened_on`, to the end of `closed_on`.

    Entries in the order they are printed. Raises ValueError when `closed_on` is not after `opened_on`, or an
    entry's day not between.
    """

    client: str
    opened_on: date
    opening: Decimal
    closed_on: date
    entries: tuple[AccountEntry, ...]

    def __post_init__(self) -> None:
        if self.closed_on <= self.opened_on:
            raise ValueError(f"a statement of {self.opened_on} cannot close on {self.closed_on}")
        for entry in self.entries:
            if not self.opened_on < entry.day <= self.closed_on:
                raise ValueError(f"row {entry.row}: {entry.day} is outside the statement")


@dataclass(frozen=True, slots=True)
class AccountAnalysis:
    """What a statement tells: amounts exact, means as fractions; none where there is no order.

    `days` from the opening to the last order, `days_per_order` that divided by the orders; `months` of the calendar
    that the statement touches, `per_month` the total divided by them. Credit notes and payments are summed apart:
    they are no orders.
    """

    client: str
    orders: int
    total: Decimal
    credited: Decimal
    paid: Decimal
    closing: Decimal
    months: int
    per_month: Fraction
    mean: Fraction | None
    last_order: date | None
    days: int | None
    days_per_order: Fraction | None


def analyse_account(statement: Statement) -> AccountAnalysis:
    """Orders, total, mean, frequency and closing balance of a statement.

    orders = invoices; mean = total ∕ orders; frequency = one order every (last order − opening) ∕ orders days; a
    month = total ∕ months touched; closing = opening + invoices − credit notes − payments. Source: docs/methods.md,
    Accounts; decision 0006.
    """
    sums = {
        kind: sum((e.amount for e in statement.entries if e.kind is kind), Decimal(0)) for kind in EntryKind
    }
    days_of_orders = [e.day for e in statement.entries if e.kind is EntryKind.INVOICE]
    orders, total = len(days_of_orders), sums[EntryKind.INVOICE]
    last = max(days_of_orders, default=None)
    days = (last - statement.opened_on).days if last else None
    first_day = date.fromordinal(statement.opened_on.toordinal() + 1)
    months = len(periods_between(Month.containing(first_day), Month.containing(statement.closed_on)))
    return AccountAnalysis(
        client=statement.client,
        orders=orders,
        total=total,
        credited=sums[EntryKind.CREDIT_NOTE],
        paid=sums[EntryKind.PAYMENT],
        closing=statement.opening + sum((e.signed for e in statement.entries), Decimal(0)),
        months=months,
        per_month=Fraction(total) / months,
        mean=Fraction(total) / orders if orders else None,
        last_order=last,
        days=days,
        days_per_order=Fraction(days, orders) if days is not None else None,
    )
