"""A service in every medium: the service in; how it stands, how to ask, its offerings, promises and results out."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.content.ask import AskButton, ask_button, fault_button
from comptoir.content.commitments import CommitmentTable, commitment_table
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.own_fields import OwnFact, own_facts
from comptoir.content.parts import (
    ContactView,
    HoursView,
    Link,
    PriceView,
    contact_view,
    hours_view,
    price_view,
    segment_links,
)
from comptoir.content.references import Ref
from comptoir.content.service_results import ServiceResults, service_results
from comptoir.model.services import LinkedDocument, Offering, Service
from comptoir.model.terms import AgreementKind, FieldPlace, Lifecycle


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
    fault: AskButton | None
    delay: str
    price: PriceView | None
    who: tuple[Link, ...]
    support_hours: HoursView | None
    contact: ContactView | None
    documents: tuple[Link, ...]
    sheet: tuple[Link, ...]
    choices: tuple[SegmentChoice, ...]


@dataclass(frozen=True, slots=True)
class ServiceContent:
    """What is said of a service whatever shows it: on its page, its sheet, in the catalogue and on its slide."""

    banner: Banner | None
    ask: AskView
    offerings: tuple[OfferingView, ...]
    commitments: tuple[CommitmentTable, ...]
    rests_on: tuple[Link, ...]
    results: ServiceResults | None
    service_hours: HoursView | None
    support_hours: HoursView | None
    owner: ContactView | None
    own: tuple[OwnFact, ...]
    own_on_sheet: tuple[OwnFact, ...]


def service_content(at: Edition, service: Service) -> ServiceContent:
    """What is said of `service`, made once for all that show it."""
    return at.once(("service", service.id), lambda: _service_content(at, service))


def _service_content(at: Edition, service: Service) -> ServiceContent:
    tables, rests_on = _commitments_of(at, service)
    support_hours = hours_view(at, service.support_hours)
    return ServiceContent(
        banner=_banner(at, service),
        ask=_ask(at, service, support_hours),
        offerings=tuple(_offering(at, offering) for offering in service.offerings),
        commitments=tables,
        rests_on=rests_on,
        results=service_results(at, service),
        service_hours=hours_view(at, service.service_hours),
        support_hours=support_hours,
        owner=contact_view(at, service.owner),
        own=own_facts(at, service, FieldPlace.PAGE),
        own_on_sheet=own_facts(at, service, FieldPlace.SHEET),
    )


def _banner(at: Edition, service: Service) -> Banner | None:
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


def _ask(at: Edition, service: Service, support_hours: HoursView | None) -> AskView:
    """How to ask for the service."""
    segments = sorted(at.catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    open_to = [s for s in segments if not service.segments or s.id in service.segments]
    desk = at.catalogue.organisation.service_desk
    is_over = service.lifecycle is Lifecycle.RETIRED
    return AskView(
        is_over=is_over,
        button=ask_button(at, service),
        fault=fault_button(at, service),
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


def _offering(at: Edition, offering: Offering) -> OfferingView:
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


def _commitments_of(at: Edition, service: Service) -> tuple[tuple[CommitmentTable, ...], tuple[Link, ...]]:
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
