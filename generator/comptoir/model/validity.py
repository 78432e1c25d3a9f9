"""Validity: promises and targets with a first and a last day in; the days on which they are in force out."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Dated(Protocol):
    """What is in force from a first day to a last one, both included; a day that is left out bounds nothing."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_until(self) -> date | None: ...


def validity(*dated: Dated) -> tuple[date, date]:
    """The first and the last day on which all of them are in force; the first is after the last where there is none.

    `date.min` and `date.max` stand for a side that nothing bounds.
    """
    first = max((one.valid_from for one in dated if one.valid_from is not None), default=date.min)
    last = min((one.valid_until for one in dated if one.valid_until is not None), default=date.max)
    return first, last


def overlap(*dated: Dated) -> bool:
    """True when there is a day on which all of them are in force."""
    first, last = validity(*dated)
    return first <= last


def in_force(day: date, *dated: Dated) -> bool:
    """True when all of them are in force on `day`: a target with its agreement, or one alone."""
    first, last = validity(*dated)
    return first <= day <= last
