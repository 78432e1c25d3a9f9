"""Scenes to pictures by matplotlib, which nothing else imports: a scene in, the elements of its SVG out.

Everything is placed already, so there is no figure and there are no axes: lines, surfaces and marks are paths of matplotlib, and
what writes them is ours, since colours follow the page. Words are only placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from comptoir.charts.lean import Element, Picture, short
from comptoir.charts.scene import Anchor, Area, Face, Item, Label, Line, Marks, Scene, Shape
from comptoir.charts.style import Palette

_RIM: Final = 1.8  # width of the edge of marks
_ANCHORS: Final[Mapping[Anchor, str]] = {
    "start": "",
    "middle": ' text-anchor="middle"',
    "end": ' text-anchor="end"',
}
_TYPEFACES: Final[Mapping[Face, str]] = {
    "text": "",
    "title": ' font-family="var(--chart-title-font, inherit)"',
    "halo": "",
}
_MARKERS: Final[Mapping[Shape, Any]] = {
    "circle": "o",
    "up": "^",
    "down": "v",
    "diamond": "D",
    "square": "s",
    "tick": "|",
}
_LETTERS: Final = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def paint(scene: Scene, key: str, palette: Palette) -> Picture:
    """The scene in the palette's colours; every identifier begins with `key`."""
    painter = _Painter(scene, key, palette)
    elements = [element for item in scene.items for element in painter.elements(item)]
    return Picture(scene.width, scene.height, (*painter.marks, *painter.patterns), elements)


class _Painter:
    """Attributes are written in the order of their names."""

    def __init__(self, scene: Scene, key: str, palette: Palette) -> None:
        self._key = key
        self._colours = {name: f"var(--chart-{name}, {colour})" for name, colour in palette}
        self._edges = (0.0, 0.0, scene.width, scene.height)
        self._names: dict[object, str] = {}
        self.marks: list[str] = []
        self.patterns: list[str] = []

    def elements(self, item: Item) -> Iterator[Element]:
        """What draws the item; what that refers to is kept aside."""
        if isinstance(item, Label):
            yield self._label(item)
        elif isinstance(item, Line):
            yield self._line(item)
        elif isinstance(item, Area):
            yield self._area(item)
        else:
            yield from self._marks(item)

    def _label(self, label: Label) -> Element:
        x, y = label.at
        weight = ' font-weight="600"' if label.bold else ""
        halo = ""
        if label.face == "halo":
            paper = self._colours["paper"]
            halo = f' paint-order="stroke" stroke="{paper}" stroke-linejoin="round" stroke-width="3"'
        look = (
            f' fill="{self._colours[label.role]}"{_TYPEFACES[label.face]} font-size="{label.size:g}"'
            f"{weight}{halo}{_ANCHORS[label.anchor]}"
        )
        return Element("text", f' x="{short(x)}" y="{short(y)}"', look, label.text)

    def _line(self, line: Line) -> Element:
        ends = ' stroke-linecap="round"'
        if line.dashes:
            ends = f' stroke-dasharray="{" ".join(map(short, line.dashes))}"'
        width = "" if line.width == 1 else f' stroke-width="{line.width:g}"'
        look = f' fill="none" stroke="{self._colours[line.role]}"{ends}{width}'
        return Element("path", f' d="{_outline(Path(line.points), self._edges)}"', look)

    def _area(self, area: Area) -> Element:
        path = Path.make_compound_path(*(Path((*ring, ring[0]), closed=True) for ring in area.rings))
        fill = f"url(#{self._hatch()})" if area.hatched else self._colours[area.role]
        opacity = f' opacity="{area.opacity:g}"' if area.opacity < 1 else ""
        return Element("path", f' d="{_outline(path)}"{opacity}', f' fill="{fill}"')

    def _marks(self, marks: Marks) -> Iterator[Element]:
        fill, stroke = self._colours[marks.fill], self._colours[marks.stroke]
        name = self._mark(marks)
        look = f' fill="{fill}" stroke="{stroke}" stroke-width="{_RIM}"'
        for x, y in marks.places:
            yield Element("use", f' href="#{name}" x="{short(x)}" y="{short(y)}"', look)

    def _mark(self, marks: Marks) -> str:
        mark = (marks.shape, marks.size, marks.fill, marks.stroke)
        if mark not in self._names:
            name = self._names[mark] = self._next()
            self.marks.append(f'<path id="{name}" d="{_mark_outline(marks.shape, marks.size)}"/>')
        return self._names[mark]

    def _hatch(self) -> str:
        if "hatch" not in self._names:
            name = self._names["hatch"] = self._next()
            self.patterns.append(
                f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="6" height="6"'
                f' patternTransform="rotate(45)"><rect width="6" height="6" fill="{self._colours["empty"]}"/>'
                f'<path d="M0 0V6" stroke="{self._colours["hatch"]}" stroke-width="1.2"/></pattern>'
            )
        return self._names["hatch"]

    def _next(self) -> str:
        return f"{self._key}-{len(self._names) + 1}"


@cache
def _mark_outline(shape: Shape, size: float) -> str:
    style = MarkerStyle(_MARKERS[shape], fillstyle="full")
    return _outline(style.get_path().transformed(style.get_transform() + Affine2D().scale(size, -size)))


def _outline(path: Path, edges: tuple[float, float, float, float] | None = None) -> str:
    """The path in tenths of pixels and as few letters as it takes; what goes beyond the edges is cut."""
    written: list[str] = []
    x = y = ""
    for places, code in path.iter_segments(clip=edges, simplify=False):
        if code == Path.CLOSEPOLY:
            written.append("z")
            continue
        numbers = [short(number) for number in places.tolist()]
        if code == Path.LINETO and numbers[1] == y:
            if numbers[0] != x:
                written.append(f"H{numbers[0]}")
        elif code == Path.LINETO and numbers[0] == x:
            written.append(f"V{numbers[1]}")
        else:
            written.append(_LETTERS[code] + " ".join(numbers))
        x, y = numbers[-2:]
    return "".join(written).replace(" -", "-")
