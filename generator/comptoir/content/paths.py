"""Where each page stands: a kind and an identifier in, the path of its Markdown file out; and links between pages."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import Final

FOLDERS: Final = {
    "service": "services",
    "family": "families",
    "segment": "segments",
    "agreement": "commitments",
    "news": "news",
    "indicator": "indicators",
    "report": "reports",
    "action": "actions",
    "committee": "committees",
}
ANCHORED: Final = {"term": "glossary.md", "partner": "partners/index.md"}
"""Kinds that share one page: each entity has an anchor there."""

PAGES: Final = {
    "home": "index.md",
    "services": "services/index.md",
    "families": "families/index.md",
    "segments": "segments/index.md",
    "commitments": "commitments/index.md",
    "results": "indicators/index.md",
    "reports": "reports/index.md",
    "actions": "actions/index.md",
    "complaints": "complaints.md",
    "partners": "partners/index.md",
    "synopsis": "synopsis.md",
    "downloads": "downloads/index.md",
    "committees": "committees.md",
    "news": "news/index.md",
    "glossary": "glossary.md",
    "about": "about.md",
}

HOLDS: Final = {
    "segments": "segment",
    "commitments": "agreement",
    "partners": "partner",
    "committees": "committee",
    "actions": "action",
    "glossary": "term",
}
"""Pages that are there only when there is an entity of that kind."""


def page_path(kind: str, name: str) -> str:
    """The path of the page of an entity ('service', 'wifi') or of a page of its own ('page', 'commitments').

    Raises KeyError when there is no such kind or page.
    """
    if kind == "page":
        return PAGES[name]
    if kind in ANCHORED:
        return f"{ANCHORED[kind]}#{name}"
    return f"{FOLDERS[kind]}/{name}.md"


@lru_cache(maxsize=50_000)
def relative_url(source: str, target: str) -> str:
    """The address of the page or file `target` as written in the page `source`, both paths under docs/.

    Pages are published as folders: 'services/wifi.md' at 'services/wifi/'. What follows '#' stays.
    """
    path, _, anchor = target.partition("#")
    relative = posixpath.relpath("/" + _published(path), "/" + _published(source))
    if path.endswith(".md"):
        relative = "./" if relative == "." else relative + "/"
    return f"{relative}#{anchor}" if anchor else relative


def root_url(target: str) -> str:
    """The address of the page or file `target` from the root of its language: 'services/wifi/'."""
    path, _, anchor = target.partition("#")
    published = _published(path)
    address = f"{published}/" if path.endswith(".md") and published else published
    return f"{address}#{anchor}" if anchor else address


def _published(path: str) -> str:
    """The path under the site, without a slash at the end."""
    if not path.endswith(".md"):
        return path
    bare = path.removesuffix(".md")
    return "" if bare == "index" else bare.removesuffix("/index")
