"""The offer for you: the index of segments, and one page a segment, addressed to the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import PAGES, page_path
from comptoir.content.breakdowns import LISTED
from comptoir.content.commitments import CommitmentTable, commitment_table
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.parts import (
    ContactView,
    Link,
    ServiceLine,
    contact_view,
    service_line,
    service_lines,
)
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.agreements import Agreement
from comptoir.model.customers import Client, Need, Segment
from comptoir.model.terms import AgreementKind
from comptoir.site.pages.page import Page, trail


@dataclass(frozen=True, slots=True)
class SegmentMark:
    """A segment wherever it is named: its colours come with the class `css`."""

    id: str
    css: str
    name: str
    summary: str
    url: LinkTarget
    pictogram: Markup
    population: str
    services: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SegmentsView:
    """All that the index of segments shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    segments: tuple[SegmentMark, ...]
    services_url: LinkTarget
    desk: ContactView | None


@dataclass(frozen=True, slots=True)
class PutForward:
    """A service put forward, and why."""

    line: ServiceLine
    why: str


@dataclass(frozen=True, slots=True)
class NeedView:
    """What the segment asks for, where it stands, and the services that answer it."""

    name: str
    kind: str
    met: str
    state: str
    note: str
    services: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened with a client, and when."""

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """An organisational unit of the segment."""

    name: str
    place: str
    population: str
    since: str
    qualification: Markup
    history: tuple[Event, ...]
    contact: ContactView | None


@dataclass(frozen=True, slots=True)
class SegmentView:
    """All that the page of a segment shows. `facts` and `clients` are empty unless the audience may see them."""

    mark: SegmentMark
    crumbs: tuple[Link, ...]
    services_url: LinkTarget
    manager: ContactView | None
    description: Markup
    offer: tuple[PutForward, ...]
    subscriptions: tuple[ServiceLine, ...]
    needs: tuple[NeedView, ...]
    commitments: tuple[CommitmentTable, ...]
    commitments_url: LinkTarget
    committees: tuple[Link, ...]
    facts: tuple[Link, ...]
    clients: tuple[ClientView, ...]
    more_clients: str
    others: tuple[SegmentMark, ...]
    downloads: tuple[Link, ...]


def segment_pages(at: Edition) -> Iterator[Page]:
    """The index of segments, then each segment; nothing when there is none."""
    segments = _in_order(at)
    if not segments:
        return
    yield _index(at, segments)
    for segment in segments:
        yield _segment(at, segment, segments)


def _in_order(at: Edition) -> tuple[Segment, ...]:
    return tuple(sorted(at.catalogue.segments.values(), key=lambda s: (s.priority, s.id)))


def _index(at: Edition, segments: tuple[Segment, ...]) -> Page:
    say = at.language.gettext
    view = SegmentsView(
        title=say("Pour vous"),
        lead=say(
            "Dites-nous qui vous êtes : voici ce que nous vous proposons d'abord, et qui s'occupe de vous."
        ),
        crumbs=trail(at),
        segments=tuple(_mark(at, segment) for segment in segments),
        services_url=Ref("page", "services"),
        desk=contact_view(at, at.catalogue.organisation.service_desk),
    )
    return Page(
        PAGES["segments"], "segments.md.j2", view, view.title, description=view.lead, section="segments"
    )


def _mark(at: Edition, segment: Segment) -> SegmentMark:
    known = at.catalogue.services
    services = [known[o.service] for o in segment.offer if o.service in known]
    return SegmentMark(
        id=segment.id,
        css=f"s-{segment.id}",
        name=at.text(segment.name),
        summary=at.text(segment.summary),
        url=Ref("segment", segment.id),
        pictogram=at.pictogram(segment.pictogram),
        population=_people(at, segment.population),
        services=tuple(Link(at.text(s.name), Ref("service", s.id)) for s in services),
    )


def _people(at: Edition, count: int | None) -> str:
    """'820 personnes'; '' when it is not known."""
    if count is None:
        return ""
    words = at.language.ngettext("%(num)s personne", "%(num)s personnes", count)
    return words % {"num": at.language.number(count)}


def _segment(at: Edition, segment: Segment, segments: tuple[Segment, ...]) -> Page:
    organisation = at.catalogue.organisation
    manager = segment.relationship_manager or organisation.relationship_manager or organisation.service_desk
    mark = _mark(at, segment)
    clients = [client for client in at.catalogue.clients.values() if client.segment == segment.id]
    view = SegmentView(
        mark=mark,
        crumbs=trail(at, "segments"),
        services_url=f"{Ref('page', 'services')}?segment={segment.id}",
        manager=contact_view(at, manager),
        description=at.html(segment.description, level=2),
        offer=_offer(at, segment),
        subscriptions=service_lines(at, segment.subscriptions),
        needs=_needs(at, segment),
        commitments=_commitments(at, segment),
        commitments_url=Ref("page", "commitments") if at.catalogue.agreements else "",
        committees=_committees(at, segment),
        facts=_facts(at, segment),
        clients=tuple(_client(at, c) for c in clients[:LISTED]),
        more_clients=at.language.number(len(clients) - LISTED) if len(clients) > LISTED else "",
        others=tuple(_mark(at, other) for other in segments if other.id != segment.id),
        downloads=download_links(at, "catalogue", "leaflet"),
    )
    return Page(
        page_path("segment", segment.id),
        "segment.md.j2",
        view,
        mark.name,
        description=mark.summary,
        section="segments",
        source=segment.file,
    )


def _offer(at: Edition, segment: Segment) -> tuple[PutForward, ...]:
    known = at.catalogue.services
    return tuple(
        PutForward(service_line(at, known[offer.service]), at.text(offer.why))
        for offer in segment.offer
        if offer.service in known
    )


def _needs(at: Edition, segment: Segment) -> tuple[NeedView, ...]:
    known = at.catalogue.needs
    return tuple(_need(at, known[name]) for name in segment.needs if name in known)


def _need(at: Edition, need: Need) -> NeedView:
    services = [at.catalogue.services[name] for name in need.services if name in at.catalogue.services]
    return NeedView(
        name=at.text(need.name),
        kind=label(need.kind, at.language),
        met=need.met.value,
        state=label(need.met, at.language),
        note=at.text(need.note),
        services=tuple(Link(at.text(s.name), Ref("service", s.id)) for s in services),
    )


def _commitments(at: Edition, segment: Segment) -> tuple[CommitmentTable, ...]:
    """Promises made to this segment, not those made to everyone."""
    tables = (
        commitment_table(at, agreement)
        for agreement in at.catalogue.agreements.values()
        if _is_for(agreement, segment)
    )
    return tuple(table for table in tables if table.rows)


def _is_for(agreement: Agreement, segment: Segment) -> bool:
    return agreement.kind is AgreementKind.SLA and segment.id in agreement.segments


def _committees(at: Edition, segment: Segment) -> tuple[Link, ...]:
    committees = (c for c in at.catalogue.committees.values() if segment.id in c.segments)
    return tuple(
        Link(at.text(c.name), Ref("committee", c.id), label(c.kind, at.language)) for c in committees
    )


def _facts(at: Edition, segment: Segment) -> tuple[Link, ...]:
    """What only management sees of a segment, as title and note."""
    say = at.language.gettext
    terms = ((say("Profil de fidélité"), segment.profile), (say("Potentiel"), segment.potential))
    facts = [Link(title, "", label(term, at.language)) for title, term in terms if term is not None]
    if segment.strategy is not None:
        facts.append(Link(say("Stratégie"), "", label(segment.strategy, at.language)))
    if segment.levers:
        levers = tuple(label(lever, at.language) for lever in segment.levers)
        facts.append(Link(say("Leviers"), "", ", ".join(levers)))
    return tuple(facts)


def _client(at: Edition, client: Client) -> ClientView:
    return ClientView(
        name=at.text(client.name),
        place=at.text(client.place),
        population=_people(at, client.population),
        since=at.language.day(client.since) if client.since else "",
        qualification=at.html(client.qualification, level=4),
        history=tuple(
            Event(at.language.day(event.date), at.text(event.event))
            for event in sorted(client.history, key=lambda event: event.date, reverse=True)
        ),
        contact=contact_view(at, client.contact),
    )
