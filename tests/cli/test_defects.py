"""What nobody foresaw is told as a defect of the program, in one line, with a code of its own."""

from __future__ import annotations

import pytest

from comptoir.cli import SHOW_TRACEBACK, check, main


@pytest.fixture(autouse=True)
def defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("[red]no such\nkey")

    monkeypatch.setattr(check, "check_all", fail)


def test_a_defect_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    assert line.startswith("comptoir: this is a defect of Comptoir ")
    assert "not of the project: KeyError: '[red]no such\\nkey' (test_defects.py, line " in line
    assert line.endswith("; COMPTOIR_TRACEBACK=1 shows the details to report")


def test_its_details_are_shown_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHOW_TRACEBACK, "1")
    assert main(["check", "."]) == 4
    said = capsys.readouterr().err
    assert said.startswith("Traceback (most recent call last):")
    assert "in fail" in said
