"""Settings of loyalty: usual values without a file, and problems at their place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.analysis.choices import rules_of, thresholds_of
from comptoir.analysis.signals import SignalRule
from comptoir.model.loyalty import LoyaltySettings
from comptoir.model.terms import Crossing, Customers, SignalKind, Weight
from comptoir.rules import check_catalogue

from ..conftest import MakeProject
from .test_decode import decode

FILE = "indicators/loyalty.yaml"


def test_without_a_file_the_usual_values_hold(make_project: MakeProject) -> None:
    catalogue, problems = decode(make_project())
    assert problems == []
    assert catalogue.loyalty == LoyaltySettings()
    thresholds = thresholds_of(catalogue.loyalty)
    assert (thresholds.first, thresholds.second) == (Decimal("0.8"), Decimal("0.95"))
    assert thresholds.crossing is Crossing.STARTS
    assert {rule.kind for rule in rules_of(catalogue.loyalty)} == set(SignalKind)


@pytest.mark.parametrize(
    ("keys", "weight"),
    [
        ({}, Weight.REVENUE),
        ({"customers": Customers.INTERNAL}, Weight.USERS),
        ({"customers": Customers.INTERNAL, "weight": Weight.VOLUME}, Weight.VOLUME),
    ],
)
def test_what_a_client_weighs(keys: dict[str, str], weight: Weight) -> None:
    assert LoyaltySettings.model_validate(keys).weighed_by is weight


def test_shares_are_written_in_per_cent_and_points_as_points(make_project: MakeProject) -> None:
    text = "signals:\n  - {kind: falling-use, threshold: 12.5, days: 30}\n  - {kind: falling-satisfaction, threshold: 0.5}\n"
    catalogue, problems = decode(make_project(keys={FILE: text}))
    assert problems == []
    assert rules_of(catalogue.loyalty) == (
        SignalRule(kind=SignalKind.FALLING_USE, threshold=Decimal("0.125"), window=30),
        SignalRule(kind=SignalKind.FALLING_SATISFACTION, threshold=Decimal("0.5"), window=92),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "abc: {first: 90, second: 80}\n",
            f"{FILE}:1:14: error: 'first' is above 'second' [abc-order]",
        ),
        (
            "abc:\n  crossing: stops\n",
            f"{FILE}:2:13: error: 'stops' is not known here (known: ends, starts) [unknown-word]",
        ),
        (
            "coverage: {mature_from: 96, mature_to: 95}\n",
            f"{FILE}:1:25: error: 'mature_from' is above 'mature_to' [band-order]",
        ),
        (
            "value:\n  groups:\n    - attrition: [120]\n",
            f"{FILE}:3:19: error: '120' is out of range: at most 100 is expected [out-of-range]",
        ),
        (
            "custmers: internal\n",
            f"{FILE}:1:1: error: unknown key 'custmers' (did you mean 'customers'?) [unknown-key]",
        ),
        ("- abc\n", f"{FILE}:1:1: error: expected a mapping of keys and values, found a list [wrong-type]"),
    ],
)
def test_messages(make_project: MakeProject, text: str, expected: str) -> None:
    catalogue, problems = decode(make_project(keys={FILE: text}))
    assert problems == [expected]
    assert catalogue.loyalty == LoyaltySettings()


def test_what_the_settings_name_must_exist(make_project: MakeProject) -> None:
    text = "satisfaction: happiness\nvalue:\n  groups:\n    - {segments: [researcher], attrition: [5]}\n"
    catalogue, _ = decode(make_project(keys={FILE: text}))
    found = [str(p) for p in check_catalogue(catalogue, catalogue.services["mail"].review_date)]
    assert [problem for problem in found if problem.startswith(FILE)] == [
        f"{FILE}:1:15: error: unknown indicator 'happiness' [reference]",
        f"{FILE}:4:19: error: unknown segment 'researcher' (did you mean 'researchers'?) [reference]",
    ]
