"""Client value over years: how many clients, what they bring and how they leave in; what each year is worth out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from comptoir.measure.statistics import exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What a client value rests on. Rates are shares: `Decimal("0.25")` for 25 %.

    `clients` at the start; `attrition` of each year, which also says how many years there are; for one client and
    year, `revenue`, `acquisition_cost` and `cost_to_serve`, of which the first and the last change by their growth
    rate from the second year on; `discount` a year, none when left out. Give rates as decimals or fractions: the
    float 0.1 is not a tenth. Raises ValueError for negative clients, an attrition outside 0 to 1, a growth below
    −1, or a discount of −1 or less.
    """

    clients: int
    attrition: tuple[Decimal | Fraction, ...]
    revenue: Decimal | Fraction
    acquisition_cost: Decimal | Fraction = Decimal(0)
    cost_to_serve: Decimal | Fraction = Decimal(0)
    revenue_growth: Decimal | Fraction = Decimal(0)
    cost_growth: Decimal | Fraction = Decimal(0)
    discount: Decimal | Fraction = Decimal(0)

    def __post_init__(self) -> None:
        if self.clients < 0:
            raise ValueError(f"there cannot be {self.clients} clients")
        for rate in self.attrition:
            if not 0 <= rate <= 1:
                raise ValueError(f"an attrition is a share from 0 to 1, not {rate}")
        for growth in (self.revenue_growth, self.cost_growth):
            if growth < -1:
                raise ValueError(f"nothing can shrink by more than all of it: {growth}")
        if self.discount <= -1:
            raise ValueError(f"a discount is more than -1, not {self.discount}")


@dataclass(frozen=True, slots=True)
class YearValue:
    """One year, numbered from 1: clients, what they bring, and what that is worth.

    `margin` is what one client leaves; `result` the year's before discount, `value` after; `total` the values so
    far. All amounts are exact.
    """

    year: int
    lost: int
    remaining: int
    margin: Fraction
    result: Fraction
    value: Fraction
    total: Fraction


@dataclass(frozen=True, slots=True)
class ClientValue:
    """The years in order, and what they rest on."""

    assumptions: Assumptions
    years: tuple[YearValue, ...]

    @property
    def total(self) -> Fraction:
        """What the clients are worth over all the years; 0 without years."""
        return self.years[-1].total if self.years else Fraction(0)


@dataclass(frozen=True, slots=True)
class ExpectedYear:
    """One year of one client who may leave: the chance that it is still there, its margin, and what both are worth."""

    year: int
    chance: Fraction
    margin: Fraction
    value: Fraction
    total: Fraction


def value_clients(assumptions: Assumptions) -> ClientValue:
    """What the clients are worth, year by year.

    For year t: lost = ⌈attrition(t) × remaining(t − 1)⌉, a whole client; remaining(t) = remaining(t − 1) − lost;
    result = remaining × (revenue × (1 + g)ᵗ⁻¹ − acquisition − cost × (1 + h)ᵗ⁻¹); value = result ∕ (1 + discount)ᵗ,
    as if it came at the end of the year; total = the values up to t. The acquisition cost is charged every year, as
    in the published case. Source: docs/methods.md, Client value; decision 0006.
    """
    remaining = assumptions.clients
    rows = []
    for index, rate in enumerate(assumptions.attrition):
        lost = math.ceil(exact(rate) * remaining)
        remaining -= lost
        margin = _margin(assumptions, index)
        value = remaining * margin / (1 + exact(assumptions.discount)) ** (index + 1)
        rows.append((lost, remaining, margin, value))
    totals = accumulate(row[-1] for row in rows)
    years = (
        YearValue(year, lost, remaining, margin, remaining * margin, value, total)
        for year, ((lost, remaining, margin, value), total) in enumerate(
            zip(rows, totals, strict=True), start=1
        )
    )
    return ClientValue(assumptions, tuple(years))


def expect_value(assumptions: Assumptions) -> Fraction:
    """What one client is worth who may leave: each year's margin times the chance that it is still there.

    The sum of `expect_years`; 0 without years. `clients` does not matter: one client is not lost in part, but may be
    lost.
    """
    years = expect_years(assumptions)
    return years[-1].total if years else Fraction(0)


def expect_years(assumptions: Assumptions) -> tuple[ExpectedYear, ...]:
    """The years of one client who may leave.

    chance(t) = chance(t − 1) × (1 − attrition(t)); value = chance × margin ∕ (1 + discount)ᵗ, with the margin of
    `value_clients`; total = the values up to t.
    """
    chance, total, years = Fraction(1), Fraction(0), []
    for index, rate in enumerate(assumptions.attrition):
        chance *= 1 - exact(rate)
        margin = _margin(assumptions, index)
        value = chance * margin / (1 + exact(assumptions.discount)) ** (index + 1)
        total += value
        years.append(ExpectedYear(index + 1, chance, margin, value, total))
    return tuple(years)


def amounts_of_year(assumptions: Assumptions, index: int) -> tuple[Fraction, Fraction]:
    """What one client brings, and what serving it costs, in the year that comes `index` years after the first."""
    revenue = exact(assumptions.revenue) * (1 + exact(assumptions.revenue_growth)) ** index
    cost = exact(assumptions.cost_to_serve) * (1 + exact(assumptions.cost_growth)) ** index
    return revenue, cost


def _margin(assumptions: Assumptions, index: int) -> Fraction:
    """What one client leaves in that year."""
    revenue, cost = amounts_of_year(assumptions, index)
    return revenue - exact(assumptions.acquisition_cost) - cost
