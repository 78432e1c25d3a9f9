"""`comptoir serve`: a preview on this machine that follows each edit of YAML, Markdown, CSV or a template."""

from __future__ import annotations

import gc
import signal
import webbrowser
from argparse import ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

from rich.console import Console

from comptoir.build import Options, Part, build
from comptoir.cli.console import (
    FINE,
    USAGE,
    add_project,
    add_today,
    add_trust,
    choose_today,
    language_of,
    parse_count,
    say_error,
    say_problems,
)
from comptoir.cli.preview import HOST, Preview, open_server
from comptoir.cli.watching import follow
from comptoir.measure.memory import Taken
from comptoir.problems import ContentError, errors
from comptoir.publish.stage import PublishError
from comptoir.resources import templates_folder

GARBAGE_THRESHOLD = 200_000
"""A catalogue is many small values that live as long as its build: looking for garbage often costs a third of a check."""


def add_parser(commands: _SubParsersAction[Any]) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="preview that follows edits", description=__doc__)
    add_project(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="8000 if left out; 0 takes a free one"
    )
    parser.add_argument(
        "--language", metavar="fr|en", help="language to begin with (the default one if left out)"
    )
    parser.add_argument("--audience", metavar="NAME", help="for whom (the widest audience if left out)")
    parser.add_argument("--open", action="store_true", help="open the browser")
    parser.add_argument(
        "--print", action="store_true", help="make what is printed too, at each edit (left out of a preview)"
    )
    add_today(parser)
    add_trust(parser)
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    try:
        return parse_count(text, 0, 65535)
    except ValueError as error:
        raise ArgumentTypeError(f"'{text}' is not a port (0 to 65535)") from error


def run(arguments: Namespace, console: Console) -> int:
    """Build, serve, and build again at each edit, until Ctrl-C. A failed build leaves the last site in place."""
    gc.set_threshold(GARBAGE_THRESHOLD, 50, 100)
    project: Path = arguments.project
    site = project / "build" / "preview" / "site"
    preview = Preview()
    try:
        server = open_server(preview, site, arguments.port)
    except OSError as error:
        say_error(f"port {arguments.port} cannot be used ({error.strerror}); choose another with --port")
        return USAGE
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):  # also where a shell started it with SIGINT ignored
        signal.signal(asked_to_end, signal.default_int_handler)
    changed, stop = Event(), Event()
    held: dict[str, Taken] = {}
    Thread(target=server.serve_forever, daemon=True).start()
    Thread(target=follow, args=(project, templates_folder(), changed, stop), daemon=True).start()
    try:
        _rebuild(arguments, site, preview, console, held)
        _announce(arguments, site, server.server_address[1], console)
        while True:
            changed.wait()
            changed.clear()
            _rebuild(arguments, site, preview, console, held)
    except KeyboardInterrupt:
        console.print("The preview ends.")
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
    return FINE


def _announce(arguments: Namespace, site: Path, port: int, console: Console) -> None:
    language = arguments.language or ""
    path = f"{language}/" if language and (site / language).is_dir() else ""
    address = f"http://{HOST}:{port}/{path}"
    console.print(f"Preview: {address} (Ctrl-C ends it)", markup=False)
    if arguments.open:
        webbrowser.open(address)


def _rebuild(
    arguments: Namespace, site: Path, preview: Preview, console: Console, held: dict[str, Taken]
) -> None:
    """Build once, and say how it went in the terminal and in the browsers; what was measured is held for the next time."""
    start = perf_counter()
    options = Options(
        project=arguments.project,
        today=choose_today(arguments.today),
        out=site,
        work=site.parent,
        audience=arguments.audience,
        trust_theme=arguments.trust_theme,
        only=None if arguments.print else Part.SITE,  # printing waits for a build: a preview answers at once
        held=held,
    )
    try:
        result = build(options)
    except ContentError as error:
        say_problems(console, error.problems, language_of(arguments))
        preview.fail([str(problem) for problem in errors(error.problems)])
    except Exception as error:  # a preview outlives whatever a half-typed template makes fail
        message = str(error) if isinstance(error, PublishError) else f"{type(error).__name__}: {error}"
        console.print(message, style="red", markup=False)
        preview.fail([message])
    else:
        if result.warnings:
            say_problems(console, result.warnings, language_of(arguments))
        console.print(f"Built in {perf_counter() - start:.1f} s.", markup=False)
        preview.publish()
