"""A chart being laid out from top to bottom: a spec in; its title, plots, words, key and note on one figure, out.

Lengths are pixels from the top left corner. A plot is matplotlib's Axes over some of them, in the units of the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from comptoir.charts.metrics import text_width, wrap
from comptoir.charts.placing import ASCENT, DESCENT, LEADING, Spot, WordBox
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import ChartNumber
from comptoir.charts.values import Spec
from comptoir.wording import one_line, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from comptoir.charts.figure import Easel

Align: TypeAlias = Literal["left", "center", "right"]
WordsFace: TypeAlias = Literal["text", "title", "halo"]  # a halo of paper keeps words readable on a line
MarkShape: TypeAlias = Literal["o", "^", "v", "D", "s", "|"]  # matplotlib's names of markers

EDGE: Final = 2.0  # letters overhang a little
WIDE_ENOUGH: Final = 520  # pixels, for names beside their bars
STAR: Final = "*"  # stands for a number that is kept back
RIBBON: Final = 0.2  # opacity of intervals
_NARROW_TITLE: Final = 0.85


@dataclass(frozen=True, slots=True)
class TextSizes:
    """Sizes of text in pixels, from the style sheet; a title on a phone is smaller."""

    title: float
    subtitle: float
    label: float
    small: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Axes over a part of the sheet. Places inside are in the units of the data."""

    sheet: ChartSheet
    axes: Axes
    left: float
    top: float
    right: float
    bottom: float

    def x(self, value: float) -> float:
        """Where a value of the level axis lies on the sheet, in pixels."""
        share = self.axes.transLimits.transform((value, self.axes.get_ylim()[0]))[0]
        return self.left + (self.right - self.left) * float(share)

    def y(self, value: float) -> float:
        """Where a value of the upright axis lies on the sheet, in pixels from its top."""
        share = self.axes.transLimits.transform((self.axes.get_xlim()[0], value))[1]
        return self.bottom - (self.bottom - self.top) * float(share)

    def moved(self, top: float, bottom: float, y: tuple[float, float]) -> Plot:
        """The same plot at another height, with other limits upright."""
        self.sheet.easel.place(self.axes, (self.left, top, self.right, bottom))
        self.axes.set_ylim(*y)
        return replace(self, top=top, bottom=bottom)

    def fill(
        self, rings: Sequence[Sequence[Spot]], role: str, alpha: float | None = None, hatched: bool = False
    ) -> None:
        """Surfaces of one colour."""
        self.sheet.add_fill(rings, role, alpha, hatched, self.axes)

    def line(self, spots: Sequence[Spot], role: str, width: float, dashes: Sequence[float] = ()) -> None:
        """A line through places."""
        self.sheet.add_line(spots, role, width, dashes, self.axes)

    def marks(self, spots: Sequence[Spot], shape: MarkShape, size: float, fill: str, edge: str) -> None:
        """The same mark at several places."""
        self.sheet.add_marks(spots, shape, size, fill, edge, self.axes)

    def upright_ticks(self, ticks: Sequence[ChartNumber], labels: bool = True) -> None:
        """Hair lines across, each with its number at the left; a number that would touch another goes."""
        size, free, texts = self.sheet.sizes.small, float("inf"), []
        ordered = sorted(ticks, key=lambda tick: tick.value)
        for tick in ordered:
            level = self.y(tick.value)
            shown = labels and level + size * 0.7 <= free
            texts.append(self.sheet.clean(tick.text) if shown else "")
            free = level - size * 0.7 if shown else free
        self.axes.yaxis.set_visible(True)
        self.axes.set_yticks([tick.value for tick in ordered], texts)

    def level_ticks(self, ticks: Sequence[ChartNumber]) -> float:
        """Numbers under the plot, inside the sheet; one that would touch its neighbour goes. Gives where they end."""
        size, free = self.sheet.sizes.small, 0.0
        shown: list[tuple[float, str, Align]] = []
        for tick in sorted(ticks, key=lambda tick: tick.value):
            text, at = self.sheet.clean(tick.text), self.x(tick.value)
            half = self.sheet.measure(text, size) / 2
            align: Align = (
                "left" if at - half < EDGE else "right" if at + half > self.sheet.width - EDGE else "center"
            )
            left = at if align == "left" else at - half * (1 if align == "center" else 2)
            if left >= free:
                shown.append((tick.value, text, align))
                free = left + 2 * half + 8
        self.axes.xaxis.set_visible(True)
        self.axes.set_xticks([value for value, _, _ in shown], [text for _, text, _ in shown])
        for label, (_, _, align) in zip(self.axes.get_xticklabels(), shown, strict=True):
            label.set_horizontalalignment(align)
        return self.bottom + 4 + size * LEADING + 2


class ChartSheet:
    """A page being laid out: `bottom` says how far down it is filled. Everything is measured before it is drawn."""

    def __init__(self, easel: Easel, style: ChartStyle, width: float) -> None:
        """An empty sheet on a figure that was cleared."""
        self.width, self.style, self.bottom = width, style, 0.0
        self.written: list[WordBox] = []
        self._colours = style.drawn
        self.easel = easel
        looks = easel.looks
        title, subtitle, label, small = (
            float(looks[name])
            for name in ("axes.titlesize", "font.size", "axes.labelsize", "xtick.labelsize")
        )
        self.sizes = TextSizes(title * (1 if width >= WIDE_ENOUGH else _NARROW_TITLE), subtitle, label, small)
        self.line_width, self.mark_size = (
            float(looks[name]) for name in ("lines.linewidth", "lines.markersize")
        )

    @property
    def wide(self) -> bool:
        """True when there is room for names beside their bars."""
        return self.width >= WIDE_ENOUGH

    def plot(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        x: tuple[float, float] = (0.0, 1.0),
        y: tuple[float, float] | None = None,
    ) -> Plot:
        """Axes over these pixels, from the first to the second of the limits; upright in pixels of the sheet if not said."""
        axes = self.easel.axes()
        axes.set_xlim(*x)
        axes.set_ylim(*(y or (bottom, top)))
        self.easel.place(axes, (left, top, right, bottom))
        return Plot(self, axes, left, top, right, bottom)

    def clean(self, text: str) -> str:
        """The text on one line, without what no page can hold."""
        return one_line(printable(text))

    def measure(self, text: str, size: float, bold: bool = False, face: WordsFace = "text") -> float:
        """Pixels the text takes."""
        return text_width(text, size, self._family(face), bold)

    def wrap(
        self, text: str, width: float, size: float, bold: bool = False, face: WordsFace = "text"
    ) -> tuple[str, ...]:
        """The text as lines that fit in `width`, without what no page can hold."""
        return wrap(self.clean(text), width, size, self._family(face), bold)

    def balance(self, text: str, width: float, size: float, bold: bool, face: WordsFace) -> tuple[str, ...]:
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
        align: Align = "left",
        bold: bool = False,
        face: WordsFace = "text",
    ) -> float:
        """Puts lines of text under `top`; gives where they end."""
        leading = size * LEADING
        for line in lines:
            self.put(line, left, top + leading * 0.78, size, role, align, bold, face)
            top += leading
        return top

    def put(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        role: str = "ink",
        align: Align = "left",
        bold: bool = False,
        face: WordsFace = "text",
    ) -> None:
        """Puts words on one line, on their baseline."""
        text = self.clean(text)
        self.easel.words(text, x, baseline, size, self._colours[role], align, bold, face)
        self.written.append(self.box(text, x, baseline, size, align, bold, face))

    def box(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        align: Align = "left",
        bold: bool = False,
        face: WordsFace = "text",
    ) -> WordBox:
        """Left, top, right and bottom of words."""
        width = self.measure(text, size, bold, face)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        return left, baseline - ASCENT * size, left + width, baseline + DESCENT * size

    def inside(self, middle: float, lines: Sequence[str], size: float, bold: bool = False) -> float:
        """The nearest middle to a wanted one where lines stay on the sheet."""
        half = max((self.measure(line, size, bold) for line in lines), default=0.0) / 2
        return min(max(middle, EDGE + half), self.width - EDGE - half)

    def add_fill(
        self,
        rings: Sequence[Sequence[Spot]],
        role: str,
        alpha: float | None = None,
        hatched: bool = False,
        axes: Axes | None = None,
    ) -> None:
        """Surfaces of one colour, each inside its ring; hatched ones tell of what is missing."""
        self.easel.fill(rings, self._colours[role], alpha, hatched, axes)

    def add_line(
        self,
        spots: Sequence[Spot],
        role: str,
        width: float = 1.0,
        dashes: Sequence[float] = (),
        axes: Axes | None = None,
    ) -> None:
        """A line through places; dashes are pixels on and off."""
        self.easel.line(spots, self._colours[role], width, dashes, axes)

    def add_marks(
        self,
        spots: Sequence[Spot],
        shape: MarkShape,
        size: float,
        fill: str,
        edge: str,
        axes: Axes | None = None,
    ) -> None:
        """The same mark at several places: `fill` is its inside, `edge` its rim."""
        self.easel.marks(spots, shape, size, self._colours[fill], self._colours[edge], axes)

    def svg(self) -> str:
        """The sheet, as long as it is filled, as matplotlib writes it."""
        return self.easel.svg(self.width, round(self.bottom + 4))

    def _family(self, face: WordsFace) -> str:
        return self.style.title_font if face == "title" else self.style.text_font


def open_sheet(spec: Spec, sheet: ChartSheet) -> None:
    """The finding as a title, and what is measured under it."""
    sizes, inner = sheet.sizes, sheet.width - 2 * EDGE
    title = sheet.balance(spec.title, inner, sizes.title, True, "title")
    bottom = sheet.write(title, EDGE, 0, sizes.title, bold=True, face="title")
    if spec.subtitle.strip():
        subtitle = sheet.wrap(spec.subtitle, inner, sizes.subtitle)
        bottom = sheet.write(subtitle, EDGE, bottom + 3, sizes.subtitle, "muted")
    sheet.bottom = bottom + 12


def close_sheet(spec: Spec, sheet: ChartSheet) -> None:
    """The note at the foot."""
    if spec.note.strip():
        lines = sheet.wrap(spec.note, sheet.width - 2 * EDGE, sheet.sizes.small)
        sheet.bottom = sheet.write(lines, EDGE, sheet.bottom + 6, sheet.sizes.small, "muted")


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Spot, ...]:
    """The ring around a rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A sign and the words that say what it means; `fill` and `edge` are colours by name."""

    sign: MarkShape | Literal["band", "corner", "hatch", "ribbon", "rule", "starred"]
    words: str
    fill: str = "line"
    edge: str = "line"


def write_key(sheet: ChartSheet, entries: Iterable[KeyEntry]) -> None:
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
        _draw_sign(sheet, entry, left, top + size * 0.62)
        below = sheet.write(lines, left + 18, top, size, "muted")
        sheet.bottom = max(sheet.bottom, below + 2)
        left += taken
        if len(lines) > 1:
            left, top = EDGE, below


def _draw_sign(sheet: ChartSheet, entry: KeyEntry, left: float, middle: float) -> None:
    ring, sign = rectangle(left, middle - 5, left + 12, middle + 5), entry.sign
    if sign == "rule":
        sheet.add_line(((left, middle), (left + 13, middle)), entry.fill, 1.2)
    elif sign == "starred":
        size = sheet.sizes.small
        sheet.put(STAR, left + 6, middle + size * 0.35, size, entry.fill, "center")
    elif sign in {"ribbon", "hatch", "band", "corner"}:
        sheet.add_fill((ring,), entry.fill, RIBBON if sign == "ribbon" else None, sign == "hatch")
        if sign == "corner":
            corner = ((left + 6, middle - 5), (left + 12, middle - 5), (left + 12, middle + 1))
            sheet.add_fill((corner,), f"{entry.fill}-text")
    else:
        shape: Any = sign
        sheet.add_marks(((left + 6, middle),), shape, 8, entry.fill, entry.edge)


def write_empty(sheet: ChartSheet, words: str, height: float) -> None:
    """A field that says that there is nothing to show."""
    top, middle, size = sheet.bottom, sheet.width / 2, sheet.sizes.subtitle
    lines = sheet.wrap(words, sheet.width - 60, size)
    height = max(height, size * LEADING * len(lines) + 30)
    ring = rectangle(EDGE, top, sheet.width - EDGE, top + height)
    sheet.add_fill((ring,), "empty")
    sheet.add_line((*ring, ring[0]), "grid")
    start = top + (height - size * LEADING * len(lines)) / 2
    sheet.write(lines, middle, start, size, "muted", "center")
    sheet.bottom = top + height + 6
