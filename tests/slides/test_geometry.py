"""Pictograms as shapes, and colours as the theme has them."""

from __future__ import annotations

import pytest

from comptoir.brand import pictogram_names, read_pictogram
from comptoir.content.edition import Edition
from comptoir.slides.geometry import outline_of
from comptoir.slides.palette import choose_palette, colour_xml
from comptoir.wording import language
from tests.content.samples import TODAY, base_catalogue

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


def test_a_path_becomes_the_same_path_in_hundredths() -> None:
    outline = outline_of(SVG.format('<path d="M1,2L3,4C5,6,7,8,9,10Z" opacity="0.2"/>'))
    assert outline is not None
    assert (outline.width, outline.height) == (1000, 1000)
    assert outline.paths == (
        (
            '<a:moveTo><a:pt x="100" y="200"/></a:moveTo><a:lnTo><a:pt x="300" y="400"/></a:lnTo>'
            '<a:cubicBezTo><a:pt x="500" y="600"/><a:pt x="700" y="800"/><a:pt x="900" y="1000"/></a:cubicBezTo><a:lnTo><a:pt x="100" y="200"/></a:lnTo><a:close/>',
            20,
        ),
    )


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format('<circle cx="5" cy="5" r="4"/>'),
        SVG.format('<path d="M0,0L5,5" stroke="red" fill="none"/>'),
        SVG.format('<path d="M0,0L5,5" transform="scale(2)"/>'),
        SVG.format('<path d="not a path"/>'),
        SVG.format(""),
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0L5,5Z"/></svg>',
        "<svg",
    ],
)
def test_any_other_drawing_stays_a_picture(drawing: str) -> None:
    assert outline_of(drawing) is None


def test_every_pictogram_that_ships_becomes_a_shape() -> None:
    assert [name for name in sorted(pictogram_names()) if outline_of(read_pictogram(name, {})) is None] == []


def test_colours_of_the_theme_are_those_of_the_brand_and_of_the_first_families() -> None:
    catalogue = base_catalogue()
    palette = choose_palette(Edition(catalogue, language("fr"), TODAY))
    assert list(palette.scheme) == [
        *("dk1", "lt1", "dk2", "lt2"),
        *(f"accent{n}" for n in range(1, 7)),
        *("hlink", "folHlink"),
    ]
    assert palette.scheme["accent1"] == catalogue.organisation.brand.colours.primary
    assert palette.families == {"workplace": "accent3"}
    assert palette.custom == (("Poste de travail", palette.scheme["accent3"]),)
    assert palette.hexadecimal("bg1") == "#ffffff"


def test_colours_are_written_as_the_theme_knows_them() -> None:
    assert colour_xml("accent3") == '<a:schemeClr val="accent3"/>'
    assert colour_xml("#1a5fb4") == '<a:srgbClr val="1A5FB4"/>'
    assert colour_xml("accent3/tint") == (
        '<a:schemeClr val="accent3"><a:lumMod val="15000"/><a:lumOff val="85000"/><a:satMod val="50000"/>'
        "</a:schemeClr>"
    )
