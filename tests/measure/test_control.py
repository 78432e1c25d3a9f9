"""Control limits of individuals and moving ranges, with their signals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.control import ControlRule, Signal, control_limits


def test_limits_by_hand() -> None:
    limits = control_limits([10, 12, 11, 13, 12, 10, 11, 9])
    assert limits is not None
    assert limits.mean == 11
    assert limits.mean_range == Fraction(11, 7)  # 2 1 2 1 2 1 2
    assert limits.upper == 11 + Fraction(266, 100) * Fraction(11, 7)
    assert limits.lower == 11 - Fraction(266, 100) * Fraction(11, 7)
    assert (limits.points, limits.signals) == (8, ())


def test_a_missing_period_breaks_the_moving_range_and_is_not_zero() -> None:
    values = [10, 12, None, 30, 31, 12, 10, 11, 12]
    limits = control_limits(values)
    assert limits is not None
    assert limits.points == 8
    assert limits.mean == 16
    assert limits.mean_range == Fraction(2 + 1 + 19 + 2 + 1 + 1, 6)


def test_fewer_than_eight_points_have_no_limits() -> None:
    assert control_limits([1, 2, 3, 4, 5, 6, 7]) is None
    assert control_limits([1, 2, 3, 4, 5, 6, 7, None]) is None
    assert control_limits([]) is None


def test_points_without_neighbours_have_no_limits() -> None:
    assert control_limits([1, None] * 8) is None


def test_a_point_outside_is_a_signal() -> None:
    limits = control_limits([10, 11, 10, 11, 40, 10, 11, 10, 11, 10])
    assert limits is not None
    assert limits.signals == (Signal(ControlRule.OUTSIDE, 4, 4),)


def test_eight_in_a_row_on_one_side_are_a_signal() -> None:
    limits = control_limits([*[10, 11] * 4, *[12, 13] * 4])
    assert limits is not None
    assert limits.signals == (Signal(ControlRule.RUN, 0, 7), Signal(ControlRule.RUN, 8, 15))


def test_seven_in_a_row_are_not_and_a_gap_or_the_mean_itself_ends_a_run() -> None:
    assert _runs([*[10, 11] * 3, 11, *[20, 21] * 3, 20]) == []
    assert _runs([10, 11, 10, 11, None, 10, 11, 10, 11, 20, 21, 20, 21]) == []
    assert _runs([9, 9, 9, 9, 10, 9, 9, 9, 9, 18]) == []


def test_equal_values_have_limits_of_no_width_and_no_signal() -> None:
    limits = control_limits([5] * 9)
    assert limits is not None
    assert (limits.lower, limits.mean, limits.upper, limits.signals) == (5, 5, 5, ())


def test_limits_stay_within_natural_bounds() -> None:
    shares = [Fraction(n, 10) for n in (9, 7, 10, 6, 10, 8, 10, 7)]
    limits = control_limits(shares, least=0, most=1)
    assert limits is not None
    assert limits.upper == 1
    assert 0 <= limits.lower < limits.mean
    assert limits.signals == ()


@given(
    st.lists(st.none() | st.decimals(-100, 100, places=2), max_size=30),
    st.integers(-50, 50),
    st.integers(1, 9),
)
def test_moving_and_stretching_the_values_moves_and_stretches_the_limits(
    values: list[object], shift: int, scale: int
) -> None:
    numbers = [None if value is None else Fraction(str(value)) for value in values]
    limits = control_limits(numbers)
    moved = control_limits([None if number is None else scale * number + shift for number in numbers])
    assert (limits is None) == (moved is None)
    if limits is not None and moved is not None:
        assert moved.mean == scale * limits.mean + shift
        assert moved.upper == scale * limits.upper + shift
        assert moved.signals == limits.signals


def test_a_value_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="inf is not a finite number"):
        control_limits([float("inf")])


def _runs(values: list[int | None]) -> list[Signal]:
    limits = control_limits(values)
    assert limits is not None
    return [signal for signal in limits.signals if signal.rule is ControlRule.RUN]
