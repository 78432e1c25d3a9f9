"""Views: the tables of sources in, a view for each role with every field of the role out."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from comptoir.measure.reading.segments import lacks_segments
from comptoir.measure.reading.types import SQL_TYPES, table_of
from comptoir.measure.sql.engine import literal, quote
from comptoir.model.metrics import Source
from comptoir.model.roles import FIELDS, FieldType, Role


def fields_of(role: Role, sources: Iterable[Source]) -> dict[str, FieldType]:
    """The fields of a role, and after them the free fields of its sources in order of names."""
    free = {
        name: source.type_of(name)
        for source in reversed(list(sources))  # the first source decides, as the rule on sources says
        if source.role is role
        for name in source.columns
    }
    fields = {field.name: field.type for field in FIELDS[role]}
    return {**fields, **{name: kind for name, kind in sorted(free.items()) if name not in fields}}


def create_views(connection: duckdb.DuckDBPyConnection, sources: Iterable[Source]) -> None:
    """Make the view of each role but `other`: the rows of its sources, none where there are none.

    A field that a source does not have is NULL in its rows.
    """
    listed = list(sources)
    for role in Role:
        if role is Role.OTHER:
            continue
        fields = fields_of(role, listed)
        parts = [_select(source, fields) for source in listed if source.role is role]
        query = "\nUNION ALL ".join(parts) if parts else _nothing(fields)
        connection.execute(f"CREATE OR REPLACE VIEW {quote(role)} AS {query}")


def _select(source: Source, fields: dict[str, FieldType]) -> str:
    columns = []
    for name, kind in fields.items():
        has_it = (name in source.columns and source.type_of(name) is kind) or (
            name == "segment" and lacks_segments(source)
        )
        columns.append(quote(name) if has_it else f"NULL::{SQL_TYPES[kind]} AS {quote(name)}")
    columns += [f"{literal(source.id)} AS _source", "_file::VARCHAR AS _file", "_line"]
    return f"SELECT {', '.join(columns)} FROM {table_of(source.id)}"


def _nothing(fields: dict[str, FieldType]) -> str:
    columns = [f"NULL::{SQL_TYPES[kind]} AS {quote(name)}" for name, kind in fields.items()]
    columns += ["NULL::VARCHAR AS _source", "NULL::VARCHAR AS _file", "NULL::BIGINT AS _line"]
    return f"SELECT {', '.join(columns)} WHERE false"
