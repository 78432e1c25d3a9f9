"""What a long command says of itself: a line that goes away in a terminal, a line a step when asked, nothing elsewhere."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from tests.build.commands import build
from tests.conftest import MakeProject

from comptoir.cli import main
from comptoir.cli.progress import Progress, peak_memory


class Terminal(StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def in_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def said(stream: StringIO, *, verbose: bool = False, quiet: bool = False) -> str:
    with Progress(stream, verbose=verbose, quiet=quiet) as progress:
        progress.begin("Measuring")
        progress.begin("Making pages")
    return stream.getvalue()


def test_a_terminal_shows_the_step_and_is_clean_at_the_end() -> None:
    assert said(Terminal()) == "\r\x1b[KMeasuring…\r\x1b[K\r\x1b[KMaking pages…\r\x1b[K"


def test_the_line_goes_away_when_a_step_fails() -> None:
    terminal = Terminal()
    with pytest.raises(ValueError), Progress(terminal, verbose=False, quiet=False) as progress:
        progress.begin("Measuring")
        raise ValueError
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("variable", [("CI", "true"), ("TERM", "dumb")])
def test_nothing_is_said_in_ci_in_a_file_or_when_quiet(
    variable: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(StringIO()) == ""
    assert said(Terminal(), quiet=True) == ""
    monkeypatch.setenv(*variable)
    assert said(Terminal()) == ""


@pytest.mark.parametrize("command", ["check", "measure"])
def test_reading_data_is_a_step_of_its_own(
    command: str, make_project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    main([command, str(make_project()), "--today", "2026-10-15", "--verbose"])
    steps = re.findall(r"^(.+): \d+\.\d s, \d+ MB$", capsys.readouterr().err, re.M)
    assert steps == ["Checking the content", "Reading data and measuring"]


def test_verbose_tells_seconds_and_memory_of_each_step_everywhere() -> None:
    lines = said(StringIO(), verbose=True).splitlines()
    assert [re.sub(r"\d+\.\d s, \d+ MB", "#", line) for line in lines] == ["Measuring: #", "Making pages: #"]
    assert peak_memory() > 1_000_000


def test_a_build_says_what_was_asked_for(make_project: MakeProject) -> None:
    project = make_project()
    loud = build(project, "--verbose", "--only", "site")
    steps = [line.partition(":")[0] for line in loud.stderr.splitlines()]
    assert steps[:3] == ["Looking for what changed", "Checking the content", "Measuring"]
    assert "Making pages" in steps
    assert "Published for" in loud.stdout
    quiet = build(project, "--quiet", "--only", "site")
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert "Published for" not in quiet.stdout
