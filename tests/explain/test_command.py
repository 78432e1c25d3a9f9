"""`comptoir explain`: what it lists, how it refuses, what it says of closed quarters, and its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.cli import main
from comptoir.explain.formats import value_text
from comptoir.explain.material import Material, Told
from comptoir.explain.registry import TOPIC_BY_NAME, TOPICS
from comptoir.explain.types import Value, ValueUnit
from comptoir.explanations import material_of, tell
from comptoir.measure.closed import Difference, FigureChange
from comptoir.measure.project import data_places
from comptoir.measure.role_rows import tell_rows
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.periods import Quarter

from ..analysis.test_analyses import TODAY as TODAY_DAY
from ..analysis.test_analyses import demonstration
from ..conftest import CASES, Golden, MakeProject
from .told import explain

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "explain"
TODAY = ("--today", "2026-10-15")
Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


def material(quarter: Quarter, scope: Scope = EVERYTHING) -> Material:
    return material_of(*demonstration(), quarter, scope, TODAY_DAY)


def explained(name: str, quarter: Quarter, scope: Scope = EVERYTHING) -> Told:
    return TOPIC_BY_NAME[name].explain(material(quarter, scope))


def test_without_a_name_it_lists_what_can_be_explained(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Analyses of the report"
    assert [line.split()[0] for line in lines[1:]][: len(TOPICS)] == [topic.name for topic in TOPICS]
    assert (
        "  abc                          What clients weigh: the classes A, B and C  [--segment --client]"
        in lines
    )
    assert lines[len(TOPICS) + 1] == "Indicators"
    assert "  coverage                     Coverage  [--service --segment --client]" in lines


def test_a_project_without_indicators_is_listed_too(
    make_project: MakeProject, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_project(CASES / "client-value"))
    assert main(["explain"]) == 0
    assert capsys.readouterr().out.endswith("Indicators\n  none is defined, in indicators/definitions/\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["abd"], "there is no indicator or analysis 'abd' (did you mean 'abc'?)"),
        (["xyzzy"], "there is no indicator or analysis 'xyzzy' ('comptoir explain' alone lists them)"),
        (["abc", "--quarter", "2027-Q1"], "2027-Q1 has not begun on 2026-10-15"),
        (["waterlemon"], "there is no indicator or analysis 'waterlemon' (did you mean 'watermelons'?)"),
        (
            ["abc", "--client", "physic"],
            "there is no client 'physic' (did you mean 'physics'?)",
        ),
        (
            ["abc", "--service", "wifi"],
            "'abc' is narrowed by --segment or --client only: leave --service out",
        ),
        (
            ["coverage-advice", "--segment", "researchers", "--client", "physics"],
            "'coverage-advice' is narrowed by --service only: leave --segment and --client out",
        ),
    ],
)
def test_wrong_names_are_refused_with_the_nearest_right_one(
    capsys: Capture, arguments: list[str], message: str
) -> None:
    name, *options = arguments
    assert main(["explain", name, str(CASES / "base"), *options, *TODAY]) == 2
    assert capsys.readouterr().err == f"comptoir: {message}\n"


def test_an_indicator_goes_before_an_analysis_of_its_name(make_project: MakeProject, capsys: Capture) -> None:
    definition = {"use": "complaint-volume"}
    source = {
        "role": "requests",
        "name": {"fr": "Demandes", "en": "Tickets"},
        "files": ["none.csv"],
        "columns": {"opened": {}, "kind": {}},
    }
    project = make_project(
        CASES / "rimaldi",
        {
            "indicators/definitions/abc.yaml": definition,
            "indicators/sources/tickets.yaml": source,
            "indicators/data/none.csv": "opened,kind\n2026-05-01T09:00,complaint\n",
        },
    )
    assert explain(capsys, project, "abc", "--quarter", "2026-Q2").data["measurement"]["value"] == 1
    told = explain(capsys, project, "report:abc", "--quarter", "2026-Q2")
    assert told.step("total") == "2850000"


def test_an_analysis_of_a_closed_quarter_says_that_its_rows_are_those_of_now() -> None:
    catalogue, measured = demonstration()
    told = explained("abc", Q2)
    rows = tell_rows(catalogue, data_places(ROOT, None), told.asked)
    assert tell(material(Q2), measured, told, rows).notes == (
        "2026-Q2 was closed on 2026-10-15, in indicators/closed/2026-Q2.json: its measurements are published as they "
        "were closed; this analysis is made of the rows of now, and none of its files has changed since.",
    )
    assert tell(material(Q3), measured, explained("abc", Q3), rows).notes == ()


def test_measurements_of_a_closed_quarter_are_the_closed_ones() -> None:
    told = explained("coverage-advice", Q2, Scope(service="wifi"))
    (cited,) = told.explanation.cited
    assert cited.measurement.closed_on == date(2026, 10, 15)
    assert cited.command == "comptoir explain coverage --quarter 2026-Q2 --service wifi"
    assert [row[0] for row in told.explanation.tables[0].rows] == ["wifi"]
    (file,) = tell(material(Q2), demonstration()[1], told, ()).files
    assert file.path == "usage.csv" and len(file.sha256) == 64


def test_a_closed_measurement_that_the_data_no_longer_give_is_told() -> None:
    _, measured = demonstration()
    told = explained("coverage-advice", Q2, Scope(service="wifi"))
    (cited,) = told.explanation.cited
    change = FigureChange(cited.measurement, replace(cited.measurement, value=Fraction(1)))
    closings = tuple(replace(one, differences=(Difference(change, ()),)) for one in measured.closings)
    changed = replace(material(Q2), closings=closings)
    assert tell(changed, measured, told, ()).notes[-1] == (
        "coverage, 2026-Q2, service wifi is as it was closed: the data now give otherwise, as its command tells"
    )


def test_text(make_project: MakeProject, capsys: Capture, golden: Golden) -> None:
    project = str(make_project(CASES / "rimaldi"))
    assert main(["explain", "abc", project, "--quarter", "2026-Q2", "--client", "d", *TODAY]) == 0
    golden(capsys.readouterr().out, GOLDEN / "rimaldi-abc.txt")
    assert main(["explain", "client-value", project, "--quarter", "2026-Q2", *TODAY]) == 0
    golden(capsys.readouterr().out, GOLDEN / "rimaldi-value.txt")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, ValueUnit.MONEY, "–"),
        ("", ValueUnit.TEXT, "–"),
        (1805, ValueUnit.MONEY, "1805.00"),
        (3, ValueUnit.COUNT, "3"),
        ("evil\x1b[2J", ValueUnit.TEXT, "evil\\x1b[2J"),
    ],
)
def test_values_in_text(value: Value, unit: ValueUnit, text: str) -> None:
    assert value_text(value, unit) == text


def test_every_topic_is_documented() -> None:
    guide = (ROOT / "docs/guides/reports.md").read_text("utf-8")
    left = [
        topic.name
        for topic in TOPICS
        if f"`{topic.name}`" not in guide and f"explain {topic.name}`" not in guide
    ]
    assert left == []
