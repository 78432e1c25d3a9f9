"""Names of files that only look right, nesting without end, and cells that no message may show."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.build import check_project
from comptoir.measure.reading import Names, Places, open_engine, read_tables
from comptoir.model.base import TextPlace
from comptoir.problems import Severity
from comptoir.rules.walking import MAX_NESTED, is_sane_markdown
from comptoir.sources.data_files import as_seen, list_data_files
from tests.measure.reading.conftest import make_source

BASE = Path(__file__).parents[1] / "cases" / "base"
SOURCE = "role: other\nname: {fr: Choses, en: Things}\nfiles: ['été 1.csv', 'lot-*.csv']\ncolumns: {n: {type: integer}}\n"


@pytest.mark.parametrize(
    ("name", "is_error", "said"),
    [
        ("lot\u00a0-2.csv", False, "no source reads this file"),
        ("été\u00a01.csv", True, "no source reads this file: its name only looks like 'été 1.csv' (it holds U+00A0)"),
        ("été\u20031.csv", True, "no source reads this file: its name only looks like 'été 1.csv' (it holds U+2003)"),
        ("Été 1.CSV", True, "no source reads this file: its name only looks like 'été 1.csv'"),
        (normalize("NFD", "été 1.csv"), True, "no source reads this file: its name only looks like 'été 1.csv'"),
        ("LOT-2.csv", True, "no source reads this file: its name only looks like 'lot-*.csv'"),
        ("été 1.csv ", True, "this name does not end as it seems to, so that nothing reads the file"),
        ("lot-\u200b3.csv", True, "the name of this file holds what cannot be shown, so that nothing reads it"),
        ("other.csv", False, "no source reads this file"),
    ],
)  # fmt: skip
def test_no_file_of_data_is_dropped_without_a_word(
    tmp_path: Path, name: str, is_error: bool, said: str
) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    indicators = tmp_path / "project" / "indicators"
    (indicators / "sources").mkdir(parents=True)
    (indicators / "sources" / "things.yaml").write_text(SOURCE, "utf-8")
    (indicators / "data").mkdir()
    for file in ("été 1.csv", "lot-1.csv", name):
        (indicators / "data" / file).write_text("n\n1\n", "utf-8")
    _, problems = check_project(tmp_path / "project", date(2026, 10, 15), None)
    told = [problem for problem in problems if problem.rule == "data-name"]
    assert [problem.message for problem in told] == [said]
    assert [problem.severity is Severity.ERROR for problem in told] == [is_error]
    assert told[0].location.file.startswith("indicators/data/")


def test_a_folder_from_elsewhere_may_hold_files_of_others_but_no_look_alike(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    (tmp_path / "project" / "indicators" / "sources").mkdir(parents=True)
    (tmp_path / "project" / "indicators" / "sources" / "things.yaml").write_text(SOURCE, "utf-8")
    (tmp_path / "exports").mkdir()
    for file in ("été 1.csv", "lot-1.csv", "été\u00a01.csv", "other.csv"):
        (tmp_path / "exports" / file).write_text("n\n1\n", "utf-8")
    _, problems = check_project(tmp_path / "project", date(2026, 10, 15), tmp_path / "exports")
    told = [problem for problem in problems if problem.rule == "data-name"]
    assert [problem.severity for problem in told] == [Severity.ERROR]
    assert "its name only looks like 'été 1.csv'" in told[0].message


def test_a_no_break_space_is_a_character_of_a_name(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"a{number}.csv").write_text("n\n1\n", "utf-8")
        (tmp_path / f"a\u00a0{number}.csv").write_text("n\n1\n", "utf-8")
    source = make_source({"n": {"type": "integer"}}, files=["a*.csv"])
    tables, problems = read_tables(open_engine(), [source], Places(tmp_path), Names(), "UTC")
    assert (len(tables.files), tables.kept, problems) == (4, {"things": 4}, ())


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_names_look_like_themselves_in_any_form(name: str) -> None:
    assert as_seen(as_seen(name)) == as_seen(name)
    assert as_seen(normalize("NFD", name)) == as_seen(normalize("NFC", name))
    assert as_seen(f" {name}\u200b\u00a0") == as_seen(name)


def test_every_file_that_seems_to_be_data_is_listed_or_told(tmp_path: Path) -> None:
    names = ("a.csv", "b\u00a0.csv", "c.csv\u00a0", "d\n.csv", "e.CSV.GZ", "f.xlsx\u200b", "notes.txt")
    for name in names:
        (tmp_path / name).write_text("n\n1\n", "utf-8")
    files, problems = list_data_files(tmp_path)
    assert set(files) == {"a.csv", "b\u00a0.csv", "e.CSV.GZ"}
    assert len(problems) == 3


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "* ", ": ", "- > "])
@pytest.mark.parametrize("times", [MAX_NESTED + 1, 1_300, 2_600])
def test_nesting_without_end_is_refused(tmp_path: Path, mark: str, times: int) -> None:
    text = mark * times + "x"
    assert not is_sane_markdown(text, TextPlace(100_000, markdown=True))
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    service = min((project / "catalogue" / "services").glob("*.yaml"))
    written = service.read_text("utf-8").splitlines()
    service.write_text("\n".join([*written, f"description: {{fr: '{text}', en: '{text}'}}"]) + "\n", "utf-8")
    _, problems = check_project(project, date(2026, 10, 15), None)
    told = [problem for problem in problems if "nested deeper than 20" in problem.message]
    assert [problem.location.line for problem in told] == [len(written) + 1] * 2


def test_nesting_by_indents_is_bounded_too() -> None:
    levels = [f"{'    ' * level}- x" for level in range(MAX_NESTED + 3)]
    assert not is_sane_markdown("\n".join(levels), TextPlace(100_000, markdown=True))
    assert is_sane_markdown("\n".join(levels[:MAX_NESTED]), TextPlace(100_000, markdown=True))


@pytest.mark.parametrize("mark", ["- ", "> ", "1. "])
def test_nesting_that_people_write_is_read(mark: str) -> None:
    place = TextPlace(100_000, markdown=True)
    assert is_sane_markdown(mark * 5 + "x\n\n---\n\n* * *\n", place)
    assert is_sane_markdown(f"a\n\n{'-' * 60}\n\n> {'=' * 60}", place)


@pytest.mark.parametrize("where", ["cast(cause as integer) > 3", "cast(cause as date) > date '2026-01-01'"])
def test_messages_show_the_place_of_a_cell_and_not_the_cell(tmp_path: Path, where: str) -> None:
    (tmp_path / "a.csv").write_text("Motif\n2026-01-02\nMme Dupont est malade\n", "utf-8")
    source = make_source({"cause": {"column": "Motif", "type": "text"}}, where=where)
    _, problems = read_tables(open_engine(), [source], Places(tmp_path, "data"), Names(), "UTC")
    line = 2 if "integer" in where else 3
    assert [problem.message for problem in problems] == [
        f"the engine refuses it: a value of the data is not what it takes (Conversion): data/a.csv, line {line}, in Motif"
    ]
