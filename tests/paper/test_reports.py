"""The printed report: the tiles, facts and chapters of the page; cut for its audience; readable by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject

from comptoir.model.base import Text
from comptoir.paper.kinds import Product
from comptoir.paper.project import PrintedProject
from comptoir.paper.reports import make_reports, report_path
from comptoir.site import Results
from tests.content.measured import results
from tests.content.samples import base_catalogue
from tests.paper.pressing import print_all, reader, run_of, text_of

REPORTS = (Product("report", make_reports),)


def narrowest() -> Results:
    return replace(results(), is_narrowest=True)


@pytest.fixture(scope="module")
def management(tmp_path_factory: pytest.TempPathFactory) -> PrintedProject:
    return print_all(base_catalogue(), tmp_path_factory.mktemp("report"), narrowest(), products=REPORTS)


@pytest.fixture(scope="module")
def employees(tmp_path_factory: pytest.TempPathFactory) -> PrintedProject:
    return print_all(base_catalogue(), tmp_path_factory.mktemp("report"), results(), products=REPORTS)


def content(printed: PrintedProject, language: str, name: str = "2026-Q3") -> bytes:
    return next(f.content for f in printed.in_language(language) if f.path.endswith(f"/{name}.pdf"))


def test_the_address_of_each_variant() -> None:
    names = ("2026-Q3", "2026-Q3/segments/staff", "2026-Q3/clients/a-b", "2026-Q3/accounts/clients/a-b")
    assert [report_path(name) for name in names] == [
        "downloads/reports/2026-Q3.pdf",
        "downloads/reports/2026-Q3-segment-staff.pdf",
        "downloads/reports/2026-Q3-client-a-b.pdf",
        "downloads/reports/2026-Q3-account-client-a-b.pdf",
    ]


def test_management_gets_the_whole_and_each_segment(management: PrintedProject) -> None:
    assert [(f.language, f.path, f.title, f.subject) for f in management.files if f.language == "en"] == [
        ("en", "downloads/reports/2026-Q3.pdf", "Loyalty report, Q3\u00a02026", "2026-Q3"),
        (
            "en",
            "downloads/reports/2026-Q3-segment-researchers.pdf",
            "Loyalty report, Q3\u00a02026, Researchers",
            "2026-Q3/segments/researchers",
        ),
        (
            "en",
            "downloads/reports/2026-Q3-account-segment-researchers.pdf",
            "Account sheet, Q3\u00a02026, Researchers",
            "2026-Q3/accounts/segments/researchers",
        ),
    ]
    assert management.problems == ()


def test_employees_get_one_report_without_what_is_not_public(
    employees: PrintedProject, management: PrintedProject
) -> None:
    assert [file.path for file in employees.in_language("fr")] == ["downloads/reports/2026-Q3.pdf"]
    private = "Qui servons-nous"
    assert private in text_of(content(management, "fr"))
    assert private not in text_of(content(employees, "fr"))


def test_nothing_is_printed_where_nothing_is_measured() -> None:
    assert list(make_reports(run_of(base_catalogue(), "fr", None))) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_of_the_report_is_printed_in_its_order(management: PrintedProject, language: str) -> None:
    """The content is the report's own, so what is told here is that all of it reaches the paper."""
    (document, *_) = make_reports(run_of(base_catalogue(), language, narrowest()))
    text = letters(text_of(content(management, language)))
    place, lost = 0, []
    for words in wanted(document.data["view"]):  # type: ignore[arg-type]
        found = text.find(letters(words), place)
        if found < 0:
            lost.append(words)
        else:
            place = found
    assert lost == []


def wanted(view: dict[str, Any]) -> Iterator[str]:
    """The words of a report from its cover to its annex."""
    yield from (view["kind"], view["title"], view["lead"])
    for tile in view["tiles"]:
        yield from (tile["name"], tile["figure"], tile["verdict"], tile["promise"], tile["change"])
    for fact in view["facts"]:
        yield from (fact["name"], fact["sentence"])
    yield from of_sections(view["first"])
    for chapter in view["chapters"]:
        yield from (chapter["name"], chapter["question"])
        yield from of_sections(chapter["sections"])
        for empty in chapter["missing"]:
            yield from (empty["title"], empty["words"].rstrip("."))
    yield from of_sections(view["analyses"])
    for definition in view["definitions"]:
        yield from (definition["name"], definition["value"], definition["command"])


def of_sections(sections: list[dict[str, Any]]) -> Iterator[str]:
    for section in sections:
        yield from (section["title"], *section["sentences"])
        for table in section["tables"]:
            yield from table["head"]
            yield from (cell["text"] for row in table["rows"] for cell in row)


def letters(text: str) -> str:
    """Only what a break of line or of page does not change."""
    return "".join(c for c in text if c.isalnum())


def test_it_is_tagged_tells_its_language_and_has_bookmarks(management: PrintedProject) -> None:
    pdf = reader(content(management, "en"))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None and pdf.metadata.title == "Loyalty report, Q3\u00a02026"
    titles = [entry["/Title"] for entry in pdf.outline if isinstance(entry, dict)]
    assert "1. Identify" in str(pdf.outline), titles
    assert "Clients and users" in str(pdf.outline)


def test_charts_say_what_they_show(management: PrintedProject) -> None:
    """Each chart of the report stands with its sentence, and its letters are text in the brand's typeface."""
    documents = list(make_reports(run_of(base_catalogue(), "en", narrowest())))
    charts = [
        chart
        for chapter in documents[0].data["view"]["chapters"]  # type: ignore[index, call-overload, union-attr]
        for section in chapter["sections"]  # type: ignore[index, call-overload]
        for chart in section["charts"]  # type: ignore[index, call-overload]
    ]
    assert charts and all(chart["words"] for chart in charts)
    for chart in charts:
        svg = documents[0].assets[chart["file"]].decode()
        assert "var(--chart" not in svg


def test_page_numbers_and_running_heads(management: PrintedProject) -> None:
    pages = [page.extract_text() for page in reader(content(management, "en")).pages]
    assert [
        f"{number} / {len(pages)}" in page.replace("\u00a0", " ") for number, page in enumerate(pages, 1)
    ] == [True] * len(pages)
    assert all("Loyalty report" in page for page in pages)


def test_a_table_longer_than_a_page_goes_on_overleaf(tmp_path: Path) -> None:
    catalogue = base_catalogue()
    need = next(iter(catalogue.needs.values()))
    needs = {
        f"n{i}": need.model_copy(
            update={"id": f"n{i}", "name": Text(f"Le besoin numéro {i}, en toutes lettres")}
        )
        for i in range(90)
    }
    printed = print_all(replace(catalogue, needs=needs), tmp_path, narrowest(), products=REPORTS)
    assert printed.problems == ()
    seen = [
        words
        for page in reader(content(printed, "fr")).pages
        for words, height in lines_of(page)
        if 60 < height < float(page.mediabox.height) - 60
    ]
    shown = " ".join(" ".join(seen).split())
    assert [i for i in range(90) if f"numéro {i}," not in shown] == []


def lines_of(page: PageObject) -> list[tuple[str, float]]:
    """The words of a page, each with its height above the foot."""
    found: list[tuple[str, float]] = []

    def note(text: str, page: list[float], line: list[float], *_font: object) -> None:
        found.append((text, line[4] * page[1] + line[5] * page[3] + page[5]))

    page.extract_text(visitor_text=note)
    return found


def test_the_same_report_has_the_same_bytes(tmp_path: Path) -> None:
    once, again = (
        print_all(base_catalogue(), tmp_path / name, results(), products=REPORTS).files for name in ("a", "b")
    )
    assert [file.content for file in once] == [file.content for file in again]
