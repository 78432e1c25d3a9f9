"""One at a time: a folder and patience in; the right to go on, until it is given back, out. Who dies gives it back."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Final

from filelock import FileLock, Timeout

from comptoir.publish.stage import PublishError

if sys.platform != "win32":
    import fcntl

PATIENCE: Final = 120  # seconds
_PAUSE: Final = 0.05


@contextmanager
def only_one(file: Path, refusal: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock `file`, which stays there. Raises PublishError with `refusal` when another holds it for too long."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(file, timeout=patience):
            yield
    except Timeout as error:
        raise PublishError(refusal) from error


@contextmanager
def only_one_build(work: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the build folder `work`: two builds would mix their files. Raises PublishError as `only_one` does."""
    with only_one(work / ".lock", f"another build is at work in {work}", patience):
        yield


@contextmanager
def hold_folder(folder: Path, refusal: str, patience: float = PATIENCE) -> Iterator[bool]:
    """Hold a folder in which no file of ours may stay; gives False where the system or the disk has no such lock.

    Raises PublishError with `refusal` when another holds it for too long.
    """
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        yield _lock(handle, refusal, patience)
    finally:
        if sys.platform != "win32" and handle is not None:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_UN)  # also for a process that was copied meanwhile
            os.close(handle)


def _lock(handle: int | None, refusal: str, patience: float) -> bool:
    if sys.platform == "win32" or handle is None:
        return False
    for _ in range(max(1, round(patience / _PAUSE))):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(_PAUSE)
        except OSError:  # some disks of the network
            return False
        else:
            return True
    raise PublishError(refusal)
