"""Tables of the engine: the name of a role or of a source in, what can be asked of its rows out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import duckdb

from comptoir.measure.sql.engine import literal, quote
from comptoir.measure.sql.moments import end_of_day, midnight_text, utc_midnight
from comptoir.measure.sql.zones import to_local
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension
from comptoir.model.roles import DATE_FIELD, WHO, Role
from comptoir.model.terms import AgreementKind
from comptoir.periods import Period

SERVICES: Final = "comptoir_services"
FACTS: Final = ("calendar", "family", "maturity", "lifecycle")  # of the row's service, for expressions
PERIOD: Final = ("quarter_start", "quarter_end")  # days, for expressions
LOCAL: Final = (
    "_local"  # after the name of an instant: what the clocks of the organisation showed, for expressions
)
KNOWN: Final = "known_until"  # last instant that the table speaks of, for expressions
_MOMENTS: Final = "comptoir_moments"
FIRST: Final = "client_first"  # day of the client's first row in the table
WHOLE, PARTIAL = "whole", "partial"
DENSE: Final = frozenset({Role.REQUESTS, Role.CALLS, Role.USAGE})  # a month without rows is a gap there


FREE: Final = "by_"
"""Before the name of a field, in queries: a breakdown by its values."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of typed rows. `fields`: name → type of the engine, without what reading adds ('_file').

    `identifying` are those that single out a person or a row.
    """

    name: str
    role: Role
    fields: Mapping[str, str]
    identifying: frozenset[str] = frozenset(WHO)
    source: str = ""  # the role or source that it is, as a definition names it
    weights: str = (
        ""  # how many people a row stands for: WHOLE numbers, PARTIAL ones, or '' where each is one
    )

    @property
    def date_field(self) -> str:
        """The field whose day decides the quarter, unless a definition names another."""
        return DATE_FIELD[self.role]

    @property
    def answers_of_people(self) -> bool:
        """True when n always counts people: of surveys, and of free rows that say who answered."""
        return self.role is Role.SURVEYS or (self.role is Role.OTHER and "respondent" in self.fields)

    @property
    def known_fields(self) -> frozenset[str]:
        """What an expression may name: the fields, and what is derived for it."""
        derived = {*PERIOD, KNOWN}
        if "service" in self.fields:
            derived |= {*FACTS}
        if "client" in self.fields:
            derived.add(FIRST)
        derived |= {f"{name}{LOCAL}" for name, kind in self.fields.items() if kind == "TIMESTAMP"}
        return frozenset(self.fields) | derived

    def dimensions(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Those of `wanted` that the rows have, in the order of the vocabulary; a free field after `FREE`."""
        named = tuple(d.value for d in Dimension if d in wanted and d.value in self.fields)
        free = (name for name in wanted if name not in set(Dimension) and name in self.fields)
        return named + tuple(f"{FREE}{name}" for name in free)


def find_table(connection: duckdb.DuckDBPyConnection, name: str, roles: Mapping[str, Role]) -> Table | None:
    """The table that a definition means by `name`: a role, or a source (`roles` gives the role of each)."""
    if name in {role.value for role in Role} - {Role.OTHER}:
        role, candidates = Role(name), [name]
    elif name in roles:
        role, candidates = roles[name], [f"source_{name}", f"source_{name.replace('-', '_')}"]
    else:
        return None
    for candidate in candidates:
        rows = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_name = $1 ORDER BY ordinal_position",
            [candidate],
        ).fetchall()
        if rows:
            fields = {column: kind for column, kind in rows if not column.startswith("_")}
            weights = _weights(connection, candidate, role, fields)
            return Table(candidate, role, fields, source=name, weights=weights)
    return None


def _weights(connection: duckdb.DuckDBPyConnection, table: str, role: Role, fields: Mapping[str, str]) -> str:
    """What the weights of answers are. Numbers of people are whole; those of a sample, drawn unequally, are not."""
    if role is not Role.SURVEYS or "weight" not in fields:
        return ""
    query = f"SELECT count(weight), bool_and(weight = trunc(weight)) FROM {quote(table)}"
    given, whole = connection.execute(query).fetchone() or (0, True)
    return (WHOLE if whole else PARTIAL) if given else ""


def register_services(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Put what expressions may ask about the service of a row into the engine.

    `calendar` is that of the service's agreement, else its support hours; of a row without service, the service desk's.
    """
    connection.execute(
        f"CREATE OR REPLACE TABLE {SERVICES} "
        "(service VARCHAR, calendar VARCHAR, family VARCHAR, maturity VARCHAR, lifecycle VARCHAR)"
    )
    rows: list[tuple[str | None, ...]] = [(None, catalogue.organisation.service_desk.hours, None, None, None)]
    for name, service in sorted(catalogue.services.items()):
        calendar = agreed_calendar(catalogue, name) or service.support_hours
        maturity = service.maturity.value if service.maturity else None
        rows.append((name, calendar, service.family, maturity, service.lifecycle.value))
    connection.executemany(f"INSERT INTO {SERVICES} VALUES (?, ?, ?, ?, ?)", rows)


def register_moments(connection: duckdb.DuckDBPyConnection, moments: Mapping[str, datetime]) -> None:
    """Put into the engine until when each table is known, by its name."""
    connection.execute(f"CREATE OR REPLACE TABLE {_MOMENTS} (name VARCHAR, moment TIMESTAMP)")
    for name, moment in sorted(moments.items()):
        connection.execute(f"INSERT INTO {_MOMENTS} VALUES (?, ?)", [name, moment])


def known_until(connection: duckdb.DuckDBPyConnection, table: Table, today: date, time_zone: str) -> datetime:
    """The last instant, in UTC, that the rows speak of, and never later than the end of `today`."""
    end = end_of_day(today, time_zone)
    dated = [as_utc(name, kind) for name, kind in table.fields.items() if is_dated(kind)]
    if not dated:
        return end
    latest = ", ".join(f"max({field}) FILTER ({field} < {midnight_text(end)})" for field in dated)
    row = connection.execute(f"SELECT greatest({latest}) FROM {quote(table.name)}").fetchone()
    return row[0] if row and row[0] is not None else end


def is_dated(kind: str) -> bool:
    """True for a type of the engine that says a day or an instant."""
    return kind == "DATE" or kind.startswith("TIMESTAMP")


def as_utc(field: str, kind: str) -> str:
    """SQL of a field as an instant in UTC, without zone; a day is its midnight."""
    if "TIME ZONE" in kind:
        return f"make_timestamp(epoch_us({quote(field)}))"
    return quote(field) if kind == "TIMESTAMP" else f"CAST({quote(field)} AS TIMESTAMP)"


def agreed_calendar(catalogue: Catalogue, service: str) -> str | None:
    """The calendar in which a service's promises count: that of the agreement with clients that began last."""
    names = catalogue.services[service].agreements
    agreements = [catalogue.agreements[name] for name in names if name in catalogue.agreements]
    promises = [agreement for agreement in agreements if agreement.kind is AgreementKind.SLA]
    if not promises:
        return None
    return max(promises, key=lambda agreement: (agreement.valid_from, agreement.id)).calendar


def quarter_bounds(quarters: Sequence[Period], kind: str, time_zone: str) -> tuple[str, ...]:
    """Where each of successive quarters begins, and the last ends, as SQL of a column of that type.

    A day of the organisation begins at its own midnight; instants are kept in UTC.
    """
    days = [*(quarter.first_day for quarter in quarters), quarters[-1].last_day + timedelta(days=1)]
    if kind == "DATE":
        return tuple(f"DATE {literal(day.isoformat())}" for day in days)
    suffix = "+00" if "TIME ZONE" in kind else ""
    return tuple(
        f"CAST({literal(utc_midnight(day, time_zone).isoformat(' ') + suffix)} AS {kind})" for day in days
    )


def quarter_number(field: str, bounds: Sequence[str]) -> str:
    """SQL of the position, from 0, of the quarter of a row that lies in one of them."""
    later = [f"({quote(field)} >= {bound})::UTINYINT" for bound in bounds[1:-1]]
    return " + ".join(["0", *later])


def rows_with_derived(
    table: Table, fields: Collection[str], relation: str | None = None, time_zone: str = "UTC"
) -> str:
    """A query of the table's rows with those of the derived fields that `fields` names; local times are of `time_zone`.

    'quarter_start' and 'quarter_end' have their type and no value: a scan computes them.
    """
    wanted = [name for name in sorted(fields) if name not in table.fields]
    columns, joins = ["r.*"], []
    if any(name in FACTS for name in wanted):
        columns += [f"s.{name}" for name in wanted if name in FACTS]
        joins.append(f"LEFT JOIN {SERVICES} s ON s.service IS NOT DISTINCT FROM r.service")
    if FIRST in wanted:
        columns.append(f"f.{FIRST}")
        day = f"min(CAST({quote(table.date_field)} AS DATE))"
        first = f"SELECT client, {day} AS {FIRST} FROM {quote(table.name)} GROUP BY client"
        joins.append(f"LEFT JOIN ({first}) f ON f.client = r.client")
    if KNOWN in wanted:
        columns.append(f"(SELECT moment FROM {_MOMENTS} WHERE name = {literal(table.name)}) AS {KNOWN}")
    instants = (name for name in wanted if table.fields.get(name.removesuffix(LOCAL)) == "TIMESTAMP")
    columns += [
        f"{to_local(f'r.{quote(name.removesuffix(LOCAL))}', time_zone)} AS {quote(name)}" for name in instants
    ]
    columns += [f"CAST(NULL AS DATE) AS {name}" for name in wanted if name in PERIOD]
    return f"SELECT {', '.join(columns)} FROM {relation or quote(table.name)} r {' '.join(joins)}"
