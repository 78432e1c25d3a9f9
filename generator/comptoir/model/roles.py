"""The standard roles of metrics tables: what each is about, and the fields that it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from comptoir.model.terms import Priority


class FieldType(StrEnum):
    """How a field of a table is read and kept."""

    TEXT = "text"
    SERVICE = "service"  # identifier of the catalogue
    SEGMENT = "segment"
    CLIENT = "client"
    PARTNER = "partner"
    INSTANT = "instant"  # day and time, kept in UTC
    DAY = "day"
    INTEGER = "integer"
    NUMBER = "number"  # exact decimal
    BOOLEAN = "boolean"


NAMED: Final = (FieldType.SERVICE, FieldType.SEGMENT, FieldType.CLIENT, FieldType.PARTNER)
"""Fields that hold names of the catalogue."""


class Role(StrEnum):
    """What the rows of a table are."""

    REQUESTS = "requests"
    PAUSES = "pauses"
    SURVEYS = "surveys"
    OUTAGES = "outages"
    CALLS = "calls"
    USAGE = "usage"
    CONTACTS = "contacts"
    REVENUE = "revenue"
    SUBSCRIPTIONS = "subscriptions"
    LEDGER = "ledger"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RoleField:
    """A field of a role.

    `required`: a source must map it, and a row without it is left out and reported. `after` is the field that holds its
    beginning: an end before it is a slip. `least` is the lowest value that there is;
    `words` are those of a closed list: definitions of a project may ask for others.
    """

    name: str
    type: FieldType
    meaning: str
    required: bool = False
    after: str = ""
    least: int | None = None
    words: tuple[str, ...] = ()


_SERVICE: Final = RoleField("service", FieldType.SERVICE, "service of the catalogue")
_SEGMENT: Final = RoleField("segment", FieldType.SEGMENT, "segment of the customer")
_CLIENT: Final = RoleField("client", FieldType.CLIENT, "client, an organisational unit")
_KINDS: Final = ("incident", "request", "information", "complaint")
_QUESTIONS: Final = (
    "satisfaction", "relationship", "recommend", "welcome", "catalogue", "site", "sheet", "poster", "leaflet",
)  # fmt: skip
_WHO: Final = (_SERVICE, _SEGMENT, _CLIENT)


def _day(meaning: str) -> RoleField:
    return RoleField("date", FieldType.DAY, meaning, required=True)


FIELDS: Final[Mapping[Role, tuple[RoleField, ...]]] = MappingProxyType(
    {
        Role.REQUESTS: (
            RoleField("number", FieldType.TEXT, "number of the ticket"),
            RoleField("opened", FieldType.INSTANT, "when it was received", required=True),
            RoleField("taken", FieldType.INSTANT, "when someone took it up", after="opened"),
            RoleField(
                "resolved",
                FieldType.INSTANT,
                "when it was answered or restored; empty while open",
                after="opened",
            ),
            RoleField("closed", FieldType.INSTANT, "when the customer agreed", after="opened"),
            *_WHO,
            RoleField("user", FieldType.TEXT, "who asked, in any pseudonym"),
            RoleField(
                "priority",
                FieldType.TEXT,
                "p1 to p9, or one of the priorities of organisation.yaml",
                words=tuple(priority.value for priority in Priority),
            ),
            RoleField(
                "request_item", FieldType.TEXT, "thing asked for: a request item of a service, or its name"
            ),
            RoleField("kind", FieldType.TEXT, "incident, request, information or complaint", words=_KINDS),
            RoleField(
                "complexity",
                FieldType.TEXT,
                "simple, complex or project",
                words=("simple", "complex", "project"),
            ),
            RoleField(
                "channel",
                FieldType.TEXT,
                "by which it came: portal, e-mail, call, visit",
                words=("portal", "e-mail", "call", "visit"),
            ),
            RoleField(
                "answer_by",
                FieldType.TEXT,
                "how it was answered: meeting, e-mail, call",
                words=("meeting", "e-mail", "call"),
            ),
            RoleField("on_time", FieldType.BOOLEAN, "the ticketing tool's own verdict on its promise"),
            RoleField("solved", FieldType.BOOLEAN, "whether the answer solved it"),
            RoleField("reopened", FieldType.INTEGER, "times it was opened again", least=0),
            RoleField("reassigned", FieldType.INTEGER, "times it was passed on", least=0),
            RoleField("cause", FieldType.TEXT, "cause found"),
        ),
        Role.PAUSES: (
            RoleField(
                "number", FieldType.TEXT, "number of the ticket that waits for the customer", required=True
            ),
            RoleField("start", FieldType.INSTANT, "when the wait began", required=True),
            RoleField("end", FieldType.INSTANT, "when it ended; empty while it lasts", after="start"),
        ),
        Role.SURVEYS: (
            _day("day of the answer"),
            *_WHO,
            RoleField(
                "respondent", FieldType.TEXT, "who answered, in any pseudonym; counted for suppression"
            ),
            RoleField("weight", FieldType.NUMBER, "people who gave this answer; one if left out", least=0),
            RoleField("question", FieldType.TEXT, "which question", words=_QUESTIONS),
            RoleField("score", FieldType.NUMBER, "the answer; empty for 'not applicable'"),
        ),
        Role.OUTAGES: (
            RoleField("start", FieldType.INSTANT, "when it began", required=True),
            RoleField("end", FieldType.INSTANT, "when it ended; empty while it lasts", after="start"),
            RoleField("service", FieldType.SERVICE, "service that was down", required=True),
            RoleField("planned", FieldType.BOOLEAN, "announced beforehand; not counted against availability"),
            RoleField("unknown", FieldType.BOOLEAN, "monitoring was blind: neither up nor down"),
            RoleField("attributable", FieldType.BOOLEAN, "due to us"),
            RoleField("cause", FieldType.TEXT, "cause found"),
        ),
        Role.CALLS: (
            _day("day of the calls"),
            *_WHO,
            RoleField("received", FieldType.INTEGER, "calls that came in", required=True, least=0),
            RoleField("answered", FieldType.INTEGER, "calls that were answered", least=0),
            RoleField("abandoned", FieldType.INTEGER, "callers who hung up while waiting", least=0),
            RoleField("lost", FieldType.INTEGER, "calls that found no line", least=0),
            RoleField(
                "answered_in_time",
                FieldType.INTEGER,
                "calls answered within the promised number of seconds",
                least=0,
            ),
            RoleField("settled", FieldType.INTEGER, "calls settled at first contact", least=0),
            RoleField("wait", FieldType.NUMBER, "mean wait of the row's calls, in seconds", least=0),
            RoleField(
                "handling", FieldType.NUMBER, "total handling time of the row's calls, in seconds", least=0
            ),
            RoleField("cost", FieldType.NUMBER, "cost of the row's calls"),
            RoleField("planned", FieldType.INTEGER, "calls that the centre was sized for", least=0),
        ),
        Role.USAGE: (
            _day("day, or first day of the month, that is counted"),
            RoleField("service", FieldType.SERVICE, "service used", required=True),
            _SEGMENT,
            _CLIENT,
            RoleField("users", FieldType.INTEGER, "people who used it", required=True, least=0),
            RoleField("eligible", FieldType.INTEGER, "people who may use it", least=0),
            RoleField("volume", FieldType.NUMBER, "how much was used"),
        ),
        Role.CONTACTS: (
            _day("day of the contact"),
            RoleField("client", FieldType.CLIENT, "client met", required=True),
            _SEGMENT,
            RoleField(
                "kind",
                FieldType.TEXT,
                "visit, committee, call, event",
                words=("visit", "committee", "call", "event"),
            ),
            RoleField("project", FieldType.TEXT, "project that came of it"),
        ),
        Role.REVENUE: (
            _day("day of the invoice"),
            RoleField("client", FieldType.CLIENT, "client who pays or is counted", required=True),
            _SEGMENT,
            _SERVICE,
            RoleField("amount", FieldType.NUMBER, "amount, in the organisation's currency", required=True),
            RoleField("volume", FieldType.NUMBER, "volume, for internal customers who do not pay"),
        ),
        Role.SUBSCRIPTIONS: (
            RoleField("client", FieldType.CLIENT, "client who subscribes", required=True),
            RoleField("service", FieldType.SERVICE, "service subscribed to", required=True),
            RoleField("start", FieldType.DAY, "first day", required=True),
            RoleField("end", FieldType.DAY, "last day; empty while it lasts", after="start"),
            RoleField("renewed", FieldType.BOOLEAN, "renewed at its anniversary"),
        ),
        Role.LEDGER: (
            _day("day of the entry"),
            RoleField("client", FieldType.CLIENT, "client of the account"),
            RoleField(
                "kind",
                FieldType.TEXT,
                "invoice, credit-note, payment or opening",
                words=("invoice", "credit-note", "payment", "opening"),
                required=True,
            ),
            RoleField("amount", FieldType.NUMBER, "amount, positive", required=True),
            RoleField("balance", FieldType.NUMBER, "running balance after the entry, checked row by row"),
        ),
        Role.OTHER: (),
    }
)

WHO: Final = ("respondent", "user")
"""Fields that say which person a row is about."""
_WORDS: Final = MappingProxyType(
    {(role, field.name): frozenset(field.words) for role, fields in FIELDS.items() for field in fields}
)


def known_words(role: Role, field: str) -> frozenset[str]:
    """The words of the closed list that a field of a role has; none where any text will do."""
    return _WORDS.get((role, field), frozenset())


DATE_FIELD: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.REQUESTS: "opened",
        Role.PAUSES: "start",
        Role.SURVEYS: "date",
        Role.OUTAGES: "start",
        Role.CALLS: "date",
        Role.USAGE: "date",
        Role.CONTACTS: "date",
        Role.REVENUE: "date",
        Role.SUBSCRIPTIONS: "start",
        Role.LEDGER: "date",
        Role.OTHER: "date",
    }
)
"""The field whose day decides in which quarter a row is counted, unless a definition names another."""


CONSTANTS: Final[Mapping[FieldType, str]] = MappingProxyType(
    {
        **dict.fromkeys(FieldType, "it is empty"),
        FieldType.INSTANT: "a time is read from a column, row by row",
        FieldType.DAY: "write the day as 2026-10-31",
        FieldType.INTEGER: "write a whole number, such as 12",
        FieldType.NUMBER: "write a number with a decimal point, such as 12.5",
        FieldType.BOOLEAN: "write true or false",
    }
)
"""What a constant of each type must be, in words."""


def is_constant(text: str, kind: FieldType) -> bool:
    """True for a text that a field may hold in every row: numbers as 12.5, days as 2026-10-31, true or false."""
    try:
        match kind:
            case FieldType.INSTANT:
                return False
            case FieldType.DAY:
                return date.fromisoformat(text).isoformat() == text
            case FieldType.INTEGER:
                return str(int(text)) == text and abs(int(text)) < 10**12
            case FieldType.NUMBER:
                return Decimal(text) == round(Decimal(text), 6) and abs(Decimal(text)) < 10**12
            case FieldType.BOOLEAN:
                return text in ("true", "false")
            case _:
                return bool(text)
    except (ValueError, InvalidOperation):
        return False
