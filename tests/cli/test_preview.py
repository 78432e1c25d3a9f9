"""The preview: pages with the script, states told to browsers, and the whole command followed through an edit."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from comptoir.cli import main
from comptoir.cli import preview as preview_module
from comptoir.cli.preview import Preview, open_server
from comptoir.cli.watching import follow
from comptoir.publish.policy import HOSTS
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files

PATIENCE = 60.0


def wait_until(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def served(preview: Preview, site: Path) -> Iterator[str]:
    server = open_server(preview, site, 0)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def read(address: str, host: str | None = None) -> tuple[int, str]:
    try:
        with urlopen(Request(address, headers={"Host": host} if host else {}), timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "wifi").mkdir(parents=True)
    (folder / "index.html").write_text("<body>Home</body>")
    (folder / "wifi" / "index.html").write_text("<body>Wi-Fi</body>")
    (folder / "style.css").write_text("body {}")
    (folder / "404.html").write_text("<body>Lost</body>")
    (tmp_path / "secret.html").write_text("secret")
    return folder


def test_pages_get_the_script_and_other_files_do_not(site: Path) -> None:
    preview = Preview()
    preview.publish()
    script = '<script src="/_comptoir/preview.js?published=1"></script>'
    with served(preview, site) as address:
        assert read(f"{address}/") == (200, f"<body>Home{script}</body>")
        assert read(f"{address}/wifi") == (200, f"<body>Wi-Fi{script}</body>")
        assert read(f"{address}/style.css") == (200, "body {}")
        assert read(f"{address}/none/") == (404, f"<body>Lost{script}</body>")
        assert "document.currentScript" in read(f"{address}/_comptoir/preview.js")[1]


def test_serves_its_site_to_this_machine_only(site: Path) -> None:
    with served(Preview(), site) as address:
        assert read(f"{address}/", host="evil.example")[0] == 421
        connection = HTTPConnection(address.removeprefix("http://"))
        connection.request("GET", "/../secret.html")
        answer = connection.getresponse()
        assert (answer.status, b"secret" in answer.read()) == (404, False)


def test_asks_every_request_whom_it_is_for(site: Path) -> None:
    with served(Preview(), site) as address:
        for method in ("HEAD", "GET"):
            for host, expected in (("evil.example", 421), (address.removeprefix("http://"), 200)):
                connection = HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
                connection.request(method, "/style.css", headers={"Host": host})
                assert connection.getresponse().status == expected, (method, host)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_comptoir/state?since=%C2%B2", 200),
        (f"/_comptoir/state?since={'9' * 5000}", 200),
        (f"/{'a' * 300}", 404),
        (f"/{'a' * 300}/", 404),
        (f"/{'a/' * 3000}", 404),
        ("/wifi/%00", 404),
        ("/style.css/x", 404),
    ],
)
def test_odd_questions_have_an_answer(
    site: Path, path: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(Preview(), site) as address:
        assert read(address + path)[0] == status
    assert capfd.readouterr().err == ""


def test_lets_go_who_says_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_module._Handler, "timeout", 0.2)
    with served(Preview(), site) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as silent:
            silent.sendall(b"GET / HTTP/1.1\r\n")
            assert silent.recv(1) == b"", "closed by the server"
    monkeypatch.undo()
    assert preview_module._Handler.timeout, "a connection that says nothing is closed"


def test_sends_the_policy_of_the_site(site: Path) -> None:
    (site / HOSTS).write_text(
        "/*\n  Content-Security-Policy: default-src 'none'\n  Referrer-Policy: same-origin\n"
    )
    with served(Preview(), site) as address, urlopen(f"{address}/", timeout=PATIENCE) as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_tells_a_waiting_browser_at_once(site: Path) -> None:
    preview = Preview()
    with served(preview, site) as address:
        assert json.loads(read(f"{address}/_comptoir/state")[1]) == {
            "version": 0,
            "published": 0,
            "problems": [],
        }
        Thread(
            target=lambda: (time.sleep(0.2), preview.fail(["a.yaml:1:1: error: <b>"])), daemon=True
        ).start()
        state = json.loads(read(f"{address}/_comptoir/state?since=0")[1])
        assert state == {"version": 1, "published": 0, "problems": ["a.yaml:1:1: error: <b>"]}
        preview.publish()
        state = json.loads(read(f"{address}/_comptoir/state?since=1")[1])
        assert state == {"version": 2, "published": 1, "problems": []}


def test_sees_edits_new_folders_and_the_configuration(tmp_path: Path) -> None:
    project, shipped = tmp_path / "project", tmp_path / "shipped"
    (project / "catalogue").mkdir(parents=True)
    (project / "build").mkdir()
    shipped.mkdir()
    changed, stop = Event(), Event()
    watcher = Thread(target=follow, args=(project, shipped, changed, stop), daemon=True)
    watcher.start()
    time.sleep(0.5)

    def sees(edit: Callable[[], object]) -> bool:
        changed.clear()
        edit()
        return changed.wait(10)

    assert sees(lambda: (project / "catalogue" / "a.yaml").write_text("a: 1"))
    assert sees(lambda: (shipped / "page.j2").write_text("x"))
    assert sees(lambda: (project / "mkdocs.yml").write_text("site_name: x"))
    assert sees(lambda: (project / "site_templates" / "pages").mkdir(parents=True))
    time.sleep(0.5)
    assert sees(lambda: (project / "site_templates" / "pages" / "home.md.j2").write_text("x"))
    time.sleep(1.5)
    changed.clear()
    (project / "build" / "x").write_text("built")
    assert not changed.wait(1)
    stop.set()
    watcher.join(5)
    assert not watcher.is_alive()


def test_says_when_the_port_is_taken(tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(Preview(), site) as address:
        port = address.rpartition(":")[2]
        assert main(["serve", str(tmp_path), "--port", port]) == 2
    said = capsys.readouterr().err
    assert (
        said == f"comptoir: port {port} cannot be used (Address already in use); choose another with --port\n"
    )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A first project under `comptoir serve`: its folder and the address of its preview."""
    project = tmp_path / "project"
    write_new_files(project, first_project(("fr", "en"), None, date(2026, 10, 15)))
    command = [
        sys.executable,
        "-m",
        "comptoir",
        "serve",
        str(project),
        "--port",
        "0",
        "--today",
        "2026-10-15",
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log.txt"
    with log.open("w") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=environment)
    try:
        wait_until(lambda: "Preview: " in log.read_text() or process.poll() is not None)
        said = log.read_text()
        assert "Built in" in said, said
        yield project, said.partition("Preview: ")[2].partition(" (")[0].rstrip("/")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert log.read_text().endswith("The preview ends.\n")
    finally:
        process.kill()


@pytest.mark.slow
def test_follows_an_edit_and_keeps_the_last_good_site(running: tuple[Path, str]) -> None:
    project, address = running
    page, service = f"{address}/en/services/wifi/", project / "catalogue" / "services" / "wifi.yaml"
    good = service.read_text("utf-8")
    assert "without a cable" in read(page)[1]

    service.write_text(good.replace("without a cable", "from the garden too"), "utf-8")
    wait_until(lambda: "from the garden too" in read(page)[1])

    service.write_text(good.replace("family: communication", "family: comunication"), "utf-8")
    wait_until(lambda: json.loads(read(f"{address}/_comptoir/state")[1])["problems"])
    problems = json.loads(read(f"{address}/_comptoir/state")[1])["problems"]
    assert len(problems) == 1
    assert "unknown family 'comunication' (did you mean 'communication'?)" in problems[0]
    assert "from the garden too" in read(page)[1]

    template = project / "site_templates" / "pages" / "home.md.j2"
    template.parent.mkdir(parents=True)
    service.write_text(good, "utf-8")
    wait_until(lambda: "without a cable" in read(page)[1])
    template.write_text("{% if %}", "utf-8")
    wait_until(lambda: json.loads(read(f"{address}/_comptoir/state")[1])["problems"])
    assert "without a cable" in read(page)[1]


@pytest.mark.slow
@pytest.mark.browser
def test_the_browser_reloads_and_shows_problems(running: tuple[Path, str], browser: Browser) -> None:
    project, address = running
    service = project / "catalogue" / "services" / "wifi.yaml"
    good = service.read_text("utf-8")
    page = browser.new_page()
    page.goto(f"{address}/services/wifi/")
    panel = page.locator("#comptoir-preview")
    expect(panel).to_have_count(0)

    service.write_text(good.replace("family: communication", "family: <b>x"), "utf-8")
    expect(panel).to_contain_text("'<b>x' is not an identifier", timeout=PATIENCE * 1000)
    expect(panel).to_contain_text("Le contenu a des problèmes ; voici le dernier site sans erreur.")
    expect(page.get_by_text("Vous êtes en ligne partout, sans câble.").first).to_be_attached()

    service.write_text(good.replace("sans câble", "même au jardin"), "utf-8")
    expect(page.get_by_text("Vous êtes en ligne partout, même au jardin.").first).to_be_attached(
        timeout=PATIENCE * 1000
    )
    expect(panel).to_have_count(0)
    page.close()
