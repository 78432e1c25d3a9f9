"""Phones, dark colours and paper."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

LUMINANCE = """() => {
  const seen = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor);
  const [r, g, b] = seen.find(c => !c.startsWith('rgba(0, 0, 0, 0')).match(/\\d+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


def is_dark(page: Page) -> bool:
    luminance: float = page.evaluate(LUMINANCE)
    return luminance < 0.3


def test_the_menu_of_a_phone_by_touch_and_by_keyboard(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto("./")
    menu, navigation = page.locator("[data-menu]"), page.locator("#navigation")
    expect(navigation).to_be_hidden()
    menu.tap()
    expect(navigation).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    expect(navigation).to_be_visible()
    page.keyboard.press("Tab")
    expect(navigation.get_by_role("link").first).to_be_focused()
    navigation.get_by_role("link").first.tap()
    expect(page).to_have_url(f"{address}services/")
    context.close()


def test_a_phone_shows_how_to_ask_first(browser: Browser, address: str, catalogue: dict[str, Any]) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"./services/{catalogue['services'][0]['id']}/")
    ask, benefits = page.locator(".c-ask").bounding_box(), page.locator("#benefits").bounding_box()
    assert ask and benefits and ask["y"] < benefits["y"]
    context.close()


def test_colours_follow_the_system(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("./")
    assert is_dark(page)
    page.emulate_media(color_scheme="light")
    assert not is_dark(page)
    context.close()


def test_chosen_colours_are_remembered(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="light")
    page = context.new_page()
    page.goto("./")
    toggle = page.locator("[data-scheme-toggle]")
    expect(toggle).to_have_attribute("aria-label", "Passer en couleurs sombres")
    toggle.click()
    assert is_dark(page)
    expect(toggle).to_have_attribute("aria-label", "Passer en couleurs claires")
    page.goto("./en/services/")
    assert is_dark(page)
    toggle.click()
    page.reload()
    assert not is_dark(page)
    context.close()


def test_paper_has_the_content_and_no_tools(page: Page, catalogue: dict[str, Any]) -> None:
    service = next(s for s in catalogue["services"] if s["faq"])
    page.goto(service["url"]["fr"])
    page.emulate_media(media="print", color_scheme="dark")
    for tool in (".c-nav", ".c-tools", ".c-search", ".c-skip", "[data-who]", ".c-menu"):
        expect(page.locator(tool).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("section[aria-labelledby=commitments] table").first).to_be_visible()
    assert not is_dark(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".c-faq details .c-prose").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".c-faq details .c-prose").first).to_be_hidden()
    sheet = page.pdf(format="A4")
    assert sheet.startswith(b"%PDF-") and b"/Type /Page" in sheet


def test_a_report_is_folded_on_screen_and_whole_on_paper_without_scripts(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("./reports/2026-Q3/")
    hidden = [page.locator(".c-fold tbody th").last]
    expect(hidden[0]).to_be_hidden()
    expect(page.locator(".c-bar")).to_be_visible()
    texts = printed_without(page, hidden)
    page.goto("./reports/2026-Q3/annex/")
    hidden = [page.locator(".c-command").last]
    expect(hidden[0]).to_be_hidden()
    assert [*texts, *printed_without(page, hidden)] == []
    context.close()


def printed_without(page: Page, hidden: list[Locator]) -> list[str]:
    """Those of the hidden texts that are not on paper either."""
    texts = [bare(one.text_content() or "") for one in hidden]
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    words = bare("".join(sheet.extract_text() for sheet in printed.pages))
    return [text for text in texts if not text or text not in words]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_bar_of_a_report_stays_and_marks_the_chapter_that_is_read(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto("./reports/2026-Q3/")
    bar = page.locator(".c-bar")
    expect(bar.locator("[aria-current]")).to_have_attribute("href", "#opening")
    page.locator("#control").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('control').scrollIntoView()")
    expect(bar.locator("[aria-current]")).to_have_attribute("href", "#control")
    expect(bar).to_be_in_viewport()
    heading = page.locator("#control").bounding_box()
    below = bar.bounding_box()
    assert heading and below and heading["y"] >= below["y"] + below["height"] - 1, (
        "nothing is hidden by the bar"
    )
    context.close()


def bare(text: str) -> str:
    """Letters and digits only, whatever ligatures and spaces they are printed with."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
