"""What charts say: titles that state the finding, and sentences for who does not see the picture."""

from __future__ import annotations

import pytest

from comptoir.content.chart_sentences import services_sentence, services_title, trend_sentence, trend_title
from comptoir.measure.types import Measurement, Status

from .measured import NOW, THIN, measured, speech


def series(*statuses: Status) -> tuple[Measurement, ...]:
    return tuple(
        measured(90 + index, status, quarter=NOW.shift(index - len(statuses) + 1))
        for index, status in enumerate(statuses)
    )


MET, MISSED = Status.MET, Status.MISSED


@pytest.mark.parametrize(
    ("statuses", "french", "english"),
    [
        (
            (MET, MISSED, MET),
            "L’objectif a été tenu 2 trimestres sur 3",
            "The target was met in 2 quarters of 3",
        ),
        (
            (MISSED, MISSED, MET),
            "L’objectif a été tenu un trimestre sur 3",
            "The target was met in one quarter of 3",
        ),
        ((MET, MET), "L’objectif a été tenu 2 trimestres sur 2", "The target was met in each of 2 quarters"),
        (
            (MISSED, MISSED),
            "L’objectif n’a été tenu dans aucun des 2 trimestres",
            "The target was missed in each of 2 quarters",
        ),
        ((MET,), "Trop peu de trimestres pour une tendance", "Too few quarters for a trend"),
    ],
)
def test_titles_of_trends(statuses: tuple[Status, ...], french: str, english: str) -> None:
    assert trend_title(speech("fr"), series(*statuses)) == french
    assert trend_title(speech("en"), series(*statuses)) == english


def test_a_trend_without_targets_says_from_where_to_where() -> None:
    unjudged = tuple(
        measured(value, Status.NO_VERDICT, quarter=NOW.shift(back), target=None)
        for back, value in ((-1, 91.0), (0, 94.0))
    )
    assert trend_title(speech("en"), unjudged) == "From 91.0% to 94.0% between Q2 2026 and Q3 2026"


def test_sentences_of_trends() -> None:
    found = series(MET, MET)
    assert trend_sentence(speech("en"), found) == (
        "Trial: from 90.0% in Q2 2026 to 91.0% in Q3 2026; the target is met; target: at least 90%."
    )
    nothing = (measured(None, Status.MISSING), None)
    assert trend_sentence(speech("fr"), nothing) == "Essai\u00a0: aucune mesure sur la période."


@pytest.mark.parametrize(
    ("statuses", "french", "english"),
    [
        ((MET, MET, MISSED), "2 services sur 3 tiennent leur objectif", "2 services of 3 meet their target"),
        ((MET, MISSED, MISSED), "Un service sur 3 tient son objectif", "One service of 3 meets its target"),
        (
            (MISSED, MISSED),
            "Aucun des 2 services ne tient son objectif",
            "None of 2 services meets its target",
        ),
        ((MET, MET), "Les 2 services tiennent leur objectif", "All 2 services meet their target"),
        ((MET,), "Le seul service jugé tient son objectif", "The only service judged meets its target"),
        ((Status.INDICATIVE,) * 2, "Service par service", "Service by service"),
    ],
)
def test_titles_of_breakdowns(statuses: tuple[Status, ...], french: str, english: str) -> None:
    found = {f"s{index}": measured(90 + index, status) for index, status in enumerate(statuses)}
    assert services_title(speech("fr"), found) == french
    assert services_title(speech("en"), found) == english


def test_what_few_cases_carry_is_neither_best_nor_worst() -> None:
    found = {
        "a": measured(95.0),
        "b": measured(80.0, Status.MISSED),
        "c": measured(0, Status.INDICATIVE, n=1),
    }
    said = services_sentence(
        speech("fr"),
        services_title(speech("fr"), found),
        found,
        {"a": "Un", "b": "Deux", "c": "Trois"},
        "T3 2026",
    )
    assert said == (
        f"Essai\u00a0: Un service sur 2 tient son objectif, de 80,0{THIN}% (Deux) à 95,0{THIN}% (Un) au T3 2026."
    )
