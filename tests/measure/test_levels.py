"""Levels, such as staff or licences: the mean or the last of a period, never added up over its months in silence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.periods import parse_period

from ..conftest import MakeProject

TODAY = date(2027, 1, 15)
SOURCE = """\
role: other
name: {fr: Effectifs, en: Staff}
files: [staff.csv]
columns: {date: {column: month, type: day}, service: {type: service}, staff: {type: integer}, calls: {type: integer}}
"""
MAIL, WIFI = Scope(service="mail"), Scope(service="wifi")


def rows(months: range = range(1, 13)) -> str:
    found = ["month,service,staff,calls"]
    for month in months:
        found.append(f"2026-{month:02}-01,mail,{100 + month},{(month * 37) % 11 * 40}")
        if month != 8:  # nobody counted wifi in August
            found.append(f"2026-{month:02}-01,wifi,{50},{(month * 53) % 7 * 30}")
    return "\n".join(found) + "\n"


def definition(value: str = "staff", over_time: str = "") -> str:
    more = f"over_time: {over_time}\n" if over_time else ""
    return (
        "name: {fr: Effectif, en: Staff}\nsummary: {fr: Qui travaille., en: Who works.}\nsource: staff\nkind: sum\n"
        f"value: {value}\ndate: date\nby: [service]\nunit: number\ndirection: neither\n{more}"
    )


def project(make_project: MakeProject, text: str, data: str = "") -> Path:
    return make_project(
        keys={
            "indicators/sources/staff.yaml": SOURCE,
            "indicators/data/staff.csv": data or rows(),
            "indicators/definitions/it.yaml": text,
        }
    )


def measure(folder: Path, period: str) -> tuple[dict[Scope, Measurement], list[str]]:
    catalogue, problems = check_project(folder, TODAY)
    assert [str(p) for p in problems if p.severity == "error"] == []
    wanted = parse_period(period)
    found = measure_project(catalogue, data_places(folder, None), (wanted,), TODAY)
    told = [str(problem) for problem in found.problems]
    return {m.scope: m for m in found.measurements if m.quarter == wanted}, told


def test_a_mean_is_that_of_the_days_that_are_counted(make_project: MakeProject) -> None:
    folder = project(make_project, definition(over_time="mean"))
    for period, months in (
        ("2026-Q3", (7, 8, 9)),
        ("2026-08", (8,)),
        ("2026-H1", range(1, 7)),
        ("2026", range(1, 13)),
    ):
        found, told = measure(folder, period)
        assert told == []
        mail = Fraction(sum(100 + month for month in months), len(months))
        counted = [month for month in months if month != 8]
        assert found[MAIL].value == mail
        assert WIFI not in found or not counted or found[WIFI].value == 50
        assert found[EVERYTHING].value == mail + Fraction(50 * len(counted), len(months))
        assert found[EVERYTHING].denominator == len(months)


def test_the_last_is_that_of_the_last_day(make_project: MakeProject) -> None:
    folder = project(make_project, definition(over_time="last"))
    for period, last in (("2026-Q3", 9), ("2026-H1", 6), ("2026", 12)):
        found, told = measure(folder, period)
        assert told == []
        assert (found[MAIL].value, found[WIFI].value) == (100 + last, 50)
        assert found[EVERYTHING].value == 150 + last
        assert dict(found[MAIL].left_out)["not-last-day"] > 0


def test_a_flow_adds_up(make_project: MakeProject) -> None:
    found, told = measure(project(make_project, definition("calls", "total")), "2026-Q3")
    assert told == []
    assert found[MAIL].value == sum((month * 37) % 11 * 40 for month in (7, 8, 9))


def test_20_a_level_that_is_added_up_is_told(make_project: MakeProject) -> None:
    found, told = measure(project(make_project, definition()), "2026-Q3")
    assert found[MAIL].value == 324
    assert len(told) == 1
    assert (
        "indicators/definitions/it.yaml:5:8: warning: adds up 'staff', which the data give once a month"
        in told[0]
    )
    assert "write 'over_time: mean' or 'last' for a level" in told[0]


def test_full_time_equivalents_are_a_level_too(make_project: MakeProject) -> None:
    text = SOURCE.replace("staff: {type: integer}", "staff: {type: number}")
    folder = make_project(
        keys={
            "indicators/sources/staff.yaml": text,
            "indicators/data/staff.csv": rows().replace(",50,", ",50.5,"),
            "indicators/definitions/it.yaml": definition(),
        }
    )
    assert len(measure(folder, "2026-Q3")[1]) == 1


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (definition("calls"), ""),  # changes much
        (definition(over_time="total"), ""),  # said
        (definition(), rows(range(7, 9))),  # two months show no rhythm
        (definition(), rows().replace("-01,", "-02,", 1) + "2026-03-09,mail,103,1\n"),  # not once a month
    ],
)
def test_what_may_well_add_up_is_not_told(make_project: MakeProject, text: str, data: str) -> None:
    assert measure(project(make_project, text, data), "2026-Q3")[1] == []


def test_a_month_alone_adds_up_nothing(make_project: MakeProject) -> None:
    folder = project(make_project, definition())
    catalogue, _ = check_project(folder, TODAY)
    inquiry = measure_project(catalogue, data_places(folder, None), (parse_period("2026-09"),), TODAY)
    assert [str(problem) for problem in inquiry.problems] == []


def test_only_a_sum_has_a_time(make_project: MakeProject) -> None:
    text = definition(over_time="mean").replace("kind: sum", "kind: mean")
    assert any(
        "the kind 'mean' has no use for the key 'over_time'" in said
        for said in measure(project(make_project, text), "2026-Q3")[1]
    )
