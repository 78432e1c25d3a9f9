"""From a large export to figures: rows made from a rule in; seconds, memory and ratios of the whole way out.

    python benchmarks/large_export.py [ROWS]

Measures ready-made definitions by service, segment and quarter on a French export of that many requests (5 million if
left out, about 240 MB): volume, share within the promised time, and the 90th percentile in working time; from the
file, then from the rows that were kept. Each way is a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

BASE = Path(__file__).resolve().parents[1] / "tests" / "cases" / "base"
TODAY = date(2026, 10, 15)
DEFINITIONS = ("request-volume", "within-target-ttr", "handling-time-p90")
SOURCE = """\
role: requests
name: {fr: Tickets, en: Tickets}
files: [tickets.csv]
dialect: {delimiter: ";", decimal: ",", instants: dd/mm/yyyy HH:MM}
columns:
  number: {column: n}
  opened: {column: ouvert}
  resolved: {column: clos}
  service: {column: s, values: {S0: mail, S1: wifi}}
  segment: {column: g, values: {r: researchers}}
  priority: {column: p}
key: [number]
"""
ROWS = """
SELECT i AS n, strftime(o, '%d/%m/%Y %H:%M') AS ouvert,
  CASE WHEN i % 17 > 0 THEN strftime(o + INTERVAL 1 MINUTE * ((i * 15485863) % 6000), '%d/%m/%Y %H:%M') END AS clos,
  'S' || (i % 2) AS s, CASE WHEN (i // 7) % 2 = 0 THEN 'r' END AS g, 'p' || (1 + (i // 5) % 4) AS p
FROM (SELECT i, TIMESTAMP '2024-10-01' + INTERVAL 1 SECOND * ((i * 7919) % 63072000) AS o FROM range({rows}) t(i))
"""


def write_project(folder: Path, rows: int) -> None:
    """The base case with a source of so many rows and the definitions."""
    project, data = folder / "project", folder / "data"
    shutil.copytree(BASE, project)
    data.mkdir()
    (project / "indicators" / "sources").mkdir(parents=True)
    (project / "indicators" / "sources" / "tickets.yaml").write_text(SOURCE, "utf-8")
    (project / "indicators" / "definitions").mkdir()
    for name in DEFINITIONS:
        (project / "indicators" / "definitions" / f"{name}.yaml").write_text(f"use: {name}\n", "utf-8")
    with duckdb.connect() as connection:
        query = f"COPY ({ROWS.format(rows=rows)}) TO '{data / 'tickets.csv'}' (HEADER, DELIM ';')"
        connection.execute(query)


def measure_once(folder: Path) -> tuple[float, float, int]:
    """Seconds of the clock and of the processors that figures take, and how many there are. SystemExit on errors."""
    from comptoir.build import check_project
    from comptoir.measure.project import data_places, measure_project
    from comptoir.periods import Quarter
    from comptoir.problems import errors

    start, worked = time.perf_counter(), time.process_time()
    catalogue, problems = check_project(folder / "project", TODAY, folder / "data")
    places = data_places(folder / "project", folder / "data", folder / "rows")
    measured = measure_project(catalogue, places, Quarter(2026, 3).latest(8), TODAY)
    if errors((*problems, *measured.problems)):
        raise SystemExit("\n".join(map(str, measured.problems[:5])))
    return time.perf_counter() - start, time.process_time() - worked, len(measured.measurements)


def main() -> None:
    """Make the export, then measure it twice."""
    if sys.argv[1:2] == ["--one"]:
        print(*measure_once(Path(sys.argv[2])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), rows)
        size = (Path(folder) / "data" / "tickets.csv").stat().st_size / 1e6
        print(f"{rows} rows, {size:.0f} MB, {len(DEFINITIONS)} definitions")
        first = None
        for meaning in ("from the export", "from the rows kept"):
            command = [sys.executable, __file__, "--one", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took, worked, count, memory = map(float, done.stdout.split())
            first = first or worked
            print(
                f"{meaning:20s} {took:6.2f} s  {worked:6.2f} s of processors  {memory:5.0f} MB  "
                f"{worked / first:5.2f} × from the export  {count:.0f} measurements"
            )


if __name__ == "__main__":
    main()
