"""Frozen values as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.frozen_json import codec_of
from comptoir.measure.memory import Taken
from comptoir.measure.types import Measurement, Reason, Scope, Status, TargetInForce
from comptoir.periods import Quarter


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of every sort."""

    text: str
    count: int
    share: float
    sure: bool
    exact: Fraction
    paid: Decimal
    day: date
    status: Status
    scope: Scope
    quarters: tuple[Quarter, ...]
    pairs: tuple[tuple[Reason, int], ...]
    either: Decimal | Fraction | None
    maybe: Scope | None
    nested: Mapping[str, Mapping[str, Status]]


def again(kind: Any, value: Any) -> Any:
    codec = codec_of(kind)
    return codec.decode(json.loads(json.dumps(codec.encode(value))))


scopes = st.builds(Scope, st.text(), st.text(), st.text())
quarters = st.builds(Quarter, st.integers(1, 9999), st.integers(1, 4))
exact = st.fractions()
paid = st.decimals(allow_nan=False, allow_infinity=False)
samples = st.builds(
    Sample,
    text=st.text(),
    count=st.integers(),
    share=st.floats(allow_nan=False),
    sure=st.booleans(),
    exact=exact,
    paid=paid,
    day=st.dates(),
    status=st.sampled_from(Status),
    scope=scopes,
    quarters=st.lists(quarters).map(tuple),
    pairs=st.lists(st.tuples(st.sampled_from(Reason), st.integers())).map(tuple),
    either=st.none() | exact | paid,
    maybe=st.none() | scopes,
    nested=st.dictionaries(st.text(), st.dictionaries(st.text(), st.sampled_from(Status))),
)


@given(samples)
def test_a_value_comes_back_as_it_was(sample: Sample) -> None:
    back = again(Sample, sample)
    assert back == sample
    assert (type(back.paid), type(back.exact), type(back.either)) == (
        type(sample.paid),
        type(sample.exact),
        type(sample.either),
    )
    assert str(back.paid) == str(sample.paid)


def test_a_measurement_comes_back_with_what_it_is_judged_by() -> None:
    measurement = Measurement(
        "satisfaction", Quarter(2026, 3), Scope("mail"), Status.MET, Reason.TARGET_MET, Fraction(4),
        target=TargetInForce(Fraction(7, 2), from_agreements=True),
    )  # fmt: skip
    assert again(Measurement, measurement) == measurement


def test_equal_quarters_are_one_value() -> None:
    first, second = again(tuple[Quarter, ...], (Quarter(2026, 3), Quarter(2026, 3)))
    assert first is second


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Scope, '["mail", "", 3]'),
        (Scope, '["mail"]'),
        (Scope, '["mail", "", "", "", ""]'),
        (Scope, '{"service": "mail"}'),
        (Quarter, "[2026, 5]"),
        (Quarter, "[2026, true]"),
        (Status, '"__class__"'),
        (Fraction, "[1, 0]"),
        (Fraction, "[1, -2]"),
        (Fraction, '["1", 2]'),
        (Decimal, '"one"'),
        (date, '"yesterday"'),
        (Decimal | Fraction, '[7, "1"]'),
        (tuple[Reason, int], '["no-rows"]'),
        (Taken, "[[], [], [], [], []]"),
        (Taken, "[]"),
    ],
)
def test_what_does_not_fit_is_refused(kind: Any, text: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
        codec_of(kind).decode(json.loads(text))


def test_what_annotations_do_not_tell_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be kept as JSON"):
        codec_of(object)
