"""Validity: first and last day, both included, of one thing and of several together."""

from __future__ import annotations

from datetime import date

import pytest

from comptoir.model.metrics import IndicatorTarget
from comptoir.model.validity import in_force, validity

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def dated(first: date | None = None, last: date | None = None) -> IndicatorTarget:
    return IndicatorTarget.model_validate({"value": "1", "valid_from": first, "valid_until": last})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 7, 1), False),
    ],
)
def test_both_ends_are_included(day: date, expected: bool) -> None:
    assert in_force(day, dated(FIRST, LAST)) is expected
    assert in_force(day, dated(FIRST), dated(None, LAST)) is expected, "all of them together"


def test_a_day_that_is_left_out_bounds_nothing() -> None:
    assert validity(dated()) == (date.min, date.max)
    assert validity(dated(FIRST), dated(None, LAST)) == (FIRST, LAST)
    first, last = validity(dated(LAST), dated(None, FIRST))
    assert first > last, "never in force"
