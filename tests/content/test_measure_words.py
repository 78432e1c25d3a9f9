"""Measurements in words, in both languages: numbers, verdicts, changes and findings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.verdicts import Verdict, is_better
from comptoir.content.measure_words import (
    UNIT_NAMES,
    VERDICTS,
    change_words,
    finding_words,
    interval_words,
    status_word,
    target_words,
    value_words,
)
from comptoir.measure.shown import round_half_even
from comptoir.measure.types import Reason, Status
from comptoir.model.metrics import IndicatorUnit
from comptoir.periods import Quarter, parse_period
from comptoir.wording import language

from .measured import FIXED, THIN, compared, measured, speech


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "french", "english"),
    [
        ("percent", 1, "94.24", f"94,2{THIN}%", "94.2%"),
        ("percent", 1, "94", f"94,0{THIN}%", "94.0%"),
        ("percent", 2, "100", f"100{THIN}%", "100%"),
        ("percent", 1, "0", f"0{THIN}%", "0%"),
        ("number", 0, "5864", f"5{THIN}864", "5,864"),
        ("points", 0, "33.9", f"+34{FIXED}points", f"+34{FIXED}points"),
        ("points", 0, "-12", f"−12{FIXED}points", f"−12{FIXED}points"),
        ("score-5", 2, "4.014", f"4,01{FIXED}sur{FIXED}5", f"4.01{FIXED}out{FIXED}of{FIXED}5"),
        ("seconds", 0, "46.2", f"46{FIXED}s", f"46{FIXED}s"),
        ("working-hours", 1, "6.66", f"6,7{FIXED}h{FIXED}ouvrées", f"6.7{FIXED}working{FIXED}h"),
        ("working-days", 0, "1", f"1{FIXED}jour{FIXED}ouvré", f"1{FIXED}working{FIXED}day"),
        ("days", 1, "1.5", f"1,5{FIXED}jour", f"1.5{FIXED}days"),
        ("currency", 0, "64878", f"64{THIN}878{FIXED}€", "€64,878"),
        ("per-thousand", 1, "12.34", f"12,3{THIN}‰", "12.3‰"),
    ],
)
def test_values(unit: str, decimals: int, value: str, french: str, english: str) -> None:
    keys = {"unit": unit, "decimals": decimals}
    assert speech("fr", **keys).value(Decimal(value)) == french
    assert speech("en", **keys).value(Decimal(value)) == english


def test_every_unit_and_status_has_its_words() -> None:
    assert set(UNIT_NAMES) == set(IndicatorUnit)
    assert set(VERDICTS) == set(Verdict)


def test_rounding_is_to_the_even_neighbour() -> None:
    assert [round_half_even(Fraction(n, 20), 1) for n in (1, 3, 5)] == [
        Decimal("0.0"),
        Decimal("0.2"),
        Decimal("0.2"),
    ]
    assert str(round_half_even(Fraction(94), 2)) == "94.00"
    assert [str(round_half_even(Decimal(text), 0)) for text in ("-2.5", "-1.5", "0.5", "7")] == [
        "-2",
        "-2",
        "0",
        "7",
    ]


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_numbers_are_rounded_to_the_nearest(value: Fraction, decimals: int) -> None:
    rounded = round_half_even(value, decimals)
    assert Fraction(rounded) == round(value, decimals)
    assert rounded.as_tuple().exponent == -decimals


def test_a_value_does_not_look_like_the_target_that_it_misses() -> None:
    missed = measured(89.96, Status.MISSED)
    assert value_words(speech(), missed) == f"89,96{THIN}%"
    assert value_words(speech(), measured(89.96, Status.MET)) == f"90,0{THIN}%"
    assert value_words(speech(), measured(85.1, Status.MISSED)) == f"85,1{THIN}%"
    assert value_words(speech(), measured(None, Status.MISSING)) == ""


def test_intervals_and_targets() -> None:
    found = measured(94.2)
    assert interval_words(speech(), found) == f"de 92,2 à 96,2{THIN}%"
    assert interval_words(speech("en"), found) == "92.2 to 96.2%"
    assert interval_words(speech(), measured(None, Status.MISSING)) == ""
    assert target_words(speech(), found) == f"au moins 90{THIN}%"
    assert target_words(speech("en", direction="lower"), measured(3, target="2.5")) == "at most 2.5%"
    assert target_words(speech(), measured(3, target=None)) == ""


def test_verdicts() -> None:
    assert status_word(speech(), measured(95)) == "Tenu"
    assert status_word(speech("en"), measured(80, Status.MISSED)) == "Missed"
    assert status_word(speech(), measured(5, Status.NO_VERDICT, target=None)) == "Sans objectif"
    gap = measured(5, Status.NO_VERDICT, reason=Reason.GAP)
    assert status_word(speech("en"), gap) == "No verdict"


@pytest.mark.parametrize(
    ("comparison", "french", "english"),
    [
        (compared(91, 94.2, 0.01), f"en hausse de 3,2{FIXED}points", f"up 3.2{FIXED}points"),
        (compared(95.2, 94.2, 0.01), f"en baisse de 1,0{FIXED}point", f"down 1.0{FIXED}point"),
        (compared(91, 94.2, 0.2), "pas de changement notable", "no notable change"),
        (compared(91, 94.2, None), f"contre 91,0{THIN}% au T2 2026", "91.0% in Q2 2026"),
        (None, "rien à quoi comparer", "nothing to compare with"),
    ],
)
def test_changes_are_claimed_only_when_a_test_tells_them_from_chance(
    comparison: object, french: str, english: str
) -> None:
    found = measured(94.2)
    assert change_words(speech("fr"), found, comparison) == french  # type: ignore[arg-type]
    assert change_words(speech("en"), found, comparison) == english  # type: ignore[arg-type]


def test_no_change_is_told_of_what_has_no_value() -> None:
    assert change_words(speech(), measured(None, Status.SUPPRESSED), None) == ""


def test_which_way_is_better() -> None:
    up = compared(91, 94.2, 0.01)
    assert is_better(speech().indicator, up) is True
    assert is_better(speech(direction="lower").indicator, up) is False
    assert is_better(speech(direction="neither").indicator, up) is None
    assert is_better(speech().indicator, compared(91, 94.2, 0.3)) is None


@pytest.mark.parametrize(
    ("status", "comparison", "french", "english"),
    [
        (Status.MET, None, "l’objectif est tenu", "the target is met"),
        (
            Status.MET,
            compared(96, 94, 0.01),
            "l’objectif est tenu, mais le résultat recule",
            "the target is met, but the result is slipping",
        ),
        (
            Status.MISSED,
            compared(92, 94, 0.01),
            "l’objectif n’est pas tenu, mais le résultat progresse",
            "the target is missed, but the result is improving",
        ),
        (
            Status.INDICATIVE,
            compared(92, 94, 0.01),
            "trop peu de cas pour juger",
            "too few cases to judge by",
        ),
        (
            Status.NO_VERDICT,
            None,
            f"94,0{THIN}% au 3ᵉ{FIXED}trimestre{FIXED}2026",
            f"94.0% in Q3{FIXED}2026",
        ),
    ],
)
def test_findings(status: Status, comparison: object, french: str, english: str) -> None:
    found = measured(94, status, previous=comparison)  # type: ignore[arg-type]
    assert finding_words(speech("fr"), found) == french
    assert finding_words(speech("en"), found) == english


def test_quarters() -> None:
    assert language("fr").period(Quarter(2026, 1)) == f"1ᵉʳ{FIXED}trimestre{FIXED}2026"
    assert language("en").period(Quarter(2026, 1)) == f"Q1{FIXED}2026"
    assert language("fr").short_period(Quarter(2026, 4)) == "T4 2026"


@pytest.mark.parametrize(
    ("text", "french", "english", "short_french", "short_english"),
    [
        ("2026-02", "février 2026", "February 2026", "févr. 2026", "Feb 2026"),
        ("2026-H1", f"1ᵉʳ{FIXED}semestre{FIXED}2026", f"H1{FIXED}2026", "S1 2026", "H1 2026"),
        ("2026", "2026", "2026", "2026", "2026"),
        (
            "2026-04..2027-03",
            "avril 2026 – mars 2027",
            "April 2026 – March 2027",
            "avr. 2026–mars 2027",
            "Apr 2026–Mar 2027",
        ),
    ],
)
def test_other_periods(text: str, french: str, english: str, short_french: str, short_english: str) -> None:
    period = parse_period(text)
    assert (language("fr").period(period), language("en").period(period)) == (french, english)
    assert (language("fr").short_period(period), language("en").short_period(period)) == (
        short_french,
        short_english,
    )
