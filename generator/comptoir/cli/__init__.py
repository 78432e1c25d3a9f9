"""The command line: arguments in, exit code out. The only part that prints, and that reads the clock."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Final

from rich.console import Console

from comptoir import __version__
from comptoir.cli.console import CONTENT, DEFECT, TOOL, USAGE, language_of, make_console, say_problems
from comptoir.measure.sql.interrupts import is_interruption
from comptoir.problems import ContentError
from comptoir.publish.stage import PublishError
from comptoir.wording import tell

INTERRUPTED = 130
"""The exit code that shells expect of a command that was ended by a key."""

SHOW_TRACEBACK = "COMPTOIR_TRACEBACK"
"""The variable of the environment with which the details of a defect are shown."""

SHOWN = 300  # letters of what an error says

COMMANDS: Final = (
    "check",
    "build",
    "measure",
    "explain",
    "letter",
    "deliver",
    "close",
    "fetch",
    "serve",
    "new",
    "import",
    "export",
    "diff",
    "rehearse",
    "init",
    "schema",
    "upgrade",
)
"""The modules here that each declare one; only that of the command asked for is loaded."""


def make_parser(names: Sequence[str] = COMMANDS) -> ArgumentParser:
    """The parser of these commands."""
    parser = ArgumentParser(
        prog="comptoir", description="A service catalogue and loyalty reports from YAML and CSV in git."
    )
    parser.add_argument("--version", action="version", version=f"comptoir {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in names:
        module = f"{name}_" if iskeyword(name) else name
        import_module(f"comptoir.cli.{module}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 fine, 1 problems in the content, 2 usage, 3 a publishing tool failed, 4 a defect of the program."""
    given = sys.argv[1:] if arguments is None else arguments
    parsed = make_parser([*filter(COMMANDS.__contains__, given[:1])] or COMMANDS).parse_args(given)
    errors = make_console(sys.stderr)
    project = getattr(parsed, "project", None)
    if project is not None and not project.is_dir():
        errors.print(f"comptoir: there is no folder '{project}'", markup=False)
        return USAGE
    try:
        return _run(parsed, errors)
    except KeyboardInterrupt:  # also while it is told from an error of the engine
        return INTERRUPTED


def _run(parsed: Namespace, errors: Console) -> int:
    try:
        code: int = parsed.run(parsed, make_console(sys.stdout))
    except ContentError as error:
        language = language_of(parsed)
        say_problems(errors, error.problems, language)
        if parsed.command == "build":
            errors.print(tell("Nothing was published; the previous site is as it was.", language))
        return CONTENT
    except PublishError as error:
        errors.print(f"comptoir: {error}", markup=False)
        return TOOL
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        errors.print(f"comptoir: {place}{error.strerror or error}", markup=False)
        return TOOL
    except Exception as error:  # whatever nobody foresaw is no problem of the content
        if is_interruption(error):
            return INTERRUPTED
        if os.environ.get(SHOW_TRACEBACK):
            errors.print(traceback.format_exc(), markup=False)
        errors.print(f"comptoir: {_describe(error)}", markup=False)
        return DEFECT
    return code


def _describe(error: Exception) -> str:
    """One line about a defect of the program."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())[:SHOWN]
    more = "" if os.environ.get(SHOW_TRACEBACK) else f"; {SHOW_TRACEBACK}=1 shows the details to report"
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"this is a defect of Comptoir {__version__}, not of the project: {said} ({where}){more}"
