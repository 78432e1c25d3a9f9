"""Rows that are events become one row a case; computed columns are read like cells."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.problems import ContentError

from .conftest import ReadSource, make_source

AT = "data/a.csv"
LOG = """number,at,mod,state,group,priority
A1,2026-07-01T08:00,0,New,desk,p3
A1,2026-07-01T09:00,1,Active,network,p3
B2,2026-07-01T08:30,0,New,desk,p4
A1,2026-07-01T09:00,2,Resolved,network,p2
A1,2026-07-01T10:00,3,Active,desk,p2
A1,2026-07-01T11:00,4,Resolved,network,p1
"""
RAW: dict[str, Any] = {
    "number": {"type": "text"},
    "at": {"type": "instant"},
    "mod": {"type": "integer"},
    "state": {"type": "text"},
    "group": {"type": "text"},
    "priority": {"type": "text"},
}
EVENTS = {"key": ["number"], "order": ["at", "mod"]}


def test_one_row_a_case(read_source: ReadSource) -> None:
    columns = RAW | {
        "opened": {"type": "instant", "of": "at", "take": "first"},
        "resolved": {"type": "instant", "of": "at", "take": "last", "when": "state = 'Resolved'"},
        "first_resolved": {"type": "instant", "of": "at", "take": "min", "when": "state = 'Resolved'"},
        "events": {"type": "integer", "take": "count"},
        "resolutions": {"type": "integer", "take": "count", "of": "at", "when": "state = 'Resolved'"},
        "groups": {"type": "integer", "take": "count-distinct", "of": "group"},
        "moves": {"type": "integer", "take": "changes", "of": "group"},
        "mods": {"type": "integer", "take": "sum", "of": "mod"},
        "latest": {"type": "integer", "take": "max", "of": "mod"},
    }
    read = read_source({"a.csv": LOG}, columns, zone="UTC", events=EVENTS)
    assert read.said == []
    day = datetime(2026, 7, 1)
    assert read.rows(
        "SELECT number, state, priority, opened, resolved, first_resolved, events, resolutions, groups, moves, mods, "
        "latest, _line FROM source_things ORDER BY number"
    ) == [
        ("A1", "Resolved", "p1", day.replace(hour=8), day.replace(hour=11), day.replace(hour=9), 5, 2, 2, 3, 10, 4, 7),
        ("B2", "New", "p4", day.replace(hour=8, minute=30), None, None, 1, 0, 1, 0, 0, 0, 4),
    ]  # fmt: skip
    assert [(left.reason, left.rows) for left in read.tables.left_out] == [("gathered", 4)]
    assert read.rows("SELECT line FROM excluded ORDER BY line") == [(2,), (3,), (5,), (6,)]


def test_the_last_event_counts_even_where_it_is_empty(read_source: ReadSource) -> None:
    log = "number,at,resolved\nA,2026-07-01T08:00,2026-07-01T07:00\nA,2026-07-02T08:00,\n"
    columns = {"number": {"type": "text"}, "at": {"type": "instant"}, "resolved": {"type": "instant"}}
    read = read_source({"a.csv": log}, columns, zone="UTC", events={"key": ["number"], "order": ["at"]})
    assert read.rows("SELECT resolved FROM source_things") == [(None,)]
    columns["resolved"] |= {"take": "last", "when": "resolved is not null"}  # type: ignore[dict-item]
    read = read_source({"a.csv": log}, columns, zone="UTC", events={"key": ["number"], "order": ["at"]})
    assert read.rows("SELECT resolved FROM source_things") == [(datetime(2026, 7, 1, 7),)]


def test_ties_are_told_and_taken_in_the_order_of_the_file(read_source: ReadSource) -> None:
    read = read_source({"a.csv": LOG}, RAW, zone="UTC", events={"key": ["number"], "order": ["at"]})
    assert read.said == [
        f"{AT}:3:1: warning: 2 events with the same number and at as another: taken in the order of the file "
        "(add a field that tells them apart to 'events.order') [data-ties]"
    ]
    assert read.rows("SELECT mod FROM source_things WHERE number = 'A1'") == [(4,)]


def test_events_without_key_or_order_are_left_out_and_told(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "number,at\n,2026-07-01T08:00\nA,\nA,2026-07-01T09:00\n"},
        {"number": {"type": "text"}, "at": {"type": "instant"}},
        events={"key": ["number"], "order": ["at"]},
    )
    assert read.said == [
        f"{AT}:2:1: warning: number: empty in 1 row, left out: it is part of the key [data-required]",
        f"{AT}:3:1: warning: at: empty in 1 row, left out: events are ordered by it [data-required]",
    ]
    assert read.tables.kept == {"things": 1}


def test_a_condition_that_is_wrong_is_told_at_its_word(read_source: ReadSource) -> None:
    columns = RAW | {"moves": {"type": "integer", "take": "count", "when": "stat = 'New'"}}
    read = read_source({"a.csv": LOG}, columns, events=EVENTS)
    assert len(read.said) == 1
    assert "there is no field 'stat' (did you mean 'state'?)" in read.said[0]


@pytest.mark.parametrize(
    ("columns", "keys", "message"),
    [
        ({"x": {"type": "text", "take": "first"}}, {}, "'take' is for rows that are events"),
        ({"x": {"type": "text", "of": "number"}}, {"events": EVENTS}, "'of' goes with 'take'"),
        (
            {"x": {"type": "text", "of": "nmber", "take": "first"}},
            {"events": EVENTS},
            "'nmber' is not among the columns",
        ),
        ({"x": {"type": "text", "of": "group", "take": "changes"}}, {"events": EVENTS}, "'x' counts events"),
        ({"x": {"type": "text", "column": "a", "constant": "b"}}, {}, "give either 'column' or 'constant'"),
        (
            {"x": {"type": "text", "column": "a", "expression": "b"}},
            {},
            "give either 'column' or 'expression'",
        ),
        ({}, {"events": {"key": ["number"], "order": ["when"]}}, "'when' is not among the columns"),
        ({}, {"events": EVENTS, "key": ["number"]}, "'key' has no use"),
    ],
)
def test_what_a_source_may_not_say(columns: dict[str, Any], keys: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, ContentError)) as raised:
        make_source(RAW | columns, **keys)
    assert message in str(raised.value)


rows_of_log = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 5), st.integers(0, 3), st.sampled_from(["x", "y", ""])),
    max_size=12,
)


@given(rows_of_log)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_taken_is_what_python_takes(
    read_source: ReadSource, log: list[tuple[str, int, int, str]]
) -> None:
    text = "k,o,p,v\n" + "".join(f"{k},{o},{p},{v}\n" for k, o, p, v in log)
    read = read_source(
        {"a.csv": text},
        {
            "k": {"type": "text"}, "o": {"type": "integer"}, "p": {"type": "integer"}, "v": {"type": "text"},
            "first": {"type": "text", "of": "v", "take": "first"},
            "n": {"type": "integer", "take": "count", "when": "v = 'x'"},
            "moves": {"type": "integer", "take": "changes", "of": "v"},
        },
        events={"key": ["k"], "order": ["o", "p"]},
    )  # fmt: skip
    expected = []
    for case in sorted({row[0] for row in log}):
        mine = sorted(
            (row for row in log if row[0] == case), key=lambda row: row[1:3]
        )  # stable: the order of the file
        named = [row[3] for row in mine if row[3]]
        moves = sum(a != b for a, b in pairwise(named))
        expected.append((case, mine[0][3] or None, mine[-1][3] or None, sum(v == "x" for v in named), moves))
    assert read.rows('SELECT k, "first", v, n, moves FROM source_things ORDER BY k') == expected


def test_computed_columns_are_read_like_cells(read_source: ReadSource) -> None:
    read = read_source(
        {
            "a.csv": "day;hour;path;minutes;code\n01/07/2026;9:30;Mail > Box;90;2 - High\n02/07/2026;8:05;Wifi;x;1 - Low\n"
        },
        {
            "day": {"type": "text"},
            "hour": {"type": "text"},
            "path": {"type": "text"},
            "minutes": {"type": "text"},
            "code": {"type": "text"},
            "opened": {"type": "instant", "expression": "day || ' ' || hour", "dates": "dd/mm/yyyy H:MM"},
            "top": {"type": "text", "expression": "split_part(path, '>', 1)", "values": {"Mail": "mail"}},
            "seconds": {"type": "integer", "expression": "try_cast(minutes as integer) * 60"},
            "priority": {"type": "text", "expression": "left(code, 1)", "values": {"1": "p1", "2": "p2"}},
            "urgent": {"type": "boolean", "expression": "code like '2%'"},
        },
        dialect={"delimiter": ";"},
        where="priority in ('p1', 'p2')",
    )
    assert read.said == []
    assert read.rows("SELECT opened, top, seconds, priority, urgent FROM source_things") == [
        (datetime(2026, 7, 1, 7, 30), "mail", 5400, "p2", True),
        (datetime(2026, 7, 2, 6, 5), "Wifi", None, "p1", False),
    ]


def test_what_an_expression_gives_and_no_field_takes(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "a,b\n1,x\n2,2026-07-01\n"},
        {
            "a": {"type": "integer"},
            "b": {"type": "text"},
            "day": {"type": "day", "expression": "b"},
            "flag": {"type": "boolean", "expression": "a + 1"},
            "other": {"type": "text", "expression": "c"},
            "clock": {"type": "text", "expression": "now()"},
        },
    )
    assert sorted(line.partition(": ")[2] for line in read.said) == [
        "error: day: 'x' is no day written as 2026-10-31 (declare dates in the dialect) [data-value]",
        "error: it gives a value of type BIGINT, which cannot be 'flag' of type 'boolean' [source-expression]",
        "error: the function 'now' is not allowed in an expression (did you mean 'pow'?) [source-expression]",
        "error: there is no field 'c' (known: a, b) [source-expression]",
    ]
    assert read.rows("SELECT a, day::VARCHAR FROM source_things") == [(2, "2026-07-01")]
    assert read.rows("SELECT line, reason, detail FROM excluded") == [(2, "unreadable", "day")]
