"""A change by what it means to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChangeKind(StrEnum):
    """What a change is to a customer, the ones to look at first."""

    SERVICE_GONE = "service-gone"
    SERVICE_ENDING = "service-ending"
    OFFERING_GONE = "offering-gone"
    PROMISE_WEAKER = "promise-weaker"
    PROMISE_DIFFERENT = "promise-different"  # in units or calendars that cannot be compared
    PRICE_RAISED = "price-raised"
    HOURS_SHORTER = "hours-shorter"
    LESS_INCLUDED = "less-included"
    FEWER_ELIGIBLE = "fewer-eligible"
    SERVICE_NEW = "service-new"
    SERVICE_LIVE = "service-live"
    OFFERING_NEW = "offering-new"
    PROMISE_STRONGER = "promise-stronger"
    PRICE_LOWERED = "price-lowered"
    HOURS_LONGER = "hours-longer"
    MORE_INCLUDED = "more-included"
    MORE_ELIGIBLE = "more-eligible"
    OWNER = "owner"
    WORDS = "words"

    @property
    def weakens(self) -> bool:
        """True where customers have less than before: they are owed notice."""
        return self in _LOSSES


_LOSSES = frozenset(
    {
        ChangeKind.SERVICE_GONE,
        ChangeKind.SERVICE_ENDING,
        ChangeKind.OFFERING_GONE,
        ChangeKind.PROMISE_WEAKER,
        ChangeKind.PROMISE_DIFFERENT,
        ChangeKind.PRICE_RAISED,
        ChangeKind.HOURS_SHORTER,
        ChangeKind.LESS_INCLUDED,
        ChangeKind.FEWER_ELIGIBLE,
    }
)


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """One change. `subject` is its kind and identifier, `name` what it is called; `before` and `after` are words for people.

    `services` are the identifiers of those that it touches; `day` is when it takes effect; `notice_days` what is promised.
    """

    kind: ChangeKind
    subject: tuple[str, str]
    name: str
    before: str = ""
    after: str = ""
    services: tuple[str, ...] = ()
    day: date | None = None
    notice_days: int | None = None
