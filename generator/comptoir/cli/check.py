"""`comptoir check`: every problem of a project and its data, each with its place and the nearest right answer."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from typing import Any

from rich.console import Console

from comptoir.build import Options, check_all, with_templates
from comptoir.checking import check_project
from comptoir.cli.console import (
    CONTENT,
    FINE,
    add_language,
    add_project,
    add_today,
    add_trust,
    choose_today,
    language_of,
    say_problems,
    work_folder,
)
from comptoir.cli.formats import FORMATS
from comptoir.cli.measure import add_data
from comptoir.cli.progress import add_progress, progress_of
from comptoir.problems import errors, sort_problems
from comptoir.scaffold.upgrading import stale_schemas
from comptoir.sources.overrides import stale_templates


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="find every problem in the content", description=__doc__)
    add_project(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to write the problems")
    add_data(parser)
    parser.add_argument(
        "--no-data", action="store_true", help="leave the files of data closed, and measure nothing"
    )
    add_language(parser)
    add_today(parser)
    add_trust(parser)
    add_progress(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Say the problems; 1 when there are errors, 0 otherwise (warnings and notices are not errors)."""
    project, today = arguments.project, choose_today(arguments.today)
    if arguments.no_data:
        _, problems = check_project(project, today, arguments.data)
    else:
        with progress_of(arguments) as progress:
            out, work = project / "site", work_folder(project)
            problems = check_all(
                Options(project, today, out, work, data=arguments.data, begin=progress.begin)
            )
    problems = with_templates(project, problems, trust_theme=arguments.trust_theme)
    problems = sort_problems((*problems, *stale_schemas(project), *stale_templates(project)))
    if arguments.format == "text":
        if problems or not arguments.quiet:
            say_problems(console, problems, language_of(arguments))
    else:
        console.out(FORMATS[arguments.format](problems, language_of(arguments)), highlight=False)
    return CONTENT if errors(problems) else FINE
