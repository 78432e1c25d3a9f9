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

from comptoir.addresses import web_address
from comptoir.brand import OWN_PICTOGRAMS, inline_svg, read_pictogram
from comptoir.content.edition import NO_PICTOGRAM, Edition
from comptoir.content.references import LinkTarget, Ref
from comptoir.markdown import plain_text
from comptoir.model.base import Entity, Located, Text
from comptoir.paper.content import content_tree
from comptoir.paper.types import Place, ViewData

Anchor = tuple[str, str]
"""A kind and an identifier."""

PICTURES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
_ASSET: Final = "asset/"  # a relative address, which the cleaner of HTML lets pass


@dataclass(slots=True)
class Paper:
    """Gathers what one document shows. The only thing of printing that changes, and only while it is written.

    `inside` are the parts that the document holds: links to them are '#kind-name'. Other links are full addresses, or
    '' where the organisation does not say the address of its site.
    """

    at: Edition
    inside: frozenset[Anchor] = frozenset()
    places: dict[str, Place] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    drawings: dict[str, ViewData] = field(default_factory=dict)

    def address(self, target: LinkTarget) -> str:
        """Where a printed link leads."""
        if isinstance(target, str):
            return target
        if (target.kind, target.name) in self.inside:
            return f"#{target.kind}-{target.name}"
        return self.web_address(target)

    def web_address(self, ref: Ref) -> str:
        """The full address on the site; '' where that is not known."""
        return web_address(self.at.catalogue.organisation, self.at.language.code, ref)

    def tree(self, markdown: str, level: int = 3) -> list[ViewData]:
        """Markdown as a tree, with its pictures; a link that leads nowhere on paper leaves its words."""
        tree = content_tree(self.at.markdown(markdown, level, self._address_in_text))
        self._bring_pictures(tree)
        return tree

    def _address_in_text(self, ref: Ref) -> str | None:
        if ref.kind == "file":
            return f"{_ASSET}{ref.name}" if PurePosixPath(ref.name).suffix.lower() in PICTURES else None
        return self.address(ref) or None

    def resolved(self, shown: ViewData) -> ViewData:
        """What a document shows, its references as the addresses that paper gives them."""
        match shown:
            case Ref():
                return self.address(shown)
            case dict():
                return {key: self.resolved(value) for key, value in shown.items()}
            case list():
                return [self.resolved(value) for value in shown]
        return shown

    def text(self, owner: Located, *path: str | int) -> ViewData:
        """The user's text at `path` of `owner`, with its place: `{text, place}`; None when there is none."""
        value = _follow(owner, path)
        if not isinstance(value, Text):
            if not isinstance(value, str) or not value:
                return None
            value = Text(value)
        words = self.at.text(value)
        return {"text": words, "place": self._place(owner, path, value, words)}

    def texts(self, owner: Located, *path: str | int) -> list[ViewData]:
        """The user's texts of the list at `path`, each with its place."""
        items = _follow(owner, path)
        return (
            [self.text(owner, *path, index) for index in range(len(items))]
            if isinstance(items, tuple)
            else []
        )

    def markdown(self, owner: Located, *path: str | int, level: int = 3) -> ViewData:
        """The user's Markdown at `path` as a tree, with its place: `{tree, place}`; None when there is none."""
        value = _follow(owner, path)
        if not isinstance(value, Text):
            return None
        written = value.in_language(self.at.language.code)
        words = plain_text(written)
        return {"tree": self.tree(written, level), "place": self._place(owner, path, value, words)}

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

    def qr_code(self, address: str) -> ViewData:
        """The address as a QR code: `{svg, address, words}`; None for no address."""
        return {"svg": _qr_code(address), "address": address, "words": spoken(address)} if address else None

    def _place(self, owner: Located, path: tuple[str | int, ...], value: Text, words: str) -> str:
        named = owner.id if isinstance(owner, Entity) else type(owner).__name__.lower()
        name = f"{type(owner).__name__.lower()}/{named}/{'.'.join(map(str, path))}"
        full = (*path, self.at.language.code) if value.languages else path
        self.places[name] = Place(owner, full, words)
        return name

    def _bring_pictures(self, tree: list[ViewData]) -> None:
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
