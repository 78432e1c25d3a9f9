"""The page of a service: benefits first, how to ask beside, and all that one may want to know below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from comptoir.addresses import page_path, relative_url, web_address
from comptoir.content.ask import RequestItemView, request_item_view
from comptoir.content.commitments import CommitmentTable
from comptoir.content.disturbances import (
    LiveStatus,
    ProblemLine,
    WorksLine,
    coming_works,
    live_status,
    open_problems,
)
from comptoir.content.edition import Edition
from comptoir.content.labels import QUALITY, label
from comptoir.content.own_fields import OwnFact
from comptoir.content.parts import (
    ContactView,
    FamilyMark,
    HoursView,
    Link,
    ServiceLine,
    family_mark,
    segment_links,
    service_lines,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.service import AskView, Banner, OfferingView, service_content
from comptoir.content.service_results import ServiceResults
from comptoir.model.services import Service
from comptoir.model.terms import Lifecycle
from comptoir.site.data.catalogue import json_ld
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class PartView:
    """Who or what takes part in the service: a partner, or a service that it needs."""

    name: str
    url: LinkTarget
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question and its answer."""

    question: str
    answer: Markup


@dataclass(frozen=True, slots=True)
class ServiceView:
    """All that the page of a service shows."""

    id: str
    name: str
    summary: str
    pictogram: Markup
    family: FamilyMark | None
    crumbs: tuple[Link, ...]
    banner: Banner | None
    works: tuple[WorksLine, ...]
    problems: tuple[ProblemLine, ...]
    live: LiveStatus | None
    ask: AskView
    benefits: tuple[str, ...]
    highlights: tuple[str, ...]
    description: Markup
    offerings: tuple[OfferingView, ...]
    request_items: tuple[RequestItemView, ...]
    included: tuple[str, ...]
    not_included: tuple[str, ...]
    steps: tuple[str, ...]
    segments: tuple[Link, ...]
    eligibility: Markup
    commitments: tuple[CommitmentTable, ...]
    rests_on: tuple[Link, ...]
    results: ServiceResults | None
    service_hours: HoursView | None
    support_hours: HoursView | None
    partners: tuple[PartView, ...]
    dependencies: tuple[PartView, ...]
    faq: tuple[QuestionView, ...]
    related: tuple[ServiceLine, ...]
    owner: ContactView | None
    own: tuple[OwnFact, ...]
    since: str
    rhythm: str
    review_date: str
    json_ld: Markup


def service_pages(at: Edition) -> Iterator[Page]:
    """A page for each service."""
    for service in at.catalogue.services.values():
        code = at.language.code
        words = [word.in_language(code) for word in (*service.keywords, *service.needs)]
        name = at.text(service.official_name)
        joined = [name.replace("-", "")] if "-" in name else []  # 'wifi' finds Wi-Fi
        yield Page(
            page_path("service", service.id),
            "service.md.j2",
            service_view(at, service),
            title=name,
            description=at.text(service.summary),
            section="services",
            source=service.file,
            tags=tuple(dict.fromkeys(at.language.typeset(word) for word in (*words, *joined))),
            search={"exclude": True} if service.lifecycle is Lifecycle.RETIRED else {"boost": 2},
        )


def _watched(at: Edition, service: Service) -> tuple[Service, ...]:
    """The service, and those that it needs."""
    known = at.catalogue.services
    needed = (known[one.service] for one in service.dependencies if one.service in known)
    return (service, *needed)


def service_view(at: Edition, service: Service) -> ServiceView:
    """All that the page of `service` shows."""
    family = at.catalogue.families.get(service.family)
    mark = family_mark(at, family) if family else None
    content = service_content(at, service)
    return ServiceView(
        id=service.id,
        name=at.text(service.official_name),
        summary=at.text(service.full_summary),
        pictogram=at.pictogram(service.pictogram or (family.pictogram if family else "")),
        family=mark,
        crumbs=_crumbs(at, mark),
        banner=content.banner,
        works=coming_works(at, service),
        problems=open_problems(at, service),
        live=live_status(at, page_path("service", service.id), _watched(at, service)),
        ask=content.ask,
        benefits=at.texts(service.benefits),
        highlights=at.texts(service.highlights),
        description=at.html(service.description),
        offerings=content.offerings,
        request_items=tuple(request_item_view(at, service, item) for item in service.request_items),
        included=at.texts(service.included),
        not_included=at.texts(service.not_included),
        steps=at.texts(service.request.steps),
        segments=segment_links(at, service.segments),
        eligibility=at.html(service.eligibility),
        commitments=content.commitments,
        rests_on=content.rests_on,
        results=content.results,
        service_hours=content.service_hours,
        support_hours=content.support_hours,
        partners=_partners(at, service),
        dependencies=_dependencies(at, service),
        faq=tuple(QuestionView(at.text(q.question), at.html(q.answer)) for q in service.faq),
        related=service_lines(at, service.related),
        owner=content.owner,
        own=content.own,
        since=at.language.day(service.since) if service.since else "",
        rhythm=_rhythm(at, service),
        review_date=at.language.day(service.review_date),
        json_ld=Markup(
            json_ld(service, at.catalogue, at.language.code, at.today, partial(_address, at, service))
        ),
    )


def _address(at: Edition, service: Service, kind: str, name: str) -> str:
    """The full address of a page; from the page of the service where the site's own is not known."""
    full = web_address(at.catalogue.organisation, at.language.code, Ref(kind, name))
    return full or relative_url(page_path("service", service.id), page_path(kind, name))


def _rhythm(at: Edition, service: Service) -> str:
    """What time is like there, and what quality means then; '' for an audience that is not told."""
    if service.rhythm is None:
        return ""
    meaning = at.language.say(QUALITY[service.rhythm])
    return at.language.typeset(f"{label(service.rhythm, at.language)} – {meaning}")


def _crumbs(at: Edition, family: FamilyMark | None) -> tuple[Link, ...]:
    above = trail(at, "families")
    return (*above, Link(family.name, family.url)) if family else above


def _partners(at: Edition, service: Service) -> tuple[PartView, ...]:
    known = at.catalogue.partners
    return tuple(
        PartView(
            name=at.text(known[p.partner].name),
            url=Ref("partner", p.partner),
            text=at.text(p.part),
            kind=label(known[p.partner].kind, at.language),
        )
        for p in service.partners
        if p.partner in known
    )


def _dependencies(at: Edition, service: Service) -> tuple[PartView, ...]:
    known = at.catalogue.services
    return tuple(
        PartView(
            name=at.text(known[d.service].name),
            url=Ref("service", d.service),
            text=at.text(d.note),
            kind=label(d.criticality, at.language),
        )
        for d in service.dependencies
        if d.service in known
    )
