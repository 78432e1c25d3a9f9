"""RFM: scores at a stated date, ties, few clients, corrections, and what does not depend on the order of the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.rfm import Order, Rfm, place_values, score_quintiles, score_rfm

ON = date(2026, 9, 30)


def order(client: str, days_ago: int, amount: str = "10") -> Order:
    return Order(client, ON - timedelta(days=days_ago), Decimal(amount))


def scores(rows: tuple[Rfm, ...]) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {row.client: (row.recency, row.frequency, row.monetary) for row in rows}


FIVE = (
    order("a", 100, "500"),
    order("b", 50), order("b", 60),
    order("c", 40), order("c", 41), order("c", 42, "50"),
    *[order("d", 10 + n, "100") for n in range(4)],
    *[order("e", n, "30") for n in range(5)],
)  # fmt: skip


def test_five_clients_take_the_five_scores() -> None:
    rows = score_rfm(FIVE, ON)
    assert scores(rows) == {"a": (1, 1, 5), "b": (2, 2, 1), "c": (3, 3, 2), "d": (4, 4, 4), "e": (5, 5, 3)}
    assert [(row.days_since, row.orders, row.amount) for row in rows] == [
        (100, 1, 500),
        (50, 2, 20),
        (40, 3, 70),
        (10, 4, 400),
        (0, 5, 150),
    ]
    assert [row.total for row in rows] == [7, 5, 8, 12, 13]


def test_fewer_than_five_clients_have_figures_and_no_scores() -> None:
    rows = score_rfm([o for o in FIVE if o.client != "e"], ON)
    assert set(scores(rows).values()) == {(None, None, None)}
    assert [row.orders for row in rows] == [1, 2, 3, 4]
    assert [row.total for row in rows] == [None] * 4
    assert score_rfm([], ON) == ()


def test_orders_after_the_date_are_not_known_yet() -> None:
    assert score_rfm([*FIVE, order("a", -1), order("f", -3)], ON) == score_rfm(FIVE, ON)
    earlier = score_rfm(FIVE, ON - timedelta(days=45))
    assert [(row.client, row.days_since) for row in earlier] == [("a", 55), ("b", 5)]


def test_a_client_who_stopped_before_the_window_is_still_there() -> None:
    stopped = score_rfm(FIVE, ON, since=ON - timedelta(days=90))[0]
    assert (stopped.client, stopped.days_since, stopped.orders, stopped.amount) == ("a", 100, 0, 0)
    assert (stopped.recency, stopped.frequency, stopped.monetary) == (1, 1, 1)
    with pytest.raises(ValueError, match="counted from"):
        score_rfm(FIVE, ON, since=ON + timedelta(days=1))


def test_a_correction_lowers_the_amount_and_is_no_order() -> None:
    rows = score_rfm([order("a", 9, "100"), order("a", 1, "-30"), order("b", 1, "-5")], ON)
    assert [(row.client, row.days_since, row.orders, row.amount) for row in rows] == [("a", 9, 1, 70)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([7] * 6, [3] * 6),
        ([1, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        ([0, 0, 0, 0, 9], [3, 3, 3, 3, 5]),
        ([1, 2, 3, 4], []),
    ],
)
def test_quintiles_and_ties(values: list[int], expected: list[int]) -> None:
    named = {f"{index:02}": Fraction(value) for index, value in enumerate(values)}
    assert [score for _, score in sorted(score_quintiles(named).items())] == expected


@given(st.lists(st.integers(0, 20), min_size=5, max_size=40))
def test_scores_follow_the_values(values: list[int]) -> None:
    named = {str(index): Fraction(value) for index, value in enumerate(values)}
    scored = score_quintiles(named)
    assert set(scored.values()) <= {1, 2, 3, 4, 5}
    for one in named:
        for other in named:
            if named[one] == named[other]:
                assert scored[one] == scored[other]
            elif named[one] < named[other]:
                assert scored[one] <= scored[other]


@given(st.integers(1, 12))
def test_without_ties_the_five_groups_are_of_one_size(size: int) -> None:
    scored = score_quintiles({str(n): Fraction(n) for n in range(5 * size)})
    assert Counter(scored.values()) == dict.fromkeys(range(1, 6), size)


orders = st.lists(
    st.builds(
        Order,
        st.sampled_from("abcdefgh"),
        st.dates(date(2026, 1, 1), date(2026, 9, 30)),
        st.decimals(1, 100, places=2),
    ),
    max_size=30,
)


@given(orders, st.integers())
def test_sums_are_kept_and_the_order_of_the_rows_does_not_matter(rows: list[Order], seed: int) -> None:
    result = score_rfm(rows, ON)
    assert sum(row.amount for row in result) == sum(Fraction(o.amount) for o in rows)
    assert sum(row.orders for row in result) == len(rows)
    shuffled = rows[:]
    Random(seed).shuffle(shuffled)
    assert score_rfm(shuffled, ON) == result


@given(st.lists(st.integers(0, 9), min_size=5, max_size=40))
def test_places_give_the_scores(values: list[int]) -> None:
    named = {str(n): Fraction(value) for n, value in enumerate(values)}
    places, scores = place_values(named), score_quintiles(named)
    for name, value in named.items():
        place = places[name]
        assert place.below == sum(other < value for other in values)
        assert place.equal == values.count(int(value))
        assert scores[name] == 1 + 5 * (2 * place.below + place.equal) // (2 * len(values))
