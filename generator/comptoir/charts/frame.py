"""What surrounds a drawing: a spec in; the title, the key of marks and the note, set in lines that fit, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from comptoir.charts.metrics import text_width, wrap
from comptoir.charts.scene import (
    ASCENT,
    DESCENT,
    Anchor,
    Area,
    Face,
    Item,
    Label,
    Line,
    Marks,
    Scene,
    Shape,
    rectangle,
)
from comptoir.charts.style import ChartStyle
from comptoir.charts.values import Spec
from comptoir.text import one_line, printable

Box: TypeAlias = tuple[float, float, float, float]

EDGE: Final = 2.0  # letters overhang a little


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of text in pixels."""

    title: float
    subtitle: float
    label: float
    small: float


WIDE_SIZES: Final = Sizes(title=20, subtitle=14, label=13, small=12)
NARROW_SIZES: Final = Sizes(title=18, subtitle=13, label=12.5, small=11.5)
LEADING: Final = 1.28
STAR: Final = "*"  # stands for a number that is kept back
RIBBON: Final = 0.2  # opacity of intervals


@dataclass(slots=True)
class Sheet:
    """A page being laid out from top to bottom: what is on it, and how far down it is filled.

    It is the one thing here that changes, inside one function that lays a chart out.
    """

    width: float
    style: ChartStyle
    sizes: Sizes
    items: list[Item] = field(default_factory=list)
    bottom: float = 0.0

    def measure(self, text: str, size: float, bold: bool = False, face: Face = "text") -> float:
        """Pixels the text takes."""
        return text_width(text, size, self._family(face), bold)

    def wrap(
        self, text: str, width: float, size: float, bold: bool = False, face: Face = "text"
    ) -> tuple[str, ...]:
        """The text as lines that fit in `width`, without what no page can hold."""
        return wrap(one_line(printable(text)), width, size, self._family(face), bold)

    def balance(self, text: str, width: float, size: float, bold: bool, face: Face) -> tuple[str, ...]:
        """The text as lines of about the same length, no more of them than `wrap` makes."""
        lines = self.wrap(text, width, size, bold, face)
        for share in (0.5, 0.6, 0.7, 0.8, 0.9):
            shorter = self.wrap(text, width * share, size, bold, face)
            if len(lines) > 1 and len(shorter) == len(lines) and " ".join(shorter) == " ".join(lines):
                return shorter
        return lines

    def write(
        self,
        lines: Iterable[str],
        left: float,
        top: float,
        size: float,
        role: str = "ink",
        anchor: Anchor = "start",
        bold: bool = False,
        face: Face = "text",
    ) -> float:
        """Puts lines of text under `top`; gives where they end."""
        leading = size * LEADING
        for line in lines:
            self.items.append(Label((left, top + leading * 0.78), line, size, role, anchor, bold, face))
            top += leading
        return top

    def _family(self, face: Face) -> str:
        return self.style.title_font if face == "title" else self.style.text_font


def box_of(sheet: Sheet, label: Label) -> Box:
    """Left, top, right and bottom of the words."""
    width = sheet.measure(label.text, label.size, label.bold, label.face)
    left = label.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.at[1] - ASCENT * label.size, left + width, label.at[1] + DESCENT * label.size


def overlap(one: Box, other: Box) -> bool:
    """True when two boxes share a surface."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def open_sheet(spec: Spec, style: ChartStyle) -> Sheet:
    """A sheet with the finding as its title and what is measured under it."""
    sizes = WIDE_SIZES if spec.width >= 520 else NARROW_SIZES
    sheet = Sheet(spec.width, style, sizes)
    inner = spec.width - 2 * EDGE
    title = sheet.balance(spec.title, inner, sizes.title, True, "title")
    bottom = sheet.write(title, EDGE, 0, sizes.title, bold=True, face="title")
    if spec.subtitle.strip():
        subtitle = sheet.wrap(spec.subtitle, inner, sizes.subtitle)
        bottom = sheet.write(subtitle, EDGE, bottom + 3, sizes.subtitle, "muted")
    sheet.bottom = bottom + 12
    return sheet


def close_sheet(sheet: Sheet, spec: Spec) -> Scene:
    """The finished scene, with the note at its foot."""
    if spec.note.strip():
        lines = sheet.wrap(spec.note, sheet.width - 2 * EDGE, sheet.sizes.small)
        sheet.bottom = sheet.write(lines, EDGE, sheet.bottom + 6, sheet.sizes.small, "muted")
    return Scene(sheet.width, round(sheet.bottom + 4), tuple(sheet.items))


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A sign and the words that say what it means; `fill` and `stroke` are colours by name."""

    shape: Shape | Literal["band", "corner", "hatch", "ribbon", "rule", "starred"]
    words: str
    fill: str = "line"
    stroke: str = "line"


def write_key(sheet: Sheet, entries: Iterable[KeyEntry]) -> None:
    """Says in words what the signs mean: one after the other, on as many lines as it takes."""
    size = sheet.sizes.small
    leading = size * 1.5
    left, top = EDGE, sheet.bottom + 4
    for entry in entries:
        lines = sheet.wrap(entry.words, sheet.width - 2 * EDGE - 18, size)
        if not lines:
            continue
        taken = 18 + max(sheet.measure(line, size) for line in lines) + 18
        if left > EDGE and (left + taken - 18 > sheet.width - EDGE or len(lines) > 1):
            left, top = EDGE, top + leading
        sheet.items += _signs(entry, left, top + size * 0.62, size)
        below = sheet.write(lines, left + 18, top, size, "muted")
        sheet.bottom = max(sheet.bottom, below + 2)
        left += taken
        if len(lines) > 1:
            left, top = EDGE, below


def write_empty(sheet: Sheet, words: str, height: float) -> None:
    """A hatched field that says that there is nothing to show."""
    top, middle = sheet.bottom, sheet.width / 2
    size = sheet.sizes.subtitle
    lines = sheet.wrap(words, sheet.width - 60, size)
    height = max(height, size * LEADING * len(lines) + 30)
    ring = rectangle(EDGE, top, sheet.width - EDGE, top + height)
    sheet.items.append(Area((ring,), "empty"))
    sheet.items.append(Line((*ring, ring[0]), "grid"))
    start = top + (height - size * LEADING * len(lines)) / 2
    sheet.write(lines, middle, start, size, "muted", "middle")
    sheet.bottom = top + height + 6


def _signs(entry: KeyEntry, left: float, middle: float, size: float) -> list[Item]:
    ring = rectangle(left, middle - 5, left + 12, middle + 5)
    shape = entry.shape
    if shape == "rule":
        return [Line(((left, middle), (left + 13, middle)), entry.fill, 1.2)]
    if shape == "starred":
        return [Label((left + 6, middle + size * 0.35), STAR, size, entry.fill, "middle")]
    if shape == "ribbon":
        return [Area((ring,), entry.fill, RIBBON)]
    if shape == "hatch":
        return [Area((ring,), entry.fill, hatched=True)]
    if shape == "band":
        return [Area((ring,), entry.fill)]
    if shape == "corner":
        corner = ((left + 6, middle - 5), (left + 12, middle - 5), (left + 12, middle + 1))
        return [Area((ring,), entry.fill), Area((corner,), f"{entry.fill}-text")]
    return [Marks(((left + 6, middle),), shape, 8, entry.fill, entry.stroke)]
