"""The command as a process of its own: what a terminal, a pipe, a scheduler or a full disk does to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import MakeProject

from comptoir.publish.engine import _without_traceback

COMMAND = (sys.executable, "-m", "comptoir")


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
    )


@pytest.mark.parametrize("wait", [0.15, 0.4])
def test_interrupted_while_it_loads(wait: float, make_project: MakeProject) -> None:
    running = start("check", str(make_project()))
    time.sleep(wait)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert "comptoir" not in err, "no traceback of ours"
    assert running.returncode in (130, -signal.SIGINT, 0)
    assert out in ("", "No problems.\n")


def test_asked_to_end_it_ends_its_engine_first(make_project: MakeProject) -> None:
    project = make_project()
    running = start("build", str(project), "--only", "site", "--today", "2026-10-15")
    engine = project / "build/fr/mkdocs.yml"
    for _ in range(600):
        if engine.exists():
            break
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGTERM)
    running.communicate(timeout=60)
    site = project / "site/index.html"
    assert running.returncode == (0 if site.exists() else 130)
    assert _engines_in(project / "build") == []


def _engines_in(folder: Path) -> list[str]:
    """Processes that work in the folder; the system tells it on Linux only."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if place.readlink().is_relative_to(folder):
                found.append(place.parent.name)
        except OSError:  # it has ended meanwhile
            continue
    return found


def test_a_reader_that_goes_away(make_project: MakeProject) -> None:
    project = make_project()
    keys = "".join(f"key-{number}: x\n" for number in range(20_000))
    path = project / "catalogue/services/wifi.yaml"
    path.write_text(path.read_text(encoding="utf-8") + keys, encoding="utf-8")
    running = start("check", str(project))
    assert running.stdout is not None and running.stderr is not None
    assert running.stdout.readline().endswith("unknown key 'key-0' [unknown-key]\n")
    running.stdout.close()
    assert "Traceback" not in running.stderr.read()
    assert running.wait(timeout=60) in (1, 3)


def test_a_terminal_that_speaks_ascii_only(make_project: MakeProject) -> None:
    project = make_project()
    (project / "catalogue/services/été.yaml").write_text("name: é\n", encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    running = start("check", str(project), **plain)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (1, "")
    assert "catalogue/services/" in out and out.isascii()


def test_no_home_and_no_width(make_project: MakeProject, tmp_path: Path) -> None:
    running = start(
        "check", str(make_project()), HOME=str(tmp_path / "nowhere"), COLUMNS="1", NO_COLOR="1", TERM="dumb"
    )
    assert running.communicate(timeout=60) == ("No problems.\n", "")


def test_of_a_traceback_of_the_engine_only_how_it_ends() -> None:
    said = (
        "INFO - building\nTraceback (most recent call last):\n"
        '  File "/x/jinja2/environment.py", line 1, in render\n    run()\n'
        '  File "theme/main.html", line 7, in top-level template code\n    {% extends "no.html" %}\n'
        "jinja2.exceptions.TemplateNotFound: no.html\n"
    )
    assert _without_traceback(said) == (
        'INFO - building\nFile "theme/main.html", line 7, in top-level template code\n'
        "jinja2.exceptions.TemplateNotFound: no.html"
    )
    assert _without_traceback("WARNING - a") == "WARNING - a"
