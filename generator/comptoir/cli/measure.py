"""`comptoir measure`: every measurement of a quarter, with numerator, denominator, n, interval and status."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.build import check_project
from comptoir.cli.console import (
    CONTENT,
    FINE,
    add_project,
    add_today,
    choose_today,
    complain,
    kept_rows,
)
from comptoir.measure.formats import FORMATS
from comptoir.measure.project import data_places, measure_project
from comptoir.periods import Quarter
from comptoir.problems import ContentError, errors


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("measure", help="compute every indicator of a quarter", description=__doc__)
    add_project(parser)
    add_quarter(parser)
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="table", help="how to write the measurements"
    )
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def add_quarter(parser: ArgumentParser) -> None:
    """The option that names a quarter."""
    parser.add_argument(
        "--quarter",
        type=parse_quarter,
        metavar="Q",
        help="the quarter, such as 2026-Q3 (the last that is over if left out)",
    )


def add_data(parser: ArgumentParser) -> None:
    """The option that says where the files of sources are."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="where the files of sources are looked for (PROJECT/indicators/data if left out)",
    )


def parse_quarter(text: str) -> Quarter:
    """A quarter as 2026-Q3. Raises ArgumentTypeError for anything else."""
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def run(arguments: Namespace, console: Console) -> int:
    """Write the measurements, and the problems beside them; 1 when there are errors."""
    today = choose_today(arguments.today)
    catalogue, problems = check_project(arguments.project, today, arguments.data)
    if errors(problems):
        raise ContentError(problems)
    places = data_places(arguments.project, arguments.data, kept_rows(arguments.project))
    quarter = arguments.quarter or Quarter.last_closed(today)
    measured = measure_project(catalogue, places, (quarter,), today)
    complain(measured.problems)
    console.out(FORMATS[arguments.format](measured.measurements), highlight=False)
    return CONTENT if errors(measured.problems) else FINE
