"""Suppression, against an adversary who knows every sum and every shown cell, and solves for the hidden ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.audiences import measurements_for_audience
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.suppression import LEAST, is_published, suppress, withhold_beside
from comptoir.measure.types import Scope
from comptoir.model.metrics import Indicator

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, answer, base, definition, measure, tables

SERVICES = ("", "a", "b", "c", "d")  # '' names no service
SEGMENTS = ("", "x", "y", "z")
CLIENTS = {"": ("",), "x": ("", "k", "l"), "y": ("", "m"), "z": ("",)}  # clients belong to one segment
PEOPLE = definition(
    source="surveys",
    kind="mean",
    value="score",
    unit="score-5",
    direction="higher",
    by=["service", "segment", "client"],
)

Cells = dict[tuple[str, str, str], int]


def aggregates(cells: Cells) -> dict[Scope, int]:
    """The respondents of every cell of every breakdown, each person in one cell only."""
    found: dict[Scope, int] = {}
    for (service, segment, client), count in cells.items():
        s, g, c = service or "?", segment or "?", client or "?"
        for scope in (Scope(), Scope(s), Scope("", g), Scope("", "", c), Scope(s, g), Scope("", g, c)):
            found[scope] = found.get(scope, 0) + count
    return found


def vector(scope: Scope, variables: list[tuple[str, str, str]]) -> list[int]:
    """Which of the smallest cells add up to a scope."""
    named = (scope.service, scope.segment, scope.client)
    return [
        int(all(not name or name == (part or "?") for name, part in zip(named, variable, strict=True)))
        for variable in variables
    ]


def is_derivable(wanted: Scope, shown: list[Scope], cells: Cells) -> bool:
    """True when the adversary, who knows where there are answers at all, finds the wanted cell from the shown ones."""
    pairs = {(s, g) for (s, g, _), count in cells.items() if count}
    links = {(g, c) for (_, g, c), count in cells.items() if count}
    variables = [(s, g, c) for s, g in sorted(pairs) for c in CLIENTS[g] if (g, c) in links]
    known = numpy.array([vector(scope, variables) for scope in shown] or [[0] * len(variables)])
    asked = numpy.array([vector(wanted, variables)])
    return bool(numpy.linalg.matrix_rank(numpy.vstack([known, asked])) == numpy.linalg.matrix_rank(known))


SMALLEST = [(s, g, c) for s, g in product(SERVICES, SEGMENTS) for c in CLIENTS[g]]


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(SMALLEST), st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 14, 30]), max_size=14
    )
)
def test_no_small_cell_can_be_solved_for(cells: Cells) -> None:
    people = aggregates(cells)
    small, beside = suppress(people)
    shown = [
        scope
        for scope, count in people.items()
        if count and is_published(scope) and scope not in small | beside
    ]
    for scope, count in people.items():
        if 0 < count < LEAST:
            assert scope in small or not is_published(scope)
            assert not is_derivable(scope, shown, cells), scope
    assert not any(people[scope] < LEAST for scope in shown)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(SMALLEST), st.integers(1, 12), max_size=14))
def test_no_small_group_is_what_is_left_of_a_total(cells: Cells) -> None:
    """Hidden services (or segments, or clients) together are never one to four people, unless they are everyone."""
    people = aggregates(cells)
    small, beside = suppress(people)
    hidden = {scope for scope in people if scope in small | beside or not is_published(scope)}
    for dimension in ("service", "segment", "client"):
        parts = [
            s for s in people if [d for d in ("service", "segment", "client") if getattr(s, d)] == [dimension]
        ]
        unknown = [part for part in parts if part in hidden]
        if Scope() not in hidden and 0 < len(unknown) < len(parts):
            assert sum(people[part] for part in unknown) >= LEAST


def test_nothing_is_withheld_without_a_small_cell() -> None:
    assert suppress({Scope(): 20, Scope("a"): 12, Scope("b"): 8}) == (frozenset(), frozenset())


def test_the_fewest_go_with_the_small_one() -> None:
    people = {Scope(): 43, Scope("a"): 3, Scope("b"): 30, Scope("c"): 10}
    assert suppress(people) == (frozenset({Scope("a")}), frozenset({Scope("c")}))


def test_two_small_cells_do_not_hide_each_other() -> None:
    people = {Scope(): 33, Scope("a"): 1, Scope("b"): 2, Scope("c"): 20, Scope("d"): 10}
    assert suppress(people) == (frozenset({Scope("a"), Scope("b")}), frozenset({Scope("d")}))


def test_rows_of_unknown_services_hide_a_small_cell_when_they_are_many() -> None:
    assert suppress({Scope(): 43, Scope("a"): 3, Scope("?"): 40}) == (frozenset({Scope("a")}), frozenset())


def test_a_few_rows_of_unknown_services_are_protected_too() -> None:
    people = {Scope(): 43, Scope("a"): 30, Scope("b"): 10, Scope("?"): 3}
    assert suppress(people) == (frozenset(), frozenset({Scope("b")}))


def test_people_who_answer_twice_are_counted_once() -> None:
    """Ten people answered for each of two services: two of them for neither alone."""
    people = {Scope(): 10, Scope("a"): 10, Scope("b"): 10, Scope("c"): 2}
    small, beside = suppress(people)
    assert small == {Scope("c")}
    assert beside == {Scope("a")}


def answers(service: str | None, count: int, first: int = 0, **fields: object) -> list[Row]:
    return [answer(1 + i % 5, service=service, respondent=f"r{first + i}", **fields) for i in range(count)]  # type: ignore[arg-type]


def test_a_suppressed_measurement_tells_nothing(make_project: MakeProject) -> None:
    rows = [*answers("mail", 20), *answers("wifi", 3, 50)]
    measurements, problems = measure(make_project, {"it": PEOPLE}, tables(surveys=rows))
    assert problems == ()
    wifi = measurements.get("it", Q3, Scope("wifi"))
    mail = measurements.get("it", Q3, Scope("mail"))
    total = measurements.get("it", Q3)
    assert wifi is not None
    assert mail is not None
    assert total is not None
    assert (wifi.status, wifi.reason) == ("suppressed", "few-respondents")
    assert (mail.status, mail.reason) == ("suppressed", "subtractable")
    for hidden in (wifi, mail):
        parts = (
            hidden.value,
            hidden.numerator,
            hidden.denominator,
            hidden.n,
            hidden.respondents,
            hidden.interval,
        )
        assert parts == (None,) * 6
        assert (hidden.previous, hidden.year_ago, hidden.control, hidden.deviation) == (None,) * 4
        assert hidden.left_out == ()
    assert (total.n, total.respondents) == (23, 23)


def test_one_person_who_answers_often_is_one_respondent(make_project: MakeProject) -> None:
    rows = [answer(4, respondent="one") for _ in range(50)] + [answer(3, respondent="two")]
    measurements, _ = measure(make_project, {"it": PEOPLE}, tables(surveys=rows))
    assert [m.status for m in measurements] == ["suppressed"]


def test_answers_without_a_name_are_a_person_each(make_project: MakeProject) -> None:
    measurements, _ = measure(make_project, {"it": PEOPLE}, tables(surveys=[answer(4) for _ in range(5)]))
    assert [(m.respondents, m.status) for m in measurements] == [(5, "indicative")]


def test_a_change_does_not_tell_what_was_withheld(make_project: MakeProject) -> None:
    before = [{**row, "date": date(2026, 5, 20)} for row in answers("mail", 3)]
    last_year = [{**row, "date": date(2025, 8, 20)} for row in answers("mail", 4)]
    rows = [*before, *last_year, *answers("mail", 30)]
    measurements, _ = measure(make_project, {"it": PEOPLE}, tables(surveys=rows))
    found = measurements.get("it", Q3)
    assert found is not None
    assert found.n == 30
    assert (found.previous, found.year_ago, found.control) == (None, None, None)


def test_indicators_over_the_same_answers_are_withheld_alike(make_project: MakeProject) -> None:
    rows = [*answers("mail", 20, segment="researchers"), *answers("wifi", 3, 50, segment="researchers")]
    given_ = {"narrow": {**PEOPLE, "by": ["service"]}, "wide": PEOPLE, "total": {**PEOPLE, "by": []}}
    measurements, _ = measure(make_project, given_, tables(surveys=rows))
    hidden = {name: {m.scope for m in measurements.of(name) if m.status == "suppressed"} for name in given_}
    assert hidden["narrow"] == {s for s in hidden["wide"] if not s.segment}
    assert hidden["total"] == set()


def test_counts_of_cases_are_not_people(make_project: MakeProject) -> None:
    measurements, _ = measure(
        make_project, {"it": {**PEOPLE, "respondents": "false"}}, tables(surveys=answers("mail", 2))
    )
    assert {m.value is None for m in measurements} == {False}


def test_what_an_audience_may_not_see_cannot_be_subtracted(make_project: MakeProject) -> None:
    rows = [*answers("mail", 20), *answers("wifi", 30, 50, client="physics", segment="researchers")]
    it = Indicator.model_validate({**PEOPLE, "id": "it"})
    secret = Indicator.model_validate({**PEOPLE, "id": "secret", "audience": "management"})
    catalogue = replace(base(), indicators={"it": it, "secret": secret})
    measurements, _ = measure_catalogue(catalogue, tables(surveys=rows), [Q3], TODAY)
    visible = replace(catalogue, services={"mail": catalogue.services["mail"]})
    employees = measurements_for_audience(measurements, visible, "employees")
    assert {m.indicator for m in employees} == set(employees.indicators) == {"it"}
    assert {str(m.scope) for m in employees if m.has_value} == {"everything"}
    assert {str(m.scope) for m in employees if m.status == "suppressed"} == {
        "service mail",
        "segment researchers",
    }
    management = measurements_for_audience(measurements, catalogue, "management")
    assert management == measurements
    assert {str(m.scope) for m in management} >= {"client physics"}


def test_withhold_beside_one_secret() -> None:
    cases = {Scope(): 30, Scope("a"): 5, Scope("b"): 10, Scope("c"): 15}
    assert withhold_beside(cases, frozenset({Scope("c")})) == {Scope("a")}
    assert withhold_beside(cases, frozenset({Scope("c"), Scope("b")})) == frozenset()
