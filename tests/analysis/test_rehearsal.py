"""A promise rehearsed: cases counted by hand, with lunch, a pause and the dates of the agreement; and proposals that cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comptoir.analysis.rehearsal import RehearsalError, rehearse
from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import data_places
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.periods import Quarter
from tests.conftest import project_maker

DAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)

# Office hours are 8 to 12 and 13 to 17; what each takes in working hours stands behind it.
TICKETS = """\
number,opened,resolved,service,segment,kind,priority
A,2026-07-01T08:00,2026-07-01T10:00,mail,researchers,incident,p1
B,2026-07-01T08:00,2026-07-01T13:30,mail,researchers,incident,p1
C,2026-07-02T08:00,2026-07-02T16:00,wifi,researchers,incident,p1
D,2026-07-02T08:00,2026-07-03T16:00,wifi,researchers,incident,p1
E,2026-07-06T08:00,2026-07-06T16:00,mail,researchers,incident,p1
F,2026-07-06T08:00,2026-07-06T09:00,mail,researchers,incident,p2
G,2024-07-01T08:00,2024-07-01T09:00,mail,researchers,incident,p1
"""  # 2 h; 4½ h; 7 h; 15 h; 7 h without its pause of 4 h; another priority; before the agreement
PAUSES = "number,start,end\nE,2026-07-06T08:00,2026-07-06T12:00\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_maker(tmp_path_factory.mktemp("rehearsal"))(
        keys={
            "indicators/sources/tickets.yaml": {
                "role": "requests",
                "name": {"fr": "Demandes", "en": "Tickets"},
                "files": ["tickets.csv"],
                "columns": {
                    name: {}
                    for name in ("number", "opened", "resolved", "service", "segment", "kind", "priority")
                },
            },
            "indicators/sources/pauses.yaml": {
                "role": "pauses",
                "name": {"fr": "Pauses", "en": "Pauses"},
                "files": ["pauses.csv"],
                "columns": {"number": {}, "start": {}, "end": {}},
            },
            "indicators/data/tickets.csv": TICKETS,
            "indicators/data/pauses.csv": PAUSES,
            "indicators/definitions/within-target-ttr.yaml": {"use": "within-target-ttr"},
        }
    )


@pytest.mark.parametrize(
    ("written", "kept", "of_mail"),
    [
        ("ttr.p1=4h", 2, 2),  # A and E, whose pause does not count
        ("ttr.p1=4.5h", 3, 3),  # B too
        ("ttr.p1=8", 4, 3),  # what is promised: all but D
        ("ttr.p1=2d", 5, 3),  # two working days
        ("ttr.p1=90min@50", 0, 0),
    ],
)
def test_past_cases_are_judged_by_what_is_proposed(
    project: Path, written: str, kept: int, of_mail: int
) -> None:
    catalogue, problems = check_project(project, DAY)
    assert not [p for p in problems if p.severity == "error"], problems
    quarters = Quarter.last_closed(DAY).latest(9)
    found = rehearse(catalogue, data_places(project, None), "sla-standard", written, quarters, DAY)
    rows = {(one.period, one.scope): one for one in found.rows}
    whole = rows[None, EVERYTHING]
    assert (whole.cases, whole.would_keep, whole.judged, whole.kept) == (5, kept, 5, 4)
    assert rows[Q3, EVERYTHING].would_keep == kept
    assert rows[None, Scope(service="mail")].would_keep == of_mail
    assert rows[None, Scope(segment="researchers")].cases == 5
    assert whole.interval is not None and whole.interval[0] <= kept / 5 <= whole.interval[1]


def test_what_it_would_not_rest_on_is_told(project: Path) -> None:
    catalogue, _ = check_project(project, DAY)
    places = data_places(project, None)
    beneath = [
        [
            problem.message
            for problem in rehearse(catalogue, places, "sla-standard", written, (Q3,), DAY).beneath
        ]
        for written in ("ttr.p1=3h", "ttr.p1=5h")
    ]
    assert beneath == [
        [
            "'ttr p1' promises 3 working hours, stricter than the 4 working hours of 'ola-network', which it rests on"
        ],
        [],
    ]


@pytest.mark.parametrize(
    ("agreement", "written", "message"),
    [
        ("sla-standart", "ttr.p1=4h", "unknown agreement 'sla-standart' (did you mean 'sla-standard'?)"),
        (
            "sla-standard",
            "ttr.p2=4h",
            "'sla-standard' has no target 'ttr.p2' (it has: availability, ttr.p1)",
        ),
        ("sla-standard", "ttr.p1=soon", "'ttr.p1=soon' is not a target and its value"),
        ("sla-standard", "ttr.p1=4 hour", "'hour' is no unit (did you mean 'hours'?)"),
        ("sla-standard", "trt.p1=4h", "'trt' is no metric"),
        ("sla-standard", "ttr.p1=4h@120", "a share at most 100"),
        ("sla-standard", "availability=99.9", "is judged case by case only for durations"),
    ],
)
def test_what_cannot_be_rehearsed_is_told(project: Path, agreement: str, written: str, message: str) -> None:
    catalogue, _ = check_project(project, DAY)
    with pytest.raises(RehearsalError) as told:
        rehearse(catalogue, data_places(project, None), agreement, written, (Q3,), DAY)
    assert message in str(told.value)


def test_the_command_gives_a_table_and_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["rehearse", "sla-standard", str(project), "--set", "ttr.p1=4h", "--quarters", "1"]
    assert main([*asked, "--today", DAY.isoformat()]) == 0
    told = capsys.readouterr().out
    assert "4 working-hours instead of 8 working-hours" in told
    assert "40.0 %" in told and "80.0 %" in told
    assert main([*asked, "--format", "json", "--today", DAY.isoformat()]) == 0
    found = json.loads(capsys.readouterr().out)["proposals"][0]
    assert (found["target"], found["proposed"]["value"], found["cases"][0]["would_keep"]) == (
        "ttr p1",
        "4",
        2,
    )
    assert found["cases"][0]["would_be_kept"] is False
    assert main(["rehearse", "nothing", str(project), "--set", "ttr=4h", "--today", DAY.isoformat()]) == 2
