"""From a large export to figures: rows made from a rule in; seconds, memory and ratios of the whole way out.

    python benchmarks/large_export.py [ROWS] [--library]

Measures ready-made definitions by service, segment and quarter on a French export of that many requests (5 million if
left out, about 240 MB), beside one plain query of the engine over the same file: volume, share within the promised time, and the 90th percentile in working time; from the
file, then from the rows that were kept. Each way is a process of its own, so that its memory is its own. With
`--library`, every ready-made definition of requests is measured, on an export that also has what these ask for.
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
LIBRARY = Path(__file__).resolve().parents[1] / "generator" / "comptoir" / "measure" / "library"
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
MORE = {
    "taken": ("pris", "strftime(o + INTERVAL 1 SECOND * ((i * 104729) % 20000), '%d/%m/%Y %H:%M')"),
    "client": ("c", "['P', ''][1 + (i // 3) % 2]"),
    "kind": (
        "nature",
        "CASE WHEN i % 499 = 0 THEN 'complaint' ELSE ['incident', 'request', 'information'][1 + (i // 11) % 3] END",
    ),
    "reopened": ("rouvert", "(i % 97 = 0)::INTEGER"),
}
"""What definitions of the library ask for besides: the field, its column, and what stands there."""
SOURCE_MORE = "".join(
    f"  {field}: {{column: {name}{', values: {P: physics}' if field == 'client' else ''}}}\n"
    for field, (name, _) in MORE.items()
)
ROWS = """
SELECT i AS n, strftime(o, '%d/%m/%Y %H:%M') AS ouvert,
  CASE WHEN i % 17 > 0 THEN strftime(o + INTERVAL 1 MINUTE * ((i * 15485863) % 6000), '%d/%m/%Y %H:%M') END AS clos,
  {more} 'S' || (i % 2) AS s, CASE WHEN (i // 7) % 2 = 0 THEN 'r' END AS g, 'p' || (1 + (i // 5) % 4) AS p
FROM (SELECT i, TIMESTAMP '2024-10-01' + INTERVAL 1 SECOND * ((i * 7919) % 63072000) AS o FROM range({rows}) t(i))
"""


PLAIN = """
SELECT s, g, date_trunc('quarter', strptime(ouvert, '%d/%m/%Y %H:%M')) AS quarter, count(*),
  quantile_disc(epoch(strptime(clos, '%d/%m/%Y %H:%M')) - epoch(strptime(ouvert, '%d/%m/%Y %H:%M')), 0.9)
FROM read_csv('{file}', delim = ';', header = true, all_varchar = true) GROUP BY ALL
"""
WAYS = (("--plain", "one plain query"), ("--one", "from the export"), ("--one", "from the rows kept"))


def library() -> tuple[str, ...]:
    """The ready-made definitions of requests."""
    files = sorted(LIBRARY.glob("*.yaml"))
    return tuple(file.stem for file in files if "source: requests" in file.read_text("utf-8"))


def write_project(folder: Path, rows: int, names: tuple[str, ...]) -> None:
    """The base case with a source of so many rows and the definitions."""
    has_more = names != DEFINITIONS
    project, data = folder / "project", folder / "data"
    shutil.copytree(BASE, project)
    data.mkdir()
    (project / "indicators" / "sources").mkdir(parents=True)
    (project / "indicators" / "sources" / "tickets.yaml").write_text(
        SOURCE.replace("key:", SOURCE_MORE + "key:") if has_more else SOURCE, "utf-8"
    )
    (project / "indicators" / "definitions").mkdir()
    for name in names:
        (project / "indicators" / "definitions" / f"{name}.yaml").write_text(f"use: {name}\n", "utf-8")
    with duckdb.connect() as connection:
        more = "".join(f"{what} AS {name}, " for name, what in MORE.values()) if has_more else ""
        query = f"COPY ({ROWS.format(rows=rows, more=more)}) TO '{data / 'tickets.csv'}' (HEADER, DELIM ';')"
        connection.execute(query)


def measure_once(folder: Path) -> tuple[float, float, int]:
    """Seconds of the clock and of the processors that figures take, and how many there are. SystemExit on errors."""
    from comptoir.build import check_project
    from comptoir.measure.project import data_places, measure_project
    from comptoir.periods import Quarter
    from comptoir.problems import errors
    from comptoir.store import Store

    start, worked = time.perf_counter(), time.process_time()
    catalogue, problems = check_project(folder / "project", TODAY, folder / "data")
    places = data_places(folder / "project", folder / "data", Store(folder / "rows"))
    measured = measure_project(catalogue, places, Quarter(2026, 3).latest(8), TODAY)
    if errors((*problems, *measured.problems)):
        raise SystemExit("\n".join(map(str, measured.problems[:5])))
    return time.perf_counter() - start, time.process_time() - worked, len(measured.measurements)


def query_once(folder: Path) -> tuple[float, float, int]:
    """Seconds of the clock and of the processors that one plain query over the file takes, and how many rows it gives."""
    start, worked = time.perf_counter(), time.process_time()
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = connection.execute(PLAIN.format(file=folder / "data" / "tickets.csv")).fetchall()
    return time.perf_counter() - start, time.process_time() - worked, len(rows)


def main() -> None:
    """Make the export, ask the engine one plain query, then measure twice."""
    if sys.argv[1:2] in (["--one"], ["--plain"]):
        once = measure_once if sys.argv[1] == "--one" else query_once
        print(*once(Path(sys.argv[2])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    given = [argument for argument in sys.argv[1:] if argument != "--library"]
    rows = int(given[0]) if given else 5_000_000
    names = library() if "--library" in sys.argv else DEFINITIONS
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), rows, names)
        size = (Path(folder) / "data" / "tickets.csv").stat().st_size / 1e6
        print(f"{rows} rows, {size:.0f} MB, {len(names)} definitions")
        first = None
        for mode, meaning in WAYS:
            command = [sys.executable, __file__, mode, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took, worked, count, memory = map(float, done.stdout.split())
            first = first or worked
            print(
                f"{meaning:20s} {took:6.2f} s  {worked:6.2f} s of processors  {memory:5.0f} MB  "
                f"{worked / first:5.2f} × the plain query  {count:.0f} {'rows' if mode == '--plain' else 'measurements'}"
            )


if __name__ == "__main__":
    main()
