"""Complaints as lists show them: a followed complaint in; who, what, since when and how it stands as text out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from comptoir.analysis.complaints import AnswerState, Followed
from comptoir.analysis.register import Register
from comptoir.content.edition import Edition
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.catalogue import Catalogue
from comptoir.wording import N_, Language

STATES: Final[Mapping[AnswerState, str]] = MappingProxyType(
    {
        AnswerState.IN_TIME: N_("Répondue à temps"),
        AnswerState.LATE: N_("Répondue en retard"),
        AnswerState.WAITING: N_("En attente"),
        AnswerState.OVERDUE: N_("En retard"),
    }
)


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint of the register. `age` is the working days up to the answer, or so far; `state` chooses the colour."""

    id: str
    title: str
    url: LinkTarget
    client: str
    segment: str
    service: str
    service_url: LinkTarget
    received: str
    iso_received: str
    cause: str
    state: str
    status: str
    age: str
    repeats: str


def complaint_line(at: Edition, row: Followed) -> ComplaintLine:
    """The complaint as lists show it."""
    complaint, catalogue = row.complaint, at.catalogue
    client = catalogue.clients.get(complaint.client)
    segment = catalogue.segments.get(complaint.segment)
    service = catalogue.services.get(complaint.service)
    who = at.text(client.name) if client else at.text(segment.name) if segment else ""
    what = at.text(service.name) if service else ""
    return ComplaintLine(
        id=complaint.id,
        title=" – ".join(part for part in (complaint.id, who, what) if part),
        url=Ref("page", "complaints", anchor_of(row)),
        client=who,
        segment=at.text(segment.name) if segment else "",
        service=what,
        service_url=Ref("service", service.id) if service else "",
        received=at.language.day(complaint.received),
        iso_received=complaint.received.isoformat(),
        cause=cause_name(at.catalogue, at.language, complaint.cause),
        state=row.state.value,
        status=at.language.say(STATES[row.state]),
        age=days_words(at, row.working_days),
        repeats=row.repeats,
    )


def cause_name(catalogue: Catalogue, language: Language, cause: str) -> str:
    """What the settings call a cause; the word of the register where they do not name it."""
    named = (c.name for c in catalogue.loyalty.complaints.causes if c.word == cause)
    name = next(named, None)
    return language.typeset(name.in_language(language.code) if name else cause)


def anchor_of(row: Followed) -> str:
    """The anchor of a complaint in the register: its number, with nothing but letters, digits and hyphens."""
    return "r-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in row.complaint.id)


def days_words(at: Edition, days: int) -> str:
    """'4 jours ouvrés'."""
    words = at.language.ngettext("%(num)s jour ouvré", "%(num)s jours ouvrés", days)
    return words % {"num": at.language.number(days)}


def until_words(at: Edition, register: Register) -> str:
    """Up to which day the register tells."""
    return at.language.gettext("Le registre est connu jusqu'au %(day)s.") % {
        "day": at.language.day(register.on)
    }
