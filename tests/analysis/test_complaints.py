"""Complaints: the published letter, answers in time and late, open ones, repeats, and shares that add up."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.complaints import (
    AnswerState,
    Complaint,
    Followed,
    follow_complaints,
    summarise_complaints,
)
from comptoir.model.calendars import Calendar
from tests.measure.calendars import calendar

OFFICE = calendar()
PARIS = "Europe/Paris"
FRIDAY = date(2013, 4, 5)
LATER = date(2013, 12, 31)


def follow(*complaints: Complaint, on: date = LATER, of: Calendar = OFFICE) -> tuple[Followed, ...]:
    return follow_complaints(complaints, of, PARIS, on)


def test_the_published_letter_is_answered_on_the_sixth_working_day_hence_late() -> None:
    assert FRIDAY.weekday() == 4
    (letter,) = follow(Complaint("letter", "client", FRIDAY, answered=date(2013, 4, 15)))
    assert (letter.working_days, letter.state) == (6, AnswerState.LATE)


@pytest.mark.parametrize(
    ("answered", "days", "state"),
    [
        ("2013-04-05", 0, AnswerState.IN_TIME),
        ("2013-04-07", 0, AnswerState.IN_TIME),
        ("2013-04-12", 5, AnswerState.IN_TIME),
        ("2013-04-14", 5, AnswerState.IN_TIME),
        ("2013-04-15", 6, AnswerState.LATE),
    ],
)
def test_five_working_days(answered: str, days: int, state: AnswerState) -> None:
    (row,) = follow(Complaint("x", "c", FRIDAY, answered=date.fromisoformat(answered)))
    assert (row.working_days, row.state, row.is_open) == (days, state, False)


def test_public_holidays_do_not_count() -> None:
    """Easter Monday, 1 April 2013."""
    complaint = Complaint("x", "c", date(2013, 3, 29), answered=date(2013, 4, 8))
    french = calendar(public_holidays={"country": "FR"})
    assert [row.working_days for row in follow(complaint)] == [6]
    assert [(row.working_days, row.state) for row in follow(complaint, of=french)] == [
        (5, AnswerState.IN_TIME)
    ]


@pytest.mark.parametrize(
    ("on", "days", "state"),
    [
        ("2013-04-05", 0, AnswerState.WAITING),
        ("2013-04-12", 5, AnswerState.WAITING),
        ("2013-04-15", 6, AnswerState.OVERDUE),
    ],
)
def test_ages_of_open_ones_at_a_date(on: str, days: int, state: AnswerState) -> None:
    day = date.fromisoformat(on)
    never = follow(Complaint("x", "c", FRIDAY), on=day)
    (later,) = follow(Complaint("x", "c", FRIDAY, answered=LATER, solved=LATER), on=day)
    assert [(row.working_days, row.state, row.is_open) for row in never] == [(days, state, True)]
    assert (later.working_days, later.state, later.is_solved) == (days, state, False)


def test_what_comes_after_the_date_is_not_known_yet() -> None:
    assert follow(Complaint("x", "c", FRIDAY), on=FRIDAY - timedelta(days=1)) == ()


def test_repeats_are_of_the_same_client_service_and_cause_within_a_year() -> None:
    def complaint(
        id: str, days: int, client: str = "c", service: str = "web", cause: str = "slow"
    ) -> Complaint:
        return Complaint(id, client, FRIDAY + timedelta(days=days), service=service, cause=cause)

    rows = follow_complaints(
        [
            complaint("third", 400),
            complaint("first", 0),
            complaint("second", 365),
            complaint("late", 766),
            complaint("other", 1, client="d"),
            complaint("elsewhere", 1, service="email"),
            complaint("different", 1, cause="rude"),
            complaint("unknown-1", 1, cause=""),
            complaint("unknown-2", 2, cause=""),
        ],
        OFFICE,
        PARIS,
        FRIDAY + timedelta(days=1000),
    )
    assert {row.complaint.id: row.repeats for row in rows if row.repeats} == {
        "second": "first",
        "third": "second",
    }


def test_shares_leave_out_what_is_not_decided() -> None:
    summary = summarise_complaints(
        follow(
            Complaint("in-time", "c", FRIDAY, answered=date(2013, 4, 8), solved=date(2013, 4, 9)),
            Complaint("late", "c", FRIDAY, answered=date(2013, 4, 15)),
            Complaint("overdue", "c", FRIDAY),
            Complaint("waiting", "c", date(2013, 4, 15)),
            on=date(2013, 4, 16),
        )
    )
    assert (summary.total, summary.open, summary.repeated) == (4, 2, 0)
    assert (summary.in_time.numerator, summary.in_time.denominator) == (1, 3)
    assert summary.solved.value == Fraction(1, 4)
    assert summarise_complaints(()).in_time.value is None


def test_an_answer_before_the_receipt_is_refused() -> None:
    with pytest.raises(ValueError, match="complaint 'x': 2013-04-04 comes before its receipt on 2013-04-05"):
        Complaint("x", "c", FRIDAY, answered=FRIDAY - timedelta(days=1))


offsets = st.integers(0, 60)
registers = st.lists(
    st.builds(
        lambda client, received, cause, answer: (client, received, cause, answer),
        st.sampled_from("ab"),
        offsets,
        st.sampled_from(["", "slow"]),
        st.none() | offsets,
    ),
    max_size=10,
).map(
    lambda rows: [
        Complaint(
            f"c{index}",
            client,
            FRIDAY + timedelta(days=received),
            None if answer is None else FRIDAY + timedelta(days=received + answer),
            cause=cause,
        )
        for index, (client, received, cause, answer) in enumerate(rows)
    ]
)


@given(registers, offsets)
def test_states_partition_the_register_whatever_its_order(register: list[Complaint], day: int) -> None:
    on = FRIDAY + timedelta(days=day)
    rows = follow(*register, on=on)
    assert follow(*reversed(register), on=on) == rows
    assert len(rows) == sum(c.received <= on for c in register)
    summary = summarise_complaints(rows)
    waiting = sum(row.state is AnswerState.WAITING for row in rows)
    assert summary.in_time.denominator + waiting == summary.total
    assert all(
        (row.working_days > 5) is (row.state in {AnswerState.LATE, AnswerState.OVERDUE}) for row in rows
    )
