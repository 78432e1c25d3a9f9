"""Runs queries of definitions on the locked engine: SQL and a limit in, rows or the reason for none out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any, Final

import duckdb

from comptoir.measure.sql.words import first_line, literal, quote

__all__ = ("LIMIT", "QueryError", "ValueQueryError", "bounded", "literal", "quote", "run_query")

LIMIT: Final = 120.0  # seconds; five million rows take a few


_OF_VALUES: Final = (duckdb.DataError, duckdb.InvalidInputException)
"""Errors that quote what a row holds, which may concern a person: logs and pages must not repeat it."""


class QueryError(Exception):
    """The engine refused a query, or did not finish in time."""


class ValueQueryError(QueryError):
    """The engine stopped at a value of the data, which the message does not show."""


def run_query(connection: duckdb.DuckDBPyConnection, sql: str, limit: float = LIMIT) -> list[dict[str, Any]]:
    """The rows, by name of column. Raises QueryError when the engine refuses, or after `limit` seconds."""
    with bounded(connection, limit):
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def bounded(connection: duckdb.DuckDBPyConnection, limit: float) -> Iterator[None]:
    """Interrupts what `connection` does in the block after `limit` seconds. Raises QueryError for what it refuses."""
    timer = Timer(limit, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryError(f"it takes more than {limit:g} seconds") from error
    except _OF_VALUES as error:
        what = type(error).__name__.removesuffix("Exception")
        raise ValueQueryError(f"a value of the data is not what it takes ({what})") from None
    except duckdb.Error as error:
        raise QueryError(first_line(error)) from error
    finally:
        timer.cancel()
