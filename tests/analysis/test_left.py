"""What is left of promises, held against counting one case after the other, and the clock against the calendar."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from comptoir.analysis.left import LeftKind, PromiseLeft, left_of
from comptoir.content.edition import Edition
from comptoir.content.left_words import left_rows, tell_left
from comptoir.measure.statistics.proportions import estimate_proportion
from comptoir.measure.types import (
    Measurement,
    Measurements,
    Reason,
    Scope,
    Status,
    TargetInForce,
    Uncertainty,
)
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.periods import Quarter
from comptoir.wording import language
from tests.content.samples import base_catalogue

Q4 = Quarter(2026, 4)
TODAY = date(2026, 11, 15)  # the 46th of 92 days: the middle
WORDS = {"fr": "Promesse tenue", "en": "Promise kept"}


def indicator(kind: str, direction: str, unit: str = "percent") -> Indicator:
    keys: dict[str, Any] = {"id": "kept", "name": WORDS, "summary": WORDS, "source": "requests"}
    return Indicator.model_validate(
        {**keys, "kind": kind, "direction": direction, "unit": unit, "decimals": 1, "numerator": "true"}
    )


def measure(of: Indicator, value: Fraction, target: str, **parts: Any) -> Measurements:
    one = Measurement(
        "kept",
        Q4,
        parts.pop("scope", Scope()),
        Status.MET,
        Reason.TARGET_MET,
        value=value,
        target=TargetInForce(Decimal(target)),
        **parts,
    )
    return Measurements((one,), MappingProxyType({"kept": of}), (Q4,))


def shares(above: int, below: int, target: str, direction: str = "higher") -> Measurements:
    found = estimate_proportion(above, below).interval
    assert found is not None
    low, high = Fraction(found.low), Fraction(found.high)
    return measure(
        indicator("ratio", direction),
        Fraction(100 * above, below),
        target,
        numerator=Fraction(above),
        denominator=Fraction(below),
        n=below,
        interval=Uncertainty(100 * low, 100 * high, "wilson"),
    )


def left(measurements: Measurements, today: date = TODAY) -> PromiseLeft:
    (found,) = left_of(base_catalogue(), measurements, Q4, today)
    return found


@pytest.mark.parametrize("target", ["50", "85", "90", "92.5", "99", "100"])
@pytest.mark.parametrize(("above", "below"), [(45, 50), (50, 50), (19, 20), (1, 1), (0, 3), (170, 200)])
def test_one_case_more_would_miss_and_one_less_would_not_mend(above: int, below: int, target: str) -> None:
    found, aim = left(shares(above, below, target)), Fraction(target)
    if found.left >= 0:
        more = int(found.left)
        assert Fraction(100 * above, below + more) >= aim > Fraction(100 * above, below + more + 1)
    elif aim < 100:
        more = -int(found.left)
        assert Fraction(100 * (above + more), below + more) >= aim
        assert Fraction(100 * (above + more - 1), below + more - 1) < aim
    else:
        assert found.left == above - below, "nothing mends a promise of all cases"


@pytest.mark.parametrize(("bad", "below"), [(2, 50), (0, 10), (6, 100), (9, 100)])
def test_where_less_is_better_the_bad_cases_are_counted(bad: int, below: int) -> None:
    found = left(shares(bad, below, "6", "lower"))
    more = int(found.left)
    if more >= 0:
        assert (
            Fraction(bad + more, below + more)
            <= Fraction(6, 100)
            < Fraction(bad + more + 1, below + more + 1)
        )
    else:
        assert Fraction(bad, below - more) <= Fraction(6, 100) < Fraction(bad, below - more - 1)


def test_the_pace_of_half_the_quarter_is_doubled() -> None:
    found = left(shares(95, 100, "90"))
    assert (found.used, found.expected, found.allowed) == (5, 10, 20)
    assert found.low is not None and found.high is not None
    assert 5 < found.low < found.expected < found.high
    assert not found.will_be_missed and found.until is None
    close = left(shares(90, 100, "91"))
    assert close.is_missed and close.will_be_missed


def test_an_amount_is_used_up_on_its_day() -> None:
    complaints = indicator("count", "lower", "number")
    found = left(measure(complaints, Fraction(9), "12"))
    assert (found.kind, found.left, found.expected, found.will_be_missed) == (LeftKind.AMOUNT, 3, 18, True)
    assert found.until == date(2026, 12, 1), "12 of 9 in 46 days are 61⅓ days"
    to_do = left(measure(indicator("count", "higher", "number"), Fraction(9), "12"))
    assert (to_do.left, to_do.is_missed, to_do.will_be_missed) == (3, False, False)
    done = left(measure(indicator("count", "higher", "number"), Fraction(15), "12"))
    assert (done.left, done.is_missed) == (0, False)


def test_outages_are_counted_in_the_service_hours_of_the_whole_quarter() -> None:
    """The agreement counts office hours: 66 weekdays from October to December 2026, two of them holidays, of eight hours."""
    hours, down = Fraction(250), Fraction(2)
    found = left_of(
        base_catalogue(),
        measure(
            indicator("availability", "higher").model_copy(update={"numerator": None}),
            100 * (hours - down) / hours,
            "99.5",
            scope=Scope(service="mail"),
            numerator=hours - down,
            denominator=hours,
            n=1,
        ),
        Q4,
        TODAY,
    )
    assert found[0].kind is LeftKind.TIME
    assert found[0].used == 7200
    assert found[0].allowed == Fraction(5, 1000) * 64 * 8 * 3600


def test_nothing_is_left_of_a_period_that_does_not_run() -> None:
    assert left_of(base_catalogue(), shares(9, 10, "80"), Q4, date(2027, 1, 1)) == ()


@pytest.mark.parametrize("kind", [IndicatorKind.MEAN, IndicatorKind.QUANTILE])
def test_a_mean_or_a_quantile_is_not_counted_down(kind: IndicatorKind) -> None:
    of = indicator("ratio", "higher").model_copy(update={"kind": kind})
    assert left_of(base_catalogue(), measure(of, Fraction(4), "3"), Q4, TODAY) == ()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "fr",
            (
                "au moins 90\u202f%",
                "95,0\u202f%",
                "5 cas de plus peuvent manquer",
                "attendu : 10 (de 7 à 16)\u202f; permis : 20",
            ),
        ),
        ("en", ("at least 90%", "95.0%", "5 more cases may miss", "expected 10 (7 to 16); allowed 20")),
    ],
)
def test_it_is_said_in_words_and_for_programs(code: str, expected: tuple[str, ...]) -> None:
    measurements = shares(95, 100, "90")
    at = Edition(base_catalogue(), language(code), TODAY)
    (row,) = left_rows(at, measurements.indicators, left_of(at.catalogue, measurements, Q4, TODAY))
    assert tuple(cell.replace("\u00a0", " ") for cell in row[2:]) == expected
    told = json.loads(tell_left(at, measurements, Q4, "json"))
    assert (told["period"], told["on"]) == ("2026-Q4", "2026-11-15")
    assert told["left"][0]["left"] == "5" and told["left"][0]["will_be_missed"] is False
    assert tell_left(at, measurements, Q4, "csv").splitlines()[0].startswith("indicator,service,")
    assert row[4] in tell_left(at, measurements, Q4, "table")
