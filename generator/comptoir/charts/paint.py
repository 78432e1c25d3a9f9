"""Scenes to SVG by matplotlib, which nothing else imports: a scene in, a document in placeholder colours out.

Everything is placed already, so there are no axes and no layout, and matplotlib never measures text.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from comptoir.charts.scene import Anchor, Area, Face, Item, Label, Line, Marks, Place, Scene, Shape

VERSION: Final = mpl.__version__
_NO_METADATA: Final = {"Creator": None, "Date": None, "Format": None, "Type": None}
_ALIGNED: Final[Mapping[Anchor, str]] = {"start": "left", "middle": "center", "end": "right"}
_MARKERS: Final[Mapping[Shape, Any]] = {
    "circle": "o",
    "up": "^",
    "down": "v",
    "diamond": "D",
    "square": "s",
    "tick": "|",
}


# What a user or the folder that the program runs in sets for matplotlib has no say in our drawings.
mpl.rcdefaults()
mpl.rcParams.update(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "comptoir",
        "svg.id": None,
        "path.simplify": False,
        "hatch.linewidth": 0.8,
    }
)


class _PlacedText(Artist):
    """Words that are already where they belong, so that no font is looked for to measure them."""

    def __init__(self, label: Label, colour: str, down: Transform) -> None:
        super().__init__()
        self._label, self._colour = label, colour
        self.set_transform(down)

    def get_unitless_position(self) -> Place:
        """What the SVG is placed by: where the baseline begins, has its middle or ends."""
        return self._label.at

    def get_ha(self) -> str:
        """Which of the three that is."""
        return _ALIGNED[self._label.anchor]

    def draw(self, renderer: RendererBase) -> None:
        """Write the words, as `Text` does."""
        graphics = renderer.new_gc()
        x, y = self.get_transform().transform(self._label.at)
        height = renderer.height  # type: ignore[attr-defined]
        graphics.set_foreground(self._colour)
        font = _font(self._label.face, self._label.size, self._label.bold)
        renderer.draw_text(graphics, x, height - y, self._label.text, font, 0, False, self)  # type: ignore[arg-type]
        graphics.restore()


@cache
def _font(face: Face, size: float, bold: bool) -> FontProperties:
    return FontProperties(family=face, size=size, weight=600 if bold else 400)


def paint(scene: Scene, colour: Callable[[str], str]) -> str:
    """The scene as matplotlib writes SVG; `colour` gives the placeholder ('#rrggbb') of a named colour."""
    figure = Figure(figsize=(scene.width / 72, scene.height / 72), dpi=72, frameon=False)
    down = Affine2D().scale(1, -1).translate(0, scene.height)
    for order, item in enumerate(scene.items):
        artist = _artist(item, colour, down)
        artist.set_zorder(order)
        figure.add_artist(artist)
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata=_NO_METADATA)
    return stream.getvalue()


def _artist(item: Item, colour: Callable[[str], str], down: Transform) -> Artist:
    if isinstance(item, Label):
        return _PlacedText(item, colour(item.role), down)
    if isinstance(item, Line):
        return _line(item, colour, down)
    if isinstance(item, Area):
        return _area(item, colour, down)
    return _marks(item, colour, down)


def _line(item: Line, colour: Callable[[str], str], down: Transform) -> Artist:
    artist = Line2D(
        *_columns(item.points),
        color=colour(item.role),
        linewidth=item.width,
        solid_capstyle="round",
        dash_capstyle="butt",
        transform=down,
    )
    if item.dashes:
        artist.set_linestyle((0, tuple(dash / item.width for dash in item.dashes)))
    return artist


def _area(item: Area, colour: Callable[[str], str], down: Transform) -> Artist:
    path = Path.make_compound_path(*(Path(_closed(ring), closed=True) for ring in item.rings))
    patch = PathPatch(path, linewidth=0, transform=down, alpha=item.opacity if item.opacity < 1 else None)
    if item.hatched:
        patch.set(facecolor=colour("empty"), hatch="////", edgecolor=colour("hatch"))
    else:
        patch.set(facecolor=colour(item.role), edgecolor="none")
    return patch


def _marks(item: Marks, colour: Callable[[str], str], down: Transform) -> Artist:
    return Line2D(
        *_columns(item.places),
        linestyle="none",
        marker=_MARKERS[item.shape],
        markersize=item.size,
        markerfacecolor=colour(item.fill),
        markeredgecolor=colour(item.stroke),
        markeredgewidth=1.8,
        transform=down,
    )


def _columns(points: Sequence[Place]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _closed(ring: Sequence[Place]) -> list[Place]:
    return [*ring, ring[0]]
