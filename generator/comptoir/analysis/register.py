"""The register of complaints: what was observed and a catalogue in; each complaint, followed as far as is known, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from comptoir.analysis.complaints import (
    Complaint,
    ComplaintSummary,
    Followed,
    follow_complaints,
    summarise_complaints,
)
from comptoir.measure.observations import Observations
from comptoir.measure.types import Measurements
from comptoir.model.calendars import Calendar
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.periods import Period

ANSWERED: Final = "complaints-within-five-days"
"""The ready-made indicator that measures the same promise with the calendar of each service."""

YEAR: Final = 4
"""Quarters that are added up by cause, days and segment: one alone has too few complaints to see a shape."""


@dataclass(frozen=True, slots=True)
class Register:
    """Every complaint received up to `on`, the oldest first.

    `on` is the last day that the requests tell of. `calendar` counts the working days of `days_to_answer`.
    """

    followed: tuple[Followed, ...]
    on: date
    calendar: Calendar
    days_to_answer: int

    def received_in(self, quarter: Period) -> tuple[Followed, ...]:
        """Those received in a quarter."""
        return tuple(row for row in self.followed if row.complaint.received in quarter)

    @property
    def open(self) -> tuple[Followed, ...]:
        """Those that nobody has answered, the oldest first."""
        return tuple(row for row in self.followed if row.is_open)

    def find(self, number: str) -> Followed | None:
        """The complaint of that number."""
        return next((row for row in self.followed if row.complaint.id == number), None)


def keep_register(catalogue: Catalogue, observations: Observations | None) -> Register | None:
    """The register as known; None where no requests were observed, or no calendar says what a working day is."""
    calendar = complaints_calendar(catalogue)
    if observations is None or observations.requests_until is None or calendar is None:
        return None
    on = observations.requests_until
    settings = catalogue.loyalty.complaints
    followed = follow_complaints(
        complaints_of(observations),
        calendar,
        catalogue.organisation.time_zone,
        on=on,
        days_to_answer=settings.days,
        repeat_within=settings.repeat_within,
    )
    return Register(followed, on, calendar, settings.days)


def year_of(register: Register, quarter: Period) -> tuple[Followed, ...]:
    """The complaints received in the year that ends with `quarter`."""
    return tuple(row for one in quarter.latest(quarter.as_many(YEAR)) for row in register.received_in(one))


def complaints_calendar(catalogue: Catalogue) -> Calendar | None:
    """The calendar of the working days to answer in: that of the settings, else the hours of the service desk."""
    name = catalogue.loyalty.complaints.calendar or catalogue.organisation.service_desk.hours
    return catalogue.calendars.get(name) if name else None


def complaints_of(observations: Observations) -> tuple[Complaint, ...]:
    """The complaints among the requests."""
    return tuple(
        Complaint(
            id=row.id,
            client=row.client,
            received=row.received,
            answered=row.answered,
            solved=row.solved,
            segment=row.segment,
            service=row.service,
            cause=row.cause,
        )
        for row in observations.complaints
    )


def indicators_of_answers(measurements: Measurements) -> tuple[Indicator, ...]:
    """The indicators that measure answers in time, with the calendar of each service."""
    return tuple(i for i in measurements.indicators.values() if ANSWERED in (i.id, i.use))


def count_causes(rows: Iterable[Followed]) -> tuple[tuple[str, int], ...]:
    """Each cause with how many complaints had it, the most frequent first; '' for those without one."""
    counts = Counter(row.complaint.cause for row in rows)
    return tuple(sorted(counts.items(), key=lambda found: (-found[1], found[0])))


def summarise_by(
    rows: Iterable[Followed], name: Callable[[Complaint], str]
) -> Mapping[str, ComplaintSummary]:
    """The summary of complaints by what `name` gives of each, such as its segment, in the order of names."""
    groups: dict[str, list[Followed]] = {}
    for row in rows:
        groups.setdefault(name(row.complaint), []).append(row)
    return {key: summarise_complaints(groups[key]) for key in sorted(groups)}
