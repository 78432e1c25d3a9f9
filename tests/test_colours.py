"""Contrast as WCAG 2.2 counts it, and the nearest colour that can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comptoir.colours import AA_GRAPHICS, AA_TEXT, WHITE, contrast_ratio, nearest_readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the usual example: just too light
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast(a: str, b: str, expected: float) -> None:
    assert contrast_ratio(a, b) == pytest.approx(expected, abs=0.005)
    assert contrast_ratio(b, a) == contrast_ratio(a, b)


@given(COLOURS, COLOURS, st.sampled_from([AA_GRAPHICS, AA_TEXT]))
def test_the_nearest_readable_colour_can_be_read(colour: str, background: str, ratio: float) -> None:
    assume(max(contrast_ratio("#000000", background), contrast_ratio(WHITE, background)) >= ratio)
    found = nearest_readable(colour, background, ratio)
    assert contrast_ratio(found, background) >= ratio
    if contrast_ratio(colour, background) >= ratio:
        assert found == colour


@pytest.mark.parametrize("colour", ["#ffcc00", "#ff8800", "#00aa00", "#33bbee", "#ff77aa"])
def test_the_hue_is_kept_and_the_change_is_small(colour: str) -> None:
    found = nearest_readable(colour, WHITE, AA_TEXT)
    assert contrast_ratio(found, WHITE) < AA_TEXT + 0.15
    hues = [
        colorsys.rgb_to_hsv(*(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0] for c in (colour, found)
    ]
    assert abs(hues[0] - hues[1]) < 0.06


def test_what_no_colour_can_reach() -> None:
    with pytest.raises(ValueError, match="no colour has a contrast of 21 with #808080"):
        nearest_readable("#123456", "#808080", 21)


@pytest.mark.parametrize("colour", ["red", "#fff", "#gggggg", ""])
def test_what_is_not_a_colour(colour: str) -> None:
    with pytest.raises(ValueError):
        contrast_ratio(colour, WHITE)
