"""Text in lines: words, the width of a column in ems and a typeface in; the lines that a printer sets, out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from comptoir.charts.metrics import letters, text_width

LONGEST_WHOLE: Final = 24
"""A word of so many letters is never broken; a longer one is, where the line ends."""

LEADING: Final = 1.18  # from one line to the next, in sizes of letters
_SMALLER: Final = 0.97
_ENDS: Final = frozenset("./@-_")


class PosterFace(NamedTuple):  # compared at every look at what was measured before
    """A typeface at one weight."""

    family: str
    bold: bool


def lines_of(text: str, width: float, face: PosterFace) -> tuple[str, ...] | None:
    """`text` in lines of at most `width` ems, none of its letters lost; None when a word of everyday length is wider."""
    line, wide = _on_one_line(text, face)
    return line if wide <= width else _in_lines(text, width, face)


@lru_cache(maxsize=4096)
def _on_one_line(text: str, face: PosterFace) -> tuple[tuple[str, ...], float]:
    """The text on one line, none for no text, and how wide that is."""
    words = _words(text)
    spaces = max(0, len(words) - 1) * _width(" ", face)
    return (" ".join(words),) if words else (), spaces + sum(_width(word, face) for word in words)


@lru_cache(maxsize=65536)  # a layout is sought at many sizes, and asks the same widths again
def _in_lines(text: str, width: float, face: PosterFace) -> tuple[str, ...] | None:
    lines: list[str] = []
    line, filled = "", 0.0
    space = _width(" ", face)
    for word in _words(text):
        wide = _width(word, face)
        if line and filled + space + wide <= width:
            line, filled = f"{line} {word}", filled + space + wide
            continue
        if line:
            lines.append(line)
        if wide > width:
            parts = _broken(word, width, face)
            if parts is None:
                return None
            lines.extend(parts[:-1])
            word, wide = parts[-1], _width(parts[-1], face)
        line, filled = word, wide
    return (*lines, line) if line else tuple(lines)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(" ") if word)


@lru_cache(maxsize=16384)
def _width(word: str, face: PosterFace) -> float:
    return text_width(word, 1, face.family, face.bold)


def _broken(word: str, width: float, face: PosterFace) -> list[str] | None:
    return _parts(word, width, face) if len(letters(word)) > LONGEST_WHOLE else None


def _parts(word: str, width: float, face: PosterFace) -> list[str]:
    """The word in lines: after a sign such as a dot or a dash where there is one, otherwise after any letter."""
    parts, filled = [""], 0.0
    for letter in letters(word):
        wide = _width(letter, face)
        if parts[-1] and filled + wide > width:
            kept = max(parts[-1].rfind(sign) for sign in _ENDS) + 1
            if 0 < kept < len(parts[-1]):
                parts[-1:] = [parts[-1][:kept], parts[-1][kept:]]
                filled = _width(parts[-1], face)
            else:
                parts.append("")
                filled = 0.0
        parts[-1] += letter
        filled += wide
    return parts


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text at the size at which it fills its place; `over` letters do not fit, even at the smallest."""

    size: float
    lines: tuple[str, ...]
    over: int = 0


def largest(text: str, width: float, height: float, face: PosterFace, sizes: tuple[float, float]) -> Fitted:
    """`text` as large as it may be, from the first of `sizes` down to the second, in a place of that width and height."""
    size, smallest = sizes
    while size > smallest:
        lines = lines_of(text, width / size, face)
        if lines is not None and len(lines) * size * LEADING <= height:
            return Fitted(round(size, 3), lines)
        size *= _SMALLER
    lines = lines_of(text, width / smallest, face) or _at_any_letter(text, width / smallest, face)
    room = max(1, int(height / (smallest * LEADING) + 1e-9))
    return Fitted(smallest, lines, sum(len(letters(line)) for line in lines[room:]))


def _at_any_letter(text: str, width: float, face: PosterFace) -> tuple[str, ...]:
    lines = [part for word in _words(text) for part in _parts(word, width, face)]
    return tuple(lines)
