"""Texts in one language or several."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from comptoir.model.base import Text

DECODE = TypeAdapter(Text)


def test_a_string_is_the_same_everywhere() -> None:
    text = DECODE.validate_python("  Wi-Fi ")
    assert text == Text("Wi-Fi")
    assert text.same_everywhere
    assert text.languages == ()
    assert text.in_language("fr") == text.in_language("en") == "Wi-Fi"
    assert text.variants() == (("", "Wi-Fi"),)


def test_one_text_a_language() -> None:
    text = DECODE.validate_python({"fr": "Courrier", "en": " Mail"})
    assert text == Text({"en": "Mail", "fr": "Courrier"})
    assert hash(text) == hash(Text({"en": "Mail", "fr": "Courrier"}))
    assert not text.same_everywhere
    assert text.languages == ("en", "fr")
    assert text.in_language("fr") == "Courrier"
    assert text.in_language("de") == "Mail"


def test_a_text_does_not_change() -> None:
    with pytest.raises(AttributeError, match="does not change"):
        Text("x").anything = 1  # type: ignore[attr-defined]


def test_it_goes_out_as_it_came_in() -> None:
    for written in ("Mail", {"en": "Mail", "fr": "Courrier"}):
        assert DECODE.dump_python(DECODE.validate_python(written)) == written


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "text is missing"),
        ("  ", "text is missing"),
        ({}, "expected text, or one text a language such as {fr: …, en: …}"),
        (["x"], "expected text, or one text a language such as {fr: …, en: …}"),
        (None, "expected text, or one text a language such as {fr: …, en: …}"),
        ({"fr": " "}, "the text in 'fr' is missing"),
        ({"fr": ["x"]}, "the text in 'fr' is missing"),
        ({"fra": "x"}, "'fra' is not a two-letter language code"),
        ({"FR": "x"}, "'FR' is not a two-letter language code"),
        ({"éè": "x"}, "'éè' is not a two-letter language code"),
    ],
)
def test_what_is_not_a_text(written: object, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DECODE.validate_python(written)
    assert [error["msg"] for error in refused.value.errors()] == [message]
