"""The poster as it is printed: every form, in each language, with the words as they were written."""

from __future__ import annotations

import base64
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.paper.project import PrintedProject
from tests.conftest import CASES, MakeProject
from tests.paper.posters.printing import boxes, content, print_kinds, text_of
from tests.paper.posters.test_choice import many

ROOT = CASES.parents[1]


@pytest.fixture(scope="module")
def demonstration(work: Path) -> PrintedProject:
    return print_kinds(ROOT, work, date(2026, 10, 15), ["poster"])


def test_the_forms_of_the_poster(demonstration: PrintedProject) -> None:
    assert [(f.language, f.path, f.title) for f in demonstration.files] == [
        ("fr", "downloads/poster-a2.pdf", "L’offre en une page, poster A2"),
        ("fr", "downloads/poster.svg", "L’offre en une page, image SVG"),
        ("fr", "downloads/poster.png", "L’offre en une page, image PNG"),
        ("fr", "downloads/poster-screen.png", "L’offre en une page, pour les écrans larges"),
        ("en", "downloads/poster-a2.pdf", "The offer on one page, A2 poster"),
        ("en", "downloads/poster.svg", "The offer on one page, SVG picture"),
        ("en", "downloads/poster.png", "The offer on one page, PNG picture"),
        ("en", "downloads/poster-screen.png", "The offer on one page, for wide screens"),
    ]
    assert demonstration.problems == ()


@pytest.mark.parametrize(("language", "slogan"), [("fr", "laisse chercher."), ("en", "free to research.")])
def test_the_paper_is_a2_tagged_and_tells_its_language(
    demonstration: PrintedProject, language: str, slogan: str
) -> None:
    reader = PdfReader(BytesIO(content(demonstration, language, "poster-a2.pdf")))
    (page,) = reader.pages
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] == [420, 594]
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert slogan in text_of(content(demonstration, language, "poster-a2.pdf"))


def test_every_family_and_service_is_on_it(demonstration: PrintedProject) -> None:
    text = text_of(content(demonstration, "en", "poster-a2.pdf"))
    wanted = (
        "31",
        "services in 7 families",
        "Workplace",
        "Email and calendar",
        "Old file server (S:)",
        "Being withdrawn",
    )
    assert [words for words in wanted if words not in text] == []
    foot = (
        "Service desk",
        "02 61 91 20 20".replace(" ", "\u00a0"),
        "Monday",
        "8:00",
        "Every service in detail",
    )
    assert [words for words in foot if words.replace("\u00a0", " ") not in text.replace("\u00a0", " ")] == []


def test_families_are_bookmarks(demonstration: PrintedProject) -> None:
    outline = PdfReader(BytesIO(content(demonstration, "fr", "poster-a2.pdf"))).outline
    assert "Poste de travail" in str(outline)


def test_pictures_have_their_size(demonstration: PrintedProject) -> None:
    png = content(demonstration, "fr", "poster-screen.png")
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (1920, 1080)
    svg = content(demonstration, "fr", "poster.svg")
    assert svg.startswith(b"<svg")
    pictures = [base64.b64decode(text) for text in re.findall(rb"data:image/svg\+xml;base64,([^\"]+)", svg)]
    assert len(pictures) > 1
    # Browsers leave a picture blank that does not say what it is.
    assert [
        one[:60] for one in pictures if not one.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    ] == []


def test_sizes_by_option(make_project: MakeProject, work: Path, today: date) -> None:
    project = make_project(keys={"catalogue/organisation.yaml": {"print": {"poster_sizes": ["a3", "a1"]}}})
    printed = print_kinds(project, work, today, ["poster"])
    assert boxes(content(printed, "fr", "poster-a3.pdf")) == [[297, 420]]
    assert boxes(content(printed, "fr", "poster-a1.pdf")) == [[594, 841]]


def test_a_print_shop_gets_bleed_and_marks_on_paper_only(
    make_project: MakeProject, work: Path, today: date
) -> None:
    settings = {"print": {"bleed": 3, "crop_marks": True}}
    printed = print_kinds(
        make_project(keys={"catalogue/organisation.yaml": settings}), work, today, ["poster"]
    )
    assert boxes(content(printed, "fr", "poster-a2.pdf")) == [[438, 612]]
    png = content(printed, "fr", "poster-screen.png")
    assert int.from_bytes(png[16:20], "big") == 1920


def test_names_come_out_as_written(make_project: MakeProject, work: Path, today: date) -> None:
    hostile = '#read("/etc/passwd") $x$ *b* @ref <label> \\u{1}'
    project = make_project(keys={"catalogue/services/wifi.yaml": {"name": hostile}})
    printed = print_kinds(project, work, today, ["poster"])
    assert hostile.replace(" ", "") in text_of(content(printed, "en", "poster-a2.pdf")).replace(" ", "")


def test_200_services_say_on_the_poster_and_in_warnings_what_is_left_out(
    make_project: MakeProject, work: Path, today: date
) -> None:
    project = make_project(keys=many({f"family-{letter}": 18 for letter in "abcdefghijk"}))
    printed = print_kinds(project, work, today, ["poster"])
    text = text_of(content(printed, "en", "poster-a2.pdf"))
    assert "200 services in 12 families" in text
    assert "and 7 others" in text
    assert len(printed.problems) == 11  # one a family, once for all forms and languages
    assert str(printed.problems[0]) == (
        "catalogue/families/family-a.yaml:2:3: warning: 'L’offre en une page, poster A2' has room for 120 services; of this "
        "family it leaves out 7: " + ", ".join(f"family-a-{n}" for n in range(3, 10)) + " [left-out]"
    )


def test_the_same_poster_has_the_same_bytes(make_project: MakeProject, tmp_path: Path, today: date) -> None:
    project = make_project()
    once, again = (print_kinds(project, tmp_path / name, today, ["poster"]).files for name in ("a", "b"))
    assert [file.content for file in once] == [file.content for file in again]
