"""A drawing before it is drawn: lines, areas, marks and words at their place, in pixels from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Place: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]
Face: TypeAlias = Literal["text", "title", "halo"]  # a halo of paper keeps words readable on a line
Shape: TypeAlias = Literal["circle", "up", "down", "diamond", "square", "tick"]

ASCENT: Final = 0.78  # of the size of the text: what the box of a line of words takes above and below
DESCENT: Final = 0.24


@dataclass(frozen=True, slots=True)
class Label:
    """Words on one line, `at` the place where their baseline begins, has its middle or ends."""

    at: Place
    text: str
    size: float
    role: str = "ink"
    anchor: Anchor = "start"
    bold: bool = False
    face: Face = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Place, ...]
    role: str
    width: float = 1.0
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Surfaces of one colour, each inside its ring of points; hatched ones tell of what is missing."""

    rings: tuple[tuple[Place, ...], ...]
    role: str
    opacity: float = 1.0
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The same mark at several places: `fill` is its inside, `stroke` its edge."""

    places: tuple[Place, ...]
    shape: Shape
    size: float
    fill: str
    stroke: str


Item: TypeAlias = Label | Line | Area | Marks


@dataclass(frozen=True, slots=True)
class Scene:
    """All there is to draw, from the back to the front."""

    width: float
    height: float
    items: tuple[Item, ...]


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Place, ...]:
    """The ring around a rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))
