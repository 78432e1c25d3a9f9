"""Typography, numbers and dates of the two languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.wording import language, plain_words

N, F = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Qui ?", f"Qui{N}?"),
        ("Qui?", f"Qui{N}?"),
        ("Vite ! Oui ; non.", f"Vite{N}! Oui{N}; non."),
        ("Ainsi : voilà", f"Ainsi{F}: voilà"),
        ("Ainsi: voilà", f"Ainsi{F}: voilà"),
        ("« mot »", f"«{N}mot{N}»"),
        ("«mot»", f"«{N}mot{N}»"),
        ("l'imprimante d’étage", "l’imprimante d’étage"),
        ("90 %", f"90{N}%"),
        ("le lecteur S: et 18:00", "le lecteur S: et 18:00"),
        ("https://x.example/?a=1;b=2", "https://x.example/?a=1;b=2"),
        ("Quoi ?!", f"Quoi{N}?!"),
        ("nul\x00 \x1b[31m", "nul [31m"),
    ],
)
def test_french(written: str, set_: str) -> None:
    assert language("fr").typeset(written) == set_
    assert language("fr").typeset(set_) == set_


def test_english_keeps_its_spaces() -> None:
    assert language("en").typeset("What? It's here: now!") == "What? It’s here: now!"


def test_html_is_typeset_outside_code_and_attributes() -> None:
    html = '<p>Où ? <a href="https://x.example/? a">ici !</a> <code>a ? b : c</code> &amp; l\'eau &lt;b&gt; ?</p>'
    assert language("fr").typeset_html(html) == (
        f'<p>Où{N}? <a href="https://x.example/? a">ici{N}!</a> <code>a ? b : c</code> &amp; l’eau &lt;b&gt; ?</p>'
    )


def test_punctuation_after_a_link_goes_with_it() -> None:
    assert language("fr").typeset_html("<p><a>lien</a> ; puis <em>mot</em> : fin</p>") == (
        f"<p><a>lien</a>{N}; puis <em>mot</em>{F}: fin</p>"
    )


def test_a_text_keeps_its_own_no_break_spaces() -> None:
    assert language("fr").typeset(f" 12{F}pas \n et\tplus ") == f"12{F}pas et plus"


def test_zero_is_singular_in_french_only() -> None:
    assert language("fr").ngettext("%(num)s service", "%(num)s services", 0) == "%(num)s service"
    assert language("en").ngettext("%(num)s service", "%(num)s services", 0) == "%(num)s services"
    assert language("fr").ngettext("%(num)s service", "%(num)s services", Decimal("1.5")) == "%(num)s service"
    assert (
        language("en").ngettext("%(num)s service", "%(num)s services", Decimal("1.5")) == "%(num)s services"
    )


def test_numbers_and_money() -> None:
    french, english = language("fr"), language("en")
    assert french.number(Decimal("99.5")) == "99,5"
    assert french.number(12500) == f"12{N}500"
    assert french.money(Decimal("1150.00"), "EUR") == f"1{N}150{F}€"
    assert french.money(Decimal("12.5"), "EUR") == f"12,50{F}€"
    assert english.money(Decimal("1150"), "EUR") == "€1,150"
    assert english.money(Decimal("0.05"), "GBP") == "£0.05"


def test_a_number_is_written_the_same_whatever_was_written_before() -> None:
    french = language("fr")
    assert [french.fixed(Decimal(text), 1) for text in ("0", "-0", "0.0")] == ["0,0", "-0,0", "0,0"]
    assert [french.number(value) for value in (94, Decimal("94.0"), Decimal(94))] == ["94"] * 3
    assert [language(code).fixed(Decimal("94.25"), 2) for code in ("fr", "en")] == ["94,25", "94.25"]


def test_dates() -> None:
    assert language("fr").day(date(2026, 10, 31)) == f"31{F}octobre 2026"
    assert language("fr").day(date(2026, 1, 1)) == f"1ᵉʳ{F}janvier 2026"
    assert language("en").weekday_and_day(date(2026, 10, 31)) == f"Saturday 31{F}October 2026"


def test_lists() -> None:
    assert language("fr").list_of(("a", "b", "c")) == "a, b et c"
    assert language("en").list_of(("a", "b")) == "a and b"
    assert language("en").list_of(()) == ""


def test_plain_words_have_neither_accents_nor_marks() -> None:
    assert plain_words("L’Œuvre d'Élan : Wi-Fi !") == ("l", "oeuvre", "d", "elan", "wi", "fi")


@pytest.mark.parametrize(
    ("minute", "french", "english"),
    [
        (480, "8\u00a0h", "8:00"),
        (1110, "18\u00a0h\u00a030", "18:30"),
        (5, "0\u00a0h\u00a005", "0:05"),
        (1440, "24\u00a0h", "24:00"),
    ],
)
def test_time_of_day(minute: int, french: str, english: str) -> None:
    assert language("fr").clock(minute) == french
    assert language("en").clock(minute) == english


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (1, f"1{N}ko", "1 kB"),
        (86_247, f"86{N}ko", "86 kB"),
        (999_499, f"999{N}ko", "999 kB"),
        (999_500, f"1{N}Mo", "1 MB"),
        (1_692_002, f"1,7{N}Mo", "1.7 MB"),
    ],
)
def test_size_of_files(size: int, french: str, english: str) -> None:
    assert language("fr").file_size(size) == french
    assert language("en").file_size(size) == english
