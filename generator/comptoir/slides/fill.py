"""Fills a slide: what a slide says in; the library's slide with text, pictures, a table or a chart in its places."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.util import Pt

from comptoir.slides.charts import fill_chart
from comptoir.slides.deck import Hole, Kind, Layout, Shape, Slide, SlideParagraph
from comptoir.slides.fitting import Faces, scale_of
from comptoir.slides.looks import Looks, relations_of
from comptoir.slides.markup import SPACES, clean, shapes_xml
from comptoir.slides.tables import fill_table

_LANG: Final = "lang"


def fill_slide(
    made: Any, slide: Slide, layout: Layout, looks: Looks, lang: str, footer: str, number: int
) -> None:
    """Fills every place of the slide; places without content go, unless the slide is open."""
    faces = looks.faces
    shapes = {shape.placeholder_format.idx: shape for shape in made.placeholders}
    places = {hole.index: shapes[hole.place] for hole in layout.holes}
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
    filled = {layout.hole(index).place for index in used}
    for number_of, shape in shapes.items():
        if number_of not in filled and not slide.is_open:
            shape._element.getparent().remove(shape._element)
    _add_footer(made, footer, number, lang)
    _write_notes(made, slide.notes, lang)


def _draw(made: Any, shapes: Sequence[Shape], looks: Looks) -> None:
    """Lays shapes above all else."""
    drawn = shapes_xml(shapes, looks.outline_of, relations_of(made.part, looks), 1000)
    for element in list(parse_xml(f"<p:spTree {SPACES}>{drawn}</p:spTree>")):
        made.shapes._spTree.append(element)


def _write(place: Any, paragraphs: Sequence[SlideParagraph], hole: Hole, faces: Faces, lang: str) -> None:
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


def _add_footer(made: Any, footer: str, number: int, lang: str) -> None:
    """Who speaks, and the number of the slide, with the looks of the layout: not every program takes them over."""
    tree = made.shapes._spTree
    last = max((int(about.get("id")) for about in tree.iter("{*}cNvPr")), default=1)
    furniture = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    wanted = [place for place in made.slide_layout.placeholders if place.placeholder_format.type in furniture]
    for number_of, place in enumerate(wanted, last + 1):
        copy = deepcopy(place._element)
        copy.find(".//{*}cNvPr").set("id", str(number_of))
        tree.append(copy)
    for shape in made.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            shape.text_frame.text = clean(footer)
        elif shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            for text in shape._element.iter("{*}t"):
                text.text = str(number)
        else:
            continue
        for run in shape.text_frame.paragraphs[0].runs:
            _speak(run, lang)
        for field in shape._element.iter("{*}rPr"):
            field.set(_LANG, lang)


def _write_notes(made: Any, notes: Sequence[str], lang: str) -> None:
    frame = made.notes_slide.notes_text_frame
    for position, text in enumerate(notes):
        line = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        run = line.add_run()
        run.text = clean(text)
        run.font.size = Pt(12)
        _speak(run, lang)
