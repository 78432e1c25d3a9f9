"""A piece of work in a worker, and how much of the machine it may take, in; what it makes, or its end, out.

Templates of a project may loop without end or make texts of any length. What they do is done in a worker, which is ended.
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final, TypeVar

if sys.platform != "win32":  # where there are no such limits
    import resource

Made = TypeVar("Made")

SECONDS: Final = 120
"""Of a processor: the largest site of one language that we know takes 13, its printed pages 45."""

BYTES: Final = 2_000_000_000
"""Beyond what the worker holds when it begins."""

GRACE: Final = 10
"""Seconds until a worker is ended that was told to stop and does not."""

IN_WORDS: Final = f"{SECONDS} s of a processor or {BYTES / 1e9:g} GB of memory"


class LimitError(Exception):
    """The work takes too long."""


def within_limits(do: Callable[..., Made], /, *what: object, **how: object) -> Made:
    """What `do` makes, within `limits`."""
    with limits():
        return do(*what, **how)


@contextmanager
def limits() -> Iterator[None]:
    """Holds the block to SECONDS and BYTES, when this is a worker: the main process must not end.

    Raises LimitError in the block when its time is over, MemoryError when it asks for more; a library that heeds neither
    ends the worker.
    """
    if sys.platform == "win32" or multiprocessing.parent_process() is None:
        yield
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + 1 + SECONDS + GRACE
    kinds = {resource.RLIMIT_CPU: until, resource.RLIMIT_CORE: 0}
    if held := _bytes_held():
        kinds[resource.RLIMIT_DATA] = held + BYTES
    before = {kind: resource.getrlimit(kind) for kind in kinds}
    handler = signal.signal(signal.SIGPROF, _stop)
    try:
        for kind, most in kinds.items():
            hard = before[kind][1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
        for kind, limit in before.items():
            resource.setrlimit(kind, limit)


def _stop(number: int, frame: FrameType | None) -> None:
    raise LimitError(f"this takes more than {IN_WORDS}")


def _bytes_held() -> int:
    """What this process can write to; 0 where the system does not say."""
    try:
        found = re.search(r"^VmData:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
