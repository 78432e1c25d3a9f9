"""Facts that stand out: each rule, what it does not say, and the order in which they come."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.facts import Fact, FactKind, find_facts
from comptoir.analysis.verdicts import keeps_target
from comptoir.measure.control import ControlLimits
from comptoir.measure.types import (
    Comparison,
    Measurement,
    Measurements,
    Scope,
    Status,
    TargetInForce,
    Uncertainty,
)
from comptoir.measure.verdicts import judge
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator
from comptoir.model.terms import Lifecycle

from ..content.measured import MAIL, NOW, RESEARCHERS, WIFI, compared, indicator, measured
from ..content.samples import base_catalogue

LIMITS = ControlLimits(Fraction(92), Fraction(1), Fraction(90), Fraction(94), 8, ())


def facts(
    *all_: Measurement,
    definitions: tuple[Indicator, ...] = (indicator("trial"),),
    scope: Scope | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Fact, ...]:
    indicators = MappingProxyType({one.id: one for one in definitions})
    measurements = Measurements(all_, indicators, NOW.latest(8))
    return find_facts(catalogue or base_catalogue(), measurements, NOW, scope or Scope())


def kinds(*all_: Measurement, **more: str) -> list[FactKind]:
    definition = indicator("trial", **more)
    return [fact.kind for fact in facts(*all_, definitions=(definition,))]


def before(value: float | None, status: Status = Status.MET, scope: Scope | None = None) -> Measurement:
    return measured(value, status, quarter=NOW.previous, scope=scope or Scope())


def test_a_target_that_is_crossed() -> None:
    assert kinds(before(91), measured(89, Status.MISSED)) == [FactKind.TARGET_LOST]
    assert kinds(before(89, Status.MISSED), measured(91)) == [FactKind.TARGET_REACHED]
    assert kinds(before(91), measured(92)) == []
    assert kinds(before(80, Status.MISSED), measured(85, Status.MISSED)) == [FactKind.STILL_MISSED]


def test_near_the_target_the_value_tells_on_which_side_it_is() -> None:
    assert kinds(before(89.5, Status.ALERT), measured(90, Status.ALERT)) == [FactKind.TARGET_REACHED]
    assert kinds(before(90, Status.ALERT), measured(89.9, Status.ALERT)) == [FactKind.TARGET_LOST]


def test_lower_may_be_better() -> None:
    assert kinds(before(89), measured(91, Status.MISSED), direction="lower") == [FactKind.TARGET_LOST]
    change = compared(95, 91, 0.001)
    assert kinds(measured(91, Status.MISSED, previous=change), direction="lower") == [FactKind.BETTER]


@pytest.mark.parametrize(
    ("change", "direction", "kind"),
    [
        (compared(95, 92, 0.01), "higher", [FactKind.WORSE]),
        (compared(91, 92, 0.01), "higher", [FactKind.BETTER]),
        (compared(91, 92, 0.01), "neither", [FactKind.CHANGED]),
        (compared(95, 92, 0.4), "higher", []),
        (compared(95, 92, None), "higher", []),
        (None, "higher", []),
    ],
)
def test_a_change_is_a_fact_only_when_a_test_tells_it_from_chance(
    change: Comparison | None, direction: str, kind: list[FactKind]
) -> None:
    assert kinds(measured(92, previous=change), direction=direction) == kind


def test_what_is_indicative_proves_nothing() -> None:
    change = compared(95, 60, 0.001)
    assert kinds(before(95), measured(60, Status.INDICATIVE, previous=change, control=LIMITS)) == []


def test_a_point_outside_what_is_ordinary() -> None:
    assert kinds(measured(95, control=LIMITS)) == [FactKind.OUTSIDE]
    assert kinds(measured(94, control=LIMITS)) == []
    assert kinds(measured(95, scope=WIFI, control=LIMITS)) == [], "a service that keeps its target is fine"
    assert kinds(measured(89, Status.MISSED, scope=WIFI, control=LIMITS)) == [FactKind.OUTSIDE]


def test_a_measurement_that_is_no_longer_there() -> None:
    (fact,) = facts(before(91), measured(None, Status.MISSING))
    assert (fact.kind, fact.beside) == (FactKind.GAP, before(91))
    assert kinds(measured(None, Status.MISSING)) == []
    assert kinds(before(91), measured(None, Status.SUPPRESSED)) == [], "withheld is not gone"


def test_a_service_alone_says_nothing_more_than_the_whole() -> None:
    change = compared(95, 92, 0.01)
    whole = measured(92, previous=change, n=50)
    assert kinds(whole, measured(92, scope=MAIL, previous=change, n=50)) == [FactKind.WORSE]
    assert kinds(whole, measured(92, scope=MAIL, previous=change, n=49)) == [FactKind.WORSE] * 2


LEVEL = indicator("restored", kind="within-target", numerator=None, metric="ttr")
SATISFACTION = indicator("satisfaction")


def test_green_outside_and_red_inside() -> None:
    level = measured(95, name="restored", scope=WIFI)
    said = measured(60, Status.MISSED, "satisfaction", WIFI)
    assert facts(level, said, definitions=(LEVEL, SATISFACTION)) == (Fact(FactKind.WATERMELON, said, level),)
    assert facts(said, definitions=(LEVEL, SATISFACTION)) == ()


def test_a_service_that_misses_a_level_is_no_watermelon() -> None:
    other = indicator("availability", kind="availability", numerator=None)
    found = facts(
        measured(95, name="restored", scope=WIFI),
        measured(80, Status.MISSED, "availability", WIFI),
        measured(60, Status.MISSED, "satisfaction", WIFI),
        definitions=(LEVEL, other, SATISFACTION),
    )
    assert [fact.kind for fact in found] == []


def test_a_segment_is_told_of_its_own_results_only() -> None:
    own = measured(92, scope=RESEARCHERS, previous=compared(95, 92, 0.01))
    whole = measured(92, previous=compared(95, 92, 0.01))
    assert facts(own, whole, scope=RESEARCHERS) == (Fact(FactKind.WORSE, own),)


def test_the_gravest_come_first() -> None:
    found = facts(
        measured(95, name="restored", scope=WIFI),
        measured(60, Status.MISSED, "satisfaction", WIFI),
        measured(91, name="satisfaction", previous=compared(85, 91, 0.01)),
        measured(80, Status.MISSED, "restored", quarter=NOW.previous),
        measured(95, name="restored"),
        definitions=(LEVEL, SATISFACTION),
    )
    assert [fact.kind for fact in found] == [FactKind.WATERMELON, FactKind.TARGET_REACHED, FactKind.BETTER]


@given(st.integers(0, 100), st.sampled_from(["higher", "lower"]))
def test_a_target_is_kept_on_its_side_and_at_its_edge(value: int, direction: str) -> None:
    trial = indicator("trial", direction=direction)
    is_kept = value >= 90 if direction == "higher" else value <= 90
    near = trial.model_copy(update={"alert": Decimal(95 if is_kept == (direction == "higher") else 85)})
    spread = Uncertainty(Fraction(value - 3), Fraction(value + 3), "Wilson")
    for definition, interval in ((trial, None), (trial, spread), (near, None), (near, spread)):
        status, reason = judge(definition, Fraction(value), TargetInForce(Decimal(90)), 100, True, interval)
        assert keeps_target(measured(value, status, reason=reason)) is is_kept
    for unsure in (Status.INDICATIVE, Status.NO_VERDICT, Status.SUPPRESSED, Status.MISSING):
        assert keeps_target(measured(value, unsure)) is None


def test_the_planned_end_of_a_service_is_no_alarm() -> None:
    catalogue = base_catalogue()
    retiring = catalogue.services["wifi"].model_copy(update={"lifecycle": Lifecycle.RETIRING})
    ending = replace(catalogue, services={**catalogue.services, "wifi": retiring})
    covered = indicator("covered", source="usage", kind="coverage", numerator=None)
    less = measured(80, Status.MISSED, "covered", WIFI, previous=compared(95, 80, 0.001))
    assert [f.kind for f in facts(less, definitions=(covered,))] == [FactKind.WORSE]
    assert facts(less, definitions=(covered,), catalogue=ending) == ()
    worse = measured(80, Status.MISSED, scope=WIFI, previous=compared(95, 80, 0.001))
    assert [f.kind for f in facts(worse, catalogue=ending)] == [FactKind.WORSE], "a promise still holds"
