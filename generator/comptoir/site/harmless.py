"""A page that templates of a project's own made in; what in it could run in a reader's browser out.

Elements are those of a list: what is not known to be harmless is refused. The finished site is checked again, and the policy
of the web server allows no other script than the theme's.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from comptoir.svg import SHAPES

_ELEMENT_NAMES: Final = (
    "a abbr address article aside audio b bdi bdo blockquote br button caption cite code col colgroup data datalist dd del "
    "details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins "
    "kbd label legend li main mark menu meter nav ol optgroup option output p picture pre progress q rp rt ruby s samp search "
    "section select small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr"
)
_ELEMENTS: Final = frozenset(_ELEMENT_NAMES.split()) | {name.lower() for name in SHAPES}
_OF_TEXT: Final = re.compile(r"(</?)(?:style|textarea|title)(?=[\s/>])", re.IGNORECASE)
"""Elements whose content is text, or is not, as they stand in a drawing: what they hold is looked at in any case."""

_ADDRESSES: Final = frozenset(
    {"href", "xlink:href", "src", "srcset", "action", "formaction", "poster", "data", "ping", "background"}
)
_RUNS: Final = re.compile(r"on.*|srcdoc|http-equiv", re.DOTALL)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):")
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]+")
_FOLLOWED: Final = frozenset({"http", "https", "mailto", "tel"})
_DATA: Final = [("type", "application/ld+json")]


def find_active(html: str) -> str:
    """The first thing in `html` that could run code or bring in another page, as a reader of its template would write it; '' if none."""
    reader = _Reader()
    reader.feed(_OF_TEXT.sub(r"\1g", html))
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.found:
            self.found = _judge(tag, attrs)

    def handle_decl(self, decl: str) -> None:
        self.found = self.found or f"<!{decl[:40]}>"

    def handle_pi(self, data: str) -> None:
        self.found = self.found or f"<?{data[:40]}>"

    def unknown_decl(self, data: str) -> None:
        self.found = self.found or f"<![{data[:40]}"


def _judge(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    if tag not in _ELEMENTS and not (tag == "script" and attrs == _DATA):
        return f"<{tag}>"
    for name, value in attrs:
        if _RUNS.fullmatch(name):
            return f"<{tag} {name}=…>"
        scheme = _SCHEME.match(_IGNORED.sub("", value or "").lower()) if name in _ADDRESSES else None
        if scheme and scheme[1] not in _FOLLOWED and not (tag == "img" and scheme[1] == "data"):
            return f'<{tag} {name}="{scheme[1]}:…">'
    return ""
