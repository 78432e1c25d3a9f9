"""Rows that stay and rows that are left out, each with its reason; nothing is dropped in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import ReadSource

AT = "data/a.csv"
KEYED = {"k": {"type": "text"}, "v": {"type": "integer"}, "w": {"type": "text"}}


def test_rows_without_a_required_field_are_left_out_and_counted(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,service,users\n2026-07-01,mail,5\n,mail,6\n2026-07-02,,\n,wifi,7\n"},
        {"date": {}, "service": {}, "users": {}},
        role="usage",
    )
    assert read.said == [
        f"{AT}:3:1: warning: date: empty in 2 rows, left out: the role 'usage' needs it [data-required]",
        f"{AT}:4:1: warning: service: empty in 1 row, left out: the role 'usage' needs it [data-required]",
        f"{AT}:4:1: warning: users: empty in 1 row, left out: the role 'usage' needs it [data-required]",
    ]
    assert read.rows("SELECT line, reason, detail FROM excluded ORDER BY line") == [
        (3, "required", "date"), (4, "required", "service, users"), (5, "required", "date"),
    ]  # fmt: skip
    assert read.tables.kept == {"things": 1}
    assert [(left.reason, left.rows) for left in read.tables.left_out] == [("required", 3)]


def test_unknown_names_stay_without_their_name_and_are_counted(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "date,client,service,amount\n"
                  "2026-07-01,physics,mail,1\n2026-07-02,phisics,mial,2\n2026-07-03,library,mial,4\n"
                  "2026-07-04,library,,8\n2026-07-05,library,zzz,16\n"},
        {"date": {}, "client": {}, "service": {}, "amount": {}},
        role="revenue",
    )  # fmt: skip
    assert read.said == [
        f"{AT}:3:1: warning: unknown client 'phisics' in 1 row: counted in totals only "
        "(did you mean 'physics'?) [data-unknown]",
        f"{AT}:3:1: warning: unknown service 'mial' in 2 rows: counted in totals only "
        "(did you mean 'mail'?) [data-unknown]",
        f"{AT}:6:1: warning: unknown service 'zzz' in 1 row: counted in totals only "
        "(known: mail, wifi) [data-unknown]",
    ]
    assert [(entry.field, entry.name, entry.rows) for entry in read.tables.unknown] == [
        ("client", "phisics", 1), ("service", "mial", 2), ("service", "zzz", 1),
    ]  # fmt: skip
    assert read.rows("SELECT service, sum(amount) FROM revenue GROUP BY service ORDER BY service") == [
        ("mail", Decimal(1)), (None, Decimal(30)),
    ]  # fmt: skip
    assert read.rows("SELECT client, sum(amount) FROM revenue GROUP BY client ORDER BY client") == [
        ("library", Decimal(28)), ("physics", Decimal(1)), (None, Decimal(2)),
    ]  # fmt: skip
    assert read.tables.left_out == ()


def test_many_unknown_names_are_listed_up_to_a_bound(read_source: ReadSource) -> None:
    rows = "".join(f"name-{number:03d}\n" for number in range(80))
    read = read_source({"a.csv": f"s\n{rows}mail\n"}, {"s": {"type": "service"}})
    assert len(read.said) == 11
    assert read.said[-1] == (
        f"{AT}:12:1: warning: 70 more unknown services in 70 rows: counted in totals only "
        "(indicators/names.csv says what many names mean) [data-unknown]"
    )
    assert len(read.tables.unknown) == 80
    assert read.rows("SELECT count(*), count(s) FROM source_things") == [(81, 1)]


def test_where_keeps_the_rows_it_holds_for(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "k,v\na,1\nb,5\nc,\n"}, {"k": {"type": "text"}, "v": {"type": "integer"}},
                       where="v < 3 -- small")  # fmt: skip
    assert read.said == []
    assert read.rows("SELECT k FROM source_things") == [("a",)]
    assert read.rows("SELECT line, reason, detail FROM excluded ORDER BY line") == [
        (3, "filtered", "v < 3 -- small"), (4, "filtered", "v < 3 -- small"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "where",
    [
        "k in (select content from read_text('/etc/passwd'))",
        "true; drop table source_things",
        "v = (select max(v) from range(1000000000000))",
        "length(repeat('x', 1000000000)) > 0",
        "nothing = 1",
        "current_setting('temp_directory') = ''",
        "v =",
        "k::integer = 1",
    ],
)
def test_a_hostile_or_wrong_where_is_a_problem_and_keeps_every_row(
    read_source: ReadSource, where: str
) -> None:
    read = read_source(
        {"a.csv": "k,v\na,1\n"}, {"k": {"type": "text"}, "v": {"type": "integer"}}, where=where
    )
    assert [problem.rule for problem in read.problems] == ["source-where"]
    assert read.tables.kept == {"things": 1}


def test_duplicates_are_refused_by_naming_the_first(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "k,v,w\na,1,x\nb,2,x\na,3,y\n", "b.csv": "k,v,w\nb,9,z\n"}, KEYED, key=["k"])
    assert read.said == [
        f"{AT}:4:1: error: k 'a' stands already at {AT}:2 [data-duplicate]",
        f"data/b.csv:2:1: error: k 'b' stands already at {AT}:3 [data-duplicate]",
    ]
    assert read.rows("SELECT v FROM source_things ORDER BY v") == [(1,), (2,)]


def test_the_first_of_duplicates_is_kept(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "k,v,w\na,1,x\na,3,y\na,2,x\nb,1,x\n"}, KEYED, key=["k", "w"], duplicates="first"
    )
    assert read.said == []
    assert read.rows("SELECT k, v, w FROM source_things ORDER BY _line") == [
        ("a", 1, "x"), ("a", 3, "y"), ("b", 1, "x"),
    ]  # fmt: skip
    assert read.rows("SELECT * FROM excluded") == [("things", "a.csv", 4, "duplicate", "kept: a.csv, line 2")]


def test_the_latest_of_duplicates_is_kept(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "k,v,w\na,2,x\na,10,y\na,,z\nb,,x\n"}, KEYED, key=["k"], duplicates="latest", latest_by="v"
    )
    assert read.said == []
    assert read.rows("SELECT k, v, w FROM source_things ORDER BY k") == [("a", 10, "y"), ("b", None, "x")]
    assert read.rows("SELECT line, detail FROM excluded ORDER BY line") == [
        (2, "kept: a.csv, line 3"), (4, "kept: a.csv, line 3"),
    ]  # fmt: skip


def test_two_latest_that_differ_are_a_problem_and_two_that_agree_are_one(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "k,v,w\na,2,x\na,2,y\nb,3,x\nb,3,x\nc,,x\nc,,y\n"},
        KEYED, key=["k"], duplicates="latest", latest_by="v",
    )  # fmt: skip
    assert read.said == [
        f"{AT}:3:1: warning: k 'a' has the same 'v', '2', as {AT}:2: the first in the file is kept [data-duplicate]",
        f"{AT}:7:1: warning: k 'c' has the same 'v', empty, as {AT}:6: the first in the file is kept [data-duplicate]",
    ]
    assert read.rows("SELECT _line FROM source_things ORDER BY 1") == [(2,), (4,), (6,)]


def test_a_row_without_its_key_is_left_out(read_source: ReadSource) -> None:
    read = read_source({"a.csv": "k,v,w\n,1,x\n,2,x\na,3,x\n"}, KEYED, key=["k"])
    assert read.said == [
        f"{AT}:2:1: warning: k: empty in 2 rows, left out: it is part of the key [data-required]"
    ]
    assert [(left.reason, left.rows) for left in read.tables.left_out] == [("no-key", 2)]


def test_views_have_every_field_of_the_role(read_source: ReadSource) -> None:
    read = read_source(
        {"a.csv": "day,score,x\n2026-07-01,4,7\n"},
        {"date": {"column": "day"}, "score": {}, "x": {"type": "integer"}},
        role="surveys",
    )
    assert read.said == []
    assert read.rows("SELECT score, service, x, _source, _file, _line FROM surveys") == [
        (Decimal(4), None, 7, "things", "a.csv", 2)
    ]
    assert list(read.tables.fields["surveys"])[-2:] == ["score", "x"]
    assert read.rows("SELECT count(*) FROM outages") == [(0,)]
    assert read.tables.relation("outages") == "outages"
    assert read.tables.relation("things") == "source_things"
    assert [file.path for file in read.tables.files_of("surveys")] == ["a.csv"]
    assert read.tables.files_of("things") == read.tables.files
    with pytest.raises(KeyError):
        read.tables.relation("nothing")
