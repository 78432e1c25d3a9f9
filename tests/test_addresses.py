"""Where the site publishes what: addresses between pages, of references in a page, and from outside."""

from __future__ import annotations

import pytest

from comptoir.addresses import (
    PAGES,
    page_path,
    path_of,
    relative_url,
    resolve_references,
    root_url,
    web_address,
)
from comptoir.content.references import Ref
from comptoir.markdown import PAGES as NAMED

from .content.samples import base_catalogue


@pytest.mark.parametrize(
    ("source", "target", "url"),
    [
        ("index.md", "index.md", "./"),
        ("index.md", "services/index.md", "services/"),
        ("index.md", "services/wifi.md", "services/wifi/"),
        ("services/wifi.md", "index.md", "../../"),
        ("services/wifi.md", "services/mail.md", "../mail/"),
        ("services/wifi.md", "services/wifi.md", "./"),
        ("services/index.md", "services/wifi.md", "wifi/"),
        ("services/wifi.md", "services/index.md", "../"),
        ("services/wifi.md", "glossary.md#sla", "../../glossary/#sla"),
        ("glossary.md", "glossary.md#sla", "./#sla"),
        ("services/wifi.md", "files/documents/a.pdf", "../../files/documents/a.pdf"),
        ("families/data.md", "committees.md", "../../committees/"),
    ],
)
def test_relative_url(source: str, target: str, url: str) -> None:
    assert relative_url(source, target) == url


def test_root_url() -> None:
    assert [root_url(path) for path in ("index.md", "services/index.md", "a/b.md", "glossary.md#x")] == [
        "",
        "services/",
        "a/b/",
        "glossary/#x",
    ]


def test_page_path() -> None:
    assert page_path("service", "wifi") == "services/wifi.md"
    assert page_path("agreement", "sla") == "commitments/sla.md"
    assert page_path("partner", "library") == "partners/index.md#library"
    assert page_path("term", "sla") == "glossary.md#sla"
    assert {page_path("page", name) for name in PAGES} == set(PAGES.values())
    with pytest.raises(KeyError):
        page_path("page", "nowhere")


@pytest.mark.parametrize(
    ("ref", "path", "written"),
    [
        (Ref("service", "wifi"), "services/wifi.md", "@service/wifi"),
        (Ref("page", "complaints", "r-12"), "complaints.md#r-12", "@page/complaints#r-12"),
        (Ref("term", "sla"), "glossary.md#sla", "@term/sla"),
        (Ref("file", "documents/a.pdf"), "files/documents/a.pdf", "@file/documents/a.pdf"),
        (Ref("path", "charts/x.csv"), "charts/x.csv", "@path/charts/x.csv"),
    ],
)
def test_a_reference_has_one_path_and_one_spelling(ref: Ref, path: str, written: str) -> None:
    assert (path_of(ref), str(ref)) == (path, written)
    with pytest.raises(KeyError):
        path_of(Ref("planet", "mars"))


def test_the_pages_that_texts_may_name_have_paths() -> None:
    left = {"complaints", "scorecard", "disturbances"}
    assert set(PAGES) - NAMED == left, "for one audience, or not on every site: no text leads to it"
    assert set(PAGES) >= NAMED


def test_a_page_puts_addresses_in_the_place_of_references() -> None:
    html = '<a href="@service/mail">x</a><form action="@page/services?segment=a#b"><img src="@file/a b.svg">'
    assert resolve_references(html, "services/wifi.md") == (
        '<a href="../mail/">x</a><form action="../?segment=a#b"><img src="../../files/a b.svg">'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>@service/mail</p>",  # words of a person
        '<p title="@service/mail">x</p>',
        '<a href="https://example.org/@service/mail">x</a>',
        '<a href="@page/nowhere">x</a>',  # for the check of links
        '<a href="@planet/mars">x</a>',
        "href=&#34;@service/mail&#34;",
    ],
)
def test_what_is_no_reference_stays(html: str) -> None:
    assert resolve_references(html, "index.md") == html


def test_the_full_address_of_a_page_and_of_a_file() -> None:
    organisation = base_catalogue().organisation
    at = organisation.model_copy(update={"site_url": "https://it.example/offer/"})
    first, second = at.languages
    assert web_address(at, first, Ref("service", "wifi")) == "https://it.example/offer/services/wifi/"
    assert web_address(at, second, Ref("page", "home")) == f"https://it.example/offer/{second}/"
    assert web_address(at, second, Ref("file", "a.pdf")) == "https://it.example/offer/files/a.pdf"
    assert web_address(organisation.model_copy(update={"site_url": None}), first, Ref("page", "home")) == ""
