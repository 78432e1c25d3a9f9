"""Calendars as written: week pattern, public holidays, closures and exceptional openings."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import Day, Entity, Line, Model, Name, fault_at
from comptoir.model.organisation import TimeZone
from comptoir.problems import suggest

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_OF_DAY: Final = 24 * 60

_HOURS = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")


class DayInterval(Model):
    """Minutes after midnight, start included, end excluded; `end` may be 1440."""

    start: int
    end: int


def _decode_intervals(value: object) -> object:
    """'08:00-12:00, 13:00-18:00', 'closed' or '24 h' → intervals in order, not overlapping."""
    if not isinstance(value, str):
        return value
    if value.strip().lower() in {"closed", "fermé"}:
        return ()
    if re.fullmatch(r"24\s*h|00:00\s*[-–]\s*24:00", value.strip()):
        return (DayInterval(start=0, end=MINUTES_OF_DAY),)
    intervals = [_decode_interval(part.strip()) for part in value.split(",")]
    intervals.sort(key=lambda i: i.start)
    for before, after in pairwise(intervals):
        if after.start < before.end:
            raise PydanticCustomError("hours_overlap", "the hours '{value}' overlap", {"value": value})
    return tuple(intervals)


def _decode_interval(part: str) -> DayInterval:
    match = _HOURS.match(part)
    if match:
        h1, m1, h2, m2 = (int(g) for g in match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 < 60 and m2 < 60 and start < end <= MINUTES_OF_DAY:
            return DayInterval(start=start, end=end)
        if m1 < 60 and m2 < 60 and end < start < MINUTES_OF_DAY:
            message = "'{part}' ends before it begins; hours that pass midnight are written on both days: {first}, then {second}"
            hours = {"first": f"'{h1:02}:{m1:02}-24:00'", "second": f"'00:00-{h2:02}:{m2:02}'"}
            raise PydanticCustomError("hours_order", message, {"part": part, **hours})
    raise PydanticCustomError(
        "hours_format",
        "expected hours as '08:00-12:00, 13:00-18:00', '24 h' or 'closed', not '{part}'",
        {"part": part},
    )


Hours = Annotated[
    tuple[DayInterval, ...],
    BeforeValidator(_decode_intervals, json_schema_input_type=str),
    Field(description="Hours as '08:00-12:00, 13:00-18:00', '24 h' or 'closed'."),
]


def _expand_week(value: object) -> object:
    """{'monday-friday': hours, 'saturday': hours} → a mapping of single days."""
    if not isinstance(value, dict):
        return value
    week: dict[str, Any] = {}
    for key, hours in value.items():
        first, _, last = str(key).partition("-")
        for day in (first, last or first):
            if day not in DAYS:
                hint = suggest(day, DAYS)
                raise PydanticCustomError(
                    "week_day", "'{day}' is not a day ({hint})", {"day": day, "hint": hint}
                )
        start, end = DAYS.index(first), DAYS.index(last or first)
        if end < start:
            raise PydanticCustomError(
                "week_order", "'{key}' runs backwards; write two lines", {"key": str(key)}
            )
        for day in DAYS[start : end + 1]:
            if day in week:
                raise PydanticCustomError("week_twice", "'{day}' is given twice", {"day": day})
            week[day] = hours
    return week


class Week(Model):
    """Hours of each day; a day that is left out is closed. 'monday-friday' stands for five days."""

    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()

    def on(self, day: date) -> tuple[DayInterval, ...]:
        """Intervals of the weekday of `day`."""
        hours: tuple[DayInterval, ...] = getattr(self, DAYS[day.weekday()])
        return hours

    def days(self) -> tuple[tuple[DayInterval, ...], ...]:
        """Intervals of Monday to Sunday."""
        return tuple(getattr(self, day) for day in DAYS)


WeekPattern = Annotated[
    Week,
    BeforeValidator(_expand_week, json_schema_input_type=dict[str, str]),
    Field(description="Hours by day (monday) or run of days (monday-friday)."),
]


class PublicHolidays(Model):
    """Public holidays of a country and, where they differ, of a region, on which it is closed."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = Field(
        description="ISO 3166 code, such as FR."
    )
    region: str | None = Field(
        default=None, max_length=12, description="ISO 3166-2 part after the country, such as 57 or BY."
    )
    worked: tuple[Day, ...] = Field(default=(), description="Public holidays that are worked all the same.")


class ExceptionalDays(Model):
    """Days that differ from the week."""

    day: Day | None = None
    first: Day | None = Field(default=None, description="First day.")
    last: Day | None = Field(default=None, description="Last day, included.")
    reason: Line | None = None

    @model_validator(mode="after")
    def _day_or_run(self) -> Self:
        if self.day is not None and self.first is None and self.last is None:
            return self
        if self.day is None and self.first is not None and self.last is not None:
            if self.last < self.first:
                raise fault_at(("last",), "days_order", "'last' comes before 'first'")
            return self
        raise PydanticCustomError("days_missing", "give either 'day', or 'first' and 'last'")

    @property
    def start(self) -> date:
        """First day."""
        return self.day or self.first or date.min

    @property
    def end(self) -> date:
        """Last day, included."""
        return self.day or self.last or date.min


class Closure(ExceptionalDays):
    """Days when it is closed although the week says open."""


class Opening(ExceptionalDays):
    """Days with exceptional hours, whatever the week and public holidays say."""

    hours: Hours


class Calendar(Entity):
    """catalogue/calendars/*.yaml: when a service works, or when help answers."""

    name: Name
    summary: Line | None = None
    time_zone: TimeZone | None = Field(default=None, description="The organisation's if left out.")
    week: WeekPattern
    public_holidays: PublicHolidays | None = Field(
        default=None, description="Left out: open on public holidays too."
    )
    closures: tuple[Closure, ...] = ()
    openings: tuple[Opening, ...] = ()
