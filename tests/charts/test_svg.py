"""The drawings themselves: lean, the same every time, safe, and readable by who does not see them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comptoir.charts import HeatMap, Spark, Spec, chart_style, draw, fix_colours, narrowed
from comptoir.charts.svg import SVG
from tests.charts.hostile import CONTROL, WORDS_AS_WRITTEN, with_words
from tests.charts.safety import is_own_drawing
from tests.charts.samples import HEAT_MAP, SAMPLES, STYLE, TREND

ROOT = Path(__file__).parents[2]
DIGESTS = """
import hashlib
from comptoir.charts import draw
from tests.charts.safety import is_own_drawing
from tests.charts.samples import SAMPLES, STYLE
for spec in SAMPLES:
    print(spec.key, hashlib.sha256(draw(spec, STYLE).svg.encode()).hexdigest())
"""


def words_in(svg: str) -> str:
    return " ".join("".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text"))


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("spec", SAMPLES, ids=lambda spec: spec.key)
def test_lean_and_described(spec: Spec) -> None:
    chart = draw(spec, STYLE)
    root = ElementTree.fromstring(chart.svg)
    assert len(chart.svg.encode()) < 20_000
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    described = {e.get("id"): e.text for e in root if e.tag in {f"{{{SVG}}}title", f"{{{SVG}}}desc"}}
    assert [described[label] for label in labels] == [spec.title, spec.alternative]
    assert chart.alternative == spec.alternative


def test_a_large_heat_map_stays_lean() -> None:
    rows = tuple(HEAT_MAP.rows[i % 7] for i in range(24))
    spec = HeatMap(
        key="h", title="t", alternative="a", words=HEAT_MAP.words, columns=HEAT_MAP.columns, rows=rows
    )
    assert len(draw(spec, STYLE).svg.encode()) < 20_000


@pytest.mark.parametrize("spec", SAMPLES, ids=lambda spec: spec.key)
def test_identifiers_are_the_charts_own(spec: Spec) -> None:
    svg = draw(spec, STYLE).svg
    identifiers = re.findall(r' id="([^"]*)"', svg)
    assert len(identifiers) == len(set(identifiers))
    assert all(identifier.startswith(f"{spec.key}-") for identifier in identifiers)
    used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', svg))
    assert used <= set(identifiers)
    assert is_own_drawing(svg, spec.key)


@pytest.mark.parametrize("spec", SAMPLES, ids=lambda spec: spec.key)
def test_every_colour_is_a_variable_of_the_palette(spec: Spec) -> None:
    svg = draw(spec, STYLE).svg
    palette = dict(STYLE.light)
    found = re.findall(r"var\(--chart-([a-z0-9-]+), (#[0-9a-f]{6})\)", svg)
    assert found
    assert all(palette[name] == colour for name, colour in found)
    assert not re.search(r"#[0-9a-fA-F]{6}", re.sub(r"var\([^)]*\)", "", svg))


def test_the_same_spec_gives_the_same_bytes_in_every_process() -> None:
    assert run(DIGESTS, PYTHONHASHSEED="1", TZ="Asia/Tokyo") == run(DIGESTS, PYTHONHASHSEED="2", LC_ALL="C")
    assert draw(TREND, STYLE) == draw(TREND, STYLE)


def test_matplotlib_is_loaded_only_to_draw(tmp_path: Path) -> None:
    code = "import sys, comptoir.charts; print('matplotlib' in sys.modules)"
    assert run(code).strip() == "False"


def test_settings_of_a_folder_have_no_say(tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("path.sketch: 3, 100, 2\nlines.antialiased: False\nhatch.color: red\n")
    assert run(DIGESTS, MATPLOTLIBRC=str(settings)) == run(DIGESTS)


@pytest.mark.parametrize("words", WORDS_AS_WRITTEN)
@pytest.mark.parametrize("spec", [s for s in SAMPLES if not isinstance(s, Spark)], ids=lambda spec: spec.key)
def test_words_come_out_as_they_were_written(spec: Spec, words: str) -> None:
    svg = draw(with_words(spec, lambda _: words), STYLE).svg
    shown = words_in(svg)
    assert words.replace(" ", "") in shown.replace(" ", "")
    assert is_own_drawing(svg, spec.key)


@pytest.mark.parametrize("spec", [s for s in SAMPLES if not isinstance(s, Spark)], ids=lambda spec: spec.key)
def test_control_characters_are_left_out(spec: Spec) -> None:
    svg = draw(with_words(spec, lambda _: CONTROL), STYLE).svg
    assert "vu et lu" in words_in(svg)
    assert not set(CONTROL) - set("vu et lu") & set(svg)


@pytest.mark.parametrize("spec", SAMPLES, ids=lambda spec: spec.key)
def test_nothing_is_too_small_to_read(spec: Spec) -> None:
    for drawn in (spec, narrowed(spec)):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', draw(drawn, STYLE).svg)]
        assert all(size >= 11.5 for size in sizes)


def test_a_drawing_for_paper_holds_its_colours_and_typefaces() -> None:
    svg = fix_colours(draw(TREND, STYLE).svg, STYLE.dark, "Figtree", "Fraunces")
    assert "var(" not in svg
    assert dict(STYLE.dark)["line"] in svg
    assert 'font-family="Fraunces"' in svg
    assert 'role="img" font-family="Figtree"' in svg


def test_words_that_look_like_a_colour_of_another_palette_stay() -> None:
    words = "var(--chart-nothing, #123456)"
    svg = fix_colours(draw(with_words(TREND, lambda _: words), STYLE).svg, STYLE.light, "Figtree", "Fraunces")
    assert words in words_in(svg)


def test_a_style_takes_the_familys_colour() -> None:
    style = chart_style("#0b5563", families={"data": "#0b6b66"})
    assert dict(style.light)["family-data"] == "#0b6b66"
