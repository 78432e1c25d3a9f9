"""Loyalty as written: indicators/loyalty.yaml, what the analyses of customers rest on. Every key has a default."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import (
    CalendarRef,
    ClientRef,
    IndicatorRef,
    Located,
    Model,
    Name,
    SegmentRef,
    fault_at,
)
from comptoir.model.terms import Crossing, Customers, FollowedBy, SignalKind, Weight

LOYALTY_FILE: Final = "indicators/loyalty.yaml"

Percent = Annotated[Decimal, Field(ge=0, le=100, description="Per cent, from 0 to 100.")]
Growth = Annotated[
    Decimal, Field(ge=-100, le=1000, description="Per cent a year; -4 for four per cent less.")
]
Money = Annotated[
    Decimal, Field(max_digits=14, decimal_places=2, description="In the organisation's currency.")
]
Cost = Annotated[
    Decimal, Field(ge=0, max_digits=14, decimal_places=2, description="In the organisation's currency.")
]


class AbcSettings(Model):
    """Who makes up most of the whole (ABC, or Pareto)."""

    first: Percent = Field(
        default=Decimal(80), gt=0, description="Share of the total, in per cent, up to which a client is A."
    )
    second: Percent = Field(
        default=Decimal(95), gt=0, description="Share of the total, in per cent, up to which a client is B."
    )
    crossing: Crossing = Field(
        default=Crossing.STARTS, description="The class of a client that crosses a threshold."
    )
    quarters: int = Field(
        default=4, ge=1, le=40, description="Quarters that are added up, the report's included."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.second:
            raise fault_at(("first",), "abc_order", "'first' is above 'second'")
        return self


class ValueGroup(Model):
    """Assumptions about a group of clients: what they bring over years, and how they leave."""

    name: Name | None = Field(
        default=None, description="What the group is called; that of its segments if left out."
    )
    segments: tuple[SegmentRef, ...] = Field(
        default=(),
        description="Segments of the group; with no segment and no client, it is every other client.",
    )
    clients: tuple[ClientRef, ...] = Field(
        default=(), description="Clients of the group, besides the segments."
    )
    attrition: tuple[Percent, ...] = Field(
        min_length=1,
        max_length=20,
        description="Share lost in each year, in per cent: as many years as values.",
    )
    start: int | None = Field(
        default=None, ge=0, le=10_000_000, description="Clients at the start; those of the group if left out."
    )
    revenue: Cost | None = Field(
        default=None, description="Revenue of one client in the first year; the measured mean if left out."
    )
    acquisition_cost: Cost = Field(default=Decimal(0), description="Of one client, charged every year.")
    cost_to_serve: Cost = Field(default=Decimal(0), description="Of one client and year, whatever they ask.")
    cost_per_request: Cost = Field(
        default=Decimal(0),
        description="Of each request to support; the client's own of last year are counted.",
    )
    revenue_growth: Growth = Decimal(0)
    cost_growth: Growth = Decimal(0)
    discount: Percent = Field(default=Decimal(0), description="Discount rate, in per cent a year.")
    published: tuple[Money, ...] = Field(
        default=(),
        max_length=20,
        description="Results of each year as they were published elsewhere, to be shown beside ours.",
    )


class KnownValue(Model):
    """The value of a client that was worked out elsewhere."""

    client: ClientRef
    value: Money


class ValueSettings(Model):
    """Client value over years. Without groups or known values there is none."""

    groups: tuple[ValueGroup, ...] = Field(default=(), max_length=20)
    known: tuple[KnownValue, ...] = Field(
        default=(),
        max_length=1000,
        description="Values worked out elsewhere; they go before the computed ones.",
    )
    most: Percent = Field(
        default=Decimal(90),
        gt=0,
        description="Share of the total value, in per cent, made by those called very profitable.",
    )


class RfmSettings(Model):
    """Recency, frequency and amount of orders."""

    days: int = Field(default=365, ge=1, le=3660, description="Days that frequency and amount look back.")


class RetentionSettings(Model):
    """Who stays and who leaves, by cohort."""

    follow: FollowedBy = FollowedBy.CLIENTS


class WrittenSignal(Model):
    """A rule of early warning; other rules of the same kind may stand beside it."""

    kind: SignalKind
    threshold: Annotated[Decimal, Field(gt=0)] = Field(
        description="Subscriptions or complaints; per cent of growth of calls or fall of use; points of satisfaction."
    )
    days: int = Field(
        default=92, ge=1, le=1830, description="Length of the window; compared with one before it."
    )
    minimum: int = Field(
        default=1,
        ge=1,
        le=100_000,
        description="Calls, complaints or counts in the window below which nothing is said.",
    )


DEFAULT_SIGNALS: Final = (
    WrittenSignal(kind=SignalKind.NOT_RENEWED, threshold=Decimal(1), days=92),
    WrittenSignal(kind=SignalKind.REPEATED_COMPLAINTS, threshold=Decimal(3), days=92, minimum=3),
    WrittenSignal(kind=SignalKind.RISING_CALLS, threshold=Decimal(50), days=92, minimum=10),
    WrittenSignal(kind=SignalKind.FALLING_USE, threshold=Decimal(10), days=92),
    WrittenSignal(kind=SignalKind.FALLING_SATISFACTION, threshold=Decimal("0.5"), days=365),
)


class Cause(Model):
    """A cause of complaints: the word of the register, and what pages call it."""

    word: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    name: Name


class ComplaintSettings(Model):
    """How soon complaints are answered, and what repeats another one."""

    calendar: CalendarRef | None = Field(
        default=None, description="Calendar of the working days; the hours of the service desk if left out."
    )
    days: int = Field(
        default=5, ge=1, le=60, description="Working days to answer; the day of receipt is not one."
    )
    repeat_within: int = Field(
        default=365,
        ge=1,
        le=3660,
        description="Days within which the same client, service and cause are a repeat.",
    )
    causes: tuple[Cause, ...] = Field(
        default=(), max_length=60, description="Names of causes; others are written as in the register."
    )


class QuadrantSettings(Model):
    """Use trend × satisfaction."""

    satisfied_from: Decimal | None = Field(
        default=None,
        description="Score from which a client is satisfied; the target of the indicator of satisfaction if left out.",
    )
    quarters_back: int = Field(
        default=4, ge=1, le=8, description="Use is compared with that many quarters before; 4: a year."
    )


class CoverageSettings(Model):
    """The coverage of a mature service, both ends inside."""

    mature_from: Percent = Decimal(90)
    mature_to: Percent = Decimal(95)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.mature_from > self.mature_to:
            raise fault_at(("mature_from",), "band_order", "'mature_from' is above 'mature_to'")
        return self


MANY_CLIENTS: Final = 200
"""With more, nobody has a report of its own until the project says who has: each is a page and a PDF."""


def _decode_client_reports(value: object) -> object:
    """`all` stands for everyone, `none` for nobody."""
    if isinstance(value, str) and value not in ("all", "none"):
        raise PydanticCustomError(
            "client_reports", "'{value}' is not all, none, or a list of clients", {"value": value}
        )
    return {"all": None, "none": ()}[value] if isinstance(value, str) else value


class LoyaltySettings(Located):
    """indicators/loyalty.yaml"""

    customers: Customers = Field(
        default=Customers.EXTERNAL, description="Whether clients pay us (external) or are counted (internal)."
    )
    weight: Weight | None = Field(
        default=None, description="What a client weighs; revenue if they are external, users if internal."
    )
    satisfaction: IndicatorRef | None = Field(
        default=None,
        description="Indicator of satisfaction by client; the one of 'relationship-satisfaction' if left out.",
    )
    service_satisfaction: IndicatorRef | None = Field(
        default=None,
        description="Indicator of satisfaction by service; the one of 'satisfaction' if left out.",
    )
    abc: AbcSettings = AbcSettings()
    value: ValueSettings = ValueSettings()
    rfm: RfmSettings = RfmSettings()
    retention: RetentionSettings = RetentionSettings()
    signals: tuple[WrittenSignal, ...] = Field(
        default=DEFAULT_SIGNALS,
        max_length=20,
        description="Rules of early warning; those that are written replace the usual five.",
    )
    coverage: CoverageSettings = CoverageSettings()
    quadrant: QuadrantSettings = QuadrantSettings()
    complaints: ComplaintSettings = ComplaintSettings()
    client_reports: Annotated[
        tuple[ClientRef, ...] | None,
        BeforeValidator(
            _decode_client_reports, json_schema_input_type=Literal["all", "none"] | tuple[ClientRef, ...]
        ),
        Field(
            description="Clients that have a report of their own: all, none, or their names. All of up to 200 if left out."
        ),
    ] = None

    def with_report(self, clients: Iterable[str]) -> tuple[str, ...]:
        """Which of these clients have a report of their own."""
        known = tuple(clients)
        if self.client_reports is not None:
            return tuple(name for name in self.client_reports if name in known)
        return known if self.says_client_reports or len(known) <= MANY_CLIENTS else ()

    @property
    def says_client_reports(self) -> bool:
        """True where the project says who has a report of its own."""
        return "client_reports" in self.model_fields_set

    @property
    def weighed_by(self) -> Weight:
        """What a client weighs."""
        if self.weight is not None:
            return self.weight
        return Weight.REVENUE if self.customers is Customers.EXTERNAL else Weight.USERS
