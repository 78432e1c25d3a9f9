"""Accounts from rows: a ledger goes before charges, and is followed from where it begins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from comptoir.analysis.accounts import accounts_of
from comptoir.measure.observations import LedgerRow, Observations, RevenueDay
from comptoir.periods import Quarter

Q3 = Quarter(2026, 3)


def entry(
    line: int, day: date, kind: str, amount: str, balance: str | None = None, client: str = "a"
) -> LedgerRow:
    printed = None if balance is None else Decimal(balance)
    return LedgerRow("accounts", "accounts.csv", line, client, day, kind, Decimal(amount), printed)


def test_a_ledger_goes_before_charges() -> None:
    observations = Observations(
        revenue=(
            RevenueDay("a", date(2026, 7, 2), "", "", Decimal(999), None, 1),
            RevenueDay("b", date(2026, 7, 2), "", "", Decimal(30), None, 3),
            RevenueDay("b", date(2026, 8, 2), "", "", Decimal(-5), None, 0),
        ),
        ledger=(
            entry(2, date(2026, 6, 30), "opening", "5", "5"),
            entry(3, date(2026, 7, 9), "invoice", "2", "7"),
        ),
    )
    first, second = accounts_of(observations, Q3)
    assert (first.analysis.client, first.is_ledger, first.analysis.orders) == ("a", True, 1)
    assert first.opened_on == date(2026, 6, 30)
    assert (first.analysis.closing, first.analysis.days) == (Decimal(7), 9)
    assert (second.analysis.client, second.is_ledger) == ("b", False)
    assert (second.analysis.orders, second.analysis.total, second.analysis.credited) == (3, 30, 5)
    assert second.analysis.mean == 10
    assert second.analysis.per_month == Fraction(30, 12)


def test_an_older_ledger_is_followed_over_a_year_from_its_balance() -> None:
    rows = (
        entry(2, date(2024, 1, 1), "opening", "100"),
        entry(3, date(2024, 2, 1), "invoice", "50"),
        entry(4, date(2024, 3, 1), "payment", "30", "120"),
        entry(5, date(2025, 9, 30), "credit-note", "20"),
        entry(6, date(2025, 10, 1), "invoice", "10", "110"),
        entry(7, date(2026, 10, 1), "invoice", "999", "1109"),
        entry(8, date(2025, 11, 1), "gift", "999"),
    )
    (account,) = accounts_of(Observations(ledger=rows), Q3)
    assert account.opened_on == date(2025, 9, 30)
    assert (account.analysis.orders, account.analysis.closing) == (1, Decimal(110))
    assert account.faults == ()


def test_an_account_that_moves_on_its_first_day_begins_the_day_before() -> None:
    rows = (
        entry(2, date(2026, 7, 1), "opening", "5", "5"),
        entry(3, date(2026, 7, 1), "invoice", "2", "9"),
        entry(4, date(2026, 8, 1), "invoice", "1", "10"),
    )
    (account,) = accounts_of(Observations(ledger=rows), Q3)
    assert account.opened_on == date(2026, 6, 30)
    assert [fault.row for fault in account.faults] == [3]


def test_an_account_of_nobody_and_one_that_comes_later_are_no_accounts() -> None:
    rows = (entry(2, date(2026, 7, 1), "invoice", "5", client=""), entry(3, date(2027, 1, 1), "invoice", "5"))
    assert accounts_of(Observations(ledger=rows), Q3) == ()
