"""Whether text fits its place: paragraphs and a place in; lines, heights, and the scale at which they fit, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeVar

from comptoir.slides.deck import Hole, Level, SlideParagraph
from comptoir.slides.metrics import Face

SCALES: Final = (100, 92, 85, 78, 70)
"""Per cent at which text may be set, the largest that fits first."""

_PIECES: Final = re.compile(r"[^ \t\n-]*(?:-+|[ \t\n]+|$)")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Faces:
    """The two typefaces of a deck."""

    text: Face
    headings: Face

    def of(self, level: Level) -> Face:
        """The typeface of paragraphs of that level."""
        return self.headings if level.is_heading else self.text


@lru_cache(maxsize=50_000)  # a slide is filled by trying one paragraph more each time
def lines_of(text: str, size: float, width: float, face: Face, bold: bool = False) -> tuple[str, ...]:
    """The text on lines that are at most `width` points wide; what is longer than a line breaks inside."""
    lines: list[str] = []
    line, filled = "", 0.0  # `filled` ends with the last letter, before spaces
    for piece in _PIECES.findall(text):
        word = piece.rstrip()
        wide = face.width(word, size, bold)
        gap = face.width(line[len(line.rstrip()) :], size, bold)
        if line and filled + gap + wide > width:
            lines.append(line.rstrip())
            line, filled, gap = "", 0.0, 0.0
        line += piece
        if word:
            filled += gap + wide
        while filled > width and len(line.rstrip()) > 1:
            kept = _as_much_as_fits(line, size, width, face, bold)
            lines.append(line[:kept])
            line = line[kept:]
            filled = face.width(line.rstrip(), size, bold)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return tuple(lines)


def _as_much_as_fits(line: str, size: float, width: float, face: Face, bold: bool) -> int:
    """How many letters of a word that is too long go on one line: at least one."""
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if face.width(line[:middle], size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def height_of(paragraphs: Sequence[SlideParagraph], hole: Hole, faces: Faces, scale: int = 100) -> float:
    """How high the paragraphs stand in the width of `hole`, set at `scale` per cent."""
    width, _ = hole.room
    total = 0.0
    for position, paragraph in enumerate(paragraphs):
        level = hole.levels[min(paragraph.level, len(hole.levels) - 1)]
        size = level.size * scale / 100
        face = faces.of(level)
        room = width - level.indent
        count = len(lines_of(paragraph.text, size, room, face, level.bold or paragraph.bold))
        total += count * size * face.line + (level.before if position else 0.0)
    return total


def scale_of(paragraphs: Sequence[SlideParagraph], hole: Hole, faces: Faces) -> int | None:
    """The largest of SCALES at which the paragraphs fit in `hole`, no word broken if that can be; None when none does."""
    with_broken_words: int | None = None
    for scale in SCALES:
        if fits(paragraphs, hole, faces, scale):
            if not _breaks_words(paragraphs, hole, faces, scale):
                return scale
            with_broken_words = with_broken_words or scale
    return with_broken_words


def _breaks_words(paragraphs: Iterable[SlideParagraph], hole: Hole, faces: Faces, scale: int) -> bool:
    width, _ = hole.room
    for paragraph in paragraphs:
        level = hole.levels[min(paragraph.level, len(hole.levels) - 1)]
        size, bold = level.size * scale / 100, level.bold or paragraph.bold
        words = (piece.rstrip() for piece in _PIECES.findall(paragraph.text))
        if any(faces.of(level).width(word, size, bold) > width - level.indent for word in words):
            return True
    return False


def fits(paragraphs: Sequence[SlideParagraph], hole: Hole, faces: Faces, scale: int = 100) -> bool:
    """True when the paragraphs, set at `scale`, are not higher than the place."""
    return height_of(paragraphs, hole, faces, scale) <= hole.room[1]


def pour(
    groups: Iterable[tuple[SlideParagraph, ...]], hole: Hole, faces: Faces, scale: int = 100
) -> Iterator[tuple[SlideParagraph, ...]]:
    """The groups, which are not parted, laid into as many places like `hole` as they need.

    A group that is higher than a whole place has one of its own: its writer is told.
    """
    filled: list[SlideParagraph] = []
    for group in groups:
        if filled and not fits((*filled, *group), hole, faces, scale):
            yield tuple(filled)
            filled = []
        filled.extend(group)
    if filled:
        yield tuple(filled)


def share(things: Sequence[Thing], most: int) -> tuple[tuple[Thing, ...], ...]:
    """The things in as few lots of `most` as can be, all about as large."""
    if not things:
        return ()
    lots = -(-len(things) // most)
    edges = [round(len(things) * n / lots) for n in range(lots + 1)]
    return tuple(tuple(things[start:end]) for start, end in pairwise(edges))
