"""Breakdowns by a field of the rows: counted, suppressed like the others, and refused where a field is no group."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

import pytest

from comptoir.measure.closed_records import measurement_of, record_of
from comptoir.measure.formats import FORMATS
from comptoir.measure.types import EVERYTHING, Measurements, Scope, Status
from comptoir.model.closed import ClosedFigure

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, answer, definition, measure, request, tables

P1, P2 = Scope(part="priority=p1"), Scope(part="priority=p2")
TICKETS = [request(1, priority="p1", service="mail"), *[request(2, priority="p2")] * 2, request(3)]


def given(make_project: MakeProject, rows: Mapping[str, list[Row]], **keys: object) -> Measurements:
    found, problems = measure(make_project, {"it": definition(**keys)}, tables(**rows))
    assert [str(problem) for problem in problems] == []
    return found


def test_by_a_field_each_of_its_values_and_the_rows_without_in_totals_only(make_project: MakeProject) -> None:
    found = given(make_project, {"requests": TICKETS}, by=["service", "priority"])
    assert {m.scope: m.value for m in found} == {EVERYTHING: 4, Scope("mail"): 1, P1: 1, P2: 2}
    assert str(P1) == "priority p1"


@pytest.mark.parametrize("kind", ["distinct", "quantile", "ratio"])
def test_whatever_the_kind(make_project: MakeProject, kind: str) -> None:
    keys = {
        "distinct": {"value": "kind"},
        "quantile": {"value": "reassigned", "quantile": "0.5"},
        "ratio": {"numerator": "reassigned > 2", "unit": "percent"},
    }
    rows = [request(1, priority="p1", kind="incident", reassigned=n) for n in (1, 2, 3)]
    found = given(
        make_project,
        {"requests": [*rows, request(4, priority="p2", reassigned=9)]},
        kind=kind,
        by=["priority"],
        **keys[kind],
    )
    expected = {"distinct": (1, 0), "quantile": (2, 9), "ratio": (pytest.approx(100 / 3), 100)}[kind]
    values = [found.get("it", Q3, scope) for scope in (P1, P2)]
    assert [float(m.value or 0) if m else None for m in values] == list(expected)


def answers(n: int, first: int = 0, **fields: str) -> list[Row]:
    return [answer(4, respondent=f"r{first + i}", **fields) for i in range(n)]


SURVEY = {"source": "surveys", "kind": "mean", "value": "score", "unit": "score-5", "min_sample": "5"}


def test_few_people_are_suppressed_and_so_is_what_gives_them_away(make_project: MakeProject) -> None:
    rows = [*answers(3, question="site"), *answers(6, 3, question="sheet"), *answers(9, 9, question="poster")]
    found = given(make_project, {"surveys": rows}, **SURVEY, by=["question"])
    statuses = {m.scope.part: m.status for m in found}
    assert statuses["question=site"] is statuses["question=sheet"] is Status.SUPPRESSED
    assert Status.SUPPRESSED not in (statuses["question=poster"], statuses[""])


def test_a_group_within_a_service_is_no_difference_to_take(make_project: MakeProject) -> None:
    """All who answered of the site use mail: mail less the site would be three people."""
    rows = [
        *answers(20, question="site", service="mail"),
        *answers(3, 20, question="poster", service="mail"),
        *answers(30, 23, question="poster", service="wifi"),
    ]
    found = given(make_project, {"surveys": rows}, **SURVEY, by=["service", "question"])
    shown = {m.scope for m in found if m.status is not Status.SUPPRESSED}
    assert not {Scope("mail"), Scope(part="question=site")} <= shown
    assert EVERYTHING in shown


def test_two_definitions_of_the_same_people_are_shown_by_one_field(make_project: MakeProject) -> None:
    """What two fields tell together is not protected, so that one of them is not shown."""
    rows = [
        request(1, user=f"u{n}", priority="p1" if n < 20 else "p2", channel="call" if n < 22 else "visit")
        for n in range(40)
    ]
    people = definition(kind="ratio", numerator="reopened > 0", unit="percent", respondents=True)
    found, problems = measure(
        make_project,
        {"a": {**people, "by": ["priority"]}, "b": {**people, "by": ["channel"]}},
        tables(requests=[{**row, "reopened": 0} for row in rows]),
    )
    assert problems == ()
    statuses = {
        name: {m.status is Status.SUPPRESSED for m in found.of(name) if m.scope.part} for name in "ab"
    }
    assert sorted(map(sorted, statuses.values())) == [[False], [True]]


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (["pirority"], "the rows of 'requests' have no field 'pirority' (did you mean 'priority'?)"),
        (["user"], "'user' tells one row or person from another: no group has that name"),
        (["opened"], "'opened' holds no words: a breakdown is by a text, true or false, or a whole number"),
        (
            ["priority", "channel"],
            "'priority' and 'channel': a definition is measured by one field besides services, segments and clients "
            "(write a second definition, with by: [channel])",
        ),
        (
            ["cause"],
            "'cause' has 60 different values: at most 50 are a breakdown (group them with 'values' in the source)",
        ),
    ],
)
def test_what_is_no_breakdown_is_told(make_project: MakeProject, by: list[str], message: str) -> None:
    rows = [request(1, cause=f"c{n}", priority="p1", channel="call") for n in range(60)]
    found, problems = measure(make_project, {"it": definition(by=by)}, tables(requests=rows))
    assert [str(p).partition(": error: ")[2] for p in problems] == [f"{message} [indicator-by]"]
    assert all(m.value is None for m in found)


def test_files_for_programs_name_the_field(make_project: MakeProject) -> None:
    found = given(make_project, {"requests": TICKETS}, by=["priority"])
    lines = list(csv.DictReader(StringIO(FORMATS["csv"](found))))
    assert [line["by"] for line in lines] == ["", "priority=p1", "priority=p2"]
    assert '"by": "priority=p1"' in FORMATS["json"](found)
    for measurement in found:
        written = ClosedFigure.model_validate(record_of(measurement))
        assert measurement_of(written, Q3, TODAY).scope == measurement.scope
