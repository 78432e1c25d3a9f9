"""The metrics of the demonstration: a seed in, the files of indicators/data out, the same bytes every time.

    python -m tests.demonstration.make_metrics [FOLDER]

What the files tell is in indicators/README.md.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from tests.demonstration.agreement import with_agreements
from tests.demonstration.ledger import CLIENT, make_ledger
from tests.demonstration.operations import make_calls, make_outages, utc
from tests.demonstration.relations import make_contacts, make_invoices, make_subscriptions
from tests.demonstration.surveys import make_answers
from tests.demonstration.tickets import Ticket, make_tickets
from tests.demonstration.usage import make_usage
from tests.demonstration.world import CLIENTS, SEGMENTS, SERVICES
from tests.demonstration.writing import french_amount, french_day, french_time, to_csv

SEED: Final = 20260930
DATA: Final = Path(__file__).parents[2] / "indicators" / "data"
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "p1": "Critique",
        "p2": "Haute",
        "p3": "Normale",
        "p4": "Basse",
        "incident": "Incident",
        "request": "Demande",
        "information": "Question",
        "complaint": "Réclamation",
        "simple": "Simple",
        "complexe": "Complexe",
        "projet": "Projet",
        "portail": "Portail",
        "e-mail": "Courriel",
        "appel": "Téléphone",
        "comptoir": "Comptoir",
        "": "",
    }
)
"""Words of the ticketing tool."""
SURVEYED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "researchers": "lab",
        "administration": "adm",
        "doctoral-students": "phd",
        "experimental-platforms": "plat",
        "visitors": "guest",
    }
)
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"recommend": "nps", "relationship": "rel", "satisfaction": "sat", "welcome": "desk"}
)
"""Words of the survey tool."""
TICKET_HEADER: Final = (
    *("Numéro", "Créé le", "Pris en charge le", "Résolu le", "Mis à jour le", "Service", "Public", "Entité"),
    *("Priorité", "Type", "Complexité", "Canal", "Réouvertures", "Cause", "Accord du client"),
)


def make_files() -> dict[str, bytes]:
    """Name → content of each file."""
    numbered = _number(with_agreements(make_tickets(Random(f"{SEED} tickets"))))
    files = {f"tickets-{year}.csv": _tickets(numbered, year) for year in (2024, 2025, 2026)}
    files["pauses.csv"] = _pauses(numbered)
    files["survey.csv"] = _survey()
    files["outages.csv"] = _outages()
    files["calls.csv"] = _calls()
    files["usage.csv"] = _usage()
    files["contacts.csv"] = _contacts()
    files["revenue.csv"] = _revenue()
    files["subscriptions.csv"] = _subscriptions()
    files["accounts.csv"] = _accounts()
    return files


def write_files(folder: Path) -> None:
    """Write the files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in make_files().items():
        (folder / name).write_bytes(content)


def _number(tickets: list[Ticket]) -> list[tuple[str, Ticket]]:
    """Numbers in the order of opening, as the tool gives them."""
    return [(f"T{24001 + number}", ticket) for number, ticket in enumerate(tickets)]


def _tickets(numbered: list[tuple[str, Ticket]], year: int) -> bytes:
    """The export of one year. Those of past years were made in January: what was open then is in two files."""
    made = datetime(year + 1, 1, 6, 6) if year < 2026 else datetime.max
    before = datetime(year, 1, 6, 6)
    rows = []
    for number, ticket in numbered:
        is_late = ticket.opened.year == year - 1 and ticket.updated > before and ticket.resolved is not None
        if ticket.opened.year == year or (
            is_late and ticket.resolved is not None and ticket.resolved > before
        ):
            rows.append(_ticket_row(number, _as_of(ticket, made)))
    return to_csv(TICKET_HEADER, _with_dirt(rows, year), ";", "utf-8-sig")


def _as_of(ticket: Ticket, made: datetime) -> Ticket:
    """What the tool knew when the export was made."""
    taken = ticket.taken if ticket.taken and ticket.taken < made else None
    resolved = ticket.resolved if ticket.resolved and ticket.resolved < made else None
    agreed = ticket.agreed if ticket.agreed and ticket.agreed < made else None
    return replace(ticket, taken=taken, resolved=resolved, agreed=agreed)


def _ticket_row(number: str, ticket: Ticket) -> list[str]:
    service = SERVICES[ticket.service].word
    client = CLIENTS[ticket.client].code if ticket.client else ""
    moments = (ticket.opened, ticket.taken, ticket.resolved, ticket.updated)
    words = (ticket.priority, ticket.kind, ticket.complexity, ticket.channel)
    return [
        number,
        *(french_time(moment) for moment in moments),
        *(service, SEGMENTS[ticket.segment], client),
        *(WORDS[word] for word in words),
        str(ticket.reopened),
        ticket.cause,
        french_time(ticket.agreed),
    ]


def _with_dirt(rows: list[list[str]], year: int) -> list[list[str]]:
    """What no export is without: a service that nobody declared, fields left empty."""
    columns = {name: number for number, name in enumerate(TICKET_HEADER)}
    ordinary = [
        row
        for row in rows
        if row[columns["Créé le"]][6:10] == str(year)
        and row[columns["Résolu le"]]
        and row[columns["Type"]] != "Réclamation"
    ]
    spoilt = Random(f"{SEED} dirt {year}").sample(ordinary, 17)
    for name, value, number in (
        ("Service", "Télécopie", 4),
        ("Entité", "", 9),
        ("Priorité", "", 3),
        ("Créé le", "", 1),
    ):
        for row in spoilt[:number]:
            row[columns[name]] = value
        spoilt = spoilt[number:]
    return rows


def _pauses(numbered: list[tuple[str, Ticket]]) -> bytes:
    rows = [
        (number, french_time(start), french_time(end))
        for number, ticket in numbered
        for start, end in ticket.pauses
    ]
    return to_csv(("Numéro", "Début", "Fin"), rows, ";", "utf-8-sig")


def _survey() -> bytes:
    header = ("answered_on", "respondent", "segment", "client", "question", "service", "score")
    rows = []
    for answer in make_answers(Random(f"{SEED} survey")):
        person = answer.respondent
        score = "sans objet" if answer.score is None else answer.score
        client = CLIENTS[person.client].code if person.client else ""
        who = (person.day.isoformat(), person.name, SURVEYED[person.segment], client)
        rows.append((*who, QUESTIONS[answer.question], answer.service, score))
    return to_csv(header, rows)


def _outages() -> bytes:
    header = ("service", "start", "end", "planned", "blind", "ours", "cause")
    rows = [
        (
            *(outage.service, utc(outage.start), utc(outage.end)),
            *(
                "yes" if flag else "no"
                for flag in (outage.kind == "planned", outage.kind == "blind", outage.ours)
            ),
            outage.cause,
        )
        for outage in make_outages(Random(f"{SEED} outages"))
    ]
    return to_csv(header, rows)


def _calls() -> bytes:
    header = (
        *("Jour", "Reçus", "Décrochés", "Abandonnés", "Perdus", "Décrochés à temps", "Réglés"),
        *("Attente moyenne (s)", "Traitement (s)", "Coût (€)", "Prévus"),
    )
    rows = [
        (
            french_day(day.day),
            *(day.received, day.answered, day.abandoned, day.lost, day.in_time, day.settled),
            *(str(day.wait).replace(".", ","), day.handling),
            *(french_amount(412 if day.day < date(2026, 1, 1) else 425), 45),
        )
        for day in make_calls(Random(f"{SEED} calls"))
    ]
    return to_csv(header, rows, ";", "utf-8-sig")


def _usage() -> bytes:
    header = ("month", "service", "segment", "client", "users", "eligible", "volume")
    rows = [
        (use.month.isoformat(), use.service, use.segment, use.client, use.users, use.eligible, use.volume)
        for use in make_usage(Random(f"{SEED} usage"))
    ]
    return to_csv(header, rows)


def _contacts() -> bytes:
    """From the tool of the relations managers, which writes Windows-1252."""
    rows = [
        (french_day(contact.day), CLIENTS[contact.client].code, contact.kind, contact.project)
        for contact in make_contacts(Random(f"{SEED} contacts"))
    ]
    return to_csv(("Date", "Entité", "Nature", "Projet"), rows, ";", "cp1252")


def _revenue() -> bytes:
    rows = [
        (
            *(french_day(invoice.day), CLIENTS[invoice.client].code, invoice.service),
            *(french_amount(invoice.amount), french_amount(invoice.volume)),
        )
        for invoice in make_invoices(Random(f"{SEED} revenue"))
    ]
    return to_csv(("Date", "Entité", "Service", "Montant", "Volume"), rows, ";", "utf-8-sig")


def _accounts() -> bytes:
    """From the accounts office of the one client that keeps a ledger."""
    rows = [
        (
            *(CLIENTS[CLIENT].code, french_day(entry.day), entry.kind),
            *(french_amount(entry.amount / 100), french_amount(entry.balance / 100)),
        )
        for entry in make_ledger(Random(f"{SEED} ledger"), make_invoices(Random(f"{SEED} revenue")))
    ]
    return to_csv(("Entité", "Date", "Nature", "Montant", "Solde"), rows, ";", "utf-8-sig")


def _subscriptions() -> bytes:
    answers = {True: "oui", False: "non", None: ""}
    rows = [
        (
            *(CLIENTS[term.client].code, term.service, french_day(term.start), french_day(term.end)),
            answers[term.renewed],
        )
        for term in make_subscriptions(Random(f"{SEED} subscriptions"))
    ]
    return to_csv(("Entité", "Service", "Début", "Fin", "Renouvelé"), rows, ";", "utf-8-sig")


if __name__ == "__main__":
    write_files(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
