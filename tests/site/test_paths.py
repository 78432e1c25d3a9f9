"""Links between pages."""

from __future__ import annotations

import pytest

from comptoir.content.paths import PAGES, page_path, relative_url, root_url


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
