"""Upgrading: what another version wrote becomes what this one writes, comments and all; copies of templates are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comptoir.checking import check_project
from comptoir.cli import main
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.upgrading import stale_schemas, upgraded_files
from comptoir.scaffold.writer import write_new_files
from comptoir.sources.overrides import copy_template, shipped_templates, stale_templates

TODAY = date(2026, 10, 15)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_new_files(tmp_path, first_project(("fr", "en"), "Ville", TODAY))
    return tmp_path


def test_a_new_project_has_nothing_to_upgrade(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert upgraded_files(project, ("fr", "en")) == {}
    assert main(["upgrade", str(project)]) == 0
    assert "Nothing to change" in capsys.readouterr().out


def test_the_format_is_written_before_the_first_key_and_all_else_stays(project: Path) -> None:
    file = project / "catalogue/organisation.yaml"
    old = "# Ours.\r\n\r\nname: Ville  # the town\r\ndepartment: DSI\r\n"
    file.write_bytes(old.encode())
    changed = upgraded_files(project, ("fr", "en"))
    assert changed == {"catalogue/organisation.yaml": old.replace("name:", "format: 1\r\nname:")}
    assert main(["upgrade", str(project), "--dry-run"]) == 0
    assert file.read_bytes() == old.encode()
    assert main(["upgrade", str(project)]) == 0
    assert file.read_bytes().decode() == changed["catalogue/organisation.yaml"]


def test_chapters_take_the_names_of_their_language(project: Path) -> None:
    folder = project / "indicators/reports"
    folder.mkdir(parents=True)
    (folder / "2026-Q3.md").write_text(
        "---\nsignatory: X\n---\n## Control\n\n### Control\nControl.\n## Autre\n", "utf-8"
    )
    (folder / "2026-Q3.en.md").write_text("## Favour ##\nWords.\n## evolve\n", "utf-8")
    changed = upgraded_files(project, ("fr", "en"))
    assert changed == {
        "indicators/reports/2026-Q3.md": "---\nsignatory: X\n---\n## Contrôler\n\n### Control\nControl.\n## Autre\n",
        "indicators/reports/2026-Q3.en.md": "## Prioritise ##\nWords.\n## Improve\n",
    }


def test_schemas_are_renewed_and_settings_of_ones_own_stay(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = project / ".vscode/schemas/service.schema.json"
    schema.write_text("{}", "utf-8")
    settings = project / ".vscode/settings.json"
    settings.write_text(json.dumps({"own": 1, "yaml.schemas": {"./mine.json": "x.yaml"}}), "utf-8")
    (problem,) = stale_schemas(project)
    assert "service.schema.json" in problem.message and "comptoir upgrade" in problem.hint
    assert main(["check", str(project), "--no-data", "--today", TODAY.isoformat()]) == 0
    assert "stale-schemas" in capsys.readouterr().out
    assert main(["upgrade", str(project)]) == 0
    assert list(stale_schemas(project)) == []
    written = json.loads(settings.read_text("utf-8"))
    assert written["own"] == 1 and written["yaml.schemas"]["./mine.json"] == "x.yaml"
    assert len(written["yaml.schemas"]) > 10
    settings.write_text('// mine\n{"a": 1}', "utf-8")
    assert ".vscode/settings.json" not in upgraded_files(project, ("fr", "en"))


def test_a_project_of_a_later_format_is_refused_by_its_number(project: Path) -> None:
    file = project / "catalogue/organisation.yaml"
    file.write_text(file.read_text("utf-8").replace("format: 1", "format: 7"), "utf-8")
    _, problems = check_project(project, TODAY)
    assert [(p.location.file, p.message) for p in problems if "later version" in p.message] == [
        (
            "catalogue/organisation.yaml",
            "this project is written for a later version of Comptoir (format 7; this one reads up to 1)",
        )
    ]


def test_a_copy_of_a_template_is_told_when_what_ships_has_changed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "template", "pages/home.md.j2", "--project", str(project)]) == 0
    copy = project / "site_templates/pages/home.md.j2"
    assert copy.read_bytes() == copy_template("pages/home.md.j2")
    assert list(stale_templates(project)) == []
    first, _, rest = copy.read_text("utf-8").partition("\n")
    mark = first.split()[-2]
    copy.write_text(f"{first.replace(mark, '0' * 12)}\n{rest}", "utf-8")
    (problem,) = stale_templates(project)
    assert problem.location.file == "site_templates/pages/home.md.j2" and mark in problem.hint
    capsys.readouterr()
    assert main(["new", "template", "pages/home.md.j2", "--project", str(project)]) == 2
    assert main(["new", "template", "pages/hom.md.j2", "--project", str(project)]) == 2
    said = capsys.readouterr().err
    assert "already there" in said and "pages/home.md.j2" in said


def test_every_template_that_ships_can_be_copied() -> None:
    for inner in shipped_templates():
        assert copy_template(inner)
