"""Every page of the site, on a phone: nothing wider than the screen, nothing from elsewhere, nothing blocked or broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

pytestmark = pytest.mark.browser

LARGEST = 120_000  # bytes of HTML

# Blocked by the Content-Security-Policy, whatever the console says of it.
LISTEN = """window.blocked = [];
document.addEventListener('securitypolicyviolation',
  event => window.blocked.push(`${event.violatedDirective} ${event.blockedURI}`));"""
LOOK = """() => {
  const root = document.documentElement;
  const width = root.clientWidth;
  const wide = root.scrollWidth > width
    ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)
        .slice(0, 3).map(e => `${e.tagName.toLowerCase()}.${e.className}`) : [];
  return {blocked: window.blocked, wide: root.scrollWidth > width ? `${root.scrollWidth} px: ${wide}` : ''};
}"""


def pages_of(site: Path) -> list[str]:
    """The addresses of the pages below the site's."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]


def is_left(request: Request) -> bool:
    """Whether it was given up because the visitor went to another page."""
    return request.failure == "net::ERR_ABORTED"


@pytest.mark.parametrize("english", [False, True], ids=["fr", "en"])
def test_every_page_keeps_to_itself(browser: Browser, site: Path, address: str, english: bool) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(LISTEN)
    page = context.new_page()
    faults: list[str] = []
    where = ""
    page.on(
        "request", lambda r: r.url.startswith((address, "data:")) or faults.append(f"{where}: asks {r.url}")
    )
    page.on("requestfailed", lambda r: is_left(r) or faults.append(f"{where}: {r.url} fails, {r.failure}"))
    page.on("response", lambda r: r.status < 400 or faults.append(f"{where}: {r.status} for {r.url}"))
    page.on(
        "console", lambda m: m.type not in {"error", "warning"} or faults.append(f"{where}: says {m.text}")
    )
    page.on("pageerror", lambda error: faults.append(f"{where}: throws {error}"))
    pages = [name for name in pages_of(site) if name.startswith("en/") is english and "404" not in name]
    assert len(pages) > 60
    for where in pages:
        page.goto(address + where)
        seen = page.evaluate(LOOK)
        faults += [f"{where}: blocked {what}" for what in seen["blocked"]]
        faults += [f"{where}: wider than the screen, {seen['wide']}"] if seen["wide"] else []
    context.close()
    assert not faults, "\n".join(faults)


def test_service_pages_are_light_and_in_no_navigation(site: Path) -> None:
    pages = list(site.glob("**/services/*/index.html"))
    assert len(pages) > 40
    heavy = {str(path): size for path in pages if (size := path.stat().st_size) >= LARGEST}
    assert heavy == {}
    links = {
        path: path.read_text("utf-8").count("/services/") for path in site.glob("commitments/uc-*/index.html")
    }
    assert links and max(links.values()) < len(pages) / 2
