"""What the engine gave is taken again while its inputs are the same, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import comptoir.measure.project
from comptoir.build import check_project
from comptoir.measure.memory import Memory
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.reading import loading
from comptoir.periods import Quarter
from comptoir.store import Store

from ..conftest import MakeProject

TODAY = date(2026, 10, 15)
QUARTERS = Quarter(2026, 3).latest(2)
SOURCE = """\
role: surveys
name: {fr: Enquêtes, en: Surveys}
files: [answers.csv]
columns: {date: {}, service: {}, respondent: {}, question: {constant: satisfaction}, score: {}}
"""
ANSWERS = "date,service,respondent,score\n" + "".join(
    f"2026-0{4 + 3 * (index % 2)}-0{1 + index % 9},{'mail' if index % 5 else 'fax'},r{index},{3 + index % 3}\n"
    for index in range(80)
)
KEYS: dict[str, object] = {
    "indicators/sources/answers.yaml": SOURCE,
    "indicators/definitions/satisfaction.yaml": "use: satisfaction\ntarget: [{value: 3.5}]\n",
    "indicators/data/answers.csv": ANSWERS,
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts how often the engine is opened."""
    calls: list[str] = []
    original = comptoir.measure.project.open_engine

    def open_engine() -> object:
        calls.append("opened")
        return original()

    monkeypatch.setattr(comptoir.measure.project, "open_engine", open_engine)
    return calls


def measure(project: Path, today: date = TODAY, program: str = "1") -> Measured:
    catalogue, _ = check_project(project, today)
    memory = Memory(Store(project / "build" / "measured"), program)
    measured = measure_project(catalogue, data_places(project, None), QUARTERS, today, memory)
    measured.keep()
    return measured


def edit(file: str, before: str, after: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        text = (project / file).read_text("utf-8")
        assert before in text
        (project / file).write_text(text.replace(before, after, 1), "utf-8")

    return change


def test_the_same_inputs_are_measured_once(make_project: MakeProject, opened: list[str]) -> None:
    project = make_project(keys=KEYS)
    first = measure(project)
    assert measure(project) == first
    assert len(opened) == 1
    assert [problem.rule for problem in first.problems] == ["data-unknown"]


def test_words_are_edited_without_measuring(make_project: MakeProject, opened: list[str]) -> None:
    project = make_project(keys=KEYS)
    first = measure(project)
    edit("catalogue/services/mail.yaml", "Votre courrier", "Vos lettres")(project)
    edit("catalogue/organisation.yaml", "promise:", "promise: # in our words\n ")(project)
    again = measure(project)
    assert len(opened) == 1
    assert again.measurements.all == first.measurements.all


CHANGES: dict[str, Callable[[Path], None]] = {
    "data": edit("indicators/data/answers.csv", "r1,4", "r1,5"),
    "a definition": edit("indicators/definitions/satisfaction.yaml", "3.5", "3.6"),
    "a source": edit("indicators/sources/answers.yaml", "score: {}", "score: {}, channel: {constant: web}"),
    "a calendar": edit("catalogue/calendars/office-hours.yaml", "08:", "09:"),
    "an agreement": edit("catalogue/agreements/sla-standard.yaml", "value: 8", "value: 6"),
    "a service more": lambda project: (
        (project / "catalogue/services/fax.yaml").write_text(
            (project / "catalogue/services/mail.yaml").read_text("utf-8"), "utf-8"
        )
        and None
    ),
    "the time zone": lambda project: (
        (project / "catalogue/organisation.yaml").write_text(
            yaml.safe_dump(
                yaml.load((project / "catalogue/organisation.yaml").read_bytes(), yaml.BaseLoader)
                | {"time_zone": "Asia/Tokyo"}
            ),
            "utf-8",
        )
        and None
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_figures_depend_on_is_measured_again(
    make_project: MakeProject, opened: list[str], change: Callable[[Path], None]
) -> None:
    project = make_project(keys=KEYS)
    measure(project)
    change(project)
    measure(project)
    assert len(opened) == 2
    measure(project)
    assert len(opened) == 2


def test_another_day_or_program_measures_again(make_project: MakeProject, opened: list[str]) -> None:
    project = make_project(keys=KEYS)
    measure(project)
    measure(project, today=date(2026, 10, 16))
    measure(project, today=date(2026, 10, 16), program="2")
    assert len(opened) == 3


def test_what_is_kept_but_does_not_fit_is_as_none(
    make_project: MakeProject, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(keys=KEYS)
    first = measure(project)
    [kept] = (path for path in (project / "build" / "measured").rglob("*") if path.is_file())
    text = kept.read_text("utf-8")
    for spoilt in (
        "",
        "[]",
        text[:-9],
        json.dumps({**json.loads(text), "problems": [3]}),
        "[" * 100_000,
        "null",
    ):
        with (
            monkeypatch.context() as patch
        ):  # what another version of the program may have kept under the same key
            patch.setattr(Store, "read", lambda store, key, said=spoilt: said.encode())
            assert measure(project) == first
    assert len(opened) == 7


def test_a_file_is_read_once_whatever_is_measured(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By eight definitions with breakdowns, over twelve quarters of history, with distributions."""
    names = ("satisfaction", "satisfied-users", "nps", "relationship-satisfaction")
    more = {f"indicators/definitions/{name}.yaml": f"use: {name}\n" for name in names}
    again = {f"indicators/definitions/{name}-again.yaml": f"use: {name}\nmin_sample: 5\n" for name in names}
    other = SOURCE.replace("answers.csv", "other.csv")
    files = {"indicators/sources/other.yaml": other, "indicators/data/other.csv": ANSWERS}
    project = make_project(keys={**KEYS, **more, **again, **files})
    read: list[str] = []
    original = loading.load_csv

    def load_csv(connection: Any, source: Any, name: str, *rest: Any) -> Any:
        read.append(name)
        return original(connection, source, name, *rest)

    monkeypatch.setattr(loading, "load_csv", load_csv)
    catalogue, _ = check_project(project, TODAY)
    measured = measure_project(catalogue, data_places(project, None), QUARTERS, TODAY, with_histograms=True)
    assert len({m.indicator for m in measured.measurements if m.has_value}) >= 4
    assert sorted(read) == ["answers.csv", "other.csv"]
