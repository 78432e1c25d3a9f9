"""Many clients measured: checks, measures and builds a project of 23 570 clients and 70 000 orders; processor time of each.

    python benchmarks/clients.py [CLIENTS ORDERS]

The project is made from the base case of the tests and a seed, in a folder that goes away.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.conftest import project_maker
from tests.many_clients import add_clients

DAY = ("--today", "2026-10-15")
COMMANDS = (
    ("check", ("check", "{project}", *DAY)),
    ("measure", ("measure", "{project}", "--quarter", "2026-Q3", "--format", "csv", *DAY)),
    ("build", ("build", "{project}", "--audience", "management", "--out", "{out}", *DAY)),
    ("build again", ("build", "{project}", "--audience", "management", "--out", "{out}", *DAY)),
)


def main() -> None:
    """Make the project, run each command, and print what it took and the most memory so far."""
    clients, orders = map(int, sys.argv[1:3] or (23_570, 70_000))
    with tempfile.TemporaryDirectory() as folder:
        project = project_maker(Path(folder))()
        add_clients(project, clients, orders)
        places = {"project": str(project), "out": str(Path(folder) / "site")}
        for name, arguments in COMMANDS:
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [sys.executable, "-m", "comptoir", *(one.format(**places) for one in arguments)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(done.stdout + done.stderr)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            clock, memory = time.perf_counter() - start, after.ru_maxrss / 1000
            print(f"{name:12} {worked:7.1f} s of processors, {clock:7.1f} s, {memory:6.0f} MB at most")


if __name__ == "__main__":
    main()
