"""To whom: segments, clients, partners, needs, actions, committees and events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from comptoir.model.base import (
    AgreementRef,
    Article,
    CalendarRef,
    ClientRef,
    Colour,
    Day,
    Entity,
    Identifier,
    IndicatorRef,
    Item,
    Line,
    Model,
    Name,
    NeedRef,
    Paragraph,
    PictogramRef,
    SegmentRef,
    ServiceRef,
    Title,
    Url,
    fault_at,
)
from comptoir.model.organisation import Contact
from comptoir.model.terms import (
    ActionStatus,
    Circle,
    CommitteeKind,
    Lever,
    NeedKind,
    NeedMet,
    PartnerKind,
    Potential,
    SegmentProfile,
    Strategy,
)
from comptoir.model.titled import NamedEntity, Summary

MOST_PEOPLE: Final = 10_000_000_000


class AdaptedOffer(Model):
    """A service put forward for a segment, and why."""

    service: ServiceRef
    why: Line


class Segment(NamedEntity):
    """segments/segments/*.yaml: customers that get an adapted offer and a priority."""

    summary: Summary = Field(description="Who they are, addressed to them.")
    description: Article | None = None
    pictogram: PictogramRef
    colour: Colour | None = None
    priority: int = Field(
        ge=1, le=9, description="1 is served first. Shared base services come before every segment."
    )
    profile: SegmentProfile | None = Field(default=None, description="Loyalty profile; for management only.")
    potential: Potential | None = Field(
        default=None, description="Potential of development; for management only."
    )
    population: int | None = Field(default=None, ge=0, le=MOST_PEOPLE, description="Number of people.")
    needs: tuple[NeedRef, ...] = ()
    levers: tuple[Lever, ...] = Field(default=(), description="Loyalty levers to use; for management only.")
    strategy: Strategy | None = Field(default=None, description="Loyalty strategy; for management only.")
    offer: tuple[AdaptedOffer, ...] = Field(
        default=(), max_length=12, description="Services to put forward, in order."
    )
    subscriptions: tuple[ServiceRef, ...] = Field(
        default=(), description="Services that the whole segment has."
    )
    relationship_manager: Contact | None = None


class HistoryEvent(Model):
    date: Day
    event: Line


class Client(NamedEntity):
    """segments/clients/*.yaml: an organisational unit that agrees targets and pays or is counted."""

    segment: SegmentRef
    place: Name | None = None
    population: int | None = Field(
        default=None, ge=0, le=MOST_PEOPLE, description="People who may use the services."
    )
    contact: Contact | None = None
    relationship_manager: Contact | None = None
    since: Day | None = None
    qualification: Paragraph | None = Field(default=None, description="What they do, what matters to them.")
    subscriptions: tuple[ServiceRef, ...] = ()
    agreements: tuple[AgreementRef, ...] = ()
    history: tuple[HistoryEvent, ...] = Field(default=(), description="Commercial history, oldest first.")


class Partner(NamedEntity):
    """segments/partners/*.yaml: a unit or supplier that helps to deliver."""

    kind: PartnerKind
    summary: Summary
    description: Article | None = None
    owns: tuple[Item, ...] = Field(
        default=(), max_length=12, description="Equipment or activities it answers for."
    )
    circle: Circle | None = Field(default=None, description="Circle of influence.")
    hours: CalendarRef | None = None
    contact: Contact
    url: Url | None = None


class Need(Entity):
    """An item of segments/needs.yaml: what segments ask for."""

    name: Title
    kind: NeedKind
    met: NeedMet
    services: tuple[ServiceRef, ...] = Field(default=(), description="Services that answer it.")
    note: Line | None = None


class Effect(Model):
    """What an action should move: the value of an indicator, of everything or of what is named here."""

    indicator: IndicatorRef
    service: ServiceRef | None = None
    segment: SegmentRef | None = None
    client: ClientRef | None = None
    before: Decimal = Field(
        alias="from", max_digits=18, description="Value before the action, in the indicator's unit."
    )
    to: Decimal = Field(max_digits=18, description="Value that the action should bring.")

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.before == self.to:
            raise fault_at(("to",), "effect_none", "'from' and 'to' are the same: nothing would change")
        return self


class Action(Entity):
    """An item of segments/actions.yaml: a step of the plan."""

    name: Title
    lever: Lever
    status: ActionStatus
    owner: Name = Field(description="Role that carries it.")
    start: Day | None = None
    due: Day
    done: Day | None = Field(default=None, description="Day it was done.")
    description: Paragraph | None = None
    expected_effect: Line = Field(description="What should change, and by how much.")
    effect: Effect | None = Field(
        default=None,
        description="The same as a measured indicator, so that the effect can be told from data.",
    )
    services: tuple[ServiceRef, ...] = ()
    segments: tuple[SegmentRef, ...] = ()

    @model_validator(mode="after")
    def _done_has_a_day(self) -> Self:
        if (self.status is ActionStatus.DONE) != (self.done is not None):
            raise fault_at(
                ("done",) if self.done else ("status",),
                "action_done",
                "an action whose status is 'done' gives the day in 'done'; no other one does",
            )
        return self

    def is_overdue(self, today: date) -> bool:
        """True when it is neither done nor cancelled and its day has passed."""
        return self.is_open and self.due < today

    @property
    def is_open(self) -> bool:
        """True while it is planned or under way."""
        return self.status in (ActionStatus.PLANNED, ActionStatus.IN_PROGRESS)


ClockTime = Annotated[
    str,
    StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
    Field(description="Time as 14:30, in the organisation's time zone."),
]


FIRST_MEETING: Final = date(1970, 1, 1)
LAST_MEETING: Final = date(2199, 12, 31)
"""A diary lists the changes of summer time from the first meeting to the last."""


class Meeting(Model):
    """One meeting of a committee."""

    date: Day = Field(ge=FIRST_MEETING, le=LAST_MEETING)
    start: ClockTime
    end: ClockTime
    place: Name | None = None
    topics: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise fault_at(("end",), "meeting_order", "'end' is not after 'start'")
        return self


class Committee(Entity):
    """An item of segments/committees.yaml: a committee with clients, or an event."""

    name: Name
    kind: CommitteeKind
    purpose: Line
    frequency: Name | None = None
    members: tuple[Name, ...] = Field(default=(), description="Roles that attend.")
    segments: tuple[SegmentRef, ...] = ()
    clients: tuple[ClientRef, ...] = Field(
        default=(),
        description="Those it meets; a committee that names clients is for the narrowest audience.",
    )
    meetings: tuple[Meeting, ...] = ()
    contact: Contact | None = None
    url: Url | None = Field(default=None, description="Where to register.")

    def next_meeting(self, today: date) -> Meeting | None:
        """The first meeting on or after `today`."""
        return min(
            (m for m in self.meetings if m.date >= today), key=lambda m: (m.date, m.start), default=None
        )


class News(Entity):
    """catalogue/news/*.yaml"""

    date: Day
    title: Title
    summary: Line
    body: Article | None = None
    services: tuple[ServiceRef, ...] = ()
    pinned: bool = Field(default=False, description="Stays first on the home page.")
    until: Day | None = Field(default=None, description="Last day on the home page; the news page keeps it.")


class SearchExample(Entity):
    """An item of catalogue/searches.yaml: what people type, and what the site must find; 'check' tries each."""

    words: Item = Field(
        description="What people type, in each language; a plain string is tried in all of them."
    )
    finds: tuple[ServiceRef, ...] = Field(
        min_length=1, max_length=3, description="The services that must be among the first three."
    )


class Term(Entity):
    """An item of catalogue/glossary.yaml"""

    term: Name
    definition: Paragraph
    see: tuple[Identifier, ...] = Field(default=(), description="Other terms of the glossary.")
