"""Every report of the demonstration and of a published case: the page and the paper say the same, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.content.edition import Edition
from comptoir.content.report.chapters import chapters_of
from comptoir.content.report.opening import opening_of
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.variants import name_of, report_contexts
from comptoir.content.results import results_for_audience
from comptoir.measure.project import data_places, measure_project
from comptoir.paper.reports import make_reports, report_path
from comptoir.periods import Quarter
from comptoir.wording import language
from tests.paper.pressing import run_of

from ..analysis.test_analyses import ROOT
from ..conftest import CASES

PROJECTS = {
    "demonstration": (ROOT, date(2026, 10, 15), Quarter(2026, 3)),
    "control room": (CASES / "control-room", date(2001, 1, 15), Quarter(2000, 4)),
}


@cache
def site_of(name: str, audience: str, code: str) -> Edition:
    folder, today, quarter = PROJECTS[name]
    catalogue, _ = check_project(Path(folder), today)
    measured = measure_project(catalogue, data_places(Path(folder), None), quarter.latest(8), today)
    visible = for_audience(catalogue, audience)
    results = results_for_audience(measured, visible, audience, quarter)
    return Edition(visible, language(code), today, results)


def printed_sections(view: Any) -> list[Any]:
    """Every section of a printed report: of its first page, its chapters and its analyses."""
    of_chapters = [section for chapter in view["chapters"] for section in chapter["sections"]]
    return [*view["first"], *of_chapters, *view["analyses"]]


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("audience", ["employees", "management"])
@pytest.mark.parametrize("name", PROJECTS)
def test_page_and_paper_state_the_same(name: str, audience: str, code: str) -> None:
    site = site_of(name, audience, code)
    assert site.results is not None
    run = replace(run_of(site.catalogue, code, site.results), edition=site)
    printed = {document.path: document.data["view"] for document in make_reports(run)}
    compared = 0
    for quarter in report_quarters(site.catalogue, site.results):
        of_quarter = results_at(site.results, quarter)
        for context in report_contexts(site, of_quarter):
            view: Any = printed[report_path(name_of(context))]
            opening = opening_of(context)
            assert [fact["sentence"] for fact in view["facts"]] == [fact.sentence for fact in opening.facts]
            assert [tile["verdict"] for tile in view["tiles"]] == [
                tile.measure.verdict.word for tile in opening.tiles
            ]
            made = [s for chapter in chapters_of(context) for s in chapter.sections]
            on_paper = {s["title"]: s for s in printed_sections(view)}
            assert set(on_paper) == {s.title for s in made if not s.missing}
            empty = [one for chapter in view["chapters"] for one in chapter["missing"]]
            assert {(one["title"], one["words"]) for one in empty} == {
                (s.title, s.missing) for s in made if s.missing
            }
            for section in (s for s in made if not s.missing):
                told = on_paper[section.title]
                assert (told["title"], told["sentences"]) == (section.title, list(section.sentences))
                cells = [[cell.text for cell in row] for table in section.tables for row in table.rows]
                assert [[c["text"] for c in row] for t in told["tables"] for row in t["rows"]] == cells
            compared += 1
    assert compared == len(printed) >= 1
