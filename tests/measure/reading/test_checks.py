"""Checks of monitoring become spans of down and of unmonitored time, as a plain count of minutes says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.problems import ContentError

from .conftest import ReadSource, make_source

DAY = datetime(2026, 7, 1)
COLUMNS: dict[str, Any] = {"at": {"type": "instant"}, "service": {}, "state": {"type": "text"}}
CHECKS = {"at": "at", "down": "state = 'DOWN'", "unknown": "state = 'UNKNOWN'", "every": "5"}
KEYS: dict[str, Any] = {"role": "outages", "zone": "UTC"}
SPANS = 'SELECT service, "start", "end", unknown, _line FROM source_things ORDER BY ALL'


def at(hour: int, minute: int = 0) -> datetime:
    return DAY + timedelta(hours=hour, minutes=minute)


def log(*checks: str) -> dict[str, str]:
    """A file with a check a line, such as '10:05 mail UP'."""
    rows = (check.split(" ") for check in checks)
    return {"a.csv": "at,service,state\n" + "".join(f"2026-07-01T{t},{s},{x}\n" for t, s, x in rows)}


def test_a_down_span_ends_at_the_next_check_that_is_not_down(read_source: ReadSource) -> None:
    rows = log("10:00 mail UP", "10:05 mail DOWN", "10:10 mail DOWN", "10:15 mail UP", "10:20 mail UP")
    read = read_source(rows, COLUMNS, checks=CHECKS, **KEYS)
    assert read.said == []
    assert read.rows(SPANS) == [("mail", at(10, 5), at(10, 15), False, 3)]
    assert read.rows("SELECT * FROM watched_things") == [("mail", at(10), at(10, 25))]
    assert read.rows("SELECT line, reason FROM excluded ORDER BY line") == [
        (line, "gathered") for line in (2, 4, 5, 6)
    ]
    assert read.rows('SELECT state, "start" FROM outages') == [("DOWN", at(10, 5))]


def test_a_gap_is_unknown_from_every_after_the_last_check(read_source: ReadSource) -> None:
    rows = log("10:00 mail UP", "10:10 mail DOWN", "10:21 mail UP", "12:00 mail UP")  # 10 minutes are no gap
    read = read_source(rows, COLUMNS, checks=CHECKS | {"every": "5"}, **KEYS)
    assert [row[:4] for row in read.rows(SPANS)] == [
        ("mail", at(10, 10), at(10, 21), False),
        ("mail", at(10, 15), at(10, 21), True),
        ("mail", at(10, 26), at(12), True),
    ]


def test_what_is_open_ends_with_monitoring(read_source: ReadSource) -> None:
    rows = log("10:00 mail UP", "10:05 mail DOWN", "10:00 wifi UP", "10:05 wifi UNKNOWN")
    read = read_source(rows, COLUMNS, checks=CHECKS, **KEYS)
    assert read.said == []
    assert read.rows(SPANS) == [
        ("mail", at(10, 5), at(10, 10), False, 3),
        ("wifi", at(10, 5), at(10, 10), True, 5),
    ]


def test_a_state_that_is_empty_is_unknown_and_one_that_is_both_is_unknown(read_source: ReadSource) -> None:
    rows = log("10:00 mail UP", "10:05 mail ", "10:10 mail UP", "10:15 mail UNKNOWN", "10:20 mail UP")
    read = read_source(rows, COLUMNS, checks=CHECKS | {"down": "state <> 'UP'"}, **KEYS)
    assert [row[1:4] for row in read.rows(SPANS)] == [
        (at(10, 5), at(10, 10), True),
        (at(10, 15), at(10, 20), True),
    ]
    assert read.said == [
        "data/a.csv:3:1: warning: 1 check of which 'down' says neither yes nor no: what it looks at is empty, so unknown "
        "[data-checks]"
    ]


def test_ties_and_disorder_are_told(read_source: ReadSource) -> None:
    rows = log("10:10 mail UP", "10:05 mail UP", "10:05 mail DOWN", "10:00 mail UP")
    read = read_source(rows, COLUMNS, checks=CHECKS, **KEYS)
    assert read.said == [
        "data/a.csv:3:1: notice: 3 checks after a later one in the file: taken in the order of time [data-checks]",
        "data/a.csv:3:1: warning: 2 checks of the same service and at as another: down where one of them is, unknown where "
        "none of them knows ('thing' in 'checks' tells several things of one service apart) [data-checks]",
    ]
    assert read.rows(SPANS) == [("mail", at(10, 5), at(10, 10), False, 4)]


def test_several_things_of_a_service(read_source: ReadSource) -> None:
    """Two hosts a few seconds apart: without their field, the service would go up and down with each of them."""
    text = "at,host,state\n" + "".join(
        f"2026-07-01T10:{minute:02}:{second:02},{host},{'DOWN' if host == 'm1' and 5 <= minute < 15 else 'UP'}\n"
        for minute in range(0, 25, 5)
        for host, second in (("m1", 0), ("m2", 3))
    )
    columns = {
        "at": {"type": "instant"},
        "host": {"type": "text"},
        "service": {"column": "host", "values": {"m1": "mail", "m2": "mail"}},
        "state": {"type": "text"},
    }
    with pytest.raises(Exception, match="'m1' and 'm2' are all 'mail': say with 'thing' which field"):
        make_source(columns, role="outages", checks=CHECKS)
    read = read_source({"a.csv": text}, columns, checks=CHECKS | {"thing": "host"}, **KEYS)
    assert read.said == []
    assert read.rows(SPANS) == [("mail", at(10, 5), at(10, 15), False, 4)]


def test_words_of_states_are_known_whatever_their_capitals_and_told_where_they_may_be_bad(
    read_source: ReadSource,
) -> None:
    rows = log("10:00 mail up", "10:05 mail Down", "10:10 mail up", "10:15 mail CRITICAL", "10:20 mail up")
    read = read_source(rows, COLUMNS, checks=CHECKS, **KEYS)
    assert [row[1:4] for row in read.rows(SPANS)] == [(at(10, 5), at(10, 10), False)]
    assert read.said == [
        "data/a.csv:5:1: warning: state 'CRITICAL' in 1 check: counted as up, as is all that is neither down nor unknown "
        "(name it in 'checks', or say that it is up: values: {CRITICAL: UP}) [data-checks]"
    ]
    read = read_source(rows, COLUMNS, checks=CHECKS | {"down": "state in ('DWON', 'CRITICAL')"}, **KEYS)
    assert any("no check has the state 'DWON' (did you mean 'Down'?)" in said for said in read.said)


@pytest.mark.parametrize(("every", "said"), [("300", "5"), ("1", "5")])
def test_an_every_that_most_checks_do_not_keep_to_is_told(
    read_source: ReadSource, every: str, said: str
) -> None:
    rows = log(*(f"10:{minute:02} mail UP" for minute in range(0, 60, 5)))
    read = read_source(rows, COLUMNS, checks=CHECKS | {"every": every}, **KEYS)
    (told,) = read.said
    assert (
        f"most checks come {said} minutes after the one before, and 'every' says {every} (every: {said})"
        in told
    )


def test_a_service_that_nobody_knows_is_told_even_where_it_was_never_down(read_source: ReadSource) -> None:
    read = read_source(log("10:00 fax UP", "10:00 mail UP", "10:05 fax UP"), COLUMNS, checks=CHECKS, **KEYS)
    assert "unknown service 'fax' in 2 rows: left out" in read.said[0]
    assert read.rows("SELECT service FROM watched_things") == [("mail",)]


def test_planned_down_time_is_a_span_of_its_own(read_source: ReadSource) -> None:
    text = "at,service,state,planned\n" + "".join(
        f"2026-07-01T10:{minute:02},mail,{state},{planned}\n"
        for minute, state, planned in ((0, "UP", 0), (5, "DOWN", 1), (10, "DOWN", 0), (15, "UP", 0))
    )
    read = read_source({"a.csv": text}, COLUMNS | {"planned": {}}, checks=CHECKS, **KEYS)
    assert read.rows('SELECT "start", "end", planned FROM outages ORDER BY 1') == [
        (at(10, 5), at(10, 10), True),
        (at(10, 10), at(10, 15), False),
    ]


@pytest.mark.parametrize(
    ("columns", "keys", "message"),
    [
        (COLUMNS, {"role": "requests"}, "'checks' become outages"),
        (COLUMNS, {"events": {"key": ["service"], "order": ["at"]}}, "'checks' become outages"),
        (COLUMNS | {"start": {}}, {}, "'start' is made of the checks"),
        (COLUMNS, {"checks": CHECKS | {"at": "when"}}, "'when' is not among the columns"),
        (COLUMNS, {"checks": CHECKS | {"thing": "host"}}, "'host' is not among the columns"),
        (COLUMNS, {"checks": CHECKS | {"at": "state"}}, "'state' is of type 'text'"),
        (COLUMNS, {"checks": CHECKS | {"every": "0"}}, "greater than 0"),
        ({"at": {"type": "instant"}}, {}, "needs service"),
        (COLUMNS | {f"c{n}": {"type": "text"} for n in range(55)}, {}, "at most 57 columns are read"),
    ],
)
def test_what_contradicts_itself_is_refused(
    columns: dict[str, Any], keys: dict[str, Any], message: str
) -> None:
    with pytest.raises((ValueError, ContentError), match=message):
        make_source(columns, **{"role": "outages", "checks": CHECKS, **keys})


def test_an_expression_that_is_wrong_is_told(read_source: ReadSource) -> None:
    read = read_source(log("10:00 mail UP"), COLUMNS, checks=CHECKS | {"down": "stat = 'DOWN'"}, **KEYS)
    assert "there is no field 'stat' (did you mean 'state'?)" in read.said[0]


MOMENTS = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(["UP", "DOWN", "UNKNOWN"])),
    unique_by=lambda check: check[0],
    min_size=1,
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(checks=MOMENTS, every=st.integers(1, 6))
def test_minutes_are_those_of_a_plain_model(
    read_source: ReadSource, checks: list[tuple[int, str]], every: int
) -> None:
    """Of each minute: the state of the last check, unless it came too long ago and the next one is too far."""
    rows = log(*(f"{10 + minute // 60}:{minute % 60:02} mail {state}" for minute, state in checks))
    read = read_source(rows, COLUMNS, checks=CHECKS | {"every": str(every)}, **KEYS)
    ordered = sorted(checks)
    down, unknown = set(), set()
    for (minute, state), (following, _) in zip(
        ordered, [*ordered[1:], (ordered[-1][0] + every, "")], strict=True
    ):
        span = range(minute, following)
        down |= set(span) if state == "DOWN" else set()
        unknown |= set(span) if state == "UNKNOWN" else set()
        unknown |= set(range(minute + every, following)) if following - minute > 2 * every else set()
    found: dict[bool, set[int]] = {True: set(), False: set()}
    for _, start, end, is_unknown, _ in read.rows(SPANS):
        minutes = [int((moment - at(10)).total_seconds() // 60) for moment in (start, end)]
        found[is_unknown] |= set(range(*minutes))
    assert (found[False], found[True]) == (down, unknown)
    assert read.rows("SELECT since, until FROM watched_things") == [
        (at(10, ordered[0][0]), at(10, ordered[-1][0] + every))
    ]
