"""What tests share: the day, a browser, projects made from the base case, and golden files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

os.environ["COMPTOIR_LANGUAGE"] = "en"  # what commands say is tested in the language that it is written in
settings.register_profile("shared-machine", deadline=None)  # a busy machine is no failure
settings.load_profile("shared-machine")

CASES = Path(__file__).parent / "cases"
Golden = Callable[[str, Path], None]
GoldenTree = Callable[[Mapping[str, str], Path], None]
MakeProject = Callable[..., Path]

CANDIDATES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what is seen into the golden files, to review in git",
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a worker: Playwright starts once a process. Fails, and says why, where there is none."""
    chromium = os.environ.get("COMPTOIR_CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), "")
    if not chromium:
        if os.environ.get("COMPTOIR_NO_BROWSER") == "1":
            pytest.skip("COMPTOIR_NO_BROWSER=1, and there is no Chromium")
        pytest.fail(
            "the browser tests need Chromium or Google Chrome: install one, name one in COMPTOIR_CHROMIUM, "
            "or go without them with COMPTOIR_NO_BROWSER=1",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield launched
        launched.close()


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
def golden_tree(request: pytest.FixtureRequest) -> GoldenTree:
    """Compares texts by path with the files of a golden folder: what differs, what is new and what is gone, in one message.

    What differs or is new is left beside as '*.actual'.
    """
    update: bool = request.config.getoption("--update-golden")

    def compare(actual: Mapping[str, str], folder: Path) -> None:
        for leftover in folder.rglob("*.actual"):
            leftover.unlink()
        expected = {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in folder.rglob("*")
            if path.is_file()
        }
        changed = {name: text for name, text in actual.items() if expected.get(name) != text}
        gone = sorted(expected.keys() - actual.keys())
        for name, text in changed.items():
            file = folder / (name if update else f"{name}.actual")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if update:
            for name in gone:
                (folder / name).unlink()
            return
        faults = [
            *(f"differs: {name}; see {name}.actual" for name in sorted(changed) if name in expected),
            *(f"new: {name}; see {name}.actual" for name in sorted(changed) if name not in expected),
            *(f"gone: {name}" for name in gone),
        ]
        assert not faults, f"{folder} (--update-golden accepts):\n" + "\n".join(faults)

    return compare


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Makes a project: see `project_maker`."""
    return project_maker(tmp_path)


def project_maker(folder: Path) -> MakeProject:
    """Makes a project in a folder from the base case: `over` is a folder laid over it, `keys` are changed in its YAML files.

    `keys` maps a file to the top-level keys to set there, or to the whole text of the file.
    """

    def make(over: Path | None = None, keys: dict[str, object] | None = None) -> Path:
        project = folder / "project"
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
