"""Workers: work is done elsewhere in its order, errors come back, and nothing of a build outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comptoir.workers import Workers


def test_work_is_done_by_other_processes_and_comes_back(tmp_path: Path) -> None:
    with Workers(2, tmp_path) as workers:
        assert [workers.submit(pow, 2, n).result() for n in range(5)] == [1, 2, 4, 8, 16]
        assert workers.submit(os.getpid).result() != os.getpid()
        assert list(workers.map(len, ["a", "bb"])) == [1, 2]


def test_an_error_comes_back_to_who_gave_the_work(tmp_path: Path) -> None:
    with Workers(1, tmp_path) as workers:
        with pytest.raises(ValueError, match="invalid literal"):
            workers.submit(int, "x").result()
        with pytest.raises((AttributeError, TypeError, Exception), match="pickle"):
            workers.submit(lambda: 1).result()
        assert workers.submit(int, "7").result() == 7  # and the worker goes on


def test_after_an_error_what_was_not_begun_is_left_undone(tmp_path: Path) -> None:
    begun = []
    with pytest.raises(KeyError), Workers(1, tmp_path) as workers:
        begun = [workers.submit(time.sleep, 0.05) for _ in range(200)]
        begun[0].result()
        raise KeyError("stop")
    assert sum(work.cancelled() for work in begun) > 100


def test_work_is_done_where_no_process_can_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*what: object, **how: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("comptoir.workers.ProcessPoolExecutor", refuse)
    with Workers(2, tmp_path) as workers:
        assert workers.submit(os.getpid).result() == os.getpid()
        with pytest.raises(ValueError, match="invalid literal"):
            workers.submit(int, "x").result()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_build_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from comptoir.workers import Workers; import os;"
        f"workers = Workers(1, Path({str(tmp_path)!r})); print(workers.submit(os.getpid).result(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        process.wait()
    for _ in range(200):
        if not is_alive(worker):
            break
        time.sleep(0.05)
    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    """True while a process of that number runs."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
