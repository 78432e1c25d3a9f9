"""`comptoir measure`: every measurement of a quarter or another period, with numerator, denominator, n, interval and status."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _MutuallyExclusiveGroup, _SubParsersAction
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import (
    CONTENT,
    FINE,
    USAGE,
    add_language,
    add_project,
    add_today,
    choose_today,
    complain,
    kept_rows,
    language_of,
    say_error,
)
from comptoir.cli.progress import add_progress, progress_of
from comptoir.measure.formats import FORMATS
from comptoir.measure.project import Measured, choose_period, data_places, measure_project
from comptoir.periods import FORMS, Period, Quarter, parse_period
from comptoir.problems import ContentError, errors
from comptoir.wording import language as speak

_LATE: Final = timedelta(days=7)
"""Rows that begin later in a period, or end earlier, are told: sooner may be a week-end."""


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("measure", help="compute every indicator of a quarter", description=__doc__)
    add_project(parser)
    add_language(parser)
    add_period(parser)
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="table", help="how to write the measurements"
    )
    parser.add_argument(
        "--left",
        action="store_true",
        help="what is left of each promise before it is missed, in the period that runs, and at the present pace until when",
    )
    add_data(parser)
    add_today(parser)
    add_progress(parser)
    parser.set_defaults(run=run)


def add_quarter(parser: ArgumentParser | _MutuallyExclusiveGroup) -> None:
    """The option that names a quarter."""
    parser.add_argument(
        "--quarter",
        type=parse_quarter,
        metavar="Q",
        help="the quarter, such as 2026-Q3 (the last that is over if left out)",
    )


def add_period(parser: ArgumentParser) -> None:
    """The options that name a quarter, or any period."""
    group = parser.add_mutually_exclusive_group()
    add_quarter(group)
    group.add_argument(
        "--period", metavar="P", type=known_form, help=f"any period instead of a quarter, such as {FORMS}"
    )


def known_form(text: str) -> str:
    """The text of a period, whatever the fiscal year. Raises ArgumentTypeError for anything else."""
    try:
        parse_period(text, fiscal=1)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    return text


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


def parse_report(text: str) -> Period:
    """The period of a report, as the name of its file says it. Raises ArgumentTypeError for anything else."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def run(arguments: Namespace, console: Console) -> int:
    """Write the measurements, and the problems beside them; 1 when there are errors."""
    today = choose_today(arguments.today)
    with progress_of(arguments) as progress:
        progress.begin("Checking the content")
        catalogue, problems = check_project(arguments.project, today, arguments.data)
        if errors(problems):
            raise ContentError(problems)
        places = data_places(arguments.project, arguments.data, kept_rows(arguments.project))
        if arguments.left and not (arguments.period or arguments.quarter):
            arguments.quarter = Quarter.containing(today)
        period = choose_period(catalogue, arguments.period, arguments.quarter, today)
        if period.first_day > today:
            say_error(f"{period} has not begun on {today.isoformat()}", language_of(arguments))
            return USAGE
        progress.begin("Reading data and measuring")
        measured = measure_project(catalogue, places, (period,), today)
    complain(measured.problems, language_of(arguments))
    for sentence in () if period in catalogue.closed else _outside(measured, period, today):
        say_error(sentence, language_of(arguments))
    if arguments.left:
        if today not in period:
            say_error(f"{period} does not run on {today}: --left is of a period that does")
            return USAGE
        from comptoir.content.edition import Edition  # slow to load, and few ask
        from comptoir.content.left_words import tell_left

        at = Edition(catalogue, speak(language_of(arguments)), today)
        console.out(tell_left(at, measured.measurements, period, arguments.format), highlight=False)
    else:
        console.out(FORMATS[arguments.format](measured.measurements), highlight=False)
    return CONTENT if errors(measured.problems) else FINE


def _outside(measured: Measured, period: Period, today: date) -> Iterator[str]:
    """What the rows of sources do not cover of a period: all of it, its beginning, or its end."""
    days = measured.tables.days
    told = [ends for ends in days.values() if ends[0] <= period.last_day and ends[1] >= period.first_day]
    if days and not told:
        first, last = min(ends[0] for ends in days.values()), max(ends[1] for ends in days.values())
        nearest = period.around(first if period.last_day < first else last)
        yield f"no row is dated in {period}: rows go from {first} to {last} (nearest: --period {nearest})"
        return
    for source, (first, last) in sorted(days.items()):
        if last in period and last < min(period.last_day, today) - _LATE:
            yield f"the rows of '{source}' end on {last}, before {period} does: what it adds up is not complete"
        if first in period and first > period.first_day + _LATE:
            yield f"the rows of '{source}' begin on {first}: {period} is measured since then"
