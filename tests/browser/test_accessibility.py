"""axe-core finds nothing on a page of each kind: light and dark, at a desk and on a phone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

KINDS = (
    "",
    "services/",
    "families/",
    "families/{family}/",
    "segments/",
    "segments/{segment}/",
    "commitments/",
    "commitments/{agreement}/",
    "partners/",
    "synopsis/",
    "downloads/",
    "committees/",
    "committees/{committee}/",
    "news/",
    "news/{news}/",
    "glossary/",
    "about/",
    "404.html",
    "indicators/",
    "indicators/{mean}/",
    "indicators/{coverage}/",
    "indicators/{nps}/",
    "indicators/{within}/",
    "indicators/{total}/",
    "reports/",
    "reports/{report}/",
    "reports/{report}/annex/",
    "works/",
    *(f"services/{{{lifecycle}}}/" for lifecycle in ("live", "pipeline", "retiring", "retired")),
)
RESULTS = {  # a page with each kind of chart
    "mean": "satisfaction",
    "coverage": "coverage",
    "nps": "nps",
    "within": "within-target-ttr",
    "total": "request-volume",
}
Look = tuple[int, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = ((1440, "light"), (390, "light"), (1440, "dark"), (390, "dark"))


@pytest.fixture(scope="module")
def examples(catalogue: dict[str, Any], site: Path) -> dict[str, str]:
    """What stands for each word in braces in the kinds."""
    return {
        "family": catalogue["families"][0]["id"],
        "segment": catalogue["segments"][0]["id"],
        "agreement": catalogue["agreements"][0]["id"],
        "news": min(path.name for path in (site / "news").iterdir() if path.is_dir()),
        **{service["lifecycle"]: service["id"] for service in catalogue["services"]},
        **RESULTS,
        "committee": min(path.name for path in (site / "committees").iterdir() if path.is_dir()),
        "report": max(path.name for path in (site / "reports").iterdir() if path.is_dir()),
    }


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """One visitor for every page: styles and typefaces are fetched once."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    yield context
    context.close()


def bring_axe(page: Page) -> None:
    """Give axe-core to the page that is there, once for all its looks."""
    page.evaluate(Axe().axe_script)


def violations(page: Page, where: str) -> list[str]:
    """What axe-core finds: the page, the rule, and each element with what is wrong about it."""
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    return [
        f"{where}: {rule['id']} ({rule['impact']}) {node['target']} {node['html'][:120]}\n    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("prefix", "looks"), [("", LOOKS), ("en/", LOOKS[:1])], ids=["fr", "en"])
def test_axe_finds_nothing(
    reader: BrowserContext, examples: dict[str, str], prefix: str, looks: Sequence[Look], kind: str
) -> None:
    """A test for each page, so that this file, the longest, is the first that a worker takes."""
    path = prefix + kind.format(**examples)
    page = reader.new_page()
    response = page.goto(f"./{path}")
    assert response is not None
    assert response.ok or kind == "404.html", f"{path}: {response.status}"
    bring_axe(page)
    found: list[str] = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += violations(page, f"{path} at {width} px, {scheme}")
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_search_dialog(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto("./services/")
    page.keyboard.press("/")
    page.keyboard.type("eduroam")
    page.locator(".c-search [role=row]").first.wait_for()
    bring_axe(page)
    found = violations(page, f"search, {scheme}")
    context.close()
    assert not found, "\n".join(found)
