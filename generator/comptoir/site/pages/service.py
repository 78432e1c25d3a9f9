"""The page of a service: benefits first, how to ask beside, and all that one may want to know below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from comptoir.addresses import page_path, relative_url, web_address
from comptoir.content.commitments import CommitmentTable, commitment_table
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.labels import QUALITY, label
from comptoir.content.parts import (
    ContactView,
    FamilyMark,
    HoursView,
    Link,
    PriceView,
    ServiceLine,
    contact_view,
    family_mark,
    hours_view,
    price_view,
    segment_links,
    service_lines,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.service_results import ServiceResults, service_results
from comptoir.model.services import LinkedDocument, Offering, Service
from comptoir.model.terms import AgreementKind, Lifecycle
from comptoir.site.data.catalogue import json_ld
from comptoir.site.pages.ask import AskButton, RequestItemView, ask_button, request_item_view
from comptoir.site.pages.page import Page


@dataclass(frozen=True, slots=True)
class Banner:
    """What one must know first of a service that is not simply there."""

    lifecycle: str
    title: str
    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class OfferingView:
    """A variant of the service, to be compared with the others."""

    id: str
    name: str
    summary: str
    includes: tuple[str, ...]
    segments: tuple[Link, ...]
    price: PriceView | None
    agreement: Link | None


@dataclass(frozen=True, slots=True)
class SegmentChoice:
    """A choice of the list 'you are…'."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AskView:
    """The card beside the page; of a service that is over (`is_over`), only whom to ask about it."""

    is_over: bool
    button: AskButton | None
    delay: str
    price: PriceView | None
    who: tuple[Link, ...]
    support_hours: HoursView | None
    contact: ContactView | None
    documents: tuple[Link, ...]
    sheet: tuple[Link, ...]
    choices: tuple[SegmentChoice, ...]


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
    since: str
    rhythm: str
    review_date: str
    json_ld: Markup


def service_pages(at: Edition) -> Iterator[Page]:
    """A page for each service."""
    for service in at.catalogue.services.values():
        code = at.language.code
        words = [word.in_language(code) for word in (*service.keywords, *service.needs)]
        name = at.text(service.name)
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


def service_view(at: Edition, service: Service) -> ServiceView:
    """All that the page of `service` shows."""
    family = at.catalogue.families.get(service.family)
    mark = family_mark(at, family) if family else None
    tables, rests_on = commitments_of(at, service)
    support_hours = hours_view(at, service.support_hours)
    return ServiceView(
        id=service.id,
        name=at.text(service.name),
        summary=at.text(service.summary),
        pictogram=at.pictogram(service.pictogram or (family.pictogram if family else "")),
        family=mark,
        crumbs=_crumbs(at, mark),
        banner=banner_view(at, service),
        ask=ask_view(at, service, support_hours),
        benefits=at.texts(service.benefits),
        highlights=at.texts(service.highlights),
        description=at.html(service.description),
        offerings=tuple(offering_view(at, offering) for offering in service.offerings),
        request_items=tuple(request_item_view(at, service, item) for item in service.request_items),
        included=at.texts(service.included),
        not_included=at.texts(service.not_included),
        steps=at.texts(service.request.steps),
        segments=segment_links(at, service.segments),
        eligibility=at.html(service.eligibility),
        commitments=tables,
        rests_on=rests_on,
        results=service_results(at, service),
        service_hours=hours_view(at, service.service_hours),
        support_hours=support_hours,
        partners=_partners(at, service),
        dependencies=_dependencies(at, service),
        faq=tuple(QuestionView(at.text(q.question), at.html(q.answer)) for q in service.faq),
        related=service_lines(at, service.related),
        owner=contact_view(at, service.owner),
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
    say = at.language.gettext
    above = (
        Link(say("Accueil"), Ref("page", "home")),
        Link(say("L'offre"), Ref("page", "families")),
    )
    return (*above, Link(family.name, family.url)) if family else above


def banner_view(at: Edition, service: Service) -> Banner | None:
    """What one must know first; None of a service that is simply there."""
    say = at.language.gettext
    until = at.language.day(service.until) if service.until else ""
    match service.lifecycle:
        case Lifecycle.LIVE:
            return None
        case Lifecycle.PIPELINE:
            text = say("Ce service est en préparation : il ne peut pas encore être demandé.")
        case Lifecycle.RETIRING:
            text = (
                say("Ce service s'arrête après le %(day)s.") % {"day": until}
                if until
                else say("Ce service va s'arrêter.")
            )
        case Lifecycle.RETIRED:
            text = (
                say("Ce service s'est arrêté après le %(day)s.") % {"day": until}
                if until
                else say("Ce service n'est plus proposé.")
            )
    return Banner(
        service.lifecycle.value, label(service.lifecycle, at.language), text, _replacement(at, service)
    )


def _replacement(at: Edition, service: Service) -> Link | None:
    other = at.catalogue.services.get(service.replaced_by or "")
    return Link(at.text(other.name), Ref("service", other.id)) if other else None


def ask_view(at: Edition, service: Service, support_hours: HoursView | None) -> AskView:
    """How to ask for the service."""
    segments = sorted(at.catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    open_to = [s for s in segments if not service.segments or s.id in service.segments]
    desk = at.catalogue.organisation.service_desk
    is_over = service.lifecycle is Lifecycle.RETIRED
    return AskView(
        is_over=is_over,
        button=ask_button(at, service),
        delay="" if is_over else at.text(service.request.delay),
        price=None if is_over else price_view(at, service.price),
        who=segment_links(at, service.segments),
        support_hours=None if is_over else support_hours,
        contact=contact_view(at, service.support or desk),
        documents=tuple(_document(at, document) for document in service.documents),
        sheet=download_links(at, "sheet", subject=service.id),
        choices=tuple(SegmentChoice(s.id, at.text(s.name)) for s in open_to),
    )


def _document(at: Edition, document: LinkedDocument) -> Link:
    if document.file is None:
        return Link(at.text(document.title), document.url or "")
    kind = document.file.rpartition(".")[2].upper()
    return Link(at.text(document.title), Ref("file", document.file), kind)


def offering_view(at: Edition, offering: Offering) -> OfferingView:
    """A variant of a service."""
    agreement = at.catalogue.agreements.get(offering.agreement or "")
    return OfferingView(
        id=offering.id,
        name=at.text(offering.name),
        summary=at.text(offering.summary),
        includes=at.texts(offering.includes),
        segments=segment_links(at, offering.segments),
        price=price_view(at, offering.price),
        agreement=Link(at.text(agreement.name), Ref("agreement", agreement.id)) if agreement else None,
    )


def commitments_of(at: Edition, service: Service) -> tuple[tuple[CommitmentTable, ...], tuple[Link, ...]]:
    """Tables of what is promised to customers, and links to the agreements that it rests on."""
    known = at.catalogue.agreements
    named = dict.fromkeys([*service.agreements, *(o.agreement for o in service.offerings if o.agreement)])
    agreements = [known[name] for name in named if name in known]
    promised = [a for a in agreements if a.kind is AgreementKind.SLA]
    beneath = dict.fromkeys(
        [a.id for a in agreements if a.kind is not AgreementKind.SLA]
        + [name for a in promised for name in a.rests_on if name in known]
    )
    tables = (commitment_table(at, agreement) for agreement in promised)
    links = tuple(
        Link(at.text(known[name].name), Ref("agreement", name), label(known[name].kind, at.language))
        for name in beneath
    )
    return tuple(table for table in tables if table.rows), links


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
