"""Early-warning signals: each kind at its threshold, the edges of windows, what is unknown, and the list of clients."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.signals import (
    ClientFacts,
    DatedValue,
    SignalKind,
    SignalReason,
    SignalRule,
    Subscription,
    find_clients_at_risk,
    try_rule,
)

ON = date(2026, 9, 30)


def ago(*days: int) -> tuple[date, ...]:
    return tuple(ON - timedelta(days=d) for d in days)


def readings(*pairs: tuple[int, str]) -> tuple[DatedValue, ...]:
    return tuple(DatedValue(ON - timedelta(days=d), Decimal(value)) for d, value in pairs)


def rule(kind: SignalKind, threshold: str, window: int = 90, minimum: int = 1) -> SignalRule:
    return SignalRule(kind=kind, threshold=Decimal(threshold), window=window, minimum=minimum)


RENEWAL = rule(SignalKind.NOT_RENEWED, "1", 60)
CALLS = rule(SignalKind.RISING_CALLS, "0.5", 90, 3)
COMPLAINTS = rule(SignalKind.REPEATED_COMPLAINTS, "2", 180)
USE = rule(SignalKind.FALLING_USE, "0.2")
SATISFACTION = rule(SignalKind.FALLING_SATISFACTION, "0.5", minimum=2)
RULES = (RENEWAL, CALLS, COMPLAINTS, USE, SATISFACTION)


def reason(of: SignalRule, **facts: object) -> SignalReason | None:
    risks = find_clients_at_risk([ClientFacts(client="c", **facts)], [of], ON)  # type: ignore[arg-type]
    return risks[0].reasons[0] if risks else None


def subscription(days: int, renewed: bool = False, service: str = "email") -> Subscription:
    return Subscription(service, ON + timedelta(days=days), renewed)


@pytest.mark.parametrize(
    ("days", "renewed", "at_risk"),
    [(60, False, True), (-60, False, True), (61, False, False), (-61, False, False), (0, True, False)],
)
def test_not_renewed_near_its_anniversary(days: int, renewed: bool, at_risk: bool) -> None:
    assert (reason(RENEWAL, subscriptions=(subscription(days, renewed),)) is not None) is at_risk


def test_services_not_renewed_are_named() -> None:
    many = (subscription(9, service="web"), subscription(-9), subscription(5, True, "forge"))
    assert reason(RENEWAL, subscriptions=many) == SignalReason(
        RENEWAL, Fraction(2), Fraction(2), services=("email", "web")
    )
    assert reason(rule(SignalKind.NOT_RENEWED, "3", 60), subscriptions=many) is None


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        (
            ago(0, 1, 89, 90, 179),
            (Fraction(1, 2), 3, 2),
        ),  # the window ends with the day, and begins after 90 days
        (ago(0, 1, 2, 90, 91, 179), None),  # as many as before
        (ago(0, 1, 2, 3, 90, 91, 92), None),  # a third more
        (ago(0, 1, 2, 180), (None, 3, 0)),  # from nothing
        (ago(0, 1), None),  # too few
        (ago(-1, -2, -3), None),  # not known yet
        ((), None),
    ],
)
def test_rising_calls(calls: tuple[date, ...], expected: tuple[Fraction | None, int, int] | None) -> None:
    found = reason(CALLS, calls=calls)
    assert (found and (found.measured, found.now, found.before)) == expected


@pytest.mark.parametrize(
    ("complaints", "count"), [(ago(0, 179), 2), (ago(0, 180), None), (ago(3, 4, 5), 3), ((), None)]
)
def test_repeated_complaints(complaints: tuple[date, ...], count: int | None) -> None:
    found = reason(COMPLAINTS, complaints=complaints)
    assert (found and found.measured) == count


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (((5, "80"), (95, "100")), (Fraction(1, 5), 80, 100)),
        (((5, "81"), (95, "100")), None),
        (((5, "60"), (35, "90"), (95, "100"), (125, "100")), (Fraction(1, 4), 75, 100)),
        (((95, "100"),), None),  # nothing known now: not a fall to zero
        (((5, "0"), (95, "10")), (Fraction(1), 0, 10)),
        (((5, "10"), (95, "0")), None),
    ],
)
def test_falling_use(use: tuple[tuple[int, str], ...], expected: tuple[Fraction, int, int] | None) -> None:
    found = reason(USE, use=readings(*use))
    assert (found and (found.measured, found.now, found.before)) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (((1, "3"), (2, "4"), (91, "4"), (92, "4")), (Fraction(1, 2), Fraction(7, 2), 4)),
        (((1, "4"), (2, "4"), (91, "4"), (92, "4")), None),
        (((1, "1"), (91, "5"), (92, "5")), None),  # one answer is too few
        (((1, "1"), (2, "1")), None),  # nothing before
    ],
)
def test_falling_satisfaction(scores: tuple[tuple[int, str], ...], expected: object) -> None:
    found = reason(SATISFACTION, satisfaction=readings(*scores))
    assert (found and (found.measured, found.now, found.before)) == expected


def test_clients_with_most_reasons_come_first_then_by_name() -> None:
    clients = [
        ClientFacts(client="quiet"),
        ClientFacts(client="b", complaints=ago(1, 2)),
        ClientFacts(client="a", complaints=ago(1, 2)),
        ClientFacts(client="z", complaints=ago(1, 2), calls=ago(1, 2, 3)),
    ]
    risks = find_clients_at_risk(clients, RULES, ON)
    assert [(r.client, [why.rule.kind for why in r.reasons]) for r in risks] == [
        ("z", [SignalKind.RISING_CALLS, SignalKind.REPEATED_COMPLAINTS]),
        ("a", [SignalKind.REPEATED_COMPLAINTS]),
        ("b", [SignalKind.REPEATED_COMPLAINTS]),
    ]
    assert find_clients_at_risk(clients, (), ON) == ()


@pytest.mark.parametrize(
    ("threshold", "window", "minimum"), [("0", 9, 1), ("-1", 9, 1), ("1", 0, 1), ("1", 9, 0)]
)
def test_impossible_rules_are_refused(threshold: str, window: int, minimum: int) -> None:
    with pytest.raises(ValueError, match="a threshold is above 0"):
        rule(SignalKind.RISING_CALLS, threshold, window, minimum)


def test_every_kind_has_its_rule_here() -> None:
    assert [r.kind for r in RULES] == list(SignalKind)


days = st.lists(st.integers(-5, 400), max_size=12).map(lambda offsets: ago(*offsets))
facts = st.builds(ClientFacts, client=st.sampled_from("abcdef"), calls=days, complaints=days)


@given(st.lists(facts, max_size=6, unique_by=lambda f: f.client))
def test_the_order_of_the_clients_does_not_matter(clients: list[ClientFacts]) -> None:
    risks = find_clients_at_risk(clients, RULES, ON)
    assert find_clients_at_risk(reversed(clients), RULES, ON) == risks
    assert all(r.reasons for r in risks)
    assert {r.client for r in risks} <= {c.client for c in clients}


@given(st.lists(facts, max_size=6, unique_by=lambda f: f.client), st.integers(2, 6))
def test_a_stricter_rule_finds_no_client_more(clients: list[ClientFacts], threshold: int) -> None:
    strict = rule(SignalKind.REPEATED_COMPLAINTS, str(threshold), 180)
    found = {r.client for r in find_clients_at_risk(clients, [strict], ON)}
    assert found <= {r.client for r in find_clients_at_risk(clients, [COMPLAINTS], ON)}


def test_a_rule_that_gives_no_signal_tells_what_it_measured() -> None:
    facts = ClientFacts(client="c", calls=ago(0, 1, 2, 91, 92), use=readings((10, "90"), (100, "100")))
    trial = try_rule(facts, USE, ON)
    assert (trial.now, trial.before, trial.measured, trial.is_signal) == (90, 100, Fraction(1, 10), False)
    assert trial.reason is None
    trial = try_rule(facts, CALLS, ON)
    assert (trial.now, trial.before, trial.measured, trial.is_signal) == (3, 2, Fraction(1, 2), True)
    assert trial.reason == SignalReason(CALLS, Fraction(1, 2), Fraction(3), Fraction(2))


def test_what_is_not_known_is_not_zero() -> None:
    trial = try_rule(ClientFacts(client="c"), SATISFACTION, ON)
    assert (trial.now, trial.before, trial.measured, trial.is_signal) == (None, None, None, False)
