"""The search dialog finds services by the words that people type, with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def service_found(page: Page) -> str:
    """The title of the first result."""
    first = page.locator(".md-search-result__item h1, .md-search-result__item h2").first
    expect(first).to_be_visible()
    return first.inner_text().strip()


@pytest.mark.parametrize(
    ("start", "words", "expected"),
    [
        ("", "eduroam", "Wi-Fi"),
        ("", "sauvgarde", "Sauvegarde"),
        ("services/", "mdp", "Compte numérique"),
        ("services/wifi/", "teletravail", "Accès à distance"),
        ("en/", "pritner", "Printing"),
    ],
)
def test_a_word_finds_its_service_by_keyboard(page: Page, start: str, words: str, expected: str) -> None:
    page.goto("./" + start)
    page.keyboard.press("/")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    page.keyboard.type(words)
    assert expected in service_found(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(expected)


def test_the_home_page_hands_its_words_to_the_dialog(page: Page) -> None:
    page.goto("./")
    page.locator("#find").press_sequentially("eduroam")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    expect(page.locator("[data-md-component=search-query]")).to_have_value("eduroam")
    assert "Wi-Fi" in service_found(page)


def test_escape_closes_the_dialog_and_gives_the_focus_back(page: Page) -> None:
    page.goto("./services/")
    opener = page.locator("[data-search-open]").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.locator("[data-md-component=search-query]")).not_to_be_in_viewport()
