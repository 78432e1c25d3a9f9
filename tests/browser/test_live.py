"""What monitoring writes is told when a page opens: what does not work, never that something works, nothing that is old."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.serving import serving
from tests.conftest import project_maker

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def live_address(built_once: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = project_maker(tmp_path_factory.mktemp("live"))(
        keys={
            "catalogue/organisation.yaml": {"status_file": "status.json"},
            "catalogue/services/mail.yaml": {
                "dependencies": [{"service": "wifi", "criticality": "degraded"}]
            },
        }
    )
    with serving(built_once(Path(project), "live")) as url:
        yield url


def opened(browser: Browser, address: str, path: str, said: object) -> Page:
    page = browser.new_context(base_url=address, timezone_id="Europe/Paris").new_page()

    def answer(route: Route) -> None:
        if said is None:
            route.fulfill(status=404)
        else:
            route.fulfill(json=said) if not isinstance(said, str) else route.fulfill(body=said)

    page.route("**/status.json", answer)
    page.goto(path)
    return page


def status(age: timedelta = timedelta(), **services: dict[str, Any]) -> dict[str, Any]:
    return {"at": (datetime.now(UTC) - age).isoformat(), "services": services}


DOWN = {
    "state": "down",
    "since": "2026-11-21T08:30:00+01:00",
    "text": {"fr": "<b>Les bornes</b> redémarrent.", "en": "Restarting."},
}


def test_an_outage_is_seen_on_home_on_the_service_and_on_those_that_need_it(
    browser: Browser, live_address: str
) -> None:
    for path in ("./", "./services/wifi/", "./services/mail/"):
        page = opened(browser, live_address, path, status(wifi=DOWN))
        told = page.locator(".c-live li")
        expect(told).to_have_count(1)
        expect(told).to_contain_text("En panne, depuis le 21 novembre 2026")
        expect(told).to_contain_text("Wi-Fi")
        expect(told).to_contain_text("<b>Les bornes</b> redémarrent.")
        assert told.locator("b").count() == 0
        page.context.close()
    page = opened(browser, live_address, "./en/services/wifi/", status(wifi=DOWN))
    expect(page.locator(".c-live li")).to_contain_text("Down, since 21 November 2026")
    page.context.close()


@pytest.mark.parametrize(
    "said",
    [
        None,
        "not json",
        json.dumps([1, 2]),
        status(wifi={"state": "up"}),
        status(wifi={"state": "<img>"}, unknown=DOWN),
        status(timedelta(hours=2), wifi=DOWN),
        {"services": {"wifi": DOWN}},
        status(wifi=None),  # type: ignore[arg-type]
    ],
    ids=["none", "no json", "a list", "up", "unknown words", "old", "undated", "null"],
)
def test_nothing_is_said_that_is_not_known_to_be_wrong_now(
    browser: Browser, live_address: str, said: object
) -> None:
    page = opened(browser, live_address, "./services/wifi/", said)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".c-live")).to_have_count(1)
    expect(page.locator(".c-live li")).to_have_count(0)
    page.context.close()
