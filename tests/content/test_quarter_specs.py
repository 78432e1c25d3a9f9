"""Charts of one quarter: coverage and amounts of services, with what they say and what they keep quiet."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from comptoir.charts import ChartNumber, CoverageChart
from comptoir.content.quarter_sentences import coverage_title, pareto_title, promises_title, share_words
from comptoir.content.quarter_specs import (
    amounts_by_service,
    coverage_by_maturity,
    parts_of_score,
    segments_against_target,
)
from comptoir.measure.types import Measurement, Measurements, Scope, ScoreParts, Status
from comptoir.model.catalogue import Catalogue
from comptoir.model.terms import Maturity
from comptoir.site import Results, chart_specs

from .measured import MAIL, NOW, THIN, WIFI, indicator, measured, speech
from .samples import base_catalogue

COVERED = {"source": "usage", "kind": "coverage", "numerator": None}
COUNTED = {"kind": "count", "numerator": None, "unit": "number", "decimals": 0, "direction": "neither"}
SCORED = {
    "source": "surveys",
    "kind": "nps",
    "numerator": None,
    "value": "score",
    "unit": "points",
    "decimals": 0,
}


def services(*maturities: Maturity | None) -> Catalogue:
    """The base case with a service of each maturity: s0, s1…"""
    base = base_catalogue()
    model = base.services["mail"]
    made = {
        f"s{index}": model.model_copy(update={"id": f"s{index}", "maturity": maturity})
        for index, maturity in enumerate(maturities)
    }
    return replace(base, services=MappingProxyType(made))


def results_of(*found: Measurement, **keys: object) -> Results:
    definition = MappingProxyType({"trial": indicator("trial", **keys)})
    return Results(Measurements(found, definition, NOW.latest(8)), NOW)


def each(*values: float | None, status: Status = Status.NO_VERDICT) -> tuple[Measurement, ...]:
    """The measurement of each service: no value is one withheld."""
    return tuple(
        measured(
            value,
            Status.SUPPRESSED if value is None else status,
            scope=Scope(service=f"s{index}"),
            target=None,
            numerator=None if value is None else Fraction(str(value)) * 10,
            denominator=None if value is None else Fraction(1000),
        )
        for index, value in enumerate(values)
    )


def test_services_are_grouped_by_maturity_and_only_mature_ones_have_a_band() -> None:
    catalogue = services(Maturity.MATURE, Maturity.LAUNCH, None, Maturity.MATURE)
    chart = coverage_by_maturity(
        catalogue, results_of(*each(91.2, 4, None, 85), **COVERED), speech("fr", **COVERED)
    )
    assert isinstance(chart, CoverageChart)
    assert [(group.name, len(group.rows), group.band is not None) for group in chart.groups] == [
        ("Lancement", 1, False),
        ("Maturité", 2, True),
        ("Maturité non précisée", 1, False),
    ]
    band = chart.groups[1].band
    assert band is not None
    assert (band.lower.value, band.upper.text) == (0.9, f"95{THIN}%")
    withheld = chart.groups[2].rows[0]
    assert (withheld.value, withheld.absence) == (None, "non montré")
    assert chart.groups[0].rows[0].value is not None
    assert chart.title == f"Un service mûr sur 2 atteint 90{THIN}% de couverture"
    assert chart.alternative.startswith("Essai, 3ᵉ\u00a0trimestre\u00a02026\u00a0:")
    assert f"à 85,0{THIN}%." in chart.alternative


def test_services_that_nobody_could_use_are_no_part_of_the_coverage() -> None:
    nobody = replace(measured(None, Status.MISSING, scope=Scope(service="s2"), target=None), n=0)
    before = measured(50, Status.NO_VERDICT, scope=Scope(service="s2"), target=None, quarter=NOW.previous)
    found = results_of(*each(95, 97), nobody, before, **COVERED)
    chart = coverage_by_maturity(services(*[Maturity.MATURE] * 3), found, speech("en", **COVERED))
    assert chart is not None
    assert [len(group.rows) for group in chart.groups] == [2]
    assert chart.title == "All 2 mature services reach 90% coverage"


def test_coverage_is_drawn_only_of_several_services() -> None:
    found = results_of(*each(95, None), **COVERED)
    assert coverage_by_maturity(services(Maturity.MATURE, None), found, speech("en", **COVERED)) is None


def test_coverage_without_mature_services_says_from_where_to_where() -> None:
    found = results_of(*each(12, 40), **COVERED)
    chart = coverage_by_maturity(services(Maturity.LAUNCH, None), found, speech("en", **COVERED))
    assert chart is not None
    assert chart.title == "From 12.0% to 40.0%"


def test_each_indicator_of_coverage_has_its_chart_in_both_widths() -> None:
    found = results_of(
        *(replace(m, scope=scope) for m, scope in zip(each(95, 40), (MAIL, WIFI), strict=True)), **COVERED
    )
    specs = chart_specs(base_catalogue(), found)
    assert {name for name in specs if "coverage" in name} == {
        f"{code}-coverage-trial{width}" for code in ("fr", "en") for width in ("", "-narrow")
    }


@pytest.mark.parametrize(
    ("reached", "mature", "french", "english"),
    [
        (1, 1, "Le seul service mûr mesuré atteint", "The only mature service measured reaches 90% coverage"),
        (0, 1, "Le seul service mûr mesuré n’atteint pas", "The only mature service measured does not reach"),
        (0, 3, "Aucun des 3 services mûrs n’atteint", "None of 3 mature services reaches 90% coverage"),
        (2, 3, "2 services mûrs sur 3 atteignent", "2 of 3 mature services reach 90% coverage"),
    ],
)
def test_titles_of_coverage(reached: int, mature: int, french: str, english: str) -> None:
    low = Fraction(9, 10)
    assert coverage_title(speech("fr"), reached, mature, low).startswith(french)
    assert coverage_title(speech("en"), reached, mature, low).startswith(english)


def test_shares_are_written_as_the_language_does() -> None:
    assert share_words(speech("fr"), Fraction(813, 1000), 1) == f"81,3{THIN}%"
    assert share_words(speech("en"), Fraction(813, 1000)) == "81%"


def test_services_are_ranked_with_their_classes_and_cumulative_shares() -> None:
    found = results_of(*each(10, 60, 25, 5), **COUNTED)
    chart = amounts_by_service(services(*[None] * 4), found, speech("fr", **COUNTED))
    assert chart is not None
    assert [(row.value.text, row.cumulative.text, row.category) for row in chart.rows] == [
        ("60", f"60,0{THIN}%", "A"),
        ("25", f"85,0{THIN}%", "A"),
        ("10", f"95,0{THIN}%", "B"),
        ("5", f"100,0{THIN}%", "C"),
    ]
    assert chart.title == f"2 services sur 4 font 85,0{THIN}% du total"
    assert f"avec 60,0{THIN}%." in chart.alternative


def test_a_service_without_a_value_is_no_zero_and_has_no_row() -> None:
    missing = measured(None, Status.MISSING, scope=Scope(service="s2"), target=None)
    found = results_of(*each(10, 60), missing, **COUNTED)
    chart = amounts_by_service(services(*[None] * 3), found, speech("en", **COUNTED))
    assert chart is not None
    assert len(chart.rows) == 2
    assert chart.title == "One service of 2 makes 85.7% of the total"


@pytest.mark.parametrize("values", [(10, None, 60), (10,), (0, 0), (10, -2, 60)])
def test_no_shares_are_told_of_a_whole_that_is_not_known(values: tuple[float | None, ...]) -> None:
    found = results_of(*each(*values), **COUNTED)
    assert amounts_by_service(services(*[None] * 3), found, speech("en", **COUNTED)) is None


def test_a_long_ranking_says_that_it_is_cut() -> None:
    found = results_of(*each(*range(1, 41)), **COUNTED)
    chart = amounts_by_service(services(*[None] * 40), found, speech("en", **COUNTED))
    assert chart is not None
    assert (len(chart.rows), chart.note) == (30, "The 30 largest; the file of data holds all of them.")


def test_it_may_take_all_services() -> None:
    assert pareto_title(speech("fr"), 3, 3, "100%", "80%") == "Il faut les 3 services pour faire 80% du total"


def test_counts_have_their_ranking_in_both_widths() -> None:
    found = results_of(
        *(replace(m, scope=scope) for m, scope in zip(each(95, 40), (MAIL, WIFI), strict=True)), **COUNTED
    )
    names = {f"{code}-pareto-trial{width}" for code in ("fr", "en") for width in ("", "-narrow")}
    assert names <= set(chart_specs(base_catalogue(), found))


def scored(promoters: int, passives: int, detractors: int, status: Status = Status.MET) -> Results:
    n = promoters + passives + detractors
    score = 100 * (promoters - detractors) / n
    parts = ScoreParts(promoters, passives, detractors)
    return results_of(measured(score, status, target="20", n=n, parts=parts), **SCORED)


def test_a_score_is_shown_with_its_parts() -> None:
    chart = parts_of_score(scored(58, 25, 17), speech("fr", **SCORED))
    assert chart is not None
    assert chart.title == f"Plus de promoteurs que de détracteurs\u00a0: 58{THIN}% contre 17{THIN}%"
    assert (chart.promoters, chart.detractors) == (
        ChartNumber(58, f"58{THIN}%"),
        ChartNumber(17, f"17{THIN}%"),
    )
    assert (chart.passives, chart.score) == (ChartNumber(25, f"25{THIN}%"), ChartNumber(41, "+41"))
    assert "soit 58" in chart.alternative
    assert chart.alternative.endswith("objectif\u00a0: au moins +20\u00a0points.")


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (scored(20, 40, 40), "Fewer promoters than detractors: 20% against 40%"),
        (scored(30, 40, 30), "As many promoters as detractors: 30%"),
        (scored(5, 1, 0, Status.INDICATIVE), "Too few answers to judge by"),
    ],
)
def test_titles_of_scores(found: Results, title: str) -> None:
    chart = parts_of_score(found, speech("en", **SCORED))
    assert chart is not None
    assert chart.title == title
    assert chart.indicative == (title == "Too few answers to judge by")


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.MISSING])
def test_a_score_that_is_not_told_has_no_parts(status: Status) -> None:
    assert parts_of_score(results_of(measured(None, status), **SCORED), speech("en", **SCORED)) is None
    assert parts_of_score(results_of(**SCORED), speech("en", **SCORED)) is None


def test_scores_have_their_chart_in_both_widths() -> None:
    names = {f"{code}-nps-trial{width}" for code in ("fr", "en") for width in ("", "-narrow")}
    assert names <= set(chart_specs(base_catalogue(), scored(58, 25, 17)))


def segments(count: int) -> Catalogue:
    """The base case with so many segments: g0, g1…"""
    base = base_catalogue()
    model = next(iter(base.segments.values()))
    made = {f"g{index}": model.model_copy(update={"id": f"g{index}"}) for index in range(count)}
    return replace(base, segments=MappingProxyType(made))


def of_segments(*found: Measurement) -> tuple[Measurement, ...]:
    return tuple(replace(m, scope=Scope(segment=f"g{index}")) for index, m in enumerate(found))


def test_segments_stand_against_their_targets_on_one_scale() -> None:
    before = measured(91, scope=Scope(segment="g2"), quarter=NOW.previous)
    found = of_segments(
        measured(95),
        measured(80, Status.MISSED),
        measured(None, Status.SUPPRESSED),
        measured(97, Status.INDICATIVE),
    )
    chart = segments_against_target(segments(4), results_of(*found, before), speech("fr"))
    assert chart is not None
    assert [(row.status, row.verdict or row.absence, row.value is None) for row in chart.rows] == [
        ("missed", "manqué", False),
        ("kept", "tenu", False),
        ("", "indicatif", False),
        ("", "non montré", True),
    ]
    assert {row.full.value for row in chart.rows if row.full} == {100}
    assert chart.title == "Un segment sur 2 tient son objectif"
    assert chart.alternative.endswith(f"à 80,0{THIN}%.")


@pytest.mark.parametrize(
    ("found", "keys"),
    [
        ((measured(95), measured(97, Status.INDICATIVE)), {}),
        ((measured(3, target="5"), measured(4, target="5")), {"unit": "hours"}),
        ((measured(95), measured(120)), {}),
    ],
)
def test_no_bars_without_two_verdicts_on_one_scale(
    found: tuple[Measurement, ...], keys: dict[str, object]
) -> None:
    results = results_of(*of_segments(*found), **keys)
    assert segments_against_target(segments(2), results, speech("en", **keys)) is None


@pytest.mark.parametrize(
    ("met", "french", "english"),
    [
        (3, "Les 3 segments tiennent leur objectif", "All 3 segments meet their target"),
        (0, "Aucun des 3 segments ne tient son objectif", "None of 3 segments meets its target"),
        (2, "2 segments sur 3 tiennent leur objectif", "2 segments of 3 meet their target"),
    ],
)
def test_titles_of_targets(met: int, french: str, english: str) -> None:
    assert promises_title(speech("fr"), met, 3) == french
    assert promises_title(speech("en"), met, 3) == english
