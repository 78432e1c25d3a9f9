"""Where the site publishes what: a reference in; the path of its file, and addresses from a page or from outside, out."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import Final

from comptoir.content.references import Ref
from comptoir.model.organisation import Organisation

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
    "scorecard": "scorecard.md",
    "partners": "partners/index.md",
    "synopsis": "synopsis.md",
    "downloads": "downloads/index.md",
    "committees": "committees.md",
    "news": "news/index.md",
    "disturbances": "works.md",
    "glossary": "glossary.md",
    "about": "about.md",
}

FILES: Final = "files/"
"""Folder of the published files of the project, such as documents and pictures."""

_WRITTEN: Final = re.compile(r'\b(href|src|action)="@([a-z]+)/([^"#?]*)([^"]*)"')


def page_path(kind: str, name: str) -> str:
    """The path of the page of an entity ('service', 'wifi') or of a page of its own ('page', 'commitments').

    Raises KeyError when there is no such kind or page.
    """
    if kind == "page":
        return PAGES[name]
    if kind in ANCHORED:
        return f"{ANCHORED[kind]}#{name}"
    return f"{FOLDERS[kind]}/{name}.md"


def path_of(ref: Ref) -> str:
    """The path of what a reference names, under docs/, with its anchor. Raises KeyError when there is no such kind."""
    match ref.kind:
        case "file":
            path = FILES + ref.name
        case "path":
            path = ref.name
        case kind:
            path = page_path(kind, ref.name)
    return f"{path}#{ref.anchor}" if ref.anchor else path


def resolve_references(html: str, page: str) -> str:
    """The HTML of the page at the path `page`, its references as addresses relative to it.

    One to a page that there is not stays as it is, for the check of links to find.
    """

    def address(found: re.Match[str]) -> str:
        attribute, kind, name, rest = found.groups()
        try:
            path = path_of(Ref(kind, name))
        except KeyError:
            return found[0]
        return f'{attribute}="{relative_url(page, path)}{rest}"'

    return _WRITTEN.sub(address, html)


def web_address(organisation: Organisation, language: str, ref: Ref) -> str:
    """The full address on the site of that language; '' where the organisation does not say that of its site."""
    if organisation.site_url is None:
        return ""
    prefix = "" if language == organisation.languages[0] or ref.kind == "file" else f"{language}/"
    return f"{organisation.site_url.rstrip('/')}/{prefix}{root_url(path_of(ref))}"


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
