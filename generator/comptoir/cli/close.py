"""`comptoir close`: the figures of a quarter or another period that is over, written down so that they no longer change in silence."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir import __version__
from comptoir.checking import check_project
from comptoir.cli.console import (
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
    work_folder,
)
from comptoir.cli.measure import add_data, known_form
from comptoir.measure.closed_state import closing_for
from comptoir.measure.closing import (
    MAX_REASON,
    Correct,
    close_quarter,
    correct_quarter,
    file_of,
    refuse_closing,
    refuse_correction,
)
from comptoir.measure.project import Measured, choose_period, data_places, measure_project
from comptoir.periods import Period
from comptoir.problems import ContentError, errors
from comptoir.publish.lock import only_one
from comptoir.scaffold.writer import replace_file, write_new_files


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("close", help="write down the figures of a quarter", description=__doc__)
    parser.add_argument(
        "period",
        type=known_form,
        metavar="PERIOD",
        help="a quarter such as 2026-Q3, a month, a half-year, a year",
    )
    add_project(parser)
    add_language(parser)
    parser.add_argument(
        "--correct",
        type=_reason,
        metavar="WHY",
        help="record what has changed since it was closed, and why: it is read by all who see the figures",
    )
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason or not reason.isprintable():
        raise ArgumentTypeError("say why, in words")
    if len(reason) > MAX_REASON:
        raise ArgumentTypeError(f"{len(reason)} characters; at most {MAX_REASON} fit here")
    return reason


def run(arguments: Namespace, console: Console) -> int:
    """Write the file, or one more correction in it; 1 when the content has errors, 2 when there is nothing to do so for."""
    today = choose_today(arguments.today)
    lock = work_folder(arguments.project) / ".close.lock"
    with only_one(lock, "another 'comptoir close' is at work in this project"):
        return _run_alone(arguments, today, console)


def _run_alone(arguments: Namespace, today: date, console: Console) -> int:
    """What is closed already is read here: another command may have written it a moment ago."""
    catalogue, problems = check_project(arguments.project, today, arguments.data)
    if errors(problems):
        raise ContentError(problems)
    quarter = choose_period(catalogue, arguments.period, None, today)
    if quarter.last_day >= today:
        return _refuse(
            f"{quarter} is not over on {today.isoformat()}: it ends on {quarter.last_day.isoformat()}"
        )
    refusal = refuse_closing(catalogue, quarter, is_correction=arguments.correct is not None)
    if refusal:
        return _refuse(refusal)
    places = data_places(arguments.project, arguments.data, kept_rows(arguments.project))
    measured = measure_project(catalogue, places, (quarter,), today, with_histograms=True)
    if errors(measured.problems):
        raise ContentError(measured.problems)
    if arguments.correct is None:
        complain(measured.problems, language_of(arguments))
        return _close(arguments.project, measured, quarter, today, console)
    correction = Correct(catalogue.closed[quarter], arguments.correct, today, __version__)
    return _correct(arguments.project, measured, correction, console)


def _close(project: Path, measured: Measured, quarter: Period, today: date, console: Console) -> int:
    file = file_of(quarter)
    text = close_quarter(quarter, measured.measurements, measured.inputs, today, __version__)
    try:
        write_new_files(project, {file: text})
    except (FileExistsError, ValueError):
        return _refuse(
            f"{file} is already there, or cannot be written inside the project; nothing was written"
        )
    figures = len(measured.measurements)
    console.print(f"{file}: {figures} figure{'s' if figures != 1 else ''} closed", markup=False)
    return FINE


def _correct(project: Path, measured: Measured, correction: Correct, console: Console) -> int:
    closing = closing_for(measured.closings, correction.quarter)
    refusal = refuse_correction(correction, closing)
    if refusal or closing is None:
        return _refuse(refusal)
    replace_file(project, correction.record.file, correct_quarter(correction, closing, measured.inputs))
    figures = len(closing.differences)
    said = f"{correction.record.file}: {figures} figure{'s' if figures != 1 else ''} corrected"
    console.print(said, markup=False)
    return FINE


def _refuse(message: str) -> int:
    say_error(message)
    return USAGE
