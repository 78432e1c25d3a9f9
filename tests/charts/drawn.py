"""A drawing as SVG in; what can be seen in it, as plain values, out: words, lines, surfaces and marks at their pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from comptoir.charts import Spec, draw
from comptoir.charts.metrics import text_width
from comptoir.charts.placing import ASCENT, DESCENT, WordBox
from comptoir.charts.style import ChartStyle
from comptoir.charts.svg import SVG
from tests.charts.samples import STYLE

Place = tuple[float, float]


@dataclass(frozen=True)
class Label:
    at: Place
    text: str
    size: float
    role: str
    anchor: str
    bold: bool
    face: str

    def box(self, style: ChartStyle = STYLE) -> WordBox:
        """What the words cover."""
        family = style.title_font if self.face == "title" else style.text_font
        width = text_width(self.text, self.size, family, self.bold)
        left = self.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.at[1] - ASCENT * self.size, left + width, self.at[1] + DESCENT * self.size


@dataclass(frozen=True)
class Line:
    points: tuple[Place, ...]
    role: str
    width: float
    dashed: bool


@dataclass(frozen=True)
class Area:
    rings: tuple[tuple[Place, ...], ...]
    role: str
    hatched: bool


@dataclass(frozen=True)
class Marks:
    places: tuple[Place, ...]
    shape: str
    fill: str
    stroke: str


Item = Label | Line | Area | Marks


@dataclass(frozen=True)
class Scene:
    width: float
    height: float
    items: tuple[Item, ...]


def seen(spec: Spec, style: ChartStyle = STYLE) -> Scene:
    """What the drawing of a spec shows."""
    return read_scene(draw(spec, style).svg)


def read_scene(svg: str) -> Scene:
    """What a drawing shows, from the back to the front."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    named = {e.get("id"): e for e in root.iter() if e.get("id")}
    items: list[Item] = []
    for item in _items(root, {}, named):
        last = items[-1] if items else None
        same = isinstance(item, Marks) and isinstance(last, Marks)
        if same and (last.shape, last.fill, last.stroke) == (item.shape, item.fill, item.stroke):  # type: ignore[union-attr]
            items[-1] = Marks(last.places + item.places, item.shape, item.fill, item.stroke)  # type: ignore[union-attr]
        else:
            items.append(item)
    return Scene(width, height, tuple(items))


def _items(
    element: ElementTree.Element, around: dict[str, str], named: dict[str | None, ElementTree.Element]
) -> Iterator[Item]:
    for child in element:
        name, look = child.tag.removeprefix(f"{{{SVG}}}"), around | dict(child.items())
        if name == "g":
            yield from _items(child, look, named)
        elif name == "text":
            yield _label(child, look)
        elif name in {"path", "polyline"} and look.get("fill") == "none":
            (points,) = _rings(look.get("d") or "M" + look["points"].replace(" ", "L").replace(",", " "))
            width = float(look.get("stroke-width", 1))
            yield Line(points, _role(look["stroke"]), width, "stroke-dasharray" in look)
        elif name == "path":
            hatched = look["fill"].startswith("url")
            role = _role(named[look["fill"][5:-1]][0].get("fill", "") if hatched else look["fill"])
            yield Area(_rings(look["d"]), role, hatched)
        elif name == "use":
            place = float(look["x"]), float(look["y"])
            shape = _shape(named[look["href"][1:]].get("d", ""))
            yield Marks((place,), shape, _role(look["fill"]), _role(look["stroke"]))
        elif name == "circle":
            place = float(look["cx"]), float(look["cy"])
            yield Marks((place,), "circle", _role(look["fill"]), _role(look["stroke"]))


def _label(element: ElementTree.Element, look: dict[str, str]) -> Label:
    face = "halo" if "paint-order" in look else "title" if "font-family" in look else "text"
    return Label(
        (float(look["x"]), float(look["y"])),
        element.text or "",
        float(look["font-size"]),
        _role(look["fill"]),
        look.get("text-anchor", "start"),
        "font-weight" in look,
        face,
    )


def _role(colour: str) -> str:
    found = re.fullmatch(r"var\(--chart-([\w-]+), #[0-9a-f]{6}\)", colour)
    assert found, colour
    return found[1]


def _rings(path: str) -> tuple[tuple[Place, ...], ...]:
    rings: list[list[Place]] = []
    x = y = 0.0
    for letter, written in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", written)]
        if letter == "M":
            rings.append([])
        if letter in "ML":
            x, y = numbers
        elif letter == "H":
            (x,) = numbers
        elif letter == "V":
            (y,) = numbers
        else:
            assert letter == "z", path
            continue
        rings[-1].append((x, y))
    return tuple(map(tuple, rings))


def _shape(path: str) -> str:
    if "C" in path:
        return "circle"
    (ring,) = _rings(path)
    if len(ring) == 2:
        return "tick"
    levels = sorted(y for _, y in ring)
    if len(ring) == 3:
        return "up" if levels[0] < levels[1] else "down"
    return "square" if levels[0] == levels[1] else "diamond"
