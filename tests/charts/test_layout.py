"""Nothing that is written touches anything else that is written, at any width, whatever the words."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, cycle, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.brand import shipped_fonts
from comptoir.charts import Spark, Spec, narrowed
from comptoir.charts.metrics import letters, text_width, wrap
from comptoir.charts.placing import overlap, spread
from tests.charts.drawn import Area, Label, Line, Marks, seen
from tests.charts.hostile import CONTROL, LONG_WORD, WORDS_AS_WRITTEN, with_numbers, with_words
from tests.charts.samples import MULTIPLES, SAMPLES, TREND

BOTH = [
    spec
    for sample in SAMPLES
    for spec in (sample, narrowed(sample, 150 if isinstance(sample, Spark) else 360))
]


def faults(spec: Spec) -> list[str]:
    """What is written over something else, or beyond the edge."""
    scene = seen(spec)
    boxes = [(item.text, item.box()) for item in scene.items if isinstance(item, Label)]
    found = [f"'{one}' on '{other}'" for (one, a), (other, b) in combinations(boxes, 2) if overlap(a, b)]
    found += [f"'{text}' beyond the edge" for text, box in boxes if box[0] < -1 or box[2] > scene.width + 1]
    return found + [
        f"'{text}' below the end" for text, box in boxes if box[1] < -2 or box[3] > scene.height + 1
    ]


@pytest.mark.parametrize("spec", BOTH, ids=lambda spec: spec.key)
def test_words_do_not_touch(spec: Spec) -> None:
    assert faults(spec) == []


@pytest.mark.parametrize("words", [*WORDS_AS_WRITTEN, LONG_WORD, CONTROL, "a " * 60, "i"])
@pytest.mark.parametrize("spec", BOTH, ids=lambda spec: spec.key)
def test_hostile_words_do_not_touch(spec: Spec, words: str) -> None:
    assert faults(with_words(spec, lambda _: words)) == []


@given(words=st.lists(st.text(max_size=60), min_size=1, max_size=6), index=st.integers(0, len(BOTH) - 1))
@settings(max_examples=150)
def test_any_words_do_not_touch(words: list[str], index: int) -> None:
    taken = cycle(words)
    assert faults(with_words(BOTH[index], lambda _: f"x{next(taken)}")) == []


@pytest.mark.parametrize("spec", BOTH, ids=lambda spec: spec.key)
@pytest.mark.parametrize("factor", [0.0, 1e-320, 1e-9, 1e12, 1e300])
def test_any_size_of_number_is_drawn_inside(spec: Spec, factor: float) -> None:
    scaled = with_numbers(spec, lambda value: value * factor)
    scene = seen(scaled)
    for item in scene.items:
        places = (
            [item.at]
            if isinstance(item, Label)
            else [place for ring in item.rings for place in ring]
            if isinstance(item, Area)
            else item.points
            if isinstance(item, Line)
            else item.places
        )
        assert all(-20 <= x <= scene.width + 20 and -20 <= y <= scene.height + 20 for x, y in places), item
    assert faults(scaled) == []


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_a_series_of_any_length_is_drawn(count: int) -> None:
    points = tuple(replace(TREND.points[-1], quarter=f"T{i % 4 + 1} {2000 + i // 4}") for i in range(count))
    for spec in (replace(TREND, points=points), narrowed(replace(TREND, points=points))):
        scene = seen(spec)
        marks = [place for item in scene.items if isinstance(item, Marks) for place in item.places]
        assert len(marks) >= count
        assert faults(spec) == []
        shown = [item.text for item in scene.items if isinstance(item, Label)]
        assert points[-1].quarter.split()[0] in " ".join(shown).split()


def test_titles_are_wrapped_and_never_cut() -> None:
    title = "Un constat " + "vraiment très long " * 12 + "mais entier"
    scene = seen(narrowed(replace(TREND, title=title)))
    lines = [item.text for item in scene.items if isinstance(item, Label) and item.face == "title"]
    assert len(lines) > 5
    assert " ".join(lines) == title


def test_panels_share_one_scale() -> None:
    scene = seen(MULTIPLES)
    heights = {
        round(item.points[0][1], 3)
        for item in scene.items
        if isinstance(item, Line) and item.role == "target" and item.points[0][1] < 200
    }
    assert len(heights) == 1


def test_wrapping_keeps_every_letter_and_no_break_spaces() -> None:
    text = "Délai de 4\u00a0h pour 95\u202f% des cas"
    lines = wrap(text, 90, 13, "Figtree")
    assert " ".join(lines) == text
    assert all(text_width(line, 13, "Figtree") <= 90 for line in lines)
    broken = wrap(LONG_WORD, 60, 13, "Figtree")
    assert "".join(broken) == LONG_WORD
    assert all(text_width(line, 13, "Figtree") <= 60 for line in broken)


def test_a_letter_is_what_a_reader_sees() -> None:
    assert letters("e\u0301👩‍🚀🇫🇷👍🏽a") == ["e\u0301", "👩‍🚀", "🇫🇷", "👍🏽", "a"]


def test_every_typeface_that_ships_was_measured() -> None:
    widest = text_width("Rétablissement", 13, "House Grotesk")
    for font in shipped_fonts():
        assert text_width("Rétablissement", 13, font.family) < widest, "run measure_fonts.py"


def test_unknown_typefaces_are_taken_to_be_wide() -> None:
    known = [text_width("Rétablissement", 13, family) for family in ("Figtree", "Fraunces", "Source Sans 3")]
    assert text_width("Rétablissement", 13, "House Grotesk") > max(known)


def test_blocks_are_moved_apart() -> None:
    middles = spread([10, 12, 11, 90], [10, 10, 10, 10], 0, 100)
    ordered = sorted(middles)
    assert all(b - a >= 10 for a, b in pairwise(ordered))
    assert middles[0] < middles[2] < middles[1]
    assert max(middles) <= 95
