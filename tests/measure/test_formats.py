"""Table, CSV and JSON of measurements; explanations; and the two commands."""

from __future__ import annotations

import csv
import json
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest

from comptoir.cli import main
from comptoir.measure.formats import COLUMNS, format_csv, format_json, format_table, number_text, rounded_text
from comptoir.measure.types import Measurements

from ..conftest import MakeProject
from .tables import TODAY, answer, definition, measure, request, tables

SOURCE = """
role: requests
name: {fr: Demandes, en: Requests}
files: [requests.csv]
columns:
  opened: {}
  resolved: {}
  service: {}
  kind: {}
"""
ROWS = """opened,resolved,service,kind
2026-07-01T09:00,2026-07-01T10:00,mail,incident
2026-07-02T09:00,2026-07-03T10:00,mail,incident
2026-08-02T09:00,,fax,incident
2026-08-03T09:00,2026-08-03T11:00,wifi,request
,2026-08-03T11:00,wifi,request
2026-04-03T09:00,2026-04-03T11:00,wifi,incident
"""
SOLVED = """
name: {fr: Incidents résolus, en: Incidents resolved}
summary: {fr: La part des incidents résolus., en: The share of incidents resolved.}
source: requests
kind: ratio
where: kind = 'incident'
numerator: resolved is not null
unit: percent
direction: higher
target: [{value: 90}]
min_sample: 1
"""


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(
        keys={
            "indicators/sources/tickets.yaml": SOURCE,
            "indicators/data/requests.csv": ROWS,
            "indicators/definitions/resolved.yaml": SOLVED,
        }
    )


def some(make_project: MakeProject) -> Measurements:
    keys = {
        "count": definition(),
        "score": definition(source="surveys", kind="mean", value="score", unit="score-5"),
    }
    connection = tables(requests=[request(service="mail")], surveys=[answer(4)])
    return measure(make_project, keys, connection)[0]


def test_csv(make_project: MakeProject) -> None:
    lines = list(csv.DictReader(StringIO(format_csv(some(make_project)))))
    assert tuple(lines[0]) == COLUMNS
    assert [(line["indicator"], line["service"], line["value"], line["status"]) for line in lines] == [
        ("count", "", "1", "no-verdict"),
        ("count", "mail", "1", "no-verdict"),
        ("score", "", "", "suppressed"),
    ]


def test_each_column_of_csv_says_what_json_says(make_project: MakeProject) -> None:
    found = some(make_project)
    lines = csv.DictReader(StringIO(format_csv(found)))
    for line, told in zip(lines, json.loads(format_json(found))["measurements"], strict=True):
        for name in ("indicator", "quarter", "status", "reason", "unit"):
            assert line[name] == told[name]
        for name in ("value", "numerator", "denominator", "n", "respondents"):
            assert line[name] == ("" if told[name] is None else str(told[name]))
        assert line["provisional"] == str(told["provisional"]).lower()
        assert line["closed"] == ""


def test_json(make_project: MakeProject) -> None:
    found = json.loads(format_json(some(make_project)))
    assert (found["version"], found["quarters"]) == ("1.0", ["2026-Q3"])
    score = found["measurements"][2]
    assert score["scope"] == {"service": None, "segment": None, "client": None}
    assert (score["value"], score["n"], score["status"]) == (None, None, "suppressed")
    assert score["sentence"]["en"] == "Fewer than five people answered: the result is not shown."


def test_the_parts_of_a_score_are_given_unless_it_is_suppressed(make_project: MakeProject) -> None:
    keys = {"nps": definition(source="surveys", kind="nps", value="score", unit="points", min_sample=1)}
    scores = (*[10] * 8, *[8] * 5, *[3] * 6)
    answers = [*(answer(score, service="mail") for score in scores), answer(2, service="wifi")]
    found, _ = measure(make_project, keys, tables(surveys=answers))
    lines = {line["service"]: line for line in csv.DictReader(StringIO(format_csv(found)))}
    assert [lines[""][part] for part in ("promoters", "passives", "detractors")] == ["8", "5", "7"]
    assert [lines["wifi"][part] for part in ("promoters", "passives", "detractors")] == ["", "", ""]
    told = {m["scope"]["service"]: m["parts"] for m in json.loads(format_json(found))["measurements"]}
    assert told[None] == {"promoters": 8, "passives": 5, "detractors": 7}
    assert told["wifi"] is None


def test_table(make_project: MakeProject) -> None:
    lines = format_table(some(make_project)).splitlines()
    assert lines[0].split() == [
        "indicator",
        "scope",
        "quarter",
        "value",
        "target",
        "n",
        "95",
        "%",
        "interval",
        "change",
        "status",
    ]
    assert lines[2].split() == ["count", "everything", "2026-Q3", "1.0", "1", "no-verdict"]
    assert lines[4].split() == ["score", "everything", "2026-Q3", "–", "suppressed"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("100", "100"),
        ("1/3", "0.333333"),
        ("-1/2", "-0.5"),
        ("1/10000000", "0"),
        ("-1/10000000", "0"),
    ],
)
def test_numbers_for_programs(value: str, text: str) -> None:
    assert number_text(Fraction(value)) == text


def test_rounding_is_half_to_even_of_the_exact_value() -> None:
    assert [rounded_text(Fraction(n, 8), 2) for n in (1, 3)] == ["0.12", "0.38"]


def test_measure_prints_the_last_closed_quarter(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["measure", str(project), "--format", "csv", "--today", TODAY.isoformat()])
    captured = capsys.readouterr()
    lines = list(csv.DictReader(StringIO(captured.out)))
    assert [(line["service"], line["quarter"], line["numerator"], line["n"]) for line in lines] == [
        ("", "2026-Q3", "2", "3"),
        ("mail", "2026-Q3", "2", "2"),
        ("wifi", "2026-Q3", "", "0"),
    ]
    assert code == 0 if "error" not in captured.err else code == 1


def test_explain_tells_files_rows_and_query(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "resolved", str(project), "--quarter", "2026-Q3", "--today", TODAY.isoformat()])
    told = capsys.readouterr().out
    for part in (
        "resolved · Incidents resolved",
        "Formula: resolved is not null, over all rows that count",
        "Only rows count where kind = 'incident'.",
        "Defined in indicators/definitions/resolved.yaml:2:1",
        "2026-Q3, everything: missed",
        "value        66.7 %",
        "numerator    2",
        "denominator  3",
        "(95 %, Wilson)",
        "target       90 %",
        "1 of the period left out: outside the filter of the definition",
        "first rows that count: requests.csv:2, requests.csv:3, requests.csv:4",
        "first rows that do not: requests.csv:5",
        "1 row of the source 'tickets' not read: required",
        "1 row names the unknown service 'fax', counted in totals only",
        "requests.csv: 6 rows, SHA-256 ",
        "GROUPING SETS",
    ):
        assert part in told, part


def test_explain_of_one_service(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "resolved", str(project), "--service", "mail", "--today", TODAY.isoformat()])
    told = capsys.readouterr().out
    assert "2026-Q3, service mail: met" in told
    assert "first rows that count: requests.csv:2, requests.csv:3" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["resolvd"], "there is no indicator or analysis 'resolvd' (did you mean 'resolved'?)"),
        (["resolved", "--service", "mial"], "there is no service 'mial' (did you mean 'mail'?)"),
        (["resolved", "--segment", "researchers"], "'resolved' is not measured by segment researchers"),
    ],
)
def test_unknown_names_are_wrong_usage(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    name, *options = arguments
    assert main(["explain", name, str(project), *options, "--today", TODAY.isoformat()]) == 2
    assert message in capsys.readouterr().err


def test_a_wrong_quarter_is_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["measure", str(project), "--quarter", "2026-3"])
    assert stopped.value.code == 2
    assert "expected a quarter such as '2026-Q3'" in capsys.readouterr().err


def test_data_may_lie_elsewhere(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = tmp_path / "elsewhere"
    (project / "indicators" / "data").rename(elsewhere)
    main(
        ["measure", str(project), "--data", str(elsewhere), "--format", "json", "--today", TODAY.isoformat()]
    )
    found = json.loads(capsys.readouterr().out)
    assert found["measurements"][0]["n"] == 3


def test_a_hostile_definition_is_a_problem_and_the_others_are_measured(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = SOLVED.replace("resolved is not null", "length(read_text('/etc/passwd')) > 0")
    (project / "indicators" / "definitions" / "hostile.yaml").write_text(hostile, encoding="utf-8")
    code = main(["measure", str(project), "--today", TODAY.isoformat()])
    captured = capsys.readouterr()
    assert code == 1
    assert (
        "hostile.yaml:7:19: error: the function 'read_text' is not allowed in an expression" in captured.err
    )
    assert "resolved   everything" in captured.out


def test_the_same_content_gives_the_same_bytes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for _ in range(2):
        main(["measure", str(project), "--format", "json", "--today", date(2026, 10, 15).isoformat()])
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
