"""Reading measured: rows made from a seed in, seconds, memory and ratios out.

    python benchmarks/reading.py [ROWS]

Prints what reading a French export of that many requests takes (5 million if left out, about 240 MB): from the CSV,
from the cache, and of what the engine needs for the bare text alone, which is the floor.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from comptoir.measure.reading import Names, Places, open_engine, read_tables
from comptoir.model.metrics import Source
from comptoir.problems import errors
from comptoir.store import Store

SERVICES = frozenset(f"service-{number:02d}" for number in range(24))
SEGMENTS = frozenset({"researchers", "administration", "visitors", "students"})
SOURCE = Source.model_validate(
    {
        "id": "tickets",
        "role": "requests",
        "name": "Tickets",
        "files": ["tickets.csv"],
        "dialect": {"delimiter": ";", "decimal": ",", "instants": "dd/mm/yy HH:MM"},
        "columns": {
            "number": {"column": "n"},
            "opened": {"column": "ouvert"},
            "resolved": {"column": "clos"},
            "service": {"column": "s"},
            "segment": {
                "column": "g",
                "values": {"r": "researchers", "a": "administration", "v": "visitors"},
            },
            "priority": {"column": "p"},
        },
        "key": ["number"],
    }
)


def write_rows(path: Path, rows: int) -> None:
    """Requests of eight quarters, the same for the same number of rows."""
    chance = random.Random(20260930)
    days = [
        f"{day:02d}/{month:02d}/{year}" for year in (25, 26) for month in range(1, 13) for day in range(1, 29)
    ]
    times = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60)]
    services = sorted(SERVICES)
    with path.open("w", encoding="utf-8") as stream:
        stream.write("n;ouvert;clos;s;g;p\n")
        for number in range(rows):
            day = int(chance.random() * 660)
            stream.write(
                f"{number};{days[day]} {times[int(chance.random() * 1440)]};"
                f"{days[day + int(chance.random() * 12)]} 23:59;{services[int(chance.random() * 24)]};"
                f"{'rav'[int(chance.random() * 3)]};p{1 + int(chance.random() * 4)}\n"
            )


def read_once(data: Path, cache: Path | None) -> tuple[float, float]:
    """Seconds of the clock and of the processors that reading takes. Raises SystemExit when rows are missing."""
    connection = open_engine(memory="900MB")
    start, worked = time.perf_counter(), time.process_time()
    known = Names(services=SERVICES, segments=SEGMENTS)
    tables, problems = read_tables(
        connection, [SOURCE], Places(data, store=Store(cache) if cache else None), known, "Europe/Paris"
    )
    took = time.perf_counter() - start, time.process_time() - worked
    if errors(problems) or tables.kept["tickets"] != tables.files[0].rows:
        raise SystemExit("\n".join(map(str, problems[:5])))
    return took


def floor(data: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processors that the engine takes for the same text without types."""
    connection = open_engine()
    start, worked = time.perf_counter(), time.process_time()
    connection.execute(
        "CREATE TABLE bare AS SELECT * FROM read_csv(?, all_varchar = true)", [str(data / "tickets.csv")]
    )
    return time.perf_counter() - start, time.process_time() - worked


def main() -> None:
    """Make the rows, and measure each way in a process of its own, so that its memory is its own."""
    if sys.argv[1:2] == ["--one"]:
        way, data, cache = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
        took = floor(data) if way == "floor" else read_once(data, cache if way != "csv" else None)
        print(*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with tempfile.TemporaryDirectory() as folder:
        data, cache = Path(folder) / "data", Path(folder) / "cache"
        data.mkdir()
        write_rows(data / "tickets.csv", rows)
        size = (data / "tickets.csv").stat().st_size / 1e6
        print(f"{rows} rows, {size:.0f} MB")
        bare = None
        for way, meaning in (
            ("floor", "bare text, no types"),
            ("csv", "typed rows from CSV"),
            ("keep", "the same, and kept in the cache"),
            ("take", "typed rows from the cache"),
        ):
            done = subprocess.run(
                [sys.executable, __file__, "--one", way, str(data), str(cache)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            seconds, worked, memory = map(float, done.stdout.split())
            bare = bare or worked
            print(
                f"{meaning:34s} {seconds:6.2f} s  {worked:6.2f} s of processors  {memory:5.0f} MB  "
                f"{worked / bare:5.2f} × the bare text"
            )


if __name__ == "__main__":
    main()
