"""Mistakes of files that would give a wrong number without a word, by their number in docs/reference/mistakes.md."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import ReadSource

AT = "data/a.csv"
OUTAGES = {"service": {}, "start": {}, "end": {}}


def test_02_a_value_outside_its_scale_is_told_and_left_out(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,score\n2026-07-01,4\n2026-07-02,47\n2026-07-03,\n2026-07-04,0\n2026-07-05,5\n"},
        {"date": {}, "score": {"scale": [1, 5]}},
        role="surveys",
    )
    assert read.said == [
        f"{AT}:3:1: warning: score: outside the scale from 1 to 5 in 2 rows, left out: a.csv:3, a.csv:5 [data-scale]"
    ]
    assert read.rows("SELECT score FROM surveys ORDER BY _line") == [(Decimal(4),), (None,), (Decimal(5),)]
    assert read.rows("SELECT line, reason, detail FROM excluded ORDER BY line") == [
        (3, "off-scale", "score 47.000000"), (5, "off-scale", "score 0.000000"),
    ]  # fmt: skip


def test_02_no_role_has_counts_below_zero(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,received,wait\n2026-07-01,10,5\n2026-07-02,-3,5\n2026-07-03,10,-1\n"},
        {"date": {}, "received": {}, "wait": {}},
        role="calls",
    )
    assert read.said == [
        f"{AT}:3:1: warning: received: below 0 in 1 row, left out: a.csv:3 [data-scale]",
        f"{AT}:4:1: warning: wait: below 0 in 1 row, left out: a.csv:4 [data-scale]",
    ]
    assert read.tables.kept == {"things": 1}


@pytest.mark.parametrize(
    ("role", "start", "end", "more"),
    [
        ("outages", "start", "end", {"service": {"constant": "mail"}}),
        ("pauses", "start", "end", {"number": {"constant": "1"}}),
        ("requests", "opened", "taken", {}),
        ("requests", "opened", "resolved", {}),
        ("requests", "opened", "closed", {}),
    ],
)
def test_03_an_end_before_its_start_is_told_and_left_out(
    read_source: ReadSource, role: str, start: str, end: str, more: dict[str, object]
) -> None:
    rows = (
        "2026-07-01T10:00Z,2026-07-01T09:00Z\n2026-07-01T10:00Z,2026-07-01T10:00Z\n2026-07-02T10:00Z,\n"
        "2026-07-03T10:00Z,2026-07-01T11:00Z\n"
    )
    keys = {"covers": {"until": "2026-07-31"}} if role == "outages" else {}
    read = read_source({"a.csv": f"{start},{end}\n{rows}"}, {start: {}, end: {}, **more}, role=role, **keys)
    assert read.said == [
        f"{AT}:2:1: warning: {end}: before '{start}' in 2 rows, left out: a.csv:2, a.csv:5 [data-order]"
    ]
    assert read.rows(f"SELECT _line FROM {role} ORDER BY 1") == [(3,), (4,)]
    assert read.rows("SELECT line, reason FROM excluded ORDER BY 1") == [(2, "backwards"), (5, "backwards")]


def test_03_a_term_ends_on_its_first_day_at_the_earliest(read_source: ReadSource) -> None:
    read = read_source(
        {
            "a.csv": "client,service,start,end\nphysics,mail,2026-07-02,2026-07-01\nphysics,wifi,2026-07-02,2026-07-02\n"
        },
        {"client": {}, "service": {}, "start": {}, "end": {}},
        role="subscriptions",
    )
    assert [p.rule for p in read.problems] == ["data-order"]
    assert read.tables.kept == {"things": 1}


def test_03_the_first_places_of_many_are_named(read_source: ReadSource) -> None:
    rows = "1,2026-07-02T10:00Z,2026-07-01T10:00Z\n" * 9
    read = read_source(
        {"a.csv": f"number,start,end\n{rows}"}, {"number": {}, "start": {}, "end": {}}, role="pauses"
    )
    assert read.said == [
        f"{AT}:2:1: warning: end: before 'start' in 9 rows, left out: a.csv:2, a.csv:3, a.csv:4, a.csv:5, a.csv:6… "
        "[data-order]"
    ]


def test_06_an_outage_of_an_unknown_service_is_left_out_as_its_message_says(read_source: ReadSource) -> None:
    read = read_source(
        {
            "a.csv": "service,start,end\nmial,2026-07-01T10:00Z,2026-07-01T11:00Z\nmail,2026-07-02T10:00Z,2026-07-02T11:00Z\n"
        },
        OUTAGES,
        role="outages",
    )
    assert read.said == [
        f"{AT}:2:1: warning: unknown service 'mial' in 1 row: left out: nothing is measured of an outage without its "
        "service (did you mean 'mail'?) [data-unknown]"
    ]
    assert read.rows("SELECT service FROM outages") == [("mail",)]
    assert read.rows("SELECT line, reason, detail FROM excluded") == [(2, "unknown-service", "mial")]


def test_11_spaces_of_every_kind_are_one_in_names_and_numbers(read_source: ReadSource) -> None:
    read = read_source(
        {
            "a.csv": "Num\u00e9ro\u00a0,Service\n19\u00a0454,\u202fmail\n19\u202f454,m\ufeffail\n 19 454\t,mail\u00a0\n007,wifi\n"
        },
        {"n": {"column": "Num\u00e9ro", "type": "text"}, "s": {"column": "Service", "type": "service"}},
    )
    assert read.said == []
    assert read.rows("SELECT n, s FROM source_things ORDER BY _line") == [
        ("19 454", "mail"), ("19 454", "mail"), ("19 454", "mail"), ("007", "wifi"),
    ]  # fmt: skip


def test_11_words_to_translate_and_missing_ones_have_any_space(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "s\nPoste\u00a0de travail\nsans\u00a0objet\n\u00a0\n"},
        {"s": {"type": "service", "values": {"Poste de\u00a0travail": "mail"}}},
        dialect={"missing": ["", "sans objet"]},
    )
    assert read.said == []
    assert read.rows("SELECT s FROM source_things ORDER BY _line") == [("mail",), (None,), (None,)]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_12_a_line_break_inside_a_heading_is_no_fault(read_source: ReadSource, end: str) -> None:
    lines = [
        '"Date\nd\u2019ouverture","Note ""utile"""',
        "2026-07-01,a",
        '2026-07-02,"b\nc"',
        "2026-07-03,d",
        "",
    ]
    read = read_source(
        {"a.csv": end.join(lines)},
        {
            "date": {"column": "Date d\u2019ouverture", "type": "day"},
            "note": {"column": 'Note "utile"', "type": "text"},
        },
    )
    assert read.said == []
    assert read.rows("SELECT day(date), note, _line FROM source_things ORDER BY _line") == [
        (1, "a", 3), (2, "b\nc", 4), (3, "d", 6),
    ]  # fmt: skip


def test_12_rows_that_end_otherwise_are_still_refused(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": '"k\nx",v\r\na,1\r\nb,2\nc,3\r\n'},
        {"k": {"column": "k x", "type": "text"}, "v": {"type": "integer"}},
    )
    assert [(p.location.line, p.rule) for p in read.problems] == [(4, "data-file")]


def test_05_an_outage_that_lasts_needs_to_know_until_when_it_was_watched(read_source: ReadSource) -> None:
    files = {
        "a.csv": "service,start,end\nmail,2026-07-02T10:00Z,\nmail,2026-09-01T10:00Z,2026-09-01T11:00Z\n"
    }
    assert read_source(files, OUTAGES, role="outages").said == [
        f"{AT}:2:1: warning: end: empty in 1 row: an outage that lasts is counted to the last instant of the file, where "
        "monitoring ends (covers: {until: …} in the source says until when it was watched) [data-covers]"
    ]
    covers = {"from": "2026-07-01", "until": "2026-08-31"}
    assert read_source(files, OUTAGES, role="outages", covers=covers).said == [
        f"{AT}:3:1: warning: 1 outage outside what the source covers: that time is not monitored "
        "(see 'covers' in the source) [data-covers]"
    ]


def test_17_rows_of_totals_and_headings_that_stand_again_are_left_out(read_source: ReadSource) -> None:
    text = "Jour;File;Reçus\n1/7/2026;A;1 200\nJour;File;Reçus\n2/7/2026;A;30\n2/7/2026;Ensemble;30\nTotal;;1 230\n"
    columns = {
        "date": {"column": "Jour"},
        "received": {"column": "Reçus"},
        "queue": {"column": "File", "type": "text"},
    }
    dialect = {"delimiter": ";", "dates": "d/m/yyyy", "thousands": "space"}
    told = read_source({"a.csv": text}, columns, role="calls", dialect=dialect)
    assert told.said == [
        f"{AT}:3:1: error: date: the headings stand here again (leave_out: [Jour] in the dialect leaves such rows out) [data-value]",
        f"{AT}:3:11: error: received: the headings stand here again "
        "(leave_out: [Reçus] in the dialect leaves such rows out) [data-value]",
        f"{AT}:6:1: error: date: 'Total' stands in a row of totals (leave_out: [Total] in the dialect leaves it out) [data-value]",
    ]  # fmt: skip
    left_out = {"leave_out": ["Jour", "Total", "Ensemble"]}
    read = read_source({"a.csv": text}, columns, role="calls", dialect=dialect | left_out)
    assert [said.partition(": ")[2] for said in read.said] == [
        "notice: 3 rows left out by 'leave_out': a.csv:3, a.csv:5, a.csv:6 [data-left-out]"
    ]
    assert read.rows("SELECT sum(received), min(_line), max(_line) FROM calls") == [(1230, 2, 4)]
    assert read.rows("SELECT line, reason, detail FROM excluded ORDER BY line") == [
        (line, "filtered", "leave_out") for line in (3, 5, 6)
    ]


def test_17_short_lines_at_the_foot_are_told_and_left_out_by_their_first_words(
    read_source: ReadSource,
) -> None:
    text = "Jour;File;Reçus\n01/07/2026;A;5\n02/07/2026;A;6\nTotal;11\nExporté par Anne le 3/7\n"
    columns = {"date": {"column": "Jour"}, "received": {"column": "Reçus"}}
    dialect: dict[str, object] = {"delimiter": ";", "dates": "dd/mm/yyyy"}
    told = read_source({"a.csv": text}, columns, role="calls", dialect=dialect)
    assert told.said == [
        f"{AT}:4:1: error: 2 cells; the header has 3 (leave_out: [Total] in the dialect leaves it out) [data-cells]",
        f"{AT}:5:1: error: 1 cell; the header has 3 [data-cells]",
    ]
    read = read_source(
        {"a.csv": text}, columns, role="calls", dialect=dialect | {"leave_out": ["Total", "Exporté par*"]}
    )
    assert [said.partition(": ")[2] for said in read.said] == [
        "notice: 2 rows left out by 'leave_out': a.csv:4, a.csv:5 [data-left-out]"
    ]
    assert read.rows("SELECT sum(received), count(*) FROM calls") == [(11, 2)]
    assert read.rows("SELECT line, reason FROM excluded ORDER BY line") == [(4, "filtered"), (5, "filtered")]


def test_17_whole_rows_are_left_out_by_how_they_begin_too(read_source: ReadSource) -> None:
    text = "date,received\n2026-07-01,5\nTotal juillet,5\n{Total},5\n"
    dialect = {"leave_out": ["Total*", "{Total*"]}
    read = read_source({"a.csv": text}, {"date": {}, "received": {}}, role="calls", dialect=dialect)
    assert "notice: 2 rows left out" in read.said[0]
    assert read.rows("SELECT sum(received) FROM calls") == [(5,)]


@pytest.mark.parametrize(
    ("negatives", "cells", "values"),
    [
        (
            "parentheses",
            ["(1\u202f234,50)", "( 12 )", "-3", "(4 €)", "€ (5)", "6"],
            [-1234.5, -12, -3, -4, -5, 6],
        ),
        ("after", ["1 234,50-", "12 -", "-3", "4 €-", "5\u2212", "6"], [-1234.5, -12, -3, -4, -5, 6]),
    ],
)
def test_18_numbers_below_zero_as_accountants_and_sap_write_them(
    read_source: ReadSource, negatives: str, cells: list[str], values: list[float]
) -> None:
    rows = "".join(f"2026-07-{day:02d};physics;{cell}\n" for day, cell in enumerate(cells, 1))
    dialect: dict[str, object] = {"delimiter": ";", "decimal": ",", "thousands": "space", "units": ["€"]}
    text, columns = f"date;client;amount\n{rows}", {"date": {}, "client": {}, "amount": {}}
    told = read_source({"a.csv": text}, columns, role="revenue", dialect=dialect)
    assert len(told.said) == sum(value < 0 for value in values) - 1  # -3 is read as it is
    assert all(f"looks like one below zero (negatives: {negatives})" in said for said in told.said), told.said
    read = read_source({"a.csv": text}, columns, role="revenue", dialect=dialect | {"negatives": negatives})
    assert read.said == []
    assert [float(row[0]) for row in read.rows("SELECT amount FROM revenue ORDER BY _line")] == values


@pytest.mark.parametrize("text", ["-(5)", "(-5)", "-5-", "5)", "(5", "()", "-"])
def test_18_two_signs_and_half_of_them_are_no_number(read_source: ReadSource, text: str) -> None:
    for negatives in ("parentheses", "after"):
        read = read_source(
            {"a.csv": f"n\n{text}\n"}, {"n": {"type": "number"}}, dialect={"negatives": negatives}
        )
        assert len(read.said) == 1 and "data-value" in read.said[0], (negatives, read.said)


def test_17_a_total_among_services_is_told_to_count_twice(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,service,received\n2026-07-01,mail,3\n2026-07-01,wifi,4\n2026-07-01,Total,7\n"},
        {"date": {}, "service": {}, "received": {}},
        role="calls",
    )
    assert read.said == [
        f"{AT}:4:1: warning: unknown service 'Total' in 1 row: counted in totals only "
        "(a row of totals? leave_out: [Total] in the dialect, or each is counted twice) [data-unknown]"
    ]


def test_17_a_total_is_told_among_thousands_of_unknown_names(read_source: ReadSource) -> None:
    rows = "".join(f"2026-07-01,customer {n},1\n" for n in range(3000) for _ in range(2))
    read = read_source(
        {"a.csv": f"date,client,amount\n{rows}2026-07-31,Grand total,6000\n"},
        {"date": {}, "client": {}, "amount": {}},
        role="revenue",
    )
    assert len(read.said) == 11
    (total,) = (said for said in read.said if "Grand total" in said)
    assert (
        "in 1 row: counted in totals only (a row of totals? leave_out: [Grand total] in the dialect" in total
    )


def test_a_day_that_a_spreadsheet_counts_is_told_as_such(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "opened\n46204.5\n"}, {"opened": {}}, role="requests")
    assert read.said == [
        f"{AT}:2:1: error: opened: '46204.5' is a day as a spreadsheet counts them, and no instant written as "
        "2026-10-31T09:30 (give the column a date format there, and export it again) [data-value]"
    ]


def test_18_units_beside_numbers_are_read_where_they_are_declared(read_source: ReadSource) -> None:
    text = "a,b\n-£1200.50,85 %\n£-3.25,0.5%\n7,100\n€5,1\n"
    columns = {name: {"type": "number"} for name in "ab"}
    read = read_source({"a.csv": text}, columns, dialect={"units": ["£", "%"]})
    assert read.said == [f"{AT}:5:1: error: a: '€5' is not a number [data-value]"]
    assert read.rows("SELECT a, b FROM source_things ORDER BY _line") == [
        (Decimal("-1200.5"), 85), (Decimal("-3.25"), Decimal("0.5")), (7, 100),
    ]  # fmt: skip


def test_18_durations_become_seconds_as_the_column_writes_them(read_source: ReadSource) -> None:
    text = "a,b,c,d\n101:02:03,1:30,1:30,1h30\n00:00:59,0:05,75:00,2 h\n1:60:00,1,1:30:00,90\n"
    forms = {"a": "h:mm:ss", "b": "h:mm", "c": "m:ss", "d": "1h30"}
    columns = {name: {"type": "integer", "duration": form} for name, form in forms.items()}
    read = read_source({"a.csv": text}, columns)
    assert read.rows("SELECT a, b, c, d FROM source_things ORDER BY _line") == [
        (363723, 5400, 90, 5400), (59, 300, 4500, 7200),
    ]  # fmt: skip
    assert read.said == [
        f"{AT}:4:1: error: a: '1:60:00' is no duration written as h:mm:ss [data-value]",
        f"{AT}:4:9: error: b: '1' is no duration written as h:mm [data-value]",
        f"{AT}:4:11: error: c: '1:30:00' is no duration written as m:ss [data-value]",
        f"{AT}:4:19: error: d: '90' is no duration written as 1h30 [data-value]",
    ]


def test_19_a_heading_that_stands_twice_is_named_by_its_number(read_source: ReadSource) -> None:
    text = "n,part,part\n1,x,\n2,x,y\n"
    columns = {"n": {"type": "integer"}, "second": {"column": "part (2)", "type": "text"}}
    assert read_source({"a.csv": text}, columns).rows("SELECT second FROM source_things ORDER BY _line") == [
        (None,), ("y",),
    ]  # fmt: skip
    own = {"a.csv": "part (2),part,part\n1,x,y\n"}
    assert read_source(own, {"second": {"column": "part (2)", "type": "text"}}).rows(
        "SELECT second FROM source_things"
    ) == [("1",)]


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("mm/yyyy", "07/2026", "2026-07-01"),
        ("yyyy-mm", "2026-07", "2026-07-01"),
        ("dd/mmm/yy", "16/Jul/26", "2026-07-16"),
        ("d mmm yyyy", "6 jul 2026", "2026-07-06"),
    ],
)
def test_months_are_days_and_have_names(read_source: ReadSource, form: str, text: str, day: str) -> None:
    read = read_source({"a.csv": f"d\n{text}\n"}, {"d": {"type": "day"}}, dialect={"dates": form})
    assert (read.said, read.rows("SELECT d::VARCHAR FROM source_things")) == ([], [(day,)])


def test_21_instants_counted_in_seconds_are_read_where_they_are_declared(read_source: ReadSource) -> None:
    text = "clock,r_clock,host\n1751361153,1751364753,mail\n1751447553,0,mail\n"
    columns = {"start": {"column": "clock"}, "end": {"column": "r_clock"}, "service": {"column": "host"}}
    keys = {"role": "outages", "covers": {"until": "2025-07-31"}}
    told = read_source({"a.csv": text}, columns, **keys)
    assert (
        f"{AT}:2:1: error: start: '1751361153' is no instant written as 2026-10-31T09:30 (declare instants: epoch)"
        in told.said[0]
    )
    read = read_source({"a.csv": text}, columns, **keys, dialect={"instants": "epoch", "missing": ["", "0"]})
    assert [said for said in read.said if "error" in said] == []
    assert read.rows("SELECT epoch(start), epoch(\"end\") FROM outages ORDER BY _line") == [
        (1751361153, 1751364753), (1751447553, None),
    ]  # fmt: skip
    undeclared = read_source({"a.csv": text}, columns, **keys, dialect={"instants": "epoch"})
    assert undeclared.said == [f"{AT}:3:12: error: end: '0' is not written as declared: epoch [data-value]"]
    milliseconds = read_source(
        {"a.csv": "date\n1751361153123\n"}, {"date": {"type": "instant"}}, dialect={"instants": "epoch-ms"}
    )
    assert milliseconds.rows("SELECT epoch(date) FROM source_things") == [(1751361153.123,)]


@pytest.mark.parametrize(
    "day", ["1980-01-01 00:00:00", "1970-01-01 00:00:00", "1900-01-01 01:00:00", "2099-12-31 00:00:00"]
)
def test_21_days_that_stand_for_none_are_told(read_source: ReadSource, day: str) -> None:
    columns = {"opened": {}, "closed": {}}
    text = f"opened,closed\n2026-07-01 10:00:00,{day}\n2026-07-02 10:00:00,2026-07-03 11:00:00\n"
    read = read_source({"a.csv": text}, columns, role="requests")
    assert (
        sum("closed: 1 row of a day that tools write where they know none" in said for said in read.said) == 1
    )
    quiet = read_source({"a.csv": text}, columns, role="requests", dialect={"missing": ["", day]})
    assert quiet.said == []


def test_a_ticket_that_stands_twice_without_a_key_is_told(read_source: ReadSource) -> None:
    rows = "number,opened\nA,2026-07-01T10:00Z\nB,2026-07-01T10:00Z\nA,2026-07-02T10:00Z\n,2026-07-02T10:00Z\n,2026-07-02T10:00Z\n"
    read = read_source({"a.csv": rows}, {"number": {}, "opened": {}}, role="requests")
    assert read.said == [
        f"{AT}:2:1: warning: 1 row under the number of another row, such as 'A' (2 rows, lines 2 to 4): each is counted as a "
        "request of its own (declare 'key: [number]', with 'duplicates: latest' where the later row is right, or 'events' where "
        "they are the history of a ticket) [data-duplicate]"
    ]
    assert read.tables.kept == {"things": 5}
