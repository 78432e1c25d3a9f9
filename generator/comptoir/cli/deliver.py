"""`comptoir deliver`: a draft of a message for each recipient of a report, with its summary and its PDF, or for each owner
of services, with what is left to do in the catalogue, or for each kind of answer to a request; nothing is sent."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from comptoir.build import Options
from comptoir.cli.console import CONTENT, FINE, add_project, add_today, choose_today, say_error, work_folder
from comptoir.cli.measure import add_data, parse_report
from comptoir.delivery import DeliveryError, answer_drafts, drafts_of, owner_drafts
from comptoir.periods import Period
from comptoir.publish.swap import check_place
from comptoir.scaffold.writer import renew_files

OWNERS: Final = "owners"
ANSWERS: Final = "answers"


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "deliver",
        help="write drafts to recipients of a report or owners of services, or templates of answers",
        description=__doc__,
    )
    parser.add_argument(
        "what",
        type=_parse_what,
        metavar=f"PERIOD|{OWNERS}|{ANSWERS}",
        help=f"a quarter, such as 2026-Q3, or another period for its report; '{OWNERS}' for what is left to do in the catalogue; "
        f"'{ANSWERS}' for templates of answers to requests",
    )
    add_project(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where to write the drafts (a folder of PROJECT/outbox/ if left out)",
    )
    add_data(parser)
    add_today(parser)
    parser.set_defaults(run=run)


def run(arguments: Namespace, console: Console) -> int:
    """Write the drafts, and say where each is; 1 where the report names nobody, or has nothing for one of them, or where
    an owner has no address."""
    project: Path = arguments.project
    out = arguments.out or project / "outbox" / str(arguments.what)
    check_place(out, project)
    options = Options(
        project=project,
        today=choose_today(arguments.today),
        out=work_folder(project) / "delivered",
        work=work_folder(project),
        data=arguments.data,
    )
    unreachable: tuple[str, ...] = ()
    try:
        if arguments.what == OWNERS:
            drafts, unreachable = owner_drafts(options)
        elif arguments.what == ANSWERS:
            drafts = answer_drafts(options)
        else:
            drafts = drafts_of(options, arguments.what)
    except DeliveryError as error:
        say_error(str(error))
        return CONTENT
    renew_files(out, drafts)
    for name in sorted(drafts):
        console.print(f"Written: {out / name}", markup=False, soft_wrap=True)
    console.print("Nothing is sent: open each, read it, and send it yourself.", markup=False)
    for owner in unreachable:
        say_error(f"{owner}: no draft, since 'owner' of these services has no 'email'")
    return CONTENT if unreachable else FINE


def _parse_what(text: str) -> Period | str:
    return text if text in (OWNERS, ANSWERS) else parse_report(text)
