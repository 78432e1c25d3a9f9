"""Profitability and divergence: the published case, its source's slip, and the edges of the classes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.abc import AbcClass, classify_abc
from comptoir.analysis.divergence import DivergenceKind, find_divergences
from comptoir.analysis.profitability import Profitability, classify_profitability
from comptoir.model.terms import Crossing
from tests.analysis.rimaldi import PRINTED_B, REVENUE, THRESHOLDS, VALUE

VERY, WEAKLY, UNPROFITABLE = Profitability


@pytest.mark.parametrize("crossing", Crossing)
def test_the_published_case(crossing: Crossing) -> None:
    analysis = classify_profitability(VALUE, crossing=crossing)
    assert analysis.of(VERY) == ("E", "C", "B")
    assert analysis.of(WEAKLY) == ("A", "I", "G", "F")
    assert analysis.of(UNPROFITABLE) == ("H", "D", "J")
    very = [row.item.share for row in analysis.items if row.category is VERY]
    assert very == [Fraction(45, 100), Fraction(30, 100), Fraction(15, 100)]


def test_the_source_prints_one_value_with_two_digits_swapped() -> None:
    """538 524 for B once: with it the values give 3 589 599, not the 3 589 500 and the 15 % that the source prints."""
    assert sum(VALUE.values()) == 3_589_500
    assert sum((VALUE | {"B": PRINTED_B}).values()) == 3_589_599
    assert Fraction(VALUE["B"], 3_589_500) == Fraction(15, 100) != Fraction(PRINTED_B, 3_589_500)


@pytest.mark.parametrize("crossing", Crossing)
def test_the_published_divergences(crossing: Crossing) -> None:
    revenue = classify_abc(REVENUE, THRESHOLDS)
    found = find_divergences(revenue, classify_profitability(VALUE, crossing=crossing))
    assert [(d.name, d.kind, d.by_revenue.category, d.by_value.category) for d in found] == [
        ("D", DivergenceKind.COSTS_MONEY, AbcClass.B, UNPROFITABLE),
        ("B", DivergenceKind.SMALL_BUT_VALUABLE, AbcClass.C, VERY),
    ]
    medium, small = found
    assert (small.by_revenue.item.share, small.by_value.item.share) == (Fraction(3, 100), Fraction(15, 100))
    assert (medium.by_revenue.item.share, medium.by_value.item.share) == (
        Fraction(13, 100),
        Fraction(-5, 100),
    )
    assert (medium.by_value.item.amount, small.by_value.item.amount) == (-179_475, 538_425)


def test_a_large_client_that_brings_little_and_strangers() -> None:
    revenue = classify_abc({"big": 90, "small": 10, "only-here": 1})
    value = classify_profitability({"big": 2, "small": 98, "only-there": 1})
    assert [(d.name, d.kind) for d in find_divergences(revenue, value)] == [
        ("big", DivergenceKind.LARGE_BUT_WEAK),
    ]


def test_no_class_of_revenue_no_divergence() -> None:
    assert find_divergences(classify_abc({"a": 0}), classify_profitability({"a": 5})) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": 0, "b": 10}, ["very-profitable", "weakly-profitable"]),
        ({"a": 5, "b": -5}, ["weakly-profitable", "unprofitable"]),  # gains that only pay for the others
        ({"a": -1}, ["unprofitable"]),
        ({}, []),
    ],
)
def test_edges(values: dict[str, int], expected: list[str]) -> None:
    assert [row.category for row in classify_profitability(values).items] == expected


@pytest.mark.parametrize("most", [0, -1, 2])
def test_an_impossible_threshold_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="a threshold is a share"):
        classify_profitability({}, most)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(-500, 500), max_size=20))
def test_classes_partition_the_clients(values: dict[str, int]) -> None:
    analysis = classify_profitability(values)
    assert sorted(name for kind in Profitability for name in analysis.of(kind)) == sorted(values)
    assert set(analysis.of(UNPROFITABLE)) == {name for name, value in values.items() if value < 0}
    assert analysis.total == sum(values.values())
    assert classify_profitability(dict(reversed(values.items()))) == analysis
