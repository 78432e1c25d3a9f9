"""The section of client accounts: ledgers or charges of a year in; orders, their mean and how often they come, out."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from comptoir.analysis.accounts import ClientAccount, add_accounts
from comptoir.analysis.balances import BalanceFault, Wrong
from comptoir.analysis.scopes import in_scope
from comptoir.content.loyalty_words import Tongue
from comptoir.content.report.loyalty_parts import (
    analyses_of,
    charts_of,
    client_cell,
    missing_section,
    tongue_of,
)
from comptoir.content.report.parts import MOST_ROWS, first_rows
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.wording import N_

_TOPIC: Final = N_("Comptes des clients")


def accounts(context: ReportContext) -> Section | None:
    """The orders of each client, their mean and how often they come."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    if not analyses.accounts:
        missing = N_(
            "Les comptes des clients (source de rôle ledger), ou ce qui leur est facturé (rôle revenue)."
        )
        return missing_section(context, "accounts", _TOPIC, missing)
    shown = [a for a in analyses.accounts if in_scope(context.catalogue, context.scope, a.analysis.client)]
    if not shown:
        return None
    together = add_accounts(shown)
    finding = tongue.count(
        together.orders,
        "{n} commande sur les douze derniers mois, de {mean}.",
        "{n} commandes sur les douze derniers mois, de {mean} en moyenne.",
        mean="–" if together.mean is None else tongue.money(together.mean, 2),
    )
    faults = tuple(_fault_words(tongue, account, fault) for account in shown for fault in account.faults)
    head: tuple[str, ...] = (
        tongue.say("Client"),
        tongue.say("Commandes"),
        tongue.say("Total"),
        tongue.say("Moyenne"),
        tongue.say("Par mois"),
        tongue.say("Une tous les… jours"),
        tongue.say("Solde"),
    )
    if len(shown) > MOST_ROWS:  # those who order most come first where not all are shown
        shown.sort(key=lambda account: (-account.analysis.total, account.analysis.client))
    caption, listed = first_rows(context, tongue.say(_TOPIC), shown)
    rows: tuple[tuple[TableCell, ...], ...] = tuple(
        _account_row(context, tongue, account) for account in listed
    )
    if not any(account.is_ledger for account in shown):  # nobody's balance is known
        head, rows = head[:-1], tuple(row[:-1] for row in rows)
    table = SectionTable(caption, head, rows)
    return Section(
        "accounts", tongue.say(_TOPIC), (finding, *faults), charts_of(context, "accounts"), (table,)
    )


def _account_row(context: ReportContext, tongue: Tongue, account: ClientAccount) -> tuple[TableCell, ...]:
    found = account.analysis
    often = "–" if found.days_per_order is None else tongue.number(found.days_per_order, 1)
    return (
        client_cell(context, tongue, found.client),
        TableCell(tongue.number(found.orders), numeric=True),
        TableCell(tongue.money(Fraction(found.total), 2), numeric=True),
        TableCell("–" if found.mean is None else tongue.money(found.mean, 2), numeric=True),
        TableCell(tongue.money(found.per_month, 2), numeric=True),
        TableCell(often, numeric=True),
        TableCell(tongue.money(Fraction(found.closing), 2) if account.is_ledger else "–", numeric=True),
    )


def _fault_words(tongue: Tongue, account: ClientAccount, fault: BalanceFault) -> str:
    """A row of a ledger that does not add up, and what proves the right amount, where something does."""
    values = {
        "name": tongue.name("client", account.analysis.client),
        "row": str(fault.row),
        "printed": tongue.money(Fraction(fault.printed), 2),
        "computed": tongue.money(Fraction(fault.computed), 2),
    }
    if fault.wrong is Wrong.AMOUNT and fault.proven is not None:
        pair = N_("Compte de {name}, ligne {row} : le solde imprimé {printed} prouve un montant de {proven}.")
        return tongue.say(pair, **values, proven=tongue.money(Fraction(fault.proven), 2))
    pair = N_(
        "Compte de {name}, ligne {row} : le solde imprimé {printed} ne suit pas ; {computed} est attendu."
    )
    return tongue.say(pair, **values)
