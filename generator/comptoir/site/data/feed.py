"""News for feed readers: an edition in; its pieces of news and planned works as Atom (RFC 4287), the newest first, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from xml.etree import ElementTree as Xml

from comptoir.addresses import web_address
from comptoir.content.disturbances import AHEAD, coming_works
from comptoir.content.edition import Edition
from comptoir.content.parts import sorted_news
from comptoir.content.references import Ref

FEED: Final = "news.atom"
"""Where it is published, for each language."""

_MOST: Final = 40
_ATOM: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class _Entry:
    identifier: str
    title: str
    day: date
    url: str
    summary: str


def feed_file(at: Edition) -> dict[str, str | bytes]:
    """The feed; nothing where `has_feed` is false.

    An entry keeps its identifier and its day from build to build, so that readers tell it once: the day of the news, or that
    from which works are told.
    """
    if not has_feed(at):
        return {}
    entries = sorted((*_news(at), *_works(at)), key=lambda one: (one.day, one.identifier), reverse=True)
    return {FEED: _atom(at, entries[:_MOST])}


def has_feed(at: Edition) -> bool:
    """True where the address of the site is known, and there is something to tell."""
    return at.catalogue.organisation.site_url is not None and bool(sorted_news(at) or coming_works(at))


def _news(at: Edition) -> list[_Entry]:
    return [
        _Entry(url, at.text(one.title), one.date, url, at.text(one.summary))
        for one in sorted_news(at)
        for url in (_address(at, Ref("news", one.id)),)
    ]


def _works(at: Edition) -> list[_Entry]:
    page = _address(at, Ref("page", "disturbances"))
    return [
        _Entry(
            f"{page}#{one.id}",
            one.title,
            date.fromisoformat(one.begins[:10]) - AHEAD,
            page,
            " ".join(filter(None, (f"{one.when}.", one.change, one.meanwhile))),
        )
        for one in coming_works(at)
    ]


def _address(at: Edition, ref: Ref) -> str:
    return web_address(at.catalogue.organisation, at.language.code, ref)


def _atom(at: Edition, entries: list[_Entry]) -> bytes:
    organisation = at.catalogue.organisation
    home = _address(at, Ref("page", "home"))
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": at.language.code})
    _add(feed, "id", home)
    _add(feed, "title", f"{at.text(organisation.department)} – {at.language.gettext('Actualités')}")
    _add(feed, "updated", _instant(max(one.day for one in entries)))
    Xml.SubElement(feed, "link", {"rel": "self", "href": _address(at, Ref("path", FEED))})
    Xml.SubElement(feed, "link", {"href": home})
    _add(Xml.SubElement(feed, "author"), "name", at.text(organisation.department))
    for one in entries:
        entry = Xml.SubElement(feed, "entry")
        _add(entry, "id", one.identifier)
        _add(entry, "title", one.title)
        _add(entry, "updated", _instant(one.day))
        Xml.SubElement(entry, "link", {"href": one.url})
        _add(entry, "summary", one.summary)
    Xml.indent(feed)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = text


def _instant(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")
