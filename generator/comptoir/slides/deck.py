"""What slides are made of: paragraphs, places for them on a slide, layouts, slides; frozen data without a file format.

All lengths are in points, on a slide of 960 × 540.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from comptoir.model.base import Located

WIDTH: Final = 960.0
HEIGHT: Final = 540.0

TITLE: Final = 0
"""Which place of a layout holds the title."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """Where a text was written: a part of the catalogue and the path of the value in it."""

    owner: Located
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """A paragraph at one of the levels of its place, which says how it looks. `source` is for problems."""

    text: str
    level: int = 0
    bold: bool = False
    url: str = ""
    source: TextOrigin | None = field(default=None, compare=False, repr=False)


Paragraphs = tuple[SlideParagraph, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level look. `colour` is one of the theme ('tx1', 'accent1') or '#rrggbb'."""

    size: float
    colour: str = "tx1"
    bold: bool = False
    bullet: bool = False
    before: float = 0.0
    is_heading: bool = False  # set in the typeface of headings

    @property
    def indent(self) -> float:
        """By how much the text is moved for its bullet."""
        return self.size * 1.05 if self.bullet else 0.0


class Kind(StrEnum):
    """What a place of a layout holds, as the file format calls it."""

    TITLE = "title"
    CENTRE_TITLE = "ctrTitle"
    SUBTITLE = "subTitle"
    BODY = "body"
    PICTURE = "pic"
    TABLE = "tbl"
    CHART = "chart"
    OBJECT = "obj"
    FOOTER = "ftr"
    NUMBER = "sldNum"


@dataclass(frozen=True, slots=True)
class Hole:
    """A place of a layout to be filled. `prompt` is what it says while empty; `fill` and `insets` make it a card."""

    index: int
    kind: Kind
    name: str
    box: Box
    levels: tuple[Level, ...] = ()
    anchor: str = "t"
    prompt: str = ""
    fill: str = ""
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom
    place: int = 0  # its number in the file

    @property
    def room(self) -> tuple[float, float]:
        """The width and height that text may take."""
        left, top, right, bottom = self.insets
        return self.box.width - left - right, self.box.height - top - bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """A coloured rectangle, or a drawing in one colour, without a meaning of its own."""

    box: Box
    colour: str
    pictogram: str = ""
    round: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A model of slides. `marks` are shapes of the template, by name, that give their room to what the project brings.

    `shapes` are drawn in the place of a mark; `colour` is that of a family, '' for none.
    """

    name: str
    holes: tuple[Hole, ...]
    shapes: tuple[Shape, ...] = ()
    background: str = ""  # that of the master if ''
    marks: Mapping[str, Box] = field(default_factory=dict)
    colour: str = ""

    def hole(self, index: int) -> Hole:
        """The place with that index. Raises KeyError."""
        for hole in self.holes:
            if hole.index == index:
                return hole
        raise KeyError(index)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, with the sentence that stands for it; '' for one that only decorates."""

    content: bytes = field(repr=False)
    alternative: str
    hole: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class TableData:
    """A table: its first row is its head; a row with one cell is a heading above those that follow.

    `numeric` tells the columns whose cells stand at the right.
    """

    widths: tuple[float, ...]  # shares of the whole
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    alternative: str
    hole: int


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart that can be edited: `values` by series; None where there is no value."""

    form: str  # 'line' or 'bar'
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    number_format: str
    alternative: str
    hole: int
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: a layout by name, what fills its places, and what the speaker may say."""

    layout: str
    texts: Mapping[int, Paragraphs]
    notes: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    table: TableData | None = None
    chart: ChartData | None = None
    shapes: tuple[Shape, ...] = ()  # above all else
    is_open: bool = False  # places without content stay, to be filled by people

    @property
    def title(self) -> str:
        """The title of the slide."""
        return " ".join(paragraph.text for paragraph in self.texts.get(TITLE, ()))


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation: its layouts by key, its slides, and what it says of itself."""

    language: str
    title: str
    author: str
    footer: str
    layouts: Mapping[str, Layout]
    slides: tuple[Slide, ...]
    template: bytes = field(default=b"", repr=False)
    words: Mapping[str, str] = field(default_factory=dict)  # what the template says, and what is said instead
