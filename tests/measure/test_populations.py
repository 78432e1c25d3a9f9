"""What disclosure control withholds of definitions: several over the same people, scores in parts, and what they may say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.measure.measure import measure_catalogue
from comptoir.measure.statistics import estimate_nps
from comptoir.measure.statistics.promoters import widest_nps
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Reason, Scope, ScoreParts

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, answer, definition, measure, read, request, tables

MEAN = definition(
    source="surveys",
    kind="mean",
    value="score",
    unit="score-5",
    direction="higher",
    by=["service", "segment"],
)
SCORE = definition(
    source="surveys", kind="nps", value="score", unit="points", direction="higher", by=["service"]
)


def people(count: int, first: int = 0, score: int = 4, **fields: object) -> list[Row]:
    return [answer(score, respondent=f"r{first + n}", **fields) for n in range(count)]  # type: ignore[arg-type]


def found(measurements: Measurements, name: str, scope: Scope = EVERYTHING) -> Measurement:
    measurement = measurements.get(name, Q3, scope)
    assert measurement is not None
    return measurement


def faults(make_project: MakeProject, keys: Mapping[str, object]) -> list[str]:
    """The problems of a definition over a survey, without their places."""
    catalogue = read(make_project, {"indicators/definitions/it.yaml": keys})
    _, problems = measure_catalogue(catalogue, tables(surveys=people(20)), [Q3], TODAY)
    return [f"{p.location.line}:{p.message} ({p.hint})" for p in problems]


def test_protection_of_a_survey_cannot_be_switched_off(make_project: MakeProject) -> None:
    [fault] = faults(make_project, {**MEAN, "respondents": "false"})
    assert fault.endswith(
        "what people answered is not shown for fewer than five of them: 'respondents: false' has no place here "
        "(leave 'respondents' out, and ask for fewer breakdowns ('by') where too much is withheld)"
    )


def test_to_say_that_a_survey_counts_people_is_no_fault(make_project: MakeProject) -> None:
    assert faults(make_project, {**MEAN, "by": [], "respondents": "true"}) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"value": "case when respondent = 'r31' then score * 1000 else 0 end"},
        {"where": "respondent <> 'r31'"},
        {"where": "length(respondent) = 3"},
        {"kind": "ratio", "value": None, "numerator": "respondent in ('r1', 'r2')", "unit": "percent"},
    ],
)
def test_no_expression_picks_a_person_out(make_project: MakeProject, keys: dict[str, object]) -> None:
    [fault] = faults(make_project, {k: v for k, v in {**MEAN, **keys}.items() if v is not None})
    assert "'respondent' tells people apart, so an expression about their answers cannot name it" in fault
    assert "(use fields that many people share; to leave rows out, leave them out of the file)" in fault


def test_nor_by_another_name(make_project: MakeProject) -> None:
    """Another field that reads the same column, and a key of one field, tell people apart as well."""
    columns = {
        "date": {},
        "respondent": {"column": "who"},
        "alias": {"column": "who", "type": "text"},
        "score": {},
        "question": {"column": "id"},
    }
    source = {
        "role": "surveys",
        "name": "Enquête",
        "files": ["s.csv"],
        "columns": columns,
        "key": ["question"],
    }
    more = {"indicators/sources/survey.yaml": source}
    files = {"indicators/definitions/it.yaml": {**MEAN, "where": "question = '31'"}, **more}
    catalogue = read(make_project, files)
    _, [problem] = measure_catalogue(catalogue, tables(surveys=people(20)), [Q3], TODAY)
    assert "'question' tells people apart" in problem.message
    assert catalogue.sources["survey"].identifying == {"respondent", "alias", "question"}


def test_counting_people_is_no_fault(make_project: MakeProject) -> None:
    keys = definition(source="surveys", kind="distinct", value="respondent", by=[])
    assert faults(make_project, keys) == []


def test_the_user_of_a_request_is_a_field_where_n_counts_requests(make_project: MakeProject) -> None:
    rows = [request(user="r1"), request(user="r2")]
    measurements, problems = measure(
        make_project, {"it": definition(where="user = 'r1'")}, tables(requests=rows)
    )
    assert (problems, found(measurements, "it").value) == ((), 1)


def test_and_no_field_where_n_counts_people(make_project: MakeProject) -> None:
    keys = definition(where="user = 'r1'", respondents="true")
    _, [problem] = measure(make_project, {"it": keys}, tables(requests=[request(user="r1")]))
    assert "'user' tells people apart" in problem.message


def test_two_definitions_over_nearly_the_same_people_are_told(make_project: MakeProject) -> None:
    """All 34 less all but the mail of guests: 30. The four people of the difference share four points."""
    rows = [
        *people(30, service="wifi", segment="researchers"),
        *people(4, 50, score=1, service="mail", segment="visitors"),
    ]
    given = {
        "all": {**MEAN, "by": []},
        "most": {**MEAN, "by": [], "where": "not (service = 'mail' and segment = 'visitors')"},
    }
    measurements, [problem] = measure(make_project, given, tables(surveys=rows))
    assert found(measurements, "all").value == Fraction(124, 34)
    most = found(measurements, "most")
    assert (most.value, most.n, most.reason) == (None, None, Reason.SUBTRACTABLE)
    assert problem.rule == "nearly-the-same-people"
    assert problem.severity == "warning"
    assert problem.message == (
        "'most' and 'all' are about nearly the same people: they differ by 4 in 2026-Q3 (everything), so where one "
        "less the other would tell of fewer than 5 people 'most' is not shown"
    )
    assert problem.hint == "keep one of the two definitions, or let their conditions differ by more people"


@pytest.mark.parametrize("where", ["score < 4", "score >= 4", "service = 'mail'"])
def test_definitions_over_other_people_stay(make_project: MakeProject, where: str) -> None:
    rows = [*people(30, service="wifi"), *people(10, 50, score=1, service="mail")]
    given = {"all": {**MEAN, "by": []}, "some": {**MEAN, "by": [], "where": where}}
    measurements, problems = measure(make_project, given, tables(surveys=rows))
    assert problems == ()
    assert found(measurements, "some").has_value


def test_where_they_differ_by_few_in_one_service_that_service_goes(make_project: MakeProject) -> None:
    """Six people differ in all, three of them in each of two services: each service less itself would be three."""
    rows = [
        row
        for number, service in enumerate(("wifi", "mail"))
        for row in (
            *people(20, 100 * number, service=service, question="one"),
            *people(3, 100 * number + 50, score=1, service=service, question="two"),
        )
    ]
    by = {**MEAN, "by": ["service"]}
    measurements, problems = measure(
        make_project, {"all": by, "one": {**by, "where": "question = 'one'"}}, tables(surveys=rows)
    )
    assert len(problems) == 1
    assert all(found(measurements, "all", Scope(name)).has_value for name in ("", "wifi", "mail"))
    hidden = {name for name in ("wifi", "mail") if not found(measurements, "one", Scope(name)).has_value}
    assert hidden == {"wifi", "mail"}


def test_definitions_over_the_same_rows_are_protected_together(make_project: MakeProject) -> None:
    """However their conditions are written, and whatever each breaks down: services in one, segments in the other."""
    rows = [
        *people(30, service="wifi"),
        *people(3, 50, service="wifi", segment="researchers"),
        *people(10, 70, service="mail"),
        *people(6, 90, service="mail", segment="researchers"),
    ]
    given = {
        "services": {**MEAN, "by": ["service"], "where": "score > 0"},
        "segments": {**MEAN, "by": ["segment"], "where": "score >= 1"},
        "both": {**MEAN, "where": "not (score <= 0)"},
    }
    measurements, problems = measure(make_project, given, tables(surveys=rows))
    assert problems == ()
    hidden = {name: {m.scope for m in measurements.of(name) if not m.has_value} for name in given}
    assert Scope("wifi", "researchers") in hidden["both"]
    assert hidden["services"] == {s for s in hidden["both"] if s.service and not s.segment}
    assert hidden["segments"] == {s for s in hidden["both"] if s.segment and not s.service}


def test_one_person_of_many_answers_is_no_group(make_project: MakeProject) -> None:
    """Thirty answers of one person about a service: the total less the other services would be that person's."""
    rows = [
        *people(20, service="wifi"),
        *people(20, service="mail"),
        *(answer(1, respondent="r0", service="web-hosting") for _ in range(30)),
    ]
    measurements, _ = measure(make_project, {"it": {**MEAN, "by": ["service"]}}, tables(surveys=rows))
    shown = {m.scope.service for m in measurements if m.has_value}
    assert len(shown & {"wifi", "mail"}) == 1


def test_parts_of_few_people_are_not_told(make_project: MakeProject) -> None:
    """Nor by the interval, which is that of the answers that vary most for the score."""
    rows = [*people(20, score=10), *people(9, 40, score=8), *people(2, 60, score=2)]
    measurements, _ = measure(make_project, {"it": SCORE}, tables(surveys=rows))
    score = found(measurements, "it")
    assert (score.value, score.n, score.numerator, score.parts) == (Fraction(1800, 31), 31, 18, None)
    widest = estimate_nps(24, 1, 6).interval
    assert widest is not None
    assert score.interval is not None
    assert abs(float(score.interval.low) - widest.low) < 1e-9
    assert abs(float(score.interval.high) - widest.high) < 1e-9


def test_parts_of_few_people_cannot_be_subtracted_either(make_project: MakeProject) -> None:
    """Two detractors of one service are those of all less those of the other."""
    rows = [
        *people(20, score=10, service="wifi"),
        *people(9, 40, score=8, service="wifi"),
        *people(6, 60, score=2, service="wifi"),
        *people(9, 80, score=10, service="mail"),
        *people(9, 100, score=8, service="mail"),
        *people(2, 120, score=2, service="mail"),
    ]
    measurements, _ = measure(make_project, {"it": SCORE}, tables(surveys=rows))
    assert found(measurements, "it").parts == ScoreParts(29, 18, 8)
    assert found(measurements, "it", Scope("mail")).parts is None
    assert found(measurements, "it", Scope("wifi")).parts is None
    assert all(m.has_value for m in measurements)


@pytest.mark.parametrize(("n", "difference"), [(31, 18), (30, -7), (5, 5), (5, -4), (8, 0)])
def test_widest_score(n: int, difference: int) -> None:
    widest = widest_nps(n, difference)
    assert (widest.n, widest.promoters - widest.detractors) == (n, difference)
    assert widest.interval is not None
    for detractors in range(n + 1):
        promoters = difference + detractors
        if 0 <= promoters <= n - detractors:
            interval = estimate_nps(promoters, n - promoters - detractors, detractors).interval
            assert interval is not None
            assert widest.interval.low <= interval.low + 1e-12
            assert interval.high <= widest.interval.high + 1e-12


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([(4, 600, None)], 600),
        ([(4, 2, None)], None),
        ([(4, 2, "r1"), (5, 3, "r1")], None),  # the same three people, asked twice
        ([(4, 2, "r1"), (5, 3, "r2")], 5),
        ([(4, 0, f"r{n}") for n in range(9)] + [(5, 4, "r9")], None),
        ([(4, 0, None)] * 9 + [(5, Decimal("2.5"), None)] * 4, None),
        ([(4, 0, f"r{n}") for n in range(9)] + [(5, Decimal("0.5"), f"s{n}") for n in range(6)], 6),
    ],
)
def test_people_follow_the_weight_of_rows(
    make_project: MakeProject, given: list[tuple[int, Decimal | int, str | None]], shown: int | None
) -> None:
    rows = [answer(score, respondent=who, weight=weight) for score, weight, who in given]
    measurements, _ = measure(make_project, {"it": {**MEAN, "by": []}}, tables(surveys=rows))
    assert found(measurements, "it").respondents == shown
    assert found(measurements, "it").has_value == (shown is not None)


def test_a_sample_worth_one_row_has_a_mean_and_no_interval(make_project: MakeProject) -> None:
    rows = [
        answer(score, respondent=f"r{n}", weight=weight)
        for n, (score, weight) in enumerate([(2, 99), *((4, Decimal("0.2")) for _ in range(5))])
    ]
    measurements, _ = measure(make_project, {"it": {**MEAN, "by": []}}, tables(surveys=rows))
    it = found(measurements, "it")
    assert (it.value, it.n, it.respondents, it.interval) == (Fraction(202, 100), 1, 6, None)


def test_two_people_of_one_row_are_hidden_with_what_would_tell_them(make_project: MakeProject) -> None:
    rows = [
        answer(5, service="mail", respondent="a", weight=600),
        answer(1, service="wifi", respondent="b", weight=2),
        answer(3, service="vpn", respondent="c", weight=40),
    ]
    measurements, _ = measure(make_project, {"it": {**MEAN, "by": ["service"]}}, tables(surveys=rows))
    shown = {m.scope.service: m.respondents for m in measurements if m.has_value}
    assert shown == {"": 642, "mail": 600}


@pytest.mark.parametrize(("weights", "shown"), [((300, 200, 3), False), ((300, 200, 30), True)])
def test_a_score_of_weighted_rows_tells_no_part_of_few_people(
    make_project: MakeProject, weights: tuple[int, int, int], shown: bool
) -> None:
    rows = [answer(score, weight=weight) for score, weight in zip((10, 8, 2), weights, strict=True)]
    measurements, _ = measure(make_project, {"it": {**SCORE, "by": []}}, tables(surveys=rows))
    assert found(measurements, "it").n == weights[0] + weights[1] + weights[2]
    assert found(measurements, "it").parts == (ScoreParts(*weights) if shown else None)
