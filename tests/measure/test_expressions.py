"""Expressions: what may stand in a definition, and every hostile one as a problem at its place."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from comptoir.measure.sql.engine import QueryError, run_query
from comptoir.measure.sql.expressions import Expression, Fault, parse_expression

from ..conftest import MakeProject
from .tables import definition, measure, request, tables

FIELDS = frozenset({"kind", "priority", "opened", "resolved", "score", "end", "calendar"})
SAFE = [
    "kind = 'incident' and priority in ('p1', 'p2')",
    "not (resolved is null or score between 1 and 5)",
    "case when score > 3 then 1 else coalesce(score, 0) end",
    "date_diff('hour', opened, resolved) / 24",
    '"end" is null -- a comment',
    "kind like 'in%' and lower(kind) ~ '^in'",
    "cast(score as integer) % 2 = 0 and score::decimal(10, 2) > 1.5",
    "extract(year from opened) = 2026 and opened >= timestamp '2026-01-01 00:00:00'",
    "working_days(calendar, opened, resolved) <= 5",
    "opened + interval 3 day < resolved",
    "score is distinct from 3",
    "replace(replace(replace(kind, '.', ''), ' & ', ' et '), '', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxx') = 'a'",
    "kind || '-' || priority = 'incident-p1'",
]
HOSTILE = {
    "score > (select 1)": "a subquery is not allowed in an expression",
    "kind in (select kind from secrets)": "a subquery is not allowed in an expression",
    "exists (select 1 from read_csv('/etc/passwd'))": "a subquery is not allowed in an expression",
    "read_text('/etc/passwd') is null": "the function 'read_text' is not allowed in an expression",
    "getenv('HOME') = 'x'": "the function 'getenv' is not allowed in an expression",
    "current_setting('threads') > 1": "the function 'current_setting' is not allowed in an expression",
    "range(1000000000000) is null": "the function 'range' is not allowed in an expression",
    "repeat(kind, 1000000000) = ''": "the function 'repeat' is not allowed in an expression",
    "random() > 0.5": "the function 'random' is not allowed in an expression",
    "now() > opened": "the function 'now' is not allowed in an expression",
    "current_date > opened": "there is no field 'current_date'",
    "sleep_ms(100000)": "the function 'sleep_ms' is not allowed in an expression",
    "count(*) > 1": "the function 'count_star' is not allowed in an expression",
    "sum(score) > 1": "the function 'sum' is not allowed in an expression",
    "row_number() over () = 1": "a window function is not allowed in an expression",
    "list_transform([1], x -> x + 1) is null": "the function 'list_transform' is not allowed in an expression",
    "unnest([1, 2]) = 1": "the function 'unnest' is not allowed in an expression",
    "main.lower(kind) = 'x'": "the function 'lower' is not allowed in an expression",
    "*": "'*' is not allowed in an expression",
    "columns('.*') = 1": "'*' is not allowed in an expression",
    "$1 = 1": "a parameter is not allowed in an expression",
    "true; drop table requests": "this is no SQL expression",
    "1) from comptoir_fields; attach 'x.db'; select (1": "an expression is one condition or value, not a statement",
    "1) from read_csv('/etc/passwd') where (true": "this is no SQL expression",
    "1), (2": "an expression is one condition or value, not a statement",
    "true) from comptoir_fields where (true": "this is no SQL expression",
    "kind = 'x' union select 1": "this is no SQL expression",
    "attach 'x.db'": "the type 'attach' is not allowed in an expression",
    "kind = ": "this is no SQL expression: something is missing at its end",
    "kind = )": "this is no SQL expression: ')' is not expected here",
    "kind = ) and priority": "this is no SQL expression: ')' is not expected here",
    "(kind = 'incident'": "this is no SQL expression: something is missing at its end",
    "/* kind": "this is no SQL expression",
    "true) or (true": "the parentheses of this expression do not match",
    "requests.kind = 'x'": "there is no field 'requests.kind'",
    "kind::json is null": "the type 'json' is not allowed in an expression",
    "kind collate nocase = 'x'": "a collation is not allowed in an expression",
    "kind as other": "this is no SQL expression",
    "length(replace(replace(kind, 'a', 'aaaaaaaaaa'), 'a', 'aaa')) > 0": (
        "this expression may make a text 30 times as long; at most 20 times is allowed"
    ),
    "length(" + "replace(" * 9 + "kind" + ", 'a', 'aaaaaaaaaa')" * 9 + ") > 0": (
        "this expression may make a text 1000000000 times as long; at most 20 times is allowed"
    ),
    "length(replace(kind || kind || kind || kind || kind || kind, 'ab', '12345678')) > 0": (
        "this expression may make a text 24 times as long; at most 20 times is allowed"
    ),
    "length(" + " || ".join(["kind"] * 21) + ") > 0": (
        "this expression may make a text 21 times as long; at most 20 times is allowed"
    ),
    "regexp_matches(kind, priority)": "a pattern is a text written out here: one that rows bring may take any time",
    "kind ~ ('^' || priority)": "a pattern is a text written out here: one that rows bring may take any time",
    "replace(kind, kind, priority) = ''": "'replace' needs two texts written out: what it replaces, and by what",
    "replace(kind, 'a', 'b' || 'c') = ''": "'replace' needs two texts written out: what it replaces, and by what",
}


@pytest.fixture
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.mark.parametrize("text", SAFE)
def test_safe(text: str, engine: duckdb.DuckDBPyConnection) -> None:
    parsed = parse_expression(engine, text, FIELDS)
    assert isinstance(parsed, Expression), parsed
    assert parsed.fields <= FIELDS


@pytest.mark.parametrize("text", sorted(HOSTILE))
def test_hostile(text: str, engine: duckdb.DuckDBPyConnection) -> None:
    parsed = parse_expression(engine, text, FIELDS)
    assert isinstance(parsed, Fault), parsed
    assert parsed.message.startswith(HOSTILE[text]), parsed.message


@pytest.mark.parametrize("text", ["(" * 900 + "kind" + ")" * 900, "not " * 480 + "true", "- " * 900 + "1"])
def test_deep_nesting_is_a_fault_or_harmless(text: str, engine: duckdb.DuckDBPyConnection) -> None:
    parsed = parse_expression(engine, text, FIELDS)
    if isinstance(parsed, Expression):
        assert parsed.functions <= {"-"}
    else:
        assert "nested" in parsed.message or "cannot be read" in parsed.message or "no SQL" in parsed.message


def test_working_time_between_fields_becomes_a_column(engine: duckdb.DuckDBPyConnection) -> None:
    parsed = parse_expression(engine, "working_seconds( calendar , opened,resolved) > 60", FIELDS)
    assert isinstance(parsed, Expression)
    assert parsed.sql == '("comptoir working_seconds calendar opened resolved" > 60\n)'
    assert [span.function for span in parsed.spans] == ["working_seconds"]


def test_a_fault_points_into_the_yaml(make_project: MakeProject) -> None:
    text = (
        "name: Essai\nsummary: Pour un essai.\nsource: requests\nkind: count\n"
        "where: >-\n  kind = 'incident'\n  and prioritee = 'p1'\nunit: number\ndirection: lower\n"
    )
    keys = {"indicators/definitions/wrong.yaml": text}
    measurements, problems = measure(make_project, {}, tables(requests=[request()]), keys=keys)
    assert [str(p) for p in problems] == [
        "indicators/definitions/wrong.yaml:7:7: error: there is no field 'prioritee' "
        "(did you mean 'priority'?) [expression]"
    ]
    assert [m.reason for m in measurements] == ["faulty"]


@pytest.mark.parametrize(
    ("keys", "line", "message"),
    [
        ({"where": "opened"}, 7, "'where' is a condition, true or false; this gives TIMESTAMP"),
        ({"kind": "sum", "value": "service"}, 7, "'value' is a number; this gives VARCHAR"),
        (
            {"kind": "ratio", "numerator": "opened"},
            7,
            "'numerator' is a condition or a number; this gives TIMESTAMP",
        ),
        ({"kind": "sum"}, 4, "the kind 'sum' needs the key 'value'"),
        ({"quantile": "0.5"}, 7, "the kind 'count' has no use for the key 'quantile'"),
        ({"date": "service"}, 7, "the field 'service' holds neither days nor instants to tell quarters by"),
        ({"date": "openned"}, 7, "there is no field 'openned' to tell quarters by"),
        ({"where": "kind > 3 + opened"}, 7, "this expression makes no sense"),
    ],
)
def test_what_makes_no_sense(
    make_project: MakeProject, keys: dict[str, object], line: int, message: str
) -> None:
    _, problems = measure(make_project, {"wrong": definition(**keys)}, tables(requests=[request()]))
    assert [p.message[: len(message)] for p in problems] == [message]
    assert [(p.location.file, p.location.line) for p in problems] == [
        ("indicators/definitions/wrong.yaml", line)
    ]


def test_a_condition_and_a_number_do_not_make_a_ratio(make_project: MakeProject) -> None:
    wrong = definition(kind="ratio", numerator="kind = 'x'", denominator="reopened")
    _, problems = measure(make_project, {"wrong": wrong}, tables(requests=[request()]))
    assert [p.message for p in problems] == [
        "'numerator' and 'denominator' are two conditions, or two numbers to add up"
    ]


def test_a_faulty_definition_does_not_take_the_others_with_it(make_project: MakeProject) -> None:
    given = {
        "fails-on-its-rows": definition(where="cast(kind as integer) = 1"),
        "works": definition(),
    }
    measurements, problems = measure(make_project, given, tables(requests=[request(kind="incident")]))
    assert [(p.location.file, p.message.partition(":")[0]) for p in problems] == [
        ("indicators/definitions/fails-on-its-rows.yaml", "the engine cannot measure this")
    ]
    assert {m.indicator: m.value for m in measurements} == {"fails-on-its-rows": None, "works": 1}


def test_a_number_too_large_is_a_problem(make_project: MakeProject) -> None:
    large = definition(kind="sum", value="reopened * 1000000000000")
    _, problems = measure(make_project, {"large": large}, tables(requests=[request(reopened=10**6)]))
    assert ["cannot measure this" in p.message for p in problems] == [True]


def test_nothing_runs_for_ever(engine: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="it takes more than"):
        run_query(
            engine, "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7", 0.3
        )
    assert run_query(engine, "SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "COPY (SELECT 1) TO '{file}'",
        "ATTACH '{file}' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '64GB'",
        "RESET lock_configuration",
    ],
)
def test_the_second_wall_holds_without_the_first(sql: str, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(QueryError):
        run_query(tables(requests=[]), sql.format(file=file))
    assert file.read_text(encoding="utf-8") == "a,b\n1,2\n"
