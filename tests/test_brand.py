"""Pictograms and typefaces that ship: complete, free, and small enough to travel."""

from __future__ import annotations

import re

import pytest

from comptoir.brand import check_svg, inline_svg, pictogram_names, read_pictogram, shipped_fonts
from comptoir.resources import templates_folder

NEEDED_NAMES = (
    "desktop laptop envelope chats phone printer hard-drives database cloud cpu network wifi-high key "
    "lock shield-check users student flask microscope buildings lightning drop fire wrench gear calendar "
    "clock money chart-bar book graduation-cap megaphone handshake lifebuoy map-trifold globe code "
    "git-branch browser video camera microphone tree atom waves boat airplane factory plug gauge thermometer "
    "warning heart star"
)
NEEDED = frozenset(NEEDED_NAMES.split())


def test_the_set_covers_a_department_and_its_neighbours() -> None:
    assert NEEDED - pictogram_names() == set()
    assert len(pictogram_names()) >= 150


def test_every_pictogram_is_safe_minimal_and_follows_the_text_colour() -> None:
    folder = templates_folder() / "brand" / "pictograms"
    begin = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" fill="currentColor">'
    for name in sorted(pictogram_names()):
        content = (folder / f"{name}.svg").read_bytes()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert check_svg(content) == [], name
        assert read_pictogram(name, {}).startswith(begin), name
        assert len(content) < 4000, name
    assert (folder / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_project_s_own_pictogram_goes_first() -> None:
    own = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    found = read_pictogram("printer", {"catalogue/pictograms/printer.svg": own})
    assert found == inline_svg(own)
    assert "M0 0" in found


def test_a_pictogram_that_there_is_not() -> None:
    with pytest.raises(KeyError):
        read_pictogram("../pictograms/printer", {})


def test_an_own_pictogram_that_is_not_safe() -> None:
    own = b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    with pytest.raises(ValueError, match="a script is not allowed"):
        read_pictogram("own", {"catalogue/pictograms/own.svg": own})


def test_typefaces() -> None:
    fonts = shipped_fonts()
    assert [font.family for font in fonts] == [
        "Figtree",
        "Fraunces",
        "Source Sans 3",
        "Source Serif 4",
        "Atkinson Hyperlegible Next",
    ]
    for font in fonts:
        assert "SIL Open Font License, Version 1.1" in font.licence.read_text(encoding="utf-8")
        assert [face.style for face in font.faces] == ["normal", "normal", "italic", "italic"]
        assert all(face.path.read_bytes()[:4] == b"wOF2" for face in font.faces)
        assert all(
            re.fullmatch(r"U\+[0-9A-F-]+(, U\+[0-9A-F-]+)*", face.unicode_range) for face in font.faces
        )
        assert font.weights[0] <= 400 and font.weights[1] >= 700
        assert font.generic in {"serif", "sans-serif"}
    assert sum(face.path.stat().st_size for font in fonts for face in font.faces) < 1_500_000
