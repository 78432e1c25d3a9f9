"""Style sheets of charts: what may be set is drawn, anything else is told with its line."""

from __future__ import annotations

from dataclasses import replace

import matplotlib
import pytest

from comptoir.charts import check_looks, draw
from comptoir.charts.looks import read_looks, shipped_looks
from tests.charts.drawn import Label, seen
from tests.charts.samples import STYLE, TREND, WORDS

COLOURS = STYLE.drawn


def test_the_sheet_that_ships_is_right() -> None:
    assert list(check_looks(shipped_looks(), COLOURS)) == []


def test_matplotlib_takes_every_setting_that_ships() -> None:
    looks = read_looks("", COLOURS)
    settings = matplotlib.RcParams(looks)
    assert settings["lines.linewidth"] == 2.5
    assert set(settings) == set(looks)


def test_a_projects_sheet_is_drawn_over_the_one_that_ships() -> None:
    sheet = "lines.linewidth: 4.5  # thick\ngrid.color: 12ab34\nxtick.labelsize: 15\nhatch.color: $accent\n"
    style = replace(STYLE, sheet=sheet)
    svg = draw(TREND, style).svg
    assert 'stroke-width="4.5"' in svg
    assert 'stroke="#12ab34"' in svg, "a colour of one's own is the same in light and in dark"
    assert 'stroke="var(--chart-accent, #c2410c)"' in svg, "a colour of the brand follows the page"
    plain = replace(style, sheet="xtick.labelsize: 15")
    sizes = {item.text: item.size for item in seen(TREND, plain).items if isinstance(item, Label)}
    assert sizes[WORDS.interval] == 15


@pytest.mark.parametrize(
    "sheet, line, message, hint",
    [
        ("text.usetex: True", 1, "a style sheet of charts cannot set 'text.usetex'", ""),
        ("\n# words\nbackend: agg", 3, "a style sheet of charts cannot set 'backend'", ""),
        ("savefig.directory: /tmp", 1, "a style sheet of charts cannot set 'savefig.directory'", ""),
        (
            "lines.linewidt: 3",
            1,
            "a style sheet of charts cannot set 'lines.linewidt'",
            "did you mean 'lines.linewidth'?",
        ),
        ("grid.color: $inc", 1, "there is no colour '$inc'", "did you mean 'ink'?"),
        (
            "grid.color: red",
            1,
            "'grid.color' is a colour: '$' and its name, or six digits such as 0b5563, and not 'red'",
            "",
        ),
        (
            "font.size: 9",
            1,
            "'font.size' is 9: text of charts is from 12.5 to 60 pixels, so that a phone shows it readable",
            "",
        ),
        ("font.size: large", 1, "'font.size' is a number of pixels, and not 'large'", ""),
        ("grid.color", 1, "a line of a style sheet is a setting of matplotlib, ':' and its value", ""),
        ("axes.grid: True\naxes.grid: False", 2, "'axes.grid' is set in line 1 already", ""),
        ("\ufffd\x00: 1", 1, "a style sheet of charts cannot set '\ufffd\x00'", ""),
    ],
)
def test_what_cannot_be_set_is_told_with_its_line(sheet: str, line: int, message: str, hint: str) -> None:
    assert list(check_looks(sheet, COLOURS)) == [(line, message, hint)]
    with pytest.raises(ValueError, match=f"line {line}: "):
        read_looks(sheet, COLOURS)
