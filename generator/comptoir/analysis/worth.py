"""Worth: assumptions of loyalty.yaml and what clients were charged in; the value of each group and client out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from comptoir.analysis.choices import share
from comptoir.analysis.client_value import Assumptions, ClientValue, expect_value, value_clients
from comptoir.analysis.orders import orders_of, weigh_clients
from comptoir.measure.observations import Observations
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.loyalty import ValueGroup, ValueSettings
from comptoir.model.terms import Weight
from comptoir.periods import Period

YEAR: Final = 4  # quarters of charges and requests that a first year rests on


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group of clients: who they are, their value year by year, and each year's result as published elsewhere.

    `name` is none for a group named by its segments, or of everyone else. `is_measured` when the revenue of a client
    is what was charged, not what is assumed. `value` is none where neither is known.
    """

    name: Text | None
    segments: tuple[str, ...]
    clients: tuple[str, ...]
    value: ClientValue | None
    published: tuple[Decimal, ...]
    is_measured: bool


@dataclass(frozen=True, slots=True)
class FirstYear:
    """What a first year rests on: what each client was charged from `first` to `last`, and how often it asked.

    A client that was never charged is not among `revenue`; one that was, but not in that time, is, with 0.
    """

    first: date
    last: date
    revenue: Mapping[str, Fraction]
    requests: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Worth:
    """The value of each group, and of each client that it can be told of: worked out here, or `known` from elsewhere."""

    groups: tuple[GroupValue, ...]
    by_client: Mapping[str, Fraction]
    known: frozenset[str]
    first_year: FirstYear

    @property
    def valued(self) -> tuple[ClientValue, ...]:
        """The values of the groups that have one."""
        return tuple(group.value for group in self.groups if group.value is not None)

    @property
    def total(self) -> Fraction:
        """What all the groups are worth together."""
        return sum((value.total for value in self.valued), Fraction(0))


def value_customers(catalogue: Catalogue, observations: Observations, quarter: Period) -> Worth:
    """What clients are worth over the years that their group assumes.

    A first year brings what was charged in the four quarters up to `quarter`: to each client its own, to a group the
    mean, unless the group says what a client brings. It costs what the group assumes, and so much for each request
    in those quarters. A client that was never charged has no revenue that is known, and no value of its own.
    """
    settings, year = catalogue.loyalty.value, first_year_of(observations, quarter)
    groups: list[GroupValue] = []
    values: dict[str, Fraction] = {}
    for group, clients in _members(catalogue, settings):
        groups.append(_value_group(group, clients, year))
        values |= {
            client: expect_value(assume_client(group, client, year))
            for client in clients
            if client in year.revenue
        }
    known = {entry.client: Fraction(entry.value) for entry in settings.known}
    return Worth(tuple(groups), dict(sorted((values | known).items())), frozenset(known), year)


def first_year_of(observations: Observations, quarter: Period) -> FirstYear:
    """What was charged and asked in the four quarters up to `quarter`."""
    first, last = quarter.shift(1 - quarter.as_many(YEAR)).first_day, quarter.last_day
    charged = orders_of(observations, Weight.REVENUE)
    ever = {order.client for order in charged if order.day <= last}
    revenue = dict.fromkeys(ever, Fraction(0)) | weigh_clients(charged, Weight.REVENUE, first, last)
    requests: dict[str, int] = {}
    for row in observations.support:
        if first <= row.day <= last:
            requests[row.client] = requests.get(row.client, 0) + row.requests
    return FirstYear(first, last, revenue, requests)


def assume_client(group: ValueGroup, client: str, year: FirstYear) -> Assumptions:
    """What the value of one client of a group rests on; it was charged once at least."""
    return _assume(group, 1, year.revenue[client], Fraction(year.requests.get(client, 0)))


def _members(catalogue: Catalogue, settings: ValueSettings) -> Iterable[tuple[ValueGroup, tuple[str, ...]]]:
    """Each group with its clients; a client is of the first group that names it or its segment."""
    left = dict(catalogue.clients)
    for group in settings.groups:
        everyone = not group.segments and not group.clients
        found = tuple(
            name
            for name, client in left.items()
            if everyone or name in group.clients or client.segment in group.segments
        )
        for name in found:
            del left[name]
        yield group, found


def _value_group(group: ValueGroup, clients: tuple[str, ...], year: FirstYear) -> GroupValue:
    charged = [year.revenue[client] for client in clients if client in year.revenue]
    brings = Fraction(group.revenue) if group.revenue is not None else _mean(charged)
    asked = _mean([Fraction(year.requests.get(client, 0)) for client in clients]) or Fraction(0)
    start = group.start if group.start is not None else len(clients)
    value = value_clients(_assume(group, start, brings, asked)) if brings is not None else None
    return GroupValue(
        group.name, group.segments, clients, value, group.published, is_measured=group.revenue is None
    )


def _assume(group: ValueGroup, clients: int, revenue: Fraction, requests: Fraction) -> Assumptions:
    return Assumptions(
        clients=clients,
        attrition=tuple(share(rate) for rate in group.attrition),
        revenue=revenue,
        acquisition_cost=group.acquisition_cost,
        cost_to_serve=Fraction(group.cost_to_serve) + requests * Fraction(group.cost_per_request),
        revenue_growth=share(group.revenue_growth),
        cost_growth=share(group.cost_growth),
        discount=share(group.discount),
    )


def _mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None
