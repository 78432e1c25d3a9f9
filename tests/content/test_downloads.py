"""Downloads: what was printed is offered where it belongs, with its form, length and size; what was not is never named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from comptoir.content.downloads import download_note, late_mark
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.site import Download, RenderedSite
from comptoir.site.pages import make_pages
from comptoir.wording import language
from tests.content.measured import results
from tests.content.samples import TODAY, Read, base_catalogue, body_of, render

NARROW, FIXED = "\u202f", "\u00a0"
FILES = (
    Download("downloads/sheets/wifi.pdf", "sheet", "Wi-Fi", "wifi", "downloads/previews/a.webp"),
    Download("downloads/catalogue.pdf", "catalogue", "Catalogue des services"),
    Download("downloads/poster-a2.pdf", "poster", "Poster A2", "", "downloads/previews/b.webp"),
    Download("downloads/poster.svg", "poster", "Image SVG"),
    Download("downloads/slides.pptx", "slides", "Diaporama"),
    Download("downloads/reports/2026-Q3.pdf", "report", "Rapport", "2026-Q3"),
    Download("downloads/new.bin", "unheard-of", "Autre"),
)


def view(code: str = "fr", files: tuple[Download, ...] = FILES) -> Any:
    site = Edition(base_catalogue(), language(code), TODAY, None, files)
    return {page.path: page.view for page in make_pages(site)}["downloads/index.md"]


def site(files: tuple[Download, ...] = FILES) -> RenderedSite:
    return render(base_catalogue(), results=results(), downloads=files)


def links(rendered: RenderedSite, path: str) -> set[str]:
    """Where the links and the pictures of a page lead, below downloads/."""
    elements = Read(body_of(str(rendered.files[path]))).elements
    targets = [given.get("href") or given.get("src") or "" for _, given in elements]
    return {target.partition("downloads/")[2] for target in targets if "downloads/" in target}


def test_files_of_a_kind_share_a_card_and_each_says_what_it_is() -> None:
    shown = view()
    assert [(section.id, section.title) for section in shown.sections] == [
        ("offer", "L’offre sur papier"),
        ("slides", "Pour vos présentations"),
        ("reports", "Les rapports"),
        ("other", "Autres documents"),
    ]
    catalogue, poster = shown.sections[0].cards
    assert (catalogue.preview, poster.preview) == ("", Ref("path", "downloads/previews/b.webp"))
    assert poster.alternative == f"Aperçu{FIXED}: Poster A2"
    assert [(link.title, link.url, link.note) for link in (*catalogue.files, *poster.files)] == [
        (
            "Catalogue des services",
            Ref("path", "downloads/catalogue.pdf"),
            late_mark("downloads/catalogue.pdf"),
        ),
        ("Poster A2", Ref("path", "downloads/poster-a2.pdf"), late_mark("downloads/poster-a2.pdf")),
        ("Image SVG", Ref("path", "downloads/poster.svg"), late_mark("downloads/poster.svg")),
    ]
    (slides,) = shown.sections[1].cards
    assert slides.is_wide
    assert (shown.date, shown.iso_date) == (f"15{FIXED}octobre 2026", "2026-10-15")


def test_each_file_says_what_it_is_once_it_is_printed() -> None:
    def note(code: str, path: str, pages: int, size: int) -> str:
        return download_note(language(code), f"downloads/{path}", pages, size)

    assert note("fr", "catalogue.pdf", 96, 1_692_002) == f"PDF, 96 pages, 1,7{NARROW}Mo"
    assert note("fr", "poster-a2.pdf", 1, 126_519) == f"PDF, 1 page, 127{NARROW}ko"
    assert note("fr", "poster.svg", 1, 587_105) == f"SVG, 587{NARROW}ko"
    assert note("fr", "slides.pptx", 20, 195_002) == f"PowerPoint, 20 diapositives, 195{NARROW}ko"
    assert note("fr", "new.bin", 1, 3) == f"BIN, 1{NARROW}ko"
    assert note("en", "sheets/wifi.pdf", 2, 86_247) == "PDF, 2 pages, 86 kB"


def test_until_then_its_page_holds_a_mark_of_its_own() -> None:
    marks = {late_mark(file.path) for file in FILES}
    assert len(marks) == len(FILES)
    page = str(site().files["downloads/index.md"])
    assert all(page.count(mark) == 1 for mark in marks)


def test_sheets_stand_in_their_family() -> None:
    (family,) = view("en").sheets
    assert family.mark.name == "Workplace"
    assert [card.files[0].url for card in family.cards] == [Ref("path", "downloads/sheets/wifi.pdf")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("services/wifi.md", {"sheets/wifi.pdf"}),
        ("services/mail.md", set()),
        ("families/workplace.md", {"catalogue.pdf", "slides.pptx"}),
        ("segments/researchers.md", {"catalogue.pdf"}),
        ("synopsis.md", {"poster-a2.pdf", "poster.svg", "catalogue.pdf", "slides.pptx"}),
        ("reports/2026-Q3.md", {"reports/2026-Q3.pdf"}),
    ],
)
def test_pages_lead_to_what_is_about_the_same_thing(path: str, expected: set[str]) -> None:
    assert links(site(), path) == expected


def test_the_page_is_reached_from_the_foot_of_every_page() -> None:
    more = site().extra["comptoir"]["more"]
    assert {"title": "À télécharger", "url": "downloads/"} in more
    assert [item.path for item in site().navigation if item.path == "downloads/index.md"] == [
        "downloads/index.md"
    ]


def test_without_printed_files_nothing_speaks_of_them() -> None:
    bare = site(())
    assert "downloads/index.md" not in bare.files
    assert "downloads/" not in repr(bare.extra) + repr(bare.navigation)
    assert [
        name for name in bare.files if name.endswith(".md") and "downloads/" in str(bare.files[name])
    ] == []


def test_a_link_to_the_page_leads_there_only_when_it_is_there() -> None:
    catalogue = base_catalogue()
    about = catalogue.organisation.about
    text = type(about)("[fichiers](page:downloads)")
    written = replace(catalogue, organisation=catalogue.organisation.model_copy(update={"about": text}))
    for files, is_there in ((FILES, True), ((), False)):
        page = str(render(written, downloads=files).files["about.md"])
        assert ('href="../downloads/"' in page) is is_there
        assert "fichiers" in page


def test_titles_of_users_are_text() -> None:
    files = (
        Download("downloads/sheets/wifi.pdf", "sheet", '<b>"x"</b>', "wifi", "downloads/previews/a.webp"),
    )
    page = str(site(files).files["downloads/index.md"])
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
