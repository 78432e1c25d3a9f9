"""What an audience does not see is not in its search either: neither services, nor words, nor what people type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from comptoir.audiences import for_audience
from comptoir.checking import check_project
from comptoir.model.base import Text
from comptoir.site import render_site

ROOT = Path(__file__).parents[1] / "cases" / "base"
SECRET = "Zorglub"


def test_the_search_of_a_site_tells_nothing_that_its_pages_hide() -> None:
    catalogue, _ = check_project(ROOT, date(2026, 6, 30))
    name, service = next(iter(catalogue.services.items()))
    hidden = service.model_copy(
        update={"audience": "management", "name": Text(SECRET), "keywords": (Text(SECRET.lower()),)}
    )
    planted = replace(catalogue, services={**catalogue.services, name: hidden})
    told = {}
    for audience in ("employees", "management"):
        files = render_site(for_audience(planted, audience), language="fr", today=date(2026, 6, 30)).files
        told[audience] = "".join(str(files[f"find/{part}.js"]) for part in ("services", "pages")).lower()
    assert SECRET.lower() in told["management"]
    assert SECRET.lower() not in told["employees"]
    assert f"services/{name}/" not in told["employees"]
