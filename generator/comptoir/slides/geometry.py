"""Pictograms as shapes that can be coloured: a drawing of filled paths in; DrawingML paths out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SCALE: Final = 100  # units of DrawingML in one of the drawing
_PLAIN: Final = frozenset({"svg", "path", "title", "desc", "g"})
_UNKNOWN: Final = frozenset({"transform", "style", "class", "stroke", "clip-path", "mask", "filter"})


@dataclass(frozen=True, slots=True)
class Outline:
    """Filled paths in a square of `side`: each as DrawingML, with its opacity in per cent."""

    width: int
    height: int
    paths: tuple[tuple[str, int], ...]


class _Pen(BasePen):  # type: ignore[misc]
    """Writes what it is told to draw as DrawingML."""

    def __init__(self, left: float, top: float) -> None:
        super().__init__(None)
        self.left, self.top = left, top
        self.parts: list[str] = []

    def _point(self, point: tuple[float, float]) -> str:
        x, y = round((point[0] - self.left) * _SCALE), round((point[1] - self.top) * _SCALE)
        return f'<a:pt x="{x}" y="{y}"/>'

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"<a:moveTo>{self._point(pt)}</a:moveTo>")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"<a:lnTo>{self._point(pt)}</a:lnTo>")

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"<a:cubicBezTo>{''.join(self._point(pt) for pt in points)}</a:cubicBezTo>")

    def _closePath(self) -> None:  # noqa: N802
        self.parts.append("<a:close/>")


def outline_of(drawing: str) -> Outline | None:
    """The outline of an SVG that is made of filled paths only; None for any other, which stays a picture."""
    try:
        root = fromstring(drawing)
        left, top, width, height = (
            float(part) for part in (root.get("viewBox") or "").replace(",", " ").split()
        )
        paths = tuple(_path(element, left, top) for element in root.iter() if _is_drawn(element))
    except (ParseError, DefusedXmlException, ValueError, IndexError, TypeError):
        return None
    if not paths or width <= 0 or height <= 0:
        return None
    return Outline(round(width * _SCALE), round(height * _SCALE), paths)


def _is_drawn(element: Any) -> bool:
    """True for a path. Raises ValueError for what is not a filled path."""
    name = str(element.tag).removeprefix(_SVG)
    if name not in _PLAIN or _UNKNOWN & set(element.attrib) or element.get("fill") == "none":
        raise ValueError(name)
    return name == "path"


def _path(element: Any, left: float, top: float) -> tuple[str, int]:
    pen = _Pen(left, top)
    parse_path(element.get("d", ""), pen)
    return "".join(pen.parts), round(100 * float(element.get("opacity", "1")))
