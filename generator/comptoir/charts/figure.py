"""One figure of matplotlib, drawn on again and again: a style sheet in; Axes to draw on, and the figure as SVG, out.

Making Axes costs more than drawing on them, so a process keeps those it has and clears them between charts.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from comptoir.charts.placing import Spot
from comptoir.charts.svg import together

Rectangle: TypeAlias = tuple[float, float, float, float]
Rings: TypeAlias = Sequence[Sequence[Spot]]

_RIM: Final = 1.8  # width of the edge of marks
_FIXED: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "comptoir",  # the same names of marks in every run
    "text.parse_math": False,  # '$' is a dollar
    "path.simplify": False,
}
_NO_METADATA: Final = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class WrittenWords(NamedTuple):
    """Words on one line, and where their baseline begins, is centred or ends."""

    text: str
    x: float
    baseline: float


class FixedWords(Artist):
    """Words that come one after the other, measured before they are drawn: matplotlib's typefaces are not those of the page.

    Those that look the same go to the renderer together, with their places: most of what a chart takes is its words.
    """

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.set_figure(figure)
        self.written: list[tuple[Text, str, list[WrittenWords]]] = []

    def write(self, look: Text, face: str, words: WrittenWords) -> None:
        """Adds words of a look; `face` says what is particular about their typeface."""
        last = self.written[-1] if self.written else None
        if last is None or last[0] is not look or last[1] != face:
            self.written.append((look, face, [words]))
        else:
            last[2].append(words)

    def draw(self, renderer: RendererBase) -> None:
        """Hands the words to the renderer: `svg.apart` takes them apart again."""
        gc = renderer.new_gc()
        for look, face, words in self.written:
            gc.set_foreground(look.get_color())
            renderer.open_group("text", face)
            renderer.draw_text(gc, 0, 0, together(words), look.get_fontproperties(), 0, mtext=look)
            renderer.close_group("text")
        gc.restore()


class Easel:
    """The figure: lengths are pixels from the top left corner, which `pixels` turns into matplotlib's."""

    def __init__(self, looks: Mapping[str, str]) -> None:
        """`looks` are settings of matplotlib, as a style sheet holds them."""
        self.looks = dict(looks)
        # For good: nothing else in the program uses matplotlib, and setting three hundred values takes two milliseconds.
        settings: dict[Any, Any] = {**matplotlib.rcParamsDefault, "backend": "svg", **looks, **_FIXED}
        matplotlib.rcParams.update(settings)
        self.figure = Figure(dpi=72)  # a point is a pixel
        self.figure.patch.set_visible(False)
        self.pixels = Affine2D()
        self._axes: list[Axes] = []
        self._placed: dict[Axes, Rectangle] = {}
        self._drawn: list[Artist] = []
        self._looks: dict[tuple[float, str, str, bool], Text] = {}

    def clear(self) -> None:
        """Takes everything off that was drawn."""
        for artist in self._drawn:
            artist.remove()
        for axes in self._placed:
            axes.set_visible(False)
        self._drawn, self._placed = [], {}

    def axes(self) -> Axes:
        """Axes with no ticks and no limits set, to be placed."""
        if len(self._placed) == len(self._axes):
            axes = self.figure.add_axes((0, 0, 1, 1), label=str(len(self._axes)))
            axes.patch.set_visible(False)
            self._axes.append(axes)
        axes = self._axes[len(self._placed)]
        axes.set_visible(True)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_visible(False)  # as long as it has no ticks
        self.place(axes, (0, 0, 1, 1))
        return axes

    def place(self, axes: Axes, pixels: Rectangle) -> None:
        """Says over which pixels Axes lie: their left, top, right and bottom."""
        self._placed[axes] = pixels

    def fill(
        self,
        rings: Rings,
        colour: str,
        alpha: float | None = None,
        hatched: bool = False,
        axes: Axes | None = None,
    ) -> None:
        """Surfaces of one colour, each inside its ring of places."""
        path = Path.make_compound_path(*(Path((*ring, ring[0]), closed=True) for ring in rings))
        hatch = "//" if hatched else None
        self._add(PathPatch(path, facecolor=colour, linewidth=0, alpha=alpha, hatch=hatch), axes)

    def line(
        self,
        spots: Sequence[Spot],
        colour: str,
        width: float,
        dashes: Sequence[float] = (),
        axes: Axes | None = None,
    ) -> None:
        """A line through places; dashes are pixels on and off."""
        line = Line2D(*zip(*spots, strict=True), color=colour, linewidth=width, marker="")
        if dashes:
            line.set_dashes([length / width for length in dashes])
        self._add(line, axes)

    def marks(
        self, spots: Sequence[Spot], shape: str, size: float, fill: str, edge: str, axes: Axes | None = None
    ) -> None:
        """The same mark at several places."""
        look: dict[str, Any] = {"markerfacecolor": fill, "markeredgecolor": edge, "markeredgewidth": _RIM}
        columns = zip(*spots, strict=True)
        self._add(Line2D(*columns, linestyle="none", marker=shape, markersize=size, **look), axes)

    def words(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        colour: str,
        align: Literal["left", "center", "right"],
        bold: bool,
        face: str,
    ) -> None:
        """Words on one line; the page says in which typeface, `face` what is particular about them."""
        look = self._looks.get((size, colour, align, bold))
        if look is None:
            font = FontProperties(family="DejaVu Sans", weight=600 if bold else 400, size=size)
            look = Text(color=colour, fontproperties=font, horizontalalignment=align)
            self._looks[size, colour, align, bold] = look
        last = self._drawn[-1] if self._drawn else None
        if not isinstance(last, FixedWords):
            last = FixedWords(self.figure)
            self._add(last, None)
        last.write(look, face, WrittenWords(text, x, baseline))

    def _add(self, artist: Artist, axes: Axes | None) -> None:
        """Puts an artist on Axes, in their units, or on the figure, in pixels; later ones lie above."""
        self._drawn.append(artist)
        artist.set_zorder(1 + len(self._drawn) / 10_000)
        artist.set_clip_on(False)
        if axes is None:
            artist.set_transform(self.pixels)
            self.figure.add_artist(artist)
        else:
            axes.add_artist(artist)

    def svg(self, width: float, height: float) -> str:
        """What was drawn, as matplotlib writes it."""
        self.figure.set_size_inches(width / 72, height / 72)
        self.pixels.clear().scale(1, -1).translate(0, height)
        for axes, (left, top, right, bottom) in self._placed.items():
            axes.set_position(
                (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
            )
        stream = io.StringIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # letters that matplotlib's own typeface does not have
            self.figure.savefig(stream, format="svg", metadata=_NO_METADATA)
        return stream.getvalue()
