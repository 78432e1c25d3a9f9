"""`comptoir export`: the catalogue in the formats of other tools, as an audience may see it."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.audiences import audiences_of, for_audience
from comptoir.checking import check_project
from comptoir.cli.console import FINE, USAGE, add_project, add_today, choose_today, say_error
from comptoir.moving.exporting import EXPORT_FORMATS, ExportJob
from comptoir.problems import ContentError, errors
from comptoir.scaffold.writer import renew_files
from comptoir.wording import language


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("export", help="write the catalogue for other tools", description=__doc__)
    known = "; ".join(f"{name}: {found.description}" for name, found in EXPORT_FORMATS.items())
    parser.add_argument("format", choices=tuple(EXPORT_FORMATS), metavar="FORMAT", help=known)
    add_project(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the files are put (PROJECT/build/export if left out)"
    )
    parser.add_argument(
        "--audience", metavar="NAME", help="who will read it (the widest audience if left out)"
    )
    parser.add_argument(
        "--language", metavar="CODE", help="its language (the first of the project if left out)"
    )
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the files; 1 when the project has errors, 2 for an audience or a language that it does not have."""
    today = choose_today(arguments.today)
    catalogue, problems = check_project(arguments.project, today)
    if errors(problems):
        raise ContentError(problems)
    names = [audience.id for audience in audiences_of(catalogue.organisation)]
    languages = catalogue.organisation.languages
    for given, known, what in (
        (arguments.audience or names[0], names, "an audience"),
        (arguments.language or languages[0], languages, "a language"),
    ):
        if given not in known:
            say_error(f"'{given}' is not {what} of this project ({', '.join(known)})")
            return USAGE
    visible = for_audience(catalogue, arguments.audience or names[0])
    job = ExportJob(visible, language(arguments.language or languages[0]), today)
    folder = arguments.out or arguments.project / "build" / "export"
    files = EXPORT_FORMATS[arguments.format].write(job)
    renew_files(folder, files)
    for name in files:
        console.print(str(folder / name), markup=False)
    return FINE
