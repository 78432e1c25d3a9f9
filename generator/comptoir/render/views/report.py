"""The page of a report: its chapters in; what the template shows out. And the index of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.render.measure_words import long_quarter
from comptoir.render.paths import PAGES, page_path
from comptoir.render.report.chapters import ChapterContent, chapters_of
from comptoir.render.report.quarters import report_quarters, results_at
from comptoir.render.report.sections import ReportContext, Section, SectionTable
from comptoir.render.results import Results
from comptoir.render.site import Page, PageContext, Site
from comptoir.render.views.measures import ChartView, chart_named
from comptoir.render.views.parts import Link


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as the page shows it."""

    id: str
    title: str
    sentences: tuple[str, ...]
    charts: tuple[ChartView, ...]
    tables: tuple[SectionTable, ...]
    links: tuple[Link, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter as the page shows it."""

    id: str
    number: int
    name: str
    question: str
    pictogram: Markup
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the page of a report shows."""

    title: str
    quarter: str
    lead: str
    crumbs: tuple[Link, ...]
    chapters: tuple[ChapterView, ...]


@dataclass(frozen=True, slots=True)
class ReportsView:
    """All that the index of reports shows."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    reports: tuple[Link, ...]


def report_pages(site: Site) -> Iterator[Page]:
    """The index of reports, then each report; nothing when nothing is measured."""
    results = site.results
    if results is None:
        return
    yield _index(site, results)
    for quarter in report_quarters(site.catalogue, results):
        at = PageContext(site, page_path("report", str(quarter)))
        yield _report(ReportContext(at, results_at(results, quarter)))


def _report(context: ReportContext) -> Page:
    at, say = context.at, context.language.gettext
    quarter = long_quarter(context.language, context.quarter)
    view = ReportView(
        title=say("Rapport de fidélité"),
        quarter=quarter,
        lead=say("Ce que nous avons promis, ce que nous avons tenu, et ce que nous décidons."),
        crumbs=(
            Link(say("Accueil"), at.url("page", "home")),
            Link(say("Rapports"), at.url("page", "reports")),
        ),
        chapters=tuple(chapter_view(context, chapter) for chapter in chapters_of(context)),
    )
    title = f"{view.title}, {quarter}"
    return Page(at.path, "report.md.j2", view, title, description=view.lead, section="reports")


def chapter_view(context: ReportContext, content: ChapterContent) -> ChapterView:
    """The chapter with its pictogram and its charts."""
    return ChapterView(
        id=content.chapter.value,
        number=content.number,
        name=content.name,
        question=content.question,
        pictogram=context.at.pictogram(content.pictogram),
        sections=tuple(_section_view(context, section) for section in content.sections),
    )


def _section_view(context: ReportContext, section: Section) -> SectionView:
    drawn = (chart_named(context.results, name) for name in section.charts)
    return SectionView(
        id=section.id,
        title=section.title,
        sentences=section.sentences,
        charts=tuple(chart for chart in drawn if chart is not None),
        tables=section.tables,
        links=section.links,
        missing=section.missing,
    )


def _index(site: Site, results: Results) -> Page:
    at = PageContext(site, PAGES["reports"])
    say = at.language.gettext
    view = ReportsView(
        title=say("Rapports"),
        lead=say("Chaque trimestre : ce qui a été promis, ce qui a été tenu, et ce qui est décidé."),
        crumbs=(Link(say("Accueil"), at.url("page", "home")),),
        reports=tuple(
            Link(long_quarter(at.language, quarter), at.url("report", str(quarter)))
            for quarter in report_quarters(site.catalogue, results)
        ),
    )
    return Page(at.path, "reports.md.j2", view, view.title, description=view.lead, section="reports")
