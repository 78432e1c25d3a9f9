"""Pages as Zensical wants them: it moves the links of raw HTML, so links between published pages in, links between files out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from comptoir.publish.stage import Content

_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_LINK: Final = re.compile(r"(\s(?:href|src)=\")([^\"]*)\"")
_NOT_RELATIVE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|$")


def links_between_files(docs: Mapping[str, Content]) -> dict[str, Content]:
    """`docs` whose pages' links lead from the page's file, where MkDocs leaves them as published.

    'services/wifi.md' is published as 'services/wifi/': Zensical puts '../' before each relative link of its HTML.
    """
    return {name: _page(name, content) for name, content in docs.items()}


def _page(name: str, content: Content) -> Content:
    is_moved = name.endswith(".md") and posixpath.basename(name) != "index.md"
    if not is_moved or not isinstance(content, str):
        return content
    folder = posixpath.basename(name).removesuffix(".md")

    def move(match: re.Match[str]) -> str:
        return f'{match[1]}{_moved(match[2], folder)}"'

    return _TAG.sub(lambda tag: _LINK.sub(move, tag[0]), content)


def _moved(link: str, folder: str) -> str:
    """`link`, written in a page published as `folder`/, as written in the folder above."""
    if _NOT_RELATIVE.match(link):
        return link
    path, mark, rest = re.split(r"([?#]|$)", link, maxsplit=1)
    moved = posixpath.normpath(posixpath.join(folder, path))
    return f"{moved}/{mark}{rest}" if path.endswith("/") else f"{moved}{mark}{rest}"
