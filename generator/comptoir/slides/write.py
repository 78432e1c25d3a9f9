"""Writes a presentation: a deck with its looks in; the template filled, as a PPTX with the same bytes each time, out."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart

from comptoir.slides.deck import Deck, Layout
from comptoir.slides.fill import fill_slide
from comptoir.slides.looks import Looks, relations_of
from comptoir.slides.markup import SPACES, clean, fitted, picture_xml, shapes_xml
from comptoir.slides.package import repack
from comptoir.slides.palette import colour_xml
from comptoir.slides.places import FAMILY, SERVICE
from comptoir.slides.template import FAMILY_ACCENT, LAYOUTS, open_template
from comptoir.wording import language as speak

_FIRST_ID: Final = 2_147_483_649  # of layouts; the format asks for at least that
_ABOUT: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Comptoir</Application></Properties>"
)
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def write_presentation(deck: Deck, looks: Looks, today: date, *, as_template: bool = False) -> bytes:
    """The presentation, or with `as_template` a template from which PowerPoint begins new ones."""
    presentation = open_template(deck.template)
    layouts = _dress(presentation, deck, looks)
    for number, slide in enumerate(deck.slides, 1):
        made = presentation.slides.add_slide(layouts[slide.layout])
        fill_slide(
            made, slide, deck.layouts[slide.layout], looks, speak(deck.language).tag, deck.footer, number
        )
    _describe(presentation, deck, today)
    written = BytesIO()
    presentation.save(written)
    return repack(written.getvalue(), today, as_template=as_template)


def _dress(presentation: Any, deck: Deck, looks: Looks) -> dict[str, Any]:
    """Gives the template the brand, the language and the families of the deck; gives its layouts by key."""
    master = presentation.slide_master.part
    theme = master.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _recoloured(theme.blob, deck, looks)
    parts = {LAYOUTS[made.name]: made.part for made in presentation.slide_layouts if made.name in LAYOUTS}
    for key, layout in deck.layouts.items():
        if layout.colour:
            base = parts[SERVICE if key.startswith(SERVICE) else FAMILY]
            parts[key] = _copy(base, layout.colour)
    for made in [made for made in presentation.slide_layouts if made.part in (parts[FAMILY], parts[SERVICE])]:
        presentation.slide_layouts.remove(made)
    for key, layout in deck.layouts.items():
        _fill_layout(parts[key], layout, looks)
    for part in (master, *(made.part for made in presentation.slide_layouts)):
        for run in part._element.iter(f"{_A}rPr", f"{_A}endParaRPr"):
            run.set("lang", speak(deck.language).tag)
        for text in part._element.iter(f"{_A}t"):
            text.text = deck.words.get(text.text or "", text.text)
    return {key: parts[key].slide_layout for key in deck.layouts}


def _recoloured(blob: bytes, deck: Deck, looks: Looks) -> bytes:
    """The theme with the colours and the typefaces of the brand; its effects stay."""
    theme = etree.fromstring(blob, etree.XMLParser(resolve_entities=False))
    theme.set("name", clean(deck.author))
    for role, colour in looks.palette.scheme.items():
        place = theme.find(f".//{_A}clrScheme/{_A}{role}")
        place[:] = [etree.Element(f"{_A}srgbClr", val=colour[1:].upper())]
    for role, face in (("major", looks.faces.headings), ("minor", looks.faces.text)):
        theme.find(f".//{_A}{role}Font/{_A}latin").set("typeface", face.family)
    for old in theme.findall(f"{_A}custClrLst"):
        theme.remove(old)
    known = etree.Element(f"{_A}custClrLst")
    for name, colour in looks.palette.custom:
        custom = etree.SubElement(known, f"{_A}custClr", name=clean(name))
        etree.SubElement(custom, f"{_A}srgbClr", val=colour[1:].upper())
    before = theme.find(f"{_A}extraClrSchemeLst")
    (before if before is not None else theme[-1]).addnext(known)
    written: bytes = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _copy(base: Any, colour: str) -> Any:
    """Another layout like `base` in the same master, in the colour of a family."""
    master = base.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER)
    name = master.package.next_partname("/ppt/slideLayouts/slideLayout%d.xml")
    part = SlideLayoutPart.load(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.package, base.blob)
    names = {
        old: part.relate_to(relation._target, relation.reltype, relation.is_external)
        for old, relation in base.rels.items()
    }
    for element in list(part._element.iter()):
        for attribute, value in element.attrib.items():
            if attribute.startswith(_R):
                element.set(attribute, names[value])
        if element.tag == f"{_A}schemeClr" and element.get("val") == FAMILY_ACCENT:
            tinted = colour_xml(f"{colour}/tint" if len(element) else colour)
            element.getparent().replace(element, parse_xml(f"<p:sp {SPACES}>{tinted}</p:sp>")[0])
    ids = master._element.get_or_add_sldLayoutIdLst()
    entry = deepcopy(ids[0])
    entry.set("id", str(max(_FIRST_ID, *(int(known.get("id", 0)) for known in ids)) + 1))
    entry.set(f"{_R}id", master.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT))
    ids.append(entry)
    return part


def _fill_layout(part: Any, layout: Layout, looks: Looks) -> None:
    """Names the layout, and puts the logo, the pictogram or the families where the template makes room for them."""
    part._element.find("{*}cSld").set("name", clean(layout.name))
    last = max(int(about.get("id")) for about in part._element.iter("{*}cNvPr"))
    for shape in list(part.slide_layout.shapes):
        if shape.name not in layout.marks or shape.is_placeholder:
            continue
        logo = looks.logos.get("dark" if shape.name == "Logo on dark" else "light")
        drawn = ""
        if shape.name in ("Pictogram", "Families"):
            drawn = shapes_xml(layout.shapes, looks.outline_of, relations_of(part, looks), last + 1)
        elif logo:
            image, name = part.get_or_add_image_part(BytesIO(logo))
            drawn = picture_xml(last + 1, fitted(layout.marks[shape.name], image.image.size), name, "Logo")
        for element in list(parse_xml(f"<p:spTree {SPACES}>{drawn}</p:spTree>")):
            shape._element.addprevious(element)
        shape._element.getparent().remove(shape._element)
        last += 100


def _describe(presentation: Any, deck: Deck, today: date) -> None:
    """What the file says of itself."""
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by = deck.title[:255], deck.author[:255], deck.author[:255]
    about.language, about.revision, about.subject, about.keywords = speak(deck.language).tag, 1, "", ""
    about.created = about.modified = datetime.combine(today, time())
    for part in presentation.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _ABOUT
    for style in presentation.part._element.iter(f"{_A}defRPr"):
        if style.get("lang"):
            style.set("lang", speak(deck.language).tag)
