"""Writes a page's Markdown file: front matter that no text can break, then the HTML that no extension may touch."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from comptoir.site.pages.page import Page
from comptoir.wording import printable

_FENCE = re.compile(r"^([ \t]*)([`~:\-!\[{])", re.MULTILINE)


def page_file(page: Page, html: str, edit_url: str) -> str:
    """The file of `page`, whose template gave `html`.

    Titles and descriptions are written as HTML, because the engine's theme puts them into pages as they are.
    """
    values: dict[str, Any] = {
        "title": escape(page.title),
        "description": escape(page.description),
        "hide": ["navigation", "toc"],
        "section": page.section,
        "edit_url": escape(edit_url),
        "tags": [escape(tag) for tag in page.tags],
        "search": dict(page.search),
    }
    lines = (f"{key}: {_yaml(value)}" for key, value in values.items() if value)
    return "---\n" + "\n".join(lines) + "\n---\n\n" + _inert(html).strip() + "\n"


def _yaml(value: Any) -> str:
    """JSON, which is YAML too, without the characters that YAML refuses or takes for line ends."""
    text = printable(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return text.replace("\u0085", " ").replace("\u2028", " ").replace("\u2029", " ")


def _inert(html: str) -> str:
    """`html` whose lines never begin with what an extension of Markdown could take for its own (fences, snippets)."""
    return _FENCE.sub(lambda match: f"{match[1]}&#{ord(match[2])};", html)
