"""Agreements: SLA, OLA and UC, with their targets and validity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

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
    PriorityRef,
    RequestItemRef,
    SegmentRef,
    Title,
    fault_at,
)
from comptoir.model.organisation import Contact
from comptoir.model.terms import AgreementKind, Metric, Unit
from comptoir.model.validity import in_force, overlap

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


def wrong_unit(metric: Metric, unit: Unit) -> PydanticCustomError:
    """What is wrong with a promise whose metric is not measured in its unit."""
    units = " or ".join(sorted(UNITS_OF_METRIC[metric]))
    message = "'{metric}' is not measured in '{unit}' (use {units})"
    return fault_at(("unit",), "target_unit", message, {"metric": metric, "unit": unit, "units": units})


class Promised(Model):
    """What a promise is about, and when it holds."""

    metric: Metric
    priority: PriorityRef | None = Field(
        default=None, description="Priority it holds for; every one if left out."
    )
    request_item: RequestItemRef | None = Field(
        default=None, description="Thing asked for that it holds for; every one if left out."
    )
    label: Item | None = Field(
        default=None,
        description="What it is about, in words, where neither priority nor request item says so.",
    )
    note: Line | None = None
    valid_from: Day | None = Field(default=None, description="First day; the agreement's if left out.")
    valid_until: Day | None = Field(
        default=None, description="Last day, included; the agreement's if left out."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise fault_at(("valid_until",), "validity_order", "'valid_until' comes before 'valid_from'")
        return self

    @property
    def about(self) -> str:
        """The metric with the priority and the thing asked for, as problems name it."""
        return " ".join(filter(None, (self.metric, self.priority, self.request_item)))


class Target(Promised):
    """One measurable promise, such as: 90 % of priority 1 incidents restored within 4 working hours."""

    value: Decimal = Field(ge=0, max_digits=9, description="The value promised, in `unit`.")
    unit: Unit
    share: Decimal | None = Field(
        default=None, gt=0, le=100, description="Per cent of cases; all of them if left out."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.unit not in UNITS_OF_METRIC[self.metric]:
            raise wrong_unit(self.metric, self.unit)
        if self.unit is Unit.PERCENT and self.value > 100:
            raise fault_at(("value",), "target_percent", "a percentage is at most 100")
        return self

    @property
    def cases(self) -> tuple[str, ...]:
        """What rows tell of the cases that it is about, and how these are measured: no row knows its label."""
        measured_in = "duration" if self.unit in DURATIONS else self.unit
        return self.metric, self.priority or "", self.request_item or "", measured_in


class LoosePromise(Promised):
    """A promise that is shown and judged by nothing: a range such as 2 to 5 days, or words such as 'immediate'."""

    between: tuple[Decimal, Decimal] | None = Field(
        default=None, description="From how much to how much, in `unit`, such as [2, 5]."
    )
    unit: Unit | None = None
    words: Item | None = Field(default=None, description="What is promised, in words, such as 'immediate'.")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.between is None) == (self.words is None):
            raise fault_at(("metric",), "loose_promise", "give either 'between' with its unit, or 'words'")
        if (self.between is None) != (self.unit is None):
            raise fault_at(("metric",), "loose_promise", "'between' and 'unit' go together")
        if self.between and not 0 <= self.between[0] < self.between[1]:
            raise fault_at(("between",), "loose_promise", "a range goes from less to more, such as [2, 5]")
        if self.unit is not None and self.unit not in UNITS_OF_METRIC[self.metric]:
            raise wrong_unit(self.metric, self.unit)
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
    targets: tuple[Target, ...] = Field(default=(), description="What is promised in figures, and judged.")
    in_words: tuple[LoosePromise, ...] = Field(
        default=(),
        description="Promises that are shown beside the targets and not judged: a range, or words.",
    )
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
    notice_days: int | None = Field(
        default=None,
        ge=0,
        le=730,
        description="Days of notice before a promise may be weakened; the organisation's if left out.",
    )
    owner: Name | None = Field(default=None, description="Role that answers for the agreement.")

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.valid_until and self.valid_until < self.valid_from:
            raise fault_at(("valid_until",), "validity_order", "'valid_until' comes before 'valid_from'")
        if not self.targets and not self.in_words:
            raise fault_at(
                ("targets",), "too_few_promises", "an agreement promises something: give 'targets'"
            )
        if self.kind is AgreementKind.UC and self.partner is None:
            raise fault_at(("kind",), "uc_partner", "a UC names its supplier in 'partner'")
        return self

    def targets_in_force(self, day: date) -> tuple[tuple[int, Target], ...]:
        """The targets that are promised on `day`, each with its rank in the file."""
        return tuple((i, target) for i, target in enumerate(self.targets) if in_force(day, self, target))

    def promises_in_force(self, day: date) -> tuple[Target | LoosePromise, ...]:
        """All that is promised on `day`, in figures and in words."""
        return tuple(one for one in self.promises if in_force(day, self, one))

    @property
    def promises(self) -> tuple[Target | LoosePromise, ...]:
        """All that it ever promises, in figures and in words."""
        return (*self.targets, *self.in_words)

    def is_judged(self, target: Target) -> bool:
        """False where another target of the same cases holds at the same time and only a label tells them apart."""
        return not any(
            other.label != target.label and other.cases == target.cases and overlap(self, target, other)
            for other in self.targets
        )
