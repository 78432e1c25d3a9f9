"""How wide letters are: a typeface of the brand in; the widths of its letters, regular and bold, out.

The computer that shows the slides may lack the typeface and take another: measured widths are taken a little wider
than they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont
from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap
from fontTools.varLib.varStore import VarStoreInstancer

from comptoir.brand import shipped_fonts
from comptoir.model.catalogue import Catalogue
from comptoir.model.organisation import Font

SAFETY: Final = 1.06
"""By how much another typeface may be wider than the brand's own."""

REGULAR: Final = 400
BOLD: Final = 700
_UNKNOWN: Final = 0.62  # em, a letter that the typeface has not
_WIDE: Final = 1.05  # em, ideograms and emoji
_LEAST_LINE: Final = 1.2  # em


@dataclass(
    frozen=True, slots=True, eq=False
)  # the same face is the same object: what is measured with it is kept
class Face:
    """A typeface as slides need it: widths in em by letter, and the height of a line in em."""

    family: str
    regular: Mapping[int, float]
    bold: Mapping[int, float]
    line: float
    paths: tuple[Path, ...] = ()

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide the text is on one line, in points."""
        widths = self.bold if bold else self.regular
        return size * SAFETY * sum(widths.get(ord(c)) or _guess(c) for c in text)


def _guess(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


def choose_face(catalogue: Catalogue, font: Font) -> Face:
    """The typeface `font` of the organisation; the widths of a common one where its files cannot be read."""
    own = [catalogue.assets.get(f"catalogue/{file}") for file in (font.regular, font.bold) if file]
    paths = tuple(path for path in own if path is not None) or _shipped(font.family)
    try:
        return _read(font.family, paths or _shipped("Source Sans 3"))
    except Exception:  # a broken file breaks its reader in ways of its own; another rule tells of it
        return _read(font.family, _shipped("Atkinson Hyperlegible Next"))


def _shipped(family: str) -> tuple[Path, ...]:
    """The upright files of a typeface that ships: the common letters first, which the other file need not have."""
    known = [font for font in shipped_fonts() if font.family == family]
    paths = (face.path for font in known for face in font.faces if face.style == "normal")
    return tuple(sorted(paths, key=lambda path: "latin-ext" in path.name))


@cache
def _read(family: str, paths: tuple[Path, ...]) -> Face:
    regular: dict[int, float] = {}
    bold: dict[int, float] = {}
    line = _LEAST_LINE
    for path in paths:
        with TTFont(path, lazy=True) as font:
            for letter, widths in _widths(font):
                regular.setdefault(letter, widths[0])
                bold[letter] = max(widths[1], bold.get(letter, 0.0))
            about = font["hhea"]
            line = max(line, (about.ascent - about.descent + about.lineGap) / font["head"].unitsPerEm)
    return Face(family, regular, bold, line, paths)


def _widths(font: Any) -> Iterator[tuple[int, tuple[float, float]]]:
    """Each letter with its width, regular and bold."""
    em = font["head"].unitsPerEm
    advances = font["hmtx"].metrics
    more = [_deltas(font, weight) for weight in (REGULAR, BOLD)]
    for letter, glyph in font.getBestCmap().items():
        regular, bold = (max(0.0, (advances[glyph][0] + delta.get(glyph, 0.0)) / em) for delta in more)
        yield letter, (regular, bold)


def _deltas(font: Any, weight: int) -> dict[str, float]:
    """By how much each glyph is wider at that weight than in the default of a variable font; empty for others."""
    if "fvar" not in font or "HVAR" not in font:
        return {}
    axes = {a.axisTag: (a.minValue, a.defaultValue, a.maxValue) for a in font["fvar"].axes}
    wanted = {tag: default for tag, (_, default, _) in axes.items()} | {"wght": weight}
    location = normalizeLocation({tag: wanted[tag] for tag in axes}, axes)
    if "avar" in font:
        segments = font["avar"].segments
        location = {
            tag: piecewiseLinearMap(v, segments.get(tag) or {-1: -1, 0: 0, 1: 1})
            for tag, v in location.items()
        }
    table = font["HVAR"].table
    instance = VarStoreInstancer(table.VarStore, font["fvar"].axes, location)
    order = font.getGlyphOrder()
    mapping = table.AdvWidthMap.mapping if table.AdvWidthMap else {glyph: n for n, glyph in enumerate(order)}
    return {glyph: instance[mapping[glyph]] for glyph in order if glyph in mapping}
