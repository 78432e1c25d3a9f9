"""What a drawing may hold: a text in; whether it is nothing more than one of our drawings, out."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from comptoir.charts.svg import SVG

_ELEMENTS: Final = frozenset(
    {"svg", "title", "desc", "defs", "pattern", "rect", "path", "use", "g", "text", "polyline", "circle"}
)
_ATTRIBUTES: Final = frozenset(
    {
        "aria-labelledby",
        "cx",
        "cy",
        "d",
        "fill",
        "fill-opacity",
        "font-family",
        "font-size",
        "font-weight",
        "height",
        "href",
        "id",
        "opacity",
        "paint-order",
        "points",
        "patternTransform",
        "patternUnits",
        "r",
        "role",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-width",
        "text-anchor",
        "viewBox",
        "width",
        "x",
        "y",
    }
)
_COLOURS: Final = r"none|var\(--chart-[a-z0-9-]+, #[0-9a-f]{6}\)"
_PLAIN: Final = re.compile(r"[\w .,:()+-]*")


def is_own_drawing(svg: str, key: str) -> bool:
    """True when the text is a drawing with that key, with nothing in it that could run, load or reach outside."""
    if "<!" in svg or "<?" in svg or not svg.startswith(f'<svg xmlns="{SVG}"'):
        return False
    root = ElementTree.fromstring(svg)
    named = root.get("aria-labelledby") == f"{key}-t {key}-d"
    return named and all(_is_own(element, key) for element in root.iter())


def _is_own(element: ElementTree.Element, key: str) -> bool:
    space, _, name = element.tag.rpartition("}")
    if space != f"{{{SVG}" or name not in _ELEMENTS:
        return False
    return all(_is_plain(attribute, value, key) for attribute, value in element.items())


def _is_plain(attribute: str, value: str, key: str) -> bool:
    if attribute not in _ATTRIBUTES:
        return False
    if attribute == "id":
        return re.fullmatch(rf"{key}-\w+", value) is not None
    if attribute == "href":
        return re.fullmatch(rf"#{key}-\d+", value) is not None
    if attribute in {"fill", "stroke"}:
        return re.fullmatch(rf"{_COLOURS}|url\(#{key}-\d+\)", value) is not None
    return _PLAIN.fullmatch(value) is not None
