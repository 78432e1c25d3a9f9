"""Colours: '#rrggbb' in; contrast as WCAG 2.2 counts it, and the nearest readable colour, out."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, hypot, sin
from typing import Final, TypeAlias

Triple: TypeAlias = tuple[float, float, float]

AA_TEXT: Final = 4.5  # WCAG 2.2, success criterion 1.4.3
AA_GRAPHICS: Final = 3.0  # large text (1.4.3) and parts of graphics (1.4.11)
WHITE: Final = "#ffffff"
_STEP: Final = 0.002  # of OKLCH lightness: a difference that the eye does not see


def contrast_ratio(a: str, b: str) -> float:
    """Contrast of two colours, from 1 to 21. Raises ValueError if one is not '#rrggbb'.

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=1000)  # each language and each medium asks for those of the brand
def nearest_readable(colour: str, background: str, ratio: float = AA_TEXT) -> str:
    """The colour nearest to `colour`, same hue, whose contrast with `background` is at least `ratio`.

    It is darkened or lightened, whichever leads away from the background. Raises ValueError when not even
    black or white passes.
    """
    if contrast_ratio(colour, background) >= ratio:
        return colour
    darken = contrast_ratio("#000000", background) >= contrast_ratio(WHITE, background)
    lightness, chroma, hue = _to_oklch(colour)
    while 0 < lightness < 1 or (lightness >= 1) == darken:
        lightness = max(0.0, lightness - _STEP) if darken else min(1.0, lightness + _STEP)
        candidate = _fit(lightness, chroma, hue)
        if contrast_ratio(candidate, background) >= ratio:
            return candidate
    raise ValueError(f"no colour has a contrast of {ratio} with {background}")


def shade(colour: str, lightness: float, chroma: float = 1.0) -> str:
    """The hue of `colour` at that OKLCH lightness (0 to 1), with its own chroma or `chroma`, whichever is less.

    Raises ValueError if it is not '#rrggbb'.
    """
    _, own, hue = _to_oklch(colour)
    return _fit(lightness, min(own, chroma), hue)


def _channels(colour: str) -> Triple:
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"'{colour}' is not a colour written as '#rrggbb'")
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _companded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> Triple:
    """Lightness, chroma, hue of OKLab by Björn Ottosson: https://bottosson.github.io/posts/oklab/"""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _fit(lightness: float, chroma: float, hue: float) -> str:
    """The colour as '#rrggbb', with as much of its chroma as a screen can show at that lightness."""
    low, high = 0.0, 1.0
    if _shown(_from_oklch(lightness, chroma, hue)):
        low = 1.0
    else:
        for _ in range(12):
            middle = (low + high) / 2
            if _shown(_from_oklch(lightness, chroma * middle, hue)):
                low = middle
            else:
                high = middle
    channels = (_companded(min(1.0, max(0.0, c))) for c in _from_oklch(lightness, chroma * low, hue))
    return "#" + "".join(f"{round(255 * c):02x}" for c in channels)


def _shown(channels: Triple) -> bool:
    return all(-1e-6 <= channel <= 1 + 1e-6 for channel in channels)
