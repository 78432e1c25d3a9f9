"""What a slide looks like, small: a slide with its layout in; a PNG out.

Letters are drawn as shapes, so that the picture needs no typeface where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from comptoir.slides.deck import HEIGHT, WIDTH, Box, Deck, Hole, Layout, Level, Slide, SlideParagraph
from comptoir.slides.fitting import lines_of, scale_of
from comptoir.slides.looks import Looks
from comptoir.slides.metrics import BOLD, REGULAR, Face
from comptoir.slides.raster import draw_svg

PIXELS: Final = 480
"""The width of a preview."""

_BASELINE: Final = 0.78  # of a line, from its top


def draw_preview(deck: Deck, slide: Slide, looks: Looks) -> bytes:
    """The slide as a PNG, without its tables and charts. Raises ValueError when it cannot be drawn."""
    layout = deck.layouts[slide.layout]
    parts = [*_shapes(layout, slide, looks), *_texts(layout, slide, looks)]
    ground = looks.palette.hexadecimal(layout.background or "bg1")
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{ground}"/>{"".join(parts)}</svg>'
    )
    return draw_svg(drawing, round(HEIGHT), PIXELS * 72 / WIDTH)


def _shapes(layout: Layout, slide: Slide, looks: Looks) -> Iterator[str]:
    colour_of = looks.palette.hexadecimal
    for hole in layout.holes:
        if hole.fill and (slide.is_open or slide.texts.get(hole.index)):
            yield f'<rect {_place(hole.box)} rx="8" fill="{colour_of(hole.fill)}"/>'
    for shape in (*layout.shapes, *slide.shapes):
        colour = colour_of(shape.colour)
        if shape.pictogram:
            drawing = looks.drawing_of(shape.pictogram).replace("currentColor", colour)
            yield drawing.replace("<svg ", f'<svg {_place(shape.box)} color="{colour}" ', 1)
        else:
            yield f'<rect {_place(shape.box)} rx="{8 if shape.round else 0}" fill="{colour}"/>'


def _place(box: Box) -> str:
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'


def _texts(layout: Layout, slide: Slide, looks: Looks) -> Iterator[str]:
    for hole in layout.holes:
        paragraphs = slide.texts.get(hole.index) or ((SlideParagraph(hole.prompt),) if slide.is_open else ())
        if paragraphs and hole.levels:
            yield from _text(hole, paragraphs, looks)


def _text(hole: Hole, paragraphs: tuple[SlideParagraph, ...], looks: Looks) -> Iterator[str]:
    """The lines of a place, from its top or up from its bottom."""
    scale = (scale_of(paragraphs, hole, looks.faces) or 70) / 100
    width, height = hole.room
    lines: list[tuple[str, Level, bool, float]] = []
    depth = 0.0
    for position, paragraph in enumerate(paragraphs):
        level = hole.levels[min(paragraph.level, len(hole.levels) - 1)]
        face, bold = looks.faces.of(level), level.bold or paragraph.bold
        depth += level.before if position else 0.0
        for line in lines_of(paragraph.text, level.size * scale, width - level.indent, face, bold):
            lines.append((line, level, bold, depth))
            depth += level.size * scale * face.line
    left, top = hole.box.x + hole.insets[0], hole.box.y + hole.insets[1]
    top += {"t": 0.0, "b": height - depth, "ctr": (height - depth) / 2}[hole.anchor]
    for line, level, bold, above in lines:
        size, face = level.size * scale, looks.faces.of(level)
        baseline = top + above + size * face.line * _BASELINE
        outline = _outline(line, face, bold, left + level.indent, baseline, size)
        yield f"<path fill={quoteattr(looks.palette.hexadecimal(level.colour))} d={quoteattr(outline)}/>"


def _outline(line: str, face: Face, bold: bool, left: float, baseline: float, size: float) -> str:
    """The letters of a line as one path; a letter that the typeface has not is left out."""
    parts: list[str] = []
    for letter in line:
        for path in face.paths:
            glyphs, cmap, em = _glyphs(path, BOLD if bold else REGULAR)
            if ord(letter) in cmap:
                scale = size / em
                pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
                glyph = glyphs[cmap[ord(letter)]]
                glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, left, baseline)))
                parts.append(pen.getCommands())
                left += glyph.width * scale
                break
        else:
            left += size * 0.5
    return "".join(parts)


@cache
def _glyphs(path: Path, weight: int) -> tuple[Any, Mapping[int, str], int]:
    """The letters of a file at a weight; a file that no letter is looked for in stays closed."""
    font = _open(path)
    location = {"wght": weight} if "fvar" in font else None
    return font.getGlyphSet(location=location), font.getBestCmap(), font["head"].unitsPerEm


@cache
def _open(path: Path) -> TTFont:
    return TTFont(path)  # unpacked once for all its weights
