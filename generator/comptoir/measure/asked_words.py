"""Words that definitions ask for: expressions and tables in; the words that no row of a table holds, and why, out.

`kind = 'complaint'` counts nothing where no word of the file means a complaint: such a zero is no result. A word is
there when a row holds it, or when the source says how it is written and every word of its rows is understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import duckdb

from comptoir.measure.plans import ODD, Plan, problem_of
from comptoir.measure.promises import priorities_of
from comptoir.measure.sql.asked import Ask, Clause, clauses_of, words_of_texts
from comptoir.measure.sql.engine import literal, quote
from comptoir.measure.sql.expressions import Fault
from comptoir.measure.tables import Table
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Indicator, IndicatorKind
from comptoir.model.roles import known_words
from comptoir.problems import Problem, Severity, suggest

RULE: Final = "data-words"
ASKING: Final = ("where", "numerator")  # nothing below the line is missing already
_MENTIONING: Final = (*ASKING, "denominator", "value")
_MANY: Final = 200  # words of a field that a hint may name


def words_of_definitions(
    connection: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator]
) -> dict[tuple[str, str], frozenset[str]]:
    """A role or source, and a field of it → every word that a definition compares it with."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for indicator in indicators:
        texts = [text for key in _MENTIONING if (text := getattr(indicator, key)) is not None]
        for field, words in words_of_texts(connection, texts).items():
            key = indicator.source, field
            found[key] = found.get(key, frozenset()) | words
    return found


def check_words(
    connection: duckdb.DuckDBPyConnection, plans: Iterable[Plan], catalogue: Catalogue
) -> tuple[list[Plan], dict[str, Problem]]:
    """The plans whose words are there, with the rows of unknown words counted apart; and why the others are missing."""
    plans = list(plans)
    priorities = {("requests", "priority"): frozenset(priorities_of(catalogue))}
    asked = words_of_definitions(connection, catalogue.indicators.values())
    asked |= {key: asked.get(key, frozenset()) | words for key, words in priorities.items()}
    needs = {plan.indicator.id: _needs(connection, plan) for plan in plans}
    held = _held(connection, plans, needs, asked)
    kept, unmet = [], {}
    for plan in plans:
        problem = None
        for key, clauses in needs[plan.indicator.id].items():
            for clause in sorted(clauses, key=_sql):
                if problem is None and not _is_met(plan.table, clause, held, catalogue, asked):
                    problem = _problem(connection, plan, key, clause)
        if problem is None:
            kept.append(_with_odd_rows(plan, needs[plan.indicator.id], held, asked))
        else:
            unmet[plan.indicator.id] = problem
    return kept, unmet


def _needs(connection: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, list[Clause]]:
    """The clauses of each expression that speak of texts of the table alone."""
    needs = {}
    for key in ASKING:
        if key in plan.expressions and plan.kind is not IndicatorKind.AVAILABILITY:
            clauses = clauses_of(connection, plan.expressions[key].text)
            texts = {name for name, kind in plan.table.fields.items() if kind == "VARCHAR"}
            needs[key] = [clause for clause in clauses if {ask.field for ask in clause} <= texts]
    return needs


def _held(
    connection: duckdb.DuckDBPyConnection,
    plans: Iterable[Plan],
    needs: Mapping[str, Mapping[str, list[Clause]]],
    asked: Mapping[tuple[str, str], frozenset[str]],
) -> dict[tuple[str, str], bool]:
    """Table and condition → True where a row of the table fulfils it; all conditions of a table in one query."""
    wanted: dict[str, set[str]] = {}
    for plan in plans:
        conditions = wanted.setdefault(plan.table.name, set())
        for clause in (clause for clauses in needs[plan.indicator.id].values() for clause in clauses):
            conditions.add(_sql(clause))
            for ask in clause:
                conditions |= {_is_said(ask.field), _is_odd(plan.table, ask.field, asked)}
    held: dict[tuple[str, str], bool] = {}
    for table, conditions in wanted.items():
        ordered = sorted(conditions)
        selected = ", ".join(f"coalesce(bool_or({condition}), FALSE)" for condition in ordered)
        row = connection.execute(f"SELECT {selected} FROM {quote(table)}").fetchone() if ordered else ()
        held |= {(table, condition): found for condition, found in zip(ordered, row or (), strict=True)}
    return held


def _sql(clause: Clause) -> str:
    return " OR ".join(sorted(ask.condition for ask in clause))


def _is_said(field: str) -> str:
    return f"{quote(field)} IS NOT NULL"


def _is_odd(table: Table, field: str, asked: Mapping[tuple[str, str], frozenset[str]]) -> str:
    """SQL that is true for rows whose word is none of the closed list of the field; never where it has no such list."""
    own = known_words(table.role, field)
    known = own.union(*(asked.get((name, field), ()) for name in (table.role.value, table.source)))
    return f"{quote(field)} NOT IN ({', '.join(map(literal, sorted(known)))})" if own else "FALSE"


def _is_met(
    table: Table,
    clause: Clause,
    held: Mapping[tuple[str, str], bool],
    catalogue: Catalogue,
    asked: Mapping[tuple[str, str], frozenset[str]],
) -> bool:
    """True where a row has one of the words, or where they may be absent: fields that say nothing are told otherwise."""
    if held[table.name, _sql(clause)]:
        return True
    return any(
        not held[table.name, _is_said(ask.field)]
        or (_is_declared(table, ask, catalogue) and not held[table.name, _is_odd(table, ask.field, asked)])
        for ask in clause
    )


def _is_declared(table: Table, ask: Ask, catalogue: Catalogue) -> bool:
    """True when a source of the table says how one of the words is written."""
    columns = [
        source.columns[ask.field]
        for source in catalogue.sources.values()
        if table.source in (source.id, source.role.value) and ask.field in source.columns
    ]
    return any(word in (*column.values.values(), column.constant) for column in columns for word in ask.words)


def _problem(connection: duckdb.DuckDBPyConnection, plan: Plan, key: str, clause: Clause) -> Problem:
    """No row has the words: told at the first of them, with the nearest word that there is."""
    asks = sorted(clause, key=lambda ask: ask.condition)
    field, word = asks[0].field, asks[0].words[0]
    written = " or ".join(f"{ask.field} {' or '.join(map(repr, ask.words))}" for ask in asks)
    column = quote(field)
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM {quote(plan.table.name)} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT {_MANY}"
    ).fetchall()
    message = f"no row of '{plan.indicator.source}' has {written}: '{plan.indicator.id}' is missing, not zero"
    hint = (
        suggest(word, (row[0] for row in rows))
        or "say which word of the file means it, with 'values' in the source"
    )
    problem = problem_of(plan.indicator, key, Fault(message, word))
    return replace(problem, rule=RULE, message=message, hint=hint, severity=Severity.WARNING)


def _with_odd_rows(
    plan: Plan,
    needs: Mapping[str, list[Clause]],
    held: Mapping[tuple[str, str], bool],
    asked: Mapping[tuple[str, str], frozenset[str]],
) -> Plan:
    """The plan, with the rows counted apart that a condition does not hold for and whose word is unknown."""
    row, sums = dict(plan.row), dict(plan.sums)
    for key, name in zip(ASKING, ODD, strict=True):
        fields = sorted({ask.field for clause in needs.get(key, ()) for ask in clause})
        odd = [sql for field in fields if held[plan.table.name, sql := _is_odd(plan.table, field, asked)]]
        if odd:
            row[name] = f"({' OR '.join(odd)}) AND NOT coalesce({plan.expressions[key].sql}, FALSE)"
            sums[name] = f"count(*) FILTER ({name})"
    return (
        replace(plan, row=MappingProxyType(row), sums=MappingProxyType(sums)) if sums != plan.sums else plan
    )
