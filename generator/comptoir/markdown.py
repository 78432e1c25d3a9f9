"""Users' Markdown in, safe HTML out; and the links it holds, for the rules to check.

HTML written in Markdown is shown as text. What Markdown gives is then cleaned against a list of allowed tags, so
that a fault in one of the two steps is caught by the other. Links inside the catalogue name what they lead to
(`service:wifi`, `page:commitments`); the caller says at which address that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

Resolve = Callable[[str, str], str | None]

LINK_KINDS: Final = (
    "service",
    "family",
    "segment",
    "agreement",
    "partner",
    "news",
    "term",
    "page",
    "indicator",
)
PAGES: Final = frozenset(
    {"home", "services", "families", "segments", "commitments", "results", "reports", "partners"}
    | {"synopsis", "downloads", "actions", "committees", "news", "glossary", "about"}
)
"""The pages that `page:` names, beside those of entities."""
SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", re.DOTALL)
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_RAW_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<\?")
_CODE = re.compile(r"(`+)(?:.|\n)*?\1|^(?: {4}|\t).*$", re.MULTILINE)
_SIMPLE_LINK = re.compile(r"(!?)\[(?:[^\[\]()\n]|\n(?=[^\W\d_]))+\]\(([\w:/.?=#+@%-]+)\)")
_NOT_SIMPLE = re.compile(
    r"[`~<>\\&\x00-\x08]|^(?: {4}|\t)|^ *:", re.MULTILINE
)  # code, HTML, escapes, definitions
_HIDDEN_MAIL: Final = "\x02amp\x03"  # how Markdown hides the letters of <name@example.org>
_TAGS: Final = frozenset(
    {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd"}
    | {"strong", "em", "del", "code", "a", "img", "table", "thead", "tbody", "tr", "th", "td"}
)


@dataclass(frozen=True, slots=True)
class MarkdownLink:
    """A link or image: its target as written, and the line of the text (from 0) where it stands."""

    target: str
    line: int
    is_image: bool = False

    @property
    def scheme(self) -> str:
        """What stands before the colon, in lower case; '' for a relative address."""
        match = _SCHEME.match(_IGNORED_IN_URLS.sub("", self.target))
        return match.group(1).lower() if match else ""

    @property
    def name(self) -> str:
        """What stands after the colon; the whole target when there is no scheme."""
        return self.target.partition(":")[2] if self.scheme else self.target


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={
        "*": set(),
        "a": {"href"},
        "img": {"src", "alt"},
        "th": {"align"},
        "td": {"align"},
        "ol": {"start"},
    },
    url_schemes=set(SAFE_SCHEMES),
    link_rel=None,
)
_STRIPPER: Final = nh3.Cleaner(tags=set())


def render_markdown(text: str, resolve: Resolve) -> str:
    """The HTML of `text`.

    `resolve(kind, name)` gives the address of what `kind:name` names, or None: the link is then left as plain
    text, as are links of a scheme that is not safe. Images are files of the catalogue (kind 'file').
    Headings begin at level 3, since a field always stands under a heading of its page.
    """
    if "[" in text or "<" in text:
        return _render(text, resolve)
    return _render_without_links(text)


@lru_cache(maxsize=8192)
def _render_without_links(text: str) -> str:
    """The HTML of a text that reads alike wherever it stands: a page, a sheet and the catalogue show the same."""
    return _render(text, lambda kind, name: None)


def _render(text: str, resolve: Resolve) -> str:
    converter, links = _converter()
    links.resolve = resolve
    html = converter.reset().convert(text)
    return _CLEANER.clean(html)


def find_links(text: str) -> tuple[MarkdownLink, ...]:
    """The links and images of `text`, in order."""
    simple = _find_simple_links(text)
    if simple is not None:
        return simple
    converter, links = _converter()
    links.resolve = lambda kind, name: None
    links.found.clear()
    converter.reset().convert(text)
    found = []
    for target, is_image in links.found:
        place = text.find(target)
        found.append(MarkdownLink(target, text.count("\n", 0, max(place, 0)), is_image))
    return tuple(found)


def _find_simple_links(text: str) -> tuple[MarkdownLink, ...] | None:
    """The links of a text that holds nothing but plain ones, without the cost of the parser; None for any other."""
    if _NOT_SIMPLE.search(text):
        return None
    found = tuple(
        MarkdownLink(match.group(2), text.count("\n", 0, match.start(2)), match.group(1) == "!")
        for match in _SIMPLE_LINK.finditer(text)
    )
    return found if len(found) == text.count("[") == text.count("]") else None


def find_raw_html(text: str) -> tuple[tuple[int, str], ...]:
    """HTML tags in `text` outside code: the line (from 0) and the tag. They are shown as text, not obeyed."""
    bare = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return tuple((bare.count("\n", 0, m.start()), m.group()) for m in _RAW_TAG.finditer(bare))


@lru_cache(maxsize=20_000)
def plain_text(text: str) -> str:
    """`text` without its Markdown marks, on one line: for descriptions, search words and counts."""
    html = render_markdown(text, lambda kind, name: None)
    bare = _STRIPPER.clean(re.sub(r"</(p|li|h\d|td|th|dt|dd)>|<br>", " ", html))
    for entity, character in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u00a0"),
        ("&quot;", '"'),
        ("&amp;", "&"),
    ):
        bare = bare.replace(entity, character)
    return re.sub(r"[ \t\n]+", " ", bare).strip()


class _Links(Treeprocessor):
    """Resolves links and lowers headings; collects what it saw."""

    def __init__(self) -> None:
        super().__init__()
        self.resolve: Resolve = lambda kind, name: None
        self.found: list[tuple[str, bool]] = []

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element.tag == "a":
                self._resolve_link(element)
            elif element.tag == "img":
                self._resolve_image(element)
            elif re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{min(int(element.tag[1]) + 2, 6)}"

    def _resolve_link(self, element: Element) -> None:
        target = element.get("href", "")
        if target.startswith(_HIDDEN_MAIL):
            self.found.append((unescape(target.replace(_HIDDEN_MAIL, "&")), False))
            return
        self.found.append((target, False))
        link = MarkdownLink(target, 0)
        if link.scheme in SAFE_SCHEMES:
            return
        address = self.resolve(link.scheme, link.name) if link.scheme in LINK_KINDS else None
        if address is None:
            element.attrib.clear()
            element.tag = "span"
        else:
            element.set("href", address)

    def _resolve_image(self, element: Element) -> None:
        target = element.get("src", "")
        self.found.append((target, True))
        address = None if MarkdownLink(target, 0).scheme else self.resolve("file", target)
        if address is not None:
            element.set("src", address)
            return
        words = element.get("alt", "")
        element.attrib.clear()
        element.tag = "span"
        SubElement(element, "em").text = words


class _Safe(Extension):
    """Switches off HTML and puts our links in."""

    def __init__(self, links: _Links) -> None:
        super().__init__()
        self.links = links

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(self.links, "comptoir-links", 0)


@cache
def _converter() -> tuple[Markdown, _Links]:
    links = _Links()
    extensions: list[Extension | str] = [
        TableExtension(use_align_attribute=True),
        "sane_lists",
        "fenced_code",
        "def_list",
        _Safe(links),
    ]
    return Markdown(extensions=extensions), links
