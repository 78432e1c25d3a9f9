"""Explanations of what clients weigh: ABC classes, and the scores of recency, frequency and amount."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from comptoir.analysis.abc import AbcClass
from comptoir.analysis.analyses import Analyses, DayRange
from comptoir.analysis.orders import months_with_orders, orders_of
from comptoir.analysis.rfm import Order, Rfm
from comptoir.explain.material import Material, Told, nothing, own_shares, setting
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, Value, ValueTable, ValueUnit
from comptoir.measure.role_rows import RowsAsked
from comptoir.model.roles import Role
from comptoir.model.terms import Customers, Weight

ABC: Final = "What clients weigh: the classes A, B and C"
RFM: Final = "Recency, frequency and amount of the orders of each client"
_MISSING: Final = "no source of the role revenue or usage names a client up to that day"


def explain_abc(material: Material) -> Told:
    """Amount, share, cumulative share and class of each client, from the largest."""
    analyses, found = material.analyses, material.analyses.abc
    if found is None:
        return nothing("abc", ABC, material, _MISSING)
    unit, period, few = unit_of(analyses), analyses.weighed, found.of(AbcClass.A)
    rows = tuple(
        (
            row.item.rank,
            row.item.name,
            row.item.amount,
            row.item.share,
            row.item.before,
            row.item.cumulative,
            row.category.value if row.category else None,
        )
        for row in found.items
        if material.speaks_of(row.item.name)
    )
    columns = (
        Column("rank", ValueUnit.COUNT),
        Column("client"),
        Column("amount", unit),
        Column("share", ValueUnit.SHARE, "amount ÷ total"),
        Column("before", ValueUnit.SHARE, "shares of the larger ones"),
        Column("cumulative", ValueUnit.SHARE, "before + share"),
        Column("class"),
    )
    explanation = Explanation(
        name="abc",
        title=ABC,
        formula=(
            "clients from the largest amount, equal ones by name; share = amount ÷ total; cumulative = before + share",
            "A up to the first threshold, B up to the second, else C; the client that crosses a threshold is in the class "
            f"in which it {analyses.settings.abc.crossing.value}; the first is always A, an amount of 0 or less always C",
        ),
        source="docs/guides/loyalty.md, ABC (Pareto): who weighs most; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(*weight_settings(material), *abc_settings(material)),
        steps=(
            *_period(period),
            *_months(material, period),
            Step("total", found.total, unit, "the amounts of all clients together"),
            Step("clients", len(found.items)),
            Step("clients of class A", len(few)),
            Step("share of class A", found.share_of(AbcClass.A), ValueUnit.SHARE, "their shares together"),
        ),
        tables=(
            ValueTable("Clients, from the largest", columns, rows),
            *own_shares(material, (row.item for row in found.items), unit),
            *_orders(material, period),
        ),
    )
    return Told(explanation, asked_rows(material, period))


def explain_rfm(material: Material) -> Told:
    """Last order, orders and amount of each client, and how each of the three was scored."""
    analyses = material.analyses
    if not analyses.rfm:
        return nothing("rfm", RFM, material, _MISSING)
    period, unit = analyses.scored, unit_of(analyses)
    shown = [row for row in analyses.rfm if material.speaks_of(row.client)]
    ordered = sorted(shown, key=lambda row: (-(row.total or 0), row.client))
    columns = (
        Column("client"),
        Column("last order", ValueUnit.DAY),
        Column("days since", ValueUnit.COUNT, "last day − last order"),
        Column("orders", ValueUnit.COUNT),
        Column("amount", unit),
        *(
            column
            for letter, what in (("R", "earlier"), ("F", "fewer"), ("M", "smaller"))
            for column in (
                Column(f"{letter} {what}", ValueUnit.COUNT, "clients"),
                Column(f"{letter} equal", ValueUnit.COUNT, "clients, itself included"),
                Column(letter, ValueUnit.COUNT, "1 + ⌊5 × (those before + equal ÷ 2) ÷ clients⌋"),
            )
        ),
        Column("total", ValueUnit.COUNT, "R + F + M"),
    )
    table = ValueTable("Clients, from the best", columns, tuple(_scores(row) for row in ordered))
    explanation = Explanation(
        name="rfm",
        title=RFM,
        formula=(
            "recency = days from the last order to the last day; frequency = orders, and amount = what they add up to, "
            "from the first day on",
            "score = 1 + ⌊5 × (below + equal ÷ 2) ÷ clients⌋ of each of the three, 5 the best; none for fewer than five clients",
        ),
        source="docs/guides/loyalty.md, RFM: recency, frequency, amount; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(*weight_settings(material), setting(material, "rfm", "days")),
        steps=(*_period(period), Step("clients", len(analyses.rfm), how="with an order up to the last day")),
        tables=(table, *_orders(material, period)),
    )
    return Told(explanation, asked_rows(material, DayRange(period.first, period.last)))


def unit_of(analyses: Analyses) -> ValueUnit:
    """How what a client weighs is written."""
    return ValueUnit.MONEY if analyses.weight is Weight.REVENUE else ValueUnit.NUMBER


def weight_settings(material: Material) -> tuple[SettingInForce, ...]:
    """What clients are, and what they are weighed by."""
    loyalty = material.catalogue.loyalty
    weight = setting(material, "weight", value=loyalty.weighed_by.value)
    if loyalty.weight is None:
        why = "external" if loyalty.customers is Customers.EXTERNAL else "internal"
        weight = SettingInForce("weight", weight.value, f"default of {why} customers")
    return setting(material, "customers", value=loyalty.customers.value), weight


def abc_settings(material: Material) -> tuple[SettingInForce, ...]:
    """The thresholds of the classes, and how far back they look."""
    return (
        setting(material, "abc", "first", unit=" %"),
        setting(material, "abc", "second", unit=" %"),
        setting(material, "abc", "crossing", value=material.catalogue.loyalty.abc.crossing.value),
        setting(material, "abc", "quarters"),
    )


def asked_rows(material: Material, period: DayRange) -> tuple[RowsAsked, ...]:
    """The rows that tell what clients weigh."""
    first, last, clients = period.first, period.last, material.clients
    match material.analyses.weight:
        case Weight.REVENUE:
            return (RowsAsked(Role.REVENUE, first, last, clients=clients),)
        case Weight.VOLUME:
            is_charged = any(row.volume is not None for row in material.observations.revenue)
            role = Role.REVENUE if is_charged else Role.USAGE
            return (RowsAsked(role, first, last, ("client", "volume"), clients=clients),)
        case Weight.USERS:
            return (RowsAsked(Role.USAGE, first, last, clients=clients),)


def _scores(row: Rfm) -> tuple[Value, ...]:
    scored = zip(row.places, (row.recency, row.frequency, row.monetary), strict=True)
    places = (value for place, score in scored for value in (place.below, place.equal, score))
    return row.client, row.last_order, row.days_since, row.orders, row.amount, *places, row.total


def _period(period: DayRange) -> tuple[Step, Step]:
    return Step("first day", period.first, ValueUnit.DAY), Step("last day", period.last, ValueUnit.DAY)


def _months(material: Material, period: DayRange) -> tuple[Step, ...]:
    if material.analyses.weight is not Weight.USERS:
        return ()
    orders = orders_of(material.observations, Weight.USERS)
    months = months_with_orders(orders, period.first, period.last)
    return (Step("months", months, how="amount = users of all months ÷ months"),)


def _orders(material: Material, period: DayRange) -> tuple[ValueTable, ...]:
    """The rows of the clients that are asked for, day by day; they add up to their amounts."""
    if material.clients is None:
        return ()
    days: dict[tuple[str, date], list[Order]] = {}
    for order in orders_of(material.observations, material.analyses.weight):
        if period.first <= order.day <= period.last and material.speaks_of(order.client):
            days.setdefault((order.client, order.day), []).append(order)
    rows = tuple(
        (
            *key,
            sum(order.amount > 0 for order in orders),
            sum((Fraction(order.amount) for order in orders), Fraction(0)),
        )
        for key, orders in days.items()
    )
    columns = (
        Column("client"),
        Column("day", ValueUnit.DAY),
        Column("orders", ValueUnit.COUNT),
        Column("amount", unit_of(material.analyses)),
    )
    return (ValueTable("What the amounts add up", columns, rows),)
