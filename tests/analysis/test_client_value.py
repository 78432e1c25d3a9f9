"""Client value: the published case to the cent, how its source rounded, and what holds for any assumptions."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.client_value import (
    Assumptions,
    amounts_of_year,
    expect_value,
    expect_years,
    value_clients,
)

PUBLISHED = Assumptions(
    clients=400,  # 40 % of 1 000 calls
    attrition=(Decimal("0.25"), Decimal("0.20"), Decimal("0.15"), Decimal("0.10")),
    revenue=Decimal(500),
    acquisition_cost=Decimal(200),
    cost_to_serve=Decimal(120),
    revenue_growth=Decimal("-0.04"),
    cost_growth=Decimal("0.02"),
)
# year, lost, remaining, published result, exact result, published total, exact total
CASE = (
    (1, 100, 300, "54000", "54000", "54000", "54000"),
    (2, 60, 240, "37824", "37824", "91824", "91824"),
    (3, 36, 204, "27744", "27734.208", "119568", "119558.208"),
    (4, 21, 183, "21057.78", "21049.21632", "140625.78", "140607.42432"),
)


def test_the_published_case_to_the_cent() -> None:
    years = value_clients(PUBLISHED).years
    assert [(y.year, y.lost, y.remaining, y.result, y.total) for y in years] == [
        (year, lost, remaining, Fraction(result), Fraction(total))
        for year, lost, remaining, _, result, _, total in CASE
    ]
    assert [y.value for y in years] == [y.result for y in years]  # without discount
    assert [str(round(Decimal(row[4]), 3)) for row in CASE[2:]] == ["27734.208", "21049.216"]
    assert round(value_clients(PUBLISHED).total, 3) == Fraction("140607.424")


def test_the_published_column_comes_from_roundings_on_the_way() -> None:
    """124.848 → 124.8; its 2 % more, 127.296 → 127.29; 442.368 → 442.36; 183 × 127.29 = 23 294.07 → 23 294.1."""

    def cut(value: Decimal, to: str) -> Decimal:
        return value.quantize(Decimal(to), ROUND_DOWN)

    cost_3 = cut(Decimal("124.848"), "0.1")
    cost_4 = cut(cost_3 * Decimal("1.02"), "0.01")
    assert (cost_3, cost_4) == (Decimal("124.8"), Decimal("127.29"))
    assert 204 * (Decimal("460.8") - 200 - cost_3) == Decimal(CASE[2][3])
    revenue_4 = 183 * cut(Decimal("442.368"), "0.01")
    costs_4 = (183 * cost_4).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert (revenue_4, costs_4) == (Decimal("80951.88"), Decimal("23294.1"))
    assert revenue_4 - 183 * 200 - costs_4 == Decimal(CASE[3][3])


def test_the_published_total_adds_up_and_is_too_high_by_thirteen_in_a_hundred_thousand() -> None:
    total = Decimal(0)
    for row in CASE:
        total += Decimal(row[3])
        assert total == Decimal(row[5])
    excess = 1 - value_clients(PUBLISHED).total / Fraction(total)
    assert round(100 * float(excess), 3) == 0.013


def test_a_discount_counts_from_the_end_of_the_first_year() -> None:
    years = value_clients(replace(PUBLISHED, discount=Decimal("0.08"))).years
    assert [y.value for y in years] == [y.result / Fraction("1.08") ** y.year for y in years]
    assert years[0].value == Fraction(50000)
    assert years[-1].total == sum(y.value for y in years)


def test_a_client_lost_in_part_is_lost() -> None:
    lost = [y.lost for y in value_clients(replace(PUBLISHED, clients=3)).years]
    assert lost == [1, 1, 1, 0]


def test_without_years_or_clients_there_is_nothing() -> None:
    assert value_clients(replace(PUBLISHED, attrition=())).total == 0
    nobody = value_clients(replace(PUBLISHED, clients=0))
    assert nobody.total == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"clients": -1},
        {"attrition": (Decimal("1.1"),)},
        {"attrition": (Decimal("-0.1"),)},
        {"revenue_growth": Decimal("-1.5")},
        {"cost_growth": Decimal(-2)},
        {"discount": Decimal(-1)},
    ],
)
def test_impossible_assumptions_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"clients|attrition|shrink|discount"):
        replace(PUBLISHED, **wrong)  # type: ignore[arg-type]


shares = st.decimals(0, 1, places=3)


@given(
    st.integers(0, 10_000),
    st.lists(shares, max_size=8),
    st.decimals(0, 1000, places=2),
    st.decimals(0, "0.5", places=2),
)
def test_clients_are_whole_and_none_appears_or_vanishes(
    clients: int, attrition: list[Decimal], revenue: Decimal, discount: Decimal
) -> None:
    value = value_clients(
        Assumptions(clients=clients, attrition=tuple(attrition), revenue=revenue, discount=discount)
    )
    assert clients == sum(y.lost for y in value.years) + (
        value.years[-1].remaining if value.years else clients
    )
    assert all(y.remaining >= 0 and y.lost >= 0 for y in value.years)
    assert value.total == sum(y.value for y in value.years)
    assert all(y.value <= y.result for y in value.years)


def test_the_years_of_one_client_who_may_leave() -> None:
    years = expect_years(PUBLISHED)
    assert [year.chance for year in years] == [Fraction(n, 1000) for n in (750, 600, 510, 459)]
    assert [year.margin for year in years] == [year.margin for year in value_clients(PUBLISHED).years]
    assert years[-1].total == expect_value(PUBLISHED)
    assert amounts_of_year(PUBLISHED, 1) == (480, Fraction("122.4"))


@given(st.lists(shares, max_size=8), st.decimals(0, 1000, places=2), st.decimals(0, "0.5", places=2))
def test_the_years_of_one_client_add_up(
    attrition: list[Decimal], revenue: Decimal, discount: Decimal
) -> None:
    found = Assumptions(clients=1, attrition=tuple(attrition), revenue=revenue, discount=discount)
    years = expect_years(found)
    assert expect_value(found) == sum(year.value for year in years)
    before = Fraction(1)
    for year, rate in zip(years, attrition, strict=True):
        assert year.chance == before * (1 - Fraction(rate))
        before = year.chance
