"""Sentences of reports on other periods than quarters: every one that speaks of quarters, in each language and kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from comptoir.periods import Quarter, parse_period
from comptoir.wording import Language, language

CATALOGUE = Path(__file__).parents[2] / "generator/comptoir/wording/locale/en/LC_MESSAGES/comptoir.po"
BAD = re.compile(
    r"\b(le|du|au|ce|un|de|que|aucun|premier) (années?|période)\b|(année|période)s? (précédent|suivant|entier|dernier)\b"
)


def messages() -> list[tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        ids = [one.id if isinstance(one.id, tuple) else (one.id,) for one in read_po(file)]
    return [
        one
        for one in ids
        if "trimestre" in one[0].lower()
        and not re.match(r"[12]|trimestres?=|\dᵉ|trimestre précédent=", one[0])
    ]


def said_of(spoken: Language, one: tuple[str, ...], n: int) -> str:
    return spoken.gettext(one[0]) if len(one) == 1 else spoken.ngettext(one[0], one[1], n)


@pytest.mark.parametrize("period", ["2026-09", "2026-H1", "2026", "2025-10..2026-03", "2026-02..2026-12"])
@pytest.mark.parametrize("code", ["fr", "en"])
def test_no_sentence_says_quarter_for_another_period(period: str, code: str) -> None:
    spoken = language(code).about(parse_period(period))
    found = messages()
    assert len(found) > 40
    for one in found:
        for n in range(1, len(one) + 1):
            said = said_of(spoken, one, n)
            bare = re.sub(r"[{(]\w+[)}]", "", said)
            assert not re.search("trimestr|quarter", bare, re.IGNORECASE), said
            assert not BAD.search(said.lower()), said
            places = r"[{(]\w+[)}]"
            assert re.findall(places, said) == re.findall(places, said_of(language(code), one, n))


def test_sentences_agree_with_their_period() -> None:
    year, month = (language("fr").about(parse_period(text)) for text in ("2026", "2026-09"))
    assert (
        year.gettext("Ce qui a changé depuis le trimestre précédent")
        == "Ce qui a changé depuis l’année précédente"
    )
    assert (
        year.gettext("Rien ne s'ouvre ni ne s'arrête ce trimestre.")
        == "Rien ne s’ouvre ni ne s’arrête cette année."
    )
    assert month.say("Aucune mesure au {quarter}.", quarter="mai 2026") == "Aucune mesure en mai 2026."
    assert language("en").about(parse_period("2026-H1")).gettext("Trimestre") == "Half-year"
    assert year.about(Quarter(2026, 1)) == language("fr")
