"""Drawings go around the engine: pages in; pages with a mark for each drawing, and the drawings, out; and back again.

The engine reads every element of a page several times, for its Markdown, its links and its search. Half of the elements
hold nothing for any of the three: those of drawings, of tables of numbers, of what describes the page to machines, and
of asides that search leaves out. What is only known when the engine has begun, such as the size of a
printed file, has a mark in pages from the start.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from comptoir.publish.stage import Content

# Of drawings in a drawing, or asides in an aside, the innermost go.
_DRAWING: Final = re.compile(
    r"<svg\b[^<]*(?:<(?!/?svg\b)[^<]*)*</svg>"
    r'|<table class="c-data[^"]*">.*?</table>'
    r'|<script type="application/ld\+json">.*?</script>'
    r"|<(aside|nav)\b[^>]*\sdata-search-exclude\b[^>]*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1>",
    re.DOTALL,
)
_MARK: Final = re.compile(r"<!--(?:drawing|printed) ([0-9a-f]{32})-->")


def take_out(docs: Mapping[str, Content]) -> tuple[dict[str, Content], dict[str, str]]:
    """`docs` whose pages hold a mark in the place of each drawing; and the drawings by their marks."""
    drawings: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        name = hashlib.sha256(match[0].encode()).hexdigest()[:32]
        drawings[name] = match[0]
        return f"<!--drawing {name}-->"

    taken: dict[str, Content] = {
        name: _DRAWING.sub(mark, content) if name.endswith(".md") and isinstance(content, str) else content
        for name, content in docs.items()
    }
    return taken, drawings


def put_back(site: Mapping[str, bytes], parts: Mapping[str, str]) -> dict[str, bytes]:
    """The files of `site`, in whose pages each part, such as a drawing, is where its mark was; what only looks like a mark stays."""
    return {
        name: _whole(content, parts) if parts and name.endswith(".html") else content
        for name, content in site.items()
    }


def _whole(page: bytes, parts: Mapping[str, str]) -> bytes:
    text = page.decode("utf-8")
    return _fill(_fill(text, parts), parts).encode(
        "utf-8"
    )  # an aside that was taken out holds marks of its own


def _fill(text: str, parts: Mapping[str, str]) -> str:
    return _MARK.sub(lambda match: parts.get(match[1], match[0]), text)
