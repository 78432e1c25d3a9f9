"""Partners: who helps us to deliver, what we have agreed with them, and the services that they take part in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import PAGES
from comptoir.content.edition import Edition
from comptoir.content.labels import label, undertaking
from comptoir.content.parts import ContactView, HoursView, Link, by_name, contact_view, hours_view
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.agreements import Agreement
from comptoir.model.customers import Partner
from comptoir.model.terms import PartnerKind
from comptoir.site.pages.page import Page, trail
from comptoir.wording import plain_words


@dataclass(frozen=True, slots=True)
class AgreedView:
    """An agreement with the partner; `targets` name a metric and note what is owed."""

    link: Link
    summary: str
    targets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner. `services` note its part in each."""

    id: str
    name: str
    summary: str
    circle: str
    description: Markup
    owns: tuple[str, ...]
    agreements: tuple[AgreedView, ...]
    services: tuple[Link, ...]
    hours: HoursView | None
    contact: ContactView | None
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class PartnersView:
    """All that the page of partners shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    internal: tuple[PartnerView, ...]
    suppliers: tuple[PartnerView, ...]


def partner_pages(at: Edition) -> Iterator[Page]:
    """The page of partners; none when there is no partner."""
    partners = at.catalogue.partners
    if not partners:
        return
    say = at.language.gettext
    ordered = sorted(partners.values(), key=lambda p: (plain_words(at.text(p.name)), p.id))
    view = PartnersView(
        title=say("Partenaires"),
        lead=say("Avec qui nous tenons nos promesses, et ce que nous nous devons les uns aux autres."),
        crumbs=trail(at, *(["commitments"] if at.catalogue.agreements else [])),
        internal=tuple(_partner(at, p) for p in ordered if p.kind is PartnerKind.INTERNAL),
        suppliers=tuple(_partner(at, p) for p in ordered if p.kind is PartnerKind.SUPPLIER),
    )
    yield Page(
        PAGES["partners"], "partners.md.j2", view, view.title, description=view.lead, section="partners"
    )


def _partner(at: Edition, partner: Partner) -> PartnerView:
    agreements = (a for a in at.catalogue.agreements.values() if a.partner == partner.id)
    return PartnerView(
        id=partner.id,
        name=at.text(partner.name),
        summary=at.text(partner.summary),
        circle=label(partner.circle, at.language) if partner.circle else "",
        description=at.html(partner.description, level=4),
        owns=at.texts(partner.owns),
        agreements=tuple(_agreed(at, agreement) for agreement in agreements),
        services=_services(at, partner),
        hours=hours_view(at, partner.hours),
        contact=contact_view(at, partner.contact),
        url=partner.url or "",
    )


def _agreed(at: Edition, agreement: Agreement) -> AgreedView:
    promised = agreement.promises_in_force(at.today)
    return AgreedView(
        Link(at.text(agreement.name), Ref("agreement", agreement.id), label(agreement.kind, at.language)),
        at.text(agreement.summary),
        tuple(
            Link(label(t.metric, at.language), "", undertaking(t, at.catalogue, at.language))
            for t in promised
        ),
    )


def _services(at: Edition, partner: Partner) -> tuple[Link, ...]:
    """The services that it takes part in, by name, each with its part."""
    return tuple(
        Link(at.text(service.name), Ref("service", service.id), at.text(part.part))
        for service in by_name(at, at.catalogue.services.values())
        for part in service.partners
        if part.partner == partner.id
    )
