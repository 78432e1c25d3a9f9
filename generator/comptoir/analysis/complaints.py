"""Complaints: a register, a calendar and a date in; what is answered in time, late, open or repeated out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Final

from comptoir.measure.statistics import Proportion, estimate_proportion
from comptoir.measure.working_days import working_days_between
from comptoir.model.calendars import Calendar

DAYS_TO_ANSWER: Final = 5  # working days after receipt
REPEAT_WITHIN: Final = 365  # days


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line of the register; what has not happened has no day.

    Raises ValueError for an answer or a solution before the receipt.
    """

    id: str
    client: str
    received: date
    answered: date | None = None
    solved: date | None = None
    segment: str = ""
    service: str = ""
    cause: str = ""

    def __post_init__(self) -> None:
        for day in (self.answered, self.solved):
            if day is not None and day < self.received:
                raise ValueError(f"complaint '{self.id}': {day} comes before its receipt on {self.received}")


class AnswerState(StrEnum):
    """Where the personal answer stands that a complaint is owed."""

    IN_TIME = "in-time"
    LATE = "late"  # answered, after the last day for it
    WAITING = "waiting"  # open, and still in time
    OVERDUE = "overdue"  # open, and the last day for it is over


@dataclass(frozen=True, slots=True)
class Followed:
    """A complaint at a date. `working_days` after receipt up to the answer, or up to the date while it is open.

    `repeats` is the id of the one before of the same client, service and cause; '' when it is the first.
    """

    complaint: Complaint
    state: AnswerState
    working_days: int
    is_solved: bool
    repeats: str

    @property
    def is_open(self) -> bool:
        """True while nobody has answered."""
        return self.state in {AnswerState.WAITING, AnswerState.OVERDUE}


@dataclass(frozen=True, slots=True)
class ComplaintSummary:
    """Complaints together; shares with Wilson's interval.

    `in_time` is the share answered in time of those whose time is decided: answered, or overdue. The ones still
    waiting are neither.
    """

    total: int
    open: int
    repeated: int
    in_time: Proportion
    solved: Proportion


def follow_complaints(
    complaints: Iterable[Complaint],
    calendar: Calendar,
    time_zone: str,
    on: date,
    days_to_answer: int = DAYS_TO_ANSWER,
    repeat_within: int = REPEAT_WITHIN,
) -> tuple[Followed, ...]:
    """The complaints received up to the end of `on`, as known then, by day of receipt and id.

    Working days are those of `calendar` (`time_zone` is the organisation's, for a calendar that names none); the
    day of receipt does not count, that of the answer does; late above `days_to_answer`. A complaint repeats another
    of the same client, service and cause received at most `repeat_within` days before. Source: docs/methods.md,
    Complaints; decision 0006.
    """
    known = sorted((c for c in complaints if c.received <= on), key=lambda c: (c.received, c.id))
    repeats = _find_repeats(known, repeat_within)
    followed = []
    for complaint in known:
        answered = complaint.answered if complaint.answered and complaint.answered <= on else None
        days = working_days_between(calendar, time_zone, complaint.received, answered or on)
        state = _judge(answered is not None, days <= days_to_answer)
        solved = complaint.solved is not None and complaint.solved <= on
        followed.append(Followed(complaint, state, days, solved, repeats.get(complaint.id, "")))
    return tuple(followed)


def summarise_complaints(followed: Iterable[Followed]) -> ComplaintSummary:
    """How many, how many open and repeated, and the shares answered in time and solved."""
    rows = tuple(followed)
    states = [row.state for row in rows]
    in_time, waiting = states.count(AnswerState.IN_TIME), states.count(AnswerState.WAITING)
    return ComplaintSummary(
        total=len(rows),
        open=sum(row.is_open for row in rows),
        repeated=sum(row.repeats != "" for row in rows),
        in_time=estimate_proportion(in_time, len(rows) - waiting),
        solved=estimate_proportion(sum(row.is_solved for row in rows), len(rows)),
    )


def _judge(is_answered: bool, is_in_time: bool) -> AnswerState:
    if is_answered:
        return AnswerState.IN_TIME if is_in_time else AnswerState.LATE
    return AnswerState.WAITING if is_in_time else AnswerState.OVERDUE


def _find_repeats(known: list[Complaint], within: int) -> dict[str, str]:
    """Id of a complaint → id of the one that it repeats; a complaint without a cause repeats none."""
    found = {}
    for _, group in groupby(sorted(known, key=_matter), key=_subject):
        for earlier, later in pairwise(group):
            if later.cause and (later.received - earlier.received).days <= within:
                found[later.id] = earlier.id
    return found


def _subject(complaint: Complaint) -> tuple[str, str, str]:
    return complaint.client, complaint.service, complaint.cause


def _matter(complaint: Complaint) -> tuple[tuple[str, str, str], date, str]:
    return _subject(complaint), complaint.received, complaint.id
