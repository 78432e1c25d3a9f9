"""How long charts take: prints milliseconds a chart, and what several processes gain.

Run it from the top of the checkout: `.venv/bin/python -m benchmarks.charts [COPIES] [WORKERS]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from tests.charts.samples import SAMPLES, STYLE

from comptoir.charts import Spec, draw, draw_all
from comptoir.workers import Workers

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds that the work takes, and its result."""
    start = perf_counter()
    result = work()
    return (perf_counter() - start) * 1000, result


def main(copies: int, workers: int) -> None:
    """Draws `copies` of every sample, in one process and in `workers`."""
    specs: dict[str, Spec] = {
        f"{spec.key}-{copy}": replace(spec, key=f"{spec.key}-{copy}")
        for copy in range(copies)
        for spec in SAMPLES
    }
    first, _ = timed(lambda: draw(SAMPLES[0], STYLE))
    print(f"first chart, matplotlib loaded: {first:.0f} ms")
    for spec in SAMPLES:
        took, charts = timed(lambda spec=spec: [draw(spec, STYLE) for _ in range(5)])  # type: ignore[misc]
        print(f"  {spec.key:<14}{took / 5:6.1f} ms {len(charts[0].svg.encode()) / 1000:6.1f} kB")
    alone, _ = timed(lambda: draw_all(specs, STYLE))
    with TemporaryDirectory() as folder, Workers(workers, Path(folder)) as pool:
        dict(draw_all(specs, STYLE, pool))  # they stand ready now
        parallel, _ = timed(lambda: dict(draw_all(specs, STYLE, pool)))
    count = len(specs)
    print(f"{count} charts in one process: {alone:.0f} ms, {alone / count:.2f} ms each")
    print(f"{count} charts in {workers} processes: {parallel:.0f} ms, {alone / parallel:.2f} times as fast")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [200, 2][len(arguments) :]))
