"""What disturbs services: planned works with their hours, and known problems with what to do meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from comptoir.model.base import Day, Entity, Line, Paragraph, ServiceRef, Title, fault_at
from comptoir.model.customers import FIRST_MEETING, LAST_MEETING, ClockTime


class Works(Entity):
    """catalogue/works/*.yaml: planned works, when they are, and what they change for those who use the services."""

    title: Title
    services: tuple[ServiceRef, ...] = Field(min_length=1, description="Services that they disturb.")
    day: Day = Field(ge=FIRST_MEETING, le=LAST_MEETING, description="The day on which they begin.")
    start: ClockTime
    last_day: Day | None = Field(
        default=None, le=LAST_MEETING, description="The day on which they end; the same if left out."
    )
    end: ClockTime
    change: Line = Field(description="What changes meanwhile, in the words of those who use the services.")
    meanwhile: Line | None = Field(default=None, description="What one can do meanwhile.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day is not None and self.last_day < self.day:
            raise fault_at(("last_day",), "works_order", "'last_day' is before 'day'")
        if self.ends == self.day and self.end <= self.start:
            raise fault_at(
                ("end",), "works_order", "'end' is not after 'start': works that end later say 'last_day'"
            )
        return self

    @property
    def ends(self) -> date:
        """The day on which they end."""
        return self.last_day or self.day


class KnownProblem(Entity):
    """An item of catalogue/known-problems.yaml: what does not work, since when, and what to do meanwhile."""

    title: Title
    services: tuple[ServiceRef, ...] = Field(min_length=1, description="Services that have it.")
    since: Day
    until: Day | None = Field(
        default=None, description="The last day on which it was there; open if left out."
    )
    meanwhile: Paragraph | None = Field(default=None, description="What one can do meanwhile.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise fault_at(("until",), "problem_order", "'until' is before 'since'")
        return self
