"""The site under the policy that it brings along, with scripts named by their digests: nothing blocked, everything works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from comptoir.build import Options, Part, build
from comptoir.publish.engine import Engine
from comptoir.publish.policy import read_headers
from comptoir.scaffold.first_project import first_project
from comptoir.scaffold.writer import write_new_files
from tests.browser.serving import serving

pytestmark = pytest.mark.browser

LISTEN = """document.addEventListener('securitypolicyviolation', event => {
  const seen = JSON.parse(sessionStorage.getItem('blocked') || '[]');
  sessionStorage.setItem('blocked', JSON.stringify([...seen, `${event.violatedDirective} ${event.blockedURI} ${event.sample}`]));
});"""


def blocked(page: Page) -> list[str]:
    """What the policy blocked on this page and those before it."""
    found: list[str] = page.evaluate("JSON.parse(sessionStorage.getItem('blocked') || '[]')")
    return found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(15_000)
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def test_nothing_unsafe_is_allowed(site: Path) -> None:
    policy = read_headers(site)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.count("'sha256-") >= 4


def test_search_filter_language_and_charts(visitor: Page, address: str, catalogue: dict[str, Any]) -> None:
    visitor.goto(address)
    visitor.locator("[data-search-open]").first.click()
    visitor.locator("dialog input").press_sequentially("eduroam")
    visitor.locator("dialog [role=row]").first.wait_for()

    visitor.goto(f"{address}services/")
    family = catalogue["services"][0]["family"]
    cards = visitor.locator("[data-words]:not([hidden])")
    before = cards.count()
    visitor.get_by_label("Famille").select_option(family)
    expect(cards).not_to_have_count(before, timeout=15_000)

    visitor.locator(".c-language").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "en", timeout=15_000)

    visitor.goto(f"{address}indicators/availability/")
    chart = visitor.locator("figure.c-chart svg[role=img]:visible").first
    inked = chart.evaluate(
        """chart => [...chart.querySelectorAll('path')].filter(path => {
             const style = getComputedStyle(path);
             return style.fill.startsWith('rgb') || style.stroke.startsWith('rgb');
           }).length"""
    )
    assert inked > 3
    assert blocked(visitor) == []


def test_a_script_that_slips_in_is_blocked(visitor: Page, site: Path, tmp_path: Path) -> None:
    """The policy itself holds: neither a script nor a handler that no build has seen runs."""
    page = (site / "index.html").read_text("utf-8")
    hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'><p style='color: red'>x</p>"
    (tmp_path / "index.html").write_text(page.replace("</body>", f"{hostile}</body>"), "utf-8")
    with serving(tmp_path, read_headers(site)) as url:
        visitor.goto(url)
        visitor.wait_for_timeout(300)
        assert visitor.evaluate("window.hit") is None
        found = blocked(visitor)
    assert any(what.startswith("script-src-elem inline") for what in found), found
    assert any(what.startswith("script-src-attr inline") for what in found), found
    assert any(what.startswith("style-src-attr inline") for what in found), found


@pytest.mark.parametrize("engine", list(Engine))
def test_a_first_project_with_either_engine(visitor: Page, tmp_path: Path, engine: Engine) -> None:
    project = tmp_path / "project"
    write_new_files(project, first_project(("fr", "en"), None, date(2026, 10, 15)))
    out = tmp_path / "site"
    build(Options(project, date(2026, 10, 15), out, tmp_path / "work", engine=engine, only=Part.SITE))
    with serving(out) as url:
        for path in sorted(out.rglob("index.html")):
            visitor.goto(url + path.relative_to(out).as_posix().removesuffix("index.html"))
        visitor.goto(f"{url}nowhere/at/all")
        assert visitor.locator("h1").count() == 1
        visitor.goto(f"{url}services/")
        visitor.locator(".c-language").click()
        expect(visitor.locator("html")).to_have_attribute("lang", "en")
        assert blocked(visitor) == []
