"""Histograms of the values behind an indicator: bins of round width, and never one that tells of few people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from comptoir.measure.measure import measure_catalogue
from comptoir.measure.types import EVERYTHING, Histogram

from ..conftest import MakeProject
from .tables import Q3, TODAY, Row, answer, definition, read, request, tables

SCORE = definition(
    source="surveys", kind="mean", value="score", unit="score-5", direction="higher", by=["service"]
)


def histogram(
    make_project: MakeProject,
    keys: dict[str, object],
    agreement: dict[str, object] | None = None,
    **rows: Iterable[Row],
) -> Histogram | None:
    """The histogram of an indicator in the quarter; no service has one."""
    files: dict[str, object] = {"indicators/definitions/it.yaml": keys}
    if agreement is not None:
        files["catalogue/agreements/sla-standard.yaml"] = agreement
    catalogue = read(make_project, files)
    measurements, problems = measure_catalogue(catalogue, tables(**rows), (Q3,), TODAY, with_histograms=True)
    assert problems == ()
    assert [m for m in measurements if m.scope != EVERYTHING and m.histogram] == []
    found = measurements.get("it", Q3)
    assert found is not None
    return found.histogram


def answers(scores: Iterable[int]) -> list[Row]:
    return [answer(score, respondent=f"r{n}", service="mail") for n, score in enumerate(scores)]


def test_scores_have_a_bin_each_on_the_whole_scale(make_project: MakeProject) -> None:
    found = histogram(make_project, SCORE, surveys=answers([2] * 5 + [3] * 7 + [5] * 9))
    assert found == Histogram(
        edges=tuple(Fraction(2 * n + 1, 2) for n in range(6)), counts=(0, 5, 7, 0, 9), is_open=False
    )


@pytest.mark.parametrize(
    "scores",
    [
        [1] * 2 + [2] * 6 + [3] * 8 + [4] * 9 + [5] * 4,
        [4] * 4 + [5] * 4,
        [4] * 3,
        [1] * 3 + [3] * 4 + [5] * 3,
        [1] + [3] * 40 + [5] * 40,
    ],
)
def test_a_bar_of_few_people_is_no_picture(make_project: MakeProject, scores: list[int]) -> None:
    """Joined bars came apart again: 8, 8 and 13 answers of a mean of 91 ∕ 29 and its deviation are 2, 6, 8, 9 and 4."""
    assert histogram(make_project, SCORE, surveys=answers(scores)) is None


def test_one_person_who_answers_often_is_one(make_project: MakeProject) -> None:
    rows = [answer(1, respondent="same", service="mail") for _ in range(20)]
    often = [*rows, *answers([3] * 9 + [4] * 9 + [5] * 9)]
    assert histogram(make_project, SCORE, surveys=often) is None


def test_durations_are_read_from_zero_and_end_open(make_project: MakeProject) -> None:
    keys = definition(
        kind="quantile", quantile="0.5", value="date_diff('hour', opened, resolved)", unit="hours"
    )
    start = datetime(2026, 8, 3, 9)
    hours = [*range(1, 61), 900]
    rows: list[Row] = [{"opened": start, "resolved": start + timedelta(hours=n)} for n in hours]
    found = histogram(make_project, keys, requests=rows)
    assert found == Histogram(
        edges=tuple(Fraction(5 * n) for n in range(13)),
        counts=(4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7),
        is_open=True,
        median=Fraction(31),
        p90=Fraction(55),
    )


def test_cases_take_a_share_of_their_limit(make_project: MakeProject) -> None:
    """Eight working hours are promised; what takes all of them is kept."""
    promise = {"targets": [{"metric": "ttr", "value": "8", "unit": "working-hours"}]}
    keys = definition(kind="within-target", metric="ttr", unit="percent", direction="higher", by=["service"])
    opened = datetime(2026, 9, 7, 6)  # eight in the morning; the office closes from noon to one, and at five
    spent = (timedelta(minutes=48), timedelta(hours=4), timedelta(hours=9), timedelta(days=1, minutes=1))
    rows: list[Row] = [
        {"opened": opened, "resolved": opened + one, "service": "mail", "priority": "p1"}
        for one in (*spent, timedelta(days=1, hours=4))
    ]
    found = histogram(make_project, keys, promise, requests=rows)
    assert found is not None
    assert found.is_of_limit
    assert found.edges == tuple(Fraction(20 * n) for n in range(11))
    assert sum(found.counts[:5]) == 3
    assert found.counts == (1, 0, 1, 0, 1, 1, 0, 1, 0, 0)


def test_a_total_has_none(make_project: MakeProject) -> None:
    assert histogram(make_project, definition(), requests=[request()]) is None


@pytest.mark.parametrize(
    ("weights", "counts"),
    [((6, 70, 8), (0, 6, 70, 0, 8)), ((6, 70, 2), None), ((Decimal("6.5"), 7, 8), None)],
)
def test_bars_count_people_where_rows_have_weights(
    make_project: MakeProject, weights: tuple[Decimal | int, ...], counts: tuple[int, ...] | None
) -> None:
    """One row of weight 2 is two people; weights of a sample make no bars, which count nobody."""
    rows = [
        answer(score, weight=weight, service="mail") for score, weight in zip((2, 3, 5), weights, strict=True)
    ]
    found = histogram(make_project, SCORE, surveys=rows)
    assert (found.counts if found else None) == counts
