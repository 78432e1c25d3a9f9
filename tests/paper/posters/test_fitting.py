"""Text in lines: where it breaks, and how large it may be."""

from __future__ import annotations

import pytest

from comptoir.charts.metrics import text_width
from comptoir.paper.posters.fitting import Fitted, PosterFace, largest, lines_of

FACE = PosterFace("Figtree", False)


def test_lines_break_at_spaces_and_not_at_no_break_ones() -> None:
    assert lines_of("Portail des ressources humaines", 12, FACE) == ("Portail des ressources", "humaines")
    assert lines_of("Prix\u00a0: 12\u00a0€ par mois", 5.5, FACE) == ("Prix\u00a0: 12\u00a0€", "par mois")


def test_an_empty_text_has_no_line() -> None:
    assert lines_of("", 5, FACE) == ()


def test_a_word_of_everyday_length_is_not_broken() -> None:
    assert lines_of("Accompagnement", 3, FACE) is None


@pytest.mark.parametrize("word", ["x" * 80, "\u0645" * 40, "👩\u200d🔬" * 30, "e\u0301" * 30])
def test_a_longer_word_is_broken_between_what_a_reader_sees_as_letters(word: str) -> None:
    lines = lines_of(word, 6, FACE)
    assert lines is not None and "".join(lines) == word
    assert all(text_width(line, 1, "Figtree") <= 6 for line in lines)
    assert not any(line.startswith(("\u200d", "\u0301")) for line in lines)


def test_an_address_is_broken_after_a_sign() -> None:
    assert lines_of("catalogue.institut-meridien.example", 11, FACE) == (
        "catalogue.institut-",
        "meridien.example",
    )


def test_a_text_is_as_large_as_its_place_allows() -> None:
    short = largest("Le numérique.", 300, 40, FACE, (30, 6))
    assert short == Fitted(30, ("Le numérique.",))
    long = largest("Dites ce que vous voulez faire, nous nous occupons du numérique.", 300, 40, FACE, (30, 6))
    assert long.size < 30 and len(long.lines) * long.size * 1.18 <= 40 and long.over == 0


def test_what_does_not_fit_in_the_smallest_letters_is_counted() -> None:
    found = largest("un deux trois", 4, 6, FACE, (6, 5))
    assert found.size == 5 and found.over > 0
    assert "".join(found.lines).replace(" ", "") == "undeuxtrois"
