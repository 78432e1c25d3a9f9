"""Observations: the locked engine in; the rows that the loyalty analyses need, as frozen values without SQL, out.

Rows that may be millions (requests, calls, charges, use) are added up by client and day in the engine; what is read
one by one (complaints, contacts, subscriptions, ledgers) stays as rows. Names are those of the catalogue, '' where a
row has none or names what the catalogue does not have. What clients say is not here: answers are only read from
measurements, where few respondents are withheld.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import duckdb

from comptoir.measure.sql.engine import LIMIT, run_query
from comptoir.measure.sql.zones import to_local


@dataclass(frozen=True, slots=True)
class RevenueDay:
    """What a client was charged for a service on a day. Credit notes are kept apart: `amount` below 0, no orders."""

    client: str
    day: date
    segment: str
    service: str
    amount: Decimal
    volume: Decimal | None
    orders: int


@dataclass(frozen=True, slots=True)
class UsageDay:
    """Use of a service counted on a day, by segment and client where the count names them."""

    day: date
    service: str
    segment: str
    client: str
    users: int
    eligible: int | None
    volume: Decimal | None


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint of the register, days in the organisation's time zone; `id` is its number, else its file and line.

    `answered` is none while it is open; `solved` none until the customer agreed, or when the answer settled nothing.
    """

    id: str
    client: str
    segment: str
    service: str
    received: date
    answered: date | None
    solved: date | None
    cause: str


@dataclass(frozen=True, slots=True)
class SupportDay:
    """How often a client turned to support on a day: requests that are no complaints, and calls of the switchboard."""

    client: str
    day: date
    requests: int
    calls: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with a client, and the project that came of it ('' if none)."""

    client: str
    segment: str
    day: date
    kind: str
    project: str


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A term of a subscription; `end` is none while it lasts, `renewed` where nothing is said of it."""

    client: str
    service: str
    start: date
    end: date | None
    renewed: bool | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry of a client's account as it is printed, and where."""

    source: str
    file: str
    line: int
    client: str
    day: date
    kind: str
    amount: Decimal
    balance: Decimal | None


Observed = TypeVar(
    "Observed", RevenueDay, UsageDay, ComplaintRow, SupportDay, ContactRow, SubscriptionRow, LedgerRow
)
"""Any row of observations."""


@dataclass(frozen=True, slots=True)
class Observations:
    """What was observed of clients, each list in order; empty where no source tells it.

    `requests_until` is the last day that the requests speak of: what is open then may have been answered since.
    """

    revenue: tuple[RevenueDay, ...] = ()
    usage: tuple[UsageDay, ...] = ()
    complaints: tuple[ComplaintRow, ...] = ()
    support: tuple[SupportDay, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    subscriptions: tuple[SubscriptionRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    requests_until: date | None = None


def observe(
    connection: duckdb.DuckDBPyConnection, time_zone: str, today: date, limit: float = LIMIT
) -> Observations:
    """The observations of the tables that `connection` holds (see `reading.create_views`), as known on `today`.

    `time_zone` is the organisation's: it says on which day an instant is. `limit` is how many seconds one query may
    take. Raises QueryError when the engine refuses one, or does not finish in time.
    """
    zone = ZoneInfo(time_zone)

    def rows(sql: str) -> list[dict[str, Any]]:
        return run_query(connection, sql, limit)

    until = _local(rows(_LAST_KNOWN)[0]["last_known"], zone)
    return Observations(
        revenue=tuple(RevenueDay(**row) for row in rows(_REVENUE)),
        usage=tuple(UsageDay(**row) for row in rows(_USAGE)),
        complaints=tuple(_complaint(row, zone) for row in rows(_COMPLAINTS)),
        support=tuple(SupportDay(**row) for row in rows(_SUPPORT.format(opened=opened_day(time_zone)))),
        contacts=tuple(ContactRow(**row) for row in rows(_CONTACTS)),
        subscriptions=tuple(SubscriptionRow(**row) for row in rows(_SUBSCRIPTIONS)),
        ledger=tuple(LedgerRow(**row) for row in rows(_LEDGER)),
        requests_until=min(until, today) if until else None,
    )


_LAST_KNOWN: Final = """
SELECT greatest(max(opened), max(taken), max(resolved), max(closed)) AS last_known FROM requests
"""
_REVENUE: Final = """
SELECT client, date AS day, coalesce(segment, '') AS segment, coalesce(service, '') AS service,
    sum(amount) AS amount, sum(volume) AS volume, count(*) FILTER (amount > 0) AS orders
FROM revenue WHERE client IS NOT NULL
GROUP BY client, date, segment, service, amount > 0 ORDER BY client, day, segment, service, amount
"""
_USAGE: Final = """
SELECT date AS day, coalesce(service, '') AS service, coalesce(segment, '') AS segment, coalesce(client, '') AS client,
    sum(users)::BIGINT AS users, sum(eligible)::BIGINT AS eligible, sum(volume) AS volume
FROM usage GROUP BY date, service, segment, client ORDER BY day, service, segment, client
"""
_COMPLAINTS: Final = """
SELECT coalesce(number, _file || ':' || _line) AS id, coalesce(client, '') AS client,
    coalesce(segment, '') AS segment, coalesce(service, '') AS service, opened, resolved, closed, solved,
    coalesce(cause, '') AS cause
FROM requests WHERE kind = 'complaint' ORDER BY opened, id, _file, _line
"""
_SUPPORT: Final = """
SELECT client, day, sum(requests)::BIGINT AS requests, sum(calls)::BIGINT AS calls FROM (
    SELECT client, {opened} AS day, count(*) AS requests, 0 AS calls FROM requests
    WHERE client IS NOT NULL AND kind IS DISTINCT FROM 'complaint' GROUP BY ALL
    UNION ALL
    SELECT client, date AS day, 0 AS requests, sum(received) AS calls FROM calls
    WHERE client IS NOT NULL GROUP BY ALL
) GROUP BY client, day ORDER BY client, day
"""
_CONTACTS: Final = """
SELECT client, coalesce(segment, '') AS segment, date AS day, coalesce(kind, '') AS kind,
    coalesce(project, '') AS project
FROM contacts WHERE client IS NOT NULL ORDER BY day, client, kind, project, _file, _line
"""
_SUBSCRIPTIONS: Final = """
SELECT client, service, start, "end", renewed
FROM subscriptions WHERE client IS NOT NULL AND service IS NOT NULL ORDER BY client, service, start, _file, _line
"""
_LEDGER: Final = """
SELECT _source AS source, _file AS file, _line AS line, coalesce(client, '') AS client, date AS day, kind, amount,
    balance
FROM ledger ORDER BY source, file, line
"""


def _complaint(row: dict[str, Any], zone: ZoneInfo) -> ComplaintRow:
    received = _local(row["opened"], zone)
    assert received is not None  # a request without it is left out when it is read
    answered, closed = (_not_before(received, _local(row[field], zone)) for field in ("resolved", "closed"))
    is_settled = row["solved"] if row["solved"] is not None else closed is not None
    solved = (closed or answered) if is_settled else None
    texts = (row["client"], row["segment"], row["service"])
    return ComplaintRow(row["id"], *texts, received, answered, solved, row["cause"])


def _not_before(received: date, day: date | None) -> date | None:
    """No day for what is said to have happened before the receipt: it is a slip, and tells nothing."""
    return day if day is not None and day >= received else None


def _local(instant: datetime | None, zone: ZoneInfo) -> date | None:
    """The day of an instant, which the engine keeps in UTC and without zone."""
    return None if instant is None else (instant + _offset(instant, zone)).date()


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).utcoffset()
    return offset or timedelta()


def opened_day(time_zone: str) -> str:
    """SQL of the day on which a request was opened, in the organisation's time zone."""
    return f"CAST({to_local('opened', time_zone)} AS DATE)"
