"""The list of all services: filters that a visitor can combine, share and come back to; complete without JavaScript."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def listing(page: Page) -> Page:
    page.goto("./services/")
    expect(page.locator("[data-filters]")).to_be_visible()
    return page


def shown(page: Page) -> list[str]:
    names: list[str] = page.locator("[data-words]:not([hidden]) h3 a").all_text_contents()
    return names


def names(services: list[dict[str, Any]], language: str = "fr") -> list[str]:
    return sorted(service["name"][language] for service in services)


def offered(catalogue: dict[str, Any]) -> list[dict[str, Any]]:
    return [service for service in catalogue["services"] if service["lifecycle"] != "retired"]


def count(page: Page) -> str:
    return page.locator("[data-count]").inner_text()


def test_everything_on_offer_is_listed(listing: Page, catalogue: dict[str, Any]) -> None:
    services = offered(catalogue)
    assert sorted(shown(listing)) == names(services)
    assert count(listing) == f"{len(services)} services"
    status = listing.locator("[data-count]")
    assert (status.get_attribute("role"), status.get_attribute("aria-live")) == ("status", "polite")


@pytest.mark.parametrize("words", ["télétravail", "teletravail", "TELETRAVAIL", "tele travail"])
def test_words_are_found_without_accents_or_capitals(listing: Page, words: str) -> None:
    listing.get_by_label("Vos mots").fill(words)
    assert "Accès à distance" in shown(listing)
    assert len(shown(listing)) < 6


def test_the_count_agrees_with_what_is_shown(listing: Page) -> None:
    listing.get_by_label("Vos mots").fill("eduroam")
    found = shown(listing)
    assert found == ["Wi-Fi"]
    assert count(listing) == "1 service"
    listing.get_by_label("Vos mots").fill("zzzzz")
    assert shown(listing) == []
    assert count(listing) in {"0 service", "Aucun service"}
    expect(listing.locator("[data-nothing]")).to_be_visible()
    expect(listing.locator("[data-group]:visible")).to_have_count(0)


def test_no_service_is_plural_in_english(page: Page) -> None:
    page.goto("./en/services/?text=zzzzz")
    assert count(page) in {"0 services", "No services"}
    page.goto("./en/services/?text=eduroam")
    assert count(page) == "1 service"


def test_family_segment_and_lifecycle(listing: Page, catalogue: dict[str, Any]) -> None:
    family, segment = catalogue["families"][0]["id"], catalogue["segments"][0]["id"]
    of_family = [s for s in offered(catalogue) if s["family"] == family]
    listing.get_by_label("Famille").select_option(family)
    assert sorted(shown(listing)) == names(of_family)
    expect(listing.locator("[data-group]:visible")).to_have_count(1)
    listing.get_by_label("Vous êtes").select_option(segment)
    both = [s for s in of_family if not s["segments"] or segment in s["segments"]]
    assert sorted(shown(listing)) == names(both)
    listing.get_by_role("button", name="Tout afficher").click()
    expect(listing.locator("[data-words]:not([hidden])")).to_have_count(len(offered(catalogue)))
    for lifecycle in ("pipeline", "retiring", "retired"):
        listing.get_by_label("État").select_option(lifecycle)
        assert sorted(shown(listing)) == names(
            [s for s in catalogue["services"] if s["lifecycle"] == lifecycle]
        )


def test_a_field_of_the_project_s_own_filters(listing: Page, catalogue: dict[str, Any]) -> None:
    listing.get_by_label("Où sont vos données").select_option("supplier")
    away = [s for s in offered(catalogue) if s["fields"].get("data-place") == "supplier"]
    assert away and sorted(shown(listing)) == names(away)
    assert parse_qs(urlsplit(listing.url).query) == {"x-data-place": ["supplier"]}


def test_filters_stay_in_the_address(listing: Page, catalogue: dict[str, Any]) -> None:
    family = catalogue["families"][0]["id"]
    listing.get_by_label("Famille").select_option(family)
    listing.get_by_label("Vos mots").fill("e")
    found = shown(listing)
    assert parse_qs(urlsplit(listing.url).query) == {"family": [family], "text": ["e"]}
    listing.reload()
    expect(listing.get_by_label("Famille")).to_have_value(family)
    assert shown(listing) == found
    listing.locator("[data-words]:not([hidden]) h3 a").first.click()
    expect(listing.get_by_role("heading", level=1)).to_have_text(found[0])
    listing.go_back()
    expect(listing.get_by_label("Vos mots")).to_have_value("e")
    expect(listing.locator("[data-words]:not([hidden])")).to_have_count(len(found))
    listing.get_by_role("button", name="Tout afficher").click()
    expect(listing).to_have_url(listing.url.partition("?")[0])


def test_an_address_with_unknown_values_shows_everything(page: Page, catalogue: dict[str, Any]) -> None:
    page.goto("./services/?family=no-such-family&segment=%3Cscript%3E")
    assert sorted(shown(page)) == names(offered(catalogue))


def test_without_javascript_the_list_is_complete(
    browser: Browser, address: str, catalogue: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("./services/")
    visible = page.locator("[data-words]:visible h3 a")
    assert sorted(visible.all_text_contents()) == names(offered(catalogue))
    expect(page.locator("[data-filters]")).to_be_hidden()
    visible.first.click()
    expect(page.locator(".c-ask [data-ask]")).to_be_visible()
    context.close()
