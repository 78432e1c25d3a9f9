"""How words are set on a line: text in, printable text out, with the spaces and apostrophes of typography."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

THIN: Final = "\u202f"  # narrow no-break space
FIXED: Final = "\u00a0"  # no-break space

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_FRENCH_MARKS = re.compile(r"[«»;!?:]|\d[ \u00a0]|1er|1re")
_FRENCH: Final = (
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{THIN}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{THIN}»"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=[;!?]+(?:\s|$|[»)]))"), THIN),
    (re.compile(r"(?<=\w\w)(?=[;!?](?:\s|$|[»)]))"), THIN),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=:(?:\s|$))"), FIXED),
    (re.compile(r"(?<=\w\w)(?=:(?:\s|$))"), FIXED),  # not the 'S:' of a drive
    (re.compile(r"(?<![\w,.])1er(?!\w)"), "1ᵉʳ"),
    (re.compile(r"(?<![\w,.])1re(?!\w)"), "1ʳᵉ"),
    (re.compile(r"(?<=\d)[ \u00a0](?=[%€])"), THIN),
    (re.compile(r"(?<=\d) (?=(?:h|min|s|Go|Mo|To|ko)\b)"), FIXED),
)


def one_line(text: str) -> str:
    """`text` with each run of blanks as one space; no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip()


def plain_words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case without accents: what sorts and what searches."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return tuple(letters.split())


def printable(text: str) -> str:
    """`text` without control characters, which no page can hold."""
    return _UNPRINTABLE.sub("", text)


@lru_cache(maxsize=50_000)
def typeset(text: str, spaced: bool) -> str:
    """`text` with typographic apostrophes and, where `spaced`, the spaces that French puts before and within its punctuation."""
    text = _APOSTROPHE.sub("’", printable(text))
    if spaced and _FRENCH_MARKS.search(text):
        for pattern, replacement in _FRENCH:
            text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=50_000)
def typeset_line(text: str, spaced: bool) -> str:
    """`typeset` of `text` on one line."""
    return typeset(
        one_line(printable(one_line(text))), spaced
    )  # a vertical tab is a blank; what is dropped may leave two


def typeset_html(html: str, spaced: bool) -> str:
    """`html` (well formed, as a cleaner gives it) with `typeset` laid on its words outside code."""
    setter = _Setter(spaced)
    setter.feed(printable(html))
    setter.close()
    return "".join(setter.parts)


class _Setter(HTMLParser):
    """Gives back what it reads, words typeset."""

    def __init__(self, spaced: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.spaced = spaced
        self.parts: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag in {"code", "pre"}
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag in {"code", "pre"}
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.in_code:
            self.parts.append(data)
        elif self.parts and self.parts[-1].startswith(
            "</"
        ):  # ' ;' after a link goes with the link's last word
            self.parts.append(typeset(f"x{data}", self.spaced)[1:])
        else:
            self.parts.append(typeset(data, self.spaced))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
