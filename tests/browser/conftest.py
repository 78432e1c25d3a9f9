"""The demonstration built once for all tests in the browser, and served."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page

from comptoir.build import Options, build
from tests.browser.serving import serving

DEMONSTRATION = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
Site = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Site:
    """Builds a project for the tests of every worker: the first that asks builds it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def get(project: Path, name: str) -> Path:
        out = shared / "sites" / name
        with FileLock(shared / f"{name}.lock"):
            if not out.is_dir():
                build(Options(project=project, today=TODAY, out=out, work=shared / "work" / name))
        return out

    return get


@pytest.fixture(scope="session")
def site(built_once: Site) -> Path:
    """The demonstration's site."""
    return built_once(DEMONSTRATION, "demonstration")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the demonstration is served, with a slash at the end."""
    with serving(site) as url:
        yield url


@pytest.fixture(scope="session")
def catalogue(site: Path) -> dict[str, Any]:
    """The demonstration as programs read it: what the tests choose services from."""
    read: dict[str, Any] = json.loads((site / "catalogue.json").read_text("utf-8"))
    return read


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor who never came before, at a desk, and meets nothing that the policy of the site blocks."""
    visitor = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, locale="fr-FR")
    visitor.set_default_timeout(15_000)
    blocked: list[str] = []
    visitor.on("console", lambda said: "Content Security Policy" in said.text and blocked.append(said.text))
    yield visitor
    visitor.close()
    assert blocked == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
