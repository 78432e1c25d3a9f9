"""Plans: a definition and the table it speaks of in; what to compute for each row, and what to add up, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import duckdb

from comptoir.measure.plan_keys import check_keys
from comptoir.measure.respondents import check_respondents, counts_people, singling_out
from comptoir.measure.sql.engine import quote
from comptoir.measure.sql.expressions import (
    WORKING_FUNCTIONS,
    Expression,
    Fault,
    WorkingSpan,
    parse_expression,
)
from comptoir.measure.sums import Sum
from comptoir.measure.tables import KNOWN, Table, is_dated, rows_with_derived
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.roles import WHO
from comptoir.model.terms import Counts, OverTime
from comptoir.problems import Problem, suggest

NUMBER: Final = "DECIMAL(18, 6)"  # sums of it are exact, whatever the order of the rows
WIDE: Final = "DECIMAL(38, 6)"  # for squares
_INTEGERS: Final = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
_KEYS: Final = ("where", "value", "numerator", "denominator")
CENSUS: Final = frozenset(
    {
        IndicatorKind.COUNT,
        IndicatorKind.SUM,
        IndicatorKind.DISTINCT,
        IndicatorKind.GROWTH,
        IndicatorKind.AVAILABILITY,
        IndicatorKind.COVERAGE,
    }
)
"""Kinds that count everything there is: they are no samples, and never indicative."""


ODD: Final = ("odd", "odd_above")
"""Rows that `where`, or the numerator, does not hold for, and whose word nobody knows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with the rows of one definition.

    `row`: name → SQL computed for each row; `sums`: name → SQL of an aggregate over these names, which adds up over
    groups; `counted`: SQL condition over the names, true for the rows that n counts.
    """

    indicator: Indicator
    table: Table
    date: str
    by: tuple[str, ...]
    row: Mapping[str, str]
    sums: Mapping[str, str]
    counted: str
    respondent: str | None  # SQL of who answered, when n counts people
    fields: frozenset[str]
    expressions: Mapping[str, Expression]
    relation: str | None = None  # SQL to read instead of the table
    counts_cases: bool = (
        True  # a ratio of conditions, or of numbers said to count cases: a share, with an interval
    )
    off: str = ""  # SQL condition over the names: the value of a row is not one that its scale has

    @property
    def kind(self) -> IndicatorKind:
        """How rows become a number."""
        return self.indicator.kind

    @property
    def costly_texts(self) -> frozenset[str]:
        """Its expressions that ask the calendars; plans that have the same ones are worth one scan."""
        every = self.expressions.values()
        return frozenset(e.text for e in every if e.functions & WORKING_FUNCTIONS)

    @property
    def is_costly(self) -> bool:
        """True when one of its expressions asks the calendars."""
        return bool(self.costly_texts)

    @property
    def spans(self) -> frozenset[WorkingSpan]:
        """The spans of working time that its rows must hold."""
        return frozenset(span for expression in self.expressions.values() for span in expression.spans)

    @property
    def asks_calendars(self) -> bool:
        """True when the engine must know the calendars, and until when the table is known."""
        is_judged = self.kind is IndicatorKind.WITHIN_TARGET
        return is_judged or self.is_costly or KNOWN in self.fields

    @property
    def needs_window(self) -> bool:
        """True when a row counts or not by what other rows say."""
        return self.kind is IndicatorKind.COVERAGE or self.indicator.over_time is OverTime.LAST


def plan_indicator(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, table: Table
) -> tuple[Plan | None, list[Problem]]:
    """The plan of a definition, or every problem of its expressions at their places in the YAML."""
    problems = [*check_keys(indicator), *check_respondents(indicator, table)]
    expressions: dict[str, Expression] = {}
    types: dict[str, str] = {}
    for key in _KEYS:
        text = getattr(indicator, key)
        if text is None:
            continue
        parsed = parse_expression(connection, text, table.known_fields)
        if isinstance(parsed, Expression):
            kind = singling_out(indicator, table, key, parsed) or type_of(connection, parsed, table)
            if isinstance(kind, str):
                expressions[key], types[key] = parsed, kind
                continue
            parsed = kind
        problems.append(problem_of(indicator, key, parsed))
    date = indicator.date or table.date_field
    problems += _check_date(indicator, table, date)
    problems += [p for key, kind in types.items() if (p := _check_type(indicator, key, kind)) is not None]
    if problems:
        return None, problems
    builder = _BUILDERS.get(indicator.kind)
    if builder is None:
        return _plan(indicator, table, date, expressions, {}, {}, "TRUE"), []
    return builder(indicator, table, date, expressions, types)


def type_of(connection: duckdb.DuckDBPyConnection, expression: Expression, table: Table) -> str | Fault:
    """The engine's type of an expression over the fields of `table`, or why it has none. Reads no row."""
    source = rows_with_derived(table, expression.fields)
    try:
        described = connection.execute(
            f"DESCRIBE SELECT {expression.typed_sql} AS it FROM ({source})"
        ).fetchone()
    except duckdb.Error as error:
        message = str(error).strip().split("\n", 1)[0]
        return Fault(f"this expression makes no sense: {message}")
    assert described is not None
    return str(described[1])


def problem_of(indicator: Indicator, key: str, fault: Fault) -> Problem:
    """A fault of an expression at its place; that of `use` when the expression comes from the library."""
    where = indicator.locate_inside((key,), fault.fragment, fault.occurrence)
    message = fault.message
    if indicator.use is not None and not is_written(indicator, key):
        where = indicator.locate("use")
        message = (
            f"the ready-made definition '{indicator.use}' does not fit here: {fault.message} (in '{key}')"
        )
    return Problem(where, "expression", message, fault.hint)


def is_written(indicator: Indicator, key: str) -> bool:
    """True when the project's own YAML holds the key, and not only the library."""
    return indicator.locate(key) != indicator.locate()


def _check_date(indicator: Indicator, table: Table, date: str) -> list[Problem]:
    kind = table.fields.get(date)
    if kind is not None and is_dated(kind):
        return []
    place = indicator.locate("date") if indicator.date else indicator.locate("source")
    what = (
        f"there is no field '{date}'"
        if kind is None
        else f"the field '{date}' holds neither days nor instants"
    )
    dated = [name for name, kind in table.fields.items() if kind == "DATE" or kind.startswith("TIMESTAMP")]
    return [Problem(place, "indicator-date", f"{what} to tell quarters by", suggest(date, dated))]


def _check_type(indicator: Indicator, key: str, kind: str) -> Problem | None:
    """A condition where a value belongs, or the other way round."""
    is_condition = kind == "BOOLEAN"
    if key == "where" and not is_condition:
        return problem_of(indicator, key, Fault(f"'where' is a condition, true or false; this gives {kind}"))
    numeric = key == "value" and indicator.kind is not IndicatorKind.DISTINCT
    if numeric and not is_number(kind):
        return problem_of(indicator, key, Fault(f"'value' is a number; this gives {kind}"))
    if key in ("numerator", "denominator") and not (is_condition or is_number(kind)):
        return problem_of(indicator, key, Fault(f"'{key}' is a condition or a number; this gives {kind}"))
    return None


def is_number(kind: str) -> bool:
    """True for a type of the engine that can be added up."""
    return kind in _INTEGERS or kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL")


def _plan(
    indicator: Indicator,
    table: Table,
    date: str,
    expressions: Mapping[str, Expression],
    row: Mapping[str, str],
    sums: Mapping[str, Sum],
    counted: str,
    off: str = "",
    counts_cases: bool = True,
) -> Plan:
    where = expressions["where"].sql if "where" in expressions else "TRUE"
    if where != "TRUE" and any(e.may_fail for key, e in expressions.items() if key != "where"):
        row = {name: f"CASE WHEN {where} THEN {sql} END" for name, sql in row.items()}
    people = counts_people(indicator, table)
    who = next((name for name in WHO if name in table.fields), None)
    weights = table.weights
    more = {"off_scale": Sum(off)} if off else {}
    if weights:
        row = {**row, "w": f"CAST(coalesce(weight, 1) AS {NUMBER})"}
        added = {"rows": Sum(counted), "w2": Sum(counted, "w * w")}
        more |= {name: replace(one, is_weighted=False) for name, one in added.items()}
    return Plan(
        indicator=indicator,
        table=table,
        date=date,
        by=table.dimensions(indicator.by),
        row=MappingProxyType({"kept": where, **row}),
        sums=MappingProxyType(
            {**KEPT, **{name: one.sql(bool(weights)) for name, one in {**sums, **more}.items()}}
        ),
        counted=f"kept AND ({counted})",
        respondent=(quote(who) if who else "NULL") if people else None,
        fields=frozenset(name for expression in expressions.values() for name in expression.fields),
        expressions=MappingProxyType(dict(expressions)),
        counts_cases=counts_cases,
        off=off,
    )


KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {"kept": "count(*) FILTER (kept)", "undecided": "count(*) FILTER (kept IS NULL)"}
)
"""Rows for which `where` holds, and those that do not say."""

_Built = tuple[Plan | None, list[Problem]]
_Expressions = Mapping[str, Expression]
_Types = Mapping[str, str]


def _build_count(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    return _plan(i, t, date, e, {}, {"n": Sum("TRUE")}, "TRUE"), []


def _build_value(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    """Sum, mean, quantile, growth of a sum: the number, where there is one, on its scale."""
    if "value" not in e:
        return _build_count(i, t, date, e, types)
    if i.kind is IndicatorKind.QUANTILE and t.weights:
        message = "a quantile of rows that stand for several people is not measured: use mean"
        return None, [Problem(i.locate("kind"), "expression", message)]
    row = {"v": f"CAST({e['value'].sql} AS {NUMBER})"}
    counted, off = "v IS NOT NULL", ""
    if i.kind in (IndicatorKind.MEAN, IndicatorKind.QUANTILE) and i.value_scale:
        counted = _between("v", i.value_scale)
        off = f"NOT ({counted})"
    sums = {"n": Sum(counted)}
    if i.over_time is OverTime.LAST:
        sums["last"] = Sum("is_last", is_weighted=False)
        counted = f"is_last AND {counted}"
        sums["n"] = Sum(counted)
    elif i.over_time is OverTime.MEAN:
        row["day"] = f"CAST({quote(date)} AS DATE)"
    if i.kind is not IndicatorKind.QUANTILE:
        sums["total"] = Sum(counted, "v")
    if i.kind is IndicatorKind.MEAN:
        sums["squares"] = Sum(counted, f"CAST(v AS {WIDE}) * v")
    return _plan(i, t, date, e, row, sums, counted, off), []


def _between(name: str, scale: tuple[Decimal, Decimal]) -> str:
    return f"{name} BETWEEN {scale[0]} AND {scale[1]}"


def _build_distinct(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    row = {"v": f"CAST({e['value'].sql} AS VARCHAR)"}
    return _plan(i, t, date, e, row, {"n": Sum("v IS NOT NULL", is_weighted=False)}, "v IS NOT NULL"), []


def _build_nps(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    row = {"v": f"CAST({e['value'].sql} AS {NUMBER})"}
    fits = "v BETWEEN 0 AND 10 AND v = trunc(v)"
    sums = {
        "n": Sum(fits),
        "promoters": Sum(f"{fits} AND v >= 9"),
        "passives": Sum(f"{fits} AND v >= 7 AND v < 9"),
        "detractors": Sum(f"{fits} AND v < 7"),
    }
    return _plan(i, t, date, e, row, sums, fits, off=f"NOT ({fits})"), []


def _build_ratio(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    above = types["numerator"]
    below = types.get("denominator", "BOOLEAN")
    if above == "BOOLEAN" and below == "BOOLEAN":
        if i.counts is Counts.AMOUNTS:
            message = "two conditions count cases: 'counts' says what two numbers add up"
            return None, [Problem(i.locate("counts"), "expression", message)]
        return _build_share(i, t, date, e)
    if "BOOLEAN" in (above, below) and i.kind is IndicatorKind.RATIO:
        message = "'numerator' and 'denominator' are two conditions, or two numbers to add up"
        return None, [problem_of(i, "denominator" if "denominator" in e else "numerator", Fault(message))]
    row = {"a": _number(e["numerator"], above), "b": _number(e.get("denominator"), below)}
    known, off = "a IS NOT NULL AND b IS NOT NULL", ""
    cases = i.counts is Counts.CASES or above == "BOOLEAN"
    if cases:
        fits = "a >= 0 AND b >= 0" if i.kind is IndicatorKind.RATE else "a >= 0 AND b >= a"
        known, off = f"{known} AND {fits}", f"NOT ({fits})"
    return _plan(i, t, date, e, row, _quotient(known), known, off, counts_cases=cases), []


def _build_share(i: Indicator, t: Table, date: str, e: _Expressions) -> _Built:
    """Rows for which both conditions hold, among those for which the second does."""
    below = f"coalesce({e['denominator'].sql}, FALSE)" if "denominator" in e else "TRUE"
    row, fits, off = {"a": e["numerator"].sql, "b": below}, "b", ""
    if i.scale is not None:
        if "score" not in t.fields:
            message = "'scale' of two conditions is that of the field 'score', which there is not"
            return None, [Problem(i.locate("scale"), "expression", message)]
        row["v"], off = "score", f"b AND NOT ({_between('v', i.scale)})"
        fits = f"b AND coalesce({_between('v', i.scale)}, TRUE)"
    sums = {
        "below": Sum(fits),
        "rows_below": Sum(fits, is_weighted=False),
        "n": Sum(f"{fits} AND a IS NOT NULL"),
        "numerator": Sum(f"{fits} AND a"),
    }
    return _plan(i, t, date, e, row, sums, f"{fits} AND a IS NOT NULL", off), []


def _quotient(known: str) -> dict[str, Sum]:
    """Both sums over the rows that have both values, and how many these are."""
    return {"cases": Sum(known), "numerator": Sum(known, "a"), "denominator": Sum(known, "b")}


def _number(expression: Expression | None, kind: str) -> str:
    """A value to add up; a condition counts 1 where it holds, and no denominator counts every row."""
    if expression is None:
        return f"CAST(1 AS {NUMBER})"
    sql = f"CAST({expression.sql} AS INTEGER)" if kind == "BOOLEAN" else expression.sql
    return f"CAST({sql} AS {NUMBER})"


def _build_coverage(i: Indicator, t: Table, date: str, e: _Expressions, types: _Types) -> _Built:
    users = e["numerator"].sql if "numerator" in e else "users"
    eligible = e["denominator"].sql if "denominator" in e else "eligible"
    absent = [
        name
        for name, key in (("users", "numerator"), ("eligible", "denominator"))
        if key not in e and name not in t.fields
    ]
    if absent:
        message = f"coverage needs the field '{absent[0]}'"
        return None, [Problem(i.locate("source"), "expression", message, suggest(absent[0], t.fields))]
    row = {"a": f"CAST({users} AS {NUMBER})", "b": f"CAST({eligible} AS {NUMBER})"}
    known = "is_last AND a IS NOT NULL AND b IS NOT NULL"
    sums = {"last": Sum("is_last"), **_quotient(known)}
    sums["n"] = sums.pop("cases")
    return _plan(i, t, date, e, row, sums, known), []


_BUILDERS: Final[Mapping[IndicatorKind, Callable[[Indicator, Table, str, _Expressions, _Types], _Built]]] = (
    MappingProxyType(
        {
            IndicatorKind.COUNT: _build_count,
            IndicatorKind.SUM: _build_value,
            IndicatorKind.MEAN: _build_value,
            IndicatorKind.QUANTILE: _build_value,
            IndicatorKind.GROWTH: _build_value,
            IndicatorKind.DISTINCT: _build_distinct,
            IndicatorKind.NPS: _build_nps,
            IndicatorKind.RATIO: _build_ratio,
            IndicatorKind.RATE: _build_ratio,
            IndicatorKind.COVERAGE: _build_coverage,
        }
    )
)
