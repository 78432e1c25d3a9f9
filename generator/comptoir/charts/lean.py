"""SVG fit for a page: a document of matplotlib in; a small one with CSS variables, own identifiers and words, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from comptoir.charts.style import Palette

SVG: Final = "http://www.w3.org/2000/svg"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_NUMBER: Final = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
_STEP: Final = re.compile(r"([MLQCz])([^MLQCz]*)")
_REFERENCE: Final = re.compile(r"#([\w-]+)")
_FACES: Final[Mapping[str, Mapping[str, str]]] = {
    "text": {},
    "title": {"font-family": "var(--chart-title-font, inherit)"},
    "halo": {"stroke": "paper", "stroke-width": "3", "paint-order": "stroke", "stroke-linejoin": "round"},
}
# Attributes that a group can hold for its children.
_SHARED: Final = (
    "fill",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-weight",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-width",
    "text-anchor",
)


def placeholders(palette: Palette) -> dict[str, str]:
    """The colour to draw each named colour with, so that it is found again in the drawing."""
    return {name: f"#fe{index:04x}" for index, (name, _) in enumerate(palette)}


def slim(document: str, key: str, title: str, description: str, palette: Palette) -> str:
    """The drawing with `title` and `description`; every identifier begins with `key`."""
    root = ElementTree.fromstring(document)
    slimmer = _Slimmer(key, palette)
    width, height = root.get("viewBox", "0 0 0 0").split()[2:]
    content = "".join(_grouped(slimmer.nodes(root)))
    patterns = "".join(slimmer.definitions)
    if patterns:
        content = f"<defs>{patterns}</defs>{content}"
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {_short(width)} {_short(height)}" role="img"'
        f' aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{content}</svg>'
    )


def fix_colours(svg: str, palette: Palette, text_font: str, title_font: str) -> str:
    """The drawing with the palette's colours and typefaces written in, for paper, slides and files of their own."""
    for name, colour in palette:
        svg = re.sub(rf"var\(--chart-{re.escape(name)}, #[0-9a-f]{{6}}\)", colour, svg)
    svg = svg.replace("var(--chart-title-font, inherit)", escape(title_font, {'"': "&quot;"}))
    return svg.replace('role="img"', f'role="img" font-family={quoteattr(text_font)}', 1)


class _Node:
    """An element with its attributes; only what may be shared can move to a group."""

    def __init__(self, name: str, attributes: dict[str, str], text: str = "") -> None:
        self.name = name
        self.shared = tuple((key, attributes.pop(key)) for key in _SHARED if key in attributes)
        self.own = attributes
        self.text = text


class _Slimmer:
    def __init__(self, key: str, palette: Palette) -> None:
        self.key = key
        marked = placeholders(palette)
        self.colours = {marked[name]: f"var(--chart-{name}, {colour})" for name, colour in palette}
        self.named = {name: f"var(--chart-{name}, {colour})" for name, colour in palette}
        self.names: dict[str, str] = {}
        self.definitions: list[str] = []
        self.marks: dict[str, dict[str, str]] = {}

    def nodes(self, parent: ElementTree.Element) -> Iterator[_Node]:
        """The elements that draw, in order; definitions are kept aside."""
        # Patterns come last in the document but are named before.
        for element in parent:
            name = element.tag.rpartition("}")[2]
            if name == "g":
                yield from self.nodes(element)
            elif name == "defs":
                self._define(element)
            elif name == "path":
                yield _Node("path", {"d": compact(element.get("d", "")), **self._look(element)})
            elif name == "use":
                place = {axis: _short(element.get(axis, "0")) for axis in ("x", "y")}
                target = self._own(element.get(_HREF, "")[1:])
                yield _Node("use", {"href": f"#{target}", **place, **self._look(element)})
            elif name == "text":
                yield self._text(element)

    def _text(self, element: ElementTree.Element) -> _Node:
        look = self._look(element)
        face = look.pop("font-family", "text").strip("'")
        look |= {key: self.named.get(value, value) for key, value in _FACES[face].items()}
        if look.get("text-anchor") == "start":
            del look["text-anchor"]
        place = {axis: _short(element.get(axis, "0")) for axis in ("x", "y")}
        return _Node("text", place | look, element.text or "")

    def _define(self, defs: ElementTree.Element) -> None:
        for element in defs:
            name = element.tag.rpartition("}")[2]
            if name == "path":
                own = self._own(element.get("id", ""))
                self.definitions.append(f'<path id="{own}" d="{compact(element.get("d", ""))}"/>')
            elif name == "pattern":
                own = self._own(element.get("id", ""))
                rect, path = element
                fill = self._colour(rect.get("fill", "none"))
                look = self._look(path)
                # A plain slanted line every six pixels says the same as matplotlib's tile, in a tenth of the bytes.
                self.definitions.append(
                    f'<pattern id="{own}" patternUnits="userSpaceOnUse" width="6" height="6"'
                    f' patternTransform="rotate(45)"><rect width="6" height="6" fill="{fill}"/>'
                    f'<path d="M0 0V6" stroke="{look.get("stroke", "none")}" stroke-width="1.2"/></pattern>'
                )

    def _look(self, element: ElementTree.Element) -> dict[str, str]:
        look: dict[str, str] = {}
        for declaration in filter(None, element.get("style", "").split(";")):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            look[name] = self._value(name, value)
        look.pop("stroke-dashoffset", None)
        if look.get("stroke-linejoin") == "miter" or "stroke" not in look:
            look.pop("stroke-linejoin", None)
        return look

    def _value(self, name: str, value: str) -> str:
        if name in {"fill", "stroke"}:
            return self._colour(value)
        if name == "font-size":
            return value.removesuffix("px")
        if name == "stroke-dasharray":
            return " ".join(_short(part) for part in value.split(","))
        return value

    def _colour(self, value: str) -> str:
        if value.startswith("url("):
            return _REFERENCE.sub(lambda found: f"#{self._own(found[1])}", value)
        return self.colours.get(value, value)

    def _own(self, name: str) -> str:
        return self.names.setdefault(name, f"{self.key}-{len(self.names) + 1}")


def _grouped(nodes: Iterable[_Node]) -> Iterator[str]:
    """The elements written out, neighbours that look the same inside one group."""
    run: list[_Node] = []
    for node in nodes:
        if run and node.shared != run[0].shared:
            yield _run(run)
            run = []
        run.append(node)
    if run:
        yield _run(run)


def _run(nodes: list[_Node]) -> str:
    shared = "".join(f" {key}={quoteattr(value)}" for key, value in nodes[0].shared)
    if len(nodes) == 1:
        return _element(nodes[0], shared)
    return f"<g{shared}>{''.join(_element(node, '') for node in nodes)}</g>"


def _element(node: _Node, shared: str) -> str:
    own = "".join(f" {key}={quoteattr(value)}" for key, value in node.own.items())
    end = f">{escape(node.text)}</{node.name}>" if node.text else "/>"
    return f"<{node.name}{own}{shared}{end}"


def compact(path: str) -> str:
    """The same path in tenths of pixels and as few letters as it takes."""
    written: list[str] = []
    x = y = ""
    for letter, numbers in _STEP.findall(path):
        places = [_short(number) for number in _NUMBER.findall(numbers)]
        if letter == "z":
            written.append("z")
            continue
        if letter == "L" and places[1] == y:
            if places[0] != x:
                written.append(f"H{places[0]}")
        elif letter == "L" and places[0] == x:
            written.append(f"V{places[1]}")
        else:
            written.append(letter + " ".join(places))
        x, y = places[-2:]
    return re.sub(r" (?=-)", "", "".join(written))


def _short(number: str) -> str:
    rounded = f"{float(number):.1f}".removesuffix(".0")
    return "0" if rounded in {"-0", ""} else rounded
