"""Account analysis and running balances: the published case, its row that does not add up, and any other slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.account import AccountEntry, EntryKind, Statement, analyse_account
from comptoir.analysis.balances import BalanceFault, Wrong, check_balances
from tests.analysis.tamax import ENTRIES, SLIP, STATEMENT, YEAR


def with_entry(row: int, **changes: object) -> Statement:
    entries = (replace(e, **changes) if e.row == row else e for e in STATEMENT.entries)  # type: ignore[arg-type]
    return replace(STATEMENT, entries=tuple(entries))


def test_the_published_case() -> None:
    account = analyse_account(STATEMENT)
    assert (account.orders, account.total) == (8, Decimal("3638.46"))
    assert account.mean == Fraction("454.8075") and round(account.mean, 2) == Fraction("454.81")
    assert (account.days, account.last_order) == (84, date(YEAR, 6, 23))
    assert account.days_per_order == Fraction("10.5")  # "about one every ten days"
    assert (account.months, account.per_month) == (3, Fraction("1212.82"))
    assert (account.credited, account.paid) == (Decimal("132.37"), Decimal("5417.43"))
    assert account.closing == Decimal("1805.44")
    assert check_balances(STATEMENT) == ()


def test_the_row_that_does_not_add_up_is_reported_with_the_amount_that_its_balance_proves() -> None:
    printed = with_entry(SLIP, amount=Decimal("219.17"))
    (fault,) = check_balances(printed)
    assert fault == BalanceFault(
        row=SLIP,
        amount=Decimal("219.17"),
        printed=Decimal("3541.39"),
        computed=Decimal("3466.39"),
        wrong=Wrong.AMOUNT,
        proven=Decimal("294.17"),
    )
    assert fault.difference == Decimal("75.00")
    assert analyse_account(printed).closing == Decimal("1730.44")  # what following the misprint would give


def test_a_balance_that_the_next_row_denies_is_what_is_wrong() -> None:
    (fault,) = check_balances(with_entry(SLIP, balance=Decimal("3514.39")))
    assert (fault.row, fault.wrong, fault.proven) == (SLIP, Wrong.BALANCE, None)
    assert fault.computed == Decimal("3541.39")


def test_a_wrong_payment_is_proven_with_its_own_sign() -> None:
    (fault,) = check_balances(with_entry(2, amount=Decimal("1949.85")))
    assert (fault.row, fault.wrong, fault.proven) == (2, Wrong.AMOUNT, Decimal("1949.58"))


def test_nothing_proves_the_last_row() -> None:
    (fault,) = check_balances(with_entry(14, amount=Decimal("200.62")))
    assert (fault.row, fault.wrong, fault.proven) == (14, Wrong.UNDECIDED, None)


def test_a_balance_that_agrees_with_nothing_is_undecided_and_each_slip_is_one_fault() -> None:
    entries = list(ENTRIES)
    entries[3] = replace(entries[3], amount=Decimal("219.17"), balance=Decimal("3000.00"))
    entries[8] = replace(entries[8], amount=Decimal("1"))
    faults = check_balances(replace(STATEMENT, entries=tuple(entries)))
    assert [(f.row, f.wrong) for f in faults] == [
        (5, Wrong.UNDECIDED),
        (6, Wrong.UNDECIDED),
        (10, Wrong.AMOUNT),
    ]


def test_rows_without_a_balance_are_summed_up_to_the_next() -> None:
    """Then the fault is at the row of the balance, and no single amount is proven."""
    entries = [e if e.row in {SLIP, 6, 14} else replace(e, balance=None) for e in ENTRIES]
    assert check_balances(replace(STATEMENT, entries=tuple(entries))) == ()
    entries[1] = replace(entries[1], amount=Decimal("1"))
    (fault,) = check_balances(replace(STATEMENT, entries=tuple(entries)))
    assert (fault.row, fault.wrong, fault.proven) == (SLIP, Wrong.AMOUNT, None)


def test_no_negative_amount_is_proven() -> None:
    day = date(2026, 5, 5)
    rows = (
        AccountEntry(2, day, EntryKind.INVOICE, Decimal(5), Decimal(90)),
        AccountEntry(3, day, EntryKind.PAYMENT, Decimal(10), Decimal(80)),
    )
    (fault,) = check_balances(Statement("c", date(2026, 4, 30), Decimal(100), date(2026, 5, 31), rows))
    assert (fault.wrong, fault.proven) == (Wrong.AMOUNT, None)


def test_an_account_without_orders() -> None:
    account = analyse_account(replace(STATEMENT, entries=()))
    assert (account.orders, account.total, account.per_month) == (0, 0, 0)
    assert (account.mean, account.days, account.days_per_order, account.last_order) == (
        None,
        None,
        None,
        None,
    )
    assert account.closing == Decimal("3716.78")


def test_impossible_statements_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot close"):
        replace(STATEMENT, closed_on=STATEMENT.opened_on)
    with pytest.raises(ValueError, match="row 5: 2010-03-31 is outside"):
        with_entry(SLIP, day=date(YEAR, 3, 31))


money = st.decimals(0, 5000, places=2)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    balance = opening = draw(money)
    entries = []
    for row, kind in enumerate(draw(st.lists(st.sampled_from(EntryKind), max_size=12)), start=2):
        entry = AccountEntry(row, date(2026, 5, row), kind, draw(money))
        balance += entry.signed
        entries.append(replace(entry, balance=balance))
    return Statement("c", date(2026, 4, 30), opening, date(2026, 6, 30), tuple(entries))


@given(statements())
def test_a_true_statement_has_no_fault_and_closes_with_its_last_balance(statement: Statement) -> None:
    account = analyse_account(statement)
    assert check_balances(statement) == ()
    assert account.closing == (statement.entries[-1].balance if statement.entries else statement.opening)
    assert account.closing == statement.opening + account.total - account.credited - account.paid
    if account.mean is not None:
        assert account.mean * account.orders == account.total == account.per_month * account.months


@given(statements(), st.data())
def test_a_misprinted_amount_is_found_at_its_row_and_proven(
    statement: Statement, data: st.DataObject
) -> None:
    if len(statement.entries) < 2:
        return
    index = data.draw(st.integers(0, len(statement.entries) - 2))
    true = statement.entries[index]
    wrong = replace(true, amount=true.amount + data.draw(st.decimals(1, 500, places=2)))
    entries = (*statement.entries[:index], wrong, *statement.entries[index + 1 :])
    (fault,) = check_balances(replace(statement, entries=entries))
    assert (fault.row, fault.wrong, fault.proven) == (true.row, Wrong.AMOUNT, true.amount)
