"""Pages with results: promised beside measured, nothing missing shown as zero, and the site as before without them."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from types import MappingProxyType
from urllib.parse import urljoin

import pytest

from comptoir.addresses import root_url
from comptoir.analysis.verdicts import judges
from comptoir.charts import Chart
from comptoir.content.chart_specs import chart_specs, spark_name
from comptoir.content.dashboard import GROUPS
from comptoir.content.edition import Edition
from comptoir.content.result_groups import group_of
from comptoir.content.service_results import agreement_results, kept_promise, service_results
from comptoir.measure.types import Measurements, Status
from comptoir.model.base import Text
from comptoir.site import Results
from comptoir.site.pages.indicators import home_figures
from comptoir.wording import language

from ..content.measured import (
    FIXED,
    INDICATORS,
    MAIL,
    THIN,
    WIFI,
    indicator,
    measured,
    results,
    with_charts,
)
from ..content.samples import TODAY, Read, base_catalogue, body_of, render, reword

SHOWN = "A <b>bold</b> \\ & {{ 7*7 }} </svg><script>alert(1)</script>"


def site(code: str = "fr", found: Results | None = None) -> Edition:
    return Edition(base_catalogue(), language(code), TODAY, found or results())


def at(path: str, code: str = "fr", found: Results | None = None) -> Edition:
    return site(code, found)


def said_by(file: object) -> str:
    """The words of a page on one line, no-break spaces kept."""
    return re.sub(r"[ \t\n]+", " ", Read(body_of(str(file))).words)


def with_measurements(*more: object) -> Results:
    """The results, with measurements in the place of those of the same key."""
    known = {m.key: m for m in results().measurements} | {m.key: m for m in more}  # type: ignore[attr-defined]
    kept = Measurements(tuple(known.values()), MappingProxyType(INDICATORS), results().measurements.quarters)  # type: ignore[arg-type]
    return replace(results(), measurements=kept)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_page_is_well_formed(code: str) -> None:
    files = render(base_catalogue(), code, results=results()).files
    names = [name for name in files if name.startswith("indicators/") and name.endswith(".md")]
    assert names == [
        "indicators/index.md",
        *(f"indicators/{name}.md" for name in ("availability", "complaints", "restored", "satisfaction")),
    ]
    for name in [
        *names,
        "index.md",
        "services/mail.md",
        "commitments/sla-standard.md",
        "commitments/index.md",
    ]:
        page = Read(body_of(str(files[name])))
        assert page.wrong == [], name
        assert len(page.all("h1")) == 1, name
        identifiers = [a["id"] for _, a in page.elements if "id" in a]
        assert len(identifiers) == len(set(identifiers)), name


def test_links_lead_somewhere() -> None:
    files = render(base_catalogue(), results=results()).files
    base = "https://site.example/sub/"
    known = {urljoin(base, root_url(name)) for name in files}
    broken = {
        f"{name} → {link['href']}"
        for name, file in files.items()
        if name.endswith(".md")
        for link in Read(body_of(str(file))).all("a")
        if not re.match(r"https?:|mailto:|tel:|#", link["href"])
        and urljoin(urljoin(base, root_url(name)), re.split("[?#]", link["href"])[0]) not in known
    }
    assert sorted(broken) == []


def test_the_site_without_results_has_no_trace_of_them() -> None:
    without = render(base_catalogue())
    assert not [name for name in without.files if name.startswith("indicators/") or "charts" in name]
    assert "charts" not in without.extra["comptoir"]
    assert "results" not in {section["name"] for section in without.extra["comptoir"]["sections"]}
    assert "Promis et tenu" not in str(without.files["services/mail.md"])
    assert "Nos derniers résultats" not in str(without.files["index.md"])


def test_the_header_leads_to_results_between_commitments_and_news() -> None:
    sections = render(base_catalogue(), "en", results=results()).extra["comptoir"]["sections"]
    names = [section["name"] for section in sections]
    assert names.index("results") == names.index("commitments") + 1 == names.index("news") - 1
    assert {"name": "results", "title": "Results", "url": "indicators/"} in sections


def test_a_service_shows_promised_and_measured() -> None:
    view = service_results(at("services/mail.md"), base_catalogue().services["mail"])
    assert view is not None and view.quarter == f"3ᵉ{FIXED}trimestre{FIXED}2026"
    availability, restored, satisfaction = view.rows
    assert view.judged == 1, "those with a verdict come first"
    assert restored.promise.startswith("Nous résolvons tous les incidents critiques en moins de 8")
    assert (restored.value, restored.verdict.word, restored.change) == (f"100{THIN}%", "Indicatif", "")
    assert restored.sample == f"n{FIXED}={FIXED}3"
    assert availability.value == f"99,90{THIN}%" and availability.verdict.tone == "good"
    assert availability.sample == ""
    assert (satisfaction.value, satisfaction.verdict.word) == ("", "Non montré")


def test_what_is_missing_is_said_and_never_zero() -> None:
    files = render(base_catalogue(), results=results()).files
    wifi, mail = said_by(files["services/wifi.md"]), said_by(files["services/mail.md"])
    assert "Aucun cas à compter dans ce trimestre." in wifi and "Pas de mesure" in wifi
    assert "Moins de cinq personnes ont répondu" in mail
    assert not re.search(rf"(?<![\d,])0(,0+)?{THIN}%", wifi + mail)


def test_a_service_without_measurements_shows_nothing() -> None:
    nothing = replace(results(), measurements=Measurements((), MappingProxyType(INDICATORS), ()))
    assert service_results(at("services/mail.md", found=nothing), base_catalogue().services["mail"]) is None


def test_an_agreement_shows_each_service() -> None:
    catalogue = base_catalogue()
    services = [catalogue.services["mail"], catalogue.services["wifi"]]
    view = agreement_results(
        at("commitments/sla-standard.md"), catalogue.agreements["sla-standard"], services
    )
    assert view is not None
    cells = {row.name: [(cell.name, cell.verdict.word) for cell in row.cells] for row in view.rows}
    assert cells == {
        "Messagerie": [("Rétablissement P1", "Indicatif"), ("Disponibilité", "Tenu")],
        "Wi-Fi": [("Rétablissement P1", "Pas de mesure"), ("Disponibilité", "Manqué")],
    }


def test_a_promise_is_kept_for_the_services_judged_by_that_very_promise() -> None:
    agreement = base_catalogue().agreements["sla-standard"]
    services = list(base_catalogue().services.values())
    availability = agreement.targets[0]
    assert (
        kept_promise(at("commitments/index.md"), agreement, availability, services)
        == "tenu pour 1 service sur 2"
    )
    assert (
        kept_promise(at("commitments/index.md", "en"), agreement, availability, services)
        == "met for 1 service of 2"
    )
    other = with_measurements(measured(99.9, name="availability", scope=MAIL, target="99.0"))
    assert (
        kept_promise(at("commitments/index.md", found=other), agreement, availability, services) == "pas tenu"
    )
    assert not judges(INDICATORS["availability"], measured(99.9, target="99.0"), availability)
    stricter = agreement.model_copy(
        update={"targets": (availability.model_copy(update={"value": availability.value + 0}),)}
    )
    assert agreement_results(at("x.md", found=other), stricter, services) is not None


def test_figures_of_the_home_page() -> None:
    figures = home_figures(site())
    assert [(figure.name, figure.value) for figure in figures] == [
        ("Satisfaction", f"4,31{FIXED}sur{FIXED}5"),
        ("Rétablissements", f"91,2{THIN}%"),
        ("Disponibilité", f"99,70{THIN}%"),
    ]
    assert figures[0].promise == (
        f"Promis{FIXED}: au moins 4,1{FIXED}sur{FIXED}5. L’objectif est tenu (3ᵉ{FIXED}trimestre{FIXED}2026)."
    )
    assert figures[2].promise == f"Tenu pour 1 service sur 2 (3ᵉ{FIXED}trimestre{FIXED}2026)."
    few = with_measurements(measured(4.3, Status.INDICATIVE, "satisfaction", target="4.1"))
    assert "Satisfaction" not in [figure.name for figure in home_figures(site(found=few))]


@pytest.mark.parametrize(
    ("keys", "group"),
    [
        ({"kind": "within-target", "numerator": None, "metric": "ttr"}, "levels"),
        ({}, "requests"),
        ({"source": "tickets"}, "requests"),
        ({"where": "kind = 'complaint'"}, "complaints"),
        ({"source": "calls"}, "calls"),
        ({"source": "survey"}, "loyalty"),
        ({"source": "usage"}, "portfolio"),
        ({"source": "ledger-of-old"}, "portfolio"),
    ],
)
def test_groups_of_the_dashboard(keys: dict[str, object], group: str) -> None:
    assert group_of(results(), indicator("trial", **keys)) == group
    assert group in GROUPS


def test_the_page_of_an_indicator() -> None:
    file = render(base_catalogue(), results=results()).files["indicators/restored.md"]
    page, said = Read(body_of(str(file))), said_by(file)
    assert f"Rétablissements{FIXED}: l’objectif est tenu, mais le résultat recule" in said
    assert f"en baisse de 5,2{FIXED}points" in said
    assert f"12 lignes{FIXED}: hors du filtre de la définition" in said
    assert f"1 ligne{FIXED}: ouverts et encore dans leur délai" in said
    assert f"tickets-2026.csv 1{THIN}043 lignes, SHA-256 0123456789ab" in said
    assert "../restored.csv" in [link["href"] for link in page.all("a")]
    drawings = [a for a in page.all("svg") if a.get("role") == "img"]
    assert len(drawings) == 2  # wide and narrow
    summaries = page.words.count("Les données de ce graphique")
    assert summaries == 1


def test_charts_are_described_in_the_language_of_the_page() -> None:
    files = render(base_catalogue(), "en", results=results()).files
    page = Read(body_of(str(files["indicators/satisfaction.md"])))
    assert "Satisfaction: from 3.31 out of 5 in Q4 2024 to 4.31 out of 5 in Q3 2026" in page.words.replace(
        FIXED, " "
    )
    french = re.compile(r"\b(trimestre|objectif|réponses|mesure)\b")
    assert not french.search(page.words)


def test_data_hold_every_scope_with_exact_numbers() -> None:
    files = render(base_catalogue(), results=results()).files
    rows = list(csv.DictReader(StringIO(str(files["indicators/satisfaction.csv"]))))
    now = {(row["service"], row["segment"]): row for row in rows if row["quarter"] == "2026-Q3"}
    assert now["", ""]["value"] == "4.31" and now["", ""]["status"] == "met"
    assert now["mail", ""]["value"] == "" and now["mail", ""]["status"] == "suppressed"
    assert set(now) == {("", ""), ("mail", ""), ("wifi", ""), ("", "researchers")}


def test_hostile_names_stay_text() -> None:
    hostile = {
        name: reword(one, lambda _: Text({"fr": SHOWN, "en": SHOWN})) for name, one in INDICATORS.items()
    }
    kept = results().measurements
    found = with_charts(
        replace(results(), measurements=Measurements(kept.all, MappingProxyType(hostile), kept.quarters))
    )
    catalogue = reword(base_catalogue(), lambda _: Text({"fr": SHOWN, "en": SHOWN}))
    for name, file in render(catalogue, results=found).files.items():
        if name.startswith("indicators/") and name.endswith(".md"):
            page = Read(body_of(str(file)))
            assert page.wrong == [] and page.all("script") == [] and page.all("b") == [], name
            assert SHOWN in page.words.replace(THIN, " "), name


def test_small_trends_hold_no_words_and_are_drawn_once() -> None:
    specs = chart_specs(base_catalogue(), results())
    sparks = [spec for name, spec in specs.items() if name.startswith("spark-")]
    assert spark_name("availability", WIFI) in specs
    assert {spec.title for spec in sparks} == {spec.key for spec in sparks}
    assert all(not point.value.text for spec in sparks for point in spec.points if point.value)  # type: ignore[attr-defined]
    assert sum(name.startswith("fr-") for name in specs) == sum(name.startswith("en-") for name in specs)


def test_a_page_is_light() -> None:
    files = render(base_catalogue(), results=results()).files
    for name, file in files.items():
        if name.endswith(".md"):
            assert len(str(file).encode()) < (100_000 if name.startswith("indicators/") else 60_000), name


def test_charts_that_were_not_drawn_leave_no_hole() -> None:
    bare: dict[str, Chart] = {}
    files = render(base_catalogue(), results=replace(results(), charts=bare)).files
    page = Read(body_of(str(files["indicators/restored.md"])))
    assert page.wrong == [] and not page.all("figure")
