"""Workers: functions with their arguments in; what they return, computed by a few other processes, out.

Workers are copies of this process where that is safe, so that they have at once the libraries that are loaded already. matplotlib
is not, and is slow to load: a worker loads it while it has nothing else to do.
"""

from __future__ import annotations

import copyreg
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from types import MappingProxyType, TracebackType
from typing import Any, Final, TypeVar

Made = TypeVar("Made")

PRELOADED: Final = ("comptoir.charts.figure", "comptoir.paper.project")
"""Modules that import matplotlib and the compiler of printed pages."""

NICENESS: Final = 10
"""The main process has priority: it alone knows what to do next."""


def _frozen(mapping: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))  # what is frozen travels too


class Workers(Executor):
    """`count` processes for the time of a `with`. `scratch` is a folder that matplotlib takes for the user's settings.

    What is submitted is a function of a module with arguments that can be pickled; the first submitted is done first.
    `submit` never waits for the processes to start: a thread passes work on.
    """

    def __init__(self, count: int, scratch: Path) -> None:
        """Starts the processes, beside whatever else is done."""
        if "matplotlib" not in sys.modules:
            os.environ["MPLCONFIGDIR"] = str(scratch)  # instead of one in the user's home
        self._pool = _processes(count) or ThreadPoolExecutor(1)
        self._dispatcher = ThreadPoolExecutor(1)

    def submit(self, do: Callable[..., Made], /, *what: Any, **how: Any) -> Future[Made]:
        """Gives a piece of work to the next free process."""
        made: Future[Made] = Future()
        self._dispatcher.submit(self._pass_on, made, partial(do, *what, **how))
        return made

    def _pass_on(self, made: Future[Made], work: Callable[[], Made]) -> None:
        try:
            self._pool.submit(work).add_done_callback(partial(_copy, made))
        except BaseException as error:
            made.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes."""
        self._dispatcher.shutdown(wait, cancel_futures=cancel_futures)
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the processes; after an error, what they have not begun is left undone."""
        self.shutdown(cancel_futures=kind is not None)


def _copy(made: Future[Made], finished: Future[Made]) -> None:
    if finished.cancelled():
        made.cancel()
    elif (error := finished.exception()) is not None:
        made.set_exception(error)
    else:
        made.set_result(finished.result())


def _processes(count: int) -> Executor | None:
    """The processes; None where the system has no semaphores for them, as in some containers: a thread does the work then."""
    try:
        pool = ProcessPoolExecutor(count, _context(), initializer=_prepare, initargs=(gc.get_threshold(),))
        if _is_alone():
            pool.submit(_nothing)  # copies are made now, before anything starts a thread
    except (OSError, ImportError, NotImplementedError):
        return None
    return pool


def _context() -> BaseContext:
    """Copies of this process where that is safe; elsewhere those of a process that has the libraries, or fresh ones."""
    if _is_alone():
        return multiprocessing.get_context("fork")
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    forkserver.ensure_running()
    return context


def _is_alone() -> bool:
    """True when this process has no thread but this one, not even of a library: a copy of it is whole then."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _nothing() -> None:
    """The first piece of work."""


def _prepare(threshold: tuple[int, int, int]) -> None:
    gc.set_threshold(*threshold)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process ends the workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Ends this process when the build is killed: nobody would tell it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
