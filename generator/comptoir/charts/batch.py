"""Many charts at once: specs in; charts out, those unchanged from a cache and the others from several processes.

A cache is kept by others, so what it gives is not believed: an entry that is not a drawing of the kind that
is made here is drawn again.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from comptoir.charts.drawing import complete, draw_svg
from comptoir.charts.safety import is_own_drawing
from comptoir.charts.style import ChartStyle
from comptoir.charts.values import Chart, Spec

FORMAT: Final = 1  # raise it when the same spec is to be drawn in another way
_WORTH_A_PROCESS: Final = 75  # fewer drawings take less time than a process takes to start


class Cache(Protocol):
    """Keeps texts by name; names are made of lower-case hexadecimal digits."""

    def read(self, name: str) -> str | None:
        """The text of that name, or None."""

    def write(self, name: str, text: str) -> None:
        """Keeps the text under that name."""


class Drawing(Mapping[str, Chart]):
    """Charts that are being drawn beside other work: who reads one waits for all, and gets the error if there was one."""

    def __init__(self, draw: Callable[[], Mapping[str, Chart]]) -> None:
        """Begins to draw at once."""
        beside = ThreadPoolExecutor(1)
        self._charts = beside.submit(draw)
        beside.shutdown(wait=False)

    def __getitem__(self, name: str) -> Chart:
        return self._charts.result()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts.result())

    def __len__(self) -> int:
        return len(self._charts.result())


def draw_all(
    specs: Mapping[str, Spec],
    style: ChartStyle,
    cache: Cache | None = None,
    workers: int = 1,
    scratch: Path | None = None,
) -> dict[str, Chart]:
    """The charts of all specs, under the same names and in the same order.

    `scratch` is a folder where matplotlib may keep its list of fonts, instead of the user's home. Raises
    ValueError when two specs have the same key.
    """
    _check_keys(specs.values())
    names = {key: cache_name(spec, style) for key, spec in specs.items()}
    drawn = {key: svg for key, spec in specs.items() if (svg := _recall(cache, names[key], spec))}
    missing = {key: spec for key, spec in specs.items() if key not in drawn}
    for key, svg in _draw_missing(missing, style, workers, scratch).items():
        drawn[key] = svg
        if cache:
            cache.write(names[key], json.dumps({"format": FORMAT, "svg": svg}, ensure_ascii=False))
    return {key: complete(spec, drawn[key]) for key, spec in specs.items()}


def cache_name(spec: Spec, style: ChartStyle) -> str:
    """A name that changes with whatever changes the drawing."""
    # The text of a frozen value names its types and holds every field, numbers and quotes included.
    return hashlib.sha256(f"{_surroundings(style)} {spec!r}".encode()).hexdigest()


def _check_keys(specs: Iterable[Spec]) -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.key in seen:
            raise ValueError(f"two charts have the key '{spec.key}'")
        seen.add(spec.key)


def _recall(cache: Cache | None, name: str, spec: Spec) -> str | None:
    text = cache.read(name) if cache else None
    if text is None:
        return None
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    svg = entry.get("svg") if isinstance(entry, dict) and entry.get("format") == FORMAT else None
    return svg if isinstance(svg, str) and is_own_drawing(svg, spec.key) else None


def _draw_missing(
    specs: Mapping[str, Spec], style: ChartStyle, workers: int, scratch: Path | None
) -> dict[str, str]:
    if not specs:
        return {}
    if scratch and "matplotlib" not in sys.modules:
        os.environ["MPLCONFIGDIR"] = str(scratch)
    parts = max(1, min(workers, len(specs) // _WORTH_A_PROCESS))
    if parts == 1:
        return {key: draw_svg(spec, style) for key, spec in specs.items()}
    keys = list(specs)
    shares = [tuple(specs[key] for key in keys[part::parts]) for part in range(parts)]
    with ProcessPoolExecutor(parts, multiprocessing.get_context("spawn")) as pool:
        drawn = list(pool.map(_draw_share, shares, [style] * parts))
    by_key = {
        key: svg for part in range(parts) for key, svg in zip(keys[part::parts], drawn[part], strict=True)
    }
    return {key: by_key[key] for key in keys}


def _draw_share(specs: tuple[Spec, ...], style: ChartStyle) -> list[str]:
    """What one process draws."""
    return [draw_svg(spec, style) for spec in specs]


@cache
def _surroundings(style: ChartStyle) -> str:
    """What many drawings have in common: the way of drawing, the library and the style."""
    return hashlib.sha256(f"{FORMAT} {_source()} {version('matplotlib')} {style!r}".encode()).hexdigest()


@cache
def _source() -> str:
    """A digest of this package: a drawing is made anew when the way of drawing changed."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
