"""Agreements: SLA, OLA and UC, with their targets and validity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import Field, model_validator

from comptoir.model.base import (
    AgreementRef,
    Article,
    CalendarRef,
    ClientRef,
    Day,
    Entity,
    Item,
    Line,
    Model,
    Name,
    PartnerRef,
    SegmentRef,
    Title,
    fault_at,
)
from comptoir.model.organisation import Contact
from comptoir.model.terms import AgreementKind, Metric, Priority, Unit
from comptoir.model.validity import in_force

DURATIONS: Final = frozenset(
    {
        Unit.SECONDS,
        Unit.MINUTES,
        Unit.HOURS,
        Unit.DAYS,
        Unit.WORKING_MINUTES,
        Unit.WORKING_HOURS,
        Unit.WORKING_DAYS,
    }
)
UNITS_OF_METRIC: Final[dict[Metric, frozenset[Unit]]] = {
    Metric.TTO: DURATIONS,
    Metric.TTR: DURATIONS,
    Metric.RPO: DURATIONS,
    Metric.RTO: DURATIONS,
    Metric.DELIVERY: DURATIONS,
    Metric.ANSWER_TIME: DURATIONS,
    Metric.AVAILABILITY: frozenset({Unit.PERCENT}),
    Metric.RELIABILITY: frozenset({Unit.PERCENT, Unit.INCIDENTS_PER_QUARTER}),
    Metric.SATISFACTION: frozenset({Unit.PERCENT, Unit.SCORE_5, Unit.SCORE_10}),
}


class Target(Model):
    """One measurable promise, such as: 90 % of priority 1 incidents restored within 4 working hours."""

    metric: Metric
    value: Decimal = Field(ge=0, max_digits=9, description="The value promised, in `unit`.")
    unit: Unit
    share: Decimal | None = Field(
        default=None, gt=0, le=100, description="Per cent of cases; all of them if left out."
    )
    priority: Priority | None = Field(
        default=None, description="Priority it holds for; every one if left out."
    )
    note: Line | None = None
    valid_from: Day | None = Field(default=None, description="First day; the agreement's if left out.")
    valid_until: Day | None = Field(
        default=None, description="Last day, included; the agreement's if left out."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        units = UNITS_OF_METRIC[self.metric]
        if self.unit not in units:
            raise fault_at(
                ("unit",),
                "target_unit",
                "'{metric}' is not measured in '{unit}' (use {units})",
                {"metric": self.metric, "unit": self.unit, "units": " or ".join(sorted(units))},
            )
        if self.unit is Unit.PERCENT and self.value > 100:
            raise fault_at(("value",), "target_percent", "a percentage is at most 100")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise fault_at(("valid_until",), "validity_order", "'valid_until' comes before 'valid_from'")
        return self


class Agreement(Entity):
    """catalogue/agreements/*.yaml: a promise and what it rests on."""

    kind: AgreementKind = Field(
        description="sla: to the client; ola: between teams or with a partner; uc: with a supplier."
    )
    name: Title
    summary: Line
    description: Article | None = None
    partner: PartnerRef | None = Field(default=None, description="The other side of an OLA or a UC.")
    clients: tuple[ClientRef, ...] = Field(default=(), description="Clients of an SLA; all if left out.")
    segments: tuple[SegmentRef, ...] = Field(default=(), description="Segments of an SLA; all if left out.")
    rests_on: tuple[AgreementRef, ...] = Field(
        default=(), description="The OLA and UC that this promise rests on."
    )
    calendar: CalendarRef = Field(description="Calendar in which working time and availability are counted.")
    targets: tuple[Target, ...] = Field(min_length=1)
    we_commit: tuple[Item, ...] = Field(
        default=(), max_length=12, description="What we commit to, besides targets."
    )
    you_commit: tuple[Item, ...] = Field(
        default=(), max_length=12, description="What the other side commits to."
    )
    exclusions: tuple[Item, ...] = Field(default=(), max_length=12, description="What it does not cover.")
    escalation: tuple[Contact, ...] = Field(
        default=(), max_length=4, description="Whom to turn to, in order."
    )
    valid_from: Day
    valid_until: Day | None = Field(default=None, description="Last day, included; no end if left out.")
    owner: Name | None = Field(default=None, description="Role that answers for the agreement.")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.valid_until and self.valid_until < self.valid_from:
            raise fault_at(("valid_until",), "validity_order", "'valid_until' comes before 'valid_from'")
        if self.kind is AgreementKind.UC and self.partner is None:
            raise fault_at(("kind",), "uc_partner", "a UC names its supplier in 'partner'")
        return self

    def targets_in_force(self, day: date) -> tuple[tuple[int, Target], ...]:
        """The targets that are promised on `day`, each with its rank in the file."""
        return tuple((i, target) for i, target in enumerate(self.targets) if in_force(day, self, target))
