"""The home page: promise, needs, families, most asked, service desk, news and a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from markupsafe import Markup

from comptoir.addresses import PAGES
from comptoir.content.disturbances import (
    LiveStatus,
    ProblemLine,
    WorksLine,
    coming_works,
    live_status,
    open_problems,
)
from comptoir.content.edition import Edition
from comptoir.content.parts import (
    ContactView,
    FamilyMark,
    Link,
    NewsLine,
    ServiceLine,
    contact_view,
    count_services,
    family_mark,
    news_line,
    offered,
    search_hint,
    service_lines,
    services_of,
    sorted_families,
    sorted_news,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.customers import News
from comptoir.model.organisation import ServiceDesk
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle
from comptoir.site.pages.page import Page

NEEDS_SHOWN: Final = 8
NEWS_SHOWN: Final = 3
DISTURBANCES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A result in one figure: its value, what it measures and the promise beside it, each as text."""

    value: str
    name: str
    promise: str
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class DeskView:
    """The service desk on the home page."""

    contact: ContactView
    promise: str
    portal: str
    mailbox: str
    mailbox_promise: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows."""

    promise: str
    slogan: str
    search_hint: str
    notice: Markup
    works: tuple[WorksLine, ...]
    problems: tuple[ProblemLine, ...]
    disturbances_url: LinkTarget
    live: LiveStatus | None
    services_url: LinkTarget
    families_url: LinkTarget
    news_url: LinkTarget
    count: int
    count_text: str
    needs: tuple[Link, ...]
    families: tuple[FamilyMark, ...]
    most_asked: tuple[ServiceLine, ...]
    desk: DeskView
    news: tuple[NewsLine, ...]
    figures: tuple[Figure, ...]
    results_url: LinkTarget
    report: Link | None
    reasons: tuple[Link, ...]


def home_pages(at: Edition, figures: tuple[Figure, ...] = ()) -> Iterator[Page]:
    """The home page; `figures` are the last results, at most three (none: nothing is shown)."""
    organisation = at.catalogue.organisation
    count = len(offered(at.catalogue.services.values()))
    view = HomeView(
        promise=at.text(organisation.promise),
        slogan=at.text(organisation.slogan),
        search_hint=search_hint(at),
        notice=at.html(organisation.notice),
        works=coming_works(at)[:DISTURBANCES_SHOWN],
        problems=open_problems(at)[:DISTURBANCES_SHOWN],
        disturbances_url=Ref("page", "disturbances")
        if at.catalogue.works or at.catalogue.known_problems
        else "",
        live=live_status(at, PAGES["home"], offered(at.catalogue.services.values())),
        services_url=Ref("page", "services"),
        families_url=Ref("page", "families"),
        news_url=Ref("page", "news"),
        count=count,
        count_text=count_services(at, count),
        needs=_needs(at),
        families=tuple(family_mark(at, family) for family in sorted_families(at)),
        most_asked=service_lines(at, organisation.most_asked),
        desk=_desk(at, organisation.service_desk),
        news=tuple(news_line(at, news) for news in _front_news(at)),
        figures=figures[:3],
        results_url=Ref("page", "results"),
        report=Link(
            at.language.gettext("Lire le rapport du trimestre"), Ref("report", str(at.results.quarter))
        )
        if at.results
        else None,
        reasons=tuple(Link(at.text(r.title), "", at.text(r.text)) for r in organisation.reasons),
    )
    title = f"{at.text(organisation.department)} – {at.text(organisation.name)}"
    yield Page(
        PAGES["home"],
        "home.md.j2",
        view,
        title,
        description=view.promise,
        source=organisation.file,
        section="home",
    )


def _needs(at: Edition) -> tuple[Link, ...]:
    """What customers say: first needs of the most asked services, then of each family in turn."""
    services = at.catalogue.services
    asked = [services[name] for name in at.catalogue.organisation.most_asked if name in services]
    by_family = (services_of(at, family.id) for family in sorted_families(at))
    in_turn = [s for row in zip_longest(*by_family) for s in row if s is not None]
    chosen: dict[str, Link] = {}
    for service in [*asked, *in_turn]:
        if service.needs and service.id not in chosen and service.lifecycle is Lifecycle.LIVE:
            chosen[service.id] = _need(at, service)
    return tuple(chosen.values())[:NEEDS_SHOWN]


def _need(at: Edition, service: Service) -> Link:
    return Link(at.text(service.needs[0]), Ref("service", service.id), at.text(service.name))


def _desk(at: Edition, desk: ServiceDesk) -> DeskView:
    contact = contact_view(at, desk)
    assert contact is not None
    mailbox = at.catalogue.organisation.functional_mailbox
    return DeskView(
        contact, at.text(desk.promise), desk.portal or "", mailbox.address, at.text(mailbox.promise)
    )


def _front_news(at: Edition) -> tuple[News, ...]:
    current = [n for n in sorted_news(at) if n.until is None or n.until >= at.today]
    current.sort(key=lambda n: not n.pinned)
    return tuple(current[:NEWS_SHOWN])
