"""Colours: readable on both papers, and told apart by every kind of colour vision."""

from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

import pytest

from comptoir.charts import chart_style, palette_css
from comptoir.charts.style import DARK_PAPER, LIGHT_PAPER, ChartPalette, ChartStyle, line_role
from comptoir.colours import contrast_ratio

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISIONS: Final = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
BRANDS = [
    chart_style("#0b5563", "#c2410c", {"data": "#0b6b66", "computing": "#6040a0"}),
    chart_style("#ffd400"),
    chart_style("#000000"),
    chart_style("#ffffff", "#ff0000"),
]
SCHEMES = [
    pytest.param(palette, paper, id=f"{scheme}-{index}")
    for index, style in enumerate(BRANDS)
    for scheme, palette, paper in (("light", style.light, LIGHT_PAPER), ("dark", style.dark, DARK_PAPER))
]
Lab = tuple[float, float, float]


def seen(colour: str, vision: str) -> Lab:
    """The colour in CIELAB (D65) as that vision sees it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        min(1.0, max(0.0, sum(f * c for f, c in zip(row, linear, strict=True)))) for row in VISIONS[vision]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: Lab, other: Lab) -> float:
    """CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    grey = 1 + 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * grey, a2 * grey
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = h2 - h1
    turn -= 360 if turn > 180 else -360 if turn < -180 else 0
    dl, dc, dh = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    lightness, chroma, hue = (l1 + l2) / 2, (c1 + c2) / 2, (h1 + h2) / 2
    if abs(h1 - h2) > 180:
        hue += 180 if hue < 180 else -180
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.2 * cos(radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    parts = (dl / sl, dc / sc, dh / sh)
    return sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def test_the_difference_of_colours_is_the_published_one() -> None:
    # Sharma, Wu and Dalal (2005), pairs 1 and 17.
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("palette, paper", SCHEMES)
def test_status_colours_are_told_apart(palette: ChartPalette, paper: str, vision: str) -> None:
    colours = dict(palette)
    for one, other in combinations(("kept", "near", "missed"), 2):
        assert difference(seen(colours[one], vision), seen(colours[other], vision)) > 12, (one, other)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("palette, paper", SCHEMES)
def test_both_sides_of_the_target_are_told_apart(palette: ChartPalette, paper: str, vision: str) -> None:
    colours = dict(palette)
    for step in (1, 2, 3):
        met, missed = colours[f"heat-met-{step}"], colours[f"heat-missed-{step}"]
        assert difference(seen(met, vision), seen(missed, vision)) > 9, step


@pytest.mark.parametrize("palette, paper", SCHEMES)
def test_text_and_graphics_have_contrast(palette: ChartPalette, paper: str) -> None:
    colours = dict(palette)
    texts = ["ink", "muted", "target", "line", "accent", *(n for n in colours if n.startswith("family-"))]
    for name in texts:
        assert contrast_ratio(colours[name], paper) >= 4.5, name
    for name in ("kept", "barely", "near", "missed", "axis", "bar", "bar-soft"):
        assert contrast_ratio(colours[name], paper) >= 3, name
    for name in ("ink", "muted", "target"):
        assert contrast_ratio(colours[name], colours["target-band"]) >= 4.5, name
    for name in ("line", "bar", "bar-soft"):
        assert contrast_ratio(colours[name], colours["target-band"]) >= 3, name
    assert contrast_ratio(colours["muted"], colours["empty"]) >= 4.5
    for name, text in colours.items():
        if name.startswith("heat-") and name.endswith("-text"):
            assert contrast_ratio(text, colours[name.removesuffix("-text")]) >= 4.5, name


def test_css_gives_each_colour_in_light_and_dark() -> None:
    style = BRANDS[0]
    light, dark, *rest = palette_css(style, ":root", ".dark").splitlines()
    assert light.startswith(":root{") and dark.startswith("@media screen{.dark{")
    assert all(f"--chart-{name}:{colour};" in light for name, colour in style.light)
    assert all(f"--chart-{name}:{colour};" in dark for name, colour in style.dark)
    assert any("@container" in rule for rule in rest)
    assert not any("prefers-color-scheme" in rule for rule in rest)
    by_system = palette_css(style, ":root", ".dark", ":root:not(.light)").splitlines()[2]
    assert by_system.startswith("@media screen and (prefers-color-scheme:dark){:root:not(.light){")
    assert all(f"--chart-{name}:{colour};" in by_system for name, colour in style.dark)


def test_a_family_without_colour_takes_the_brands() -> None:
    assert line_role(BRANDS[0], "data") == "family-data"
    assert line_role(BRANDS[0], "unknown") == "line"
    assert line_role(BRANDS[0], "") == "line"


def test_palettes_name_the_same_colours() -> None:
    with pytest.raises(ValueError, match="do not name the same colours"):
        ChartStyle(light=(("ink", "#000000"),), dark=(), text_font="Figtree", title_font="Fraunces")
