"""Many charts at once: specs in; charts out, drawn by several processes where there are some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import cached_property
from typing import Final

from comptoir.charts.drawing import complete, draw_svg
from comptoir.charts.style import ChartStyle
from comptoir.charts.values import Chart, Spec

_SHARE: Final = 1000  # drawings: less than a second's work, and a worker must load matplotlib before


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
    specs: Mapping[str, Spec], style: ChartStyle, workers: Executor | None = None
) -> Mapping[str, Chart]:
    """The charts of all specs, under the same names and in the same order.

    With `workers`, other processes draw them while this one goes on: who reads the first chart waits for them. Raises
    ValueError when two specs have the same key.
    """
    _check_keys(specs.values())
    if workers is None:
        return _complete(specs, _draw_share(specs, style))
    names, parts = list(specs), -(-len(specs) // _SHARE)
    shares = [names[part::parts] for part in range(parts)]  # each with some of those that take long
    begun = [workers.submit(_draw_share, {name: specs[name] for name in share}, style) for share in shares]
    return Drawing(lambda: _complete(specs, {n: svg for drawn in begun for n, svg in drawn.result().items()}))


def _check_keys(specs: Iterable[Spec]) -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.key in seen:
            raise ValueError(f"two charts have the key '{spec.key}'")
        seen.add(spec.key)


def _draw_share(specs: Mapping[str, Spec], style: ChartStyle) -> dict[str, str]:
    """What a worker draws at a time."""
    return {name: draw_svg(spec, style) for name, spec in specs.items()}


def _complete(specs: Mapping[str, Spec], drawn: Mapping[str, str]) -> dict[str, Chart]:
    return {name: complete(spec, drawn[name]) for name, spec in specs.items()}
