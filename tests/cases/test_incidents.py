"""The real log of incidents finds its published figures again, from the file as it is, by an ordinary project."""

from __future__ import annotations

import os
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.reading import Exclusion
from comptoir.measure.types import Measurement
from comptoir.periods import Quarter, periods_between

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / os.environ.get("COMPTOIR_REAL_DATA", "../shared/data")
PROJECT = Path(__file__).parent / "incidents"
TODAY = date(2026, 10, 15)
WHOLE = Quarter(2017, 1)  # definitions over the whole log date every incident there
QUARTERS = periods_between(Quarter(2016, 1), WHOLE)

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (DATA / "uci_incidents").is_dir(), reason="the real data are not here"),
]


@pytest.fixture(scope="module", params=["last row", "events"])
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The log by its last row of each incident, and gathered from all of its events: the figures are the same."""
    project = PROJECT
    if request.param == "events":
        project = tmp_path_factory.mktemp("events") / "incidents"
        shutil.copytree(PROJECT, project)
        (project / "from-events.yaml").replace(project / "indicators" / "sources" / "incidents.yaml")
    catalogue, problems = check_project(project, TODAY, DATA)
    assert [str(p) for p in problems] == []
    return measure_project(catalogue, data_places(project, DATA), QUARTERS, TODAY)


def of(measured: Measured, name: str) -> Measurement:
    found = measured.measurements.get(name, WHOLE)
    assert found is not None
    return found


def test_one_row_an_incident(measured: Measured) -> None:
    assert [str(p) for p in measured.problems] == []
    assert measured.tables.kept == {"incidents": 24_918}
    reasons = {left.reason: left.rows for left in measured.tables.left_out}
    assert reasons in ({Exclusion.DUPLICATE: 141_712 - 24_918}, {Exclusion.GATHERED: 141_712 - 24_918})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("incidents", 24_918),
        ("unresolved", 1_556),
        ("reopened", 275),
        ("reassigned", 11_369),
        ("negative-durations", 0),
    ],
)
def test_counts(measured: Measured, name: str, value: int) -> None:
    assert of(measured, name).value == value


@pytest.mark.parametrize(
    ("name", "hours"), [("median-hours", 22.1), ("mean-hours", 178.2), ("longest-hours", 8070.2)]
)
def test_durations(measured: Measured, name: str, hours: float) -> None:
    found = of(measured, name)
    assert found.value is not None
    assert (round(float(found.value), 1), found.n) == (hours, 23_362)


@pytest.mark.parametrize(
    ("name", "missed", "cases"),
    [
        ("missed-of-resolved", 8_930, 23_362),
        ("missed-of-all", 9_115, 24_918),
        ("missed-p1", 265, 270),
        ("missed-p2", 406, 408),
        ("missed-p3", 8_321, 23_466),
        ("missed-p4", 123, 774),
    ],
)
def test_promises_missed(measured: Measured, name: str, missed: int, cases: int) -> None:
    found = of(measured, name)
    assert (found.numerator, found.denominator, found.value) == (missed, cases, Fraction(100 * missed, cases))


def test_quarters_add_up_to_the_whole(measured: Measured) -> None:
    series = measured.measurements.series("kept-by-quarter")
    assert sum(int(m.n or 0) for m in series if m) == 23_362
    assert sum(int(m.numerator or 0) for m in series if m) == 23_362 - 8_930


def test_the_command_line_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(PROJECT), "--data", str(DATA), "--quarter", "2017-Q1", "--today", "2026-10-15"]
    assert main(["measure", *arguments]) == 0
    shown = capsys.readouterr().out
    assert "missed-of-resolved   everything  2017-Q1  38.2            23362  37.6 … 38.8" in shown
    assert main(["explain", "missed-of-resolved", *arguments]) == 0
    told = capsys.readouterr().out
    assert "numerator    8930" in told
    assert "1556 of the period left out: outside the filter of the definition" in told
    assert "116794 rows of the source 'incidents' not read: duplicate" in told
    assert "uci_incidents/incident_event_log.csv.gz: 141712 rows, SHA-256" in told
