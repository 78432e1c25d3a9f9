"""`comptoir letter`: the letter of a complaint (acknowledgement, apology with the answer, reminder) as text or PDF."""

from __future__ import annotations

import hashlib
from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.cli.console import (
    CONTENT,
    FINE,
    USAGE,
    add_project,
    add_today,
    choose_today,
    kept_rows,
    say_error,
    say_problems,
    work_folder,
)
from comptoir.cli.measure import add_data
from comptoir.letters import (
    LetterError,
    LetterKind,
    UnknownComplaintError,
    letter_pdf,
    letter_text,
    write_letter,
)
from comptoir.problems import errors
from comptoir.publish.stage import PublishError
from comptoir.publish.swap import check_place
from comptoir.scaffold.writer import renew_files
from comptoir.store import Store, open_store
from comptoir.wording import spoken_languages


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("letter", help="write the letter of a complaint", description=__doc__)
    kinds = [kind.value for kind in LetterKind]
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    parser.add_argument("complaint", metavar="COMPLAINT_ID", help="number of the complaint in the register")
    add_project(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="where to write it: a PDF when it ends in .pdf (text, in the terminal, if left out)",
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is there, whatever it is"
    )
    parser.add_argument(
        "--language",
        choices=spoken_languages(),
        help="language of the letter (that of who complains if left out)",
    )
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the letter; 1 when something is missing to write it, 2 for an unknown complaint, 3 for a file of others."""
    if arguments.out is not None:
        _check_out(arguments.out, arguments.project, is_forced=arguments.force)
    try:
        letter = write_letter(
            arguments.project,
            LetterKind(arguments.kind),
            arguments.complaint,
            choose_today(arguments.today),
            language=arguments.language,
            data=arguments.data,
            store=kept_rows(arguments.project),
        )
    except UnknownComplaintError as error:
        say_error(str(error))
        return USAGE
    except LetterError as error:
        say_error(str(error))
        return CONTENT
    if arguments.out is None:
        console.out(letter_text(letter), highlight=False, end="")
        return FINE
    content: str | bytes = letter_text(letter)
    if arguments.out.suffix.lower() == ".pdf":
        folder = work_folder(arguments.project)
        content, problems = letter_pdf(arguments.project, letter, choose_today(arguments.today), folder)
        if problems:
            say_problems(console, problems)
        if errors(problems):
            return CONTENT
    renew_files(arguments.out.parent, {arguments.out.name: content})
    _written(arguments.project).write(*_mark(arguments.out))
    console.print(f"Written: {arguments.out}", markup=False)
    return FINE


def _check_out(out: Path, project: Path, *, is_forced: bool) -> None:
    """Raises PublishError when a letter must not be written there."""
    check_place(out, project)
    if out.is_dir():
        raise PublishError(f"{out} is a folder; a letter needs the name of a file")
    if out.exists() and not is_forced:
        key, digest = _mark(out)
        if _written(project).read(key) != digest:
            message = "is not a letter as 'comptoir letter' wrote it; choose another name, or add --force"
            raise PublishError(f"{out} {message}")


def _written(project: Path) -> Store:
    """Digests of the letters that were written, by place: what was edited since is not written over."""
    return open_store(work_folder(project)).namespace("letters")


def _mark(out: Path) -> tuple[str, bytes]:
    return str(out.resolve()), hashlib.sha256(out.read_bytes()).digest()
