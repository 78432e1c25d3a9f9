"""Hands: a few processes that stand ready with their tools in reach; pieces of work in, what they make of them out.

A tool is a library that is slow to load. Hands are copies of this process where that is safe, so that they have at once what is
loaded already. matplotlib is not: a hand loads it while it has nothing else to do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Final, TypeVar

Made = TypeVar("Made")

TOOLS: Final = ("comptoir.charts.paint", "comptoir.printing.project")
"""Modules that import matplotlib and the compiler of printed pages."""


NICENESS: Final = 10
"""Who gives out the work comes first: hands are given more while it goes on, and it alone knows what to do next."""


class Hands(Executor):
    """`count` processes for the time of a `with`. `scratch` is a folder that matplotlib takes for the user's settings.

    What is submitted is a function of a module with arguments that can be pickled; the first submitted is done first.
    Nobody waits while the tools are made ready: work is passed on by a thread.
    """

    def __init__(self, count: int, scratch: Path) -> None:
        """Gets the tools ready, beside whatever else is done."""
        if "matplotlib" not in sys.modules:
            os.environ["MPLCONFIGDIR"] = str(scratch)  # instead of one in the user's home
        self._pool = _processes(count) or ThreadPoolExecutor(1)
        self._foreman = ThreadPoolExecutor(1)

    def submit(self, do: Callable[..., Made], /, *what: Any, **how: Any) -> Future[Made]:
        """Gives a piece of work to the next free hand."""
        made: Future[Made] = Future()
        self._foreman.submit(self._pass_on, made, partial(do, *what, **how))
        return made

    def _pass_on(self, made: Future[Made], work: Callable[[], Made]) -> None:
        try:
            self._pool.submit(work).add_done_callback(partial(_copy, made))
        except BaseException as error:
            made.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets the hands go."""
        self._foreman.shutdown(wait, cancel_futures=cancel_futures)
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets the hands go; after an error, what they have not begun is left undone."""
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
        pool = ProcessPoolExecutor(
            count, _context(), initializer=_stand_ready, initargs=(gc.get_threshold(),)
        )
        if _is_alone():
            pool.submit(_nothing)  # copies are made now, before anything starts a thread
    except (OSError, ImportError, NotImplementedError):
        return None
    return pool


def _context() -> BaseContext:
    """Copies of this process where that is safe; elsewhere those of a process that has the tools, or fresh ones."""
    if _is_alone():
        return multiprocessing.get_context("fork")
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(TOOLS))
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


def _stand_ready(threshold: tuple[int, int, int]) -> None:
    gc.set_threshold(*threshold)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who gave the work tells the hands when it is over
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Ends this process when the build is killed: nobody would tell it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
