"""Closed quarters in a small project: what is published, what is told, and what is corrected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from comptoir.brand import pictogram_names
from comptoir.measure.closed import closings_of
from comptoir.measure.closed_state import closing_for
from comptoir.measure.closing import Correct, close_quarter, correct_quarter, file_of
from comptoir.measure.explain import explain_measurement
from comptoir.measure.explain_json import explanation_json
from comptoir.measure.explain_text import explanation_text
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.statistics import Method
from comptoir.measure.types import EVERYTHING, Scope, Status
from comptoir.model.catalogue import PLACES, Catalogue
from comptoir.model.decode import decode_catalogue
from comptoir.periods import Quarter
from comptoir.sources.project import read_project

from ..conftest import MakeProject

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
CLOSED_ON, TODAY = date(2026, 7, 10), date(2026, 10, 15)
MAIL, WIFI = Scope(service="mail"), Scope(service="wifi")
SURVEY = {
    "role": "surveys",
    "name": "Enquête",
    "files": ["survey.csv"],
    "columns": {
        "date": {},
        "respondent": {},
        "score": {},
        "service": {},
        "question": {"constant": "satisfaction"},
    },
}
SATISFACTION = {"use": "satisfaction", "target": "4", "min_sample": "5", "by": ["service"]}
Answer = tuple[str, str, str, int]


def answers(quarter: Quarter, service: str, scores: Iterable[int]) -> list[Answer]:
    """An answer a person, on the first day of the quarter."""
    day = quarter.first_day.isoformat()
    return [(day, f"{service}-{n}", service, score) for n, score in enumerate(scores)]


FIRST = [
    *answers(Q2, "mail", [5, 4] * 10),
    *answers(Q2, "wifi", [3, 2] * 10),
    *answers(Q3, "mail", [4, 3] * 10),
]


class Project:
    """A project whose answers change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, rows: Iterable[Answer]) -> None:
        """These answers and no others."""
        stream = io.StringIO()
        csv.writer(stream).writerows([("date", "respondent", "service", "score"), *rows])
        (self.folder / "indicators/data").mkdir(parents=True, exist_ok=True)
        (self.folder / "indicators/data/survey.csv").write_text(stream.getvalue(), encoding="utf-8")

    def catalogue(self) -> Catalogue:
        """What the project holds."""
        files, problems = read_project(self.folder, PLACES)
        catalogue, more = decode_catalogue(files, pictogram_names())
        assert [str(problem) for problem in (*problems, *more)] == []
        return catalogue

    def measure(self, *quarters: Quarter) -> Measured:
        """What it measures."""
        return measure_project(self.catalogue(), data_places(self.folder, None), quarters, TODAY)

    def close(self, quarter: Quarter = Q2) -> None:
        """Close a quarter, or correct it once more."""
        catalogue, measured = self.catalogue(), self.measure(quarter)
        closing = closing_for(measured.closings, quarter)
        if closing is None:
            text = close_quarter(quarter, measured.measurements, measured.inputs, CLOSED_ON, "0.1.0")
        else:
            correct = Correct(catalogue.closed[quarter], "Des doublons.", TODAY, "0.1.0")
            text = correct_quarter(correct, closing, measured.inputs)
        file = self.folder / file_of(quarter)
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    made = Project(
        make_project(
            keys={
                "indicators/sources/survey.yaml": SURVEY,
                "indicators/definitions/satisfaction.yaml": SATISFACTION,
            }
        )
    )
    made.write(FIRST)
    return made


def values(measured: Measured, quarter: Quarter = Q2) -> dict[Scope, Fraction | None]:
    return {m.scope: m.value for m in measured.measurements.of("satisfaction", quarter)}


def told(measured: Measured) -> list[str]:
    return [str(problem) for problem in measured.problems]


def test_closing_changes_nothing_by_itself(project: Project) -> None:
    before = project.measure(Q2, Q3)
    project.close()
    after = project.measure(Q2, Q3)
    assert told(after) == told(before) == []
    assert values(after) == values(before)
    assert [m.closed_on for m in after.measurements.of(quarter=Q2)] == [CLOSED_ON] * 3
    assert after.measurements.of(quarter=Q3) == before.measurements.of(quarter=Q3)


def test_the_closed_figure_is_published_and_the_change_told(project: Project) -> None:
    project.close()
    project.write([*answers(Q2, "mail", [1] * 30), *FIRST[20:]])
    measured = project.measure(Q2)
    assert values(measured) == {EVERYTHING: Fraction(7, 2), MAIL: Fraction(9, 2), WIFI: Fraction(5, 2)}
    assert told(measured) == [
        "indicators/closed/2026-Q2.json:20:2: warning: 'satisfaction', everything, is published as it was closed: "
        "3.50 was closed, the data now give 1.60 (1 more figure of it differs); changed since: survey.csv "
        '(comptoir close 2026-Q2 --correct "why" records it) [closed-figures]'
    ]
    assert closing_for(measured.closings, Q2) is not None


def test_a_correction_publishes_what_the_data_give(project: Project) -> None:
    project.close()
    first = (project.folder / file_of(Q2)).read_text("utf-8")
    project.write([*answers(Q2, "mail", [1] * 30), *FIRST[20:]])
    project.close()
    text = (project.folder / file_of(Q2)).read_text("utf-8")
    assert text.startswith(first.removesuffix("\n}\n"))  # nothing that was written is written otherwise
    measured = project.measure(Q2)
    assert told(measured) == []
    assert values(measured) == {EVERYTHING: Fraction(8, 5), MAIL: 1, WIFI: Fraction(5, 2)}
    closing = closing_for(measured.closings, Q2)
    assert closing is not None
    [correction] = closing.corrections
    assert (correction.day, correction.reason) == (TODAY, "Des doublons.")
    pairs = [(c.old and c.old.value, c.new and c.new.value) for c in correction.changes]
    assert pairs == [(Fraction(7, 2), Fraction(8, 5)), (Fraction(9, 2), 1)]


def test_an_open_quarter_is_compared_with_what_was_closed(project: Project) -> None:
    compared = project.measure(Q3).measurements.get("satisfaction", Q3, MAIL)
    project.close()
    project.write([*answers(Q2, "mail", [1] * 30), *FIRST[20:]])
    found = project.measure(Q3).measurements.get("satisfaction", Q3, MAIL)
    assert found is not None
    assert compared is not None
    assert found.previous is not None
    assert compared.previous is not None
    assert (found.previous.value, found.previous.change.difference) == (Fraction(9, 2), -1)
    assert found.previous.change.method is Method.WELCH
    assert found.previous.change.p == pytest.approx(compared.previous.change.p)


@pytest.mark.parametrize(("value", "expected"), [("", Fraction(-50)), ("value: score\n", Fraction(-50))])
def test_growth_is_counted_from_the_total_that_was_closed(
    project: Project, value: str, expected: Fraction
) -> None:
    (project.folder / "indicators/definitions/flow.yaml").write_text(
        "name: Flux\nsummary: Le flux.\nsource: surveys\nkind: growth\nunit: percent\ndirection: neither\n"
        f"by: [service]\n{value}",
        encoding="utf-8",
    )
    early = answers(Q2.previous, "mail", [5, 4] * 5)  # so that the closed quarter has a growth of its own
    late = answers(Q3, "mail", [5, 4] * 5)
    project.write([*early, *answers(Q2, "mail", [5, 4] * 10), *late])
    project.close()
    project.write([*early, *answers(Q2, "mail", [5, 4] * 40), *late])
    measured = project.measure(Q2, Q3)
    grown = {(m.quarter, m.scope): m for m in measured.measurements.of("flow")}
    assert grown[Q3, EVERYTHING].value == grown[Q3, MAIL].value == expected
    assert (grown[Q2, MAIL].value, grown[Q2, MAIL].closed_on) == (100, CLOSED_ON)
    now = grown[Q3, MAIL]
    assert now.numerator is not None and now.denominator is not None
    assert now.numerator / now.denominator == Fraction(-1, 2)
    told_of = [line for line in told(measured) if "'flow'" in line]
    assert len(told_of) == 1 and "2026-Q2.json" in told_of[0]


def test_a_first_total_that_was_closed_is_counted_from_too(project: Project) -> None:
    (project.folder / "indicators/definitions/flow.yaml").write_text(
        "name: Flux\nsummary: Le flux.\nsource: surveys\nkind: growth\nunit: percent\ndirection: neither\n",
        encoding="utf-8",
    )
    project.close()  # forty answers, and none before
    project.write([*FIRST[:10], *FIRST[40:]])
    found = project.measure(Q3).measurements.get("flow", Q3)
    assert found is not None
    assert (found.value, found.numerator, found.denominator) == (-50, -20, 40)


def test_what_was_withheld_stays_withheld(project: Project) -> None:
    few = [*FIRST[:20], *answers(Q2, "wifi", [1] * 3), *FIRST[40:]]
    project.write(few)
    project.close()
    text = (project.folder / file_of(Q2)).read_text("utf-8")
    assert '"service": "wifi", "status": "suppressed"' in text
    assert "wifi-0" not in text
    project.write(FIRST)
    measured = project.measure(Q2, Q3)
    found = measured.measurements.get("satisfaction", Q2, WIFI)
    assert found is not None
    assert (found.status, found.value, found.n) == (Status.SUPPRESSED, None, None)


def test_the_answers_of_few_are_not_told_by_a_difference(project: Project) -> None:
    project.close()
    project.write([*FIRST, (Q2.first_day.isoformat(), "one-more", "mail", 1)])
    [warning] = told(project.measure(Q2))
    assert "both together could tell what few people answered, and are not shown" in warning
    assert "3.50" not in warning


def test_an_indicator_that_is_gone(project: Project) -> None:
    project.close()
    (project.folder / "indicators/definitions/satisfaction.yaml").write_text(
        "use: nps\nby: []\n", encoding="utf-8"
    )
    (project.folder / "indicators/definitions/satisfaction.yaml").rename(
        project.folder / "indicators/definitions/nps.yaml"
    )
    measured = project.measure(Q2)
    assert told(measured) == [
        "indicators/closed/2026-Q2.json:20:2: warning: the indicator 'satisfaction' is no longer defined: what was "
        'closed of it in 2026-Q2 is not published (comptoir close 2026-Q2 --correct "why" records it) [closed-figures]',
        "indicators/definitions/nps.yaml:1:6: warning: no row of 'surveys' has question 'recommend': 'nps' is missing, "
        "not zero (known: satisfaction) [data-words]",
    ]
    assert {m.indicator for m in measured.measurements} == {"nps"}  # a new one is measured, and is no change
    project.close()
    assert [problem for problem in told(project.measure(Q2)) if "data-words" not in problem] == []


@pytest.mark.parametrize(
    ("change", "now"),
    [
        (lambda rows: rows, None),
        (lambda rows: rows[:20], "20 cases"),
    ],
)
def test_explain_tells_both(
    project: Project, change: Callable[[list[Answer]], list[Answer]], now: str | None
) -> None:
    project.close()
    project.write(change(FIRST))
    found, _ = explain_measurement(
        project.catalogue(), data_places(project.folder, None), "satisfaction", Q2, EVERYTHING, TODAY
    )
    assert found is not None
    text = explanation_text(found)
    assert "  value        3.50 out of 5\n" in text
    assert "  closed       on 2026-07-10, in indicators/closed/2026-Q2.json\n" in text
    line = "  now          from 3.50 to 4.50, were it measured again; changed since: survey.csv\n"
    assert (line in text) is (now is not None)


def test_the_explanation_as_json_tells_both(project: Project) -> None:
    project.close()
    project.write(FIRST[:20])
    found, _ = explain_measurement(
        project.catalogue(), data_places(project.folder, None), "satisfaction", Q2, EVERYTHING, TODAY
    )
    assert found is not None
    told = json.loads(explanation_json(found))
    assert (told["name"], told["measurement"]["value"], told["measurement"]["closed"]) == (
        "satisfaction",
        3.5,
        "2026-07-10",
    )
    assert told["closing"] == {
        "on": "2026-07-10",
        "file": "indicators/closed/2026-Q2.json",
        "corrections": [],
        "difference": {"closed": "3.50", "now": "4.50", "words": "changed since: survey.csv"},
    }
    assert [file["path"] for file in told["files"]] == ["survey.csv"]
    assert told["rows"]["kept"] == 20


def test_closed_figures_stay_those_of_a_renamed_service(project: Project) -> None:
    project.close()
    services = project.folder / "catalogue/services"
    text = (services / "wifi.yaml").read_text("utf-8").replace("id: wifi\n", "")
    (services / "wifi.yaml").unlink()
    (services / "radio.yaml").write_text(text + "formerly: [wifi]\n", encoding="utf-8")
    for file in project.folder.rglob("*.yaml"):
        if file.name != "radio.yaml" and "wifi" in (text := file.read_text("utf-8")):
            file.write_text(text.replace("wifi", "radio"), encoding="utf-8")
    measured = project.measure(Q2)
    assert told(measured) == []
    assert values(measured) == {
        EVERYTHING: Fraction(7, 2),
        MAIL: Fraction(9, 2),
        Scope("radio"): Fraction(5, 2),
    }
    assert [m.closed_on for m in measured.measurements.of(quarter=Q2)] == [CLOSED_ON] * 3


def test_two_closed_services_that_are_one_now_are_not_mixed(project: Project) -> None:
    project.close()
    closings, _ = closings_of(project.catalogue().closed, {"service": {"wifi": "mail"}})
    assert [figure.value for figure in closings[0].figures.values()] == [
        Fraction(7, 2),
        Fraction(9, 2),
        Fraction(5, 2),
    ]
    assert WIFI in {scope for _, scope in closings[0].figures}
