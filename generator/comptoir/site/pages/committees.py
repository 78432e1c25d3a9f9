"""Committees and events: what each is for, who attends, the next meeting first; and the page of each with its agenda.

Every audience sees dates, places and topics; only the narrowest one the agenda that is made from the facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comptoir.addresses import PAGES, page_path
from comptoir.content.agenda import AgendaContext, AgendaItem, make_agenda
from comptoir.content.edition import Edition
from comptoir.content.labels import label
from comptoir.content.parts import ContactView, Link, contact_view, segment_links
from comptoir.content.references import LinkTarget, Ref
from comptoir.model.customers import Committee, Meeting
from comptoir.model.terms import CommitteeKind
from comptoir.site.data.meeting_dates import meeting_file
from comptoir.site.pages.page import Page, trail

_ORDER = {kind: rank for rank, kind in enumerate(CommitteeKind)}


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting: 'jeudi 10 décembre 2026', '14:00 – 16:30', the place and what it is about."""

    date: str
    iso_date: str
    hours: str
    place: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitteeView:
    """A committee or an event; `next` is None when nothing is planned, `past` the newest first."""

    id: str
    name: str
    page_url: LinkTarget
    calendar_url: LinkTarget
    kind: str
    is_event: bool
    purpose: str
    frequency: str
    members: tuple[str, ...]
    segments: tuple[Link, ...]
    next: MeetingView | None
    coming: tuple[MeetingView, ...]
    past: tuple[MeetingView, ...]
    contact: ContactView | None
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class CommitteePageView:
    """All that the page of a committee shows. `agenda` is empty unless the audience may see it."""

    committee: CommitteeView
    crumbs: tuple[Link, ...]
    agenda: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class CommitteesView:
    """All that the page of committees and events shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    events: tuple[CommitteeView, ...]
    committees: tuple[CommitteeView, ...]


def committee_pages(at: Edition) -> Iterator[Page]:
    """The page of committees and events, then each of them; none when there is neither."""
    committees = at.catalogue.committees
    if not committees:
        return
    say = at.language.gettext
    ordered = sorted(committees.values(), key=lambda c: (_ORDER[c.kind], c.id))
    views = tuple(_committee(at, committee) for committee in ordered)
    view = CommitteesView(
        title=say("Comités et rendez-vous"),
        lead=say("Où l'on écoute vos besoins, où l'on rend des comptes et où l'on décide."),
        crumbs=trail(at),
        events=tuple(c for c in views if c.is_event),
        committees=tuple(c for c in views if not c.is_event),
    )
    yield Page(
        PAGES["committees"],
        "committees.md.j2",
        view,
        view.title,
        description=view.lead,
        section="committees",
        source=ordered[0].file,
    )
    for committee in ordered:
        yield _page(at, committee)


def _page(at: Edition, committee: Committee) -> Page:
    view = CommitteePageView(
        committee=_committee(at, committee),
        crumbs=trail(at, "committees"),
        agenda=_agenda(at, committee),
    )
    return Page(
        page_path("committee", committee.id),
        "committee.md.j2",
        view,
        view.committee.name,
        description=view.committee.purpose,
        section="committees",
        source=committee.file,
    )


def _agenda(at: Edition, committee: Committee) -> tuple[AgendaItem, ...]:
    meeting, results = committee.next_meeting(at.today), at.results
    if meeting is None or results is None or not results.is_narrowest:
        return ()
    return make_agenda(AgendaContext(at, results, committee, meeting))


def _committee(at: Edition, committee: Committee) -> CommitteeView:
    meetings = sorted(committee.meetings, key=lambda m: (m.date, m.start))
    coming = [_meeting(at, m) for m in meetings if m.date >= at.today]
    past = [_meeting(at, m) for m in reversed(meetings) if m.date < at.today]
    return CommitteeView(
        id=committee.id,
        name=at.text(committee.name),
        page_url=Ref("committee", committee.id),
        calendar_url=Ref("path", meeting_file(committee)) if meetings else "",
        kind=label(committee.kind, at.language),
        is_event=committee.kind is CommitteeKind.EVENT,
        purpose=at.text(committee.purpose),
        frequency=at.text(committee.frequency),
        members=at.texts(committee.members),
        segments=segment_links(at, committee.segments),
        next=coming[0] if coming else None,
        coming=tuple(coming[1:]),
        past=tuple(past),
        contact=contact_view(at, committee.contact),
        url=committee.url or "",
    )


def _meeting(at: Edition, meeting: Meeting) -> MeetingView:
    return MeetingView(
        date=at.language.weekday_and_day(meeting.date),
        iso_date=meeting.date.isoformat(),
        hours=f"{_clock(at, meeting.start)}\u2009–\u2009{_clock(at, meeting.end)}",
        place=at.text(meeting.place),
        topics=at.texts(meeting.topics),
    )


def _clock(at: Edition, time: str) -> str:
    """A time of the content ('08:30') as the page writes it."""
    hours, minutes = time.split(":")
    return at.language.clock(int(hours) * 60 + int(minutes))
