"""Printed files as they are published: each with what pages say of it, and a small picture."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from comptoir.build import Options, Part, build
from comptoir.content.downloads import mark_name
from comptoir.paper.downloads import downloads_of, notes_of, published_files
from comptoir.paper.previews import SIDE, preview_ppi, small_picture
from comptoir.paper.types import Printed
from comptoir.site import Download
from tests.content.samples import BASE, TODAY


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    written = BytesIO()
    Image.new(mode, (width, height), "#1a5fb4").save(written, "PNG")
    return written.getvalue()


def test_files_and_pictures_are_published_side_by_side() -> None:
    sheet = Printed("downloads/sheets/wifi.pdf", "sheet", "Wi-Fi", "fr", b"%PDF", 2, b"RIFF", "wifi")
    picture = Printed("downloads/poster.svg", "poster", "Poster", "fr", b"<svg/>", 1)
    assert downloads_of((sheet, picture)) == (
        Download(
            "downloads/sheets/wifi.pdf",
            "sheet",
            "Wi-Fi",
            "wifi",
            "downloads/previews/sheets-wifi-pdf.webp",
        ),
        Download("downloads/poster.svg", "poster", "Poster"),
    )
    assert notes_of((sheet, picture)) == {
        mark_name("downloads/sheets/wifi.pdf"): "PDF, 2 pages, 1\u202fko",
        mark_name("downloads/poster.svg"): "SVG, 1\u202fko",
    }
    published = dict(published_files((sheet, picture)))
    assert list(published) == [
        "downloads/sheets/wifi.pdf",
        "downloads/previews/sheets-wifi-pdf.webp",
        "downloads/poster.svg",
    ]
    assert published["downloads/previews/sheets-wifi-pdf.webp"] == b"RIFF"


def test_a_picture_is_small_and_the_same_each_time() -> None:
    for mode in ("RGB", "RGBA", "L", "P"):
        small = small_picture(png(1654, 2339, mode))
        with Image.open(BytesIO(small)) as opened:
            assert opened.format == "WEBP"
            assert opened.size == (255, SIDE)
        assert small_picture(png(1654, 2339, mode)) == small
        assert len(small) < 5_000


@pytest.mark.parametrize("side", [210, 297, 420, 594, 841])
def test_a_page_is_drawn_as_small_as_it_is_shown(side: int) -> None:
    assert round(side / 25.4 * preview_ppi(side)) == SIDE


@pytest.mark.slow
def test_a_site_without_printed_files_has_no_page_of_downloads(tmp_path: Path) -> None:
    def names(only: Part | None) -> set[str]:
        out = tmp_path / f"site-{only}"
        build(Options(project=BASE, today=TODAY, out=out, work=tmp_path / "work", only=only))
        return {path.relative_to(out).as_posix() for path in out.rglob("*")}

    whole, bare = names(None), names(Part.SITE)
    assert {"downloads/index.html", "en/downloads/index.html", "downloads/slides.pptx"} <= whole
    assert {"downloads/sheets/wifi.pdf", "downloads/previews/sheets-wifi-pdf.webp"} <= whole
    assert [name for name in bare if "downloads" in name] == []
    page = (tmp_path / "site-None" / "services" / "wifi" / "index.html").read_text("utf-8")
    assert re.search(r'downloads/sheets/wifi\.pdf" download>.*?PDF, [12] pages?, \d+\u202fko', page)
    assert "<!--printed" not in page
