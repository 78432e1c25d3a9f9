"""Each statement of a report is one: opening, section, chart, explanation, paper and slides say the same of it.

A test a statement, with the settings of the demonstration and with others.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

import pytest

from comptoir.analysis.verdicts import Verdict
from comptoir.charts.heat_map import HeatMap
from comptoir.content.loyalty_words import Tongue
from comptoir.content.measure_words import VERDICTS
from comptoir.measure.types import Measurement, Scope, Status
from comptoir.model.loyalty import CoverageSettings, LoyaltySettings, WrittenSignal
from comptoir.model.metrics import IndicatorKind
from comptoir.model.terms import Maturity, SignalKind
from comptoir.resources import templates_folder
from comptoir.wording import language

from ..content.measured import NOW, WIFI, compared, indicator, measured
from .voices import Voices, base, demonstration, first_cells, rows_of, step_of

SETTINGS: dict[str, dict[str, object]] = {
    "its own": {},
    "a lower band": {"coverage": CoverageSettings(mature_from=60, mature_to=70)},
    "another satisfaction": {"service_satisfaction": "nps"},
    "one sign": {"signals": (WrittenSignal(kind=SignalKind.REPEATED_COMPLAINTS, threshold=2, days=92),)},
}
WATERMELON = {"fr": "vert dehors, rouge dedans", "en": "green outside, red inside"}


@cache
def voices(settings: str, code: str = "en") -> Voices:
    return demonstration(SETTINGS[settings], code)


def names(said: Voices, kind: str, ids: list[str]) -> list[str]:
    tongue = Tongue(said.catalogue, language(said.code))
    return [tongue.name(kind, one) for one in ids]


def watermelon_facts(said: Voices) -> dict[str, list[str]]:
    """The services that each medium calls green outside and red inside."""
    told = WATERMELON[said.code]

    def among(lines: list[tuple[str, str]]) -> list[str]:
        return sorted(name.rpartition(", ")[2] for name, sentence in lines if told in sentence.lower())

    facts = [(fact.name, fact.sentence) for fact in said.opening.facts]
    paper = [(fact["name"], fact["sentence"]) for fact in said.paper["facts"]]
    slides = [cast(tuple[str, str], tuple(line.split(" – ", 1))) for line in said.slides if " – " in line]
    explained = [
        str(row["about"]).removeprefix("service ")
        for row in (rows_of(said.explained("facts"), "Facts") if said.explained("facts").tables else ())
        if row["kind"] == "watermelon"
    ]
    return {
        "opening": among(facts),
        "paper": among(paper),
        "slides": among(slides),
        "explained facts": sorted(names(said, "service", explained)),
    }


def assert_watermelons(said: Voices, expected: list[str]) -> None:
    """Those of the whole, in every medium; the section shows those of segments too."""
    section, wanted = said.sections["watermelons"], sorted(names(said, "service", expected))
    explanation = said.explained("watermelons")
    found = watermelon_facts(said)
    shown = [row for table in section.tables for row in table.rows]
    found["section"] = sorted(row[0].text for row in shown if row[1].text in ("all", "tous"))
    if section.missing:
        assert not explanation.tables, "the section and the explanation miss the same"
        assert wanted == []
    else:
        rows = rows_of(explanation, "Services")
        melons = [
            str(row["service"]) for row in rows if row["watermelon"] == "yes" and row["segment"] == "all"
        ]
        found["explanation"] = sorted(names(said, "service", melons))
        assert step_of(explanation, "services") == len({row[0].text for row in shown})
    assert found == dict.fromkeys(found, wanted)
    chart = said.loyalty_charts.get("watermelons")
    if chart is not None:
        assert {row.name for row in chart.rows if row.status == "missed"} == set(wanted)
        assert all(name in chart.title for name in wanted)


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("settings", ["its own", "a lower band"])
def test_watermelons_of_the_demonstration(settings: str, code: str) -> None:
    assert_watermelons(voices(settings, code), ["travel-and-purchasing"])


def test_watermelons_where_the_satisfaction_of_the_settings_is_not_measured_by_service() -> None:
    assert_watermelons(voices("another satisfaction"), [])


LEVELS = (
    indicator(
        "restored",
        name={"fr": "Rétabli", "en": "Restored"},
        kind="within-target",
        numerator=None,
        metric="ttr",
    ),
    indicator(
        "up", name={"fr": "Disponible", "en": "Up"}, source="outages", kind="availability", numerator=None
    ),
)
SAID = tuple(
    indicator(name, source="surveys", kind="mean", numerator=None, value="score", unit="score-5")
    for name in ("satisfaction", "csat")
)
CSAT = LoyaltySettings(service_satisfaction="csat")


def held(level: Status, other: Status, satisfaction: str, verdict: Status) -> list[Measurement]:
    return [
        measured(96, name="restored"),  # slides show results where the whole has one
        measured(95, level, "restored", WIFI),
        measured(89 if other is Status.ALERT else 99, other, "up", WIFI),
        measured(3.1, verdict, satisfaction, WIFI, target="4"),
    ]


@pytest.mark.parametrize(
    ("level", "other", "satisfaction", "verdict", "settings", "is_one"),
    [
        (Status.MET, Status.MET, "satisfaction", Status.MISSED, None, True),
        (Status.MET, Status.ALERT, "satisfaction", Status.MISSED, None, False),
        (Status.MET, Status.MISSED, "satisfaction", Status.MISSED, None, False),
        (Status.MET, Status.INDICATIVE, "satisfaction", Status.MISSED, None, True),
        (Status.MET, Status.MET, "satisfaction", Status.ALERT, None, False),
        (Status.MET, Status.MET, "csat", Status.MISSED, CSAT, True),
        (Status.MET, Status.MET, "satisfaction", Status.MISSED, CSAT, False),
        (Status.MET, Status.ALERT, "csat", Status.MISSED, CSAT, False),
    ],
)
def test_watermelons_by_every_verdict_and_indicator(
    level: Status,
    other: Status,
    satisfaction: str,
    verdict: Status,
    settings: LoyaltySettings | None,
    is_one: bool,
) -> None:
    said = base(held(level, other, satisfaction, verdict), (*LEVELS, *SAID), NOW, settings)
    assert_watermelons(said, ["wifi"] if is_one else [])


@pytest.mark.parametrize(("settings", "low", "high"), [("its own", 90, 95), ("a lower band", 60, 70)])
def test_coverage_is_held_against_one_band(settings: str, low: int, high: int) -> None:
    said = voices(settings)
    rows = rows_of(said.explained("coverage-advice"), "Services")
    lasting = [r for r in rows if not said.catalogue.services[str(r["service"])].is_ending]
    mature = [row for row in lasting if row["maturity"] == "mature"]
    reached = sum(row["band"] != "below" for row in mature)
    assert 0 < reached <= len(mature)

    chart: Any = said.coverage_chart()
    bands = [group.band for group in chart.groups if group.band]
    assert [(band.lower.text, band.upper.text) for band in bands] == [(f"{low}%", f"{high}%")]
    counted = f"{reached} of {len(mature)}" if reached < len(mature) else f"All {reached}"
    assert chart.title.startswith(counted) and f"{low}%" in chart.title

    section = said.sections["coverage-advice"]
    assert any(f"{low}% to {high}%" in sentence for sentence in section.sentences)
    shown = {row[0].text: row[3].text for table in section.tables for row in table.rows}
    words = {"promote": "to promote", "retire": "to retire", "reclassify": "to declare mature"}
    advised = {str(r["service"]): words[str(r["advice"])] for r in rows if r["advice"] != "keep"}
    assert shown == dict(zip(names(said, "service", list(advised)), advised.values(), strict=True))
    assert said.paper_sections[section.title]["sentences"] == list(section.sentences)

    named = {name: advised.get(name, "") for name in said.catalogue.services}
    for row in mature:  # who is above the low end is not to be promoted, and who is below is not to be kept
        assert (named[str(row["service"])] == "to promote") is (row["band"] == "below")


def test_services_at_75_per_cent_are_above_a_band_from_60_to_70() -> None:
    """The case that the chart and the advice told differently."""
    covered = indicator("coverage", source="usage", kind="coverage", numerator=None)
    settings = LoyaltySettings(coverage=CoverageSettings(mature_from=60, mature_to=70))
    parts: dict[str, Any] = {"numerator": 75, "denominator": 100, "target": None}
    said = base(
        [measured(75, Status.NO_VERDICT, "coverage", Scope(name), **parts) for name in ("mail", "wifi")],
        (covered,),
        NOW,
        settings,
        maturity=Maturity.MATURE,
    )
    chart: Any = said.coverage_chart()
    assert "60%" in chart.title and "None" not in chart.title and "does not" not in chart.title
    places = {
        str(r["service"]): (r["band"], r["advice"])
        for r in rows_of(said.explained("coverage-advice"), "Services")
    }
    assert set(places.values()) == {("above", "keep")}


@pytest.mark.parametrize("settings", ["its own", "one sign"])
def test_clients_at_risk(settings: str) -> None:
    said = voices(settings)
    explanation = said.explained("at-risk")
    rows = rows_of(explanation, "The rules that gave a signal")
    expected = set(names(said, "client", [str(row["client"]) for row in rows]))
    assert step_of(explanation, "clients at risk") == len(expected) > 0
    section, chart = said.sections["at-risk"], said.loyalty_charts.get("at-risk")
    assert set(first_cells(section)) == expected
    signs = {row[0].text: row[1].text for table in section.tables for row in table.rows}
    counted = {
        name: sum(names(said, "client", [str(r["client"])]) == [name] for r in rows) for name in expected
    }
    assert signs == {name: str(count) for name, count in counted.items()}
    if chart is not None:
        assert isinstance(chart, HeatMap)
        assert {row.name for row in chart.rows} == expected
        assert re.findall(r"\d+", chart.title) == [str(len(expected))]
    paper = said.paper_sections[section.title]
    assert {row[0]["text"] for table in paper["tables"] for row in table["rows"]} == expected


def test_the_planned_end_of_a_service_is_no_sign_in_any_medium() -> None:
    """hr-office does not renew its subscription to a service that is retiring: that is what was asked of it."""
    said = voices("its own")
    assert said.catalogue.services["old-file-server"].is_ending
    assert "hr-office" not in [risk.client for risk in said.material.analyses.at_risk]
    assert names(said, "client", ["hr-office"])[0] not in first_cells(said.sections["at-risk"])
    advice = {str(r["service"]): r["advice"] for r in rows_of(said.explained("coverage-advice"), "Services")}
    assert advice["old-file-server"] == "retire"


def test_complaints_are_counted_once() -> None:
    said = voices("its own")
    explanation, section = said.explained("complaints"), said.sections["complaint-register"]
    received = step_of(explanation, "received in 2026-Q3")
    in_time, decided = step_of(explanation, "answered in time"), step_of(explanation, "whose time is decided")
    text = " ".join(section.sentences)
    assert f"{received} complaints received" in text and f"{in_time} of {decided} had their answer" in text
    assert f"{step_of(explanation, 'repeated')} repeat another" in text
    measure = said.results.current("complaints-within-five-days")
    assert measure is not None and (measure.numerator, measure.denominator) == (in_time, decided)
    volume = said.results.current("complaint-volume")
    assert volume is not None and volume.value == received
    assert said.paper_sections[section.title]["sentences"] == list(section.sentences)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_tile_has_one_verdict(code: str) -> None:
    said = voices("its own", code)
    explained = {
        str(row["indicator"]): str(row["verdict"]) for row in rows_of(said.explained("results"), "Results")
    }
    assert len(said.opening.tiles) >= 6
    for tile, printed in zip(said.opening.tiles, said.paper["tiles"], strict=True):
        face = VERDICTS[Verdict(explained[tile.indicator])]
        word = language(code).say(face.word)
        assert tile.measure.verdict.word == printed["verdict"] == word
        beside = [line for line in said.slides if line.split(" · ")[0] == word]
        assert beside, f"no slide says {word} of {tile.indicator}"


@pytest.mark.parametrize("settings", ["its own", "a lower band"])
def test_how_many_keep_their_target(settings: str) -> None:
    """The titles of charts and the explanation count the same services, near their target or not."""
    said = voices(settings)
    results = rows_of(said.explained("results"), "Results")
    kept = {str(row["indicator"]): row["keeps target"] for row in results if row["keeps target"]}
    by_part = {str(row["part"]) for row in results}
    for part in by_part:
        judged = [r for r in results if r["part"] == part and r["keeps target"]]
        if judged:
            steps = said.explained("results")
            assert step_of(steps, f"{part}, judged") == len(judged)
            assert step_of(steps, f"{part}, kept") == sum(r["keeps target"] == "yes" for r in judged)
    for fact in said.opening.facts:
        assert fact.kind != "target-lost" or "no" in kept.values()


def test_what_changed_is_what_a_test_tells_from_chance() -> None:
    said = voices("its own")
    explanation = said.explained("results")
    changed, compared_ = step_of(explanation, "changed"), step_of(explanation, "compared")
    section = said.sections["changes"]
    assert section.sentences[0].startswith(f"{changed} result") and f"of {compared_} " in section.sentences[0]
    assert len(first_cells(section)) == changed
    rows = rows_of(explanation, "Results")
    assert sum(row["p"] is not None for row in rows) == compared_
    facts = rows_of(said.explained("facts"), "Facts")
    moved = {
        str(r["indicator"])
        for r in facts
        if r["kind"] in ("worse", "better", "changed") and r["about"] == "everything"
    }
    names_ = {said.catalogue.indicators[name].name.in_language("en") for name in moved}
    assert names_ <= set(first_cells(section))
    assert said.paper_sections[section.title]["sentences"] == list(section.sentences)


@pytest.mark.parametrize(("p", "said_of_chance"), [(None, False), (0.4, True)])
def test_no_test_is_not_put_down_to_chance(p: float | None, said_of_chance: bool) -> None:
    """A total that loses its target: no test is made for totals, and nobody says that chance explains it."""
    total = indicator("trial", kind="sum", numerator=None, value="amount", unit="number", direction="higher")
    lost = measured(80, Status.MISSED, previous=compared(95, 80, p))
    said = base([measured(95, quarter=NOW.previous), lost], (total,), NOW)
    (fact,) = said.opening.facts
    (printed,) = said.paper["facts"]
    assert fact.kind == "target-lost" and fact.sentence == printed["sentence"]
    assert ("chance" in fact.sentence) is said_of_chance
    assert "95" in fact.sentence, "what it is set against is told all the same"
    assert any(fact.sentence in line for line in said.slides)
    assert step_of(said.explained("results"), "compared") == int(said_of_chance)


def test_every_service_level_is_one_everywhere() -> None:
    """What a watermelon, the group of levels and the agenda call a level is the same set of indicators."""
    said = voices("its own")
    kinds = {IndicatorKind.WITHIN_TARGET, IndicatorKind.AVAILABILITY}
    levels = {i.id for i in said.results.indicators.values() if i.kind in kinds}
    held_ = said.material.analyses.satisfaction_held or ()
    assert {level.indicator for one in held_ for level in one.levels} == levels
    grouped = {
        str(r["indicator"]) for r in rows_of(said.explained("results"), "Results") if r["part"] == "levels"
    }
    assert grouped == levels


@pytest.mark.parametrize("verdict", Verdict)
def test_every_medium_draws_the_mark_and_the_colour_of_the_one_table(verdict: Verdict) -> None:
    """Templates draw marks and colours by their names; none of them names a verdict."""
    face, folder = VERDICTS[verdict], templates_folder()
    pages = (folder / "pages" / "components.html.j2").read_text("utf-8")
    style = (folder / "theme" / "assets" / "comptoir.css").read_text("utf-8")
    report = (folder / "print" / "report.typ").read_text("utf-8")
    assert f'"{face.mark}": ' in pages
    if face.tone:
        assert f".c-verdict--{face.tone}" in style and f".c-gauge--{face.tone}" in style
        assert f"{face.tone}: colours." in report and f'mark == "{face.mark}"' in report
    assert f"c-verdict--{verdict.value}" not in style and f'mark == "{verdict.value}"' not in report
