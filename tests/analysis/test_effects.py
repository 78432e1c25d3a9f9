"""The effect of an action: before it began, when it was done, since; told from chance, or not yet measurable."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from comptoir.analysis.effects import EffectState, first_whole, measure_effect
from comptoir.measure.statistics import Method
from comptoir.measure.types import (
    EVERYTHING,
    Measurement,
    Measurements,
    Reason,
    Scope,
    Status,
    Uncertainty,
)
from comptoir.model.customers import Action
from comptoir.model.metrics import Indicator
from comptoir.periods import Quarter

INDICATOR = Indicator.model_validate(
    {
        "id": "restored",
        "name": "Restored",
        "summary": "In time.",
        "source": "requests",
        "kind": "ratio",
        "numerator": "solved",
        "unit": "percent",
        "direction": "higher",
    }
)
Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))


def action(**keys: Any) -> Action:
    own = {
        "id": "repair",
        "name": "Repair sooner",
        "lever": "satisfaction",
        "status": "done",
        "owner": "Head of networks",
        "start": "2026-04-12",
        "due": "2026-06-30",
        "done": "2026-06-24",
        "expected_effect": "Nine in ten.",
        "effect": {"indicator": "restored", "from": "70", "to": "90"},
    }
    return Action.model_validate({key: value for key, value in (own | keys).items() if value is not None})


def share(quarter: Quarter, above: int, below: int = 100, scope: Scope = EVERYTHING) -> Measurement:
    value = Fraction(100 * above, below)
    return Measurement(
        indicator="restored",
        quarter=quarter,
        scope=scope,
        status=Status.NO_VERDICT,
        reason=Reason.NO_TARGET,
        value=value,
        numerator=Fraction(above),
        denominator=Fraction(below),
        n=below,
        interval=Uncertainty(value, value, "Wilson"),
    )


def measurements(*found: Measurement) -> Measurements:
    return Measurements(found, MappingProxyType({"restored": INDICATOR}), (Q1, Q2, Q3, Q4))


@pytest.mark.parametrize(
    ("since", "state", "significant"),
    [
        (91, EffectState.REACHED, True),
        (90, EffectState.REACHED, True),
        (84, EffectState.CLOSER, True),
        (72, EffectState.NO_CHANGE, False),
        (50, EffectState.WORSE, True),
    ],
)
def test_the_effect_since(since: int, state: EffectState, significant: bool) -> None:
    found = measure_effect(action(), measurements(share(Q1, 70), share(Q2, 75), share(Q3, since)), Q3)
    assert found is not None and found.change is not None
    assert (found.state, found.change.significant) == (state, significant)
    assert found.change.method is Method.TWO_PROPORTIONS
    assert found.change.difference == since - 70
    assert [m and m.value for m in (found.before, found.at_done, found.last)] == [70, 75, since]


def test_a_fall_may_be_what_is_wanted() -> None:
    wanted = action(effect={"indicator": "restored", "from": "70", "to": "50"})
    found = measure_effect(wanted, measurements(share(Q1, 70), share(Q3, 52)), Q3)
    assert found is not None and found.state is EffectState.CLOSER


def test_of_a_value_without_a_test_nothing_is_claimed() -> None:
    before, since = (replace(share(quarter, value), interval=None) for quarter, value in ((Q1, 70), (Q3, 80)))
    found = measure_effect(action(), measurements(before, since), Q3)
    assert found is not None and found.change is not None
    assert (found.state, found.change.difference) == (EffectState.UNTESTED, 10)


def test_no_whole_quarter_has_passed() -> None:
    found = measure_effect(action(), measurements(share(Q1, 70), share(Q2, 75)), Q2)
    assert found is not None
    assert (found.state, found.measurable_from, found.last, found.change) == (
        EffectState.NOT_YET,
        Q3,
        None,
        None,
    )
    assert found.at_done is not None and found.at_done.value == 75


def test_what_is_under_way_is_measured_since_it_began() -> None:
    under_way = action(status="in-progress", done=None)
    found = measure_effect(under_way, measurements(share(Q1, 70), share(Q3, 88)), Q3)
    assert found is not None
    assert (found.state, found.measurable_from, found.at_done) == (EffectState.CLOSER, Q3, None)


def test_what_is_planned_has_no_effect_yet() -> None:
    planned = action(status="planned", done=None)
    found = measure_effect(planned, measurements(share(Q1, 70), share(Q3, 88)), Q3)
    assert found is not None and found.state is EffectState.NOT_YET


@pytest.mark.parametrize("found", [(), ((Q1, 70),), ((Q3, 90),)])
def test_without_a_value_on_both_sides_nothing_is_said(found: tuple[tuple[Quarter, int], ...]) -> None:
    effect = measure_effect(action(), measurements(*(share(q, value) for q, value in found)), Q3)
    assert effect is not None
    assert (effect.state, effect.change) == (EffectState.NO_MEASURE, None)


def test_the_scope_is_what_the_effect_names() -> None:
    wifi = Scope(service="wifi")
    named = action(effect={"indicator": "restored", "service": "wifi", "from": "70", "to": "90"})
    every = (share(Q1, 10), share(Q3, 10), share(Q1, 70, scope=wifi), share(Q3, 95, scope=wifi))
    found = measure_effect(named, measurements(*every), Q3)
    assert found is not None and found.before is not None
    assert (found.state, found.before.value) == (EffectState.REACHED, 70)


@pytest.mark.parametrize(
    "keys",
    [
        {"effect": None},
        {"status": "cancelled", "done": None},
        {"status": "in-progress", "start": None, "done": None},
        {"effect": {"indicator": "other", "from": "1", "to": "2"}},
    ],
)
def test_what_has_no_measurable_effect(keys: dict[str, Any]) -> None:
    assert measure_effect(action(**keys), measurements(share(Q1, 70), share(Q3, 90)), Q3) is None


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-04-01", Q2), ("2026-04-02", Q3), ("2026-06-30", Q3), ("2026-07-01", Q3)]
)
def test_the_first_whole_quarter(day: str, quarter: Quarter) -> None:
    assert first_whole(quarter, action(done=day).done or Q1.first_day) == quarter
