"""Explanations of who stays and of how clients order: retention by quarter and cohort, and the accounts of clients."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate
from typing import Final

from comptoir.analysis.accounts import QUARTERS, ClientAccount, add_accounts
from comptoir.analysis.orders import orders_of
from comptoir.analysis.retention import Movement
from comptoir.explain.material import Material, Told, nothing, setting
from comptoir.explain.types import Column, Explanation, Step, ValueTable, ValueUnit
from comptoir.measure.role_rows import RowsAsked
from comptoir.model.roles import Role
from comptoir.model.terms import FollowedBy, Weight

RETENTION: Final = "Who stays and who leaves, from quarter to quarter and by cohort"
ACCOUNTS: Final = "Accounts: the orders of each client, their mean and how often they come"


def explain_retention(material: Material) -> Told:
    """Who was there in the quarter and in the one before, and what became of each cohort."""
    analyses, movement = material.analyses, material.analyses.movement
    if movement is None:
        return nothing(
            "retention", RETENTION, material, "two quarters of subscriptions, charges or use are needed"
        )
    if material.scope.service and analyses.settings.retention.follow is FollowedBy.CLIENTS:
        missing = "clients are followed, not their subscriptions (retention.follow): leave --service out"
        return nothing("retention", RETENTION, material, missing)
    before = movement.retention.denominator
    tables = [_moves(material, movement)]
    if _is_narrow(material):
        tables += [_presence(material), *_seen(material)]
    else:
        tables.append(_cohorts(material))
    explanation = Explanation(
        name="retention",
        title=RETENTION,
        formula=(
            "retention = kept ÷ those of the quarter before; attrition = lost ÷ those of the quarter before",
            "a cohort are those first seen in a quarter; its share after k quarters = those of it who are there then ÷ all of it",
            "a client is there in a quarter in which it is charged, uses a service or has a subscription"
            if analyses.settings.retention.follow is FollowedBy.CLIENTS
            else "a subscription 'client/service' is there when it is in force on the last day of the quarter",
        ),
        source="docs/guides/loyalty.md, Who stays and who leaves",
        quarter=material.quarter,
        scope=material.scope,
        settings=(setting(material, "retention", "follow", value=analyses.settings.retention.follow.value),),
        steps=(
            Step(f"there in {material.quarter.previous}", before, how="kept + lost"),
            Step("kept", len(movement.kept)),
            Step("lost", len(movement.lost)),
            Step("new", len(movement.new), how="never seen before"),
            Step("returned", len(movement.returned), how="seen before, not in the quarter before"),
            Step(
                "retention", movement.retention.value, ValueUnit.SHARE, "kept ÷ those of the quarter before"
            ),
            Step(
                "attrition", movement.attrition.value, ValueUnit.SHARE, "lost ÷ those of the quarter before"
            ),
        ),
        tables=tuple(tables),
    )
    needs: tuple[RowsAsked, ...] = (
        RowsAsked(Role.SUBSCRIPTIONS, needs=("client", "service"), clients=material.clients),
    )
    if analyses.settings.retention.follow is FollowedBy.CLIENTS:
        last, clients = material.quarter.last_day, material.clients
        needs += tuple(RowsAsked(role, None, last, clients=clients) for role in (Role.REVENUE, Role.USAGE))
    return Told(explanation, needs)


def explain_accounts(material: Material) -> Told:
    """Orders, mean and frequency of each client; of the clients that are asked for, every entry too."""
    shown = [a for a in material.analyses.accounts if material.speaks_of(a.analysis.client)]
    if not shown:
        return nothing("accounts", ACCOUNTS, material, "no source of the role ledger or revenue tells of it")
    together = add_accounts(shown)
    tables = [_accounts(shown), *(_faults(account) for account in shown if account.faults)]
    if material.clients is not None:
        tables += [_entries(account) for account in shown]
    explanation = Explanation(
        name="accounts",
        title=ACCOUNTS,
        formula=(
            f"over the {QUARTERS} quarters up to this one, from the opening of a ledger that begins later; an order is an "
            "invoice, before credit notes; a client without a ledger has what it was charged of a service on a day",
            "mean = total ÷ orders; a month = total ÷ months that the statement touches; one order every "
            "(last order − opening day) ÷ orders days",
            "closing = opening + invoices − credit notes − payments",
        ),
        source="docs/guides/loyalty.md, Accounts; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        steps=(
            Step("orders", together.orders, how="of these clients together"),
            Step("total", together.total, ValueUnit.MONEY, "of these clients together"),
            Step("mean", together.mean, ValueUnit.MONEY, "total ÷ orders"),
        ),
        tables=tuple(tables),
    )
    first = material.quarter.shift(1 - material.quarter.as_many(QUARTERS)).first_day
    last, clients = material.quarter.last_day, material.clients
    kinds = {account.is_ledger for account in shown}
    ledger = (RowsAsked(Role.LEDGER, None, last, clients=clients),) if True in kinds else ()
    charges = (RowsAsked(Role.REVENUE, first, last, clients=clients),) if False in kinds else ()
    return Told(explanation, (*ledger, *charges))


def _is_narrow(material: Material) -> bool:
    return bool(material.scope.client or material.scope.segment or material.scope.service)


def _is_followed(material: Material, name: str) -> bool:
    """True for a client, or a 'client/service', that is asked for."""
    client, _, service = name.partition("/")
    return material.speaks_of(client) and material.scope.service in ("", service)


def _moves(material: Material, movement: Movement) -> ValueTable:
    states = (
        ("kept", movement.kept, "yes", "yes"),
        ("lost", movement.lost, "yes", "no"),
        ("new", movement.new, "no", "yes"),
        ("returned", movement.returned, "no", "yes"),
    )
    rows = sorted(
        (name, before, now, state)
        for state, names, before, now in states
        for name in names
        if _is_followed(material, name)
    )
    columns = (
        Column("who"),
        Column(f"in {material.quarter.previous}"),
        Column(f"in {material.quarter}"),
        Column("state"),
    )
    return ValueTable("Who was there", columns, tuple(rows))


def _cohorts(material: Material) -> ValueTable:
    columns = (
        Column("cohort"),
        Column("members", ValueUnit.COUNT),
        Column("after quarters", ValueUnit.COUNT),
        Column("quarter"),
        Column("there", ValueUnit.COUNT),
        Column("share", ValueUnit.SHARE, "there ÷ members"),
    )
    rows = tuple(
        (
            f"{cohort.quarter} and before" if cohort.is_first else str(cohort.quarter),
            len(cohort.clients),
            stage.age,
            str(stage.quarter),
            stage.retention.numerator,
            stage.retention.value,
        )
        for cohort in material.analyses.cohorts
        for stage in cohort.stages
    )
    return ValueTable("Cohorts", columns, rows)


def _presence(material: Material) -> ValueTable:
    rows = tuple(
        (str(quarter), ", ".join(sorted(name for name in names if _is_followed(material, name))) or "–")
        for quarter, names in sorted(material.analyses.presence.items())
    )
    return ValueTable("Quarter by quarter", (Column("quarter"), Column("there")), rows)


def _seen(material: Material) -> Iterator[ValueTable]:
    """The subscriptions that say so and, where clients are followed, in how many charges and counts they were seen."""
    terms = tuple(
        (row.client, row.service, row.start, row.end)
        for row in material.observations.subscriptions
        if _is_followed(material, f"{row.client}/{row.service}")
    )
    head = (Column("client"), Column("service"), Column("start", ValueUnit.DAY), Column("end", ValueUnit.DAY))
    yield ValueTable("Subscriptions", head, terms)
    if material.catalogue.loyalty.retention.follow is not FollowedBy.CLIENTS:
        return
    found: dict[tuple[str, str], list[int]] = {}
    for place, weight in enumerate((Weight.REVENUE, Weight.USERS)):
        for order in orders_of(material.observations, weight):
            quarter = material.quarter.around(order.day)
            if order.amount > 0 and quarter <= material.quarter and material.speaks_of(order.client):
                found.setdefault((order.client, str(quarter)), [0, 0])[place] += 1
    head = (
        Column("client"),
        Column("quarter"),
        Column("charges", ValueUnit.COUNT),
        Column("uses", ValueUnit.COUNT),
    )
    yield ValueTable(
        "Charges and uses", head, tuple((*key, *counts) for key, counts in sorted(found.items()))
    )


def _accounts(accounts: list[ClientAccount]) -> ValueTable:
    columns = (
        Column("client"),
        Column("from"),
        Column("opened", ValueUnit.DAY, "at the end of that day"),
        Column("orders", ValueUnit.COUNT),
        Column("total", ValueUnit.MONEY),
        Column("mean", ValueUnit.MONEY, "total ÷ orders"),
        Column("months", ValueUnit.COUNT),
        Column("a month", ValueUnit.MONEY, "total ÷ months"),
        Column("last order", ValueUnit.DAY),
        Column("days", ValueUnit.COUNT, "last order − opened"),
        Column("one every", ValueUnit.NUMBER, "days ÷ orders"),
        Column("credited", ValueUnit.MONEY),
        Column("paid", ValueUnit.MONEY),
        Column("opening", ValueUnit.MONEY),
        Column("closing", ValueUnit.MONEY, "opening + total − credited − paid"),
    )
    rows = tuple(
        (
            found.client,
            "ledger" if account.is_ledger else "charges",
            account.opened_on,
            found.orders,
            found.total,
            found.mean,
            found.months,
            found.per_month,
            found.last_order,
            found.days,
            found.days_per_order,
            found.credited,
            found.paid,
            account.statement.opening,
            found.closing,
        )
        for account in accounts
        for found in (account.analysis,)
    )
    return ValueTable("Clients", columns, rows)


def _entries(account: ClientAccount) -> ValueTable:
    entries = account.statement.entries
    running = accumulate((entry.signed for entry in entries), initial=account.statement.opening)
    next(running)
    columns = (
        Column("line" if account.is_ledger else "no.", ValueUnit.COUNT),
        Column("day", ValueUnit.DAY),
        Column("kind"),
        Column("amount", ValueUnit.MONEY),
        Column("balance", ValueUnit.MONEY, "of the line before, + an invoice, − a credit note or payment"),
        Column("printed", ValueUnit.MONEY),
    )
    rows = tuple(
        (entry.row, entry.day, entry.kind.value, entry.amount, Fraction(balance), entry.balance)
        for entry, balance in zip(entries, running, strict=True)
    )
    return ValueTable(f"{account.analysis.client}, entry by entry", columns, rows)


def _faults(account: ClientAccount) -> ValueTable:
    columns = (
        Column("line", ValueUnit.COUNT),
        Column("amount", ValueUnit.MONEY),
        Column("printed", ValueUnit.MONEY),
        Column("computed", ValueUnit.MONEY),
        Column("wrong"),
        Column("proven amount", ValueUnit.MONEY),
    )
    rows = tuple(
        (fault.row, fault.amount, fault.printed, fault.computed, fault.wrong.value, fault.proven)
        for fault in account.faults
    )
    return ValueTable(f"{account.analysis.client}, lines that do not add up", columns, rows)
