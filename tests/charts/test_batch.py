"""Many charts: kept, drawn again when something changed, and never believed without a look."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from comptoir.charts import batch, chart_style, draw, draw_all, narrowed
from comptoir.charts.batch import cache_name
from comptoir.hands import Hands
from tests.charts.samples import SAMPLES, STYLE, TREND


@dataclass
class Memory:
    """A cache that remembers what was asked of it."""

    kept: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def write(self, name: str, text: str) -> None:
        self.written.append(name)
        self.kept[name] = text


SPECS = {spec.key: spec for spec in SAMPLES}


def test_charts_come_back_under_their_names_in_order() -> None:
    charts = draw_all(SPECS, STYLE)
    assert list(charts) == list(SPECS)
    assert all(charts[key] == draw(spec, STYLE) for key, spec in SPECS.items())


class Beside(Executor):
    """Hands that take their time."""

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
    hands = Beside()
    drawing = draw_all(SPECS, STYLE, hands=hands)  # and this goes on meanwhile
    assert len(hands.begun) == 1
    hands.work()
    assert (list(drawing), len(drawing)) == (list(SPECS), len(SPECS))
    assert drawing["trend"] == draw(TREND, STYLE)


def test_what_stops_a_drawing_is_told_to_its_reader() -> None:
    hands = Beside()
    drawing = draw_all({"trend": TREND}, STYLE, hands=hands)
    hands.begun[0][0].set_exception(ValueError("no letters"))
    with pytest.raises(ValueError, match="no letters"):
        list(drawing)


def test_unchanged_charts_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = draw_all(SPECS, STYLE, memory)
    assert len(memory.written) == len(SPECS)
    drawn: list[str] = []
    monkeypatch.setattr(
        batch, "draw_svg", lambda spec, style: drawn.append(spec.key) or draw(spec, style).svg
    )
    assert draw_all(SPECS, STYLE, memory) == first
    assert drawn == []
    changed = {**SPECS, "trend": replace(TREND, note="Autre source.")}
    draw_all(changed, STYLE, memory)
    assert drawn == ["trend"]


def test_the_name_changes_with_whatever_changes_the_drawing() -> None:
    names = {
        cache_name(TREND, STYLE),
        cache_name(narrowed(TREND), STYLE),
        cache_name(replace(TREND, points=TREND.points[1:]), STYLE),
        cache_name(replace(TREND, words=replace(TREND.words, target="cible")), STYLE),
        cache_name(TREND, chart_style("#123456")),
        cache_name(TREND, replace(STYLE, text_font="Source Sans 3")),
    }
    assert len(names) == 6
    assert cache_name(TREND, STYLE) == cache_name(replace(TREND), STYLE)
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in names)


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "{",
        "[]",
        "null",
        '{"svg": 3, "format": 1}',
        json.dumps({"format": 0, "svg": "<svg/>"}),
        json.dumps({"format": 1, "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}),
        json.dumps(
            {
                "format": 1,
                "svg": '<svg xmlns="http://www.w3.org/2000/svg" aria-labelledby="trend-t trend-d" onload="x()"/>',
            }
        ),
        "[" * 100_000,
        '{"format": 1, "svg": "' + "a" * 2_000_000 + '"}',
    ],
    ids=range(10),
)
def test_what_is_no_drawing_of_ours_is_drawn_again(entry: str) -> None:
    name = cache_name(TREND, STYLE)
    memory = Memory({name: entry})
    charts = draw_all({"t": TREND}, STYLE, memory)
    assert charts["t"] == draw(TREND, STYLE)
    assert memory.written == [name]


def test_other_processes_draw_the_same(tmp_path: Path) -> None:
    with Hands(2, tmp_path) as hands:
        assert draw_all(SPECS, STYLE, hands=hands) == draw_all(SPECS, STYLE)


def test_nothing_is_written_in_the_users_home(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    code = (
        "from pathlib import Path; from comptoir.charts import draw_all; from comptoir.hands import Hands;"
        "from tests.charts.samples import *;"
        f"hands = Hands(1, Path({str(scratch)!r}));"
        "print(len(draw_all({'t': TREND}, STYLE, hands=hands))); hands.shutdown()"
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


def test_two_charts_cannot_have_the_same_key() -> None:
    with pytest.raises(ValueError, match="two charts have the key 'trend'"):
        draw_all({"a": TREND, "b": TREND}, STYLE)
