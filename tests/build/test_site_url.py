"""The address under which a site is published may be given to the build."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import MakeProject


@pytest.mark.slow
def test_the_address_of_the_build_goes_before_that_of_the_project(make_project: MakeProject) -> None:
    project = make_project()
    command = [
        sys.executable,
        "-m",
        "comptoir",
        "build",
        str(project),
        "--only",
        "site",
        "--today",
        "2026-10-15",
    ]
    wrong = subprocess.run([*command, "--site-url", "ftp://x"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    subprocess.run(
        [*command, "--site-url", "https://pages.example/catalogue"], check=True, capture_output=True
    )
    assert (
        '<link rel="canonical" href="https://pages.example/catalogue/'
        in (project / "site" / "index.html").read_text()
    )
    subprocess.run([*command, "--site-url", "https://other.example/"], check=True, capture_output=True)
    assert "https://pages.example" not in (project / "site" / "index.html").read_text()
