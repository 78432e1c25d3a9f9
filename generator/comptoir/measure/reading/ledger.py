"""Ledgers: the rows of a ledger in, the rows where the running balance does not add up out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from comptoir.measure.reading.keeping import Keeper
from comptoir.measure.reading.loading import MAX_PROBLEMS
from comptoir.measure.sql.engine import quote
from comptoir.model.roles import Role
from comptoir.problems import Problem, suggest

RULE: Final = "data-balance"
RULE_KIND: Final = "data-ledger"
SIGNS: Final = {"opening": 1, "invoice": 1, "credit-note": -1, "payment": -1}


def check_ledger(keeper: Keeper) -> Iterator[Problem]:
    """Problems of a ledger: unknown kinds of entry, negative amounts, and balances that do not follow.

    The entries of a client are taken in the order of the file. Each balance is compared with the printed balance
    before it, so that one slip is one problem; entries without a balance are added up until the next one that has it.
    An opening begins an account; a later one repeats the balance and adds nothing.
    """
    if keeper.source.role is not Role.LEDGER:
        return
    problems = (*_check_entries(keeper), *_check_balances(keeper))
    yield from problems[:MAX_PROBLEMS]
    if len(problems) > MAX_PROBLEMS:
        message = f"{len(problems) - MAX_PROBLEMS} more problems in this ledger are not listed"
        yield Problem(keeper.source.locate("files"), RULE, message)


def _check_entries(keeper: Keeper) -> Iterator[Problem]:
    known = ", ".join(f"'{kind}'" for kind in SIGNS)
    found = keeper.connection.execute(
        f"SELECT _file, _line, kind, amount FROM {keeper.table} WHERE kind NOT IN ({known}) OR amount < 0 "
        "ORDER BY _file, _line"
    ).fetchall()
    for file, line, kind, amount in found:
        where = keeper.locate(file, line)
        if kind not in SIGNS:
            yield Problem(where, RULE_KIND, f"kind: '{kind}' is no kind of entry", suggest(kind, SIGNS))
        if amount < 0:
            message = f"amount: {_show(amount)} is negative; the kind of entry says whether it is added"
            yield Problem(where, RULE_KIND, message)


def _check_balances(keeper: Keeper) -> Iterator[Problem]:
    if "balance" not in keeper.source.columns:
        return
    client = quote("client") if "client" in keeper.source.columns else "''"
    cursor = keeper.connection.execute(
        f"SELECT {client}, kind, amount, balance, _file, _line FROM {keeper.table} ORDER BY _file, _line"
    )
    accounts: dict[str, Decimal | None] = {}
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            problem = _follow(accounts, row, keeper)
            if problem is not None:
                yield problem


def _follow(accounts: dict[str, Decimal | None], row: tuple[Any, ...], keeper: Keeper) -> Problem | None:
    """Carry the account of a row on, and say when its balance does not follow from the one before."""
    client, kind, amount, balance, file, line = row
    is_first = client not in accounts
    before = accounts.get(client)
    if is_first:
        expected = amount if kind == "opening" else None
    elif before is None or kind not in SIGNS:
        expected = None
    else:
        expected = before if kind == "opening" else before + SIGNS[kind] * amount
    if balance is None and kind == "opening" and not is_first:
        balance = amount
    accounts[client] = expected if balance is None else balance
    if balance is None or expected is None or balance == expected:
        return None
    message = f"the balance {_show(balance)} does not follow: {_show(expected)} is expected"
    return Problem(keeper.locate(file, line), RULE, message, _hint(before, kind, amount, balance))


def _hint(before: Decimal | None, kind: str, amount: Decimal, balance: Decimal) -> str:
    if before is None or kind == "opening":
        return ""
    sign = "+" if SIGNS[kind] > 0 else "-"
    right = (balance - before) * SIGNS[kind]
    hint = f"{_show(before)} {sign} {_show(amount)} before it"
    return f"{hint}; an amount of {_show(right)} would add up" if right >= 0 else hint


def _show(number: Decimal) -> str:
    """A number with two decimals at least."""
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    return f"{plain:f}" if isinstance(exponent, int) and exponent < -2 else f"{number:.2f}"
