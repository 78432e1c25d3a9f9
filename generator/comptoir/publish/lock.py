"""One build of a project at a time: two would mix their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from comptoir.publish.stage import PublishError

PATIENCE: Final = 120  # seconds


@contextmanager
def only_one_build(work: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the build folder `work`, waiting `patience` seconds for another build to end.

    Raises PublishError when it does not end in time. A build that dies lets go of the folder.
    """
    work.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(work / ".lock", timeout=patience):
            yield
    except Timeout as error:
        raise PublishError(f"another build is at work in {work}") from error
