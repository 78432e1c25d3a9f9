"""`comptoir check`: every problem of a project, each with its place and the nearest right answer."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from typing import Any

from rich.console import Console

from comptoir.build import check_project, with_templates
from comptoir.cli.console import CONTENT, FINE, add_project, add_today, add_trust, choose_today, say_problems
from comptoir.cli.formats import FORMATS
from comptoir.problems import errors


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="find every problem in the content", description=__doc__)
    add_project(parser)
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to write the problems")
    add_today(parser)
    add_trust(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Say the problems; 1 when there are errors, 0 otherwise (warnings and notices are not errors)."""
    _, problems = check_project(arguments.project, choose_today(arguments.today))
    problems = with_templates(arguments.project, problems, trust_theme=arguments.trust_theme)
    if arguments.format == "text":
        say_problems(console, problems)
    else:
        console.out(FORMATS[arguments.format](problems), highlight=False)
    return CONTENT if errors(problems) else FINE
