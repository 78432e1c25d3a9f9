"""The preview server: a site folder and what was last built in, pages that reload themselves and tell problems out."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Condition
from typing import Final
from urllib.parse import parse_qs, urlsplit

from comptoir.publish.policy import read_headers

HOST: Final = "127.0.0.1"
PATIENCE: Final = 20.0  # seconds that a browser's question stays open when nothing changes
LONGEST_SILENCE: Final = 30.0  # seconds that a connection stays open while its request does not come
_OWN: Final = "/_comptoir/"
_NOTHING_YET: Final = "<!doctype html><html><head><title>Comptoir</title></head><body></body></html>"


@dataclass(frozen=True, slots=True)
class State:
    """What browsers must know: `version` counts attempts to build, `published` the ones that succeeded."""

    version: int = 0
    published: int = 0
    problems: tuple[str, ...] = ()


class Preview:
    """The state of the preview, told to every browser that waits for a newer one."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._state = State()

    @property
    def state(self) -> State:
        """The newest state."""
        with self._changed:
            return self._state

    def publish(self) -> None:
        """A new site is there: browsers reload."""
        state = self.state
        self._tell(State(state.version + 1, state.published + 1))

    def fail(self, problems: Sequence[str]) -> None:
        """The site stays as it was: browsers show why."""
        state = self.state
        self._tell(replace(state, version=state.version + 1, problems=tuple(problems)))

    def wait(self, version: int) -> State:
        """The state as soon as it is another than `version`; the same one after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.version != version, PATIENCE)
            return self._state

    def _tell(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()


def open_server(preview: Preview, site: Path, port: int) -> ThreadingHTTPServer:
    """A server of `site` on this machine only; port 0 takes a free one. Raises OSError when the port is taken."""
    return _Server((HOST, port), partial(_Handler, preview=preview, directory=str(site)))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that leaves before its answer has come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(SimpleHTTPRequestHandler):
    server: ThreadingHTTPServer
    timeout = LONGEST_SILENCE

    def __init__(self, *arguments: object, preview: Preview, directory: str) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self._is_misdirected():
            return
        address = urlsplit(self.path)
        if address.path == f"{_OWN}state":
            self._send_state(parse_qs(address.query).get("since", [""])[0])
        elif address.path == f"{_OWN}preview.js":
            script = files("comptoir.cli").joinpath("preview.js").read_bytes()
            self._send(HTTPStatus.OK, "text/javascript", script)
        else:
            self._send_file()

    def do_HEAD(self) -> None:
        if not self._is_misdirected():
            super().do_HEAD()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for name, value in read_headers(Path(self.directory)).items():  # as where the site is published
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for what was built."""

    def _is_misdirected(self) -> bool:
        """True, and told, when a page of another site reached this server through a name of its own (DNS rebinding)."""
        port = self.server.server_address[1]
        if self.headers.get("Host", "") in {f"{HOST}:{port}", f"localhost:{port}"}:
            return False
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "this preview answers on 127.0.0.1 only")
        return True

    def _send_state(self, since: str) -> None:
        is_number = re.fullmatch("[0-9]{1,9}", since)
        state = self._preview.wait(int(since)) if is_number else self._preview.state
        answer = {"version": state.version, "published": state.published, "problems": state.problems}
        self._send(HTTPStatus.OK, "application/json", json.dumps(answer).encode())

    def _send_file(self) -> None:
        path = Path(self.translate_path(self.path))
        if not os.path.exists(path):  # noqa: PTH110 - also false for a name that is too long for the system
            path = Path(self.directory, "404.html", "nothing")
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().do_GET()  # redirects to the address that ends with '/'
            return
        page = path / "index.html" if path.is_dir() else path
        if page.is_file() and page.suffix != ".html":
            super().do_GET()
            return
        status = HTTPStatus.OK if page.is_file() else HTTPStatus.NOT_FOUND
        missing = Path(self.directory, "404.html")
        if status is HTTPStatus.NOT_FOUND and missing.is_file():
            page = missing
        html = page.read_text("utf-8") if page.is_file() else _NOTHING_YET
        self._send(status, "text/html; charset=utf-8", self._with_script(html).encode())

    def _with_script(self, html: str) -> str:
        script = f'<script src="{_OWN}preview.js?published={self._preview.state.published}"></script>'
        before, end, after = html.rpartition("</body>")
        return f"{before}{script}{end}{after}" if end else html + script

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
