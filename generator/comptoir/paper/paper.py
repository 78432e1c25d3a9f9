"""One document being written: the catalogue in one language in; texts that know their place, drawings, pictures out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

import segno

from comptoir.brand import OWN_PICTOGRAMS, inline_svg, read_pictogram
from comptoir.content.context import NO_PICTOGRAM, PageContext
from comptoir.markdown import plain_text
from comptoir.model.base import Entity, Located, Text
from comptoir.paper.content import content_tree
from comptoir.paper.types import Json, Place

Anchor = tuple[str, str]
"""A kind and an identifier."""

PICTURES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
_ASSET: Final = "asset/"  # a relative address, which the cleaner of HTML lets pass


@dataclass(frozen=True, slots=True)
class PaperContext(PageContext):
    """The site as seen from paper: links are full addresses, or lead to a place of the same document.

    `inside` are the parts that the document holds; their links are '#kind-name'. A link is '' where the
    organisation does not say the address of its site.
    """

    inside: frozenset[Anchor] = frozenset()

    def url(self, kind: str, name: str) -> str:
        """Where a printed link leads."""
        if (kind, name) in self.inside:
            return f"#{kind}-{name}"
        return self.web_address(kind, name)

    def web_address(self, kind: str, name: str) -> str:
        """The full address of a page, or ''."""
        if self.catalogue.organisation.site_url is None:
            return ""
        return PageContext.address(self, kind, name)

    def resolve(self, kind: str, name: str) -> str | None:
        """What a link or a picture of a user's Markdown leads to; None leaves its words."""
        if kind == "file":
            known = f"catalogue/{name}" in self.catalogue.assets
            return f"{_ASSET}{name}" if known and PurePosixPath(name).suffix.lower() in PICTURES else None
        if PageContext.resolve(self, kind, name) is None:
            return None
        return self.url(kind, name) or None

    def file_url(self, file: str) -> str:
        """The full address of a published file of catalogue/, or ''."""
        site_url = self.catalogue.organisation.site_url
        return f"{site_url.rstrip('/')}/files/{file}" if site_url else ""


@dataclass(slots=True)
class Paper:
    """Gathers what one document shows. The only thing of printing that changes, and only while it is written."""

    at: PaperContext
    places: dict[str, Place] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    drawings: dict[str, Json] = field(default_factory=dict)

    def text(self, owner: Located, *path: str | int) -> Json:
        """The user's text at `path` of `owner`, with its place: `{text, place}`; None when there is none."""
        value = _follow(owner, path)
        if not isinstance(value, Text):
            if not isinstance(value, str) or not value:
                return None
            value = Text(value)
        words = self.at.text(value)
        return {"text": words, "place": self._place(owner, path, value, words)}

    def texts(self, owner: Located, *path: str | int) -> list[Json]:
        """The user's texts of the list at `path`, each with its place."""
        items = _follow(owner, path)
        return (
            [self.text(owner, *path, index) for index in range(len(items))]
            if isinstance(items, tuple)
            else []
        )

    def markdown(self, owner: Located, *path: str | int, level: int = 3) -> Json:
        """The user's Markdown at `path` as a tree, with its place: `{tree, place}`; None when there is none."""
        value = _follow(owner, path)
        if not isinstance(value, Text):
            return None
        tree = content_tree(self.at.html(value, level))
        self._bring_pictures(tree)
        words = plain_text(value.in_language(self.at.language.code))
        return {"tree": tree, "place": self._place(owner, path, value, words)}

    def drawing(self, name: str) -> str:
        """The pictogram of that name, a neutral one if it cannot be had; gives the name to draw it by."""
        if name not in self.drawings:
            self.drawings[name] = _drawing(name, self.at.catalogue.svgs.get(f"{OWN_PICTOGRAMS}{name}.svg"))
        return name

    def picture(self, file: str | None) -> str:
        """A picture of catalogue/ (a logo, a photograph); gives the name to show it by, '' if it cannot be had."""
        path = self.at.catalogue.assets.get(f"catalogue/{file}") if file else None
        if path is None:
            return ""
        content = path.read_bytes()
        suffix = path.suffix.lower()
        if suffix == ".svg":
            content = _clean(content)
            if not content:
                return ""
        name = f"assets/{hashlib.sha256(content).hexdigest()[:24]}{suffix}"
        self.assets[name] = content
        return name

    def qr_code(self, address: str) -> Json:
        """The address as a QR code: `{svg, address, words}`; None for no address."""
        return {"svg": _qr_code(address), "address": address, "words": spoken(address)} if address else None

    def _place(self, owner: Located, path: tuple[str | int, ...], value: Text, words: str) -> str:
        named = owner.id if isinstance(owner, Entity) else type(owner).__name__.lower()
        name = f"{type(owner).__name__.lower()}/{named}/{'.'.join(map(str, path))}"
        full = (*path, self.at.language.code) if value.languages else path
        self.places[name] = Place(owner, full, words)
        return name

    def _bring_pictures(self, tree: list[Json]) -> None:
        for node in tree:
            if isinstance(node, dict):
                source = node.get("src")
                if isinstance(source, str):
                    node["src"] = self.picture(source.removeprefix(_ASSET))
                inside = node.get("children")
                if isinstance(inside, list):
                    self._bring_pictures(inside)


def spoken(address: str) -> str:
    """The address as one reads it on paper: without scheme, nor slash at the end."""
    return (address.partition("://")[2] or address).rstrip("/")


def _follow(owner: Located, path: tuple[str | int, ...]) -> object:
    value: Any = owner
    for step in path:
        if value is None:
            return None
        value = value[step] if isinstance(step, int) or isinstance(value, Mapping) else getattr(value, step)
    return value


@cache
def _drawing(name: str, own: bytes | None) -> str:
    try:
        return read_pictogram(name, {f"{OWN_PICTOGRAMS}{name}.svg": own} if own else {})
    except (KeyError, ValueError):
        return read_pictogram(NO_PICTOGRAM, {})


@cache
def _clean(svg: bytes) -> bytes:
    """The harmless parts of a drawing; nothing for one that is not safe."""
    try:
        return inline_svg(svg).encode()
    except ValueError:
        return b""


@cache
def _qr_code(address: str) -> str:
    # A chequered mask suits any address; to try all eight takes four fifths of the time.
    code = segno.make(address, error="m", micro=False, mask=0)
    written = BytesIO()
    # With its namespace: the poster as a drawing holds the code as a picture, which browsers leave blank without one.
    code.save(
        written, kind="svg", xmldecl=False, nl=False, border=0, svgclass=None, lineclass=None, omitsize=True
    )
    return written.getvalue().decode()
