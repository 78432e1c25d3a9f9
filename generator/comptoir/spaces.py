"""Spaces: a text with spaces of any kind in, the same with plain ones out, and none around it.

Two texts that look alike are one name, whatever space a tool wrote between their words: 19 454 with a no-break space is
the number 19 454. Zeros in front, and everything else, stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final
from unicodedata import combining, normalize

SPACES: Final = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
IGNORED: Final = "\u200b\u2060\ufeff"  # they have no width: nobody sees them
_PLAIN: Final = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(IGNORED, ""))


def heading_of(text: str) -> str:
    """The heading of a column: a line break in it, as spreadsheets have them, is a space."""
    return " ".join(plain_spaces(text).split())


def number_headings(headings: Sequence[str]) -> list[str]:
    """The headings as sources name them: one that stands there several times has its number after it, 'Components (2)'."""
    count, seen = Counter(filter(None, headings)), Counter[str]()
    names = []
    for heading in headings:
        seen[heading] += 1
        name = f"{heading} ({seen[heading]})"
        names.append(name if count[heading] > 1 and name not in count else heading)
    return names


def plain_spaces(text: str) -> str:
    """The text with plain spaces, and none nor tab around it."""
    return text.translate(_PLAIN).strip(" \t")


def fold(text: str) -> str:
    """The text as it is compared with another: spaces plain, one apostrophe, capitals small; accents stay."""
    return heading_of(text).replace("’", "'").casefold()


def without_accents(text: str) -> str:
    """The folded text without its accents: what is nearest to a word is told by it, and nothing is found by it."""
    parts = normalize("NFKD", fold(text))
    return "".join(c for c in parts if not combining(c))
