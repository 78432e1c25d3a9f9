"""Disclosure control, against an adversary who adds up and subtracts all that is shown, with linear algebra of his own."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.audiences import measurements_for_audience
from comptoir.measure.cuts import small_cuts
from comptoir.measure.disclosure_control import LEAST, is_published, suppress
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.subtraction import withhold_beside
from comptoir.measure.types import Scope
from comptoir.model.metrics import Indicator

from ..conftest import MakeProject
from .adversary import Atom, Kinds, People, cells, follows, singled_out
from .tables import Q3, TODAY, Row, answer, base, definition, measure, request, tables

SERVICES = ("", "a", "b", "c", "d")  # '' names no service
SEGMENTS = ("", "x", "y", "z")
CLIENTS = {"": ("",), "x": ("", "k", "l"), "y": ("", "m"), "z": ("",)}  # clients belong to one segment
PARTS = ("", "site=north", "site=south")
COUNTS = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 14, 30])
PEOPLE = definition(
    source="surveys",
    kind="mean",
    value="score",
    unit="score-5",
    direction="higher",
    by=["service", "segment", "client"],
)
BREAKDOWNS = {  # which of service, segment and client the cells name
    "services": ((0, 0, 0), (1, 0, 0)),
    "services and segments": ((0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)),
    "segments and clients": ((0, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)),
    "services and clients": ((0, 0, 0), (1, 0, 0), (0, 0, 1), (1, 0, 1)),
    "services and a field": ((0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (1, 0, 0, 1)),
}
THREE = ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 1))


@st.composite
def crowds(draw: st.DrawFn, named: tuple[bool, ...], shared: bool) -> People:
    """Who answered about what; `shared`: the same people may be in several of the smallest cells of a segment."""
    found: dict[Atom, frozenset[str]] = {}
    services, segments = SERVICES[: draw(st.integers(2, 5))], SEGMENTS[: draw(st.integers(1, 4))]
    for service, segment in product(services, segments):
        for client, value in product(CLIENTS[segment], PARTS if named[3:] else ("",)):
            parts = (service, segment, client, value)[: len(named)]
            atom = tuple(part if wanted else "" for part, wanted in zip(parts, named, strict=True))
            count = draw(COUNTS)
            if count and atom not in found:
                first = draw(st.integers(0, 6)) if shared else 100 * len(found)
                found[atom] = frozenset(f"{segment if shared else ''}{first + i}" for i in range(count))  # type: ignore[index]
    return found


def shown_of(people: People, kinds: Kinds, *, tell_names: bool) -> list[Scope]:
    """What is shown of a crowd."""
    every = cells(people, kinds)
    counts = {scope: len(who) for scope, who in every.items()}
    small, beside = suppress(counts, every if tell_names else None)
    assert all(count >= LEAST or scope in small for scope, count in counts.items() if is_published(scope))
    assert not small & beside
    return [scope for scope in every if is_published(scope) and scope not in small | beside]


@pytest.mark.parametrize("kind", BREAKDOWNS)
@settings(max_examples=600, derandomize=True)
@given(data=st.data())
def test_nothing_of_few_people_can_be_derived(kind: str, data: st.DataObject) -> None:
    """Of any group of fewer than five, by any linear combination of all that is shown."""
    kinds = BREAKDOWNS[kind]
    named = tuple(any(one[d] for one in kinds) for d in range(len(kinds[0])))
    shared = data.draw(st.booleans())
    people = data.draw(crowds(named, shared))  # type: ignore[arg-type]
    shown = shown_of(people, kinds, tell_names=shared)
    assert singled_out(people, shown) is None


@pytest.mark.parametrize("kind", ["services", "services and segments"])
@settings(max_examples=200, derandomize=True)
@given(data=st.data())
def test_without_names_the_worst_is_assumed(kind: str, data: st.DataObject) -> None:
    """Where it is not told who is in several cells, they are taken to be the same people."""
    people = data.draw(crowds((True, kind != "services", False), shared=True))
    assert singled_out(people, shown_of(people, BREAKDOWNS[kind], tell_names=False)) is None


@settings(max_examples=100, derandomize=True)
@given(crowds((True, True, True), shared=False))
def test_three_dimensions_tell_nobody_what_is_not_known_otherwise(people: People) -> None:
    """Of few people nothing follows for sure, for somebody who knows which cells by two dimensions have anyone."""
    shown = shown_of(people, THREE, tell_names=False)
    assert not follows(people, shown)


def test_a_cell_within_the_total_leaves_nobody() -> None:
    """The total 124 ∕ 34 less 120 ∕ 30 of one service in one segment left four people who share four points."""
    people = {
        ("wifi", "staff", ""): frozenset(f"a{i}" for i in range(30)),
        ("wifi", "guests", ""): frozenset({"b0", "b1"}),
        ("mail", "staff", ""): frozenset({"c0"}),
        ("mail", "guests", ""): frozenset({"d0"}),
    }
    kinds = BREAKDOWNS["services and segments"]
    every = {Scope(), Scope("wifi"), Scope("", "staff"), Scope("wifi", "staff")}
    assert (
        singled_out(people, every - {Scope("wifi"), Scope("", "staff")}) is not None
    )  # the adversary sees it
    assert shown_of(people, kinds, tell_names=False) == [Scope()]


def test_a_person_in_two_cells_is_one_person() -> None:
    """Six answers of four people about two services are no group of six."""
    four = frozenset("abcd")
    people = {
        ("a", "", ""): frozenset(f"p{i}" for i in range(20)) | four,
        ("b", "", ""): frozenset("abc"),
        ("c", "", ""): frozenset("abd"),
    }
    assert singled_out(people, shown_of(people, BREAKDOWNS["services"], tell_names=True)) is None
    assert shown_of(people, BREAKDOWNS["services"], tell_names=True) == [Scope()]


def test_what_is_withheld_is_little() -> None:
    """Of 200 made-up tables of five services in four segments, of which half of the cells are small, a fifth goes too."""
    chance = random.Random(11)
    small = beside = published = 0
    for _ in range(200):
        people: dict[Atom, frozenset[str]] = {}
        for atom in product(SERVICES[1:], SEGMENTS[1:], ("",)):
            count = chance.choice((1, 2, 3, 4, 6, 9, 14, 30))
            people[atom] = frozenset(f"{len(people)} {i}" for i in range(count))
        every = cells(people, BREAKDOWNS["services and segments"])
        primary, secondary = suppress({scope: len(who) for scope, who in every.items()})
        small, beside, published = small + len(primary), beside + len(secondary), published + len(every)
    assert small > published / 4
    assert beside < (published - small) / 5


@given(
    st.dictionaries(st.frozensets(st.integers(0, 6), min_size=2, max_size=4), st.integers(1, 6), max_size=12)
)
def test_small_cuts_are_those_that_trying_all_finds(edges: dict[frozenset[int], int]) -> None:
    nodes = sorted(frozenset().union(*edges))
    sides = [frozenset(some) for k in range(1, len(nodes)) for some in combinations(nodes, k)]
    weights = {side: sum(w for e, w in edges.items() if e & side and e - side) for side in sides}
    found = list(small_cuts(edges, LEAST))
    assert all(0 < weights[side] < LEAST for side in found)
    assert bool(found) == any(0 < weight < LEAST for weight in weights.values())


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
    measurements, problems = measure(
        make_project, {"it": {**PEOPLE, "by": ["service"]}}, tables(surveys=rows)
    )
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
        make_project, {"it": definition(respondents="false")}, tables(requests=[request(user="r1")])
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
