"""Watermelons: green outside and red inside, and nothing less sure."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

import pytest

from comptoir.analysis.verdicts import Verdict
from comptoir.analysis.watermelons import LevelsAndSatisfaction, watermelons_of
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope, Status
from comptoir.model.loyalty import LoyaltySettings

from ..content.measured import NOW, indicator, measured

LEVEL = indicator("restored", kind="within-target", numerator=None, metric="ttr")
OTHER = indicator("availability", kind="availability", numerator=None)
SATISFACTION = indicator("satisfaction")
OWN = indicator("csat")


def melons(*all_: Measurement, settings: LoyaltySettings | None = None) -> list[Scope] | None:
    indicators = MappingProxyType({one.id: one for one in (OTHER, OWN, LEVEL, SATISFACTION)})
    found = watermelons_of(settings or LoyaltySettings(), Measurements(all_, indicators, NOW.latest(8)), NOW)
    return None if found is None else [one.scope for one in found]


def given(level: Mapping[Scope, Status], satisfaction: Mapping[Scope, Status]) -> list[Measurement]:
    levels = [measured(95, status, "restored", scope) for scope, status in level.items()]
    return levels + [measured(60, status, "satisfaction", scope) for scope, status in satisfaction.items()]


def test_green_and_red_for_the_same_service_and_segment() -> None:
    email, web = Scope("email"), Scope("web")
    students, staff = Scope("web", "students"), Scope("web", "staff")
    level = dict.fromkeys((email, web, students, staff), Status.MET)
    satisfaction = {
        students: Status.MISSED,
        web: Status.MET,
        email: Status.MISSED,
        Scope("web", "others"): Status.MISSED,
    }
    all_ = given(level, satisfaction)
    assert melons(*all_) == melons(*reversed(all_)) == [email, students]


@pytest.mark.parametrize("level", Status)
@pytest.mark.parametrize("satisfaction", Status)
def test_only_kept_and_missed_make_one(level: Status, satisfaction: Status) -> None:
    found = melons(*given({Scope("web"): level}, {Scope("web"): satisfaction}))
    assert bool(found) is (level in (Status.MET, Status.ALERT) and satisfaction is Status.MISSED)


@pytest.mark.parametrize(("first", "second"), list(product(Status, Status)))
def test_of_several_levels_one_is_kept_barely_or_not_and_none_is_missed_by_little_or_much(
    first: Status, second: Status
) -> None:
    scope = Scope("web")
    others = measured(99, second, "availability", scope), measured(60, Status.MISSED, "satisfaction", scope)
    statuses = {first, second}
    is_green = bool(statuses & {Status.MET, Status.ALERT}) and Status.MISSED not in statuses
    assert bool(melons(measured(95, first, "restored", scope), *others)) is is_green
    below = melons(measured(89, first, "restored", scope), *others)  # where it is an alert, missed by little
    assert bool(below) is (is_green and first is not Status.ALERT)


@pytest.mark.parametrize("scope", [EVERYTHING, Scope(segment="staff"), Scope("web", client="lab")])
def test_scopes_of_a_client_or_of_no_service_are_passed_over(scope: Scope) -> None:
    assert melons(*given({scope: Status.MET}, {scope: Status.MISSED})) == []


def test_satisfaction_is_that_of_the_settings() -> None:
    scope = Scope("web")
    all_ = (measured(95, Status.MET, "restored", scope), measured(60, Status.MISSED, "csat", scope))
    assert melons(*all_) is None, "what no setting names tells nothing"
    assert melons(*all_, settings=LoyaltySettings(service_satisfaction="csat")) == [scope]


def test_the_level_shown_beside_is_one_that_is_met() -> None:
    scope = Scope("web")
    few = measured(99, Status.INDICATIVE, "availability", scope)
    met, said = measured(95, name="restored", scope=scope), measured(60, Status.MISSED, "satisfaction", scope)
    held = LevelsAndSatisfaction(scope, (few, met), said)
    assert held.is_watermelon and held.kept_level == met and held.level is Verdict.KEPT
