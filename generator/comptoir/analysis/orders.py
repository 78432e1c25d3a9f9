"""Orders: observations and what a client weighs in; dated orders, what each client weighs, and who is there when, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from comptoir.analysis.rfm import Order
from comptoir.measure.observations import Observations, RevenueDay, SubscriptionRow
from comptoir.measure.statistics import exact
from comptoir.model.terms import FollowedBy, Weight
from comptoir.periods import Month, Period, periods_between

MAX_QUARTERS: Final = 40


def orders_of(observations: Observations, weight: Weight) -> tuple[Order, ...]:
    """What clients bought or used, by client and day: charges, volumes, or people who used a service.

    Charges of the same client, service and day were added up; each is an order of the same part of their sum.
    """
    match weight:
        case Weight.REVENUE:
            return tuple(order for row in observations.revenue for order in _charges(row, exact(row.amount)))
        case Weight.VOLUME:
            charged = tuple(
                order
                for row in observations.revenue
                if row.volume is not None
                for order in _charges(row, exact(row.volume))
            )
            return charged or tuple(
                Order(row.client, row.day, row.volume)
                for row in observations.usage
                if row.client and row.volume is not None
            )
        case Weight.USERS:
            return tuple(
                Order(row.client, row.day, Fraction(row.users)) for row in observations.usage if row.client
            )


def _charges(row: RevenueDay, amount: Fraction) -> Iterable[Order]:
    parts = max(row.orders, 1)
    return (Order(row.client, row.day, amount / parts) for _ in range(parts))


def weigh_clients(orders: Iterable[Order], weight: Weight, first: date, last: date) -> dict[str, Fraction]:
    """What each client weighs from `first` to `last`, both included: a sum, or the mean of the months for users."""
    counted = [order for order in orders if first <= order.day <= last]
    sums: dict[str, Fraction] = {}
    for order in counted:
        sums[order.client] = sums.get(order.client, Fraction(0)) + exact(order.amount)
    if weight is not Weight.USERS:
        return sums
    months = months_with_orders(counted, first, last)
    return {client: amount / months for client, amount in sums.items()}


def months_with_orders(orders: Iterable[Order], first: date, last: date) -> int:
    """The months from `first` to `last` in which anyone ordered: what the users of a client are divided by."""
    return len({Month.containing(order.day) for order in orders if first <= order.day <= last})


def presence_of(observations: Observations, follow: FollowedBy, until: Period) -> Mapping[Period, set[str]]:
    """Who is there in each quarter up to `until`, from the first with anyone on; a subscription is 'client/service'.

    A client is there in a quarter in which it is charged, uses a service or has a subscription. A subscription is
    there when it is in force on the last day. Periods are of the kind of `until`; what is older
    than `MAX_QUARTERS` quarters is not looked at.
    """
    found: dict[Period, set[str]] = {}
    if follow is FollowedBy.CLIENTS:
        for order in orders_of(observations, Weight.REVENUE) + orders_of(observations, Weight.USERS):
            if order.amount > 0:
                found.setdefault(until.around(order.day), set()).add(order.client)
    starts = [until.around(row.start) for row in observations.subscriptions]
    first = min([*found, *starts], default=None)
    if first is None or first > until:
        return {}
    quarters = periods_between(max(first, until.shift(1 - until.as_many(MAX_QUARTERS))), until)
    for quarter in quarters:
        for row in observations.subscriptions:
            if follow is FollowedBy.CLIENTS and _covers(row, quarter.first_day, quarter.last_day):
                found.setdefault(quarter, set()).add(row.client)
            if follow is FollowedBy.SUBSCRIPTIONS and _covers(row, quarter.last_day, quarter.last_day):
                found.setdefault(quarter, set()).add(f"{row.client}/{row.service}")
    return {quarter: found[quarter] for quarter in quarters if quarter in found}


def _covers(row: SubscriptionRow, first: date, last: date) -> bool:
    return row.start <= last and (row.end is None or row.end >= first)
