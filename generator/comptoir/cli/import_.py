"""`comptoir import`: the services of another tool, or of a spreadsheet, as files of this project."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import CONTENT, FINE, USAGE, add_today, choose_today, complain, say_error
from comptoir.model.catalogue import Catalogue
from comptoir.moving.bringing import TOOLS, Import, bring, recognise
from comptoir.moving.round_trip import bring_back, is_exported
from comptoir.scaffold.writer import replace_file, write_new_files

_HELP: Final = "a spreadsheet (.xlsx, .csv), catalog-info.yaml, an export of iTop or GLPI, or OpenSLO files"


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "import", help="bring services from a spreadsheet or another tool", description=__doc__
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_HELP)
    parser.add_argument(
        "--from",
        dest="tool",
        choices=TOOLS,
        metavar="TOOL",
        help=f"{', '.join(TOOLS)} (recognised if left out)",
    )
    parser.add_argument(
        "--language", metavar="CODE", help="language of the texts (the first of the project if left out)"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")
    parser.add_argument(
        "--project", default=".", type=Path, metavar="PROJECT", help="its folder (here if left out)"
    )
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the files, all or none, and say what is left to do. 1 when a file or the project has errors, 2 for usage."""
    today = choose_today(arguments.today)
    catalogue, _ = check_project(arguments.project, today)
    if not catalogue.organisation.file:
        say_error(
            "catalogue/organisation.yaml cannot be read: begin with 'comptoir init', or see 'comptoir check'"
        )
        return CONTENT
    for path in arguments.files:
        if not path.is_file():
            say_error(f"there is no file '{path}'")
            return USAGE
    languages = catalogue.organisation.languages
    language = arguments.language or languages[0]
    if language not in languages:
        say_error(f"'{language}' is not a language of this project ({', '.join(languages)})")
        return USAGE
    if arguments.tool is None and len(arguments.files) == 1 and is_exported(arguments.files[0]):
        return _bring_back(arguments, catalogue, console)
    tool = arguments.tool or recognise(arguments.files[0])
    if not tool:
        say_error(
            f"nothing tells which tool wrote '{arguments.files[0]}': name it with --from ({', '.join(TOOLS)})"
        )
        return USAGE
    found = bring(arguments.files, tool, arguments.project, catalogue, language, today)
    if not arguments.dry_run:
        write_new_files(arguments.project, found.new)
        for file, text in found.changed.items():
            replace_file(arguments.project, file, text)
    complain(found.problems)
    _say(found, console, dry=arguments.dry_run)
    return FINE


def _bring_back(arguments: Namespace, catalogue: Catalogue, console: Console) -> int:
    """Take the edits of a workbook of ours into the files that they are of."""
    found = bring_back(arguments.files[0], arguments.project, catalogue)
    if not arguments.dry_run:
        for file, text in found.changed.items():
            replace_file(arguments.project, file, text)
    complain(found.problems)
    _say(
        Import(
            {},
            found.changed,
            len(catalogue.services) - len(found.changed),
            found.conflicts,
            (),
            found.lost,
            (),
        ),
        console,
        dry=arguments.dry_run,
    )
    return FINE


def _say(found: Import, console: Console, *, dry: bool) -> None:
    would = "would be " if dry else ""
    for files, word in ((found.new, "new"), (found.changed, "changed")):
        for file in files:
            console.print(f"{file}  {would}{word}", markup=False)
    console.print(
        f"{len(found.new)} {would}new, {len(found.changed)} {would}changed, {found.unchanged} as before.",
        markup=False,
    )
    for title, sentences in (
        ("Yours and theirs differ", found.conflicts),
        ("To complete", found.to_complete),
        ("Without a place here", found.lost),
    ):
        if sentences:
            console.print(f"\n{title}:")
        for sentence in sentences:
            console.print(f"- {sentence}", markup=False)
