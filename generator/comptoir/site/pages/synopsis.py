"""The synopsis: the whole offer on one page, made to be seen at a glance and printed as a poster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comptoir.addresses import PAGES
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.parts import (
    ContactView,
    FamilyMark,
    Link,
    ServiceLine,
    contact_view,
    count_services,
    family_mark,
    offered,
    service_line,
    services_of,
    sorted_families,
)
from comptoir.model.services import Family
from comptoir.site.pages.page import Page, trail

ROOMY: Final = 16
"""With so few services, the printed page has room for larger letters."""


@dataclass(frozen=True, slots=True)
class Band:
    """A family with its services, in `columns` columns on a wide page."""

    mark: FamilyMark
    services: tuple[ServiceLine, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class SynopsisView:
    """All that the synopsis shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    organisation: str
    department: str
    slogan: str
    bands: tuple[Band, ...]
    desk: ContactView | None
    portal: str
    mailbox: str
    address: str
    roomy: bool
    downloads: tuple[Link, ...]


def synopsis_pages(at: Edition) -> Iterator[Page]:
    """The synopsis."""
    say = at.language.gettext
    organisation = at.catalogue.organisation
    bands = tuple(_band(at, family) for family in sorted_families(at))
    count = len(offered(at.catalogue.services.values()))
    view = SynopsisView(
        title=say("L'offre en une page"),
        lead=say("%(services)s, d'un seul coup d'œil.") % {"services": count_services(at, count)},
        crumbs=trail(at, "families"),
        organisation=at.text(organisation.name),
        department=at.text(organisation.department),
        slogan=at.text(organisation.slogan),
        bands=tuple(band for band in bands if band.services),
        desk=contact_view(at, organisation.service_desk),
        portal=organisation.service_desk.portal or "",
        mailbox=organisation.functional_mailbox.address,
        address=_spoken(organisation.site_url or ""),
        roomy=count <= ROOMY,
        downloads=download_links(at, "poster", "catalogue", "slides"),
    )
    yield Page(
        PAGES["synopsis"],
        "synopsis.md.j2",
        view,
        view.title,
        description=view.lead,
        section="families",
        search={"exclude": True},
    )


def _band(at: Edition, family: Family) -> Band:
    services = tuple(service_line(at, service) for service in services_of(at, family.id))
    return Band(family_mark(at, family), services, columns(len(services)))


def columns(count: int) -> int:
    """Into how many columns `count` services go, so that the last row is as full as can be: 3, 4 or 5."""
    if count <= 5:
        return max(count, 3)
    return max((5, 4, 3), key=lambda width: ((count % width) or width) / width)


def _spoken(address: str) -> str:
    """The address as one reads it on paper: without scheme, nor slash at the end."""
    return address.partition("://")[2].rstrip("/")
