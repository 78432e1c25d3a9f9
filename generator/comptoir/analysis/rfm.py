"""Recency, frequency, monetary: dated orders in; each client's three scores from 1 to 5 at a stated date out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from comptoir.measure.statistics import exact

QUINTILES: Final = 5  # and fewer clients than that cannot be divided into them


@dataclass(frozen=True, slots=True)
class Order:
    """What a client bought or used on a day: an amount, a volume or a number of users.

    Zero or less is a correction (a credit note): it lowers the amount and is no order.
    """

    client: str
    day: date
    amount: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class RfmPlace:
    """Where a value stands among others: how many are smaller, and how many the same, itself included."""

    below: int
    equal: int


@dataclass(frozen=True, slots=True)
class Rfm:
    """A client at the date: days since its last order, orders, their amount; and a score for each, 5 the best.

    The scores are none where there are fewer than five clients; `places` are what each of the three was scored by.
    """

    client: str
    last_order: date
    days_since: int
    orders: int
    amount: Fraction
    recency: int | None
    frequency: int | None
    monetary: int | None
    places: tuple[RfmPlace, ...] = field(default=(), compare=False)

    @property
    def total(self) -> int | None:
        """The three scores together, from 3 to 15."""
        if self.recency is None or self.frequency is None or self.monetary is None:
            return None
        return self.recency + self.frequency + self.monetary


def score_rfm(orders: Iterable[Order], on: date, since: date | None = None) -> tuple[Rfm, ...]:
    """The clients with at least one order up to `on`, by name, whatever order the orders come in.

    Orders after `on` are not known yet. Frequency and amount count from `since` on (from the first order when left
    out), recency looks back further, so that a client who stopped is still there, with none. Scores: see
    `score_quintiles`. Source: docs/methods.md, RFM; decision 0006. Raises ValueError when `since` is after `on`.
    """
    if since is not None and since > on:
        raise ValueError(f"the orders are counted from {since}, after {on}")
    known = sorted((o for o in orders if o.day <= on), key=lambda o: (o.client, o.day))
    rows: dict[str, tuple[date, int, Fraction]] = {}
    for client, group in groupby(known, key=lambda order: order.client):
        mine = list(group)
        bought = [order for order in mine if order.amount > 0]
        if bought:
            counted = [order for order in mine if since is None or order.day >= since]
            amount = sum((exact(order.amount) for order in counted), Fraction(0))
            rows[client] = bought[-1].day, sum(order.amount > 0 for order in counted), amount
    recency = {client: Fraction(last.toordinal()) for client, (last, _, _) in rows.items()}
    frequency = {client: Fraction(count) for client, (_, count, _) in rows.items()}
    monetary = {client: amount for client, (_, _, amount) in rows.items()}
    placed = [place_values(values) for values in (recency, frequency, monetary)]
    scores = [score_quintiles(values) for values in (recency, frequency, monetary)]
    return tuple(
        Rfm(
            client,
            last,
            (on - last).days,
            count,
            amount,
            scores[0].get(client),
            scores[1].get(client),
            scores[2].get(client),
            tuple(place[client] for place in placed),
        )
        for client, (last, count, amount) in rows.items()
    )


def score_quintiles(values: Mapping[str, Fraction]) -> dict[str, int]:
    """A score from 1 (lowest fifth) to 5 for each name; none at all for fewer than five names.

    1 + ⌊5 × (below + equal ∕ 2) ∕ n⌋, with `below` the values that are smaller and `equal` those that are the same,
    itself included: equal values get the same score, that of the middle of the places they take, and where all are
    equal it is 3.
    """
    n = len(values)
    if n < QUINTILES:
        return {}
    return {
        name: 1 + QUINTILES * (2 * place.below + place.equal) // (2 * n)
        for name, place in place_values(values).items()
    }


def place_values(values: Mapping[str, Fraction]) -> dict[str, RfmPlace]:
    """Where each value stands among the others."""
    places: dict[str, RfmPlace] = {}
    for _, group in groupby(sorted(values, key=lambda name: values[name]), key=lambda name: values[name]):
        names = list(group)
        places |= dict.fromkeys(names, RfmPlace(len(places), len(names)))
    return places
