"""The feed of news and works: Atom that readers tell once, and nothing where the address of the site is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from comptoir.checking import check_project
from comptoir.model.catalogue import Catalogue
from comptoir.site import render_site
from tests.conftest import MakeProject

TODAY = date(2026, 10, 15)
WORKS = """\
title: {fr: Nouveau <réseau>, en: New <network>}
services: [wifi]
day: 2026-11-07
start: "22:00"
end: "23:30"
change: {fr: Le Wi-Fi s'arrête & revient., en: Wi-Fi stops.}
"""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def catalogue(make_project: MakeProject) -> Catalogue:
    project = make_project(
        keys={
            "catalogue/works/network.yaml": WORKS,
            "catalogue/organisation.yaml": {"site_url": "https://catalogue.example.org/it/"},
        }
    )
    return check_project(Path(project), TODAY)[0]


def feed(catalogue: Catalogue, day: date = TODAY, code: str = "fr") -> Xml.Element:
    return Xml.fromstring(bytes(render_site(catalogue, language=code, today=day).files["news.atom"]))  # type: ignore[arg-type]


def entries(found: Xml.Element) -> dict[str, tuple[str, str]]:
    return {
        entry.findtext(f"{ATOM}id", ""): (
            entry.findtext(f"{ATOM}title", ""),
            entry.findtext(f"{ATOM}updated", "")[:10],
        )
        for entry in found.iter(f"{ATOM}entry")
    }


def test_news_and_works_are_told_with_full_addresses(catalogue: Catalogue) -> None:
    found = feed(catalogue, code="en")
    assert found.findtext(f"{ATOM}id") == "https://catalogue.example.org/it/en/"
    told = entries(found)
    works = "https://catalogue.example.org/it/en/works/#network"
    assert told[works] == ("New <network>", "2026-10-08")
    news = {name: day for name, (_, day) in told.items() if "/news/" in name}
    assert len(news) == 2 and list(news.values()) == sorted(news.values(), reverse=True)
    assert found.findtext(f"{ATOM}updated", "")[:10] == max(day for _, day in told.values())


def test_an_entry_is_the_same_the_day_after(catalogue: Catalogue) -> None:
    assert entries(feed(catalogue)) == entries(feed(catalogue, date(2026, 10, 16)))


def test_without_an_address_or_anything_to_tell_there_is_none(catalogue: Catalogue) -> None:
    nowhere = replace(catalogue, organisation=catalogue.organisation.model_copy(update={"site_url": None}))
    assert "news.atom" not in render_site(nowhere, language="fr", today=TODAY).files
    silent = replace(catalogue, news={}, works={})
    assert "news.atom" not in render_site(silent, language="fr", today=TODAY).files
