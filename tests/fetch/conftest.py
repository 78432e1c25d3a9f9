"""What the tests of fetching share: a server on this machine that answers with JSON, and a cluster of PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from comptoir.checking import check_project
from comptoir.model.catalogue import Catalogue
from tests.conftest import CASES

Answer = Callable[
    [str, dict[str, str]], Any
]  # a path and parameters → what is sent as JSON, or bytes as they are


@dataclass
class Desk:
    """A server, and what it was asked."""

    address: str = ""
    answer: Answer = lambda _path, _parameters: []
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A server whose answers a test decides: a number is a status, a text an address that it leads on to."""
    told = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
            told.asked.append((parts.path, parameters))
            told.tokens.append(self.headers.get("Authorization"))
            answer = told.answer(parts.path, parameters)
            self.send_response(answer if isinstance(answer, int) else 302 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.end_headers()
            with suppress(ConnectionError):  # a client that has enough goes
                if not isinstance(answer, (int, str)):
                    self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()


def _programs() -> Path | None:
    """The folder of the programs of PostgreSQL, the newest where there are several."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a database of PostgreSQL on a socket of this machine, that only this run has."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with TemporaryDirectory(prefix="pg-") as folder:  # short: the path of a socket has a bound
        user = "postgres" if os.geteuid() == 0 else ""  # the server does not run as root
        if user:
            shutil.chown(folder, user, user)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [str(programs / program), *arguments],
                check=True,
                cwd="/",
                stdout=subprocess.DEVNULL,
                user=user or None,
            )

        run("initdb", "-D", f"{folder}/data", "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", f"{folder}/data", "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            yield f"postgresql+psycopg://owner@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")


@cache
def base_catalogue() -> Catalogue:
    """The catalogue of the base case."""
    return check_project(CASES / "base", date(2026, 10, 15))[0]
