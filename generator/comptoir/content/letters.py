"""Letters to who complains: a followed complaint, its answer and a template in; the parts of the letter, and its text, out.

The template of a letter is site_templates/letters/KIND.LANGUAGE.txt.j2: paragraphs parted by empty lines, the first one
being the subject. A project may hold its own at the same path. No page of the site holds a letter.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from comptoir.analysis.complaints import Complaint, Followed
from comptoir.analysis.register import Register
from comptoir.content.labels import label
from comptoir.measure.working_days import end_after_working_days, working_days_between
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.complaints import Answer
from comptoir.model.organisation import Contact
from comptoir.model.terms import Civility
from comptoir.problems import Location
from comptoir.resources import templates_folder
from comptoir.templates import PageError, template_environment, write_page
from comptoir.wording import N_, NP_, Language
from comptoir.wording import language as speak

WIDTH: Final = 76
"""Columns of a letter as text."""

_NEUTRAL: Final[str] = N_("Madame, Monsieur")
_SUBJECT: Final[str] = N_("Objet :")
_REFERENCE: Final[str] = N_("Référence :")
_CIVILITY: Final = "civility"
_BY_NAME: Final = NP_("salutation by 'civility' (Madame) or by 'name' (Dear Anne Le Gall)", "civility")
_TO_NAME: Final = NP_("salutation", "Bonjour {name}")
_SALUTATIONS: Final[Mapping[Civility, str]] = MappingProxyType(
    {Civility.MADAM: NP_("salutation", "Madame"), Civility.SIR: NP_("salutation", "Monsieur")}
)
_NOWHERE: Final = Location("")
_PARTED: Final = re.compile(r"\n\s*\n")


class LetterKind(StrEnum):
    """Why one writes."""

    ACKNOWLEDGEMENT = "acknowledgement"
    APOLOGY = "apology"  # with the answer
    REMINDER = "reminder"  # that we have not forgotten, or that we await a word on our answer


class LetterError(Exception):
    """A letter that cannot be written; the message says what is missing, and where to write it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, ready to be laid out: blocks of lines, then paragraphs of plain typeset text.

    `place` is where the address is written.
    """

    kind: LetterKind
    language: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    date: str
    iso_date: str
    reference: str
    subject: str
    paragraphs: tuple[str, ...]
    signatory: str
    signatory_name: str = ""
    place: Location = _NOWHERE


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a template sees, as `page`. Days are in words; `working_days` run from receipt to the letter or answer."""

    number: str
    salutation: str
    is_named: bool
    received: str
    due: str
    answered: str
    is_answered: bool
    working_days: int
    days_to_answer: int
    is_late: bool
    service: str
    phone: str
    email: str
    happened: tuple[str, ...]
    answer: tuple[str, ...]
    prevention: tuple[str, ...]


def letter_content(
    catalogue: Catalogue,
    register: Register,
    followed: Followed,
    kind: LetterKind,
    language: Language,
    today: date,
    folders: Sequence[Path] = (),
) -> Letter:
    """The letter of that kind about a complaint, dated `today` unless its answer says another day.

    `folders` are like site_templates, the project's own first; the shipped one if left out. Raises LetterError when
    something is missing, PageError when a template of the project is wrong.
    """
    complaint = followed.complaint
    answer = answer_to(catalogue, complaint)
    _refuse(kind, followed, answer, language)
    day = _day_of(kind, answer, today)
    manager = _manager(catalogue, complaint)
    facts = _facts(catalogue, register, followed, answer, language, day, manager, kind)
    paragraphs = _paragraphs(kind, facts, language, folders)
    signatory = answer.signatory if answer and answer.signatory else manager.role
    organisation = catalogue.organisation
    return Letter(
        kind=kind,
        language=language.code,
        sender=tuple(
            language.typeset(line)
            for line in (
                organisation.name.in_language(language.code),
                organisation.department.in_language(language.code),
                manager.place.in_language(language.code) if manager.place else "",
                manager.phone or "",
                manager.email or "",
            )
            if line
        ),
        addressee=_addressee(catalogue, complaint, answer, language),
        date=language.weekday_and_day(day),
        iso_date=day.isoformat(),
        reference=complaint.id,
        subject=paragraphs[0],
        paragraphs=paragraphs[1:],
        signatory=language.typeset(signatory.in_language(language.code)),
        signatory_name=manager.person or "" if not (answer and answer.signatory) else "",
        place=_place_of_address(catalogue, complaint, answer),
    )


def letter_text(letter: Letter) -> str:
    """The letter as plain text, its lines cut at words."""
    spoken = speak(letter.language)
    subject, reference = spoken.say(_SUBJECT), spoken.say(_REFERENCE)
    right = WIDTH // 2
    blocks = [
        "\n".join(letter.sender),
        textwrap.indent("\n".join(letter.addressee), " " * right),
        " " * right + letter.date,
        f"{reference} {letter.reference}\n{_wrap(f'{subject} {letter.subject}')}",
        *(_wrap(paragraph) for paragraph in letter.paragraphs),
        textwrap.indent("\n".join(filter(None, (letter.signatory, letter.signatory_name))), " " * right),
    ]
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def answer_to(catalogue: Catalogue, complaint: Complaint) -> Answer | None:
    """What was written about a complaint in segments/answers.yaml."""
    return next((answer for answer in catalogue.answers.values() if answer.complaint == complaint.id), None)


def _refuse(kind: LetterKind, followed: Followed, answer: Answer | None, language: Language) -> None:
    """Raises LetterError for a letter that nobody could sign."""
    number, answered = followed.complaint.id, followed.complaint.answered
    if kind is LetterKind.APOLOGY and (answer is None or answer.answer is None):
        place = (
            f"add 'answer: …' to the item '{answer.id}'"
            if answer
            else f"add an item with 'complaint: {number}' and 'answer: …'"
        )
        raise LetterError(
            f"the complaint '{number}' has no answer yet: {place} in segments/answers.yaml, "
            "and say there what happened ('happened') and what is done about it ('prevention')"
        )
    if kind is LetterKind.ACKNOWLEDGEMENT and answered is not None:
        raise LetterError(
            f"the complaint '{number}' was answered on {answered}: it no longer needs an acknowledgement "
            "(write 'apology' or 'reminder')"
        )
    if kind is LetterKind.REMINDER and followed.is_solved:
        raise LetterError(f"the complaint '{number}' is solved: there is nothing to be reminded of")
    written = (answer.happened, answer.answer, answer.prevention) if answer else ()
    is_in_one = any(text is not None and text.same_everywhere for text in written)
    if kind is LetterKind.APOLOGY and answer and is_in_one and answer.language not in (None, language.code):
        raise LetterError(
            f"the answer to '{number}' is written in '{answer.language}' only: choose that --language, or write "
            f"the texts of '{answer.id}' in both in segments/answers.yaml"
        )


def _day_of(kind: LetterKind, answer: Answer | None, today: date) -> date:
    return answer.date if kind is LetterKind.APOLOGY and answer and answer.date else today


def _manager(catalogue: Catalogue, complaint: Complaint) -> Contact:
    """Who answers for the client: its own manager, its segment's, the organisation's, else the service desk."""
    client = catalogue.clients.get(complaint.client)
    segment = catalogue.segments.get(complaint.segment or (client.segment if client else ""))
    organisation = catalogue.organisation
    chosen = (
        client.relationship_manager if client else None,
        segment.relationship_manager if segment else None,
        organisation.relationship_manager,
    )
    return next((contact for contact in chosen if contact is not None), organisation.service_desk)


def _facts(
    catalogue: Catalogue,
    register: Register,
    followed: Followed,
    answer: Answer | None,
    language: Language,
    day: date,
    manager: Contact,
    kind: LetterKind,
) -> LetterFacts:
    complaint, zone = followed.complaint, catalogue.organisation.time_zone
    until = day if kind is LetterKind.APOLOGY else complaint.answered or day
    taken = working_days_between(register.calendar, zone, complaint.received, until)
    noon = datetime.combine(complaint.received, time(12), ZoneInfo(zone))
    due = end_after_working_days(register.calendar, zone, noon, register.days_to_answer).date()
    service = catalogue.services.get(complaint.service)
    civility = answer.civility if answer else None
    return LetterFacts(
        number=complaint.id,
        salutation=_salutation(answer, language),
        is_named=civility is not None,
        received=language.weekday_and_day(complaint.received),
        due=language.weekday_and_day(due),
        answered=language.weekday_and_day(complaint.answered) if complaint.answered else "",
        is_answered=complaint.answered is not None,
        working_days=taken,
        days_to_answer=register.days_to_answer,
        is_late=taken > register.days_to_answer,
        service=service.name.in_language(language.code) if service else "",
        phone=manager.phone or catalogue.organisation.service_desk.phone or "",
        email=manager.email or catalogue.organisation.functional_mailbox.address,
        happened=_parts(answer.happened if answer else None, language),
        answer=_parts(answer.answer if answer else None, language),
        prevention=_parts(answer.prevention if answer else None, language),
    )


def _salutation(answer: Answer | None, language: Language) -> str:
    """'Madame', 'Monsieur' or 'Madame, Monsieur'; 'Dear Anne Le Gall', 'Dear Sir or Madam'. Without its comma.

    Where a language greets by name, the name is given whole: which part of it is the family's is not known.
    """
    if answer is None or answer.civility is None:
        return language.say(_NEUTRAL)
    if answer.addressee and language.say(_BY_NAME) != _CIVILITY:
        return language.say(_TO_NAME, name=answer.addressee)
    return language.say(_SALUTATIONS[answer.civility])


def _addressee(
    catalogue: Catalogue, complaint: Complaint, answer: Answer | None, language: Language
) -> tuple[str, ...]:
    """The lines of the address: the person, the unit, the place."""
    client = catalogue.clients.get(complaint.client)
    contact = client.contact if client else None
    person = answer.addressee if answer and answer.addressee else contact.person if contact else None
    if answer and answer.addressee and answer.civility:
        person = f"{label(answer.civility, language)} {answer.addressee}"
    lines = [person or (contact.role.in_language(language.code) if contact else "")]
    lines.append(client.name.in_language(language.code) if client else "")
    if answer and answer.address:
        lines += answer.address
    elif client and client.place:
        lines.append(client.place.in_language(language.code))
    return tuple(language.typeset(line) for line in lines if line)


def _place_of_address(catalogue: Catalogue, complaint: Complaint, answer: Answer | None) -> Location:
    """Where the longest part of the address is written: the lines of the answer, else its person, else the client."""
    if answer and (answer.address or answer.addressee):
        return answer.locate("address" if answer.address else "addressee")
    client = catalogue.clients.get(complaint.client)
    return client.locate("name") if client else _NOWHERE


def _paragraphs(
    kind: LetterKind, facts: LetterFacts, language: Language, folders: Sequence[Path]
) -> tuple[str, ...]:
    """The paragraphs that the template gives, the subject first. Raises PageError when there are none."""
    places = [folder / "letters" for folder in folders or (templates_folder(),)]
    environment = template_environment(places, language, is_html=False)
    name = f"{kind.value}.{language.code}.txt.j2"
    written = write_page(environment, name, facts)
    parts = tuple(language.typeset(part) for part in _PARTED.split(written.strip()) if part.strip())
    if len(parts) < 2:
        raise PageError(
            f"the template {name}: a letter has a subject, an empty line, and a paragraph at least"
        )
    return parts


def _parts(text: Text | None, language: Language) -> tuple[str, ...]:
    if text is None:
        return ()
    return tuple(part.strip() for part in _PARTED.split(text.in_language(language.code)) if part.strip())


def _wrap(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
