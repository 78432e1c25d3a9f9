"""Checks a finished site: pages in, what leads nowhere or to a foreign host, and what runs code, out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What stands in quotes is read as a whole: a text may well speak of src=x, or hold a bracket.
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)((?:[^<>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+)>")
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([a-zA-Z][a-zA-Z0-9:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))"
)
_ADDRESSES = frozenset({"href", "xlink:href", "src", "srcset", "poster", "action", "formaction", "data"})
_RUNS = re.compile(r"on[a-z]+|srcdoc|http-equiv", re.IGNORECASE)  # attributes
_LEADS_ON = re.compile(
    r'\s+http-equiv="refresh"\s+content="0; url=((?:\.\./)+(?:[a-z0-9-]+/)*)"\s*/?'
)  # of a page that moved
_EMBEDS = frozenset({"iframe", "frame", "object", "embed", "applet", "base"})
_IDENTIFIER = re.compile(r"\s(?:id|name)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_UNREAD = re.compile(r"<(?:!--.*?-->|(script\b[^>]*>).*?</script\b[^>]*>)", re.DOTALL | re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
_VISITED = frozenset({"a", "area", "form"})  # followed by a reader, not fetched by the page


@dataclass(frozen=True, slots=True, order=True)
class PageFault:
    """A link of a page that leads nowhere, or something that it would fetch from another host."""

    page: str
    target: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}: {self.target}"


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """A finished site: every file by its path in it, and the text of its pages."""

    files: Mapping[str, Path]
    pages: Mapping[str, str]


def read_site(root: Path) -> SiteFiles:
    """The site below `root`."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    pages = {name: path.read_text("utf-8") for name, path in sorted(files.items()) if name.endswith(".html")}
    return SiteFiles(files, pages)


def check_pages(site: SiteFiles) -> Iterator[PageFault]:
    """The faults of a site: links between pages, anchors, assets, foreign hosts, attributes and elements that run code."""
    anchors = {name: _anchors(text) for name, text in site.pages.items()}
    for name, text in site.pages.items():
        yield from _check_page(name, text, site.files, anchors)
    for name, path in site.files.items():
        if name.endswith(".css"):
            yield from _check_css(name, path.read_text("utf-8"), site.files)


def _anchors(text: str) -> frozenset[str]:
    return frozenset(unescape(next(filter(None, groups), "")) for groups in _IDENTIFIER.findall(text))


def _check_page(
    page: str, text: str, files: Mapping[str, Path], anchors: Mapping[str, frozenset[str]]
) -> Iterator[PageFault]:
    without_code = _UNREAD.sub(lambda match: f"<{match[1]}" if match[1] else "", text)
    for tag, written in _TAG.findall(without_code):
        if "=" not in written:
            continue
        if acts := _runs_code(tag.lower(), written):
            yield PageFault(page, acts, "runs code, or brings in another page")
        if page.endswith("404.html"):  # served at any depth: its links are absolute
            continue
        for target in _targets(tag.lower(), written):
            reason = _fault(page, tag.lower(), written, target, files, anchors)
            if reason:
                yield PageFault(page, target, reason)


@lru_cache(maxsize=65536)
def _runs_code(tag: str, attributes: str) -> str:
    """What of a tag runs code, or ''."""
    if tag == "meta" and _LEADS_ON.fullmatch(attributes):
        return ""
    names = (name for name, *_ in _ATTRIBUTE.findall(attributes) if _RUNS.fullmatch(name))
    return f"<{tag}>" if tag in _EMBEDS else next((f"<{tag} {name}=…>" for name in names), "")


@lru_cache(maxsize=65536)  # most tags of a page stand on others too
def _targets(tag: str, attributes: str) -> tuple[str, ...]:
    """The addresses among the attributes of a tag."""
    return tuple(_read_targets(tag, attributes))


def _read_targets(tag: str, attributes: str) -> Iterator[str]:
    if tag == "meta" and (leads := _LEADS_ON.fullmatch(attributes)):
        yield leads[1]
    for name, *values in _ATTRIBUTE.findall(attributes):
        if name.lower() not in _ADDRESSES or (name.lower() == "data" and tag != "object"):
            continue
        value = unescape("".join(values)).strip()
        if name.lower() == "srcset":
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        else:
            yield value


def _fault(
    page: str,
    tag: str,
    attributes: str,
    target: str,
    files: Mapping[str, Path],
    anchors: Mapping[str, frozenset[str]],
) -> str:
    """Why `target` is a fault, or ''."""
    try:
        parts = urlsplit(target)
    except ValueError:  # an open bracket, as of IPv6
        return "not an address"
    if parts.scheme in {"http", "https"} or parts.netloc:
        is_visited = tag in _VISITED or (
            tag == "link" and re.search(r"rel=[\"']?(canonical|alternate|me)\b", attributes)
        )
        return "" if is_visited else "fetched from another host"
    if parts.scheme in {"mailto", "tel"}:
        return "" if tag in _VISITED else "not an address to fetch from"
    if parts.scheme == "data" and tag in {"img", "image", "link"}:
        return ""
    if parts.scheme:
        return "unsafe scheme"
    if tag == "script" and not parts.path.endswith(".js"):
        return "a script that is not the theme's"
    place = _resolve(page, parts.path)
    if place is None or place not in files:
        return "leads nowhere"
    if parts.fragment and place in anchors and unquote(parts.fragment) not in anchors[place]:
        return "" if parts.fragment.startswith("__") else "leads to no such place in the page"
    return ""


def _resolve(page: str, path: str) -> str | None:
    """The file that `path`, written in `page`, leads to; None when it leaves the site."""
    if not path:
        return page
    if path.startswith("/"):
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    if place == ".." or place.startswith("../"):
        return None
    if path.endswith(("/", "/..")) or path in {".", ".."}:
        return posixpath.normpath(posixpath.join(place, "index.html"))
    return place


def _check_css(name: str, text: str, files: Mapping[str, Path]) -> Iterator[PageFault]:
    for groups in _CSS_URL.findall(text):
        target = next(filter(None, groups))
        try:
            parts = urlsplit(target)
        except ValueError:
            yield PageFault(name, target, "not an address")
            continue
        if parts.scheme == "data" or target.startswith("#"):
            continue
        if parts.scheme or parts.netloc:
            yield PageFault(name, target, "fetched from another host")
        elif _resolve(name, parts.path) not in files:
            yield PageFault(name, target, "leads nowhere")
