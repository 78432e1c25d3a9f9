"""Answers to complaints that the register does not have: told with their place and the nearest number."""

from __future__ import annotations

from datetime import date

from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import data_places, measure_project
from comptoir.periods import Quarter
from comptoir.problems import errors

from ..conftest import CASES, MakeProject

TODAY = date(2026, 10, 15)
COMPLAINTS = CASES / "good" / "complaint-2013"
WRONG = "- {id: first, complaint: L-2013-177}\n- {id: second, complaint: L-2013-18}\n- {id: third, complaint: X}\n"


def warnings(make_project: MakeProject, answers: str | None = None) -> list[str]:
    project = make_project(COMPLAINTS, {"segments/answers.yaml": answers} if answers else None)
    catalogue, problems = check_project(project, TODAY)
    assert errors(problems) == ()
    measured = measure_project(catalogue, data_places(project, None), (Quarter(2013, 2),), TODAY)
    return [str(problem) for problem in measured.problems]


def test_an_answer_to_a_complaint_of_the_register_is_right(make_project: MakeProject) -> None:
    assert warnings(make_project) == []


def test_a_number_that_the_register_does_not_have_is_told_where_it_stands(make_project: MakeProject) -> None:
    assert warnings(make_project, WRONG) == [
        "segments/answers.yaml:1:26: warning: there is no complaint 'L-2013-177' in the register "
        "(did you mean 'L-2013-17'?) [answer-unknown]",
        "segments/answers.yaml:3:26: warning: there is no complaint 'X' in the register "
        "(known: L-2013-17, L-2013-18, L-2013-19) [answer-unknown]",
    ]


def test_without_requests_nothing_is_said(make_project: MakeProject) -> None:
    project = make_project(keys={"segments/answers.yaml": WRONG})
    catalogue, _ = check_project(project, TODAY)
    assert measure_project(catalogue, data_places(project, None), (Quarter(2013, 2),), TODAY).problems == ()


def test_measure_tells_of_them_and_goes_on(make_project: MakeProject, capsys: object) -> None:
    project = make_project(COMPLAINTS, {"segments/answers.yaml": WRONG})
    assert main(["measure", str(project), "--quarter", "2013-Q2", "--today", TODAY.isoformat()]) == 0
    told = capsys.readouterr().err  # type: ignore[attr-defined]
    assert "there is no complaint 'L-2013-177' in the register" in told
