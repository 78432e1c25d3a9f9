"""Two measurements compared: the same test as measuring gives, from what measurements carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from comptoir.build import check_project
from comptoir.measure.comparing import compare_measurements, sample_of
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.statistics import Method, compare_proportions, estimate_proportion
from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Reason, Status, Uncertainty
from comptoir.periods import Quarter

from ..conftest import MakeProject

Q3 = Quarter(2026, 3)


def share(above: int, below: int) -> Measurement:
    value = Fraction(100 * above, below)
    return Measurement(
        indicator="share",
        quarter=Q3,
        scope=EVERYTHING,
        status=Status.NO_VERDICT,
        reason=Reason.NO_TARGET,
        value=value,
        numerator=Fraction(above),
        denominator=Fraction(below),
        n=below,
        interval=Uncertainty(value, value, "Wilson"),
    )


def test_shares_are_compared_as_the_statistics_do() -> None:
    change = compare_measurements(share(70, 100), share(90, 100))
    expected = compare_proportions(estimate_proportion(70, 100), estimate_proportion(90, 100))
    assert (change.difference, change.p, change.method) == (20, expected.p, Method.TWO_PROPORTIONS)
    assert change.significant


def test_a_value_without_a_test_changes_without_a_claim() -> None:
    before, after = (replace(share(count, 100), interval=None) for count in (7, 12))
    change = compare_measurements(before, after)
    assert (change.difference, change.p, change.method) == (5, None, Method.NONE)
    assert not change.significant


def test_what_is_missing_has_no_difference() -> None:
    nothing = replace(share(1, 2), value=None, interval=None)
    assert compare_measurements(nothing, share(1, 2)).difference is None
    assert compare_measurements(share(1, 2), nothing).difference is None
    assert sample_of(nothing) is None


@pytest.fixture
def measured(make_project: MakeProject) -> Measurements:
    """A share, a mean and a net promoter score over two quarters of the same twelve answers."""
    answers = "".join(
        f"2026-0{month}-{day:02d},mail,p{month}{day},{question},{score}\n"
        for month, shift in ((5, 0), (8, 2))
        for day in range(1, 13)
        for question, score in (
            ("satisfaction", 1 + (day + shift) % 5),
            ("recommend", (day * 3 + shift) % 11),
        )
    )
    columns = {"date": {}, "service": {}, "respondent": {}, "question": {}, "score": {}}
    project = make_project(
        keys={
            "indicators/sources/survey.yaml": {
                "role": "surveys",
                "name": {"fr": "Enquête", "en": "Survey"},
                "files": ["survey.csv"],
                "columns": columns,
            },
            "indicators/data/survey.csv": f"date,service,respondent,question,score\n{answers}",
            "indicators/definitions/satisfaction.yaml": {"use": "satisfaction"},
            "indicators/definitions/nps.yaml": {"use": "nps"},
            "indicators/definitions/satisfied-users.yaml": {"use": "satisfied-users"},
        }
    )
    today = date(2026, 10, 15)
    catalogue, problems = check_project(project, today)
    assert problems == ()
    return measure_project(catalogue, data_places(project, None), Q3.latest(2), today).measurements


@pytest.mark.parametrize("indicator", ["satisfaction", "nps", "satisfied-users"])
def test_the_change_is_that_which_measuring_found(measured: Measurements, indicator: str) -> None:
    before, after = (measured.get(indicator, quarter) for quarter in Q3.latest(2))
    assert before is not None and after is not None and after.previous is not None
    found, expected = compare_measurements(before, after), after.previous.change
    assert (found.difference, found.method) == (expected.difference, expected.method)
    assert found.method is not Method.NONE
    assert found.p == pytest.approx(expected.p, rel=1e-9)
