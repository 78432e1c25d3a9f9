"""A document whose texts do not fit may be left out, and kinds of documents may be chosen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeProject

LONG = "Une phrase de plus, qui ne dit rien de neuf à personne. " * 140
TEXTS = {"fr": LONG.strip(), "en": LONG.strip()}


def build(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comptoir", "build", str(project), "--today", "2026-10-15"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_what_does_not_fit_is_left_out_and_no_page_leads_there(make_project: MakeProject) -> None:
    project = make_project(keys={"catalogue/services/wifi.yaml": {"description": TEXTS}})
    with (project / "catalogue" / "organisation.yaml").open("a") as file:
        file.write("print:\n  misfits: leave-out\n  make: [sheets, poster]\n")
    result = build(project)
    assert result.returncode == 0, result.stderr
    assert "'downloads/sheets/wifi.pdf'" in result.stdout
    assert "[print-left-out]" in result.stdout
    files = {path.name for path in (project / "site" / "downloads").rglob("*.p*")}
    assert "wifi.pdf" not in files
    assert {"mail.pdf", "poster.png"} <= files
    assert not {"catalogue.pdf", "leaflet.pdf", "slides.pptx"} & files
    for page in (project / "site").rglob("*.html"):
        assert "sheets/wifi.pdf" not in page.read_text("utf-8"), page
