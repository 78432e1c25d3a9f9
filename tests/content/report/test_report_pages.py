"""Pages of reports over the base case: five chapters in both languages, links that lead somewhere, singular and plural."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urljoin

import pytest

from comptoir.addresses import page_path, root_url
from comptoir.content.edition import Edition
from comptoir.content.references import Ref
from comptoir.content.report.chapters import chapters_of
from comptoir.content.report.charts import report_chart, report_specs
from comptoir.content.report.parts import filled, kept_sentence, missed_sentence
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.registry import MAKERS
from comptoir.content.report.report import ReportContent, report_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.measure.types import Measurements, Scope, Status
from comptoir.model.catalogue import Catalogue
from comptoir.model.reports import CHAPTER_NAMES, Chapter
from comptoir.periods import Quarter
from comptoir.site import Results
from comptoir.site.pages.report_parts import LONG_TABLE, SectionView, abreast, table_view
from comptoir.site.pages.reports import ReportsView, reports_pages
from comptoir.wording import language

from ..measured import INDICATORS, NOW, WIFI, measured, results
from ..samples import TODAY, Read, base_catalogue, body_of, render

PAGES = ("reports/index.md", "reports/2026-Q3.md", "reports/2026-Q3/segments/researchers.md")


def managed() -> Results:
    return replace(results(), is_narrowest=True)


def context(code: str = "fr", found: Results | None = None, scope: Scope | None = None) -> ReportContext:
    site = Edition(base_catalogue(), language(code), TODAY, found or managed())
    return ReportContext(site, site.results or managed(), scope or Scope())


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_page_is_well_formed(code: str) -> None:
    files = render(base_catalogue(), code, results=managed()).files
    assert set(PAGES) <= set(files)
    for name in PAGES:
        page = Read(body_of(str(files[name])))
        assert page.wrong == [], name
        assert len(page.all("h1")) == 1, name
        identifiers = [a["id"] for _, a in page.elements if "id" in a]
        assert len(identifiers) == len(set(identifiers)), name


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_five_chapters_stand_in_their_order_in_both_languages(code: str) -> None:
    words = Read(body_of(str(render(base_catalogue(), code, results=managed()).files[PAGES[1]]))).words
    names = [language(code).say(name) for name in CHAPTER_NAMES.values()]
    places = [re.search(rf"\b{number}\s+{name}\b", words) for number, name in enumerate(names, 1)]
    assert all(places) and [p.start() for p in places if p] == sorted(p.start() for p in places if p)


def test_links_lead_somewhere() -> None:
    files = render(base_catalogue(), results=managed()).files
    base = "https://site.example/sub/"
    known = {urljoin(base, root_url(name)) for name in files}
    broken = {
        f"{name} → {link['href']}"
        for name in PAGES
        for link in Read(body_of(str(files[name]))).all("a")
        if not re.match(r"https?:|mailto:|tel:|#", link["href"])
        and urljoin(urljoin(base, root_url(name)), re.split("[?#]", link["href"])[0]) not in known
    }
    assert sorted(broken) == []


def test_a_wide_audience_reads_the_public_sections_only() -> None:
    files = render(base_catalogue(), results=results()).files
    assert not [name for name in files if "/segments/" in name and name.startswith("reports/")]
    words = Read(body_of(str(files[PAGES[1]]))).words
    assert "Niveaux de service" in words and "Satisfaction" in words
    for inside in ("Priorités par segment", "Réclamations", "Pas de données.", "Identifier"):
        assert inside not in words


def test_without_results_there_is_no_report() -> None:
    assert not [name for name in render(base_catalogue()).files if name.startswith("reports/")]


def test_every_maker_gives_a_section_that_holds_something_or_says_what_would() -> None:
    for chapter in Chapter:
        for maker in MAKERS[chapter]:
            section = maker(context())
            if section is not None:
                assert isinstance(section, Section) and section.title
                filled = section.sentences or section.charts or section.tables or section.links
                assert bool(filled) != bool(section.missing), section.id
                for table in section.tables:
                    assert {len(row) for row in table.rows} == {len(table.head)}, section.id


def test_the_charts_that_sections_call_are_asked_for() -> None:
    specs = report_specs(base_catalogue(), managed())
    for code in ("fr", "en"):
        for chapter in Chapter:
            for maker in MAKERS[chapter]:
                section = maker(context(code))
                for name in section.charts if section else ():
                    if "coverage" not in name:
                        assert name in specs and f"{name}-narrow" in specs
    assert report_chart(language("fr"), NOW, "trend", "satisfaction") in specs


def test_a_report_of_the_past_knows_nothing_later() -> None:
    whole = managed()
    before = results_at(whole, NOW.previous)
    assert before.quarter == NOW.previous and before.measurements.quarters[-1] == NOW.previous
    assert {m.quarter for m in before.measurements if m.quarter > NOW.previous} == set()
    assert results_at(managed(), NOW) == managed()
    assert results_at(whole, NOW.previous) is before  # made once for all languages, on pages and on paper


def test_reports_are_those_written_and_that_of_the_build() -> None:
    catalogue = base_catalogue()
    assert report_quarters(catalogue, managed()) == (NOW,)
    written = {Quarter(2026, 2): None, Quarter(2020, 1): None, Quarter(2026, 4): None}
    known = replace(catalogue, reports=MappingProxyType(written))  # type: ignore[arg-type]
    assert report_quarters(known, managed()) == (NOW, Quarter(2026, 2))


@pytest.mark.parametrize(
    ("verdicts", "french", "english"),
    [
        ((Status.MET,), "Le seul résultat que l’on peut juger atteint son objectif.", "The only result that can be judged meets its target."),
        ((Status.MISSED,), "Le seul résultat que l’on peut juger n’atteint pas son objectif.", "The only result that can be judged misses its target."),
        ((Status.MISSED, Status.MISSED), "Aucun des 2 résultats n’atteint son objectif.", "None of the 2 results meets its target."),
        ((Status.MET, Status.MISSED), "1 résultat sur 2 atteint son objectif.", "1 result of 2 meets its target."),
        ((Status.MET, Status.MET, Status.MISSED), "2 résultats sur 3 atteignent leur objectif.", "2 results of 3 meet their target."),
        ((Status.MET, Status.MET), "Les 2 résultats atteignent tous leur objectif.", "All 2 results meet their target."),
        ((Status.INDICATIVE, Status.MISSING), "", ""),
    ],
)  # fmt: skip
def test_how_many_targets_are_met_in_words(verdicts: tuple[Status, ...], french: str, english: str) -> None:
    values = {Status.MET: 95.0, Status.MISSED: 80.0, Status.INDICATIVE: 95.0}
    found = [measured(values.get(status), status, "restored") for status in verdicts]
    assert kept_sentence(context("fr"), found) == french
    assert kept_sentence(context("en"), found) == english


@pytest.mark.parametrize(
    ("code", "one", "several"),
    [
        ("fr", "Objectif manqué\u00a0: Rétablissements (80,0\u202f%).", "Objectifs manqués\u00a0: Rétablissements (80,0\u202f%) et Rétablissements (80,0\u202f%)."),
        ("en", "Target missed: Restorations (80.0%).", "Targets missed: Restorations (80.0%) and Restorations (80.0%)."),
    ],
)  # fmt: skip
def test_which_targets_are_missed_is_said_where_the_table_is_folded(
    code: str, one: str, several: str
) -> None:
    told, missed = context(code), measured(80.0, Status.MISSED, "restored")
    met = measured(95.0, Status.MET, "restored")
    assert missed_sentence(told, [met, missed], None) == one
    assert missed_sentence(told, [missed, missed], None) == several
    assert missed_sentence(told, [missed], told.results.indicators["restored"]) == ""
    assert missed_sentence(told, [met], None) == ""


def test_what_follows_a_chart_is_folded_and_what_is_decided_is_not() -> None:
    rows = tuple((TableCell(str(number)),) for number in range(LONG_TABLE))
    short = SectionTable("Appels", ("Mois",), rows)
    long = SectionTable("Appels", ("Mois",), (*rows, (TableCell("…"),)))
    plain, charted = Section("a", "A"), Section("a", "A", charts=("trend",))
    framed = Section("a", "A", framed=True)
    assert [table_view(context(), plain, table).fold for table in (short, long)] == ["", "Appels (4 lignes)"]
    assert table_view(context("en"), charted, short).fold == "Appels (3 rows)"
    assert table_view(context(), framed, long).fold == ""


def test_a_table_of_words_stacks_on_a_phone_and_one_of_numbers_does_not() -> None:
    words = SectionTable(
        "A", ("Quoi", "Qui", "Quand"), ((TableCell("a"), TableCell("b"), TableCell("1", numeric=True)),)
    )
    numbers = SectionTable(
        "A", ("Quoi", "n", "Part"), ((TableCell("a"), *[TableCell("1", numeric=True)] * 2),)
    )
    narrow = SectionTable("A", ("Quoi", "Qui"), ((TableCell("a"), TableCell("b")),))
    assert [table_view(context(), Section("a", "A"), t).stacks for t in (words, numbers, narrow)] == [
        True,
        False,
        False,
    ]


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    rows = ((TableCell("a"), TableCell(""), TableCell("1")), (TableCell("b"), TableCell("–"), TableCell("")))
    assert filled(SectionTable("A", ("Quoi", "Qui", "n"), rows)) == SectionTable(
        "A", ("Quoi", "n"), ((TableCell("a"), TableCell("1")), (TableCell("b"), TableCell("")))
    )


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_section_stands_somewhere_once_and_the_bar_leads_to_each_chapter(code: str) -> None:
    files = render(base_catalogue(), code, results=managed()).files
    names = [name for name in files if re.fullmatch(r"reports/2026-Q3(/analyses)?\.md", name)]
    pages = {name: Read(body_of(str(files[name]))) for name in names}
    standing = [a["id"] for page in pages.values() for _, a in page.elements if "id" in a]
    made = [s.id for chapter in chapters_of(context(code)) for s in chapter.sections]
    assert [name for name in made if standing.count(name) != 1] == []
    led = [a["href"][1:] for a in pages[PAGES[1]].all("a") if a.get("href", "").startswith("#")]
    assert {chapter.value for chapter in Chapter} <= set(led) <= set(standing) | {"opening"}


def view(name: str, *, is_long: bool = False) -> SectionView:
    table = SectionTable("A", ("1", "2", "3", "4", "5"), (tuple(TableCell("a") for _ in range(5)),))
    shown = table_view(context(), Section(name, name, framed=is_long), table)
    return SectionView(name, name, (), (), (shown,), (), framed=is_long)


@pytest.mark.parametrize(
    ("long", "abreast_of"), [("", "abcd"), ("b", "cd"), ("c", "ab"), ("a", "bc"), ("bd", "")]
)
def test_narrow_sections_stand_abreast_in_pairs(long: str, abreast_of: str) -> None:
    shown = abreast(view(name, is_long=name in long) for name in "abcd")
    assert "".join(one.id for one in shown if one.is_half) == abreast_of


def test_the_index_tells_the_tiles_quarter_by_quarter_and_leads_to_the_reports() -> None:
    (page,) = reports_pages(Edition(base_catalogue(), language("en"), TODAY, managed()))
    view = page.view
    assert isinstance(view, ReportsView)
    assert [(quarter.title, quarter.url) for quarter in view.quarters][-2:] == [
        ("Q2 2026", ""),
        ("Q3 2026", Ref("report", "2026-Q3")),
    ]
    history = {row.name.title: [value.text for value in row.values] for row in view.history}
    assert list(history) == ["Satisfaction", "Availability", "Restorations"]
    assert history["Restorations"][-2:] == ["90.8%", "91.2%"]
    assert {len(values) for values in history.values()} == {8}


def test_no_tile_is_invented() -> None:
    nothing = Measurements((), MappingProxyType(INDICATORS), NOW.latest(8))
    page = str(
        render(base_catalogue(), results=Results(nothing, NOW, is_narrowest=True)).files[
            page_path("report", "2026-Q3")
        ]
    )
    assert "c-gauge" not in page and "un rapport n’invente pas de chiffres" in page
    one = Measurements(
        (measured(98.1, Status.MISSED, "availability", WIFI),), MappingProxyType(INDICATORS), (NOW,)
    )
    assert "c-gauge__value" not in str(
        render(base_catalogue(), results=Results(one, NOW, is_narrowest=True)).files[
            page_path("report", "2026-Q3")
        ]
    )


def test_a_report_is_made_once_for_the_page_and_for_paper() -> None:
    catalogue, found = base_catalogue(), managed()

    def report(catalogue: Catalogue, code: str) -> ReportContent:
        return report_of(ReportContext(Edition(catalogue, language(code), TODAY, found), found))

    made = report(catalogue, "fr")
    assert report(catalogue, "fr") is made
    assert report(catalogue, "en") is not made
    cut = replace(catalogue, actions={})
    assert report(cut, "fr") is not made and report(cut, "fr") is report(cut, "fr")
