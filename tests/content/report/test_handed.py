"""What is handed to a segment or a client holds nothing of others, nor what we think it is worth: secrets planted everywhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from comptoir.addresses import page_path
from comptoir.content.edition import Edition
from comptoir.content.report.sections import TableCell
from comptoir.content.report.variants import handed_scopes, report_contexts, report_name
from comptoir.content.report.workbook import number_of, report_workbook
from comptoir.measure.types import Scope
from comptoir.paper.reports import make_reports
from comptoir.site import render_site
from comptoir.wording import language
from tests.conftest import MakeProject, project_maker
from tests.content.relations import DAY, TICKETS, make, site_for
from tests.paper.pressing import run_of

OTHERS = ("Ornithorynque", "Zygomatique", "ornitho", "zygo")
WORTH = (
    "987\u202f654",
    "987654",
    "55\u202f543",
    "55543",
    "654321",
    "654\u202f321",
    "Cœur de cible",
    "mécontent",
)
ALL = (*OTHERS, *WORTH)


def _text(name: str) -> dict[str, str]:
    return {"fr": name, "en": name}


def _planted(make_project: MakeProject) -> Path:
    project = make(make_project)
    files: dict[str, object] = {
        "segments/segments/ornitho.yaml": {
            "name": _text("Ornithorynque"),
            "summary": _text("Ornithorynque cherche."),
            "pictogram": "microscope",
            "priority": 2,
            "population": 4321,
        },
        "segments/segments/researchers.yaml": {
            "name": _text("Chercheurs"),
            "summary": _text("Vous cherchez."),
            "pictogram": "microscope",
            "priority": 1,
            "profile": "core-target",
        },
        "segments/clients/zygo.yaml": {"name": _text("Laboratoire Zygomatique"), "segment": "ornitho"},
        "segments/clients/physics.yaml": {
            "name": _text("Laboratoire de physique"),
            "segment": "researchers",
            "since": "2020-01-01",
            "qualification": _text("mécontent de tout"),
            "history": [{"date": "2026-01-05", "event": _text("mécontent du prix")}],
        },
        "indicators/loyalty.yaml": {
            "customers": "external",
            "value": {"known": [{"client": "physics", "value": "987654"}, {"client": "zygo", "value": "1"}]},
        },
        "indicators/sources/charges.yaml": {
            "role": "revenue",
            "name": _text("Zygomatique paie"),
            "files": ["zygo.csv"],
            "columns": {"date": {}, "client": {}, "amount": {}},
        },
        "indicators/definitions/revenue.yaml": {
            "name": _text("Recettes"),
            "summary": _text("Ce qui est payé."),
            "source": "revenue",
            "kind": "sum",
            "value": "amount",
            "unit": "currency",
            "direction": "higher",
            "by": ["client", "segment"],
        },
        "indicators/definitions/requests.yaml": {
            "name": _text("Demandes sans Zygo"),
            "summary": _text("Ce qui est demandé."),
            "source": "requests",
            "kind": "count",
            "where": "cause is null or cause <> 'ornitho'",
            "unit": "number",
            "direction": "neither",
            "by": ["client", "segment"],
        },
    }
    for name, keys in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(keys, allow_unicode=True), encoding="utf-8")
    (project / "indicators/data/tickets.csv").write_text(
        TICKETS
        + "".join(
            f"Z{n},2026-07-0{n}T09:00,,mail,zygo,ornitho,{kind},ornitho\n"
            for n, kind in enumerate(("complaint", "request", "complaint"), 1)
        ),
        encoding="utf-8",
    )
    (project / "indicators/data/zygo.csv").write_text(
        "date,client,amount\n"
        "2026-04-01,physics,55543\n2026-07-02,physics,55543\n2026-07-05,zygo,654321\n2026-05-05,zygo,654321\n",
        encoding="utf-8",
    )
    return project


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return site_for(_planted(project_maker(tmp_path_factory.mktemp("handed"))), "management")


@pytest.fixture(scope="module")
def files(site: Edition) -> dict[str, str]:
    """Every file about a part: pages, files of data, and what is printed with its pictures."""
    pages = render_site(site.catalogue, language="fr", today=DAY, results=site.results).files
    printed = {
        document.path: json.dumps(document.data, ensure_ascii=False, default=str)
        + "".join(content.decode("utf-8", "replace") for content in document.assets.values())
        for document in make_reports(run_of(site.catalogue, "fr", site.results))
    }
    return {name: str(content) for name, content in pages.items()} | printed


def _is_of(name: str, part: str, handed: bool) -> bool:
    """True for the page, the data and the PDF of the report of a part, or of its account sheet."""
    kind, _, identifier = part.partition("/")
    account = "" if handed else "-account"
    return any(
        place in name
        for place in (
            f"2026-Q3{'' if handed else '/accounts'}/{part}.",
            f"2026-Q3{account}-{kind.removesuffix('s')}-{identifier}.",
        )
    )


def test_each_part_has_a_report_and_an_account_sheet(site: Edition) -> None:
    assert site.results is not None
    assert handed_scopes(site, site.results) == (
        Scope(segment="ornitho"),
        Scope(segment="researchers"),
        Scope(client="physics"),
        Scope(client="zygo"),
    )


@pytest.mark.parametrize("part", ["segments/researchers", "clients/physics"])
def test_no_secret_stands_in_what_is_handed(files: dict[str, str], part: str) -> None:
    handed = {name: text for name, text in files.items() if _is_of(name, part, handed=True)}
    assert len(handed) >= 3, "the page, the data of its tiles and the printed report"
    found = {(name, secret) for name, text in handed.items() for secret in ALL if secret in text}
    assert found == set()
    assert all(
        "comptoir explain" not in text and "indicators/" not in re.sub(r'(href="|@|")[^"]*', "", text)
        for name, text in handed.items()
        if name.endswith(".md")
    )


@pytest.mark.parametrize("part", ["segments/researchers", "clients/physics"])
def test_the_account_sheet_holds_what_the_report_has_lost(files: dict[str, str], part: str) -> None:
    kept = "".join(text for name, text in files.items() if _is_of(name, part, handed=False))
    for worth in ("987\u202f654", "111\u202f086", "comptoir explain"):
        assert worth in kept, worth
    assert "Poids des clients" in kept


def test_the_secrets_are_told_to_management(files: dict[str, str]) -> None:
    """They are planted where they would be seen: the whole reports hold each of those that reports can hold."""
    whole = "".join(text for name, text in files.items() if "2026-Q3" in name)
    assert [
        secret
        for secret in ("Ornithorynque", "Zygomatique", "Cœur de cible", "987\u202f654")
        if secret not in whole
    ] == []


def test_the_names_of_the_pages(site: Edition) -> None:
    scope = Scope(client="physics")
    assert page_path("report", report_name("2026-Q3", scope)) == "reports/2026-Q3/clients/physics.md"
    assert report_name("2026-Q3", scope, is_account=True) == "2026-Q3/accounts/clients/physics"


@pytest.mark.parametrize("account", [False, True])
def test_the_workbook_holds_numbers_and_is_cut_like_the_report(site: Edition, account: bool) -> None:
    assert site.results is not None
    context = next(
        one
        for one in report_contexts(site, site.results)
        if one.scope.client == "physics" and one.is_account is account
    )
    book = load_workbook(BytesIO(report_workbook(context)))
    cells = [
        cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, "no formula"
    told = " ".join(str(cell.value) for cell in cells)
    assert ("987654" in told) is account
    assert [secret for secret in OTHERS if secret in told] == []
    dollars = replace(context, at=replace(context.at, language=language("en")))
    shown = ("€1,234.5", "−3.4%", "12", "3 · 4 · 5", "–", "n/a")
    assert [number_of(dollars, TableCell(text, numeric=True)) for text in shown] == [
        (Decimal("1234.5"), "€"),
        (Decimal("-3.4"), "%"),
        (Decimal(12), ""),
        *[(None, "")] * 3,
    ]
    numbers = {cell.value for cell in cells if cell.data_type == "n"}
    assert (987654 in numbers) is account and len(numbers) > 1
