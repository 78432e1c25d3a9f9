"""Letters on paper: a letter in plain words in; an A4 page for a window envelope, French or German, out.

A letter names a client, so it is never among the files of a site: it is printed alone, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from comptoir.content.edition import Edition
from comptoir.content.letters import Letter
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import LetterWindow
from comptoir.paper.fonts import choose_typefaces
from comptoir.paper.pressroom import Pressroom
from comptoir.paper.run import Run
from comptoir.paper.types import PaperDocument, Printed, ViewData, Workshop
from comptoir.problems import Problem
from comptoir.wording import language as speak

LETTER_FILE: Final = "letter.pdf"
FRENCH: Final = "fr"


def print_letter(
    catalogue: Catalogue, letter: Letter, today: date, template_folders: Sequence[Path], workshop: Workshop
) -> tuple[Printed, tuple[Problem, ...]]:
    """The letter as a PDF, and what does not fit. Raises PrintError when a template is wrong."""
    typefaces = choose_typefaces(catalogue, workshop.store)
    run = Run(Edition(catalogue, speak(letter.language), today), typefaces, catalogue.organisation.print)
    document = letter_document(run, letter)
    # Nothing of a letter is kept: it is about one person.
    room = Pressroom(typefaces, today, template_folders, replace(workshop, store=None))
    pressed = room.hand_in("letter", [document])()[document.path]
    placed = (p if p.location.file else replace(p, location=letter.place) for p in pressed.problems)
    return pressed.file, (*typefaces.problems, *placed)


def letter_document(run: Run, letter: Letter) -> PaperDocument:
    """The letter, to be compiled."""
    paper = run.paper()
    organisation = run.catalogue.organisation
    say = run.language.gettext
    window = organisation.print.letter_window or (
        LetterWindow.RIGHT if organisation.languages[0] == FRENCH else LetterWindow.LEFT
    )
    view: dict[str, ViewData] = {
        "window": window.value,
        "addressee": list(letter.addressee),
        "day": letter.date,
        "reference": letter.reference,
        "subject": letter.subject,
        "paragraphs": list(letter.paragraphs),
        "signature": [line for line in (letter.signatory_name, letter.signatory) if line],
        "sender": list(letter.sender),
        "labels": {"reference": say("Référence :"), "subject": say("Objet :")},
    }
    return run.document(
        paper, path=LETTER_FILE, kind="letter", title=letter.subject, template="letter.typ", view=view
    )
