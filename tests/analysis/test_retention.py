"""Retention: who stays, leaves, comes and comes back; cohorts; what adds up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.retention import follow_cohorts, measure_movement
from comptoir.measure.statistics import estimate_proportion
from comptoir.periods import Quarter

Q1, Q2, Q3, Q4 = Quarter(2025, 4).latest(4)
PRESENCE = {Q1: "abcd", Q2: "abce", Q3: "aef", Q4: "abfg"}


def test_a_quarter_against_the_one_before() -> None:
    movement = measure_movement(PRESENCE, Q4)
    assert movement is not None
    assert (movement.kept, movement.lost) == (("a", "f"), ("e",))
    assert (movement.new, movement.returned) == (("g",), ("b",))
    assert movement.retention == estimate_proportion(2, 3)
    assert movement.attrition == estimate_proportion(1, 3)


def test_a_quarter_that_is_not_known_is_not_one_without_clients() -> None:
    assert measure_movement(PRESENCE, Q1) is None
    assert measure_movement(PRESENCE, Q4.shift(1)) is None
    gone = measure_movement({**PRESENCE, Q4: ()}, Q4)
    assert gone is not None and gone.attrition.value == 1


def test_without_clients_before_there_is_no_rate() -> None:
    movement = measure_movement({Q1: (), Q2: ("a",)}, Q2)
    assert movement is not None
    assert (movement.attrition.value, movement.retention.value, movement.new) == (None, None, ("a",))


def test_cohorts_by_quarter() -> None:
    cohorts = follow_cohorts(PRESENCE)
    assert [(str(c.quarter), "".join(c.clients), c.is_first) for c in cohorts] == [
        ("2025-Q1", "abcd", True),
        ("2025-Q2", "e", False),
        ("2025-Q3", "f", False),
        ("2025-Q4", "g", False),
    ]
    first = cohorts[0]
    assert [(s.age, s.quarter, s.retention.numerator, s.retention.value) for s in first.stages] == [
        (0, Q1, 4, 1),
        (1, Q2, 3, Fraction(3, 4)),
        (2, Q3, 1, Fraction(1, 4)),
        (3, Q4, 2, Fraction(1, 2)),  # b came back
    ]
    assert first.stages[1].retention.interval == estimate_proportion(3, 4).interval


def test_a_gap_in_the_quarters_is_a_gap_in_the_stages() -> None:
    (cohort,) = follow_cohorts({Q1: "ab", Q4: "a"})
    assert [(s.age, s.retention.numerator) for s in cohort.stages] == [(0, 2), (3, 1)]
    assert follow_cohorts({}) == ()


presences = st.lists(st.sets(st.sampled_from("abcdefghij")), min_size=1, max_size=6).map(
    lambda sets: dict(zip(Q4.latest(len(sets)), sets, strict=True))
)


@given(presences)
def test_everybody_is_in_one_cohort_and_every_quarter_adds_up(presence: dict[Quarter, set[str]]) -> None:
    cohorts = follow_cohorts(presence)
    members = [name for cohort in cohorts for name in cohort.clients]
    assert sorted(members) == sorted(set().union(*presence.values()))
    assert all(cohort.stages[0].retention.value == 1 for cohort in cohorts)
    for quarter, clients in presence.items():
        present = [s.retention.numerator for c in cohorts for s in c.stages if s.quarter == quarter]
        assert sum(present) == len(clients)


@given(presences)
def test_movements_add_up(presence: dict[Quarter, set[str]]) -> None:
    for quarter in presence:
        movement = measure_movement(presence, quarter)
        if movement is None:
            assert quarter.previous not in presence
            continue
        assert set(movement.kept) | set(movement.lost) == presence[quarter.previous]
        now = [*movement.kept, *movement.new, *movement.returned]
        assert sorted(now) == sorted(presence[quarter])
        if movement.attrition.value is not None and movement.retention.value is not None:
            assert movement.attrition.value + movement.retention.value == 1
    assert follow_cohorts(dict(reversed(presence.items()))) == follow_cohorts(presence)
