"""The file: real layouts and places, the brand's theme, alternative texts, languages, notes, and the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from comptoir.content.edition import Edition
from comptoir.model.base import Text
from comptoir.slides.make import make_model
from comptoir.slides.package import repack
from comptoir.slides.preview import draw_preview
from comptoir.slides.write import write_presentation
from comptoir.wording import language as speak
from tests.content.measured import results as base_results
from tests.content.samples import TODAY, base_catalogue
from tests.slides.decks import TEMPLATE, changed, deck_of, presentation_of, words_of, written

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def content() -> bytes:
    return written(results=base_results())


def test_two_writings_give_the_same_bytes(content: bytes) -> None:
    assert written(results=base_results()) == content


def test_no_member_knows_when_it_was_made(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    dates = set(re.findall(rb"<dcterms:\w+[^>]*>([^<]+)<", parts(content)["docProps/core.xml"]))
    assert dates == {f"{TODAY.isoformat()}T00:00:00Z".encode()}
    books = [data for name, data in parts(content).items() if name.endswith(".xlsx")]
    assert books
    for book in books:
        dates = set(re.findall(rb"<dcterms:\w+[^>]*>([^<]+)<", parts(book)["docProps/core.xml"]))
        assert dates == {f"{TODAY.isoformat()}T00:00:00Z".encode()}
    assert repack(content, TODAY) == content
    assert repack(content, date(2027, 1, 1)) != content


def test_every_part_is_well_formed_and_every_number_of_a_shape_is_its_own(content: bytes) -> None:
    for name, data in parts(content).items():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(data)
            if re.fullmatch(r"ppt/(slides|slideLayouts|slideMasters)/\w+\.xml", name):
                numbers = [about.get("id") for about in tree.iter("{*}cNvPr")]
                assert len(set(numbers)) == len(numbers), name


def test_every_slide_fills_places_of_its_layout() -> None:
    presentation = presentation_of(results=base_results())
    assert (presentation.slide_width, presentation.slide_height) == (12192000, 6858000)
    for slide in presentation.slides:
        known = {place.placeholder_format.idx for place in slide.slide_layout.placeholders}
        used = {place.placeholder_format.idx for place in slide.placeholders}
        assert used <= known
        assert slide.shapes.title is not None and slide.shapes.title.text
        loose = [shape for shape in slide.shapes if not shape.is_placeholder and shape.has_text_frame]
        assert [shape.text_frame.text for shape in loose if shape.text_frame.text] == []


def test_layouts_have_names_in_the_language_of_the_deck() -> None:
    names = [layout.name for layout in presentation_of(code="en").slide_layouts]
    assert names == [
        "Cover",
        "Title and text",
        "Two columns",
        "Section",
        "Grid of 3 cards",
        "Grid of 4 cards",
        "Grid of 6 cards",
        "Grid of 8 cards",
        "Figures",
        "Chart",
        "Table",
        "How to reach us",
        "Title only",
        "Family: Workplace",
        "Service: Workplace",
    ]


def test_the_theme_has_the_colours_and_the_typefaces_of_the_brand(content: bytes) -> None:
    theme = etree.fromstring(parts(content)["ppt/theme/theme1.xml"])
    accent = theme.find(f".//{A}accent1/{A}srgbClr")
    assert accent is not None and accent.get("val") == "1A5FB4"
    faces = [latin.get("typeface") for latin in theme.iter(f"{A}latin")]
    assert faces == ["Fraunces", "Figtree"]
    assert [custom.get("name") for custom in theme.iter(f"{A}custClr")] == ["Poste de travail"]


def test_text_takes_its_colours_and_typefaces_from_the_theme(content: bytes) -> None:
    for name, data in parts(content).items():
        if re.fullmatch(r"ppt/slides/\w+\.xml", name):
            tree = etree.fromstring(data)
            assert list(tree.iter(f"{A}srgbClr")) == [], name
            assert {latin.get("typeface") for latin in tree.iter(f"{A}latin")} <= {"+mn-lt"}


@pytest.mark.parametrize(("code", "lang"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_every_run_says_its_language(code: str, lang: str) -> None:
    for name, data in parts(written(code=code, results=base_results())).items():
        if re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name):
            runs = [run for run in etree.fromstring(data).iter(f"{A}rPr") if run.getparent().tag == f"{A}r"]
            assert runs and {run.get("lang") for run in runs} == {lang}, name


def test_pictures_tables_and_charts_have_a_sentence_that_stands_for_them() -> None:
    catalogue = base_catalogue()
    known = catalogue.organisation.model_copy(update={"site_url": "https://catalogue.example.org/"})
    presentation = presentation_of(replace(catalogue, organisation=known), results=base_results())
    told = [
        shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.shape_type is not None and not shape.has_text_frame
    ]
    assert len(told) >= 3
    assert all(told)


def test_charts_can_be_edited_and_leave_gaps() -> None:
    presentation = presentation_of(results=base_results())
    charts = [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    for chart in charts:
        assert chart.part.chart_workbook.xlsx_part is not None


def test_each_slide_has_words_for_its_speaker() -> None:
    presentation = presentation_of(results=base_results())
    assert all(slide.notes_slide.notes_text_frame.text.strip() for slide in presentation.slides)


def test_nothing_of_the_library_stays(content: bytes) -> None:
    names = parts(content)
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
    assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in names) == 15
    assert b"Microsoft" not in names["docProps/app.xml"]


def test_characters_that_xml_refuses_do_not_break_the_file() -> None:
    catalogue = base_catalogue()
    wifi = changed(
        catalogue.services["wifi"], summary=Text("avant\x0b\x00\ufffe\ud800après"), name="Wi\uffffFi"
    )
    presentation = presentation_of(replace(catalogue, services={"wifi": wifi}))
    words = words_of(presentation)
    assert "avant après" in words
    assert "WiFi" in words


def test_words_come_out_as_they_were_written() -> None:
    hostile = 'a & b <i> "c" _x0041_ #read("/etc/passwd") $x$ *y* \\ 😀 שלום e\u0301'
    catalogue = base_catalogue()
    wifi = changed(catalogue.services["wifi"], summary=hostile)
    assert hostile in words_of(presentation_of(replace(catalogue, services={"wifi": wifi}), "en"))


def test_the_model_is_empty_and_opens_as_a_new_presentation() -> None:
    empty, looks = make_model(Edition(base_catalogue(), speak("fr"), TODAY), TEMPLATE)
    model = write_presentation(empty, looks, TODAY, as_template=True)
    files = parts(model)
    assert b"presentationml.template.main+xml" in files["[Content_Types].xml"]
    assert sum(name.startswith("ppt/slides/slide") for name in files) == 1
    slide = etree.fromstring(files["ppt/slides/slide1.xml"])
    written_in = [text.text for text in slide.iter(f"{A}t")]
    assert written_in == ["Institut Test · Direction informatique", "1"]
    assert len(list(slide.iter("{*}ph"))) == 5


def test_a_preview_is_a_small_picture() -> None:
    deck, looks = deck_of()
    picture = draw_preview(deck, deck.slides[0], looks)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 480
    assert int.from_bytes(picture[20:24], "big") == 270
    assert draw_preview(deck, deck.slides[0], looks) == picture


STROKED = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor">
<circle cx="12" cy="12" r="9"/></svg>"""


def test_a_pictogram_that_cannot_be_a_shape_is_a_picture() -> None:
    catalogue = base_catalogue()
    family = catalogue.families["workplace"].model_copy(update={"pictogram": "ring"})
    svgs = {**catalogue.svgs, "catalogue/pictograms/ring.svg": STROKED}
    known = catalogue.pictograms | {"ring"}
    own = replace(catalogue, families={"workplace": family}, svgs=svgs, pictograms=known)
    content = written(own)
    with ZipFile(BytesIO(content)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
    files = parts(content)
    layouts = [name for name in files if re.fullmatch(r"ppt/slideLayouts/slideLayout\d+\.xml", name)]
    drawn = {name: len(list(etree.fromstring(files[name]).iter("{*}pic"))) for name in layouts}
    plain = parts(written())
    before = {name: len(list(etree.fromstring(plain[name]).iter("{*}pic"))) for name in layouts}
    assert sum(drawn.values()) == sum(before.values()) + 3  # on the cover, of the family, of its services
    assert len(list(etree.fromstring(files["ppt/slides/slide2.xml"]).iter("{*}pic"))) == 1


def test_prompts_are_those_of_the_layout() -> None:
    files = parts(written())
    for name, data in files.items():
        if re.fullmatch(r"ppt/slideLayouts/slideLayout\d+\.xml", name):
            places = [
                p
                for p in etree.fromstring(data).iter("{*}ph")
                if p.get("type") in ("title", "body", "ctrTitle")
            ]
            assert places and all(place.get("hasCustomPrompt") == "1" for place in places), name
