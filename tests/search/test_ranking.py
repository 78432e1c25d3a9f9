"""What people type: words, stems, errors of typing, words that mean the same; and the thirty questions of the demonstration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comptoir.audiences import for_audience
from comptoir.checking import check_project
from comptoir.search.ranking import asked_stems, distance, make_index, plain_words, rank
from comptoir.search.services import find_services, service_index

ROOT = Path(__file__).parents[2]


def first(texts: list[str], question: str) -> list[int]:
    return [document for document, _ in rank(make_index([[(18, text)] for text in texts]), question)]


def test_words_are_small_and_without_accents() -> None:
    assert plain_words("L’Œuvre d'ÉTÉ, n°2_b") == ["l", "oeuvre", "d", "ete", "n", "2", "b"]


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others() -> None:
    assert asked_stems("L'imprimante est en panne") == asked_stems("imprimante")
    assert asked_stems("en panne") == ["pann"]
    assert asked_stems("de la") == ["de", "la"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("vnp", "vpn", 1), ("passwrod", "password", 1), ("a", "", 1), ("kitten", "sitting", 3)],
)
def test_errors_of_typing_are_counted(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == distance(other, one) == expected


def test_errors_stems_and_synonyms_find_and_exact_words_come_first() -> None:
    texts = ["VPN", "imprimante", "mot de passe", "impressions", "salle"]
    assert first(texts, "vnp") == [0]
    assert first(texts, "imprimantes") == [1, 3]
    assert first(texts, "password") == [2]
    assert first(texts, "vxx") == []


def test_short_words_do_not_match_as_beginnings_in_a_sentence() -> None:
    assert first(["entretien", "imprimante"], "imprimante en panne") == [1]


def test_thirty_questions_find_their_service() -> None:
    catalogue, problems = check_project(ROOT, date(2026, 11, 21))
    assert not [problem for problem in problems if problem.rule == "not-found-by-search"]
    site = for_audience(catalogue, "employees")
    questions = [
        (find_services(site, index, search.words.in_language(language)), search.finds)
        for language in ("fr", "en")
        for index in [service_index(site, language)]
        for search in catalogue.searches.values()
    ]
    assert len(questions) == 30
    assert sum(found[0] == wanted[0] for found, wanted in questions) >= 27
    assert all({*wanted} <= {*found[:3]} for found, wanted in questions)
