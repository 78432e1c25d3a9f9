"""`comptoir upgrade`: a project brought to the names and the schemas of this version; comments and order stay."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from typing import Any

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import FINE, add_project, add_today, choose_today
from comptoir.scaffold.upgrading import upgraded_files
from comptoir.scaffold.writer import replace_file
from comptoir.sources.overrides import stale_templates


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "upgrade", help="bring a project to the names and schemas of this version", description=__doc__
    )
    add_project(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write what changes, and name it; templates that were copied from an earlier version are named, not touched."""
    project = arguments.project
    catalogue, _ = check_project(project, choose_today(arguments.today))
    files = upgraded_files(project, catalogue.organisation.languages)
    for path, text in files.items():
        if not arguments.dry_run:
            replace_file(project, path, text)
        console.print(path, markup=False)
    if not files:
        console.print("Nothing to change: this project is as this version writes it.", markup=False)
    for problem in stale_templates(project):
        console.print(f"{problem.location}: {problem.message} ({problem.hint})", markup=False, soft_wrap=True)
    return FINE
