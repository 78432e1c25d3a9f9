"""Hostile text is text: a project whose every word tries to break out builds, reads as written and runs nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from comptoir.wording import language
from tests.browser.conftest import Site
from tests.browser.serving import serving
from tests.browser.test_every_page import LISTEN, LOOK, pages_of
from tests.conftest import CASES

pytestmark = pytest.mark.browser

WORD = "Rhabarberbarbarabarbarbarenbartbarbierbierbarbärbelundnocheinmalganzvonvornerzählt"
assert len(WORD) >= 80
TEXTS = {
    "name": "<script>pwned=1</script> & ‘a’ &amp; b",
    "summary": "</script></title><img src=x onerror=pwned=1> {{ 7*7 }} {% raw %} {# x #} ${7*7} \\n C:\\new \\u0041",
    "benefit": "</ul></div><svg onload=pwned=1> ``` ~~~ --8<-- [[x]] ::: !!! note {: onclick=pwned=1 }",
    "rtl": "שלום עולם and مرحبا بالعالم 🧪👩‍🔬🇫🇷 a\u0301",
    "long": WORD,
    "item": '\'); pwned=1; // " onmouseover="pwned=1" & ?x=1#y',
    "question": "*not* _emphasis_ [link](javascript:pwned=1) <b>bold</b> {{ config }}",
}
MARKDOWN = (
    "<script>pwned=1</script> <img src=x onerror=pwned=1> {{ 7*7 }} {% include 'x' %}\n\n"
    "`[click](javascript:pwned=1)` &lt;script&gt;pwned=1&lt;/script&gt; &#60;img src=x onerror=pwned=1&#62;\n\n"
    f"{WORD} `</code><script>pwned=1</script>` <iframe src='https://evil.example'></iframe>\n"
)
# As a mouse over everything would.
POINT = """() => document.querySelectorAll('body *').forEach(element =>
  ['mouseover', 'mouseenter', 'focus', 'error', 'load'].forEach(type => element.dispatchEvent(
    new Event(type, {bubbles: type === 'mouseover', cancelable: true}))))"""


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def set_keys(file: Path, values: dict[str, object]) -> None:
    written = yaml.load(file.read_bytes(), yaml.BaseLoader) | values
    file.write_text(yaml.safe_dump(written, allow_unicode=True, width=1000), "utf-8")


@pytest.fixture(scope="module")
def hostile_site(built_once: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(CASES / "base", project)
    catalogue, segments = project / "catalogue", project / "segments"
    set_keys(
        catalogue / "services" / "mail.yaml",
        {
            "name": TEXTS["name"],
            "summary": both(TEXTS["summary"]),
            "description": both(MARKDOWN),
            "needs": [both(TEXTS["summary"][:110])],
            "keywords": ["<b>pwned</b>", "</textarea>", WORD[:40]],
            "benefits": [both(TEXTS[name]) for name in ("benefit", "rtl", "long")],
            "included": [both(TEXTS["long"])],
            "eligibility": both(MARKDOWN),
            "request_items": [{"id": "item", "name": both(TEXTS["item"])}],
            "faq": [{"question": both(TEXTS["question"]), "answer": both(MARKDOWN)}],
        },
    )
    set_keys(
        catalogue / "organisation.yaml",
        {
            "name": TEXTS["name"],
            "department": both("{{ 7*7 }}</title><script>pwned=1</script>"),
            "short_name": "<i>&\"'",
            "slogan": both(TEXTS["rtl"]),
            "promise": both(TEXTS["question"]),
            "about": both(MARKDOWN),
        },
    )
    set_keys(
        catalogue / "families" / "workplace.yaml", {"name": TEXTS["name"], "summary": both(TEXTS["summary"])}
    )
    set_keys(
        segments / "segments" / "researchers.yaml", {"name": TEXTS["name"], "summary": both(TEXTS["long"])}
    )
    set_keys(
        catalogue / "news" / "old-printers.yaml", {"title": both(TEXTS["question"]), "body": both(MARKDOWN)}
    )
    return built_once(project, "hostile")


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    """Served without the policy that the guide advises: the text must be harmless by itself."""
    with serving(hostile_site, headers={}) as url:
        yield url


@pytest.fixture
def hostile_page(browser: Browser, hostile_address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=hostile_address, viewport={"width": 390, "height": 844})
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def read(text: str) -> str:
    """As the page shows it: with French typography."""
    return language("fr").typeset(text)


def test_the_service_reads_as_written(hostile_page: Page) -> None:
    page = hostile_page
    page.goto("./services/mail/")
    expect(page.get_by_role("heading", level=1)).to_have_text(read(TEXTS["name"]))
    expect(page.locator(".c-service__top .c-lead")).to_have_text(read(TEXTS["summary"]))
    for benefit, name in zip(
        page.locator(".c-ticks--large li").all(), ("benefit", "rtl", "long"), strict=True
    ):
        expect(benefit).to_have_text(read(TEXTS[name]))
    expect(page.locator(".c-faq summary")).to_have_text(read(TEXTS["question"]))
    detail = page.locator("#about .c-prose")
    expect(detail).to_contain_text("<script>pwned=1</script>")
    expect(detail).to_contain_text("{{ 7*7 }} {% include")
    assert detail.locator("script, img, iframe, a[href^='javascript:'], a[href^='data:']").count() == 0
    title = page.title()
    assert title.startswith(read(TEXTS["name"])) and "{{" not in title


def test_the_prepared_mail_holds_the_words(hostile_page: Page) -> None:
    hostile_page.goto("./services/mail/")
    link = hostile_page.locator("#item .c-button").get_attribute("href")
    assert link and link.startswith("mailto:offre@example.org?subject=")
    fields = link.partition("?")[2]
    assert fields.count("&") == 1 and "#" not in fields
    assert read(TEXTS["item"]) in unquote(fields.partition("&body=")[2])


def test_nothing_runs_and_nothing_overflows_on_any_page(
    hostile_page: Page, hostile_site: Path, hostile_address: str
) -> None:
    faults: list[str] = []
    asked: list[str] = []
    hostile_page.on("request", lambda request: asked.append(request.url))
    hostile_page.on("dialog", lambda dialog: dialog.dismiss())
    for where in pages_of(hostile_site):
        hostile_page.goto(hostile_address + where)
        hostile_page.evaluate(POINT)
        if hostile_page.evaluate("typeof window.pwned") != "undefined":
            faults.append(f"{where}: ran")
        if wide := hostile_page.evaluate(LOOK)["wide"]:
            faults.append(f"{where}: wider than the screen, {wide}")
    faults += [f"asks {url}" for url in asked if not url.startswith((hostile_address, "data:"))]
    assert not faults, "\n".join(faults)


def test_the_search_shows_words_not_elements(hostile_page: Page) -> None:
    page = hostile_page
    page.goto("./")
    page.locator("#find").fill("pwned")
    page.locator("#find").press("Enter")
    results = page.locator(".c-search [role=row]")
    expect(results.first).to_be_visible()
    assert results.locator("script, img, svg[onload], iframe").count() == 0
    assert page.evaluate("typeof window.pwned") == "undefined"
