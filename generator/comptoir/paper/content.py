"""Rich text for Typst: the clean HTML of a user's Markdown in, a tree of plain JSON out, which `lib.typ` draws.

Nothing a user writes is ever Typst code: words stay strings of the JSON, and tags are names that `lib.typ` knows.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from comptoir.paper.types import ViewData

_FIRST_HEADING: Final = 3
"""Headings begin here and go down a level at a time, as accessible PDF wants."""

_EMPTY: Final = frozenset({"br", "hr", "img"})
_INLINE: Final = frozenset({"strong", "em", "del", "code", "a", "img"})
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")  # not the spaces that keep words together


def content_tree(html: str) -> list[ViewData]:
    """The nodes of `html` (well formed, as a cleaner gives it): strings, and `{tag, …attributes, children}`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.children[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = [""]
        self.children: list[list[ViewData]] = [[]]
        self.heading = _FIRST_HEADING - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._end_of_line()
        if re.fullmatch(r"h[1-6]", tag):
            self.heading = min(int(tag[1]), self.heading + 1)
            tag = f"h{self.heading}"
        node: dict[str, ViewData] = {"tag": tag, **_attributes(attrs)}
        self.children[-1].append(node)
        if tag not in _EMPTY:
            inside: list[ViewData] = []
            node["children"] = inside
            self.tags.append(tag)
            self.children.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY or len(self.tags) == 1:
            return
        if tag not in _INLINE:
            self._end_of_line()
        self.tags.pop()
        inside = self.children.pop()
        if "pre" in self.tags and inside and isinstance(inside[-1], str):
            inside[-1] = inside[-1].rstrip("\n")

    def handle_data(self, data: str) -> None:
        if "pre" not in self.tags:
            data = _BLANKS.sub(" ", data)
            if self._is_beginning_of_line():
                data = data.removeprefix(" ")
        if data:
            self.children[-1].append(data)

    def _is_beginning_of_line(self) -> bool:
        """Whether a blank means nothing here: after a block or a break, or after another blank."""
        before = self.children[-1][-1] if self.children[-1] else None
        if before is None:
            return self.tags[-1] not in _INLINE
        if isinstance(before, str):
            return before.endswith(" ")
        return isinstance(before, dict) and before["tag"] not in _INLINE

    def _end_of_line(self) -> None:
        """A blank before a block or a break means nothing."""
        inside = self.children[-1]
        if "pre" not in self.tags and inside and isinstance(inside[-1], str):
            inside[-1] = inside[-1].removesuffix(" ")
            if not inside[-1]:
                inside.pop()


def _attributes(attrs: list[tuple[str, str | None]]) -> dict[str, ViewData]:
    """Those that print shows: where a link leads, which picture, from which number, how a cell is aligned."""
    given = {name: value or "" for name, value in attrs}
    kept: dict[str, ViewData] = {
        name: given[name] for name in ("href", "src", "alt", "align") if name in given
    }
    if given.get("start", "").isdigit():
        kept["start"] = int(given["start"])
    return kept
