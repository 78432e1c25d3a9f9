"""Many charts at once: specs in; charts out, those that were not kept from an earlier build drawn by several processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import cached_property
from importlib.metadata import version
from typing import Final

from comptoir.charts.drawing import complete, draw_svg
from comptoir.charts.spark import Spark
from comptoir.charts.style import ChartStyle
from comptoir.charts.values import Chart, Spec
from comptoir.store import Store

_SHARE: Final = 24
"""Drawings that a worker is given at a time: a third of a second, so that all have ended at about the same moment."""


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

    def __reduce__(self) -> tuple[type[dict[str, Chart]], tuple[dict[str, Chart]]]:
        return dict, (dict(self._charts),)  # another process is given what was drawn


def draw_all(
    specs: Mapping[str, Spec],
    style: ChartStyle,
    workers: Executor | None = None,
    store: Store | None = None,
    program: str = "",
) -> Mapping[str, Chart]:
    """The charts of all specs, under the same names and in the same order.

    With `workers`, other processes draw them while this one goes on: who reads the first chart waits for them. `store` keeps
    drawings by all that they depend on: spec, style, matplotlib, and `program`, a digest of this one. Raises ValueError when
    two specs have the same key.
    """
    _check_keys(specs.values())
    look = hashlib.sha256(f"{program} {version('matplotlib')} {style!r} {style.looks}".encode()).hexdigest()
    drawn: dict[str, str] = {}
    missing: dict[str, Spec] = {}
    for name, spec in specs.items():
        kept = store.read(_key(look, spec)) if store and not isinstance(spec, Spark) else None
        if kept is not None:
            drawn[name] = kept.decode()
        elif not isinstance(spec, Spark):
            missing[name] = spec
    names, parts = list(missing), -(-len(missing) // _SHARE)
    shares = [{name: missing[name] for name in names[part::parts]} for part in range(parts)]
    if workers is None:
        made = [_draw_share(share, style, store, look) for share in shares]
        return _complete(specs, style, {**drawn, **{n: svg for part in made for n, svg in part.items()}})
    begun = [workers.submit(_draw_share, share, style, store, look) for share in shares]
    return Drawing(
        lambda: _complete(
            specs, style, {**drawn, **{n: svg for part in begun for n, svg in part.result().items()}}
        )
    )


def _key(look: str, spec: Spec) -> str:
    return f"{look} {spec!r}"


def _check_keys(specs: Iterable[Spec]) -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.key in seen:
            raise ValueError(f"two charts have the key '{spec.key}'")
        seen.add(spec.key)


def _draw_share(
    specs: Mapping[str, Spec], style: ChartStyle, store: Store | None, look: str
) -> dict[str, str]:
    """What a worker draws at a time; it keeps them too."""
    drawn = {name: draw_svg(spec, style) for name, spec in specs.items()}
    if store:
        for name, svg in drawn.items():
            store.write(_key(look, specs[name]), svg.encode())
    return drawn


def _complete(specs: Mapping[str, Spec], style: ChartStyle, drawn: Mapping[str, str]) -> dict[str, Chart]:
    """Every chart; trends as small as a word take no longer to draw than to read."""
    return {
        name: complete(spec, drawn[name] if name in drawn else draw_svg(spec, style))
        for name, spec in specs.items()
    }
