"""`first_project` and `new_entity`: what they give passes check without a warning, in each choice of languages."""

from datetime import date
from pathlib import Path

import pytest

from comptoir.build import check_project
from comptoir.periods import Quarter
from comptoir.problems import Problem
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.new_entity import KINDS_TO_MAKE, missing_kinds, new_entity
from comptoir.scaffold.new_report import new_report
from comptoir.scaffold.writer import write_new_files

LANGUAGES = [("fr",), ("en",), ("fr", "en"), ("en", "fr")]
DAYS = [date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31)]


def problems_of(project: Path, today: date) -> tuple[Problem, ...]:
    return check_project(project, today)[1]


@pytest.mark.parametrize("languages", LANGUAGES, ids=",".join)
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_a_first_project_has_no_problem(tmp_path: Path, languages: tuple[str, ...], today: date) -> None:
    write_new_files(tmp_path, first_project(languages, None, today))
    catalogue, problems = check_project(tmp_path, today)
    assert problems == ()
    assert catalogue.organisation.languages == languages
    sizes = {kind: len(catalogue.of_kind(kind)) for kind in ("family", "service", "calendar", "segment")}
    assert sizes == {"family": 2, "service": 3, "calendar": 2, "segment": 2}


@pytest.mark.parametrize(
    "name", ["L'Institut : « Ω »", 'a "quoted" \\ name', "# $today {x} [y]", "- null", "null"]
)
def test_any_name_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    files = first_project(("fr", "en"), name, DAYS[0])
    write_new_files(tmp_path, files)
    catalogue, problems = check_project(tmp_path, DAYS[0])
    assert problems == ()
    assert catalogue.organisation.name.in_language("en") == name
    assert files["README.md"].startswith(f"# Catalogue de services – {name}\n")


def test_the_same_day_gives_the_same_files() -> None:
    assert first_project(("fr",), None, DAYS[0]) == first_project(("fr",), None, DAYS[0])


def test_comments_and_readme_are_in_the_default_language() -> None:
    english = first_project(("en", "fr"), None, DAYS[0])
    assert "# A service: what a customer recognises" in english["catalogue/services/laptop.yaml"]
    assert english["README.md"].startswith("# Service catalogue\n")
    assert not any("#fr" in text or "#en" in text for text in english.values())


@pytest.mark.parametrize("languages", LANGUAGES, ids=",".join)
def test_every_new_file_has_no_problem(tmp_path: Path, languages: tuple[str, ...]) -> None:
    today = DAYS[1]
    write_new_files(tmp_path, first_project(languages, None, today))
    for kind in KINDS_TO_MAKE:
        catalogue, _ = check_project(tmp_path, today)
        path, text = new_entity(kind, f"my-{kind}", catalogue, today)
        write_new_files(tmp_path, {path: text})
        assert problems_of(tmp_path, today) == ()
    catalogue, _ = check_project(tmp_path, today)
    assert all(f"my-{kind}" in catalogue.of_kind(kind) for kind in KINDS_TO_MAKE)


def test_new_files_refer_to_what_the_project_has(tmp_path: Path) -> None:
    write_new_files(tmp_path, first_project(("en",), None, DAYS[0]))
    catalogue, _ = check_project(tmp_path, DAYS[0])
    _, text = new_entity("service", "web-hosting", catalogue, DAYS[0])
    assert "name: Web hosting\n" in text
    assert "# The family that it belongs to. Those of this project: equipment, communication.\n" in text
    assert "family: equipment\n" in text
    assert "support_hours: office-hours\n" in text  # the service desk's hours, though 'always' comes first
    assert "review_date: 2027-01-01\n" in text


def test_says_what_must_come_first(tmp_path: Path) -> None:
    files = first_project(("fr",), None, DAYS[0])
    write_new_files(tmp_path, {name: files[name] for name in files if name == "catalogue/organisation.yaml"})
    catalogue, _ = check_project(tmp_path, DAYS[0])
    assert missing_kinds("service", catalogue) == ("family", "calendar")
    assert missing_kinds("client", catalogue) == ("segment",)
    assert missing_kinds("news", catalogue) == ()


def test_writes_all_files_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(FileExistsError):
        write_new_files(tmp_path, {"a": "new", "b": "new"})
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b").read_text() == "mine"


def test_never_writes_through_a_link_out_of_the_project(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (project / "catalogue").symlink_to(elsewhere)
    with pytest.raises(ValueError, match="leads out of the project"):
        write_new_files(project, {"catalogue/x.yaml": "x"})
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("languages", LANGUAGES, ids=",".join)
def test_a_new_report_has_no_problem(tmp_path: Path, languages: tuple[str, ...]) -> None:
    write_new_files(tmp_path, first_project(languages, None, DAYS[1]))
    catalogue, _ = check_project(tmp_path, DAYS[1])
    files = new_report(Quarter(2026, 4), catalogue)
    others = [f"indicators/reports/2026-Q4.{language}.md" for language in languages[1:]]
    assert list(files) == ["indicators/reports/2026-Q4.md", *others]
    write_new_files(tmp_path, files)
    catalogue, problems = check_project(tmp_path, DAYS[1])
    assert problems == ()
    assert set(catalogue.reports[Quarter(2026, 4)].words) == set(languages)
    first = files["indicators/reports/2026-Q4.md"]
    assert ("## Identifier\n" if languages[0] == "fr" else "## Identify\n") in first
    assert "[[satisfaction]]" in first and "#fr" not in first and "#en" not in first
