"""ABC classes: the published case, thresholds and who crosses them, ties, and totals that leave nothing to share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.abc import AbcClass, Thresholds, classify_abc
from comptoir.analysis.ranking import rank_amounts
from comptoir.model.terms import Crossing
from tests.analysis.rimaldi import REVENUE, THRESHOLDS

A, B, C = AbcClass


def classes(amounts: dict[str, int], thresholds: Thresholds | None = None) -> str:
    rows = classify_abc(amounts, thresholds or Thresholds()).items
    return " ".join(f"{row.item.name}{row.category}" for row in rows)


def test_the_published_case_with_60_and_90() -> None:
    analysis = classify_abc(REVENUE, THRESHOLDS)
    assert analysis.total == 2_850_000
    assert [analysis.of(category) for category in AbcClass] == [
        ("C",),
        ("E", "D"),
        ("G", "B", "J", "F", "A", "H", "I"),
    ]
    shares = [100 * row.item.share for row in analysis.items if row.item.share is not None]
    assert shares == [60, 14, 13, 4, 3, Fraction("2.3"), 2, 1, Fraction("0.5"), Fraction("0.2")]
    reached = [100 * row.item.cumulative for row in analysis.items if row.item.cumulative is not None]
    assert reached[:4] == [60, 74, 87, 91]


def test_the_published_case_when_an_item_is_where_it_starts() -> None:
    """G climbs from 87 to 91 %: the rule of the class it starts in puts it in B, where the source has it in C."""
    analysis = classify_abc(REVENUE, replace(THRESHOLDS, crossing=Crossing.STARTS))
    assert [analysis.of(category) for category in AbcClass] == [
        ("C",),
        ("E", "D", "G"),
        ("B", "J", "F", "A", "H", "I"),
    ]


ENDS = Thresholds(crossing=Crossing.ENDS)


@pytest.mark.parametrize(
    ("amounts", "thresholds", "expected"),
    [
        # 80/95: one that reaches a threshold exactly is within it, the next is not
        ({"a": 80, "b": 15, "c": 5}, Thresholds(), "aA bB cC"),
        ({"a": 80, "b": 15, "c": 5}, ENDS, "aA bB cC"),
        # b crosses 80, c crosses 95
        ({"a": 70, "b": 20, "c": 10}, Thresholds(), "aA bA cB"),
        ({"a": 70, "b": 20, "c": 10}, ENDS, "aA bB cC"),
        # the first is always A, even when it is everything
        ({"a": 1}, Thresholds(), "aA"),
        ({"a": 97, "b": 3}, ENDS, "aA bC"),
        # equal amounts by name
        (
            {"b": 1, "a": 1, "d": 1, "c": 1},
            Thresholds(first=Decimal("0.5"), second=Decimal("0.75")),
            "aA bA cB dC",
        ),
        # an amount of zero or less makes up nothing, whatever the thresholds
        ({"a": 10, "b": 0, "c": -9}, Thresholds(second=Decimal(1)), "aA bC cC"),
        # a total of zero or less leaves nothing to share
        ({"a": 5, "b": -5}, Thresholds(), "aNone bNone"),
        ({"a": 5, "b": -7}, Thresholds(), "aNone bNone"),
        ({"a": 0}, Thresholds(), "aNone"),
        ({}, Thresholds(), ""),
    ],
)
def test_classes(amounts: dict[str, int], thresholds: Thresholds, expected: str) -> None:
    assert classes(amounts, thresholds) == expected


def test_shares_with_negative_amounts_climb_above_one_and_come_back() -> None:
    rows = rank_amounts({"a": 9, "b": 6, "c": -5}).items
    assert [row.share for row in rows] == [Fraction(9, 10), Fraction(3, 5), Fraction(-1, 2)]
    assert [row.cumulative for row in rows] == [Fraction(9, 10), Fraction(3, 2), 1]


def test_shares_of_nothing_are_unknown() -> None:
    ranking = rank_amounts({"a": 1, "b": -1})
    assert [(row.rank, row.share, row.before, row.cumulative) for row in ranking.items] == [
        (1, None, None, None),
        (2, None, None, None),
    ]


@pytest.mark.parametrize(("first", "second"), [("0", "0.9"), ("0.9", "0.8"), ("0.8", "1.1")])
def test_impossible_thresholds_are_refused(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="thresholds are shares"):
        Thresholds(first=Decimal(first), second=Decimal(second))


amounts = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(-50, 1000), max_size=20)


@given(amounts, st.fractions(0, 1), st.fractions(0, 1), st.sampled_from(Crossing), st.randoms())
def test_classes_partition_in_order_whatever_order_the_items_come_in(
    items: dict[str, int], one: Fraction, other: Fraction, crossing: Crossing, shuffle: object
) -> None:
    first, second = sorted((one, other))
    thresholds = Thresholds(
        first=first or Fraction(1, 100), second=max(second, Fraction(1, 100)), crossing=crossing
    )
    analysis = classify_abc(items, thresholds)
    names = list(items)
    shuffle.shuffle(names)  # type: ignore[attr-defined]
    assert classify_abc({name: items[name] for name in names}, thresholds) == analysis
    assert sum(row.item.amount for row in analysis.items) == analysis.total == sum(items.values())
    assert sorted(row.item.name for row in analysis.items) == sorted(items)
    if analysis.total > 0:
        assert [row.category for row in analysis.items] == sorted(row.category or C for row in analysis.items)
        assert analysis.items[0].category is A
        assert analysis.items[-1].item.cumulative == 1
        assert sum(len(analysis.of(category)) for category in AbcClass) == len(items)
    else:
        assert {row.category for row in analysis.items} <= {None}


@given(amounts)
def test_the_rule_of_the_start_never_gives_less_than_that_of_the_end(items: dict[str, int]) -> None:
    starts, ends = classify_abc(items), classify_abc(items, ENDS)
    for one, other in zip(starts.items, ends.items, strict=True):
        assert (one.category or C) <= (other.category or C)
