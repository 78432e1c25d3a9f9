"""Rows behind the analyses of clients: what an analysis asks of a role in; its rows used and left out, and why, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import duckdb

from comptoir.measure.explain import SAMPLES, ExplanationLine, RowsLeftOut, rows_left_out
from comptoir.measure.observations import opened_day
from comptoir.measure.project import read_project_tables
from comptoir.measure.reading import Places, SourceFile, Tables, UnknownName, open_engine
from comptoir.measure.sql.engine import literal, quote, run_query
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.roles import Role

COMPLAINT: Final = "complaint"


class Apart(StrEnum):
    """Why a row of a role is not among those that an analysis uses. A row has the first reason that holds."""

    NO_CLIENT = "no-client"
    NO_SERVICE = "no-service"
    NO_VOLUME = "no-volume"
    A_COMPLAINT = "a-complaint"
    NO_COMPLAINT = "no-complaint"
    LATER = "later"
    EARLIER = "earlier"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """The rows of a role that an analysis uses: of which days, both included, and what they must name.

    `complaints` chooses among requests: only them, all but them, or both for None. `clients` are those that it is about,
    None for all; `scope` what the rows themselves must name.
    """

    role: Role
    first: date | None = None
    last: date | None = None
    needs: tuple[str, ...] = ("client",)
    complaints: bool | None = None
    clients: frozenset[str] | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class RowsApart:
    """Rows that are not used for one reason, and the first of them."""

    reason: Apart
    rows: int
    samples: tuple[ExplanationLine, ...]


@dataclass(frozen=True, slots=True)
class RoleRows:
    """The rows of a role: how many are used, which are not, what reading left out before, and the files of all."""

    asked: RowsAsked
    used: int
    samples: tuple[ExplanationLine, ...]
    apart: tuple[RowsApart, ...]
    left_out: tuple[RowsLeftOut, ...]
    unknown: tuple[UnknownName, ...]
    files: tuple[SourceFile, ...]


def tell_rows(catalogue: Catalogue, places: Places, asked: Iterable[RowsAsked]) -> tuple[RoleRows, ...]:
    """The rows behind each of `asked`; those of roles that no source has are passed over."""
    connection = open_engine()
    try:
        tables, _ = read_project_tables(connection, catalogue, places)
        zone = catalogue.organisation.time_zone
        return tuple(
            _tell(connection, tables, zone, one) for one in asked if one.role in tables.roles.values()
        )
    finally:
        connection.close()


def _tell(connection: duckdb.DuckDBPyConnection, tables: Tables, zone: str, asked: RowsAsked) -> RoleRows:
    sources = {name for name, role in tables.roles.items() if role is asked.role}
    day = "" if asked.role is Role.SUBSCRIPTIONS else "date"
    if asked.role is Role.REQUESTS:
        day = opened_day(zone)
    found = run_query(connection, _query(asked, day))
    by_reason = {str(row["why"]): row for row in found}
    used = by_reason.pop("", None)
    return RoleRows(
        asked=asked,
        used=int(used["rows"]) if used else 0,
        samples=_lines(used["first"]) if used else (),
        apart=tuple(
            RowsApart(reason, int(row["rows"]), _lines(row["first"]))
            for reason in Apart
            if (row := by_reason.get(reason.value))
        ),
        left_out=tuple(rows_left_out(connection, left) for left in tables.left_out if left.source in sources),
        unknown=tuple(unknown for unknown in tables.unknown if unknown.source in sources),
        files=tuple(file for file in tables.files if file.source in sources),
    )


def _query(asked: RowsAsked, day: str) -> str:
    """How many rows there are of each reason ('' for those used), and the first of them."""
    arms = " ".join(f"WHEN {condition} THEN {literal(reason)}" for reason, condition in _arms(asked, day))
    why = f"CASE {arms} ELSE '' END" if arms else "''"
    return (
        f"SELECT why, count(*) AS rows, list(struct_pack(file := _file, line := _line) ORDER BY _file, _line)"
        f"[1:{SAMPLES}] AS first FROM (SELECT {why} AS why, _file, _line FROM {quote(asked.role)}) GROUP BY why"
    )


def _arms(asked: RowsAsked, day: str) -> Iterator[tuple[Apart, str]]:
    if asked.complaints is not None:
        is_other = f"kind IS {'' if asked.complaints else 'NOT '}DISTINCT FROM {literal(COMPLAINT)}"
        yield Apart.NO_COMPLAINT if asked.complaints else Apart.A_COMPLAINT, is_other
    missing = {"client": Apart.NO_CLIENT, "service": Apart.NO_SERVICE, "volume": Apart.NO_VOLUME}
    for need in asked.needs:
        yield missing[need], f"{quote(need)} IS NULL"
    if day and asked.last:
        yield Apart.LATER, f"{day} > DATE {literal(asked.last.isoformat())}"
    if day and asked.first:
        yield Apart.EARLIER, f"{day} < DATE {literal(asked.first.isoformat())}"
    if asked.clients is not None:
        names = ", ".join(literal(name) for name in sorted(asked.clients)) or "NULL"
        yield Apart.ELSEWHERE, f"(client IN ({names})) IS NOT TRUE"
    for field in ("service", "segment", "client"):
        if name := getattr(asked.scope, field):
            yield Apart.ELSEWHERE, f"{quote(field)} IS DISTINCT FROM {literal(name)}"


def _lines(rows: Iterable[dict[str, object]]) -> tuple[ExplanationLine, ...]:
    return tuple(ExplanationLine(str(row["file"]), int(str(row["line"]))) for row in rows)
