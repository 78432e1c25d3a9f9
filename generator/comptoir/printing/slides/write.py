"""Writes a presentation: a deck with its looks in; the bytes of a PPTX, the same each time, out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart

from comptoir.printing.slides.deck import HEIGHT, WIDTH, Deck, Layout
from comptoir.printing.slides.fill import fill_slide
from comptoir.printing.slides.looks import Looks, relations_of
from comptoir.printing.slides.markup import HEAD, emu, layout_xml, master_xml, theme_xml
from comptoir.printing.slides.package import repack
from comptoir.printing.slides.places import CONTENT

LANG: Final[Mapping[str, str]] = {"fr": "fr-FR", "en": "en-GB"}
_FIRST_ID: Final = 2_147_483_649  # of layouts; the format asks for at least that
_ABOUT: Final = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Comptoir</Application></Properties>"
)


def write_presentation(deck: Deck, looks: Looks, today: date, *, as_template: bool = False) -> bytes:
    """The presentation, or with `as_template` a model from which PowerPoint begins new ones."""
    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = emu(WIDTH), emu(HEIGHT)
    _strip(presentation)
    _dress(presentation, deck, looks)
    order = {key: n for n, key in enumerate(deck.layouts)}
    for number, slide in enumerate(deck.slides, 1):
        layout = deck.layouts[slide.layout]
        made = presentation.slides.add_slide(presentation.slide_layouts[order[slide.layout]])
        fill_slide(made, slide, layout, looks, LANG[deck.language], deck.footer, number)
    _describe(presentation, deck, today)
    written = BytesIO()
    presentation.save(written)
    return repack(written.getvalue(), today, as_template=as_template)


def _strip(presentation: Any) -> None:
    """Takes away what the library's own model holds: layouts, a thumbnail and the settings of a printer."""
    master = presentation.part.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)
    owners = (
        (master.rels, RELATIONSHIP_TYPE.SLIDE_LAYOUT),
        (presentation.part.rels, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
        (presentation.part.package._rels, RELATIONSHIP_TYPE.THUMBNAIL),
    )
    for relations, kind in owners:
        for name in [name for name, relation in relations.items() if relation.reltype == kind]:
            relations.pop(name)
    size = presentation.part._element.find(".//{*}sldSz")
    size.attrib.pop("type", None)


def _dress(presentation: Any, deck: Deck, looks: Looks) -> None:
    """Gives the presentation the theme, the master and the layouts of the deck."""
    master = presentation.part.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)
    theme = master.part_related_by(RELATIONSHIP_TYPE.THEME)
    faces = looks.faces
    theme._blob = theme_xml(deck.author, looks.palette, faces.headings.family, faces.text.family).encode()
    lang = LANG[deck.language]
    ids = []
    for number, layout in enumerate(deck.layouts.values()):
        part = _layout_part(master, number + 1)
        name = master.relate_to(
            part, RELATIONSHIP_TYPE.SLIDE_LAYOUT
        )  # first: pictures get names that are free
        part._element = parse_xml(_layout_with_pictures(part, layout, looks, lang).encode())
        ids.append((_FIRST_ID + number, name))
    plain = deck.layouts[CONTENT]
    words = (plain.holes[0].prompt, plain.holes[1].prompt)
    master._element = parse_xml(master_xml(plain, lang, words, ids).encode())


def _layout_part(master: Any, number: int) -> Any:
    name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
    empty = f'<p:sldLayout xmlns:p="{_PML}"/>'.encode()
    part = SlideLayoutPart.load(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.package, empty)
    part.relate_to(master, RELATIONSHIP_TYPE.SLIDE_MASTER)
    return part


_PML: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _layout_with_pictures(part: Any, layout: Layout, looks: Looks, lang: str) -> str:
    logo = looks.logos.get("dark" if layout.dark else "light")
    name, size = "", (1, 1)
    if logo and layout.logo:
        image, name = part.get_or_add_image_part(BytesIO(logo))
        size = image.image.size
    return layout_xml(layout, lang, looks.outline_of, relations_of(part, looks), name, size)


def _describe(presentation: Any, deck: Deck, today: date) -> None:
    """What the file says of itself."""
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by = deck.title[:255], deck.author[:255], deck.author[:255]
    about.language, about.revision, about.subject, about.keywords = LANG[deck.language], 1, "", ""
    about.created = about.modified = datetime.combine(today, time())
    for part in presentation.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _ABOUT.encode()
    for style in presentation.part._element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr"
    ):
        if style.get("lang"):
            style.set("lang", LANG[deck.language])
