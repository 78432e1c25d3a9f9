"""Tables of the standard roles as reading leaves them, from rows of a test, and catalogues that measure them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import duckdb

from comptoir.brand import pictogram_names
from comptoir.measure.measure import measure_catalogue
from comptoir.measure.reading import lock_down, open_engine
from comptoir.measure.types import Measurements
from comptoir.model.catalogue import PLACES, Catalogue
from comptoir.model.decode import decode_catalogue
from comptoir.model.roles import FIELDS, FieldType, Role
from comptoir.periods import Quarter
from comptoir.problems import Problem
from comptoir.sources.project import read_project

from ..conftest import CASES, MakeProject

Value = str | int | bool | Decimal | date | datetime | None
Row = Mapping[str, Value]
Q3 = Quarter(2026, 3)
TODAY = date(2026, 10, 15)
TYPES = {
    FieldType.INSTANT: "TIMESTAMP",
    FieldType.DAY: "DATE",
    FieldType.INTEGER: "BIGINT",
    FieldType.NUMBER: "DECIMAL(18, 6)",
    FieldType.BOOLEAN: "BOOLEAN",
}


@cache
def base() -> Catalogue:
    """The catalogue of the base project as it is."""
    files, _ = read_project(CASES / "base", PLACES)
    return decode_catalogue(files, pictogram_names())[0]


def definition(**keys: object) -> dict[str, object]:
    """A definition with the keys that every one needs, and these over them."""
    texts = {"name": "Essai", "summary": "Pour un essai."}
    return {**texts, "source": "requests", "kind": "count", "unit": "number", "direction": "neither", **keys}


def request(day: int = 1, **fields: Value) -> Row:
    """A request of September 2026, opened at nine in the morning (UTC)."""
    return {"opened": datetime(2026, 9, day, 9), **fields}


def answer(score: int | None = 4, **fields: Value) -> Row:
    """An answer of August 2026."""
    return {"date": date(2026, 8, 20), "score": score, "question": "satisfaction", **fields}


def tables(**rows: Iterable[Row]) -> duckdb.DuckDBPyConnection:
    """An engine, locked down, with a table for each role that is named."""
    connection = open_engine(threads=1)
    for role, of_role in rows.items():
        fields = FIELDS[Role(role)]
        columns = [f'"{field.name}" {TYPES.get(field.type, "VARCHAR")}' for field in fields]
        connection.execute(
            f'CREATE TABLE "{role}" ({", ".join(columns)}, _source VARCHAR, _file VARCHAR, _line BIGINT)'
        )
        values = [
            [row.get(field.name) for field in fields] + [role, "rows.csv", line]
            for line, row in enumerate(of_role, 2)
        ]
        assert all({*row} <= {field.name for field in fields} for row in of_role)
        if values:
            places = ", ".join("?" * (len(fields) + 3))
            connection.executemany(f'INSERT INTO "{role}" VALUES ({places})', values)
    lock_down(connection)
    return connection


def measure(
    make_project: MakeProject,
    definitions: Mapping[str, Mapping[str, object]],
    connection: duckdb.DuckDBPyConnection,
    *,
    quarters: Iterable[Quarter] = (Q3,),
    today: date = TODAY,
    keys: Mapping[str, object] | None = None,
    limit: float = 60,
) -> tuple[Measurements, tuple[Problem, ...]]:
    """What the base project measures with these definitions."""
    files = {f"indicators/definitions/{name}.yaml": dict(keys_) for name, keys_ in definitions.items()}
    catalogue = read(make_project, {**(keys or {}), **files})
    return measure_catalogue(catalogue, connection, quarters, today, limit)


def read(make_project: MakeProject, keys: Mapping[str, object]) -> Catalogue:
    """The catalogue of the base project with these keys. Fails on a problem of form."""
    files, problems = read_project(make_project(keys=dict(keys)), PLACES)
    catalogue, more = decode_catalogue(files, pictogram_names())
    assert [str(problem) for problem in (*problems, *more)] == []
    return catalogue
