"""Every analysis of the demonstration finds the stories that were planted there; without data there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from comptoir.analysis.abc import AbcClass
from comptoir.analysis.analyses import Analyses, LoyaltyInputs, analyse
from comptoir.analysis.coverage import Advice
from comptoir.analysis.divergence import DivergenceKind
from comptoir.analysis.quadrant import LoyaltyKind
from comptoir.audiences import for_audience, observations_for_audience
from comptoir.build import check_project
from comptoir.measure.observations import Observations
from comptoir.measure.project import Measured, data_places, measure_project
from comptoir.measure.types import Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import SignalKind, Weight
from comptoir.periods import Quarter

from ..measure.tables import base

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)


@cache
def demonstration() -> tuple[Catalogue, Measured]:
    catalogue, problems = check_project(ROOT, TODAY)
    assert problems == ()
    return catalogue, measure_project(catalogue, data_places(ROOT, None), Q3.latest(8), TODAY)


@cache
def analyses() -> Analyses:
    catalogue, measured = demonstration()
    return LoyaltyInputs(catalogue, measured.observations, measured.measurements).at(Q3)


def test_a_project_without_data_has_no_analysis_and_no_zero() -> None:
    found = analyse(base(), Observations(), Measurements((), {}, (Q3,)), Q3)
    assert (found.abc, found.profitability, found.movement, found.watermelons, found.quadrant) == (None,) * 5
    assert found.rfm == found.cohorts == found.accounts == found.at_risk == found.coverage == ()
    assert found.facts.judged == frozenset()
    assert found.weight is Weight.REVENUE


def test_the_client_that_drifts_away_comes_first_with_its_reasons() -> None:
    first = analyses().at_risk[0]
    assert first.client == "lab-geomatics"
    assert [reason.rule.kind for reason in first.reasons] == [
        SignalKind.NOT_RENEWED,
        SignalKind.REPEATED_COMPLAINTS,
        SignalKind.FALLING_USE,
        SignalKind.FALLING_SATISFACTION,
    ]
    assert first.reasons[0].services == ("virtual-machines",)
    assert first.reasons[1].now == 4


def test_the_client_that_drifts_away_is_leaving_in_the_quadrant_and_no_other_is() -> None:
    quadrant = analyses().quadrant
    assert quadrant is not None and not quadrant.by_segment
    assert (quadrant.threshold, quadrant.satisfaction) == (4, "relationship-satisfaction")
    assert {placed.name for placed in quadrant.placed if placed.kind is LoyaltyKind.LEAVING} == {
        "lab-geomatics"
    }
    assert {placed.kind for placed in quadrant.placed} == {LoyaltyKind.LEAVING, LoyaltyKind.LOYAL}


def test_travel_and_purchasing_is_the_watermelon() -> None:
    assert [one.scope for one in analyses().watermelons or ()] == [Scope("travel-and-purchasing")]


def test_services_grow_and_decline_as_planted() -> None:
    advice = {row.service: row.advice for row in analyses().coverage}
    value = {row.service: row.value for row in analyses().coverage}
    assert advice["shared-documents"] is Advice.PROMOTE
    assert round(100 * value["shared-documents"]) == 88
    assert [name for name, what in advice.items() if what is Advice.RETIRE] == [
        "old-file-server",
        "printing",
        "telephony",
    ]


def test_classes_and_divergences_of_the_demonstration() -> None:
    found = analyses()
    assert found.abc is not None
    assert len(found.abc.of(AbcClass.A)) == 7
    assert found.abc.of(AbcClass.C) == ("lab-geomatics", "library")
    assert [(one.name, one.kind) for one in found.divergences] == [
        ("lab-oceanography", DivergenceKind.LARGE_BUT_WEAK),
        ("lab-atmosphere", DivergenceKind.LARGE_BUT_WEAK),
        ("hr-office", DivergenceKind.COSTS_MONEY),
    ]


def test_subscriptions_lost_in_the_quarter_are_named() -> None:
    movement = analyses().movement
    assert movement is not None
    assert movement.lost == ("hr-office/old-file-server", "lab-geomatics/virtual-machines")
    assert movement.new == ("lab-oceanography/research-repository", "library/research-repository")
    assert movement.retention.value == Fraction(41, 43)


def test_the_analyses_of_a_quarter_are_made_once() -> None:
    catalogue, measured = demonstration()
    inputs = LoyaltyInputs(catalogue, measured.observations, measured.measurements)
    assert inputs.at(Q3) is inputs.at(Q3)


def test_a_quarter_knows_nothing_of_what_came_later() -> None:
    catalogue, measured = demonstration()
    before = analyse(catalogue, measured.observations, measured.measurements, Quarter(2025, 2))
    assert [risk.client for risk in before.at_risk if risk.client == "lab-geomatics"] == []
    assert before.cohorts[-1].quarter <= Quarter(2025, 2)
    assert all(
        account.analysis.last_order <= date(2025, 6, 30)
        for account in before.accounts
        if account.analysis.last_order
    )


def test_what_clients_did_is_for_the_narrowest_audience_only() -> None:
    catalogue, measured = demonstration()
    everything = measured.observations
    assert observations_for_audience(everything, for_audience(catalogue, "employees"), "employees") is None
    assert for_audience(catalogue, "employees").loyalty.value.groups == ()
    management = for_audience(catalogue, "management")
    assert observations_for_audience(everything, management, "management") == everything
    assert management.loyalty == catalogue.loyalty


def test_rows_about_what_is_hidden_go() -> None:
    catalogue, measured = demonstration()
    visible = for_audience(catalogue, "management")
    clients = {name: client for name, client in visible.clients.items() if name != "fleet"}
    seen = observations_for_audience(measured.observations, replace(visible, clients=clients), "management")
    assert seen is not None
    assert {row.client for row in seen.revenue} == set(clients)
    assert "fleet" not in {row.client for row in (*seen.support, *seen.usage, *seen.complaints)}
    assert len(seen.usage) < len(measured.observations.usage)
