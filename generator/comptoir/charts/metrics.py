"""Width of text before it is drawn: words, size, weight and typeface in; pixels and wrapped lines out.

Widths come from `widths.json`, measured in a browser from the typefaces that ship. An unknown typeface is
taken to be as wide as the widest of them.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

SAFETY: Final = 1.03  # kerning, hinting, and what a browser rounds
_UNKNOWN_SAFETY: Final = 1.08
_EMOJI: Final = 1400  # thousandths of an em, as all widths here
_WIDE: Final = 1050
_OTHER: Final = 800
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float, family: str, bold: bool = False) -> float:
    """Pixels that `text` takes at most on one line."""
    widths, safety = _widths(family, bold)
    return sum(widths.get(letter) or _guess(letter) for letter in text) * size / 1000 * safety


def wrap(text: str, width: float, size: float, family: str, bold: bool = False) -> tuple[str, ...]:
    """The lines of `text`, none wider than `width`; nothing is cut off.

    A line breaks at spaces, not at no-break ones; a word wider than a line breaks inside, between what the
    reader sees as letters.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, family, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _split_word(word, width, size, family, bold)
        lines.extend(full)
    if line:
        lines.append(line)
    return tuple(lines)


def letters(text: str) -> list[str]:
    """What a reader sees as letters: a base with its accents, an emoji with its joined parts."""
    seen: list[str] = []
    for character in text:
        joined = bool(seen) and (
            unicodedata.category(character) in {"Mn", "Me", "Mc"}
            or character in _JOINERS
            or seen[-1].endswith("\u200d")
            or "\U0001f3fb" <= character <= "\U0001f3ff"
            or (_is_flag(character) and len(seen[-1]) == 1 and _is_flag(seen[-1]))
        )
        if joined:
            seen[-1] += character
        else:
            seen.append(character)
    return seen


def _split_word(word: str, width: float, size: float, family: str, bold: bool) -> list[str]:
    parts = [""]
    for letter in letters(word):
        if parts[-1] and text_width(parts[-1] + letter, size, family, bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


@cache
def _guess(letter: str) -> int:
    """A width for a character that was not measured, rather too wide than too narrow."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    if ord(letter) >= 0x1F000:
        return _EMOJI
    return _WIDE if unicodedata.east_asian_width(letter) in {"W", "F"} else _OTHER


@cache
def _widths(family: str, bold: bool) -> tuple[dict[str, int], float]:
    table = _table()
    weight = "600" if bold else "400"
    known = [family] if family in table else sorted(table)
    rows = [table[name][weight] for name in known]
    widths = {letter: max(row[i] for row in rows) for i, letter in enumerate(_characters())}
    # Figures may be set all as wide as the widest, so that columns of them line up.
    figure = max(widths[digit] for digit in "0123456789")
    return widths | dict.fromkeys("0123456789", figure), SAFETY if family in table else _UNKNOWN_SAFETY


@cache
def _read() -> dict[str, object]:
    document: dict[str, object] = json.loads(
        (files("comptoir.charts") / "widths.json").read_text(encoding="utf-8")
    )
    return document


@cache
def _characters() -> str:
    return str(_read()["characters"])


@cache
def _table() -> dict[str, dict[str, list[int]]]:
    return {name: rows for name, rows in _read().items() if isinstance(rows, dict)}
