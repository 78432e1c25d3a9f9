"""Shapes and pictures as XML: boxes, colours and pictograms in; what PowerPoint reads out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from comptoir.slides.deck import WIDTH, Box, Shape
from comptoir.slides.geometry import Outline
from comptoir.slides.palette import colour_xml

SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_REFUSED: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CORNER: Final = 8  # points, of a card

DrawingOf = Callable[[str], Outline | None]


def clean(text: str) -> str:
    """The text without the characters that XML refuses."""
    return _REFUSED.sub("", text)


def emu(points: float) -> int:
    """Points in the unit of the file format."""
    return round(points * 12700)


def _frame(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def shapes_xml(
    shapes: Iterable[Shape], drawing_of: DrawingOf, relation_of: Callable[[Shape], str], first: int = 2
) -> str:
    """The shapes, to be put into a tree of shapes; their numbers begin at `first`."""
    return "".join(_shape(n, shape, drawing_of, relation_of) for n, shape in enumerate(shapes, first))


def _shape(number: int, shape: Shape, drawing_of: DrawingOf, relation_of: Callable[[Shape], str]) -> str:
    fill = f"<a:solidFill>{colour_xml(shape.colour)}</a:solidFill><a:ln><a:noFill/></a:ln>"
    if shape.pictogram:
        outline = drawing_of(shape.pictogram)
        if outline is None:
            return picture_xml(number, shape.box, relation_of(shape), f"Shape {number}")
        return "".join(
            _sp(number * 100 + n, shape.box, _custom(outline, path), _faded(shape.colour, opacity))
            for n, (path, opacity) in enumerate(outline.paths)
        )
    return _sp(number, shape.box, _rectangle(shape.box, round_corners=shape.round), fill)


def _rectangle(box: Box, *, round_corners: bool) -> str:
    if not round_corners:
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    share = round(100_000 * CORNER / min(box.width, box.height))
    return (
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'
    )


def _custom(outline: Outline, path: str) -> str:
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{outline.width}" h="{outline.height}">{path}</a:path></a:pathLst></a:custGeom>'
    )


def _faded(colour: str, opacity: int) -> str:
    inner = colour_xml(colour)
    if opacity < 100:
        tag = inner[1:].partition(" ")[0]
        inner = inner.replace("/>", f'><a:alpha val="{opacity * 1000}"/></{tag}>', 1)
    return f"<a:solidFill>{inner}</a:solidFill><a:ln><a:noFill/></a:ln>"


def _sp(number: int, box: Box, geometry: str, fill: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(box)}{geometry}{fill}</p:spPr>'
        '<p:txBody><a:bodyPr rtlCol="0"/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>'
    )


DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def fitted(box: Box, size: tuple[int, int]) -> Box:
    """The largest box of those proportions inside `box`, at its left; at its right when that is near the edge."""
    scale = min(box.width / max(size[0], 1), box.height / max(size[1], 1))
    width, height = size[0] * scale, size[1] * scale
    left = box.right - width if box.x > WIDTH / 2 else box.x
    return Box(left, box.y, width, height)


def picture_xml(number: int, box: Box, relationship: str, name: str) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{name}">{DECORATIVE}</p:cNvPr><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{_frame(box)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
