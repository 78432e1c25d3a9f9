"""Cases judged against promises: requests, pauses and a catalogue in; a relation with a verdict for each case out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import duckdb

from comptoir.measure.plans import KEPT, Plan
from comptoir.measure.promises import (
    ANYONE,
    Promise,
    limited_services,
    priorities_of,
    promised_items,
    promises_of,
)
from comptoir.measure.queries import SPENT
from comptoir.measure.sql.engine import literal, quote
from comptoir.measure.sql.moments import midnight_text, utc_midnight
from comptoir.measure.tables import Table, as_utc
from comptoir.measure.working_sql import (
    PauseRows,
    SpanColumns,
    WorkingTimeTable,
    add_working_days,
    add_working_seconds,
)
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Metric
from comptoir.periods import Period
from comptoir.problems import Problem, suggest

ENDS: Final[Mapping[Metric, str]] = MappingProxyType(
    {Metric.TTO: "taken", Metric.TTR: "resolved", Metric.DELIVERY: "resolved"}
)
_PROMISES: Final = "comptoir_promises"
_STARTS: Final = "opened"
ONLY: Final = ("priority", "request_item")
"""Keys of a definition that name the cases which it is about: fields of their rows."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The rows that wait to be judged: their quarters, until when the data are known, and how time is counted."""

    quarters: tuple[Period, ...]
    time_zone: str
    known_until: datetime  # in UTC: an unfinished case is judged by the time that it took until then
    working_time: WorkingTimeTable
    pauses: Table | None


def check_within_target(plan: Plan) -> list[Problem]:
    """What keeps a definition of this kind from being measured."""
    indicator, fields = plan.indicator, plan.table.fields
    metric = indicator.metric
    if metric is None or metric not in ENDS:
        message = f"'{metric}' is no duration of a request"
        return [Problem(indicator.locate("metric"), "indicator-keys", message, f"use {', '.join(ENDS)}")]
    told = [name for name in ONLY if getattr(indicator, name) is not None]
    absent = [name for name in ("service", _STARTS, ENDS[metric], *told) if name not in fields]
    if absent:
        message = f"a share within the target needs the field '{absent[0]}'"
        return [Problem(indicator.locate("source"), "expression", message, suggest(absent[0], fields))]
    return []


def judge_cases(
    connection: duckdb.DuckDBPyConnection, plan: Plan, catalogue: Catalogue, cases: Cases
) -> Plan:
    """The plan over judged cases: 'verdict' is met, missed, no-target, not-yet-due, backwards or unstated."""
    metric = plan.indicator.metric
    assert metric is not None
    name = f"{_PROMISES}_{metric.value}"
    promises = promises_of(catalogue, metric)
    _register_promises(connection, name, promises, cases.time_zone)
    in_days = any(promise.days is not None for promise in promises)
    relation = f"({_judged(plan, name, catalogue, cases, in_days)})"
    kept = plan.row["kept"]
    for key in ONLY:
        told = getattr(plan.indicator, key)
        if told is not None:
            kept = f"{kept} AND lower({key}) = {literal(told)}"
    row = {
        "kept": kept,
        "state": '"comptoir verdict"',
        "share": '"comptoir share"',
    }
    sums = {
        **KEPT,
        "n": "count(*) FILTER (kept AND state IN ('met', 'missed'))",
        "numerator": "count(*) FILTER (kept AND state = 'met')",
        "promised": "sum(share) FILTER (kept AND state IN ('met', 'missed'))",
        "no_target": "count(*) FILTER (kept AND state = 'no-target')",
        "not_yet_due": "count(*) FILTER (kept AND state = 'not-yet-due')",
        "backwards": "count(*) FILTER (kept AND state = 'backwards')",
        "unstated": "count(*) FILTER (kept AND state = 'unstated')",
    }
    return replace(
        plan,
        relation=relation,
        row=MappingProxyType(row),
        sums=MappingProxyType(sums),
        counted="kept AND state IN ('met', 'missed')",
    )


def _register_promises(
    connection: duckdb.DuckDBPyConnection, name: str, promises: Sequence[Promise], time_zone: str
) -> None:
    connection.execute(
        f"CREATE OR REPLACE TABLE {name} (service VARCHAR, who VARCHAR, priority VARCHAR, item VARCHAR, since TIMESTAMP, "
        "until TIMESTAMP, calendar VARCHAR, seconds DECIMAL(18, 6), days DECIMAL(18, 6), share DECIMAL(9, 6))"
    )
    rows = [
        (
            promise.service,
            promise.who,
            promise.priority,
            promise.item,
            utc_midnight(promise.first, time_zone),
            utc_midnight(promise.last + timedelta(days=1), time_zone),
            promise.calendar,
            promise.seconds,
            promise.days,
            promise.share,
        )
        for promise in promises
    ]
    if rows:
        columns = ", ".join(f"unnest(${number})" for number in range(1, 11))
        connection.execute(
            f"INSERT INTO {name} SELECT {columns}", [list(column) for column in zip(*rows, strict=True)]
        )


def _judged(plan: Plan, promises: str, catalogue: Catalogue, cases: Cases, in_days: bool) -> str:
    """SQL: every row with its verdict. `in_days`: some promises are in working days."""
    query = _promised(plan, promises, catalogue, cases)
    columns = SpanColumns("comptoir calendar", "comptoir start", "comptoir end")
    pauses = _pauses(cases.pauses) if "number" in plan.table.fields else None
    timed = add_working_seconds(cases.working_time, query, columns, pauses, "comptoir worked")
    late = '"comptoir worked" > "comptoir seconds"'
    spent = '100.0 * "comptoir worked" / nullif("comptoir seconds", 0)'
    if in_days:
        timed = add_working_days(cases.working_time, timed, columns, "comptoir worked days")
        paused = _paused_days(cases.pauses, cases.known_until) if pauses and cases.pauses else "0"
        timed = f'SELECT t.*, "comptoir worked days" - {paused} AS "comptoir counted days" FROM ({timed}) t'
        late = f"""CASE WHEN "comptoir days" IS NULL THEN {late}
    ELSE "comptoir counted days" > "comptoir days" END"""
        spent = f"""CASE WHEN "comptoir days" IS NULL THEN {spent}
    ELSE 100.0 * "comptoir counted days" / nullif("comptoir days", 0) END"""
    verdict = f"""CASE
    WHEN "comptoir share" IS NULL THEN 'no-target'
    WHEN "comptoir end" < "comptoir start" THEN 'backwards'
    WHEN ({late}) THEN 'missed'
    WHEN "comptoir open" THEN 'not-yet-due'
    WHEN ({late}) IS NULL THEN 'unstated'
    ELSE 'met' END"""
    return f'SELECT t.*, {verdict} AS "comptoir verdict", {spent} AS {SPENT} FROM ({timed}) t'


def _promised(plan: Plan, promises: str, catalogue: Catalogue, cases: Cases) -> str:
    """SQL: every row with the promise that holds for it, where there is one."""
    table, metric = plan.table, plan.indicator.metric
    assert metric is not None
    opened, end, until = _utc(_STARTS, table), _utc(ENDS[metric], table), midnight_text(cases.known_until)
    priority, item, limited = "''", "''", limited_services(catalogue)
    customer = " || '/' || ".join(
        f"coalesce({name}, '')" if name in table.fields else "''" for name in ("segment", "client")
    )
    services = ", ".join(literal(service) for service in sorted(limited))
    who = literal(ANYONE)
    if limited:
        who = f"CASE WHEN service IN ({services}) THEN {customer} ELSE {who} END"
    if "priority" in table.fields:
        known = ", ".join(literal(name) for name in priorities_of(catalogue))
        priority = f"CASE WHEN lower(priority) IN ({known}) THEN lower(priority) ELSE '' END"
    if "request_item" in table.fields and (items := promised_items(catalogue, metric)):
        pairs = ", ".join(f"({literal(service)}, {literal(name)})" for service, name in sorted(items))
        item = f"CASE WHEN (service, request_item) IN ({pairs}) THEN request_item ELSE '' END"
    first = midnight_text(utc_midnight(cases.quarters[0].first_day, cases.time_zone))
    last = midnight_text(utc_midnight(cases.quarters[-1].last_day + timedelta(days=1), cases.time_zone))
    return f"""SELECT c.*, p.calendar AS "comptoir calendar",
    p.seconds AS "comptoir seconds", p.days AS "comptoir days", p.share AS "comptoir share"
  FROM (
    SELECT *, {opened} AS "comptoir start", coalesce({end}, {until}) AS "comptoir end",
      {end} IS NULL AS "comptoir open", {who} AS "comptoir who", {priority} AS "comptoir priority",
      {item} AS "comptoir item"
    FROM {quote(table.name)} WHERE {_utc(plan.date, table)} >= {first} AND {_utc(plan.date, table)} < {last}
  ) c LEFT JOIN {promises} p ON p.service = c.service AND p.who = c."comptoir who"
    AND p.priority = c."comptoir priority" AND p.item = c."comptoir item" AND c."comptoir start" >= p.since AND c."comptoir start" < p.until"""


def _pauses(table: Table | None) -> PauseRows | None:
    return None if table is None else PauseRows(_pauses_query(table), "number", "start", "end")


def _pauses_query(table: Table) -> str:
    start, end = _utc("start", table), _utc("end", table)
    return f'SELECT number, {start} AS start, {end} AS "end" FROM {quote(table.name)}'


def _paused_days(table: Table, until: datetime) -> str:
    """SQL: working days within the pauses of a case, counted like the days of the case."""
    since = 'greatest(p.start, t."comptoir start")'
    ends = f'least(coalesce(p."end", {midnight_text(until)}), t."comptoir end")'
    days = f'sum(working_days(t."comptoir calendar", {since}, {ends}))'
    return f"coalesce((SELECT {days} FROM ({_pauses_query(table)}) p WHERE p.number = t.number), 0)"


def _utc(field: str, table: Table) -> str:
    return as_utc(field, table.fields[field])
