"""Scenes written as SVG, to the letter: lines, surfaces, marks, words, and what they have in common."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.charts.lean import SVG, short, write_svg
from comptoir.charts.paint import paint
from comptoir.charts.scene import Area, Face, Item, Label, Line, Marks, Place, Scene, Shape, rectangle
from tests.charts.hostile import WORDS_AS_WRITTEN

PALETTE = (("empty", "#eeeeee"), ("hatch", "#999999"), ("ink", "#111111"), ("paper", "#ffffff"))
INK, PAPER = "var(--chart-ink, #111111)", "var(--chart-paper, #ffffff)"
HATCH = (
    '<pattern id="{}" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="var(--chart-empty, #eeeeee)"/>'
    '<path d="M0 0V6" stroke="var(--chart-hatch, #999999)" stroke-width="1.2"/></pattern>'
)
SQUARE = rectangle(10, 20, 30, 40.06)


def written(*items: Item) -> str:
    """The document of a scene, without what every document begins and ends with."""
    svg = write_svg(paint(Scene(200, 99.5, items), "k", PALETTE), "k", "T & t", "<d>")
    opening = (
        f'<svg xmlns="{SVG}" viewBox="0 0 200 99.5" role="img" aria-labelledby="k-t k-d">'
        '<title id="k-t">T &amp; t</title><desc id="k-d">&lt;d&gt;</desc>'
    )
    assert svg.startswith(opening) and svg.endswith("</svg>")
    return svg.removeprefix(opening).removesuffix("</svg>")


@pytest.mark.parametrize(
    "points, expected",
    [
        (((10.04, 20), (30, 20), (30, 40.06), (10, 50)), "M10 20H30V40.1L10 50"),
        (((0, 0), (-0.01, 0.02), (1, 1)), "M0 0L1 1"),  # what would not move is left out
        (((3, 4),), "M3 4"),
        (((190, 10), (300, 10)), "M190 10H201"),  # cut a pixel behind the edge
        (
            ((5, 96.749999999999), (7.25, 96.750000000001)),
            "M5 96.8H7.2",
        ),  # one height, however it was added up
    ],
)
def test_lines_are_written_short(points: tuple[Place, ...], expected: str) -> None:
    assert written(Line(points, "ink")) == (
        f'<path d="{expected}" fill="none" stroke="{INK}" stroke-linecap="round"/>'
    )


def test_lines_have_a_width_and_dashes() -> None:
    points = ((0, 0), (10, 20))
    assert written(Line(points, "ink", 1.5, (4, 2.55))) == (
        f'<path d="M0 0L10 20" fill="none" stroke="{INK}" stroke-dasharray="4 2.5" stroke-width="1.5"/>'
    )


def test_surfaces_are_closed_and_may_be_seen_through() -> None:
    path = "M10 20H30V40.1H10z"
    assert written(Area((SQUARE,), "ink")) == f'<path d="{path}" fill="{INK}"/>'
    assert written(Area((SQUARE, SQUARE), "ink", 0.2)) == (
        f'<path d="{path}{path}" opacity="0.2" fill="{INK}"/>'
    )


def test_what_is_missing_is_hatched() -> None:
    hatched = Area((SQUARE,), "ink", hatched=True)
    path = '<path d="M10 20H30V40.1H10z"/>'
    assert written(hatched, hatched) == (
        f'<defs>{HATCH.format("k-1")}</defs><g fill="url(#k-1)">{path}{path}</g>'
    )


@pytest.mark.parametrize(
    "shape, path",
    [
        ("up", "M0-4L-4 4H4z"),
        ("down", "M0 4L4-4H-4z"),
        ("diamond", "M0 5.7L5.7 0L0-5.7L-5.7 0z"),
        ("square", "M-4 4H4V-4H-4z"),
        ("tick", "M0 4V-4"),
    ],
)
def test_marks_are_defined_once(shape: Shape, path: str) -> None:
    assert written(Marks(((1, 2), (3.06, 4)), shape, 8, "paper", "ink")) == (
        f'<defs><path id="k-1" d="{path}"/></defs><g fill="{PAPER}" stroke="{INK}" stroke-width="1.8">'
        '<use href="#k-1" x="1" y="2"/><use href="#k-1" x="3.1" y="4"/></g>'
    )


def test_circles_are_round() -> None:
    svg = written(Marks(((1, 2),), "circle", 8, "ink", "ink"))
    assert '<path id="k-1" d="M0 4C1.1 4 2.1 3.6 2.8 2.8C3.6 2.1 4 1.1 4 0C4-1.1 ' in svg
    assert svg.count("C") == 8


def test_definitions_are_numbered_as_they_are_met() -> None:
    hatched, dot = Area((SQUARE,), "ink", hatched=True), Marks(((1, 2),), "tick", 8, "paper", "ink")
    assert written(hatched, dot, dot) == (
        f'<defs><path id="k-2" d="M0 4V-4"/>{HATCH.format("k-1")}</defs>'
        '<path d="M10 20H30V40.1H10z" fill="url(#k-1)"/>'
        f'<g fill="{PAPER}" stroke="{INK}" stroke-width="1.8">'
        '<use href="#k-2" x="1" y="2"/><use href="#k-2" x="1" y="2"/></g>'
    )


@pytest.mark.parametrize(
    "face, look",
    [
        ("text", 'font-size="12.5" font-weight="600" text-anchor="end"'),
        (
            "title",
            'font-family="var(--chart-title-font, inherit)" font-size="12.5" font-weight="600" text-anchor="end"',
        ),
        (
            "halo",
            f'font-size="12.5" font-weight="600" paint-order="stroke" stroke="{PAPER}" stroke-linejoin="round"'
            ' stroke-width="3" text-anchor="end"',
        ),
    ],
)
def test_words_have_a_face(face: Face, look: str) -> None:
    label = Label((10.25, -0.04), "a & <b>", 12.5, anchor="end", bold=True, face=face)
    assert written(label) == f'<text x="10.2" y="0" fill="{INK}" {look}>a &amp; &lt;b&gt;</text>'


def test_neighbours_that_look_the_same_share_it() -> None:
    first, second = Label((1, 2), "a", 12, anchor="middle"), Label((3, 4), "b", 12, anchor="middle")
    assert written(first, second, Label((5, 6), "c", 13)) == (
        f'<g fill="{INK}" font-size="12" text-anchor="middle"><text x="1" y="2">a</text><text x="3" y="4">b</text></g>'
        f'<text x="5" y="6" fill="{INK}" font-size="13">c</text>'
    )


@pytest.mark.parametrize("words", WORDS_AS_WRITTEN)
def test_words_stay_words(words: str) -> None:
    (text,) = ElementTree.fromstring(f"<a>{written(Label((1, 2), words, 12))}</a>")
    assert (text.tag, text.text, len(text)) == ("text", words, 0)


@given(st.floats(-1e9, 1e9))
def test_lengths_are_tenths_of_pixels(length: float) -> None:
    assert abs(float(short(length)) - length) <= 0.0500006
    assert not short(length).endswith(".0") and short(length) != "-0"
