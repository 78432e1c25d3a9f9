"""Stocks of outages: a plan over outages in; availability, or hours lost, by quarter and service out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

import duckdb

from comptoir.measure.availability import (
    Outage,
    ServiceTime,
    TimeSpan,
    hours_of_service,
    monitored_spans,
    read_outages,
    sum_hours,
)
from comptoir.measure.estimates import Estimate, reasons, scale_of
from comptoir.measure.plans import Plan
from comptoir.measure.promises import promised_availability
from comptoir.measure.sql.moments import end_of_day
from comptoir.measure.stock import Inquiry, Stock
from comptoir.measure.tables import agreed_calendar
from comptoir.measure.types import EVERYTHING, LeftOut, Reason, Scope, TargetInForce
from comptoir.measure.working_sql import WorkingTimeTable
from comptoir.measure.working_time import EdgeTable
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator, IndicatorUnit
from comptoir.model.terms import Lifecycle
from comptoir.periods import Period


@dataclass(frozen=True, slots=True)
class _Monitored:
    """The services that are monitored or should be, each with its outages and when it was watched, and all calendars."""

    catalogue: Catalogue
    inquiry: Inquiry
    edges: Mapping[str, EdgeTable]
    outages: Mapping[str, tuple[Outage, ...]]
    watched: Mapping[str, tuple[TimeSpan, ...]]

    def hours(self, quarter: Period) -> dict[str, ServiceTime]:
        """What each service was worth, in its agreement's calendar or else its service hours."""
        return {name: self._hours_of(name, quarter) for name in self.outages}

    def _hours_of(self, name: str, quarter: Period) -> ServiceTime:
        service, today = self.catalogue.services[name], self.inquiry.today
        calendar = agreed_calendar(self.catalogue, name) or service.service_hours
        last = min(service.until or today, today)
        zone = self.catalogue.organisation.time_zone
        watched = self.watched.get(name, ())
        return hours_of_service(
            self.outages[name], self.edges[calendar], quarter, zone, service.since, last, watched
        )


def stock_outages(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    catalogue: Catalogue,
    inquiry: Inquiry,
    edges: Mapping[str, EdgeTable],
) -> Stock:
    """The stock of one definition of the kind availability. Raises QueryError when the engine refuses its query."""
    zone = catalogue.organisation.time_zone
    now: datetime = end_of_day(inquiry.today, zone).replace(tzinfo=UTC)
    outages, query = read_outages(connection, plan, inquiry.quarters, zone, now, inquiry.limit)
    watched = monitored_spans(connection, plan.table, catalogue.sources, zone, now)
    services = _monitored_services(watched, catalogue, inquiry)
    of_service = {name: tuple(outage for outage in outages if outage.service == name) for name in services}
    monitored = _Monitored(catalogue, inquiry, edges, of_service, watched)
    estimates: dict[tuple[Period, Scope], Estimate] = {}
    promised: dict[tuple[Period, Scope], TargetInForce] = {}
    unsure: set[tuple[Period, Scope]] = set()
    for quarter in inquiry.quarters:
        hours = monitored.hours(quarter)
        for scope, every in _scopes(plan.indicator, services).items():
            members = [name for name in every if hours[name].known > 0] or every
            total = sum_hours(hours, members)
            estimates[quarter, scope] = _estimate_hours(plan.indicator, total)
            if total.is_too_unknown:
                unsure.add((quarter, scope))
            target = _promised(catalogue, hours, members, quarter)
            if target is not None and _is_availability(plan.indicator):
                promised[quarter, scope] = target
    return Stock(
        indicator=plan.indicator,
        plan=plan,
        estimates=estimates,
        promised=promised,
        unsure=frozenset(unsure),
        queries=(query,),
        working_time=WorkingTimeTable(0, 0),
    )


def _monitored_services(
    watched: Mapping[str, tuple[TimeSpan, ...]], catalogue: Catalogue, inquiry: Inquiry
) -> list[str]:
    """Services that were ever watched, or whose availability is promised: of others there is nothing to say."""
    return [
        name
        for name, service in sorted(catalogue.services.items())
        if service.lifecycle is not Lifecycle.PIPELINE
        and (
            name in watched
            or any(
                promised_availability(catalogue, name, quarter) is not None for quarter in inquiry.quarters
            )
        )
    ]


def _scopes(indicator: Indicator, services: list[str]) -> dict[Scope, list[str]]:
    each = services if Dimension.SERVICE in indicator.by else []
    return {EVERYTHING: services, **{Scope(service=name): [name] for name in each}}


def _is_availability(indicator: Indicator) -> bool:
    return indicator.unit is IndicatorUnit.PERCENT and indicator.numerator is None


def _estimate_hours(indicator: Indicator, hours: ServiceTime) -> Estimate:
    """Availability in per cent; hours lost for the unit hours; with a numerator, its share of the hours lost."""
    left_out = reasons((LeftOut.PLANNED, hours.planned))
    n = hours.outages - hours.planned
    if hours.known <= 0 < hours.service:
        return Estimate(None, 0, reason=Reason.NOT_MONITORED)
    if hours.known <= 0:
        return Estimate(None, n, reason=Reason.NOTHING_BELOW_THE_LINE, left_out=left_out)
    hour = Fraction(3600)
    if indicator.numerator is not None:
        if not hours.down:
            return Estimate(None, n, reason=Reason.NO_CASES, left_out=left_out)
        above, below = hours.marked / hour, hours.down / hour
        return Estimate(above / below * scale_of(indicator), n, above, below, left_out=left_out)
    if indicator.unit is not IndicatorUnit.PERCENT:
        return Estimate(hours.down / hour, n, hours.down / hour, left_out=left_out)
    up = (hours.known - hours.down) / hour
    return Estimate(100 * up / (hours.known / hour), n, up, hours.known / hour, left_out=left_out)


def _promised(
    catalogue: Catalogue, hours: Mapping[str, ServiceTime], members: Sequence[str], quarter: Period
) -> TargetInForce | None:
    """What agreements promise for these services together, weighed by service hours; none if one promises nothing."""
    total = weight = Fraction(0)
    for name in members:
        promise = promised_availability(catalogue, name, quarter)
        if promise is None:
            return None
        total += promise * hours[name].service
        weight += hours[name].service
    return TargetInForce(total / weight, from_agreements=True) if weight else None
