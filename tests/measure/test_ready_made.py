"""Ready-made definitions: all can be used as they are, keys written replace theirs, positions stay the user's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from comptoir.brand import pictogram_names
from comptoir.measure.words import formula_of
from comptoir.model.base import TextPlace
from comptoir.model.catalogue import PLACES
from comptoir.model.decode import decode_catalogue
from comptoir.model.metrics import IndicatorKind
from comptoir.model.ready_made import ready_made_definitions
from comptoir.model.walk import walk
from comptoir.periods import Quarter
from comptoir.rules import check_catalogue
from comptoir.sources.project import read_project

from ..conftest import MakeProject
from .tables import TODAY, measure, read, request, tables

EVERY = {name: {"use": name} for name in ready_made_definitions()}
OF_SECTION_5 = [
    "relationship-satisfaction",
    "support-satisfaction",
    "retention-mature-services",
    "clients-met-monthly",
    "clients-with-new-project",
    "attrition-rate",
    "retention-rate",
    "nps",
    "incoming-flow-growth",
    "coverage-growth",
    "new-clients",
    "projects-with-new-clients",
    "request-volume",
    "mailbox-volume",
    "incident-volume",
    "service-request-volume",
    "information-volume",
    "complaint-volume",
    "simple-requests",
    "complex-requests",
    "project-requests",
    "handling-time",
    "handling-time-incident",
    "handling-time-complaint",
    "answers-by-meeting",
    "answers-by-e-mail",
    "answers-by-call",
    "backlog",
    "backlog-age",
    "complaints-within-five-days",
    "repeat-complaints",
    "complaints-solved",
    "within-target-tto",
    "within-target-ttr",
    "within-target-delivery",
    "within-target-ttr-p1",
    "availability",
    "hours-lost",
    "hours-lost-attributable",
    "calls-received",
    "calls-answered",
    "calls-abandoned",
    "calls-lost",
    "abandonment-rate",
    "waiting-time-median",
    "waiting-time-p90",
    "calls-answered-in-time",
    "mean-handling-time",
    "first-contact-resolution",
    "calls-against-plan",
    "welcome-satisfaction",
    "cost-per-call",
    "coverage",
    "coverage-mature",
    "revenue",
]


def problems_of(make_project: MakeProject, text: str) -> list[str]:
    project = make_project(keys={"indicators/definitions/mine.yaml": text})
    files, problems = read_project(project, PLACES)
    return [str(p) for p in (*problems, *decode_catalogue(files, pictogram_names())[1])]


def test_everything_of_section_5_is_there() -> None:
    assert set(OF_SECTION_5) <= set(EVERY)


def test_each_is_complete_in_both_languages_and_fits_its_place(make_project: MakeProject) -> None:
    catalogue = read(
        make_project, {f"indicators/definitions/{name}.yaml": keys for name, keys in EVERY.items()}
    )
    for indicator in catalogue.indicators.values():
        for path, place, text in walk(indicator, TextPlace):
            assert text.languages == ("en", "fr"), (indicator.id, path)
            assert all(len(variant) <= place.limit for _, variant in text.variants()), (indicator.id, path)
    assert [str(p) for p in check_catalogue(catalogue, TODAY)] == []


def test_each_fits_the_standard_roles(make_project: MakeProject) -> None:
    roles = ("requests", "surveys", "outages", "calls", "usage", "contacts", "revenue", "subscriptions")
    measurements, problems = measure(make_project, EVERY, tables(**{role: [] for role in roles}))
    assert {str(p.severity) for p in problems} <= {"warning"}
    assert len(measurements) == len(EVERY)
    assert {m.status for m in measurements} == {"missing"}


def test_each_kind_is_exercised_by_one() -> None:
    kinds = {str(definition["kind"]) for definition in ready_made_definitions().values()}
    assert kinds == {kind.value for kind in IndicatorKind} - {
        IndicatorKind.DERIVED.value
    }  # of others, by a project


def test_each_has_its_formula_in_words(make_project: MakeProject) -> None:
    catalogue = read(
        make_project, {f"indicators/definitions/{name}.yaml": keys for name, keys in EVERY.items()}
    )
    for indicator in catalogue.indicators.values():
        for language in ("fr", "en"):
            words = formula_of(indicator, language)
            assert words.rstrip().endswith("."), words
            assert "{" not in words


def test_keys_written_replace_those_of_the_library(make_project: MakeProject) -> None:
    keys = {
        "indicators/definitions/ours.yaml": {
            "use": "complaints-within-five-days",
            "target": [{"value": "90"}],
            "min_sample": "5",
        },
        "indicators/definitions/urgent.yaml": {"use": "within-target-ttr", "priority": "p1"},
        "indicators/definitions/calm.yaml": {"use": "within-target-ttr", "priority": "p4"},
    }
    indicators = read(make_project, keys).indicators
    assert indicators["ours"].kind is IndicatorKind.RATIO
    assert (indicators["ours"].min_sample, str(indicators["ours"].target[0].value)) == (5, "90")
    assert (indicators["urgent"].priority, indicators["calm"].priority) == ("p1", "p4")


def test_a_number_alone_is_a_target(make_project: MakeProject) -> None:
    keys = {"indicators/definitions/ours.yaml": {"use": "nps", "target": "25"}}
    assert [str(target.value) for target in read(make_project, keys).indicators["ours"].target] == ["25"]


def test_a_target_that_is_no_number_is_told_at_its_place(make_project: MakeProject) -> None:
    assert problems_of(make_project, "use: nps\ntarget: high\n") == [
        "indicators/definitions/mine.yaml:2:9: error: expected a number such as 12.50, found 'high' [wrong-type]"
    ]


def test_an_unknown_one_is_a_problem_with_the_nearest_name(make_project: MakeProject) -> None:
    assert problems_of(make_project, "use: complaints-in-five-days\n") == [
        "indicators/definitions/mine.yaml:1:6: error: there is no ready-made definition 'complaints-in-five-days' "
        "(did you mean 'complaints-within-five-days'?) [reference]"
    ]


def test_a_wrong_key_points_to_the_users_line(make_project: MakeProject) -> None:
    assert sorted(problems_of(make_project, "use: nps\nmin_sample: zero\nunit: pointz\n")) == [
        "indicators/definitions/mine.yaml:2:13: error: expected a whole number, found 'zero' [wrong-type]",
        "indicators/definitions/mine.yaml:3:7: error: 'pointz' is not known here (did you mean 'points'?) [unknown-word]",
    ]


def test_a_definition_that_does_not_fit_is_told_at_use(make_project: MakeProject) -> None:
    given = {"mine": {"use": "complaints-solved", "source": "surveys"}}
    _, problems = measure(make_project, given, tables(surveys=[]), keys={})
    assert {(p.location.line, p.rule) for p in problems} <= {(1, "expression"), (2, "indicator-source")}


@dataclass(frozen=True)
class Shipped:
    folder: Path = Path(__file__).resolve().parents[2] / "generator" / "comptoir" / "measure" / "library"


def test_the_guide_names_each() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guides" / "measures.md").read_text(
        encoding="utf-8"
    )
    assert [name for name in EVERY if f"`{name}`" not in guide] == []


def test_every_file_of_the_library_is_read() -> None:
    assert {file.stem for file in Shipped().folder.iterdir()} == set(ready_made_definitions())


@pytest.mark.parametrize(
    ("resolved", "kept"),
    [((2013, 4, 15, 9), 0), ((2013, 4, 12, 17), 1)],
    ids=["letter of the domain: six working days", "five working days"],
)
def test_complaints_within_five_working_days(
    make_project: MakeProject, resolved: tuple[int, int, int, int], kept: int
) -> None:
    row = {
        "opened": datetime(2013, 4, 5, 9),
        "resolved": datetime(*resolved),
        "kind": "complaint",
        "service": "mail",
    }
    keys = {"catalogue/calendars/office-hours.yaml": "name: B\nweek: {monday-friday: '08:00-17:00'}\n"}
    quarter = Quarter(2013, 2)
    given = {"ours": EVERY["complaints-within-five-days"]}
    measurements, problems = measure(
        make_project, given, tables(requests=[row]), keys=keys, quarters=[quarter], today=date(2013, 7, 1)
    )
    assert problems == ()
    found = measurements.get("ours", quarter)
    assert found is not None
    assert (found.numerator, found.n) == (kept, 1)


def test_a_complaint_without_an_answer_is_missed_only_when_overdue(make_project: MakeProject) -> None:
    rows = [
        request(1, kind="complaint"),
        request(25, kind="complaint"),
        request(28, kind="information", resolved=request(30)["opened"]),
    ]
    measurements, _ = measure(
        make_project, {"ours": EVERY["complaints-within-five-days"]}, tables(requests=rows)
    )
    found = measurements.of("ours")[0]
    assert (found.numerator, found.n) == (0, 1)
    assert {reason.value: rows for reason, rows in found.left_out} == {"filtered": 1, "not-applicable": 1}


def test_a_reader_is_told_the_formula_without_the_expressions_of_the_definition(
    make_project: MakeProject,
) -> None:
    catalogue = read(
        make_project, {f"indicators/definitions/{name}.yaml": keys for name, keys in EVERY.items()}
    )
    for indicator in catalogue.indicators.values():
        words = formula_of(indicator, "fr", "Rétablissement", with_expressions=False)
        for expression in (indicator.where, indicator.numerator, indicator.denominator):
            assert expression is None or expression not in words, words
        assert " ttr" not in words and not words[0].islower(), words
