"""The terminal: what is said to the person, in colour where it helps; and the day, read once."""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console
from rich.markup import escape

from comptoir.cli.formats import summarize, told
from comptoir.model.catalogue import ORGANISATION_FILE
from comptoir.model.inside import first_language
from comptoir.problems import Problem, Severity
from comptoir.store import Store, open_store
from comptoir.wording import PROBLEM_LANGUAGE, tell, told_languages

LANGUAGE_VARIABLE: Final = "COMPTOIR_LANGUAGE"
"""The variable of the environment that says in which language problems are told."""

_EPOCH = date(1970, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999

FINE, CONTENT, USAGE, TOOL, DEFECT = 0, 1, 2, 3, 4
"""Exit codes: all is well; problems in the content; wrong arguments; a publishing tool failed; a defect of the program."""


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


def make_console(stream: TextIO) -> Console:
    """A console that wraps nothing, so that places stay on one line and can be clicked."""
    return Console(file=stream, soft_wrap=True, highlight=False)


def say_problems(console: Console, problems: tuple[Problem, ...], language: str = PROBLEM_LANGUAGE) -> None:
    """Each problem on a line, its place first, in the words of a language; then the count."""
    for problem in (told(one, language) for one in problems):
        colour = _COLOURS[problem.severity]
        hint = f" [cyan]({escape(problem.hint)})[/]" if problem.hint else ""
        console.print(
            f"[bold]{escape(str(problem.location))}[/]: [{colour}]{tell(problem.severity, language)}[/]: "
            f"{escape(problem.message)}{hint} [dim]\\[{problem.rule}][/]"
        )
    console.print(summarize(problems, language))


def complain(problems: tuple[Problem, ...], language: str = PROBLEM_LANGUAGE) -> None:
    """Say problems, if any, beside what a command gives: results alone can be piped."""
    if problems:
        say_problems(make_console(sys.stderr), problems, language)


def say_error(message: str, language: str = PROBLEM_LANGUAGE) -> None:
    """Say what a command could not do."""
    make_console(sys.stderr).print(f"comptoir: {tell(message, language)}", markup=False)


def add_language(parser: ArgumentParser) -> None:
    """The option that says in which language problems are told."""
    parser.add_argument(
        "--language",
        choices=told_languages(),
        help=f"language of messages (or set {LANGUAGE_VARIABLE}; the project's first one if left out)",
    )


def language_of(arguments: Namespace) -> str:
    """The language that problems are told in: as asked for, else the first of the project, else that of the person."""
    project = getattr(arguments, "project", None)
    written = project / ORGANISATION_FILE if isinstance(project, Path) else None
    wanted = [getattr(arguments, "language", None), os.environ.get(LANGUAGE_VARIABLE)]
    if written is not None and written.is_file():
        wanted.append(first_language(written.read_bytes()))
    wanted += [os.environ.get(name, "")[:2] for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return next((code for code in wanted if code in told_languages()), PROBLEM_LANGUAGE)


def add_project(parser: ArgumentParser) -> None:
    """The argument that each command about a project takes."""
    parser.add_argument(
        "project", nargs="?", default=".", type=Path, metavar="PROJECT", help="its folder (here if left out)"
    )


def work_folder(project: Path) -> Path:
    """The build folder: what is kept from one command to the next."""
    return project / "build"


def kept_rows(project: Path) -> Store:
    """Where the rows of large files of metrics are kept from one command to the next; `build` uses it too."""
    return open_store(work_folder(project)).namespace("rows")


def add_trust(parser: ArgumentParser) -> None:
    """The word of who builds for templates of a project that may run programs."""
    parser.add_argument(
        "--trust-theme",
        action="store_true",
        default=os.environ.get("COMPTOIR_TRUST_THEME", "") not in {"", "0"},
        help="let templates and scripts of the project's site_templates/theme/ run (or set COMPTOIR_TRUST_THEME=1)",
    )


def add_today(parser: ArgumentParser) -> None:
    """The option that stands for the clock."""
    parser.add_argument(
        "--today", type=parse_day, metavar="DATE", help="the day to publish for, such as 2026-10-31"
    )


def parse_day(text: str) -> date:
    """A date as 2026-10-31. Raises ArgumentTypeError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a date such as 2026-10-31") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ArgumentTypeError(f"'{text}' is not between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def parse_count(text: str, least: int, most: int) -> int:
    """A number in digits from `least` to `most`. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise ValueError(text)
    return int(text)


def choose_today(given: date | None) -> date:
    """The day given, else that of SOURCE_DATE_EPOCH when it holds seconds of a year that is known, else of the clock."""
    if given:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]{1,12}", epoch):
        day = _EPOCH + timedelta(days=int(epoch) // 86_400)
        if day.year <= _LAST_YEAR:
            return day
    return datetime.now().astimezone().date()
