"""Segments that a file does not name: the table of a source in, the same with the segment of each client out."""

from __future__ import annotations

from comptoir.measure.reading.keeping import Keeper
from comptoir.measure.reading.types import Names
from comptoir.model.metrics import Source
from comptoir.model.roles import FIELDS


def lacks_segments(source: Source) -> bool:
    """True for a source that names clients, and no segment although rows of its role have one."""
    has = any(field.name == "segment" for field in FIELDS[source.role])
    return has and "client" in source.columns and "segment" not in source.columns


def derive_segments(keeper: Keeper, known: Names) -> None:
    """Give each row the segment that the catalogue says of its client, where the source names none."""
    if not lacks_segments(keeper.source):
        return
    clients = sorted(known.segment_of.items())
    keeper.connection.execute(f"ALTER TABLE {keeper.table} ADD COLUMN segment VARCHAR")
    keeper.connection.execute(
        f"UPDATE {keeper.table} SET segment = told.segment "
        "FROM (SELECT unnest($1::VARCHAR[]) AS client, unnest($2::VARCHAR[]) AS segment) told "
        f"WHERE {keeper.table}.client = told.client",
        [[client for client, _ in clients], [segment for _, segment in clients]],
    )
