"""`comptoir build`: the project's site, complete and checked, or the previous one left as it was."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from rich.console import Console

from comptoir.build import Options, Part, build
from comptoir.cli.console import (
    FINE,
    add_language,
    add_project,
    add_today,
    add_trust,
    choose_today,
    language_of,
    parse_count,
    say_problems,
    work_folder,
)
from comptoir.cli.measure import add_data, add_period
from comptoir.cli.progress import add_progress, progress_of
from comptoir.publish.engine import Engine
from comptoir.sources.addresses import is_web_address


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("build", help="publish the site", description=__doc__)
    add_project(parser)
    add_language(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the site goes (PROJECT/site if left out)"
    )
    add_period(parser)
    parser.add_argument("--audience", metavar="NAME", help="for whom (the widest audience if left out)")
    parser.add_argument(
        "--site-url",
        type=_address,
        metavar="URL",
        help="where it will be published (what the project says if left out)",
    )
    parser.add_argument("--engine", choices=[engine.value for engine in Engine], default=Engine.MKDOCS.value)
    parser.add_argument(
        "--jobs",
        type=_count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes that draw and print beside the main one, and languages built at a time (the processors if left out)",
    )
    parser.add_argument(
        "--only",
        choices=[part.value for part in Part],
        help="the site without printed files, or printed files alone (in PROJECT/print)",
    )
    add_data(parser)
    add_today(parser)
    add_trust(parser)
    add_progress(parser)
    parser.set_defaults(run=run)


def _address(text: str) -> str:
    if not is_web_address(text):
        raise ArgumentTypeError(f"'{text}' is not an address that begins with https://")
    return text if text.endswith("/") else f"{text}/"


def _count(text: str) -> int:
    try:
        return parse_count(text, 1, 64)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a number from 1 to 64") from error


def run(arguments: Namespace, console: Console) -> int:
    """Build, then say where the site is and what its content warns of."""
    project: Path = arguments.project
    only = Part(arguments.only) if arguments.only else None
    folder = "print" if only is Part.PRINT else "site"
    with progress_of(arguments) as progress:
        result = build(
            Options(
                project=project,
                today=choose_today(arguments.today),
                out=arguments.out or project / folder,
                work=work_folder(project),
                audience=arguments.audience,
                engine=Engine(arguments.engine),
                site_url=arguments.site_url or "",
                jobs=arguments.jobs,
                quarter=arguments.period or arguments.quarter,
                data=arguments.data,
                only=only,
                trust_theme=arguments.trust_theme,
                begin=progress.begin,
            )
        )
    if result.warnings:
        say_problems(console, result.warnings, language_of(arguments))
    if arguments.quiet:
        return FINE
    thing, file = ("files", "") if only is Part.PRINT else ("pages", "index.html")
    pages = ", ".join(f"{count} {thing} in {language}" for language, count in result.pages.items())
    console.print(f"Published for {result.audience}: {pages}.", markup=False)
    console.print(str(result.out / file), markup=False)
    return FINE
