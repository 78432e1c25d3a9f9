"""`comptoir explain`: where one measurement comes from, down to the files and rows."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.build import check_project
from comptoir.cli.console import (
    CONTENT,
    FINE,
    USAGE,
    add_today,
    choose_today,
    complain,
    rows_folder,
    say_error,
)
from comptoir.cli.measure import add_data, add_quarter
from comptoir.measure.explain import explain_measurement
from comptoir.measure.explain_text import explanation_text
from comptoir.measure.project import data_places
from comptoir.measure.types import Scope
from comptoir.periods import Quarter
from comptoir.problems import ContentError, errors, suggest


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("explain", help="tell where a measurement comes from", description=__doc__)
    parser.add_argument("indicator", metavar="INDICATOR", help="identifier of the indicator")
    parser.add_argument(
        "project",
        nargs="?",
        default=".",
        type=Path,
        metavar="PROJECT",
        help="the project's folder (here if left out)",
    )
    add_quarter(parser)
    parser.add_argument("--service", default="", metavar="S", help="only this service")
    parser.add_argument("--segment", default="", metavar="G", help="only this segment")
    parser.add_argument("--client", default="", metavar="C", help="only this client")
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the explanation; 1 when the content has errors, 2 for an unknown name."""
    today = choose_today(arguments.today)
    catalogue, problems = check_project(arguments.project, today, arguments.data)
    if errors(problems):
        raise ContentError(problems)
    named = (
        ("indicator", arguments.indicator, catalogue.indicators),
        ("service", arguments.service, catalogue.services),
        ("segment", arguments.segment, catalogue.segments),
        ("client", arguments.client, catalogue.clients),
    )
    for kind, name, known in named:
        if name and name not in known:
            say_error(f"there is no {kind} '{name}' ({suggest(name, known) or 'none is known'})")
            return USAGE
    quarter = arguments.quarter or Quarter.last_closed(today)
    scope = Scope(arguments.service, arguments.segment, arguments.client)
    places = data_places(arguments.project, arguments.data, rows_folder(arguments.project))
    explanation, found = explain_measurement(catalogue, places, arguments.indicator, quarter, scope, today)
    complain(found)
    if explanation is None:
        say_error(f"'{arguments.indicator}' is not measured by {scope}, or no row is about it")
        return USAGE
    console.out(explanation_text(explanation), highlight=False)
    return CONTENT if errors(found) else FINE
