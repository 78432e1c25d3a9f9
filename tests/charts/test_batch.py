"""Many charts: in order, by several processes beside other work, and nothing written where it does not belong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from comptoir.charts import ChartStyle, Spec, draw, draw_all
from comptoir.charts.drawing import draw_svg as draw_svg_itself
from comptoir.store import Store
from comptoir.workers import Workers
from tests.charts.samples import SAMPLES, STYLE, TREND

SPECS = {spec.key: spec for spec in SAMPLES}


def test_charts_come_back_under_their_names_in_order() -> None:
    charts = draw_all(SPECS, STYLE)
    assert list(charts) == list(SPECS)
    assert all(charts[key] == draw(spec, STYLE) for key, spec in SPECS.items())


class Beside(Executor):
    """Workers that take their time."""

    def __init__(self) -> None:
        self.begun: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, do: Callable[..., Any], /, *what: Any, **how: Any) -> Future[Any]:
        made: Future[Any] = Future()
        self.begun.append((made, partial(do, *what, **how)))
        return made

    def work(self) -> None:
        for made, do in self.begun:
            made.set_result(do())


def test_charts_are_drawn_beside_other_work() -> None:
    workers = Beside()
    drawing = draw_all(SPECS, STYLE, workers=workers)  # and this goes on meanwhile
    assert len(workers.begun) == 1
    workers.work()
    assert (list(drawing), len(drawing)) == (list(SPECS), len(SPECS))
    assert drawing["trend"] == draw(TREND, STYLE)


def test_what_stops_a_drawing_is_told_to_its_reader() -> None:
    workers = Beside()
    drawing = draw_all({"trend": TREND}, STYLE, workers=workers)
    workers.begun[0][0].set_exception(ValueError("no letters"))
    with pytest.raises(ValueError, match="no letters"):
        list(drawing)


def test_other_processes_draw_the_same(tmp_path: Path) -> None:
    with Workers(2, tmp_path) as workers:
        assert draw_all(SPECS, STYLE, workers) == draw_all(SPECS, STYLE)


def test_many_charts_are_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comptoir.charts.batch._SHARE", 4)
    workers = Beside()
    drawing = draw_all(SPECS, STYLE, workers)
    assert len(SPECS) == 11 and len(workers.begun) == 3
    workers.work()
    assert list(drawing) == list(SPECS)
    assert drawing == draw_all(SPECS, STYLE)


def test_what_was_drawn_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw_svg(spec: Spec, style: ChartStyle) -> str:
        drawn.append(spec.key)
        return draw_svg_itself(spec, style)

    monkeypatch.setattr("comptoir.charts.batch.draw_svg", draw_svg)
    store = Store(tmp_path)
    first = draw_all(SPECS, STYLE, store=store, program="a")
    assert sorted(drawn) == sorted(SPECS)
    drawn.clear()
    assert draw_all(SPECS, STYLE, store=store, program="a") == first
    assert drawn == ["spark"]  # as small as a word: no longer to draw than to read
    changed = {**SPECS, "trend": replace(TREND, title="Another finding")}
    drawn.clear()
    draw_all(changed, STYLE, store=store, program="a")
    assert sorted(drawn) == ["spark", "trend"]
    drawn.clear()
    draw_all(SPECS, STYLE, store=store, program="another version")
    assert sorted(drawn) == sorted(SPECS)


def test_nothing_is_written_in_the_users_home(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    code = (
        "from pathlib import Path; from comptoir.charts import draw_all; from comptoir.workers import Workers;"
        "from tests.charts.samples import *;"
        f"workers = Workers(1, Path({str(scratch)!r}));"
        "print(len(draw_all({'t': TREND}, STYLE, workers=workers))); workers.shutdown()"
    )
    kept = {key: value for key, value in os.environ.items() if key not in {"MPLCONFIGDIR", "XDG_CACHE_HOME"}}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env=kept | {"HOME": str(home)},
        check=True,
        capture_output=True,
    )
    assert said.stdout == b"1\n"
    assert list(home.iterdir()) == []
    assert scratch.is_dir()


def test_matplotlib_is_loaded_to_draw_or_when_asked() -> None:
    code = (
        "import sys; import comptoir.build; from comptoir.charts import load_painter;"
        "before = 'matplotlib' in sys.modules; load_painter(); print(before, 'matplotlib.figure' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout == "False True\n"


def test_two_charts_cannot_have_the_same_key() -> None:
    with pytest.raises(ValueError, match="two charts have the key 'trend'"):
        draw_all({"a": TREND, "b": TREND}, STYLE)
