"""What a change of the catalogue means to customers, and whether it was announced in time."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from comptoir.cli import main
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files

TODAY = date(2026, 10, 15)
Diff = Callable[..., tuple[int, dict[str, list[dict[str, object]]], str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "repository" / "nested"
    write_new_files(root, first_project(("en",), "City", TODAY))
    git(root.parent, "init", "-q")
    commit(root, "first")
    return root


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, env=environment)


def commit(project: Path, tag: str) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-qm", tag)
    git(project, "tag", tag)


def edit(project: Path, file: str, *changes: tuple[str, str]) -> None:
    path = project / file
    text = path.read_text("utf-8")
    for pattern, replacement in changes:
        text, times = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert times == 1, (file, pattern)
    path.write_text(text, "utf-8")


@pytest.fixture
def diff(project: Path, capsys: pytest.CaptureFixture[str]) -> Diff:
    def run(*arguments: str) -> tuple[int, dict[str, list[dict[str, object]]], str]:
        options = ("--project", str(project), "--today", str(TODAY), "--format", "json")
        code = main(["diff", *arguments, *options])
        said = capsys.readouterr()
        kinds: dict[str, list[dict[str, object]]] = {}
        for change in json.loads(said.out)["changes"] if said.out else ():
            kinds.setdefault(change["kind"], []).append(change)
        return code, kinds, said.err

    return run


def test_nothing_changed(project: Path, diff: Diff, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff("first")[:2] == (0, {})
    assert main(["diff", "first", "--project", str(project)]) == 0
    assert "Nothing has changed for customers." in capsys.readouterr().out


def test_promises_prices_hours_and_people(project: Path, diff: Diff) -> None:
    file = "catalogue/agreements/standard.yaml"
    edit(project, file, (r"value: 99\b", "value: 90"), (r"value: 8\b", "value: 4"))
    edit(
        project,
        "catalogue/services/wifi.yaml",
        (r"^price:\n  model: included", "price:\n  model: subscription\n  amount: 12"),
        (r"role: .*", "role: Somebody else"),
    )
    code, kinds, _ = diff("first")
    assert code == 0
    weaker, stronger = kinds["promise-weaker"][0], kinds["promise-stronger"][0]
    assert weaker["subject"]["id"] == stronger["subject"]["id"] == "standard"  # type: ignore[index]
    assert ("99" in str(weaker["before"]), "90" in str(weaker["after"])) == (True, True)
    assert ("8" in str(stronger["before"]), "4" in str(stronger["after"])) == (True, True)
    assert "wifi" in weaker["services"]  # type: ignore[operator]
    assert kinds["price-raised"][0]["after"] == "Subscription, €12"
    assert kinds["owner"][0]["after"] == "Somebody else"


def test_hours(project: Path, diff: Diff) -> None:
    edit(
        project,
        "catalogue/calendars/office-hours.yaml",
        (r"monday-thursday: .*", "monday-thursday: 09:00-12:00"),
    )
    _, kinds, _ = diff("first")
    assert {one["subject"]["id"] for one in kinds["hours-shorter"]} >= {"wifi", "laptop"}  # type: ignore[index]
    assert "promise-different" in kinds or "promise-weaker" in kinds  # working hours are fewer


def test_services_that_come_end_go_and_change_their_name(project: Path, diff: Diff) -> None:
    services = project / "catalogue" / "services"
    edit(
        project,
        "catalogue/services/wifi.yaml",
        (r"^price:", "lifecycle: retiring\nuntil: 2026-12-31\nprice:"),
    )
    text = (services / "laptop.yaml").read_text("utf-8")
    (services / "portable.yaml").write_text(f"{text}\nformerly: [laptop]\n", "utf-8")
    (services / "laptop.yaml").unlink()
    (services / "fax.yaml").write_text(re.sub(r"name: .*", "name: Fax", text, count=1), "utf-8")
    (services / "e-mail.yaml").unlink()
    for path in project.rglob("*.yaml"):
        text = (
            re.sub(r", e-mail\b", "", path.read_text("utf-8"))
            .replace("service: e-mail", "service: fax")
            .replace("service: laptop", "service: portable")
        )
        path.write_text(re.sub(r"(?<!formerly: \[)\blaptop\b(?=[,\])])", "portable", text), "utf-8")
    _, kinds, _ = diff("first")
    subjects = {kind: [one["subject"]["id"] for one in ones] for kind, ones in kinds.items()}  # type: ignore[index]
    assert subjects["service-gone"] == ["e-mail"]
    assert subjects["service-ending"] == ["wifi"]
    assert kinds["service-ending"][0]["day"] == "2026-12-31"
    assert subjects["service-new"] == ["fax"]
    assert [kind for kind, ones in subjects.items() if "portable" in ones] == [
        "words"
    ]  # e-mail is no longer related


def test_words_alone_are_told_as_such(project: Path, diff: Diff) -> None:
    edit(project, "catalogue/services/wifi.yaml", (r"^summary: .*", "summary: Other words for the same."))
    assert {kind: len(ones) for kind, ones in diff("first")[1].items()} == {"words": 1}


def test_a_target_to_come_is_told_with_its_day_and_notice_is_held(project: Path, diff: Diff) -> None:
    edit(project, "catalogue/organisation.yaml", (r"^languages:", "notice_days: 60\nlanguages:"))
    commit(project, "promised")
    file = "catalogue/services/wifi.yaml"
    edit(project, file, (r"^price:", "lifecycle: retiring\nuntil: 2026-11-30\nprice:"))
    code, _, said = diff("promised")
    assert code == 1
    assert (
        "catalogue/services/wifi.yaml:2:1: error: 'Wi-Fi' is weakened (service-ending) on 2026-11-30, in 46 days; 60 days"
        in said
    )
    edit(project, file, (r"until: 2026-11-30", "until: 2027-01-31"))
    assert diff("promised")[0] == 0
    edit(project, file, (r"until: 2027-01-31", "until: 2026-11-30"))
    (project / "catalogue" / "news" / "end.yaml").write_text(
        "date: 2026-10-01\ntitle: Wi-Fi ends\nsummary: It ends in November.\nservices: [wifi]\n", "utf-8"
    )
    assert diff("promised")[0] == 0


def test_two_revisions_and_two_folders(project: Path, diff: Diff, tmp_path: Path) -> None:
    edit(project, "catalogue/services/wifi.yaml", (r"role: .*", "role: Somebody else"))
    commit(project, "second")
    assert set(diff("first", "second")[1]) == {"owner"}
    assert diff("second")[1] == {}
    assert set(diff(str(project), "first")[1]) == {"owner"}


@pytest.mark.parametrize("revision", ["none", "--output=x", "HEAD:catalogue", "-h"])
def test_what_is_no_revision(project: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["diff", "--project", str(project), "--today", str(TODAY), "--", revision])
    assert code == 2
    assert "comptoir: " in capsys.readouterr().err


def test_markdown_escapes_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        project,
        "catalogue/services/wifi.yaml",
        (r"^name: .*", 'name: "Wi*Fi* <b>"'),
        (r"role: .*", "role: Else"),
    )
    main(["diff", "first", "--project", str(project), "--today", str(TODAY), "--format", "markdown"])
    said = capsys.readouterr().out
    assert "### " in said
    assert "Wi\\*Fi\\* \\<b\\>" in said


def test_an_audience_reads_only_its_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        project,
        "catalogue/services/wifi.yaml",
        (r"role: .*", "role: Else"),
        (r"^price:", "audience: management\nprice:"),
    )
    for other in ("laptop.yaml", "e-mail.yaml"):
        path = project / "catalogue" / "services" / other
        path.write_text(re.sub(r"^related:.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    arguments = ["diff", "first", "--project", str(project), "--today", str(TODAY), "--format", "json"]
    main([*arguments, "--audience", "employees"])
    kinds = [change["kind"] for change in json.loads(capsys.readouterr().out)["changes"]]
    assert "owner" not in kinds
    main([*arguments, "--audience", "management"])
    assert "owner" in [change["kind"] for change in json.loads(capsys.readouterr().out)["changes"]]
