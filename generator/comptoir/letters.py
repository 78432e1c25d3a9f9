"""Letters of a project: its folder, a kind and the number of a complaint in; the letter, ready to be laid out, out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from comptoir.analysis.complaints import Followed
from comptoir.analysis.register import Register, keep_register
from comptoir.checking import check_project
from comptoir.content.letters import Letter, LetterError, LetterKind, answer_to, letter_content, letter_text
from comptoir.limits import IN_WORDS, LimitError, within_limits
from comptoir.measure.project import data_places, observe_project
from comptoir.model.catalogue import Catalogue
from comptoir.paper.letters import print_letter
from comptoir.paper.types import PrintError, Workshop
from comptoir.problems import ContentError, Problem, errors
from comptoir.publish.lock import only_one_build
from comptoir.publish.stage import PublishError, stage_files
from comptoir.resources import templates_folder
from comptoir.sources.overrides import own_templates
from comptoir.spaces import plain_spaces
from comptoir.store import Store, open_store
from comptoir.templates import PageError
from comptoir.wording import language as speak
from comptoir.workers import Workers

Made = TypeVar("Made")

__all__ = [
    "Letter",
    "LetterError",
    "LetterKind",
    "UnknownComplaintError",
    "letter_pdf",
    "letter_text",
    "write_letter",
]


NEAREST: Final = 3
"""How many numbers are proposed for one that the register does not have."""


class UnknownComplaintError(Exception):
    """The register has no complaint of that number; the message gives the nearest one."""


def write_letter(
    project: Path,
    kind: LetterKind,
    number: str,
    today: date,
    *,
    language: str | None = None,
    data: Path | None = None,
    store: Store | None = None,
) -> Letter:
    """The letter of that kind about a complaint of the register, in `language`, else that of who complains or the first of
    the organisation.

    `data` is where the files of sources are looked for, `store` where rows read before are kept. Raises ContentError
    when the content has errors, UnknownComplaintError for another number, LetterError when something is missing or a
    template of the project is wrong.
    """
    catalogue, problems = check_project(project, today, data)
    if errors(problems):
        raise ContentError(problems)
    observations, found = observe_project(catalogue, data_places(project, data, store), today)
    if errors(found):
        raise ContentError(found)
    register = keep_register(catalogue, observations)
    if register is None:
        raise UnknownComplaintError(_no_register(catalogue))
    followed = register.find(plain_spaces(number))
    if followed is None:
        raise UnknownComplaintError(_unknown(register, number))
    answer = answer_to(catalogue, followed.complaint)
    own = answer.language if answer else None
    spoken = language or own or catalogue.organisation.languages[0]
    folders = (project / "site_templates", templates_folder())
    write = partial(_content, catalogue, register, followed, kind, spoken, today, folders)
    try:
        return _limited(write) if own_templates(project, "letters/") else write()
    except PageError as fault:
        raise LetterError(str(fault)) from fault


def letter_pdf(project: Path, letter: Letter, today: date, work: Path) -> tuple[bytes, tuple[Problem, ...]]:
    """The letter as a PDF for the window of an envelope, and what does not fit it.

    `work` is a folder of ours for fonts and templates; nothing of the letter is kept there. Raises PublishError when a
    template of the project is wrong.
    """
    catalogue, _ = check_project(project, today)
    folders = (project / "site_templates", templates_folder())
    workshop = Workshop(work / "letter-press", stage_files, open_store(work).namespace("printed"))
    press = partial(print_letter, catalogue, letter, today, folders, workshop)
    try:
        with only_one_build(work):
            printed, problems = _limited(press) if own_templates(project, "print/") else press()
    except PrintError as fault:
        raise PublishError(str(fault)) from fault
    return printed.content, problems


def _content(
    catalogue: Catalogue,
    register: Register,
    followed: Followed,
    kind: LetterKind,
    language: str,
    today: date,
    folders: tuple[Path, ...],
) -> Letter:
    return letter_content(catalogue, register, followed, kind, speak(language), today, folders)


def _limited(make: Callable[[], Made]) -> Made:
    """What templates of the project's own make, in a process that ends when they take too much."""
    with TemporaryDirectory() as scratch, Workers(1, Path(scratch)) as workers:
        try:
            made: Made = workers.submit(within_limits, make).result()
        except (BrokenExecutor, LimitError, MemoryError) as fault:
            raise PublishError(f"the templates of the project take more than {IN_WORDS}") from fault
    return made


def _no_register(catalogue: Catalogue) -> str:
    if catalogue.loyalty.complaints.calendar is None and catalogue.organisation.service_desk.hours is None:
        return (
            "no calendar says what a working day is: give 'hours' to the service desk in catalogue/organisation.yaml, "
            "or 'calendar' to 'complaints' in indicators/loyalty.yaml"
        )
    return "no request is known: a source with 'role: requests' in indicators/sources/ holds the register"


def _unknown(register: Register, number: str) -> str:
    numbers = [row.complaint.id for row in register.followed]
    if not numbers:
        return "the register holds no complaint: none of the requests has the kind 'complaint'"
    nearest = get_close_matches(number, numbers, n=NEAREST, cutoff=0.5) or numbers[-NEAREST:]
    return f"there is no complaint '{number}' in the register (the nearest: {', '.join(nearest)})"
