"""`measure` and `explain` of periods other than quarters: what is added up, judged, compared and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import MakeProject

from comptoir.cli import main

DAY = ("--today", "2027-02-15")
SOURCE = {
    "role": "requests",
    "name": {"fr": "Demandes", "en": "Requests"},
    "files": ["t.csv"],
    "columns": {"opened": {}, "service": {}, "resolved": {}},
}
SHARE = {
    "name": {"fr": "Résolus", "en": "Resolved"},
    "summary": {"fr": "La part résolue.", "en": "The share resolved."},
    "source": "requests",
    "kind": "ratio",
    "numerator": "resolved IS NOT NULL",
    "unit": "percent",
    "direction": "higher",
    "by": [],
    "min_sample": 3,
    "target": [{"value": 50, "valid_until": "2026-09-30"}, {"value": 80, "valid_from": "2026-10-01"}],
}
ROWS = [  # 2026-Q1: 1 of 1; 2026-Q3: 1 of 3; 2026-Q4: 1 of 1
    "2026-02-02T09:00,mail,2026-02-03T09:00",
    "2026-07-01T09:30,mail,",
    "2026-08-01T09:30,mail,",
    "2026-09-30T21:59,wifi,2026-10-01T09:30",
    "2026-10-01T09:30,wifi,2026-10-01T10:30",
]


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(
        keys={
            "indicators/sources/tickets.yaml": SOURCE,
            "indicators/definitions/share.yaml": SHARE,
            "indicators/data/t.csv": "opened,service,resolved\n" + "\n".join(ROWS) + "\n",
        }
    )


def figure(project: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    assert main(["measure", str(project), "--format", "json", *DAY, *options]) == 0
    [found] = json.loads(capsys.readouterr().out)["measurements"]
    return {**found}


@pytest.mark.parametrize(
    ("period", "above", "below", "status", "target"),
    [
        ("2026", 3, 5, "missed", 80),  # of rows: the mean of the quarters' shares would be 77.8
        ("2026-H1", 1, 1, "indicative", 50),
        ("2026-H2", 2, 4, "missed", 80),
        ("2026-09", 1, 1, "indicative", 50),
        ("2026-10", 1, 1, "indicative", 80),
        ("2026-07..2026-09", 1, 3, "missed", 50),
        ("12m..2026-09", 2, 4, "met", 50),
    ],
)
def test_rows_are_added_up_and_judged(
    period: str,
    above: int,
    below: int,
    status: str,
    target: int,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = figure(project, capsys, "--period", period)
    assert (found["numerator"], found["denominator"], found["status"]) == (above, below, status)
    assert found["target"] == {"value": target, "from_agreements": False}


def test_a_quarter_is_the_same_by_either_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figure(project, capsys, "--quarter", "2026-Q3")
    assert figure(project, capsys, "--period", "2026-Q3") == found
    assert found["quarter"] == "2026-Q3"


def test_a_month_is_compared_with_the_one_before(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figure(project, capsys, "--period", "2026-09")
    assert found["period"] == "2026-09"
    assert found["previous"] == {
        "period": "2026-08",
        "value": 0,
        "difference": 100,
        "significant": False,
        "test": "fisher",
    }


def test_a_running_year_is_provisional(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figure(project, capsys, "--period", "2027")["provisional"] is True
    assert figure(project, capsys, "--period", "2026")["provisional"] is False


def test_the_fiscal_year_of_the_organisation(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    organisation = project / "catalogue/organisation.yaml"
    assert main(["measure", str(project), *DAY, "--period", "FY2026"]) == 1
    assert "organisation.yaml:1:1: error: 'FY2026' needs the month" in capsys.readouterr().err
    organisation.write_text(
        organisation.read_text(encoding="utf-8") + "fiscal_year: july\n", encoding="utf-8"
    )
    found = figure(project, capsys, "--period", "FY2026")
    assert (found["period"], found["numerator"], found["denominator"]) == ("2026-07..2027-06", 2, 4)
    assert figure(project, capsys, "--period", "FY2026-Q1")["quarter"] == "2026-Q3"


def test_a_period_is_explained(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "share", str(project), "--period", "2026-H2", *DAY]) == 0
    told = capsys.readouterr().out
    for part in (
        "2026-H2, everything: missed",
        "numerator    2",
        "denominator  4",
        "t.csv:3, t.csv:4, t.csv:5, t.csv:6",
    ):
        assert part in told, part


def test_what_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--period", "2026-Q5"], ["--period", "2026", "--quarter", "2026-Q3"]):
        with pytest.raises(SystemExit, match="2"):
            main(["measure", str(project), *options])


def test_a_period_outside_the_rows_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(period: str, *day: str) -> tuple[int, str]:
        code = main(["measure", str(project), "--language", "en", "--period", period, *(day or DAY)])
        return code, capsys.readouterr().err

    assert said("2025-03") == (
        0,
        "comptoir: no row is dated in 2025-03: rows go from 2026-02-02 to 2026-10-01 (nearest: --period 2026-02)\n",
    )
    assert "(nearest: --period 2026-H2)" in said("2027-H1")[1]
    assert said("2027-03") == (2, "comptoir: 2027-03 has not begun on 2027-02-15\n")
    assert "'tickets' begin on 2026-02-02: 2026 is measured since then" in said("2026")[1]
    assert "'tickets' end on 2026-10-01, before 2026 does: what it adds up is not complete" in said("2026")[1]
    assert said("2026-Q3") == (0, "")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("2026-9", "2026-09"),
        ("Q3 2026", "2026-Q3"),
        ("2026T3", "2026-Q3"),
        ("09/2026", "2026-09"),
        ("S1 2026", "2026-H1"),
    ],
)
def test_a_misspelt_period_has_its_nearest(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, nearest: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["measure", str(project), "--period", text])
    assert f"(did you mean '{nearest}'?)" in " ".join(capsys.readouterr().err.split())


def test_a_total_of_a_period_that_runs_is_neither_judged_nor_compared(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = {**SHARE, "kind": "count", "unit": "number", "target": [{"value": 1}]}
    del count["numerator"]
    file = project / "indicators/definitions/share.yaml"
    file.write_text(json.dumps(count), "utf-8")
    running = figure(project, capsys, "--period", "2026-10", "--today", "2026-10-05")
    assert (running["status"], running["reason"], running["value"]) == ("no-verdict", "running", 1)
    assert running["previous"] is None
    over = figure(project, capsys, "--period", "2026-09")
    assert (over["status"], over["value"]) != ("no-verdict", None)
