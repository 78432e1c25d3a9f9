"""`comptoir new`: a commented file to fill in, that passes `comptoir check` as it is."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import CONTENT, FINE, USAGE, add_today, choose_today, say_error
from comptoir.periods import Period, parse_period
from comptoir.problems import suggest
from comptoir.scaffold.begin_source import ROLES, BeginError, begin_source
from comptoir.scaffold.identifiers import is_identifier, is_reserved, nearest_identifier
from comptoir.scaffold.new_entity import KINDS_TO_MAKE, missing_kinds, new_entity
from comptoir.scaffold.new_report import new_report
from comptoir.scaffold.writer import renew_files, write_new_files
from comptoir.sources.folders import TEMPLATES_FOLDER
from comptoir.sources.overrides import copy_template, shipped_templates

REPORT: Final = "report"
SOURCE: Final = "source"
TEMPLATE: Final = "template"
KINDS: Final = (*KINDS_TO_MAKE, REPORT, SOURCE, TEMPLATE)


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("new", help="begin a file of the catalogue", description=__doc__)
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    parser.add_argument(
        "id",
        metavar="ID",
        help="its identifier, such as web-hosting; the period of a report, such as 2026-Q4, 2026-09, 2026-H1 or 2026; the data "
        "file of a source; the path of a template that ships, such as pages/home.md.j2",
    )
    parser.add_argument(
        "--like",
        metavar="PRESET",
        help="the tool that exported the file of a source, such as glpi or servicenow",
    )
    parser.add_argument("--role", choices=ROLES, metavar="ROLE", help="what the rows of a source are")
    parser.add_argument(
        "--project", default=".", type=Path, metavar="PROJECT", help="its folder (here if left out)"
    )
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the file; 2 when the identifier is wrong or taken, 1 when the project is not ready for it."""
    kind, identifier = arguments.kind, arguments.id
    if kind == SOURCE:
        return _begin_source(arguments, console)
    if kind == TEMPLATE:
        return _copy_template(arguments.project, identifier, console)
    period: Period | None = None
    if kind == REPORT:
        try:
            period = parse_period(identifier)
        except ValueError as error:
            return _refuse(USAGE, str(error))
    elif not is_identifier(identifier):
        if is_reserved(identifier):
            message = f"'{identifier}' is the name of the page that lists them all: choose another identifier"
            return _refuse(USAGE, message)
        nearest = nearest_identifier(identifier)
        hint = f"; write '{nearest}'" if nearest else ""
        form = "lower-case letters, digits and single hyphens, 60 characters at most"
        return _refuse(USAGE, f"'{identifier}' is not an identifier ({form}){hint}")
    today = choose_today(arguments.today)
    catalogue, _ = check_project(arguments.project, today)
    if not catalogue.organisation.file:
        return _refuse(CONTENT, "catalogue/organisation.yaml cannot be read; 'comptoir check' tells why")
    missing = missing_kinds(kind, catalogue)
    if missing:
        first = f"'comptoir new {missing[0]} ID' makes one"
        return _refuse(CONTENT, f"a {kind} needs a {missing[0]}, and this project has none; {first}")
    files = (
        new_report(period, catalogue) if period else dict([new_entity(kind, identifier, catalogue, today)])
    )
    try:
        write_new_files(arguments.project, files)
    except FileExistsError:
        return _refuse(USAGE, f"{next(iter(files))} is already there; nothing was written")
    except ValueError as error:
        return _refuse(USAGE, f"{error}; nothing was written")
    for path in files:
        console.print(path, markup=False)
    return FINE


def _begin_source(arguments: Namespace, console: Console) -> int:
    """Begin the source of a data file, and say what is left to decide."""
    catalogue, _ = check_project(arguments.project, choose_today(arguments.today))
    if not catalogue.organisation.file:
        return _refuse(CONTENT, "catalogue/organisation.yaml cannot be read; 'comptoir check' tells why")
    try:
        made = begin_source(arguments.project, catalogue, Path(arguments.id), arguments.like, arguments.role)
    except BeginError as error:
        return _refuse(CONTENT if error.in_content else USAGE, str(error))
    for path in made.files:
        console.print(path, markup=False)
    if made.undecided:
        console.print("\nTo decide, in the file:")
    for sentence in made.undecided:
        console.print(f"- {sentence}", markup=False, highlight=False)
    return FINE


def _copy_template(project: Path, inner: str, console: Console) -> int:
    """A template of the project's own: a copy of the one that ships, with the mark of its version."""
    shipped = shipped_templates()
    if inner not in shipped:
        hint = suggest(inner, shipped)
        return _refuse(USAGE, f"no template '{inner}' ships{f'; {hint}' if hint else ''}")
    path = f"{TEMPLATES_FOLDER}/{inner}"
    if (project / path).exists():
        return _refuse(USAGE, f"{path} is already there; nothing was written")
    if not (project / path).resolve().is_relative_to(project.resolve()):
        return _refuse(USAGE, f"{path} leads out of the project; nothing was written")
    renew_files((project / path).parent, {Path(inner).name: copy_template(inner)})
    console.print(path, markup=False)
    return FINE


def _refuse(code: int, message: str) -> int:
    say_error(message)
    return code
