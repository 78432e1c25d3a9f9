"""Ends a query when the process is asked to end: an engine and signals in, the handler of the signal reached at once out.

A query runs in C, where Python runs no handler: SIGTERM and Ctrl-C would wait until it is over.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from threading import Thread, current_thread, main_thread
from typing import Final
from weakref import WeakSet

import duckdb

_ENDING: Final = frozenset({signal.SIGINT, signal.SIGTERM})
_TIMES: Final = 50  # queries that begin meanwhile are stopped too
_PAUSE: Final = 0.1  # seconds
_engines: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()


def end_with_signals(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on SIGTERM and Ctrl-C stop what `connection` does, so that their handlers run.

    Nothing changes where the program that uses this listens to signals itself, or calls it from another thread.
    """
    if not _engines and current_thread() is main_thread():
        _listen()
    _engines.add(connection)


def is_interruption(error: Exception) -> bool:
    """True for what stands in the place of KeyboardInterrupt, where the engine saw the signal first."""
    return isinstance(error, duckdb.InterruptException) or str(error) == "Query interrupted"


def _listen() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    if before == -1:
        Thread(target=_interrupt, args=(reading,), daemon=True).start()
    else:
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)


def _interrupt(reading: int) -> None:
    """Each byte is the number of a signal that came."""
    while came := os.read(reading, 1):
        for _ in range(_TIMES if came[0] in _ENDING else 0):
            for engine in list(_engines):
                with suppress(duckdb.ConnectionException):  # closed meanwhile
                    engine.interrupt()
            time.sleep(_PAUSE)
