"""The colours of a brand by their use: its primary, accent and families' colours in; tokens for pages, paper and slides out.

Every colour that carries text is moved, in OKLCH and no further than needed, until it passes WCAG AA on its
background, in light and in dark: one YAML file is enough for a readable site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from comptoir.colours import AA_GRAPHICS, WHITE, nearest_readable, shade

PAPER: Final = "#faf7f1"
CARD: Final = "#fffdf9"
DARK_LIGHTNESS: Final = 0.2

Tokens: TypeAlias = dict[str, str]


def site_tokens(primary: str, accent: str) -> Tokens:
    """Colours of the site by day."""
    tint = shade(primary, 0.95, 0.012)
    return {
        "paper": PAPER,
        "card": CARD,
        "tint": tint,
        "rule": "#e2dbcf",
        "edge": nearest_readable("#8f8678", PAPER, AA_GRAPHICS),
        "ink": shade(primary, 0.24, 0.035),
        "ink-2": nearest_readable(shade(primary, 0.47, 0.03), tint, 5.2),
        "primary": nearest_readable(primary, WHITE),
        "link": nearest_readable(primary, tint, 5),
        "button": nearest_readable(accent, WHITE),
        "on-button": WHITE,
        "button-over": nearest_readable(shade(accent, 0.38), WHITE),
        "hero": nearest_readable(primary, WHITE, 7),
        "on-hero-2": nearest_readable(shade(primary, 0.88, 0.03), nearest_readable(primary, WHITE, 7), 5),
        "deep": shade(primary, 0.27, 0.06),
        "on-deep": "#fdfbf6",
        "on-deep-2": nearest_readable(shade(primary, 0.84, 0.03), shade(primary, 0.27, 0.06), 5),
        "good": nearest_readable("#1d7a46", tint),
        "good-tint": shade("#1d7a46", 0.945, 0.035),
        "warn": nearest_readable("#8a5a00", shade("#8a5a00", 0.945, 0.04)),
        "warn-tint": shade("#8a5a00", 0.945, 0.04),
        "bad": nearest_readable("#b3261e", shade("#b3261e", 0.945, 0.03)),
        "bad-tint": shade("#b3261e", 0.945, 0.03),
    }


def site_tokens_dark(primary: str, accent: str) -> Tokens:
    """Colours of the site by night."""
    paper = shade(primary, DARK_LIGHTNESS, 0.022)
    tint = shade(primary, 0.275, 0.035)
    button = shade(accent, 0.8, 0.11)
    return {
        "paper": paper,
        "card": shade(primary, 0.235, 0.025),
        "tint": tint,
        "rule": shade(primary, 0.36, 0.025),
        "edge": nearest_readable(shade(primary, 0.6, 0.03), tint, AA_GRAPHICS),
        "ink": shade(primary, 0.945, 0.01),
        "ink-2": nearest_readable(shade(primary, 0.78, 0.02), tint, 5.2),
        "primary": nearest_readable(shade(primary, 0.45), WHITE),
        "link": nearest_readable(shade(primary, 0.82, 0.1), tint, 5),
        "button": button,
        "on-button": nearest_readable(shade(accent, 0.2, 0.04), button, 5),
        "button-over": shade(accent, 0.88, 0.09),
        "hero": shade(primary, 0.3, 0.055),
        "on-hero-2": nearest_readable(shade(primary, 0.84, 0.03), shade(primary, 0.3, 0.055), 5),
        "deep": shade(primary, 0.155, 0.022),
        "on-deep": shade(primary, 0.945, 0.01),
        "on-deep-2": nearest_readable(shade(primary, 0.76, 0.02), shade(primary, 0.155, 0.022), 5),
        **_signals_dark(),
    }


def family_tokens(colour: str) -> Tokens:
    """Colours of a family by day: its block (white text on it), its ink, its tint and a line."""
    tint = shade(colour, 0.948, 0.02)
    return {
        "family": nearest_readable(colour, WHITE),
        "on-family": WHITE,
        "family-ink": nearest_readable(colour, tint, 4.7),
        "family-tint": tint,
        "family-line": shade(colour, 0.84, 0.07),
    }


def family_tokens_dark(colour: str, dark: Mapping[str, str]) -> Tokens:
    """Colours of a family by night; `dark` are those of the site."""
    tint = shade(colour, 0.275, 0.04)
    ink = nearest_readable(shade(colour, 0.83, 0.11), tint, 4.7)
    return {
        "family": nearest_readable(shade(colour, 0.5), WHITE),
        "on-family": WHITE,
        "family-ink": nearest_readable(ink, dark["card"], 4.7),
        "family-tint": tint,
        "family-line": shade(colour, 0.45, 0.08),
    }


def _signals_dark() -> Tokens:
    signals: Tokens = {}
    for name, colour in (("good", "#1d7a46"), ("warn", "#8a5a00"), ("bad", "#b3261e")):
        tint = shade(colour, 0.28, 0.045)
        signals[name] = nearest_readable(shade(colour, 0.84, 0.12), tint)
        signals[f"{name}-tint"] = tint
    return signals
