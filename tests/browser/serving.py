"""Serves a built site on this machine, with the headers that it brings along for web servers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from comptoir.publish.policy import read_headers


class Handler(SimpleHTTPRequestHandler):
    """Files, the headers, and the site's own page for what is not there; says nothing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *request: Any, headers: Mapping[str, str], directory: str) -> None:
        self.headers_to_send = headers
        super().__init__(*request, directory=directory)

    def end_headers(self) -> None:
        for name, value in self.headers_to_send.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html").read_bytes() if code == 404 else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """One that takes it calmly when a visitor leaves before a page has come."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of `site`, with a slash at the end, while the block runs. `headers`: others than its own."""
    sent = read_headers(site) if headers is None else headers
    server = Server(("127.0.0.1", 0), partial(Handler, headers=sent, directory=str(site)))
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
