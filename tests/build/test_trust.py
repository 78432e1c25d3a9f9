"""Templates of a project's own: those that may run programs wait for the word of who builds, the others are held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.commands import build, comptoir
from tests.conftest import MakeProject

pytestmark = pytest.mark.slow

PROGRAM = (
    "{{ config.__class__.__init__.__globals__['os'].system('touch ' ~ config.docs_dir ~ '/../../../ran') }}"
)
SCRIPT = "{% block scripts %}{{ super() }}<script>window.ours = 1</script>{% endblock %}"


def write(project: Path, name: str, text: str) -> None:
    path = project / "site_templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_theme_runs_nothing_without_the_word_of_who_builds(make_project: MakeProject) -> None:
    project = make_project()
    write(project, "theme/404.html", "{% extends 'main.html' %}" + SCRIPT + PROGRAM)
    write(project, "theme/assets/own.css", "p { color: teal }")
    for command in (("check", str(project)), ("build", str(project), "--only", "site")):
        result = comptoir(*command)
        assert result.returncode == 1
        assert "site_templates/theme/404.html:1:1: error: this file needs the word of who builds" in (
            result.stdout + result.stderr
        )
    assert not (project / "ran").exists() and not (project / "site").exists()

    write(project, "theme/404.html", "{% extends 'main.html' %}" + SCRIPT)
    result = comptoir("check", str(project), "--trust-theme")
    assert result.returncode == 0
    assert "theme/404.html:1:1: notice: this file stands in for the one that ships" in result.stdout
    assert result.stdout.endswith("No problems.\n")
    assert build(project, "--only", "site", "--trust-theme").returncode == 0
    assert "window.ours" in (project / "site/404.html").read_text()
    assert (project / "site/assets/own.css").read_text() == "p { color: teal }"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "<p>x<script>alert(1)</script></p>",
            "gives <script> in about.md: a page may hold nothing that runs",
        ),
        ("<p onclick='x'>x</p>", "gives <p onclick=…> in about.md"),
        (
            "<p>and [this](javascript:alert(1))</p>\n\nor [that](javascript:alert(1))",
            "unsafe scheme: javascript:alert(1)",
        ),
        ("{{ 'a' * 10 ** 10 }}", "about.md.j2:1: it takes more memory than a template may"),
        ("{% include '.secret' %}", "about.md.j2:1: '.secret' not found"),
    ],
)
def test_a_page_runs_nothing(make_project: MakeProject, text: str, words: str) -> None:
    project = make_project()
    write(project, "pages/about.md.j2", text)
    (project / "site_templates" / "pages" / ".secret").symlink_to("/etc/passwd")
    result = build(project, "--only", "site")
    assert result.returncode == 3
    assert words in result.stderr
    assert not (project / "site").exists()
