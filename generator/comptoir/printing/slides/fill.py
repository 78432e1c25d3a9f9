"""Fills a slide: what a slide says in; the library's slide with text, pictures, a table or a chart in its places."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.util import Pt

from comptoir.printing.slides.charts import fill_chart
from comptoir.printing.slides.deck import Hole, Kind, Layout, Paragraph, Shape, Slide
from comptoir.printing.slides.fitting import Faces, scale_of
from comptoir.printing.slides.looks import Looks, relations_of
from comptoir.printing.slides.markup import SPACES, clean, footer_holes, number_field, shapes_xml, text_run
from comptoir.printing.slides.tables import fill_table

_LANG: Final = "lang"


def fill_slide(
    made: Any, slide: Slide, layout: Layout, looks: Looks, lang: str, footer: str, number: int
) -> None:
    """Fills every place of the slide; places without content go, unless the slide is open."""
    faces = looks.faces
    places = {shape.placeholder_format.idx: shape for shape in made.placeholders}
    used = {index for index, paragraphs in slide.texts.items() if paragraphs}
    for index, paragraphs in slide.texts.items():
        if paragraphs:
            _write(places[index], paragraphs, layout.hole(index), faces, lang)
    _draw(made, slide.shapes, looks)
    for picture in slide.pictures:
        placed = places[picture.hole].insert_picture(BytesIO(picture.content))
        _tell(placed, picture.alternative)
        if picture.url:
            placed.click_action.hyperlink.address = clean(picture.url)
        used.add(picture.hole)
    if slide.table:
        _tell(fill_table(places[slide.table.hole], slide.table, faces, lang), slide.table.alternative)
        used.add(slide.table.hole)
    if slide.chart:
        _tell(fill_chart(places[slide.chart.hole], slide.chart, lang), slide.chart.alternative)
        used.add(slide.chart.hole)
    for index, shape in places.items():
        if index not in used and not slide.is_open:
            shape._element.getparent().remove(shape._element)
    _add_footer(made, footer, number, lang, layout.footer_colour)
    _write_notes(made, slide.notes, lang)


def _draw(made: Any, shapes: Sequence[Shape], looks: Looks) -> None:
    """Lays shapes above all else."""
    drawn = shapes_xml(shapes, looks.outline_of, relations_of(made.part, looks), 1000)
    for element in list(parse_xml(f"<p:spTree {SPACES}>{drawn}</p:spTree>")):
        made.shapes._spTree.append(element)


def _write(place: Any, paragraphs: Sequence[Paragraph], hole: Hole, faces: Faces, lang: str) -> None:
    frame = place.text_frame
    for position, paragraph in enumerate(paragraphs):
        line = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        if paragraph.level and hole.kind is Kind.BODY:
            line.level = paragraph.level
        run = line.add_run()
        run.text = clean(paragraph.text)
        if paragraph.bold:
            run.font.bold = True
        if paragraph.url:
            run.hyperlink.address = clean(paragraph.url)
        _speak(run, lang)
    scale = scale_of(paragraphs, hole, faces)
    if scale != 100:
        fit = frame._txBody.bodyPr.get_or_change_to_normAutofit()
        fit.set("fontScale", str((scale or 70) * 1000))


def _speak(run: Any, lang: str) -> None:
    run._r.get_or_add_rPr().set(_LANG, lang)


def _tell(shape: Any, alternative: str) -> None:
    """Gives a picture, a table or a chart the sentence that stands for it."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("descr", clean(alternative))


def _add_footer(made: Any, footer: str, number: int, lang: str, colour: str) -> None:
    """Who speaks, and the number of the slide. Their looks are written here too: not every program takes them over."""
    tree = made.shapes._spTree
    last = max((int(about.get("id")) for about in tree.iter("{*}cNvPr")), default=1)
    for number_of, hole in enumerate(footer_holes(colour), last + 1):
        level = hole.levels[0]
        run = (
            number_field(lang, str(number), level)
            if hole.kind is Kind.NUMBER
            else text_run(footer, lang, level)
        )
        tree.append(
            parse_xml(
                f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number_of}" name="{hole.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
                f'</p:cNvSpPr><p:nvPr><p:ph type="{hole.kind.value}" idx="{hole.index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
                f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{level.align}"/>{run}</a:p></p:txBody></p:sp>'
            )
        )


def _write_notes(made: Any, notes: Sequence[str], lang: str) -> None:
    frame = made.notes_slide.notes_text_frame
    for position, text in enumerate(notes):
        line = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        run = line.add_run()
        run.text = clean(text)
        run.font.size = Pt(12)
        _speak(run, lang)
