"""Closed figures: what is written of a measurement, and that nothing is lost of it."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comptoir.measure.closed import closings_of
from comptoir.measure.closed_records import measurement_of, record_of
from comptoir.measure.closing import close_quarter, file_of
from comptoir.measure.control import ControlLimits, ControlRule, Signal
from comptoir.measure.inputs import Input
from comptoir.measure.statistics import Change, Method
from comptoir.measure.types import (
    Comparison,
    Histogram,
    LeftOut,
    Measurement,
    Reason,
    Scope,
    ScoreParts,
    Status,
    TargetInForce,
    Uncertainty,
    withhold,
)
from comptoir.model.closed import ClosedFigure
from comptoir.model.decode_closed import decode_closed
from comptoir.periods import Quarter
from comptoir.sources.json_reader import read_json

Q2 = Quarter(2026, 2)
DAY = date(2026, 7, 14)
NUMBERS = st.fractions(max_denominator=10**15)
COUNTS = st.integers(0, 10**9)
NAMES = st.sampled_from(["", "mail", "wi-fi", "lab-1"])
COMPARISONS = st.none() | st.builds(
    Comparison,
    st.just(Q2.previous),
    NUMBERS,
    st.builds(Change, st.none() | NUMBERS, st.none() | st.floats(0, 1), st.sampled_from(Method)),
)
SIGNALS = st.builds(Signal, st.sampled_from(ControlRule), st.integers(0, 20), st.integers(0, 20))
CONTROLS = st.none() | st.builds(
    ControlLimits, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.integers(8, 12), st.lists(SIGNALS).map(tuple)
)
TARGETS = st.builds(TargetInForce, st.decimals(-999, 999, places=2, allow_nan=False) | NUMBERS, st.booleans())
HISTOGRAMS = st.lists(COUNTS, max_size=5).flatmap(
    lambda counts: st.builds(
        Histogram,
        st.tuples(*[NUMBERS] * (len(counts) + 1)),
        st.just(tuple(counts)),
        st.booleans(),
        st.booleans(),
        st.none() | NUMBERS,
        st.none() | NUMBERS,
    )
)
MEASUREMENTS = st.builds(
    Measurement,
    indicator=st.sampled_from(["satisfaction", "nps-2"]),
    quarter=st.just(Q2),
    scope=st.builds(Scope, NAMES, NAMES, NAMES, st.sampled_from(["", "site=Évry ", "site=\r"])),
    status=st.sampled_from(Status),
    reason=st.sampled_from(Reason),
    value=st.none() | NUMBERS,
    numerator=st.none() | NUMBERS,
    denominator=st.none() | NUMBERS,
    n=st.none() | COUNTS,
    respondents=st.none() | COUNTS,
    deviation=st.none() | NUMBERS,
    interval=st.none() | st.builds(Uncertainty, NUMBERS, NUMBERS, st.sampled_from(["Wilson", "Student t"])),
    target=st.none() | TARGETS,
    previous=COMPARISONS,
    year_ago=COMPARISONS,
    control=CONTROLS,
    left_out=st.dictionaries(st.sampled_from(LeftOut), COUNTS, max_size=3).map(lambda d: tuple(d.items())),
    parts=st.none() | st.builds(ScoreParts, COUNTS, COUNTS, COUNTS),
    closed_on=st.just(DAY),
    histogram=st.none() | HISTOGRAMS,
)


@given(MEASUREMENTS)
def test_nothing_is_lost(measurement: Measurement) -> None:
    written = json.loads(json.dumps(record_of(measurement)))
    assert measurement_of(ClosedFigure.model_validate(written), Q2, DAY) == measurement


@given(st.lists(MEASUREMENTS, max_size=5, unique_by=lambda m: (m.indicator, m.scope)))
def test_a_file_is_read_as_it_was_written(measurements: list[Measurement]) -> None:
    inputs = (
        Input("data", "tickets", "é.csv", "0" * 64, 12),
        Input("indicator", "nps-2", "n.yaml", "f" * 64),
    )
    text = close_quarter(Q2, measurements, inputs, DAY, "0.1.0")
    assert text == close_quarter(Q2, measurements, inputs, DAY, "0.1.0")
    document, problems = read_json(text.encode(), file_of(Q2))
    assert document is not None
    quarters, faults = decode_closed({document.file: document})
    closings, more = closings_of(quarters)
    assert [*problems, *faults, *more] == []
    assert closings[0].figures == {(m.indicator, m.scope): m for m in measurements}
    assert closings[0].inputs == inputs


def test_every_part_of_a_measurement_is_written() -> None:
    """A new part must be written and read too; the quarter, the scope and the day are written in other words."""
    parts = {field.name for field in fields(Measurement)} - {
        "quarter",
        "scope",
        "is_provisional",
        "closed_on",
    }
    assert parts <= set(ClosedFigure.model_fields)


def test_what_was_suppressed_has_nothing_to_read() -> None:
    shown = Measurement(
        "satisfaction", Q2, Scope("mail"), Status.MET, Reason.TARGET_MET, Fraction(9, 2), n=4, respondents=4
    )
    hidden = withhold(replace(shown, target=TargetInForce(Decimal("4.20"))), Reason.FEW_RESPONDENTS)
    assert record_of(hidden) == {
        "indicator": "satisfaction",
        "service": "mail",
        "status": "suppressed",
        "reason": "few-respondents",
        "target": {"value": "4.20", "from_agreements": False},
    }
