"""Many charts: kept, drawn again when something changed, and never believed without a look."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from comptoir.charts import Chart, Drawing, batch, chart_style, draw, draw_all, narrowed
from comptoir.charts.batch import cache_name
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


def test_charts_are_drawn_beside_other_work() -> None:
    begun, may_end = Event(), Event()

    def draw_slowly() -> dict[str, Chart]:
        begun.set()
        assert may_end.wait(60)
        return draw_all(SPECS, STYLE)

    drawing = Drawing(draw_slowly)
    assert begun.wait(60)  # it began by itself, and this goes on meanwhile
    may_end.set()
    assert (list(drawing), len(drawing)) == (list(SPECS), len(SPECS))
    assert drawing["trend"] == draw(TREND, STYLE)


def test_what_stops_a_drawing_is_told_to_its_reader() -> None:
    same_keys = {"one": TREND, "other": TREND}
    with pytest.raises(ValueError, match="two charts have the key 'trend'"):
        Drawing(lambda: draw_all(same_keys, STYLE))["one"]


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


def test_several_processes_draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_WORTH_A_PROCESS", 1)
    assert draw_all(SPECS, STYLE, workers=2) == draw_all(SPECS, STYLE, workers=1)


def test_nothing_is_written_in_the_users_home(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    code = (
        "from pathlib import Path; from comptoir.charts import draw_all; from tests.charts.samples import *;"
        f"draw_all({{'t': TREND}}, STYLE, scratch=Path({str(scratch)!r}))"
    )
    kept = {key: value for key, value in os.environ.items() if key not in {"MPLCONFIGDIR", "XDG_CACHE_HOME"}}
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env=kept | {"HOME": str(home)},
        check=True,
    )
    assert list(home.iterdir()) == []
    assert any(scratch.iterdir())


def test_two_charts_cannot_have_the_same_key() -> None:
    with pytest.raises(ValueError, match="two charts have the key 'trend'"):
        draw_all({"a": TREND, "b": TREND}, STYLE)
