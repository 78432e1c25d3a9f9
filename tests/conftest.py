"""What tests share: the day, projects made from the base case, and golden files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)  # a busy machine is no failure
settings.load_profile("shared-machine")

CASES = Path(__file__).parent / "cases"
Golden = Callable[[str, Path], None]
MakeProject = Callable[..., Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what is seen into the golden files, to review in git",
    )


@pytest.fixture
def today() -> date:
    return date(2026, 10, 15)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file; what differs is left beside it as '*.actual'."""
    update: bool = request.config.getoption("--update-golden")

    def compare(actual: str, file: Path) -> None:
        beside = file.with_name(file.name + ".actual")
        beside.unlink(missing_ok=True)
        if update:
            file.write_text(actual, encoding="utf-8", newline="\n")
            return
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        if actual != expected:
            beside.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == expected, f"{file} differs; see {beside.name}, and --update-golden to accept it"

    return compare


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Makes a project from the base case: `over` is a folder laid over it, `keys` are changed in its YAML files.

    `keys` maps a file to the top-level keys to set there, or to the whole text of the file.
    """

    def make(over: Path | None = None, keys: dict[str, object] | None = None) -> Path:
        project = tmp_path / "project"
        shutil.copytree(CASES / "base", project)
        if over is not None:
            shutil.copytree(over, project, dirs_exist_ok=True)
        for name, values in (keys or {}).items():
            file = project / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(values, dict):
                written = yaml.load(file.read_bytes(), yaml.BaseLoader) if file.exists() else {}
                values = yaml.safe_dump(written | values, allow_unicode=True, sort_keys=False, width=1000)
            file.write_text(str(values), encoding="utf-8")
        removed = project / "removed.txt"
        if removed.exists():
            for name in removed.read_text(encoding="utf-8").split():
                (project / name).unlink()
            removed.unlink()
        return project

    return make
