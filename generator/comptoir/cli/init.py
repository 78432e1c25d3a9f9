"""`comptoir init`: a small project of one's own, that builds at once."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from comptoir.cli.console import FINE, USAGE, add_today, choose_today, say_error
from comptoir.scaffold.first_project import NAME_LIMIT, PIPELINES, first_project, pipeline_files
from comptoir.scaffold.writer import write_new_files

LANGUAGES: Final = ("fr", "en")


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser: ArgumentParser = commands.add_parser(
        "init", help="begin a project of one's own", description=__doc__
    )
    parser.add_argument("directory", type=Path, metavar="DIRECTORY", help="a folder to make, or an empty one")
    parser.add_argument(
        "--language",
        type=parse_languages,
        default=("fr",),
        metavar="fr|en|fr,en",
        help="languages of the site, the default first (fr if left out)",
    )
    parser.add_argument("--name", type=parse_name, metavar="NAME", help="the organisation's name")
    parser.add_argument(
        "--ci",
        choices=(*PIPELINES, "none"),
        default="none",
        help="write the pipeline that checks changes and publishes each night, a Containerfile and a hook (none if left out)",
    )
    add_today(parser)
    parser.set_defaults(run=run)


def parse_languages(text: str) -> tuple[str, ...]:
    """Languages separated by commas. Raises ArgumentTypeError for one that Comptoir does not speak."""
    languages = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for language in languages:
        if language not in LANGUAGES:
            raise ArgumentTypeError(f"'{language}' is not a language of Comptoir (fr, en)")
    return languages


def parse_name(text: str) -> str:
    """A name that fits in its place. Raises ArgumentTypeError for an empty or a longer one."""
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise ArgumentTypeError("the name is empty or holds unprintable characters")
    if len(name) > NAME_LIMIT:
        raise ArgumentTypeError(f"the name has {len(name)} characters; {NAME_LIMIT} fit in its place")
    return name


def run(arguments: Namespace, console: Console) -> int:
    """Write the project, then say what to do next; 2 when something of that name is already there."""
    directory: Path = arguments.directory
    files = first_project(arguments.language, arguments.name, choose_today(arguments.today))
    if arguments.ci in PIPELINES:
        files |= pipeline_files(arguments.ci)
    try:
        write_new_files(directory, files)
    except (FileExistsError, ValueError) as error:
        reason = f"{error} is already there" if isinstance(error, FileExistsError) else str(error)
        say_error(f"{reason}; nothing was written")
        return USAGE
    console.print(f"{len(files)} files written into {directory}. Next:", markup=False)
    for command, purpose in (
        ("check", "finds what is wrong"),
        ("serve", "shows the site and follows your edits"),
        ("build", "publishes it into site/"),
    ):
        console.print(f"  comptoir {command} {shlex.quote(str(directory))}   {purpose}", markup=False)
    return FINE
