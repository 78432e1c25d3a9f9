"""The template of slides: the one that ships, one of a project, and what is said of one that lacks something or is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.util import Pt

from comptoir.content.edition import Edition
from comptoir.paper.types import PrintError
from comptoir.resources import templates_folder
from comptoir.slides.deck import TITLE, Box, Kind, Level
from comptoir.slides.make import make_deck
from comptoir.slides.package import as_presentation, repack
from comptoir.slides.places import (
    CHART,
    CONTACT,
    CONTENT,
    COVER,
    FIRST_CARD,
    LEFT,
    PICTURE,
    SERVICE,
    TABLE,
)
from comptoir.slides.template import FILE, LAYOUTS, find_template, read_template
from comptoir.slides.write import write_presentation
from comptoir.wording import language as speak
from tests.content.measured import results as base_results
from tests.content.samples import TODAY, base_catalogue
from tests.slides.decks import TEMPLATE, deck_of


def edited(change: Callable[[Any], None]) -> bytes:
    """The template that ships, changed as a designer would."""
    presentation = Presentation(BytesIO(as_presentation(TEMPLATE)))
    change(presentation)
    content = BytesIO()
    presentation.save(content)
    return repack(content.getvalue(), TODAY, as_template=True)


def layout_of(presentation: Any, name: str) -> Any:
    return next(layout for layout in presentation.slide_layouts if layout.name == name)


def place_of(presentation: Any, layout: str, name: str) -> Any:
    return next(shape for shape in layout_of(presentation, layout).shapes if shape.name == name)


def with_member(name: str, change: Callable[[bytes], bytes] | bytes) -> bytes:
    """The template with a member of its archive changed, or one more."""
    result = BytesIO()
    with ZipFile(BytesIO(TEMPLATE)) as source, ZipFile(result, "w") as target:
        for member in source.namelist():
            data = source.read(member)
            target.writestr(member, change(data) if member == name and callable(change) else data)
        if isinstance(change, bytes):
            target.writestr(name, change)
    return result.getvalue()


def fault_of(content: bytes) -> str:
    with pytest.raises(PrintError) as raised:
        read_template(content)
    return str(raised.value).removeprefix("site_templates/slides/presentation.potx: ")


def test_the_one_that_ships_has_every_layout_with_its_places() -> None:
    layouts = read_template(TEMPLATE)
    assert set(layouts) == set(LAYOUTS.values())
    assert layouts[CONTENT].hole(TITLE).box == Box(48, 36, 720, 68)
    assert layouts[CONTENT].hole(LEFT).levels == (
        Level(18, before=8),
        Level(16, bullet=True, before=6),
        Level(13, before=2),
        Level(13, "accent1", bold=True, before=14),
        Level(11, before=2),
    )
    assert layouts[CHART].hole(LEFT).kind is Kind.CHART
    assert layouts[TABLE].hole(LEFT).kind is Kind.TABLE
    assert layouts[CONTACT].hole(PICTURE).kind is Kind.PICTURE
    assert layouts[SERVICE].hole(LEFT).levels[3].colour == "accent3"
    assert layouts["grid 8"].hole(FIRST_CARD + 15).name == "Text 8"
    assert set(layouts[COVER].marks) == {"Families", "Logo on dark"}


def test_a_project_goes_before(tmp_path: Path) -> None:
    own = tmp_path / FILE
    own.parent.mkdir()
    own.write_bytes(b"own")
    assert find_template((tmp_path, templates_folder())) == b"own"
    assert find_template((tmp_path / "none", templates_folder())) == TEMPLATE


def test_what_a_designer_moves_and_colours_is_what_slides_have() -> None:
    def change(presentation: Any) -> None:
        left = place_of(presentation, "Title and text", "Left")
        left.left, left.width = Pt(100), Pt(500)
        left.text_frame._txBody.find(".//{*}lvl2pPr/{*}defRPr").set("sz", "2000")
        band = deepcopy(place_of(presentation, "Family", "Band")._element)
        band.find(".//{*}cNvPr").set("name", "Confidential")
        layout_of(presentation, "Section").shapes._spTree.append(band)

    own = edited(change)
    layout = read_template(own)[CONTENT]
    assert (layout.hole(LEFT).box.x, layout.hole(LEFT).box.width) == (100, 500)
    assert layout.hole(LEFT).levels[1].size == 20
    site = Edition(base_catalogue(), speak("fr"), TODAY, base_results())
    deck, looks = make_deck(site, own, per_service=True)
    written = Presentation(BytesIO(write_presentation(deck, looks, TODAY)))
    assert place_of(written, "Partie", "Confidential") is not None
    facts = next(slide for slide in written.slides if slide.slide_layout.name == "Titre et texte")
    assert facts.placeholders[10].left == Pt(100)


def test_layouts_of_a_designer_stay_beside_ours() -> None:
    own = with_member(
        "ppt/slideLayouts/slideLayout13.xml",
        lambda data: data.replace(b'name="Title only"', b'name="Our motto"'),
    )
    deck, looks = make_deck(Edition(base_catalogue(), speak("fr"), TODAY), own, per_service=False)
    written = Presentation(BytesIO(write_presentation(deck, looks, TODAY)))
    assert "Our motto" in [layout.name for layout in written.slide_layouts]


def test_each_family_has_its_layouts_in_its_colour() -> None:
    deck, looks = deck_of()
    written = Presentation(BytesIO(write_presentation(deck, looks, TODAY)))
    names = [layout.name for layout in written.slide_layouts]
    assert names[-2:] == ["Famille\u00a0: Poste de travail", "Service\u00a0: Poste de travail"]
    assert not {"Family", "Service"} & set(names)
    for layout in written.slide_layouts:
        assert not {"Logo", "Logo on dark", "Pictogram", "Families"} & {
            shape.name for shape in layout.shapes if not shape.shape_type or shape.shape_type != 13
        }


def test_all_that_is_lacking_is_told_at_once_with_the_nearest_name() -> None:
    def change(presentation: Any) -> None:
        layout_of(presentation, "Chart").name = "Charts"
        place_of(presentation, "Cover", "Subtitle").name = "Subtitel"
        place_of(presentation, "Table", "Left").name = "Right"

    assert fault_of(edited(change)) == (
        "the layout 'Cover' has no placeholder 'Subtitle' for a text (did you mean 'Subtitel'?); "
        "there is no layout 'Chart' (did you mean 'Charts'?); "
        "the layout 'Table' has no placeholder 'Left' for a table"
    )


def test_a_place_of_another_kind_is_told() -> None:
    own = with_member(
        "ppt/slideLayouts/slideLayout10.xml", lambda data: re.sub(rb'type="chart"', b'type="body"', data)
    )
    assert fault_of(own) == "in the layout 'Chart', the placeholder 'Left' is not one for a chart"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "it cannot be read as a template of PowerPoint (.potx)"),
        (b"PK\x03\x04 and no more", "it cannot be read as a template of PowerPoint (.potx)"),
        (
            with_member("[Content_Types].xml", lambda data: b"<Types"),
            "it cannot be read as a template of PowerPoint (.potx)",
        ),
        (
            with_member("ppt/vbaProject.bin", b"Sub AutoOpen()"),
            "it holds programs or files of other kinds (ppt/vbaProject.bin): save it without them",
        ),
        (
            with_member(
                "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
                lambda data: data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
                    b' Target="https://elsewhere.example/a.png" TargetMode="External"/></Relationships>',
                ),
            ),
            "it shows a file from elsewhere (ppt/slideLayouts/_rels/slideLayout1.xml.rels): put the picture itself into it",
        ),
    ],
)
def test_what_is_no_template(content: bytes, fault: str) -> None:
    assert fault_of(content) == fault
