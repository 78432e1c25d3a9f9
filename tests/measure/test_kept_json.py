"""What is kept of a measuring, as JSON and back: the same values of the same types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError, with_config
from pydantic.errors import PydanticSchemaGenerationError

from comptoir.measure.memory import AS_THEY_ARE, Taken
from comptoir.measure.types import ExactNumber, Measurement, Reason, Scope, Status, TargetInForce
from comptoir.periods import Quarter


@with_config(AS_THEY_ARE)
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
    either: ExactNumber | None
    maybe: Scope | None
    nested: Mapping[str, Mapping[str, Status]]


def again(kind: Any, value: Any) -> Any:
    adapter = TypeAdapter(kind)
    return adapter.validate_json(adapter.dump_json(value, exclude_defaults=True), strict=True)


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
        (Scope, '["mail", "", "", "", ""]'),
        (Quarter, '"2026-Q5"'),
        (Quarter, '"2026-10"'),
        (Quarter, "[2026, 1]"),
        (Status, '"__class__"'),
        (Fraction, '"1/0"'),
        (Fraction, '"one"'),
        (Decimal, '"one"'),
        (date, '"yesterday"'),
        (ExactNumber, '"1/0"'),
        (ExactNumber, "[1, 2]"),
        (tuple[Reason, int], '["no-rows"]'),
        (TargetInForce, '{"value": "4", "from_agreements": "yes"}'),
        (Taken, "[[], [], [], [], []]"),
        (Taken, "{}"),
    ],
)
def test_what_does_not_fit_is_refused(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_json(text, strict=True)


def test_what_annotations_do_not_tell_is_refused() -> None:
    with pytest.raises(PydanticSchemaGenerationError):
        TypeAdapter(Keyless)


class Keyless:
    """A value whose parts no annotation tells."""
