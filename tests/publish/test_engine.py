"""The site engine ends with the build that runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.test_workers import is_alive

ENGINE = "import os, time; print(os.getpid(), file=open('pid', 'w'), flush=True); time.sleep(120)"
BUILD = (
    "import sys; from pathlib import Path; from comptoir.publish.engine import Engine, Job, run_engine\n"
    "run_engine([Job(Path(sys.argv[1]), {'index.md': '# A page'}, {}, '')], Engine.MKDOCS, 1, 0)\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_build_that_is_killed_leaves_no_engine_at_work(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "mkdocs.py").write_text(ENGINE)
    paths = os.pathsep.join((str(tmp_path / "modules"), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, "-c", BUILD, str(tmp_path / "fr")]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}) as process:
        pid = tmp_path / "fr" / "pid"
        while not (pid.is_file() and pid.read_text().endswith("\n")):
            assert process.poll() is None
            time.sleep(0.05)
        engine = int(pid.read_text())
        assert is_alive(engine)
        process.send_signal(signal.SIGKILL)
        process.wait()
    for _ in range(200):
        if not is_alive(engine):
            break
        time.sleep(0.05)
    assert not is_alive(engine)
