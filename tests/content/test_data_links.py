"""The data beside each chart: a file of exactly what is drawn, for spreadsheets of the page's language, and no other file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from types import MappingProxyType
from urllib.parse import urljoin

import pytest

from comptoir.addresses import root_url
from comptoir.charts import Chart, ChartNumber, ChartRows
from comptoir.content.data_links import chart_data, written_data
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.measure.types import Measurements
from comptoir.model.base import Text
from comptoir.wording import language

from .measured import FIXED, INDICATORS, THIN, results, with_charts
from .samples import TODAY, Read, base_catalogue, body_of, render, reword

BASE = "https://site.example/sub/"
DIALECTS = {"fr": (";", ","), "en": (",", ".")}


def rows_of(text: object, code: str = "fr") -> list[list[str]]:
    assert str(text).startswith("\ufeff")
    return list(csv.reader(StringIO(str(text)[1:], newline=""), delimiter=DIALECTS[code][0]))


def led_to(files: dict[str, object]) -> Iterator[str]:
    """The files of data that pages lead to, by their path."""
    paths = {urljoin(BASE, root_url(name)): name for name in files}
    for name, file in files.items():
        if name.endswith(".md"):
            for link in Read(body_of(str(file))).all("a"):
                if link.get("class") == "c-csv":
                    yield paths[urljoin(urljoin(BASE, root_url(name)), link["href"])]


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("is_narrowest", [True, False])
def test_each_chart_has_its_file_and_each_file_a_page(code: str, is_narrowest: bool) -> None:
    files = dict(render(base_catalogue(), code, results=replace(results(), is_narrowest=is_narrowest)).files)
    written = {name for name in files if name.startswith("charts/") and name.endswith(".csv")}
    assert set(led_to(files)) == written
    drawn = sum(str(file).count('<figure class="c-chart"') for file in files.values())
    beside = sum(str(file).count('<div class="c-chart__data">') for file in files.values())
    assert drawn == beside >= 9
    assert ("charts/reports/2026-Q3/segments/researchers.csv" in written) is is_narrowest
    assert {
        "charts/indicators.csv",
        "charts/reports.csv",
        "charts/reports/2026-Q3.csv",
        "charts/services/mail.csv",
        "charts/services/wifi.csv",
        "charts/trend-restored.csv",
    } <= written


def test_the_link_names_its_chart() -> None:
    files = render(base_catalogue(), results=results()).files
    links = Read(body_of(str(files["indicators/satisfaction.md"]))).all("a")
    names = [link["aria-label"] for link in links if link.get("class") == "c-csv"]
    assert names[0] == (
        f"Données en CSV{FIXED}: L’objectif a été tenu 8 trimestres sur 8 (Satisfaction, note de 1 à 5)"
    )
    assert len(names) == len(set(names))
    page = Read(body_of(str(render(base_catalogue(), "en", results=results()).files["services/mail.md"])))
    assert [a["aria-label"] for a in page.all("a") if a.get("class") == "c-csv"] == ["Data as CSV: Mail"]


def test_the_file_of_a_trend_in_both_languages() -> None:
    french = render(base_catalogue(), results=results()).files["charts/trend-satisfaction.csv"]
    english = render(base_catalogue(), "en", results=results()).files["charts/trend-satisfaction.csv"]
    assert rows_of(french)[0] == [
        "Trimestre",
        "Valeur",
        "Borne basse",
        "Borne haute",
        "objectif",
        "n",
        "Remarque",
    ]
    assert rows_of(french)[-1] == ["T3 2026", "4,31", "2,31", "6,31", "4,1", "100", ""]
    assert rows_of(english, "en")[-1] == ["Q3 2026", "4.31", "2.31", "6.31", "4.1", "100", ""]


def test_what_is_withheld_or_missing_stays_so() -> None:
    files = render(base_catalogue(), results=results()).files
    mail = {(row[0], row[2]): row[3:] for row in rows_of(files["charts/services/mail.csv"])}
    assert mail["Satisfaction", "T3 2026"] == ["non montré", "", "", "4,1", "", ""]
    assert mail["Disponibilité", "T3 2026"] == ["99,9", "97,9", "101,9", "99,5", "100", ""]
    assert mail["Rétablissements", "T3 2026"] == [
        "100",
        "98",
        "102",
        "100",
        "3",
        f"indicatif{FIXED}: petit effectif",
    ]
    wifi = {(row[0], row[2]): row[3:] for row in rows_of(files["charts/services/wifi.csv"])}
    assert wifi["Rétablissements", "T3 2026"][0] == "pas de mesure"


def test_small_trends_say_what_they_measure_and_in_which_unit() -> None:
    rows = rows_of(render(base_catalogue(), "en", results=results()).files["charts/indicators.csv"], "en")
    assert rows[0][:4] == ["Indicator", "Unit", "Quarter", "Value"]
    assert [row[:4] for row in rows[1:] if row[2] == "Q3 2026"] == [
        ["Availability", "in %", "Q3 2026", "99.7"],
        ["Complaints", "in %", "Q3 2026", "no measurement"],
        ["Restorations", "in %", "Q3 2026", "91.2"],
        ["Satisfaction", "score from 1 to 5", "Q3 2026", "4.31"],
    ]
    assert len(rows) == 1 + 4 * 8


def test_a_name_never_becomes_a_formula() -> None:
    shown = '=HYPERLINK("https://evil.example";"a"),+1'
    hostile = {
        name: reword(one, lambda _: Text({"fr": shown, "en": shown})) for name, one in INDICATORS.items()
    }
    kept = results().measurements
    found = with_charts(
        replace(results(), measurements=Measurements(kept.all, MappingProxyType(hostile), kept.quarters))
    )
    catalogue = reword(base_catalogue(), lambda _: Text({"fr": shown, "en": shown}))
    files = {
        name: file
        for name, file in render(catalogue, results=found).files.items()
        if name.startswith("charts/") and name.endswith(".csv")
    }
    assert any("HYPERLINK" in str(file) for file in files.values())
    for name, file in files.items():
        for mark in ",;\t":  # as a spreadsheet of any country splits it
            for row in csv.reader(StringIO(str(file)[1:], newline=""), delimiter=mark):
                begun = [cell for cell in row if re.match(r"\s*[=+@]", cell)]
                assert begun == [], name


def test_a_file_is_made_once_and_named_without_its_language() -> None:
    at = Edition(base_catalogue(), language("fr"), TODAY, results())
    chart = Chart("", "", ChartRows(("n",), ((ChartNumber(1.5, "1,5"),),)), "Le titre", "la mesure")
    link = chart_data(at, "fr-report-2026-q3-trend-x", chart)
    assert (link.title, link.url) == (
        f"Données en CSV{FIXED}: Le titre (la mesure)",
        Ref("path", "charts/report-2026-q3-trend-x.csv"),
    )
    assert {path: make() for path, make in at.data.items()} == {
        "charts/report-2026-q3-trend-x.csv": "\ufeffn\r\n1,5\r\n"
    }
    chart_data(at, "fr-report-2026-q3-trend-x", replace(chart, table=ChartRows(("other",), ())))
    assert {path: make() for path, make in at.data.items()} == {
        "charts/report-2026-q3-trend-x.csv": "\ufeffn\r\n1,5\r\n"
    }


def test_spreadsheets_are_told_the_encoding_and_get_their_own_marks() -> None:
    table = ChartRows(("Disponibilité", "n"), ((f"99{THIN}%; 98", ChartNumber(-1234.5, "")),))
    assert written_data(table, language("fr")) == f'\ufeffDisponibilité;n\r\n"99{THIN}%; 98";-1234,5\r\n'
    assert written_data(table, language("en")) == f"\ufeffDisponibilité,n\r\n99{THIN}%; 98,-1234.5\r\n"
