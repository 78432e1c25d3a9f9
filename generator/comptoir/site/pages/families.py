"""The families: the index of the whole offer, and one page a family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import PAGES, page_path
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.parts import (
    FamilyMark,
    Link,
    ServiceLine,
    count_services,
    family_mark,
    offered,
    service_line,
    services_of,
    sorted_families,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.services import Family
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class FamilyWithServices:
    """A family in the index, with links to its services."""

    mark: FamilyMark
    services: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FamiliesView:
    """All that the index of families shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    families: tuple[FamilyWithServices, ...]
    services_url: LinkTarget
    synopsis_url: LinkTarget


@dataclass(frozen=True, slots=True)
class FamilyView:
    """All that the page of a family shows."""

    mark: FamilyMark
    crumbs: tuple[Link, ...]
    description: Markup
    services: tuple[ServiceLine, ...]
    others: tuple[FamilyMark, ...]
    downloads: tuple[Link, ...]


def family_pages(at: Edition) -> Iterator[Page]:
    """The index of families, then each family."""
    yield _index(at)
    for family in at.catalogue.families.values():
        yield _family(at, family)


def _index(at: Edition) -> Page:
    say = at.language.gettext
    title = say("L'offre")
    count = count_services(at, len(offered(at.catalogue.services.values())))
    families = sorted_families(at)
    grouped = at.language.ngettext(
        "%(services)s dans %(num)s famille.", "%(services)s dans %(num)s familles.", len(families)
    )
    view = FamiliesView(
        title=title,
        lead=grouped % {"services": count, "num": at.language.number(len(families))},
        crumbs=trail(at),
        families=tuple(_with_services(at, family) for family in families),
        services_url=Ref("page", "services"),
        synopsis_url=Ref("page", "synopsis"),
    )
    return Page(PAGES["families"], "families.md.j2", view, title, description=view.lead, section="families")


def _with_services(at: Edition, family: Family) -> FamilyWithServices:
    links = (Link(at.text(s.name), Ref("service", s.id)) for s in services_of(at, family.id))
    return FamilyWithServices(family_mark(at, family), tuple(links))


def _family(at: Edition, family: Family) -> Page:
    mark = family_mark(at, family)
    view = FamilyView(
        mark=mark,
        crumbs=trail(at, "families"),
        description=at.html(family.description),
        services=tuple(service_line(at, service) for service in services_of(at, family.id)),
        others=tuple(family_mark(at, other) for other in sorted_families(at) if other.id != family.id),
        downloads=download_links(at, "catalogue", "slides"),
    )
    return Page(
        page_path("family", family.id),
        "family.md.j2",
        view,
        mark.name,
        description=mark.summary,
        section="families",
        source=family.file,
    )
