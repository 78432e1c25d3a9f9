"""Sections of loyalty: findings that agree with their numbers, own rows only in a client's report, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from comptoir.analysis.analyses import Analyses, LoyaltyInputs
from comptoir.analysis.signals import ClientAtRisk
from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.charts import Chart, ChartRows
from comptoir.content.edition import Edition
from comptoir.content.loyalty_words import Tongue
from comptoir.content.report.account_sections import accounts
from comptoir.content.report.loyalty_charts import loyalty_specs
from comptoir.content.report.loyalty_findings import coverage_title, divergence_title, risk_title
from comptoir.content.report.loyalty_sections import abc, cohorts, divergence, rfm, value
from comptoir.content.report.registry import MAKERS
from comptoir.content.report.risk_sections import at_risk, coverage_advice, quadrant, watermelons
from comptoir.content.report.sections import ReportContext, Section
from comptoir.content.results import Results, results_for_audience
from comptoir.measure.observations import Observations
from comptoir.measure.project import data_places, measure_project
from comptoir.measure.types import EVERYTHING, Measurements, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.periods import Quarter
from comptoir.wording import language

from ...conftest import CASES, MakeProject
from ...measure.tables import base

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 10, 15)
Q3 = Quarter(2026, 3)
ALL = (abc, value, divergence, rfm, cohorts, accounts, at_risk, coverage_advice, watermelons, quadrant)


@cache
def demonstration(audience: str = "management") -> tuple[Catalogue, Results]:
    catalogue, _ = check_project(ROOT, TODAY)
    measured = measure_project(catalogue, data_places(ROOT, None), Q3.latest(8), TODAY)
    visible = for_audience(catalogue, audience)
    results = results_for_audience(measured, visible, audience, Q3)
    keys = [spec.key for code in ("fr", "en") for spec in loyalty_specs(visible, results, language(code))]
    return visible, replace(results, charts=dict.fromkeys(keys, Chart("", "", ChartRows((), ()))))


def context(
    catalogue: Catalogue, results: Results, code: str = "fr", scope: Scope = EVERYTHING
) -> ReportContext:
    site = Edition(catalogue, language(code), TODAY, results)
    return ReportContext(site, results, scope)


def texts(section: Section) -> Iterator[str]:
    yield section.title
    yield from section.sentences
    for table in section.tables:
        yield table.caption
        yield from table.head
        yield from (cell.text for row in table.rows for cell in row)


def without_data() -> ReportContext:
    catalogue = base()
    nothing = Measurements((), {}, (Q3,))
    inputs = LoyaltyInputs(catalogue, Observations(), nothing)
    return context(catalogue, Results(nothing, Q3, is_narrowest=True, loyalty=inputs))


def test_every_section_is_in_a_chapter() -> None:
    registered = {maker for makers in MAKERS.values() for maker in makers}
    assert set(ALL) <= registered


@pytest.mark.parametrize("maker", ALL)
def test_without_data_a_section_says_what_would_fill_it_and_shows_no_number(maker: object) -> None:
    section = maker(without_data())  # type: ignore[operator]
    assert section is not None and section.missing
    assert (section.sentences, section.charts, section.tables) == ((), (), ())
    assert not any(character.isdigit() for character in section.title)


@pytest.mark.parametrize("maker", ALL)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_demonstration_fills_every_section(maker: object, code: str) -> None:
    section = maker(context(*demonstration(), code))  # type: ignore[operator]
    assert section is not None and not section.missing
    assert section.charts or section.tables
    assert not section.public
    for text in texts(section):
        assert "{" not in text and "'" not in text


def test_every_chart_of_the_whole_is_called_by_a_section() -> None:
    catalogue, results = demonstration()
    called = {key for maker in ALL for key in getattr(maker(context(catalogue, results)), "charts", ())}
    assert called == {key for key in results.charts if key.startswith("fr-")}


def test_the_client_that_drifts_away_is_told_with_its_reasons() -> None:
    section = at_risk(context(*demonstration(), "en"))
    assert section is not None
    assert section.title == "Signs of leaving"  # the chart states the finding
    name, signs, reasons = section.tables[0].rows[0]
    assert (name.text, signs.text) == ("Geomatics Laboratory", "4")
    assert reasons.text == (
        "1 subscription not renewed (Virtual machines); 4 complaints in 92 days; use down by 13%; "
        "satisfaction from 3.93 to 2.89"
    )


def test_french_reasons_have_their_typography() -> None:
    section = at_risk(context(*demonstration()))
    assert section is not None
    assert section.tables[0].rows[0][2].text == (
        "1 abonnement non renouvelé (Machines virtuelles)\u202f; 4 réclamations en 92 jours\u202f; "
        "usage en baisse de 13\u202f%\u202f; satisfaction passée de 3,93 à 2,89"
    )


@pytest.mark.parametrize("maker", ALL)
def test_a_report_about_one_client_names_no_other(maker: object) -> None:
    catalogue, results = demonstration()
    own = context(catalogue, results, scope=Scope(client="lab-geomatics"))
    section = maker(own)  # type: ignore[operator]
    if section is None:
        return
    others = {c.name.in_language("fr") for name, c in catalogue.clients.items() if name != "lab-geomatics"}
    assert section.charts == ()
    written = " ".join(texts(section))
    assert [name for name in others if name in written] == []


def test_a_report_about_one_segment_has_its_clients_only() -> None:
    catalogue, results = demonstration()
    section = accounts(context(catalogue, results, scope=Scope(segment="experimental-platforms")))
    assert section is not None
    assert [row[0].text for row in section.tables[0].rows] == [
        "Flotte",
        "Plateforme de microscopie",
        "Bassin à houle",
    ]


def test_a_share_beside_an_amount_never_gives_the_total_of_all_clients_away() -> None:
    catalogue, results = demonstration()
    own = context(catalogue, results, scope=Scope(client="lab-geomatics"))
    weighed, valued, diverging = abc(own), value(own), divergence(own)
    assert weighed is not None and valued is not None and diverging is None
    assert [cell.text for cell in weighed.tables[0].rows[0]] == [
        "Laboratoire de géomatique",
        "8\u202f006\u00a0€",
        "C",
    ]
    assert weighed.tables[0].head == ("Client", "Montants facturés", "Classe")
    assert valued.tables[0].head == ("Client", "Valeur", "Rentabilité")
    segment = context(catalogue, results, scope=Scope(segment="administration"))
    weighed, valued, diverging = abc(segment), value(segment), divergence(segment)
    assert weighed is not None and valued is not None and diverging is not None
    assert [row[2].text for row in weighed.tables[0].rows] == ["76,9\u202f%", "21,0\u202f%", "2,1\u202f%"]
    assert (
        weighed.sentences[1]
        == "Les classes sont celles de tous les clients\u202f; les parts, celles du segment."
    )
    assert [row[3].text for row in weighed.tables[0].rows] == ["76,9\u202f%", "97,9\u202f%", "100,0\u202f%"]
    assert len(valued.tables) == 1  # the years of a group of clients are those of others too
    assert [row[2].text for row in valued.tables[0].rows] == ["125,5\u202f%", "−0,8\u202f%", "−24,7\u202f%"]
    assert diverging.sentences == (
        "Ressources humaines (classe B) nous coûte de l’argent\u00a0: −426\u202f€.",
    )


@pytest.mark.parametrize("maker", ALL)
def test_no_wider_audience_has_a_section_or_a_chart(maker: object) -> None:
    catalogue, results = demonstration("employees")
    assert results.loyalty is None
    assert results.charts == {}
    assert maker(context(catalogue, results)) is None  # type: ignore[operator]


def test_client_value_is_shown_to_the_cent_beside_what_was_published(make_project: MakeProject) -> None:
    catalogue, problems = check_project(make_project(CASES / "client-value"), date(2026, 7, 1))
    assert problems == ()
    nothing = Measurements((), {}, (Quarter(2026, 2),))
    inputs = LoyaltyInputs(catalogue, Observations(), nothing)
    section = value(
        context(catalogue, Results(nothing, Quarter(2026, 2), is_narrowest=True, loyalty=inputs), "en")
    )
    assert section is not None
    assert section.title == "Our clients are worth €140,607 over 4 years"
    (table,) = section.tables
    assert table.head == (
        "Clients won by call",
        "Lost",
        "Remaining",
        "Result",
        "Total so far",
        "Published result",
    )
    assert [tuple(cell.text for cell in row[1:]) for row in table.rows] == [
        ("100", "300", "€54,000", "€54,000", "€54,000"),
        ("60", "240", "€37,824", "€91,824", "€37,824"),
        ("36", "204", "€27,734.21", "€119,558.21", "€27,744"),
        ("21", "183", "€21,049.22", "€140,607.42", "€21,057.78"),
    ]


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "Aucun client ne donne de signe de départ", "No client gives a sign that it may leave"),
        (1, "1 client donne des signes de départ", "1 client gives signs that it may leave"),
        (2, "2 clients donnent des signes de départ", "2 clients give signs that they may leave"),
    ],
)
def test_findings_agree_with_their_numbers(count: int, french: str, english: str) -> None:
    catalogue, results = demonstration()
    assert results.loyalty is not None
    found: Analyses = results.loyalty.at(Q3)
    changed = replace(found, at_risk=tuple(ClientAtRisk(f"c{n}", ()) for n in range(count)))
    assert risk_title(Tongue(catalogue, language("fr")), changed) == french
    assert risk_title(Tongue(catalogue, language("en")), changed) == english


def test_nothing_to_say_is_said() -> None:
    catalogue, results = demonstration()
    assert results.loyalty is not None
    found = replace(results.loyalty.at(Q3), divergences=(), coverage=())
    tongue = Tongue(catalogue, language("en"))
    assert divergence_title(tongue, found) == "What clients weigh and what they are worth agree"
    assert coverage_title(tongue, found) == "No service is to be promoted or retired"


def test_shares_and_signs_are_written_as_the_language_does() -> None:
    catalogue, _ = demonstration()
    french, english = Tongue(catalogue, language("fr")), Tongue(catalogue, language("en"))
    assert french.share(Fraction(1, 8), 1, signed=True) == "+12,5\u202f%"
    assert english.share(Fraction(-1, 8), 1) == "−12.5%"
    assert french.share(None) == "–"


def reported(project: Path, quarter: Quarter) -> ReportContext:
    """The English report of management about a quarter of a project of files."""
    catalogue, problems = check_project(project, TODAY)
    measured = measure_project(catalogue, data_places(project, None), (quarter,), TODAY)
    assert [str(problem) for problem in (*problems, *measured.problems)] == []
    visible = for_audience(catalogue, "management")
    return context(visible, results_for_audience(measured, visible, "management", quarter), "en")


def test_the_report_of_rimaldi_points_out_the_published_divergences(make_project: MakeProject) -> None:
    report = reported(make_project(CASES / "rimaldi"), Quarter(2026, 2))
    classes, diverging = abc(report), divergence(report)
    assert classes is not None and diverging is not None
    assert classes.title == "1 client of 10 makes 60.0% of the total (revenue)"
    assert classes.sentences == (
        "Over 4 quarters: A up to 60% of the total, B up to 90%; "
        "a client that crosses a threshold is in the class it ends in.",
    )
    assert [(row[0].text, row[4].text) for row in classes.tables[0].rows[:4]] == [
        ("C", "A"),
        ("E", "B"),
        ("D", "B"),
        ("G", "C"),
    ]
    assert diverging.title == "2 clients whose value does not match their weight"
    assert diverging.sentences == (
        "D weighs 13.0% (class B) and costs us money: −€179,475.",
        "B weighs little (3.0%, class C) and is worth much: €538,425.",
    )


def test_the_report_of_tamax_has_the_published_account(make_project: MakeProject) -> None:
    project = make_project(CASES / "tamax")
    file = project / "indicators/data/accounts.csv"
    file.write_text(file.read_text("utf-8").replace("219,17", "294,17"), "utf-8")
    section = accounts(reported(project, Quarter(2010, 2)))
    assert section is not None
    assert section.title == "Client accounts"
    assert section.sentences == ("8 orders over the last twelve months, €454.81 on average.",)
    assert [cell.text for cell in section.tables[0].rows[0]] == [
        "Tamax",
        "8",
        "€3,638.46",
        "€454.81",
        "€1,212.82",
        "10.5",
        "€1,805.44",
    ]
