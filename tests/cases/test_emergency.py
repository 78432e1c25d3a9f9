"""The four-hour promise of English emergency departments: months, years and types find their published figures again."""

from __future__ import annotations

import os
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.periods import Month, Quarter, months_between, quarters_between

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / os.environ.get("COMPTOIR_REAL_DATA", "../shared/data")
PROJECT = Path(__file__).parent / "emergency"
TODAY = date(2026, 10, 15)
MONTHS = months_between(Month(2016, 4), Month(2019, 3))
QUARTERS = quarters_between(Quarter(2016, 2), Quarter(2019, 1))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (DATA / "nhs_ae_4h").is_dir(), reason="the real data are not here"),
]


def measure(project: Path) -> Measured:
    catalogue, problems = check_project(project, TODAY, DATA)
    assert [str(p) for p in problems] == []
    measured = measure_project(catalogue, data_places(project, DATA), QUARTERS, TODAY)
    assert [str(p) for p in measured.problems] == []
    return measured


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(PROJECT)


def percent(
    measured: Measured, name: str, quarter: Quarter, scope: Scope = EVERYTHING, decimals: int = 3
) -> float:
    found = measured.measurements.get(name, quarter, scope)
    assert found is not None
    assert found.value is not None
    return round(float(found.value), decimals)


def test_totals(measured: Measured) -> None:
    found = measured.measurements.get("three-years", QUARTERS[-1])
    assert measured.tables.kept == {"attendances": 12_765}
    assert found is not None
    assert (found.denominator, found.numerator) == (72_019_402, 72_019_402 - 8_295_237)
    assert found.value == Fraction(100 * (72_019_402 - 8_295_237), 72_019_402)


@pytest.mark.parametrize(
    ("name", "quarter", "value"),
    [
        ("three-years", QUARTERS[-1], 88.482),
        ("year-2016", QUARTERS[-1], 89.126),
        ("year-2017", QUARTERS[-1], 88.340),
        ("year-2018", QUARTERS[-1], 88.013),
        ("august-2016", Quarter(2016, 3), 90.976),
        ("february-2019", Quarter(2019, 1), 84.225),
    ],
)
def test_years_and_months(measured: Measured, name: str, quarter: Quarter, value: float) -> None:
    assert percent(measured, name, quarter) == value


@pytest.mark.parametrize(
    ("name", "quarter", "value"),
    [
        ("january-2018", Quarter(2018, 1), 85.3),
        ("january-2019", Quarter(2019, 1), 84.4),
        ("january-2017-major", Quarter(2017, 1), 77.6),
    ],
)
def test_published_months(measured: Measured, name: str, quarter: Quarter, value: float) -> None:
    assert percent(measured, name, quarter, decimals=1) == value


@pytest.mark.parametrize(
    ("service", "value"),
    [("major-department", 82.518), ("single-specialty", 98.832), ("other-department", 99.256)],
)
def test_types(measured: Measured, service: str, value: float) -> None:
    assert percent(measured, "three-years", QUARTERS[-1], Scope(service=service)) == value


def test_quarters_add_up_and_are_judged_against_the_promise(measured: Measured) -> None:
    series = [m for m in measured.measurements.series("within-four-hours") if m is not None]
    assert sum(int(m.denominator or 0) for m in series) == 72_019_402
    assert {m.status for m in series} == {"missed"}
    assert [m.control is not None for m in series] == [False] * 7 + [True] * 5
    major = measured.measurements.series("within-four-hours", Scope(service="other-department"))
    assert {m.status for m in major if m is not None} == {"met"}


def test_no_month_reaches_the_promise(tmp_path: Path) -> None:
    """One definition a month, over a copy of the project."""
    project = tmp_path / "emergency"
    shutil.copytree(PROJECT, project)
    definitions = project / "indicators" / "definitions"
    pattern = (definitions / "january-2018.yaml").read_text(encoding="utf-8")
    for file in definitions.iterdir():
        file.unlink()
    for month in MONTHS:
        text = pattern.replace("2018-01-01", str(month.first_day)).replace("en 2018-01", f"en {month}")
        text = text.replace("in 2018-01", f"in {month}")
        (definitions / f"month-{month}.yaml").write_text(text, encoding="utf-8")
    measured = measure(project)
    shares = {m: percent(measured, f"month-{m}", Quarter.containing(m.first_day)) for m in MONTHS}
    assert max(shares.values()) < 95
    assert max(shares, key=lambda m: shares[m]) == Month(2016, 8)
    assert min(shares, key=lambda m: shares[m]) == Month(2019, 2)
