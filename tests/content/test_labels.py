"""Promises as sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comptoir.content.labels import promise, quantity
from comptoir.model.agreements import UNITS_OF_METRIC, Target
from comptoir.model.terms import Metric, Priority, Unit
from comptoir.wording import language
from tests.content.samples import base_catalogue

FRENCH, ENGLISH = language("fr"), language("en")
N, F = "\u202f", "\u00a0"


def target(
    metric: Metric, value: str, unit: Unit, share: str | None = None, priority: str | None = None
) -> Target:
    return Target(
        metric=metric,
        value=Decimal(value),
        unit=unit,
        share=Decimal(share) if share else None,
        priority=Priority(priority) if priority else None,
    )


def test_sentences() -> None:
    ttr = target(Metric.TTR, "4", Unit.WORKING_HOURS, "90", "p1")
    assert (
        promise(ttr, base_catalogue(), FRENCH)
        == f"Nous résolvons 90{N}% des incidents critiques en moins de 4{F}heures ouvrées."
    )
    assert (
        promise(ttr, base_catalogue(), ENGLISH)
        == f"We solve 90% of critical incidents within 4{F}working hours."
    )
    up = target(Metric.AVAILABILITY, "99.5", Unit.PERCENT)
    assert promise(up, base_catalogue(), FRENCH).startswith(
        f"Le service fonctionne au moins 99,5{N}% du temps"
    )
    few = target(Metric.RELIABILITY, "1", Unit.INCIDENTS_PER_QUARTER)
    assert promise(few, base_catalogue(), FRENCH) == f"Pas plus de 1{F}incident par trimestre."
    assert promise(few, base_catalogue(), ENGLISH) == f"No more than 1{F}incident a quarter."


@pytest.mark.parametrize("metric", Metric)
def test_every_metric_and_unit_has_a_sentence_in_both_languages(metric: Metric) -> None:
    nothing = base_catalogue()
    for unit in UNITS_OF_METRIC[metric]:
        for share in (None, "95"):
            for priority in (None, "p2"):
                promised = target(metric, "3", unit, share, priority)
                sentences = {promise(promised, nothing, spoken) for spoken in (FRENCH, ENGLISH)}
                assert len(sentences) == 2
                assert not any("{" in sentence or "  " in sentence for sentence in sentences)


def test_quantities() -> None:
    assert quantity(Decimal("1"), Unit.WORKING_DAYS, FRENCH) == f"1{F}jour ouvré"
    assert quantity(Decimal("1.5"), Unit.HOURS, FRENCH) == f"1,5{F}heure"
    assert quantity(Decimal("1.5"), Unit.HOURS, ENGLISH) == f"1.5{F}hours"
    assert quantity(Decimal("4.2"), Unit.SCORE_5, FRENCH) == f"4,2{F}sur{F}5"
