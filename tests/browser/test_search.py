"""The search answers sentences, by keyboard alone, in the order that `check` computes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from comptoir.audiences import for_audience
from comptoir.checking import check_project
from comptoir.model.catalogue import Catalogue
from comptoir.search.ranking import rank
from comptoir.search.services import service_index
from tests.browser.conftest import DEMONSTRATION, TODAY

pytestmark = pytest.mark.browser
ODD = (
    "",
    "en de la",
    "pas",
    "i",
    "Œuvre d’ÉTÉ",
    "vi",
    "mot",
    "zzzzzz",
    "constructor",
    "a'b<c>",
    "sauvgrade fichier",
    "poste",
)


@pytest.fixture(scope="module")
def demonstration() -> Catalogue:
    return check_project(DEMONSTRATION, TODAY)[0]


def field(page: Page) -> Locator:
    """Where one types; lists to choose from are combo boxes too."""
    return page.locator("dialog input[role=combobox]")


def ask(page: Page, words: str) -> None:
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type(words)


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("en/", "en")])
def test_the_browser_ranks_as_check_does(
    page: Page, demonstration: Catalogue, prefix: str, language: str
) -> None:
    page.goto(f"./{prefix}services/")
    ask(page, "eduroam")
    page.locator("dialog [role=row]").first.wait_for()
    index = service_index(for_audience(demonstration, "employees"), language)
    searches = demonstration.searches.values()
    questions = [*ODD, *(words for search in searches for _, words in search.words.variants())]
    ranked: list[Any] = page.evaluate(
        "questions => questions.map(q => comptoirRanking.rank(comptoirSearch.services, q, comptoirSearch.services.words))",
        questions,
    )
    for question, found in zip(questions, ranked, strict=True):
        assert [tuple(pair) for pair in found] == rank(index, question), question


@pytest.mark.parametrize(
    ("start", "words", "expected"),
    [
        ("", "l'imprimante est en panne", "Impression"),
        ("services/wifi/", "vnp", "Accès à distance"),
        ("services/", "password", "Compte numérique"),
        ("en/", "Is e-mail down?", "Email"),
    ],
)
def test_a_sentence_finds_its_service_by_keyboard(page: Page, start: str, words: str, expected: str) -> None:
    page.goto("./" + start)
    ask(page, words)
    first = page.locator("dialog [role=row]").first
    expect(first).to_contain_text(expected)
    expect(
        page.get_by_role("status").filter(has_text="résultat" if start != "en/" else "result")
    ).to_be_visible()
    expect(field(page)).to_have_attribute("aria-activedescendant", "search-0")
    for _ in range(200):  # a function that waits would evaluate a text, which the policy of the site blocks
        if page.evaluate("Boolean(globalThis.comptoirSearch.pages)"):
            break
        page.wait_for_timeout(50)
    following = 1 % page.locator("dialog [role=row]").count()
    page.keyboard.press("ArrowDown")
    expect(field(page)).to_have_attribute("aria-activedescendant", f"search-{following}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(expected)


def test_a_result_brings_its_request_and_nothing_found_leads_to_the_desk(page: Page) -> None:
    page.goto("./")
    ask(page, "imprimante")
    button = page.locator("dialog [role=row]").first.get_by_role("link").nth(1)
    expect(button).to_have_attribute("href", "https://portail.institut-meridien.example/demandes/impression")
    field(page).fill("wizzzzzzzzz")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_have_attribute(
        "href", re.compile("^tel:")
    )
    page.get_by_role("dialog").get_by_role("button", name="Wi-Fi").click()
    expect(page.locator("dialog [role=row]").first).to_contain_text("Wi-Fi")


def test_the_home_field_keeps_what_is_typed_until_it_is_sent(page: Page) -> None:
    page.goto("./")
    page.locator("#find").press_sequentially("eduroam")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("eduroam")
    expect(page.locator("dialog [role=row]").first).to_contain_text("Wi-Fi")


def test_tab_stays_in_the_dialog_and_escape_gives_the_focus_back(page: Page) -> None:
    page.goto("./services/")
    opener = page.locator("[data-search-open]").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("vpn")
    page.locator("dialog [role=row]").first.wait_for()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(field(page)).to_be_hidden()


def test_it_searches_from_a_disk_and_on_the_page_404(page: Page, site: Path) -> None:
    page.goto((site / "services" / "wifi" / "index.html").as_uri())
    ask(page, "imprimante")
    expect(page.locator("dialog [role=row]").first.get_by_role("link").first).to_have_attribute(
        "href", "../../services/printing/index.html"
    )
    page.goto("./404.html")
    page.locator("#find").fill("vpn")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=row]").first).to_contain_text("Accès à distance")
