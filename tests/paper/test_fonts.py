"""Fonts for Typst: those that ship, a project's own, and what cannot be used."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from comptoir.brand import shipped_fonts
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import Brand, Font, Fonts
from comptoir.paper.fonts import CODE, FALLBACKS, choose_typefaces
from comptoir.store import Store
from tests.content.samples import base_catalogue
from tests.damage import ways_to_damage
from tests.paper.pressing import FONTS

LAST = (*FALLBACKS, CODE)


def with_fonts(text: Font, file: Path | None = None) -> Catalogue:
    """The base case with a typeface of its own for texts, its files all being `file`."""
    catalogue = base_catalogue()
    organisation = catalogue.organisation
    brand = Brand(colours=organisation.brand.colours, fonts=Fonts(text=text))
    copy = organisation.model_copy(update={"brand": brand})
    copy.read_from(organisation._document, ())  # type: ignore[arg-type]
    named = {name for name in (text.regular, text.bold, text.italic) if name}
    assets = {f"catalogue/{name}": file for name in named if file}
    return replace(catalogue, organisation=copy, assets={**catalogue.assets, **assets})


def test_typefaces_that_ship_are_unpacked_each_alphabet_under_a_name() -> None:
    chosen = choose_typefaces(base_catalogue(), FONTS)
    assert chosen.text == ("Figtree", "Figtree Ext", *LAST)
    assert chosen.headings == ("Fraunces", "Fraunces Ext", "Figtree", "Figtree Ext", *LAST)
    assert chosen.code == (CODE, "Figtree", "Figtree Ext", *FALLBACKS)
    assert chosen.problems == ()
    families = {TTFont(BytesIO(content))["name"].getDebugName(1) for content in chosen.files.values()}
    assert families == {"Figtree", "Figtree Ext", "Fraunces", "Fraunces Ext", *FALLBACKS}


def test_the_same_fonts_give_the_same_bytes_with_and_without_a_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fresh = choose_typefaces(base_catalogue(), store)
    assert (
        choose_typefaces(base_catalogue(), store).files
        == fresh.files
        == choose_typefaces(base_catalogue()).files
    )


def test_a_font_that_was_damaged_is_unpacked_anew(tmp_path: Path) -> None:
    fresh = choose_typefaces(base_catalogue(), Store(tmp_path))
    for way in ways_to_damage(tmp_path):
        assert choose_typefaces(base_catalogue(), Store(tmp_path)).files == fresh.files, way


def test_an_own_typeface_is_printed_under_its_name_with_its_weight_and_slope() -> None:
    face = next(face for font in shipped_fonts() for face in font.faces if font.family == "Source Serif 4")
    font = Font(family="Maison", regular="brand/a.woff2", bold="brand/b.woff2", italic="brand/c.woff2")
    chosen = choose_typefaces(with_fonts(font, face.path), FONTS)
    assert chosen.text == ("Maison", *LAST)
    assert chosen.problems == ()
    own = [TTFont(BytesIO(content)) for content in chosen.files.values()]
    slopes = sorted(bool(f["OS/2"].fsSelection & 1) for f in own if f["name"].getDebugName(1) == "Maison")
    assert slopes == [False, False, True]


def test_a_file_that_is_no_font_is_told_where_it_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.woff2"
    broken.write_bytes(b"wOF2 and then nothing of the sort")
    font = Font(family="Maison", regular="brand/broken.woff2")
    chosen = choose_typefaces(with_fonts(font, broken), FONTS)
    assert chosen.text == ("Figtree", "Figtree Ext", *LAST)
    assert [str(problem) for problem in chosen.problems] == [
        "catalogue/organisation.yaml:10:3: warning: this font cannot be printed: it is not a font that can be read [print-font]"
    ]


def test_a_typeface_without_file_is_told_and_replaced() -> None:
    chosen = choose_typefaces(with_fonts(Font(family="Figtrees")), FONTS)
    assert chosen.text == ("Figtree", "Figtree Ext", *LAST)
    assert [str(problem) for problem in chosen.problems] == [
        "catalogue/organisation.yaml:10:3: warning: the typeface 'Figtrees' has no file, so Figtree is printed "
        "instead (did you mean 'Figtree'?) [print-font]"
    ]
