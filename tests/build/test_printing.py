"""Printing as a part of a build: alone, left out, or beside the site."""

from __future__ import annotations

import pytest

from tests.build.commands import build
from tests.conftest import MakeProject

pytestmark = pytest.mark.slow


def test_print_alone_and_site_alone(make_project: MakeProject) -> None:
    project = make_project()
    result = build(project, "--only", "print")
    assert result.returncode == 0, result.stderr
    names = sorted(
        path.relative_to(project / "print").as_posix() for path in (project / "print").rglob("*.pdf")
    )
    assert {"en/catalogue.pdf", "en/sheets/mail.pdf", "fr/catalogue.pdf", "fr/sheets/wifi.pdf"} <= set(names)
    assert not (project / "site").exists()
    result = build(project, "--only", "site")
    assert result.returncode == 0, result.stderr
    assert (project / "site" / "index.html").is_file()
    assert list((project / "site").rglob("*.pdf")) == []


def test_a_text_that_does_not_fit_stops_the_build(make_project: MakeProject) -> None:
    long = "Une phrase de plus, qui ne dit rien de neuf à personne. " * 140
    texts = {"fr": long.strip(), "en": long.strip()}
    project = make_project(keys={"catalogue/services/wifi.yaml": {"description": texts}})
    result = build(project)
    assert result.returncode == 1
    assert "'Wi-Fi' (downloads/sheets/wifi.pdf) has 3 pages; at most 2 are allowed" in " ".join(
        result.stderr.split()
    )
    assert not (project / "site").exists()
