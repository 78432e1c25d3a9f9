"""Visitors find a service, ask for it, and change language without losing their place."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def href(link: Locator) -> str:
    address = link.get_attribute("href")
    assert address
    return address


def mail_of(link: Locator) -> tuple[str, str, list[str]]:
    """To whom, about what, and the lines of the prepared message."""
    parts = urlsplit(href(link))
    assert parts.scheme == "mailto"
    fields = dict(pair.split("=", 1) for pair in parts.query.split("&"))
    assert set(fields) == {"subject", "body"}
    return unquote(parts.path), unquote(fields["subject"]), unquote(fields["body"]).split("\r\n")


def one(services: list[dict[str, Any]], lifecycle: str) -> dict[str, Any]:
    return next(s for s in services if s["lifecycle"] == lifecycle and s["request"]["url"])


def choose_first_segment(page: Page) -> tuple[str, str]:
    select = page.get_by_label("Vous êtes…")
    option = select.locator("option").nth(1)
    identifier, words = option.get_attribute("value"), option.inner_text()
    assert identifier
    select.select_option(identifier)
    return identifier, words


def test_home_leads_to_a_service_and_to_the_portal(page: Page, catalogue: dict[str, Any]) -> None:
    page.goto("./")
    tile = page.locator(".c-tile a").first
    family = tile.inner_text()
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(family)
    service = next(s for s in catalogue["services"] if f"/{s['url']['fr']}" in family_links(page))
    page.locator(f"a[href*='/{service['id']}/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(service["name"]["fr"])
    button = page.locator(".c-ask [data-ask]")
    expect(button).to_be_in_viewport()
    assert href(button) == service["request"]["url"]
    assert button.get_attribute("aria-label") == f"Demander ce service\u00a0: {service['name']['fr']}"


def family_links(page: Page) -> list[str]:
    links: list[str] = page.locator(".c-page main a, .c-page a").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    return links


def test_the_portal_is_told_who_asks_and_remembers(page: Page, catalogue: dict[str, Any]) -> None:
    service = one(catalogue["services"], "live")
    page.goto(service["url"]["fr"])
    segment, _ = choose_first_segment(page)
    address = urlsplit(href(page.locator(".c-ask [data-ask]")))
    assert parse_qsl(address.query)[-1] == ("segment", segment)
    assert address._replace(query="").geturl() == service["request"]["url"].partition("?")[0]
    other = next(s for s in catalogue["services"] if s["lifecycle"] == "live" and s["id"] != service["id"])
    page.goto(other["url"]["fr"])
    expect(page.get_by_label("Vous êtes…")).to_have_value(segment)
    assert parse_qs(urlsplit(href(page.locator(".c-ask [data-ask]"))).query)["segment"] == [segment]
    page.get_by_label("Vous êtes…").select_option("")
    assert href(page.locator(".c-ask [data-ask]")) == other["request"]["url"]


def test_a_fault_is_reported_to_the_desk(page: Page, catalogue: dict[str, Any]) -> None:
    service = one(catalogue["services"], "live")
    page.goto(service["url"]["fr"])
    choose_first_segment(page)
    button = page.get_by_role("link", name=re.compile("^Signaler une panne"))
    to, subject, lines = mail_of(button)
    assert to == (service["support"] or catalogue["organisation"]["service_desk"])["email"]
    assert subject == f"Panne\u00a0: {service['name']['fr']}"
    assert f"Service\u00a0: {service['name']['fr']}" in lines and "Depuis quand\u00a0:" in lines


def test_what_is_folded_opens_where_an_address_leads(page: Page, catalogue: dict[str, Any]) -> None:
    service = one(catalogue["services"], "live")
    page.goto(service["url"]["fr"])
    expect(page.locator("#hours h3").first).to_be_hidden()
    page.locator("#hours > summary").press("Enter")
    expect(page.locator("#hours h3").first).to_be_visible()


def test_a_request_by_mail_is_prepared(page: Page, catalogue: dict[str, Any]) -> None:
    service = one(catalogue["services"], "pipeline")
    name = service["name"]["fr"]
    page.goto(service["url"]["fr"])
    button = page.locator(".c-ask [data-ask]")
    to, subject, lines = mail_of(button)
    assert to == catalogue["organisation"]["functional_mailbox"]["address"]
    assert subject == f"Me prévenir\u00a0: {name}"
    assert lines == [
        "Bonjour,",
        "",
        f"Service\u00a0: {name}",
        "Ce dont j’ai besoin\u00a0:",
        "",
        "Nom et équipe\u00a0:",
        "Profil\u00a0: à préciser",
    ]
    _, words = choose_first_segment(page)
    assert mail_of(button)[2][-1] == f"Profil\u00a0: {words}"
    page.reload()
    assert mail_of(button)[2][-1] == f"Profil\u00a0: {words}"


def test_a_need_leads_to_what_meets_it(page: Page) -> None:
    page.goto("./")
    need = page.locator(".c-needs a").first
    words = need.locator(".c-needs__name").inner_text().strip()
    need.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.parametrize(
    "place", ["", "services/", "services/{service}/", "segments/{segment}/", "commitments/", "about/"]
)
def test_the_language_changes_and_the_place_does_not(
    page: Page, catalogue: dict[str, Any], place: str
) -> None:
    path = place.format(service=catalogue["services"][0]["id"], segment=catalogue["segments"][0]["id"])
    page.goto("./" + path)
    root = page.url.removesuffix(path)
    page.locator(".c-language").click()
    expect(page).to_have_url(f"{root}en/{path}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".c-language").click()
    expect(page).to_have_url(f"{root}{path}")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_an_anchor_is_shown_under_the_header(page: Page, catalogue: dict[str, Any]) -> None:
    page.goto(f"{catalogue['services'][0]['url']['fr']}#commitments")
    heading = page.get_by_role("heading", name="Promis et tenu")
    expect(heading).to_be_in_viewport()
    header = page.locator(".c-header").bounding_box()
    box = heading.bounding_box()
    assert header and box
    sticks = page.locator(".c-header").evaluate("header => getComputedStyle(header).position") in {
        "sticky",
        "fixed",
    }
    assert box["y"] >= (header["height"] if sticks else 0)


def test_what_does_not_exist_leads_back(page: Page) -> None:
    answer = page.goto("./services/no-such-service/")
    assert answer and answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas, ou plus")


@pytest.mark.parametrize(
    ("language", "name", "first"),
    [
        ("", "Données en CSV", "Trimestre;Valeur;Borne basse;Borne haute;objectif;n;Remarque"),
        ("en/", "Data as CSV", "Quarter,Value,Lower bound,Upper bound,target,n,Remark"),
    ],
)
def test_the_data_of_a_chart_are_taken_along(page: Page, language: str, name: str, first: str) -> None:
    page.goto(f"{language}indicators/satisfaction/")
    figure = page.locator("figure.c-chart").first
    link = figure.get_by_role("link", name=name)
    expect(link).to_have_text("CSV")
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == "trend-satisfaction.csv"
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == first
    figure.get_by_text("graphique" if not language else "chart").first.click()
    shown = figure.locator("tbody tr").last.locator("th, td").all_inner_texts()
    mark = ";" if not language else ","
    quarter, value = lines[-1].split(mark)[:2]
    assert quarter == shown[0]
    exact, rounded = (float(text.replace(",", ".")) for text in (value, shown[1]))
    assert abs(exact - rounded) <= 0.005, "the file holds more decimals of the same number"
    page.emulate_media(media="print")
    expect(link).to_be_hidden()
