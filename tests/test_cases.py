"""Whole small projects with known answers: cases/good give no problem, cases/bad the problems of expected.txt.

A case holds what differs from cases/base; `removed.txt` names files of the base that it does without.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.rules import RULES

from .conftest import CASES, Golden, MakeProject

GOOD = sorted(path.name for path in (CASES / "good").iterdir())
BAD = sorted(path.name for path in (CASES / "bad").iterdir())


def test_the_base_has_no_problem(today: date) -> None:
    _, problems = check_project(CASES / "base", today)
    assert problems == ()


@pytest.mark.parametrize("case", GOOD)
def test_good(case: str, make_project: MakeProject, today: date) -> None:
    _, problems = check_project(make_project(CASES / "good" / case), today)
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("case", BAD)
def test_bad(case: str, make_project: MakeProject, golden: Golden, today: date) -> None:
    folder = CASES / "bad" / case
    _, problems = check_project(make_project(folder), today)
    assert problems, "a bad case has a problem"
    golden("".join(f"{problem}\n" for problem in sorted(map(str, problems))), folder / "expected.txt")


def test_every_rule_is_exercised_by_a_bad_case() -> None:
    expected = "".join(path.read_text(encoding="utf-8") for path in CASES.glob("bad/*/expected.txt"))
    assert [rule.name for rule in RULES if f"[{rule.name}]" not in expected] == []


def test_every_place_is_within_its_file(make_project: MakeProject, today: date, tmp_path: Path) -> None:
    outside = []
    for case in BAD:
        project = tmp_path / "project"
        _, problems = check_project(make_project(CASES / "bad" / case), today)
        for problem in problems:
            file = project / problem.location.file
            lines = file.read_bytes().decode("utf-8", "replace").split("\n") if file.is_file() else []
            line = lines[problem.location.line - 1] if problem.location.line <= len(lines) else ""
            if problem.location.column > len(line) + 1:
                outside.append(str(problem))
        project.rename(tmp_path / f"seen-{case}")
    assert outside == []
