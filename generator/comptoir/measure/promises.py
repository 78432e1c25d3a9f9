"""Promises in force: a catalogue and a metric in; which target holds for whom, for which priority and when, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from comptoir.model.agreements import Agreement, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.terms import AgreementKind, Metric, Priority, Unit
from comptoir.model.validity import in_force, validity
from comptoir.periods import Period

ALWAYS: Final = ":always"  # a calendar that never closes, for elapsed time; no identifier looks like it
ANYONE: Final = "*"
SATISFACTION: Final = ("satisfaction", "satisfied-users")
"""The ready-made definitions that measure the satisfaction which agreements promise, with a service."""

_MEASURED_BY: Final[Mapping[Metric, tuple[str, ...]]] = MappingProxyType(
    {
        Metric.SATISFACTION: SATISFACTION,
        Metric.ANSWER_TIME: ("calls-answered-in-time",),
    }
)
"""Which ready-made indicators measure a promise that no kind of indicator is made for."""

_SECONDS: Final = {
    Unit.SECONDS: 1,
    Unit.MINUTES: 60,
    Unit.HOURS: 3600,
    Unit.DAYS: 86_400,
    Unit.WORKING_MINUTES: 60,
    Unit.WORKING_HOURS: 3600,
}
_WORKING: Final = frozenset({Unit.WORKING_MINUTES, Unit.WORKING_HOURS, Unit.WORKING_DAYS})
_FOREVER: Final = date(9000, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Promise:
    """From `first` to `last`, cases of this service, customer, priority and thing asked for are owed an end in time.

    The limit is in `seconds` of `calendar`, or in `days` of work there. `who` is 'segment/client', or '*' for all.
    """

    service: str
    who: str
    priority: str
    item: str  # '' for the things that no agreement names
    first: date
    last: date
    calendar: str
    seconds: Decimal | None
    days: Decimal | None
    share: Decimal  # per cent of cases that are promised


def promises_of(catalogue: Catalogue, metric: Metric) -> tuple[Promise, ...]:
    """The promises of every service for a duration `metric`, without overlaps.

    Where several agreements promise the same, the one made to a client goes before one made to a segment, that
    before one made to all; then the target of the very thing asked for; then that of the very priority; then the
    agreement that began last.
    """
    return tuple(
        sorted(
            promise
            for service in catalogue.services
            for who in _customers(catalogue, service)
            for promise in _promises(catalogue, service, who, metric)
        )
    )


def priorities_of(catalogue: Catalogue) -> tuple[str, ...]:
    """The priorities that rows may have: p1 to p9, and those that the organisation names."""
    return (*(one.value for one in Priority), *(one.id for one in catalogue.organisation.priorities))


def promised_items(catalogue: Catalogue, metric: Metric) -> frozenset[tuple[str, str]]:
    """Service and thing asked for, wherever an agreement has a target of `metric` for that very thing."""
    return frozenset(
        (service, target.request_item)
        for service in catalogue.services
        for agreement in agreements_of(catalogue, service)
        for target in agreement.targets
        if target.metric is metric and target.request_item
    )


def limited_services(catalogue: Catalogue) -> frozenset[str]:
    """Services of which some agreement is made to named segments or clients only."""
    return frozenset(
        service
        for service in catalogue.services
        if any(agreement.segments or agreement.clients for agreement in agreements_of(catalogue, service))
    )


def agreements_of(catalogue: Catalogue, service: str) -> tuple[Agreement, ...]:
    """The agreements with clients that cover a service, in the order of their identifiers."""
    found = (catalogue.agreements.get(name) for name in sorted(catalogue.services[service].agreements))
    return tuple(agreement for agreement in found if agreement and agreement.kind is AgreementKind.SLA)


def promised_availability(catalogue: Catalogue, service: str, quarter: Period) -> Fraction | None:
    """The availability promised for a service on the last day of a quarter, in per cent: the highest of them."""
    values = [
        target.value
        for agreement in agreements_of(catalogue, service)
        for target in agreement.targets
        if target.metric is Metric.AVAILABILITY
        and agreement.is_judged(target)
        and in_force(quarter.last_day, agreement, target)
    ]
    return Fraction(max(values)) if values else None


def promised_satisfaction(
    catalogue: Catalogue, service: str, segment: str, unit: IndicatorUnit, quarter: Period
) -> Fraction | None:
    """The satisfaction promised for a service, or for a segment there, on the last day of a quarter, in that unit.

    The highest of them, like availability. A promise in another unit is one on another question.
    """
    who = f"{segment}/" if segment else ANYONE
    values = [
        target.value
        for agreement in agreements_of(catalogue, service)
        for target in agreement.targets
        if target.metric is Metric.SATISFACTION
        and target.unit.value == unit.value
        and agreement.is_judged(target)
        and _concerns(agreement, who)
        and in_force(quarter.last_day, agreement, target)
    ]
    return Fraction(max(values)) if values else None


def is_satisfaction(indicator: Indicator) -> bool:
    """True for a definition that measures the satisfaction which agreements promise."""
    return indicator.ready_made in SATISFACTION


def _customers(catalogue: Catalogue, service: str) -> tuple[str, ...]:
    """All that can be told apart: everyone, or each segment with each of its clients, and those who are neither."""
    if service not in limited_services(catalogue):
        return (ANYONE,)
    segments, clients = ("", *catalogue.segments), ("", *catalogue.clients)
    return tuple(f"{segment}/{client}" for segment in segments for client in clients)


def _promises(catalogue: Catalogue, service: str, who: str, metric: Metric) -> Iterator[Promise]:
    """The promises to `who`, for each priority and each thing asked for that is told apart."""
    made = [
        (agreement, target)
        for agreement in agreements_of(catalogue, service)
        if _concerns(agreement, who)
        for target in agreement.targets
        if target.metric is metric and agreement.is_judged(target)
    ]
    items = sorted({target.request_item or "" for _, target in made})
    for priority in ("", *priorities_of(catalogue)):
        for item in dict.fromkeys(("", *items)):
            holding = [
                (a, t) for a, t in made if t.priority in (None, priority) and t.request_item in (None, item)
            ]
            yield from _in_turn((service, who, priority, item), holding)


def _in_turn(cases: tuple[str, str, str, str], made: list[tuple[Agreement, Target]]) -> Iterator[Promise]:
    """One promise for each stretch of days on which nothing changes."""
    edges = sorted({day for agreement, target in made for day in _edges(agreement, target)})
    for first, following in pairwise(edges):
        holding = [(a, t) for a, t in made if in_force(first, a, t)]
        if holding:
            agreement, target = min(holding, key=_preference)
            yield _promise(cases, first, following - timedelta(days=1), agreement, target)


def _promise(
    cases: tuple[str, str, str, str], first: date, last: date, agreement: Agreement, target: Target
) -> Promise:
    in_days = target.unit is Unit.WORKING_DAYS
    return Promise(
        *cases,
        first=first,
        last=last,
        calendar=agreement.calendar if target.unit in _WORKING else ALWAYS,
        seconds=None if in_days else target.value * _SECONDS[target.unit],
        days=target.value if in_days else None,
        share=target.share if target.share is not None else Decimal(100),
    )


def _concerns(agreement: Agreement, who: str) -> bool:
    if who == ANYONE or not (agreement.segments or agreement.clients):
        return True
    segment, _, client = who.partition("/")
    return segment in agreement.segments or client in agreement.clients


def _preference(made: tuple[Agreement, Target]) -> tuple[int, int, int, int, str, Decimal]:
    agreement, target = made
    narrowness = 0 if agreement.clients else 1 if agreement.segments else 2
    return (
        narrowness,
        0 if target.request_item else 1,
        0 if target.priority else 1,
        -agreement.valid_from.toordinal(),
        agreement.id,
        target.value,
    )


def _edges(agreement: Agreement, target: Target) -> tuple[date, date]:
    """First day of a target, and the day after its last."""
    first, last = validity(agreement, target)
    return first, min(last, _FOREVER) + timedelta(days=1)


def metric_of(indicator: Indicator) -> Metric | None:
    """Which promise of agreements an indicator measures; None for what no agreement promises."""
    if _is_availability(indicator):
        return Metric.AVAILABILITY
    name = indicator.ready_made
    return next((metric for metric, names in _MEASURED_BY.items() if name in names), indicator.metric)


def measuring(
    indicators: Iterable[Indicator],
    metric: Metric,
    priority: str | None = None,
    request_item: str | None = None,
) -> tuple[Indicator, ...]:
    """Those of the indicators that measure a promise: of the very cases, else of more of them."""
    if metric is Metric.AVAILABILITY:
        return tuple(i for i in indicators if _is_availability(i))
    names = _MEASURED_BY.get(metric)
    if names is not None:
        return tuple(i for i in indicators if i.ready_made in names)
    within = [
        i
        for i in indicators
        if i.kind is IndicatorKind.WITHIN_TARGET
        and i.metric is metric
        and i.priority in (None, priority)
        and i.request_item in (None, request_item)
    ]
    exact = [i for i in within if (i.priority, i.request_item) == (priority, request_item)]
    return tuple(exact or within)


def _is_availability(indicator: Indicator) -> bool:
    return indicator.kind is IndicatorKind.AVAILABILITY and indicator.unit is IndicatorUnit.PERCENT
