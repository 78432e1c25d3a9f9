"""Availability: outages and calendars in; service, down and unknown time of each service and quarter out.

Overlapping outages of a service count once. Time that was not monitored is neither up nor down, whatever lies over it:
an outage that is still open ends where monitoring ends. Announced outages are not counted against availability.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

import duckdb

from comptoir.measure.plans import Plan
from comptoir.measure.reading.types import watched_of
from comptoir.measure.sql.engine import literal, quote, run_query
from comptoir.measure.sql.moments import end_of_day, utc_midnight
from comptoir.measure.tables import PERIOD, Table, rows_with_derived
from comptoir.measure.working_time import EdgeTable, working_seconds
from comptoir.model.columns import Covers
from comptoir.model.metrics import Source
from comptoir.model.roles import Role
from comptoir.periods import Period

UNKNOWN_LIMIT: Final = Fraction(1, 10)
TimeSpan: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch that was not up; instants are in UTC."""

    service: str
    start: datetime
    end: datetime
    is_planned: bool
    is_unknown: bool
    is_marked: bool  # the definition's numerator holds


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """Seconds of service, of unplanned down time, of marked down time and of time unseen; and rows behind them."""

    service: Fraction
    down: Fraction
    marked: Fraction
    unknown: Fraction
    outages: int
    planned: int

    def __add__(self, other: ServiceTime) -> ServiceTime:
        return ServiceTime(
            self.service + other.service,
            self.down + other.down,
            self.marked + other.marked,
            self.unknown + other.unknown,
            self.outages + other.outages,
            self.planned + other.planned,
        )

    @property
    def known(self) -> Fraction:
        """Seconds of service that were seen, up or down."""
        return self.service - self.unknown

    @property
    def is_too_unknown(self) -> bool:
        """True when more than a tenth of the service hours was not seen."""
        return self.service > 0 and self.unknown > UNKNOWN_LIMIT * self.service


NO_HOURS: Final = ServiceTime(Fraction(0), Fraction(0), Fraction(0), Fraction(0), 0, 0)


def read_outages(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    quarters: Sequence[Period],
    time_zone: str,
    until: datetime,
    limit: float,
) -> tuple[tuple[Outage, ...], str]:
    """The outages that touch one of the quarters, in order, and the query; an open one lasts until `until`."""
    fields = plan.table.fields
    first = utc_midnight(quarters[0].first_day, time_zone)
    last = utc_midnight(quarters[-1].last_day + timedelta(days=1), time_zone)
    marked = plan.expressions["numerator"].sql if "numerator" in plan.expressions else "TRUE"
    flags = {
        name: f"coalesce({name}, FALSE)" if name in fields else "FALSE" for name in ("planned", "unknown")
    }
    end = 'epoch_us("end")' if "end" in fields else "NULL"
    query = f"""SELECT service, epoch_us("start") AS since, {end} AS until,
  {flags["planned"]} AS is_planned, {flags["unknown"]} AS is_unknown, coalesce({marked}, FALSE) AS is_marked
FROM ({rows_with_derived(plan.table, plan.fields - {*PERIOD}, time_zone=time_zone)})
WHERE ({plan.row["kept"]}) AND service IS NOT NULL AND "start" IS NOT NULL
ORDER BY ALL"""
    found = []
    for row in run_query(connection, query, limit):
        start = _instant(row["since"])
        stop = min(_instant(row["until"]) if row["until"] is not None else until, max(until, start))
        if start < last.replace(tzinfo=UTC) and stop > first.replace(tzinfo=UTC) and start <= stop:
            found.append(
                Outage(row["service"], start, stop, row["is_planned"], row["is_unknown"], row["is_marked"])
            )
    return tuple(found), query


def hours_of_service(
    outages: Iterable[Outage],
    edges: EdgeTable,
    quarter: Period,
    time_zone: str,
    since: date | None,
    until: date | None,
    watched: Sequence[TimeSpan],
) -> ServiceTime:
    """What one service was worth in a quarter; `since` and `until` are its first and last day in the catalogue.

    What is not `watched`, and what monitoring says that it did not see, is unknown, whatever outage lies over it.
    """
    first = max(quarter.first_day, since or quarter.first_day)
    last = min(quarter.last_day, until or quarter.last_day)
    if last < first:
        return NO_HOURS
    window = _aware(utc_midnight(first, time_zone)), _aware(utc_midnight(last + timedelta(days=1), time_zone))
    inside = [(outage, span) for outage in outages if (span := _clip(outage, window)) is not None]
    unseen = subtract([window], watched) if window[0] < window[1] else ()
    blind = merge([*unseen, *(span for outage, span in inside if outage.is_unknown)])
    failed = [(outage, span) for outage, span in inside if not outage.is_planned and not outage.is_unknown]
    down = subtract(merge(span for _, span in failed), blind)
    marked = subtract(merge(span for outage, span in failed if outage.is_marked), blind)
    return ServiceTime(
        service=_worked(edges, [window]),
        down=_worked(edges, down),
        marked=_worked(edges, marked),
        unknown=_worked(edges, blind),
        outages=len(inside),
        planned=sum(outage.is_planned for outage, _ in inside),
    )


def merge(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """The same time in stretches that neither overlap nor touch, in order."""
    merged: list[TimeSpan] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def subtract(spans: Iterable[TimeSpan], removed: Sequence[TimeSpan]) -> tuple[TimeSpan, ...]:
    """What is left of merged `spans` without merged `removed`."""
    left: list[TimeSpan] = []
    for start, end in spans:
        for since, until in removed:
            if until <= start or end <= since:
                continue
            if start < since:
                left.append((start, since))
            start = max(start, until)
        if start < end:
            left.append((start, end))
    return tuple(left)


def monitored_spans(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    sources: Mapping[str, Source],
    time_zone: str,
    now: datetime,
) -> dict[str, tuple[TimeSpan, ...]]:
    """Service → when it was watched: as its sources say, else from the first instant of their rows to the last.

    The last is not the end of an outage that is still open: how long it was seen to last nobody knows. Planned
    outages are announced, not seen.
    """
    start, end = quote("start"), quote("end") if "end" in table.fields else "NULL::TIMESTAMP"
    seen = "NOT coalesce(planned, FALSE)" if "planned" in table.fields else "TRUE"
    source = "_source" if table.source == Role.OUTAGES else literal(table.source)
    last = f"epoch_us(greatest({start}, {end}))"
    rows = connection.execute(
        f"SELECT {source}, list(DISTINCT service), min(epoch_us({start})), coalesce(max({last}) FILTER ({seen}), max({last})) "
        f"FROM {quote(table.name)} GROUP BY ALL"
    ).fetchall()
    told = {
        name: [(service, _instant(since), _instant(until)) for service in services]
        for name, services, since, until in rows
    }
    names = [name for name, one in sources.items() if table.source in (one.id, one.role.value)]
    for name in names:
        if sources[name].checks is not None:  # each service from its first check to its last
            query = f"SELECT service, epoch_us(since), epoch_us(until) FROM {watched_of(name)}"
            watched = connection.execute(query).fetchall()
            told[name] = [(service, _instant(since), _instant(until)) for service, since, until in watched]
    spans: dict[str, list[TimeSpan]] = {}
    for name in sorted({*told, *names}):
        covers = sources[name].covers if name in sources else None
        for service, since, until in _covered(told.get(name, []), covers, time_zone):
            spans.setdefault(service, []).append((since, min(until, now)))
    return {service: merge(found) for service, found in sorted(spans.items())}


def _covered(
    told: Sequence[tuple[str | None, datetime, datetime]], covers: Covers | None, time_zone: str
) -> Iterator[tuple[str, datetime, datetime]]:
    """Services, and from when until when they were watched: what `covers` says goes before what rows tell."""
    first, last = min((one[1] for one in told), default=None), max((one[2] for one in told), default=None)
    seen = {service for service, _, _ in told}
    also = [(name, first, last) for name in (covers.services if covers else ()) if name not in seen]
    for service, since, until in (*told, *also):
        if covers is not None and covers.since:
            since = _aware(utc_midnight(covers.since, time_zone))
        if covers is not None and covers.until:
            until = _aware(end_of_day(covers.until, time_zone))
        if service is not None and since is not None and until is not None:
            yield service, since, until


def sum_hours(hours: Mapping[str, ServiceTime], names: Iterable[str]) -> ServiceTime:
    """The hours of several services together: numerators and denominators add up."""
    total = NO_HOURS
    for name in names:
        total = total + hours[name]
    return total


def _worked(edges: EdgeTable, spans: Sequence[TimeSpan]) -> Fraction:
    return sum((Fraction(working_seconds(edges, start, end)) for start, end in spans), Fraction(0))


def _clip(outage: Outage, window: TimeSpan) -> TimeSpan | None:
    start, end = max(outage.start, window[0]), min(outage.end, window[1])
    return (start, end) if start < end else None


def _instant(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
