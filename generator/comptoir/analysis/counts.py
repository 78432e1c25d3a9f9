"""What a report counts in the catalogue, without words: customers, needs, agreements, services, meetings, actions, commitments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.agreements import Agreement
from comptoir.model.catalogue import Catalogue
from comptoir.model.customers import Action, Client, Committee, Meeting, Need, Segment
from comptoir.model.reports import Commitment
from comptoir.model.services import Service
from comptoir.model.terms import ActionStatus, AgreementKind, Lever, Lifecycle, NeedMet
from comptoir.model.validity import in_force
from comptoir.periods import Period

_UNMET_FIRST: Final = {met: rank for rank, met in enumerate((NeedMet.NO, NeedMet.PARTLY, NeedMet.YES))}
ACTION_ORDER: Final = {
    ActionStatus.IN_PROGRESS: 0,
    ActionStatus.PLANNED: 1,
    ActionStatus.DONE: 2,
    ActionStatus.CANCELLED: 3,
}


class LifecycleStage(StrEnum):
    """What is decided of a service in a quarter."""

    STOPPED = "stopped"
    STOPS = "stops"  # later
    OPENED = "opened"
    PREPARED = "prepared"


def segments_in(catalogue: Catalogue, scope: Scope) -> tuple[Segment, ...]:
    """The segments of a report in the order of their priority: all, the one it is about, or that of its client."""
    ordered = sorted(catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    if scope == EVERYTHING:
        return tuple(ordered)
    client = catalogue.clients.get(scope.client)
    own = client.segment if client else scope.segment
    return tuple(segment for segment in ordered if segment.id == own)


def clients_in(catalogue: Catalogue, quarter: Period, scope: Scope) -> tuple[Client, ...]:
    """The clients of a report: all, those of its segment, or the one it is about; those who came later are not."""
    return tuple(
        client
        for client in catalogue.clients.values()
        if (client.since is None or client.since <= quarter.last_day)
        and scope in (Scope(), Scope(segment=client.segment), Scope(client=client.id))
    )


def new_clients(clients: Iterable[Client], quarter: Period) -> tuple[Client, ...]:
    """The clients who came in a quarter."""
    return tuple(client for client in clients if client.since is not None and client.since in quarter)


def people_in(segments: Iterable[Segment]) -> int:
    """The people of these segments."""
    return sum(segment.population or 0 for segment in segments)


def agreements_in_force(catalogue: Catalogue, day: date) -> tuple[Agreement, ...]:
    """The agreements with partners that hold on a day."""
    partners = (a for a in catalogue.agreements.values() if a.kind is not AgreementKind.SLA)
    return tuple(agreement for agreement in partners if in_force(day, agreement))


def needs_in(catalogue: Catalogue, scope: Scope) -> tuple[Need, ...]:
    """The needs of a report, unmet ones first."""
    known = catalogue.needs
    names = set(known)
    if scope != EVERYTHING:
        segments = segments_in(catalogue, scope)
        names = {name for segment in segments for name in segment.needs if name in known}
    return tuple(sorted((known[name] for name in names), key=lambda need: (_UNMET_FIRST[need.met], need.id)))


def stage_of(service: Service, quarter: Period) -> LifecycleStage | None:
    """What is decided of a service, as at the end of the quarter; None where nothing changes."""
    if service.until is not None and service.until in quarter:
        return LifecycleStage.STOPPED
    if service.until is not None and service.until > quarter.last_day:
        return LifecycleStage.STOPS
    if service.since is not None and service.since in quarter:
        return LifecycleStage.OPENED
    return LifecycleStage.PREPARED if service.lifecycle is Lifecycle.PIPELINE else None


def meetings_in(catalogue: Catalogue, quarter: Period, scope: Scope) -> tuple[tuple[Meeting, Committee], ...]:
    """The meetings of a quarter and of the next, with their committees, in order."""
    found = (
        (meeting, committee)
        for committee in catalogue.committees.values()
        if scope == EVERYTHING or scope.segment in committee.segments
        for meeting in committee.meetings
        if quarter.first_day <= meeting.date <= quarter.shift(1).last_day
    )
    return tuple(sorted(found, key=lambda pair: (pair[0].date, pair[0].start, pair[1].id)))


def actions_in(catalogue: Catalogue, segment: str = "", lever: Lever | None = None) -> tuple[Action, ...]:
    """The actions (for a segment or for everyone, of one lever): under way, planned, done, cancelled; in each the first
    due first."""
    chosen = (
        action
        for action in catalogue.actions.values()
        if lever in (None, action.lever)
        and (not segment or not action.segments or segment in action.segments)
    )
    return tuple(sorted(chosen, key=lambda a: (ACTION_ORDER[a.status], a.due, a.id)))


def is_recent(action: Action, quarter: Period) -> bool:
    """True for an action that was done, or due, in the quarter or the one before."""
    if action.status is ActionStatus.PLANNED:
        return False
    day = action.done or action.due
    return quarter.previous.first_day <= day <= quarter.last_day


def commitments_before(catalogue: Catalogue, quarter: Period) -> tuple[Commitment, ...]:
    """What both sides committed to in the report on the quarter before."""
    before = catalogue.reports.get(quarter.previous)
    return (*before.front.our_commitments, *before.front.customer_commitments) if before else ()
