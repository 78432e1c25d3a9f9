"""What the fonts can print: the data of a document in; the same with boxes for what no font holds, and that, out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from comptoir.paper.types import ViewData
from comptoir.wording import FIXED

BOX: Final = "□"
_CLUSTER: Final = regex.compile(
    r"\X"
)  # what a reader calls a letter: with its marks, or several joined to one
_JOINING: Final = regex.compile(
    "[{}]".format(
        "".join(
            rf"\p{{Grapheme_Cluster_Break={kind}}}"
            for kind in ("Extend", "SpacingMark", "ZWJ", "Prepend", "RI", "L", "V", "T")
        )
    )
)
_IGNORABLE: Final = regex.compile(
    r"\p{Default_Ignorable_Code_Point}+"
)  # shown by no font, and missed in none
_NOT_SHOWN: Final = frozenset({"drawings", "href", "place", "src", "svg", "url"})
"""Keys of what a template follows or draws, and does not set as text."""


def read_alphabet(fonts: Iterable[str]) -> Alphabet:
    """The alphabet of those files."""
    from fontTools.ttLib import TTFont  # slow to import, and few documents need it

    return Alphabet(tuple(frozenset(TTFont(font, lazy=True)["cmap"].getBestCmap()) for font in fonts))


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The tables of characters (cmap) of the fonts in which text of every role is looked for."""

    fonts: tuple[Container[int], ...]

    def mend(self, cluster: str) -> str:
        """The cluster as one font can set it. A mark that the font of its letter lacks becomes a box beside the letter.

        A compiler that sets a cluster in two fonts drops its letter without a word, or calls the letter itself missing.
        """
        if self._is_held(cluster):
            return cluster
        letter, marks = cluster[0], cluster[1:]
        if not _is_plain(letter) and not self._is_held(letter):
            return BOX
        kept = letter
        for mark in marks:
            if self._is_held(kept + mark):
                kept += mark
        return kept + BOX

    def _is_held(self, text: str) -> bool:
        """True when one font holds all of the text, composed or taken apart."""
        shown = _IGNORABLE.sub("", text)
        return any(
            all(ord(character) in font for character in unicodedata.normalize(form, shown))
            for font in self.fonts
            for form in ("NFC", "NFD")
        )


def may_hold_clusters(text: str) -> bool:
    """True when some letters of the text may stand for one: marks, joiners, flags, skin tones, jamo."""
    return bool(_JOINING.search("".join(frozenset(text))))  # a document has few letters, many times


def mend_clusters(data: ViewData, alphabet: Alphabet) -> tuple[ViewData, tuple[str, ...]]:
    """The data with every cluster of several characters as one font can set it, and the clusters that were changed."""
    return _changed(data, lambda cluster: alphabet.mend(cluster) if len(cluster) > 1 else cluster)


def box(data: ViewData, refused: str) -> tuple[ViewData, tuple[str, ...]]:
    """The data with a box (a space that stays for a blank) for each character of `refused`, save printable ASCII; and the letters that were changed."""
    refused = "".join(character for character in refused if not _is_plain(character))
    boxes = str.maketrans({character: FIXED if character.isspace() else BOX for character in refused})
    return _changed(data, lambda cluster: cluster.translate(boxes))


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isprintable()


def _changed(data: ViewData, change: Callable[[str], str]) -> tuple[ViewData, tuple[str, ...]]:
    """The data with each cluster of its texts changed, and those that were."""
    found: dict[str, None] = {}

    def follow(value: ViewData) -> ViewData:
        if isinstance(value, str):
            return (
                value
                if value.isascii() and value.isprintable()
                else "".join(map(put, _CLUSTER.findall(value)))
            )
        if isinstance(value, list):
            return [follow(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key in _NOT_SHOWN else follow(item) for key, item in value.items()}
        return value

    @cache
    def put(cluster: str) -> str:
        put_instead = change(cluster)
        if put_instead != cluster:
            found[cluster] = None
        return put_instead

    return follow(data), tuple(found)
