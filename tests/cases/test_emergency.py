"""The four-hour promise of English emergency departments: months, years and types find their published figures again."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import Scope
from comptoir.periods import Month, Quarter, periods_between

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / os.environ.get("COMPTOIR_REAL_DATA", "../shared/data")
PROJECT = Path(__file__).parent / "emergency"
TODAY = date(2026, 10, 15)
MONTHS = periods_between(Month(2016, 4), Month(2019, 3))
QUARTERS = periods_between(Quarter(2016, 2), Quarter(2019, 1))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (DATA / "nhs_ae_4h").is_dir(), reason="the real data are not here"),
]


def told(period: str, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    """What `measure --period` writes of the four hours, by service ('' for all)."""
    arguments = ["measure", str(PROJECT), "--data", str(DATA), "--today", str(TODAY), "--format", "csv"]
    assert main([*arguments, "--period", period]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return {row["service"]: row for row in rows if row["indicator"] == "within-four-hours"}


def test_totals(capsys: pytest.CaptureFixture[str]) -> None:
    found = told("2016-04..2019-03", capsys)[""]
    assert (found["denominator"], found["numerator"]) == ("72019402", str(72_019_402 - 8_295_237))
    assert found["previous"] == ""


@pytest.mark.parametrize(
    ("period", "value"),
    [
        ("2016-04..2019-03", 88.482),
        ("36m..2019-03", 88.482),
        ("FY2016", 89.126),
        ("FY2017", 88.340),
        ("FY2018/19", 88.013),
        ("2016-08", 90.976),
        ("2019-02", 84.225),
    ],
)
def test_years_and_months(period: str, value: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert round(float(told(period, capsys)[""]["value"]), 3) == value


@pytest.mark.parametrize(
    ("period", "service", "value"),
    [("2018-01", "", 85.3), ("2019-01", "", 84.4), ("2017-01", "major-department", 77.6)],
)
def test_published_months(
    period: str, service: str, value: float, capsys: pytest.CaptureFixture[str]
) -> None:
    assert round(float(told(period, capsys)[service]["value"]), 1) == value


@pytest.mark.parametrize(
    ("service", "value"),
    [("major-department", 82.518), ("single-specialty", 98.832), ("other-department", 99.256)],
)
def test_types(service: str, value: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert round(float(told("2016-04..2019-03", capsys)[service]["value"]), 3) == value


def test_a_fiscal_year_is_compared_with_the_one_before(capsys: pytest.CaptureFixture[str]) -> None:
    found = told("FY2017-18", capsys)[""]
    assert (found["period"], found["status"]) == ("2017-04..2018-03", "missed")
    assert round(float(found["previous"]), 3) == 89.126
    assert found["previous_significant"] == "true"


@pytest.fixture(scope="module")
def measured() -> Measured:
    catalogue, problems = check_project(PROJECT, TODAY, DATA)
    assert {p.rule for p in problems} <= {"data-name"}  # files of the other sets lie there too
    measured = measure_project(catalogue, data_places(PROJECT, DATA), QUARTERS, TODAY)
    assert [str(p) for p in measured.problems] == []
    return measured


def test_quarters_add_up_and_are_judged_against_the_promise(measured: Measured) -> None:
    assert measured.tables.kept == {"attendances": 12_765}
    series = [m for m in measured.measurements.series("within-four-hours") if m is not None]
    assert sum(int(m.denominator or 0) for m in series) == 72_019_402
    assert {m.status for m in series} == {"missed"}
    assert [m.control is not None for m in series] == [False] * 7 + [True] * 5
    major = measured.measurements.series("within-four-hours", Scope(service="other-department"))
    assert {m.status for m in major if m is not None} == {"met"}


def test_no_month_reaches_the_promise() -> None:
    catalogue, _ = check_project(PROJECT, TODAY, DATA)
    measured = measure_project(catalogue, data_places(PROJECT, DATA), MONTHS, TODAY).measurements
    shares = {m.quarter: m.value for m in measured.series("within-four-hours") if m and m.value is not None}
    assert len(shares) == 36
    assert max(shares.values()) < 95
    assert max(shares, key=lambda m: shares[m]) == Month(2016, 8)
    assert min(shares, key=lambda m: shares[m]) == Month(2019, 2)
