"""Running balances: a statement in; the rows that do not add up, and whether amount or balance is wrong, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from comptoir.analysis.account import AccountEntry, EntryKind, Statement


class Wrong(StrEnum):
    """Which of the two is wrong, as far as the rows after it tell."""

    AMOUNT = "amount"  # they carry on from the printed balance
    BALANCE = "balance"  # they carry on from the balance that the amounts give
    UNDECIDED = (
        "undecided"  # no balance is printed after it, it agrees with neither, or the row before is undecided
    )


@dataclass(frozen=True, slots=True)
class BalanceFault:
    """A row whose printed balance is not the one before it and the amounts since.

    `proven` is the amount that the printed balances need in this row; none unless the amount is what is wrong, the
    row is the only one since the balance before, and the amount would not be negative.
    """

    row: int
    amount: Decimal
    printed: Decimal
    computed: Decimal
    wrong: Wrong
    proven: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What the printed balance has more than the amounts give."""
        return self.printed - self.computed


def check_balances(statement: Statement) -> tuple[BalanceFault, ...]:
    """Every row at which the statement does not add up, in its order.

    computed = last printed balance + amounts since. After a fault the check goes on from the balance that the next
    printed one confirms, so that one slip is one fault; where none does, from the printed one, and both rows are
    undecided if the next does not add up either. Source: docs/methods.md, Accounts.
    """
    return tuple(_check(statement.opening, statement.entries))


def _check(balance: Decimal, entries: Sequence[AccountEntry]) -> Iterator[BalanceFault]:
    since, is_sure = 0, True
    for index, entry in enumerate(entries):
        if entry.balance is None:
            continue
        computed = balance + sum((e.signed for e in entries[since : index + 1]), Decimal(0))
        balance, was_sure, is_sure = entry.balance, is_sure, True
        if computed != entry.balance:
            wrong = _judge(entry.balance, computed, entries[index + 1 :]) if was_sure else Wrong.UNDECIDED
            # The row after an undecided one starts from a doubtful balance, and cannot be judged; the one after it can.
            is_sure = wrong is not Wrong.UNDECIDED or not was_sure
            proven = _prove(entry, computed) if wrong is Wrong.AMOUNT and since == index else None
            yield BalanceFault(entry.row, entry.amount, entry.balance, computed, wrong, proven)
            balance = computed if wrong is Wrong.BALANCE else entry.balance
        since = index + 1


def _judge(printed: Decimal, computed: Decimal, after: Sequence[AccountEntry]) -> Wrong:
    """Asks the next printed balance which of the two it was reached from."""
    moved = Decimal(0)
    for entry in after:
        moved += entry.signed
        if entry.balance is not None:
            start = entry.balance - moved
            if start == printed:
                return Wrong.AMOUNT
            return Wrong.BALANCE if start == computed else Wrong.UNDECIDED
    return Wrong.UNDECIDED


def _prove(entry: AccountEntry, computed: Decimal) -> Decimal | None:
    if entry.balance is None:
        return None
    missing = entry.balance - computed
    proven = entry.amount + (missing if entry.kind is EntryKind.INVOICE else -missing)
    return proven if proven >= 0 else None
