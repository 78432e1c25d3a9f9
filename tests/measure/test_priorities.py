"""Priorities that only the data, or only the agreements, know: told, never left out in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comptoir.checking import check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.periods import Quarter

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
TARGETS = [
    {"metric": "ttr", "value": 4, "unit": "hours", "share": 90, "priority": "p1"},
    {"metric": "ttr", "value": 8, "unit": "hours", "share": 90, "priority": "p2"},
]


def said(project: Path) -> list[str]:
    catalogue, problems = check_project(project, TODAY)
    assert not [p for p in problems if p.severity.value == "error"], problems
    measured = measure_project(catalogue, data_places(project, None), (Quarter(2026, 3),), TODAY)
    return [str(p) for p in measured.problems if p.rule == "priority-promise"]


def project_of(make_project: MakeProject, targets: list[dict[str, object]], priorities: str) -> Path:
    rows = "".join(
        f"2026-07-0{n}T09:00,mail,{priority},2026-07-0{n}T10:00\n"
        for n, priority in enumerate(priorities.split(), 1)
    )
    return make_project(
        keys={
            "catalogue/agreements/sla-standard.yaml": {"targets": targets, "rests_on": []},
            "indicators/sources/tickets.yaml": "role: requests\nname: {fr: Demandes, en: Requests}\nfiles: [t.csv]\n"
            "columns: {opened: {}, service: {}, priority: {}, resolved: {}}\n",
            "indicators/data/t.csv": f"opened,service,priority,resolved\n{rows}",
            "indicators/definitions/kept.yaml": "use: within-target-ttr\n",
        }
    )


def test_what_the_other_does_not_know_is_told(make_project: MakeProject) -> None:
    told = said(project_of(make_project, TARGETS, "P2 P5 p5"))
    assert len(told) == 2
    assert "no request has the priority 'p1': nothing measures this promise" in told[0]
    assert "2 requests of priority 'p5': no agreement promises anything to them" in told[1]
    assert "(promised: p1, p2; or map their word to one of these)" in told[1]


@pytest.mark.parametrize("more", [{}, {"priority": None}])
def test_a_promise_to_all_holds_for_each(make_project: MakeProject, more: dict[str, object]) -> None:
    to_all = {key: value for key, value in (TARGETS[1] | more).items() if key != "priority"}
    assert said(project_of(make_project, [TARGETS[0], to_all], "p1 p5")) == []
