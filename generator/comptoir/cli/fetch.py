"""`comptoir fetch`: the rows that sources ask a database, an address or a mailbox for, as Parquet files that builds read."""

from __future__ import annotations

import os
import time
from argparse import Namespace, _SubParsersAction
from typing import Any

from rich.console import Console

from comptoir.checking import check_project
from comptoir.cli.console import (
    FINE,
    TOOL,
    USAGE,
    add_project,
    add_today,
    choose_today,
    say_error,
    work_folder,
)
from comptoir.fetch import FetchBounds, FetchError, fetch_source
from comptoir.measure.project import data_places
from comptoir.problems import suggest
from comptoir.publish.lock import only_one
from comptoir.scaffold.writer import renew_files


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "fetch", help="bring rows from databases, addresses and mailboxes", description=__doc__
    )
    add_project(parser)
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ID",
        help="only this source; may be given several times",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=FetchBounds().seconds,
        metavar="N",
        help="the most that a source may take",
    )
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Fetch each source; 2 for a source that is none, 3 when one could not be fetched: its file is then as it was."""
    project = arguments.project
    catalogue, _ = check_project(project, choose_today(arguments.today))
    asking = {name: source for name, source in catalogue.sources.items() if source.fetch is not None}
    for name in arguments.source:
        if name not in asking:
            hint = suggest(name, asking)
            say_error(f"no source '{name}' says what to fetch{f'; {hint}' if hint else ''}")
            return USAGE
    if not asking:
        say_error("no source of this project says what to fetch: give one a 'fetch:' block")
        return USAGE
    code, places = FINE, data_places(project, None)
    with only_one(
        work_folder(project) / ".fetch.lock", "another 'comptoir fetch' is at work in this project"
    ):
        for name, source in asking.items():
            if source.fetch is None or (arguments.source and name not in arguments.source):
                continue
            bounds = FetchBounds(seconds=arguments.seconds)
            try:
                found = fetch_source(source, source.fetch, os.environ, time.monotonic, bounds, catalogue)
            except FetchError as error:
                say_error(f"{source.locate('fetch')}: {name}: {error}")
                code = TOOL
                continue
            folder, _, _ = found.name.rpartition("/")
            renew_files(places.data / folder, found.files)
            console.print(
                f"{places.shown}/{found.name}: {found.rows} rows, SHA-256 {found.sha256}", markup=False
            )
            if found.note:
                console.print(found.note, markup=False)
    return code
