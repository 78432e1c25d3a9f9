"""Pages that templates made before are taken again while what they show is the same, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

import comptoir.site
from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.resources import templates_folder
from comptoir.site import render_site
from comptoir.store import Store
from comptoir.templates import write_page
from tests.content.samples import TODAY

from ..conftest import MakeProject


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were asked to write a page."""
    asked: list[str] = []

    def write(environment: ImmutableSandboxedEnvironment, template: str, view: Any) -> str:
        asked.append(template)
        return write_page(environment, template, view)

    monkeypatch.setattr(comptoir.site, "write_page", write)
    return asked


def render(project: Path, store: Store | None, program: str = "1") -> dict[str, str | bytes]:
    catalogue, _ = check_project(project, TODAY)
    visible = for_audience(catalogue, "management")
    folders = (project / "site_templates", templates_folder())
    return dict(
        render_site(
            visible, language="en", today=TODAY, template_folders=folders, store=store, program=program
        ).files
    )


def test_only_what_changed_is_written_again(
    make_project: MakeProject, tmp_path: Path, written: list[str]
) -> None:
    project, store = make_project(), Store(tmp_path / "pages")
    first = render(project, store)
    assert "service.md.j2" in written
    every = sorted(written)
    written.clear()
    assert render(project, store) == first
    assert written == []

    service = project / "catalogue/services/wifi.yaml"
    keys = yaml.load(service.read_bytes(), yaml.BaseLoader)
    keys["benefits"] = [{"fr": "Sans fil.", "en": "No wires at all."}]
    service.write_text(yaml.safe_dump(keys, allow_unicode=True), "utf-8")
    edited = render(project, store)
    again = sorted(written)
    assert again.count("service.md.j2") == 1 and len(again) < len(every)
    assert "No wires at all." in str(edited["services/wifi.md"])
    assert edited == render(project, None)

    written.clear()
    render(project, store, "another version of the program")
    assert sorted(written) == every
    own = project / "site_templates/pages/about.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("<p>Ours</p>", "utf-8")
    written.clear()
    assert "<p>Ours</p>" in str(render(project, store)["about.md"])
    assert sorted(written) == every


def test_what_was_damaged_is_written_again(
    make_project: MakeProject, tmp_path: Path, written: list[str]
) -> None:
    project, store = make_project(), Store(tmp_path / "pages")
    first = render(project, store)
    for path in (tmp_path / "pages").rglob("*-*"):
        path.write_bytes(b"<p>Other</p>")
    written.clear()
    assert render(project, store) == first
    assert "service.md.j2" in written
