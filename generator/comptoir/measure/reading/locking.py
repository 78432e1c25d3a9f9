"""Locks the engine: after this, no query reads or writes a file, reaches the network, loads code or changes a setting."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import duckdb

from comptoir.measure.sql.interrupts import end_with_signals

MEMORY: Final = "2GB"
THREADS: Final = 2
_BEFORE_READING: Final = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET TimeZone = 'UTC'",
    "SET preserve_insertion_order = true",
    "SET enable_progress_bar = false",
    "SET ieee_floating_point_ops = false",  # what is divided by zero is missing, and never infinite
    "SET temp_directory = ''",  # what does not fit in memory fails; nothing is written beside the project
)
_WHERE_KNOWN: Final = "SET error_on_division_by_zero = false"  # the same, of engines that would rather stop


def open_engine(memory: str = MEMORY, threads: int = THREADS) -> duckdb.DuckDBPyConnection:
    """An engine in memory with nothing in it, its settings made. It still reads files, until `lock_down`."""
    connection = duckdb.connect(":memory:", config={"memory_limit": memory, "threads": threads})
    for setting in _BEFORE_READING:
        connection.execute(setting)
    with suppress(duckdb.CatalogException):
        connection.execute(_WHERE_KNOWN)
    end_with_signals(connection)
    return connection


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse files, network, extensions and settings from now on; nothing on this engine can undo it.

    Tables, views and macros can still be made. Does nothing to an engine that is locked already.
    """
    answer = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if answer is not None and answer[0]:
        return
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
