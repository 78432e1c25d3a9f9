"""Derived indicators: ratios, differences, indexes and counts of what meets its target, with what their operands withhold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.audiences import for_audience, measurements_for_audience
from comptoir.build import check_project
from comptoir.cli import main
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import EVERYTHING, Measurements, Reason, Scope, Status
from comptoir.periods import Quarter, parse_period

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)
MAIL, WIFI = Scope(service="mail"), Scope(service="wifi")
TICKETS = """\
role: requests
name: {fr: Demandes, en: Requests}
files: [t.csv]
columns: {opened: {}, service: {}, kind: {}}
"""
SURVEY = """\
role: surveys
name: {fr: Enquêtes, en: Surveys}
files: [answers.csv]
columns: {date: {}, service: {}, respondent: {}, question: {constant: satisfaction}, score: {}}
"""
ROWS = (
    ["2026-05-01T09:00,mail,complaint", "2026-05-01T09:00,mail,request"]
    + ["2026-07-01T09:00,mail,complaint"] * 3
    + ["2026-07-02T09:00,mail,request"] * 9
    + ["2026-08-02T09:00,wifi,request"] * 8
)
ANSWERS = [f"2026-07-0{1 + i % 9},{'wifi' if i < 3 else 'mail'},r{i},{3 + i % 3}" for i in range(43)]


def words(name: str) -> str:
    return f"name: {{fr: {name}, en: {name}}}\nsummary: {{fr: Un {name}., en: A {name}.}}\n"


def count(where: str = "") -> str:
    more = f"where: {where}\n" if where else ""
    return (
        f"{words('Count')}source: requests\nkind: count\nunit: number\ndirection: lower\n"
        f"by: [service]\ndecimals: 0\ntarget: 4\n{more}"
    )


def derived(keys: str, unit: str = "number") -> str:
    return f"{words('Derived')}unit: {unit}\ndirection: lower\nby: [service]\nderive:\n{keys}"


def project_of(make_project: MakeProject, definitions: Mapping[str, str]) -> Path:
    every = {"requests": count(), "complaints": count("kind = 'complaint'"), **definitions}
    return make_project(
        keys={
            "indicators/sources/tickets.yaml": TICKETS,
            "indicators/sources/survey.yaml": SURVEY,
            "indicators/data/t.csv": "opened,service,kind\n" + "\n".join(ROWS) + "\n",
            "indicators/data/answers.csv": "date,service,respondent,score\n" + "\n".join(ANSWERS) + "\n",
            **{f"indicators/definitions/{name}.yaml": text for name, text in every.items()},
        }
    )


def measure(project: Path, period: str = "2026-Q3") -> Measurements:
    catalogue, problems = check_project(project, TODAY)
    assert [str(p) for p in problems if p.severity == "error"] == []
    return measure_project(catalogue, data_places(project, None), (parse_period(period),), TODAY).measurements


def test_a_ratio_in_each_scope(make_project: MakeProject) -> None:
    share = derived("  of: [complaints, requests]\n  expression: 100 * complaints / requests\n", "percent")
    found = measure(project_of(make_project, {"share": share}))
    total = found.get("share", Q3)
    assert total is not None
    assert (total.value, total.numerator, total.denominator) == (15, 3, 20)
    assert (total.n, total.interval, total.status) == (None, None, Status.NO_VERDICT)
    assert [(scope, found.get("share", Q3, scope).value) for scope in (MAIL, WIFI)] == [(MAIL, 25), (WIFI, 0)]  # type: ignore[union-attr]
    assert total.previous is not None
    assert (total.previous.value, total.previous.change.difference) == (50, -35)
    assert not total.previous.significant


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("requests - complaints", 17),
        ("0.1 * requests + 0.2 * complaints", Fraction(26, 10)),
        ("-(requests - 2 * complaints) / 7", -2),
        ("requests / (complaints - 3)", None),
    ],
)
def test_arithmetic_is_exact(
    expression: str, value: Fraction | int | None, make_project: MakeProject
) -> None:
    text = derived(f"  of: [requests, complaints]\n  expression: {expression}\n")
    found = measure(project_of(make_project, {"one": text})).get("one", Q3)
    assert found is not None
    assert found.value == value
    assert found.reason is (Reason.NO_TARGET if value is not None else Reason.NOTHING_BELOW_THE_LINE)


def test_one_derived_from_a_derived_one_over_a_year(make_project: MakeProject) -> None:
    share = derived("  of: [complaints, requests]\n  expression: 100 * complaints / requests\n", "percent")
    double = derived("  of: [share]\n  expression: 2 * share\n")
    found = measure(project_of(make_project, {"share": share, "a-double": double}), "2026").get(
        "a-double", parse_period("2026")
    )
    assert found is not None
    assert found.value == Fraction(800, 22)  # of the rows of the year, not of its quarters
    assert found.is_provisional


def test_how_many_services_meet_their_target(make_project: MakeProject) -> None:
    meeting = derived("  of: [complaints]\n  met: service\n") + "target: 2\n"
    strict = derived("  of: [requests]\n  met: service\n", "percent")
    found = measure(project_of(make_project, {"meeting": meeting, "strict": strict}))
    one, other = found.get("meeting", Q3), found.get("strict", Q3)
    assert one is not None
    assert other is not None
    assert (one.value, one.numerator, one.denominator, one.n) == (2, 2, 2, 2)
    assert one.status is Status.MET
    assert (other.value, other.numerator, other.denominator) == (0, 0, 2)
    assert found.scopes("meeting") == (EVERYTHING,)


def test_what_an_operand_withholds_is_withheld(make_project: MakeProject) -> None:
    score = derived("  of: [satisfaction, complaints]\n  expression: 20 * satisfaction - complaints\n")
    project = project_of(make_project, {"satisfaction": "use: satisfaction\n", "score": score})
    found = measure(project)
    assert found.get("satisfaction", Q3, WIFI).status is Status.SUPPRESSED  # type: ignore[union-attr]
    for scope in (MAIL, WIFI):
        operand, result = found.get("satisfaction", Q3, scope), found.get("score", Q3, scope)
        assert operand is not None
        assert result is not None
        assert (result.value is None) == (operand.value is None)
        assert (result.status is Status.SUPPRESSED) == (operand.status is Status.SUPPRESSED)
    withheld = found.get("score", Q3, WIFI)
    assert withheld is not None
    assert (withheld.value, withheld.numerator, withheld.n, withheld.previous) == (None, None, None, None)


def test_few_cases_and_none_are_carried(make_project: MakeProject) -> None:
    share = (
        f"{words('Share')}source: requests\nkind: ratio\nnumerator: kind = 'complaint'\nunit: percent\n"
        "direction: lower\nby: []\n"
    )
    score = derived("  of: [share]\n  expression: 100 - share\n") + "target: 10\n"
    project = project_of(make_project, {"share": share, "score": score})
    assert measure(project).get("score", Q3).status is Status.INDICATIVE  # type: ignore[union-attr]
    none = measure(project, "2025-Q1").get("score", Quarter(2025, 1))
    assert none is not None
    assert (none.status, none.value) == (Status.MISSING, None)


def test_an_audience_that_does_not_see_an_operand_does_not_see_the_result(make_project: MakeProject) -> None:
    secret = count("kind = 'complaint'") + "audience: management\n"
    rest = derived("  of: [requests, complaints]\n  expression: requests - complaints\n")
    project = project_of(make_project, {"complaints": secret, "rest": rest})
    catalogue, _ = check_project(project, TODAY)
    found = measure(project)
    seen = measurements_for_audience(found, for_audience(catalogue, "employees"), "employees")
    assert sorted(seen.indicators) == ["requests"]
    assert {m.indicator for m in seen} == {"requests"}
    seen = measurements_for_audience(found, for_audience(catalogue, "management"), "management")
    assert "rest" in seen.indicators


@pytest.mark.parametrize(
    ("keys", "unit", "message"),
    [
        ("  of: [requests]\n", "number", "give either 'expression' or 'met'"),
        (
            "  of: [requests]\n  expression: requests / complaint\n",
            "number",
            "'complaint' is not among the indicators of 'of': requests",
        ),
        (
            "  of: [requests, complaints]\n  expression: requests * 2\n",
            "number",
            "the expression does not use 'complaints'",
        ),
        (
            "  of: [requests]\n  expression: requests ** 2\n",
            "number",
            "'requests ** 2' is not arithmetic: names, numbers, + - * / and parentheses",
        ),
        (
            "  of: [requests]\n  expression: __import__('os')\n",
            "number",
            "'__import__('os')' is not arithmetic",
        ),
        ("  of: [requests]\n  expression: requests +\n", "number", "this is no arithmetic expression"),
        (
            "  of: [requests, complaints]\n  expression: complaints / requests\n",
            "percent",
            "this gives a share of one, and the unit is percent: write 100 * complaints / requests",
        ),
        (
            "  of: [requests, complaints]\n  met: service\n",
            "number",
            "'met' counts what meets the target of one",
        ),
        ("  of: [request]\n  expression: 2 * request\n", "number", "unknown indicator 'request'"),
        (
            "  of: [one]\n  expression: 2 * one\n",
            "number",
            "this indicator is computed from itself: one → one",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(
    keys: str, unit: str, message: str, make_project: MakeProject
) -> None:
    _, problems = check_project(project_of(make_project, {"one": derived(keys, unit)}), TODAY)
    found = [p for p in problems if p.severity == "error"]
    assert len(found) == 1
    assert message in found[0].message
    assert found[0].location.file == "indicators/definitions/one.yaml"
    assert found[0].location.line > 4


def test_a_circle_is_refused(make_project: MakeProject) -> None:
    one = derived("  of: [two]\n  expression: 2 * two\n")
    two = derived("  of: [one]\n  expression: 2 * one\n")
    _, problems = check_project(project_of(make_project, {"one": one, "two": two}), TODAY)
    found = [p.message for p in problems if p.severity == "error"]
    assert found == ["these indicators are computed from each other: one → two → one"]


def test_keys_about_rows_have_no_use(make_project: MakeProject) -> None:
    text = derived("  of: [requests]\n  expression: 2 * requests\n") + "where: kind = 'complaint'\n"
    _, problems = check_project(project_of(make_project, {"one": text}), TODAY)
    found = [p.message for p in problems if p.severity == "error"]
    assert found == ["'where' is about rows: a derived indicator has none"]


def test_explain_shows_the_operands(make_project: MakeProject, capsys: pytest.CaptureFixture[str]) -> None:
    share = derived("  of: [complaints, requests]\n  expression: 100 * complaints / requests\n", "percent")
    project = str(project_of(make_project, {"share": share}))
    day = ["--quarter", "2026-Q3", "--today", str(TODAY)]
    assert main(["explain", "share", project, "--service", "mail", *day]) == 0
    told = capsys.readouterr().out
    for part in (
        "Formula: 100 * complaints / requests, computed from the indicators complaints, requests",
        "value        25.0 %",
        "operand      complaints 3 (met)",
        "operand      requests 12 (missed)",
    ):
        assert part in told, told
    assert "\nRows\n" not in told
    assert main(["explain", "share", project, "--format", "json", *day]) == 0
    told_json = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in told_json["operands"]] == [3, 20]
