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
from pathlib import Path
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


def put_back(site: Path, parts: Mapping[str, str]) -> None:
    """Put each part, such as a drawing, where its mark is in the pages below `site`; what only looks like a mark stays."""
    if not parts:
        return
    for path in sorted(site.rglob("*.html")):
        text = path.read_bytes().decode("utf-8")
        whole = _fill(_fill(text, parts), parts)  # an aside that was taken out holds marks of its own
        if whole != text:
            path.write_bytes(whole.encode("utf-8"))


def _fill(text: str, parts: Mapping[str, str]) -> str:
    return _MARK.sub(lambda match: parts.get(match[1], match[0]), text)
