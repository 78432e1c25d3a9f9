"""'Open now' says what the calendar says, at any instant and wherever the visitor is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

# The counter: Monday to Friday 8:00–18:30 in Paris, French public holidays, mornings only on 24 and 31 December.
INSTANTS = [
    ("2026-11-23T07:00:00Z", "fr", "Ouvert · ferme à 18\u00a0h\u00a030", "Monday 8:00, to the minute"),
    ("2026-11-23T06:59:00Z", "fr", "Fermé · ouvre aujourd’hui à 8\u00a0h", "Monday 7:59"),
    ("2026-11-23T17:29:00Z", "fr", "Ouvert · ferme à 18\u00a0h\u00a030", "Monday 18:29"),
    ("2026-11-23T17:30:00Z", "fr", "Fermé · ouvre demain à 8\u00a0h", "Monday 18:30, to the minute"),
    ("2026-11-27T20:00:00Z", "fr", "Fermé · ouvre lundi à 8\u00a0h", "Friday evening"),
    ("2026-12-24T10:00:00Z", "fr", "Ouvert · ferme à 12\u00a0h", "Christmas Eve, an exceptional opening"),
    (
        "2026-12-24T12:00:00Z",
        "fr",
        "Fermé · ouvre jeudi 31 décembre à 8\u00a0h",
        "holiday, week end and closure",
    ),
    ("2026-12-29T10:00:00Z", "fr", "Fermé · ouvre jeudi à 8\u00a0h", "the closure at the end of the year"),
    ("2027-03-26T17:15:00Z", "fr", "Ouvert · ferme à 18\u00a0h\u00a030", "Friday 18:15, before summer time"),
    ("2027-03-30T16:15:00Z", "fr", "Ouvert · ferme à 18\u00a0h\u00a030", "Tuesday 18:15, in summer time"),
    ("2027-03-30T17:15:00Z", "fr", "Fermé · ouvre demain à 8\u00a0h", "Tuesday 19:15, in summer time"),
    ("2027-03-29T10:00:00Z", "fr", "Fermé · ouvre demain à 8\u00a0h", "Easter Monday"),
    ("2026-11-27T20:00:00Z", "en/", "Closed · opens Monday at 8:00", "the same in English"),
    ("2029-01-10T10:00:00Z", "fr", "horaires à confirmer", "after the last day that the page knows"),
]


@pytest.mark.parametrize(("instant", "language", "expected", "what"), INSTANTS, ids=[i[3] for i in INSTANTS])
def test_the_desk(
    browser: Browser, address: str, instant: str, language: str, expected: str, what: str
) -> None:
    context = browser.new_context(base_url=address, timezone_id="America/Los_Angeles")
    page = context.new_page()
    page.clock.install(time=instant)
    page.goto("./" + language.removeprefix("fr"))
    expect(page.locator(".c-desk .c-open")).to_have_text(expected)
    context.close()


def test_the_page_follows_the_clock(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.clock.install(time="2026-11-23T17:29:30Z")
    page.goto("./")
    expect(page.locator(".c-desk .c-open")).to_have_text("Ouvert · ferme à 18\u00a0h\u00a030")
    page.clock.run_for(61_000)
    expect(page.locator(".c-desk .c-open")).to_have_text("Fermé · ouvre demain à 8\u00a0h")
    context.close()


def test_day_and_night_never_closes(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.clock.install(time="2026-12-25T02:00:00Z")
    page.goto("./services/wifi/")
    expect(page.locator("#hours .c-open").first).to_have_text("Ouvert · jour et nuit")
    context.close()
