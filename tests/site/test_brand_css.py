"""Whatever the colours of an organisation, its site can be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.colours import AA_GRAPHICS, AA_TEXT, contrast_ratio
from comptoir.tokens import (
    Tokens,
    family_tokens,
    family_tokens_dark,
    site_tokens,
    site_tokens_dark,
)

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)

ON_SITE = [
    *[(text, ground) for text in ("ink", "ink-2", "link") for ground in ("paper", "card", "tint")],
    ("good", "card"),
    ("good", "paper"),
    *[(signal, f"{signal}-tint") for signal in ("good", "warn", "bad")],
    *[("ink", f"{signal}-tint") for signal in ("good", "warn", "bad")],
    ("on-button", "button"),
    ("on-button", "button-over"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    ("on-hero-2", "hero"),
]


def failures(tokens: Tokens, pairs: list[tuple[str, str]], least: float) -> list[str]:
    return [
        f"{text} on {ground}: {contrast_ratio(tokens[text], tokens[ground]):.2f}"
        for text, ground in pairs
        if contrast_ratio(tokens[text], tokens[ground]) < least
    ]


def both(primary: str, accent: str, family: str) -> tuple[Tokens, Tokens]:
    day, night = site_tokens(primary, accent), site_tokens_dark(primary, accent)
    return {**day, **family_tokens(family)}, {**night, **family_tokens_dark(family, night)}


@settings(max_examples=40, deadline=None)
@given(colours, colours, colours)
def test_text_passes_aa_by_day_and_by_night(primary: str, accent: str, family: str) -> None:
    for tokens in both(primary, accent, family):
        tokens["white"] = "#ffffff"
        families = [
            ("on-family", "family"),
            ("family-ink", "family-tint"),
            ("family-ink", "paper"),
            ("family-ink", "card"),
            ("ink", "family-tint"),
            ("ink-2", "family-tint"),
            ("link", "family-tint"),
            ("white", "hero"),
        ]
        assert failures(tokens, ON_SITE + families, AA_TEXT) == []
        assert failures(tokens, [("edge", "paper"), ("edge", "card")], AA_GRAPHICS) == []


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffff00", "#0000ff"])
def test_extremes(colour: str) -> None:
    for tokens in both(colour, colour, colour):
        assert failures(tokens, ON_SITE, AA_TEXT) == []
