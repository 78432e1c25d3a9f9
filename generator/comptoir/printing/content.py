"""Rich text for Typst: the clean HTML of a user's Markdown in, a tree of plain JSON out, which `lib.typ` draws.

Nothing a user writes is ever Typst code: words stay strings of the JSON, and tags are names that `lib.typ` knows.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from comptoir.printing.types import Json

_FIRST_HEADING: Final = 3
"""Headings begin here and go down a level at a time, as accessible PDF wants."""

_EMPTY: Final = frozenset({"br", "hr", "img"})
_HOLDS_BLOCKS: Final = frozenset({"", "blockquote", "ul", "ol", "dl", "table", "thead", "tbody", "tr"})
"""Where blanks between elements mean nothing."""


def content_tree(html: str) -> list[Json]:
    """The nodes of `html` (well formed, as a cleaner gives it): strings, and `{tag, …attributes, children}`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.children[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = [""]
        self.children: list[list[Json]] = [[]]
        self.heading = _FIRST_HEADING - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.heading = min(int(tag[1]), self.heading + 1)
            tag = f"h{self.heading}"
        node: dict[str, Json] = {"tag": tag, **_attributes(attrs)}
        self.children[-1].append(node)
        if tag not in _EMPTY:
            inside: list[Json] = []
            node["children"] = inside
            self.tags.append(tag)
            self.children.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY or len(self.tags) == 1:
            return
        self.tags.pop()
        inside = self.children.pop()
        if "pre" in self.tags and inside and isinstance(inside[-1], str):
            inside[-1] = inside[-1].rstrip("\n")

    def handle_data(self, data: str) -> None:
        if not data.strip() and (self.tags[-1] in _HOLDS_BLOCKS or ("\n" in data and "pre" not in self.tags)):
            return
        if "pre" not in self.tags:
            data = " ".join(data.replace("\n", " ").split(" "))
        self.children[-1].append(data)


def _attributes(attrs: list[tuple[str, str | None]]) -> dict[str, Json]:
    """Those that print shows: where a link leads, which picture, from which number, how a cell is aligned."""
    given = {name: value or "" for name, value in attrs}
    kept: dict[str, Json] = {name: given[name] for name in ("href", "src", "alt") if name in given}
    if given.get("start", "").isdigit():
        kept["start"] = int(given["start"])
    if "text-align" in given.get("style", ""):
        kept["align"] = given["style"].partition(":")[2].strip(" ;")
    return kept
