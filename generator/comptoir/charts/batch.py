"""Many charts at once: specs in; charts out, those unchanged from a cache and the others from several processes.

A cache is kept by others, so what it gives is not believed: an entry that is not a drawing of the kind that
is made here is drawn again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from comptoir.charts.drawing import complete, draw_svg
from comptoir.charts.safety import is_own_drawing
from comptoir.charts.style import ChartStyle
from comptoir.charts.values import Chart, Spec

FORMAT: Final = 1  # raise it when the same spec is to be drawn in another way
_SHARE: Final = 40  # drawings: a fifth of a second's work


class Cache(Protocol):
    """Keeps texts by name; names are made of lower-case hexadecimal digits."""

    def read(self, name: str) -> str | None:
        """The text of that name, or None."""

    def write(self, name: str, text: str) -> None:
        """Keeps the text under that name."""


class Drawing(Mapping[str, Chart]):
    """Charts that are being drawn beside other work: who reads one waits for all, and gets the error if there was one."""

    def __init__(self, finish: Callable[[], Mapping[str, Chart]]) -> None:
        """`finish` waits for what was begun."""
        self._finish = finish

    @cached_property
    def _charts(self) -> Mapping[str, Chart]:
        return self._finish()

    def __getitem__(self, name: str) -> Chart:
        return self._charts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)


def draw_all(
    specs: Mapping[str, Spec], style: ChartStyle, cache: Cache | None = None, hands: Executor | None = None
) -> Mapping[str, Chart]:
    """The charts of all specs, under the same names and in the same order.

    With `hands`, other processes draw them while this one goes on: who reads the first chart waits for them. Raises
    ValueError when two specs have the same key.
    """
    _check_keys(specs.values())
    names = {key: cache_name(spec, style) for key, spec in specs.items()}
    kept = {key: svg for key, spec in specs.items() if (svg := _recall(cache, names[key], spec))}
    missing = [key for key in specs if key not in kept]
    finish_drawing = _begin(specs, missing, style, hands)

    def finish() -> dict[str, Chart]:
        drawn = finish_drawing()
        for key, svg in drawn.items():
            if cache:
                cache.write(names[key], json.dumps({"format": FORMAT, "svg": svg}, ensure_ascii=False))
        return {key: complete(spec, kept.get(key) or drawn[key]) for key, spec in specs.items()}

    return Drawing(finish) if hands else finish()


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


def _begin(
    specs: Mapping[str, Spec], keys: Sequence[str], style: ChartStyle, hands: Executor | None
) -> Callable[[], dict[str, str]]:
    """Begins to draw; gives what waits for the drawings, by key."""
    if hands is None:
        return lambda: {key: draw_svg(specs[key], style) for key in keys}
    parts = -(-len(keys) // _SHARE)
    shares = [keys[part::parts] for part in range(parts)]  # each with some of those that take long
    begun = [(share, hands.submit(_draw_share, [specs[key] for key in share], style)) for share in shares]
    return lambda: {
        key: svg for share, drawn in begun for key, svg in zip(share, drawn.result(), strict=True)
    }


def _draw_share(specs: Sequence[Spec], style: ChartStyle) -> list[str]:
    """What a hand draws at a time."""
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
