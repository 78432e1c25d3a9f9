"""The pages of a report: the opening, chapters and annex in; what the template shows of each variant out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from comptoir.addresses import page_path
from comptoir.content.data_links import trends_data
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.left_out import count_rows
from comptoir.content.measure_words import long_quarter
from comptoir.content.measures import ChartView, MeasureView, chart_named
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.content.report.annex import (
    AnnexEntry,
    AnnexFile,
    AnnexPart,
)
from comptoir.content.report.chapters import ChapterContent
from comptoir.content.report.facts import FactContent
from comptoir.content.report.opening import ReportOpening
from comptoir.content.report.parts import scope_name
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.report import report_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable
from comptoir.content.report.variants import (
    handed_scopes,
    name_of,
    report_contexts,
    report_kind,
    report_lead,
    report_name,
    unnamed_clients,
)
from comptoir.content.report.workbook import report_workbook
from comptoir.site.pages.page import Page, trail

LONG_TABLE: Final = 5
"""A table of more rows is folded on screen: a committee reads what they say first."""


@dataclass(frozen=True, slots=True)
class TileView:
    """A result that opens the report, with its small trend."""

    measure: MeasureView
    figure: str
    unit: str
    spark: Markup


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; with `fold` it is folded under these words, which say what is inside.

    On a phone the cells of one that `stacks` stand one below the other.
    """

    table: SectionTable
    fold: str = ""
    stacks: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as the page shows it."""

    id: str
    title: str
    sentences: tuple[str, ...]
    charts: tuple[ChartView, ...]
    tables: tuple[ReportTable, ...]
    links: tuple[Link, ...]
    missing: str
    framed: bool


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter as the page shows it."""

    id: str
    number: int
    name: str
    question: str
    pictogram: Markup
    words: Markup
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the page of a report shows."""

    title: str
    kind: str
    lead: str
    crumbs: tuple[Link, ...]
    signatory: str
    public: Markup
    words: Markup
    is_provisional: bool
    tiles: tuple[TileView, ...]
    csv: Link | None  # the data of the small trends of the tiles
    facts: tuple[FactContent, ...]
    chapters: tuple[ChapterView, ...]
    annex: tuple[SectionView, ...]
    commands: tuple[AnnexPart, ...]
    definitions: tuple[AnnexEntry, ...]
    definitions_title: str
    files: tuple[AnnexFile, ...]
    files_title: str
    others: tuple[Link, ...]
    segments: tuple[Link, ...]
    clients: tuple[Link, ...]
    accounts: tuple[Link, ...]
    variants_note: str
    is_management: bool
    downloads: tuple[Link, ...]


def report_pages(at: Edition) -> Iterator[Page]:
    """Each report, then those about one segment or one client; nothing when nothing is measured."""
    if at.results is None:
        return
    for quarter in report_quarters(at.catalogue, at.results):
        results = results_at(at.results, quarter)
        for context in report_contexts(at, results):
            yield _report(context)


def _report(context: ReportContext) -> Page:
    at, say = context.at, context.language.gettext
    content = report_of(context)
    opening = content.opening
    view = ReportView(
        title=opening.about or opening.title,
        kind=f"{report_kind(context)}, {opening.quarter}"
        if opening.about or opening.title != say("Rapport de fidélité")
        else opening.quarter,
        lead=report_lead(context),
        crumbs=_crumbs(context, opening),
        signatory=opening.signatory,
        public=at.markdown(opening.public),
        words=at.markdown(opening.words),
        is_provisional=opening.is_provisional,
        tiles=tuple(_tile_view(context, tile.measure, tile.spark) for tile in opening.tiles),
        csv=_tiles_data(context, opening) if opening.tiles else None,
        facts=opening.facts,
        chapters=tuple(chapter_view(context, chapter) for chapter in content.chapters),
        annex=tuple(section_view(context, section) for section in content.annex),
        commands=content.commands,
        definitions=content.definitions,
        definitions_title=_definitions_title(context, content.definitions),
        files=content.files,
        files_title=_files_title(context, content.files),
        others=_others(context),
        segments=_variants(context, "segment"),
        clients=_variants(context, "client"),
        accounts=(
            *_variants(context, "segment", is_account=True),
            *_variants(context, "client", is_account=True),
        ),
        variants_note=_variants_note(context),
        is_management=context.results.is_narrowest,
        downloads=(*download_links(at, "report", subject=content.name), *_workbook(context, content.name)),
    )
    report = context.catalogue.reports.get(context.quarter)
    return Page(
        page_path("report", content.name),
        "report.md.j2",
        view,
        title=", ".join(part for part in (say("Rapport"), opening.quarter, opening.about) if part),
        description=view.lead,
        section="results",
        source=report.front.file if report and context.is_whole else "",
    )


def _tiles_data(context: ReportContext, opening: ReportOpening) -> Link:
    """The data of the tiles: of the quarters up to that of the report."""
    about = ", ".join(part for part in (opening.quarter, opening.about) if part)
    name = f"reports/{name_of(context)}"
    return trends_data(context.at, context.results, opening.measured, name, about)


def _crumbs(context: ReportContext, opening: ReportOpening) -> tuple[Link, ...]:
    whole = () if context.is_whole else (Link(opening.quarter, Ref("report", str(context.quarter))),)
    return (*trail(context.at, "reports"), *whole)


def _tile_view(context: ReportContext, measure: MeasureView, spark: str) -> TileView:
    chart = context.results.charts.get(spark)
    figure, _, unit = measure.value.partition("\u00a0")
    return TileView(measure, figure, unit, Markup(chart.svg) if chart else Markup(""))


def chapter_view(context: ReportContext, content: ChapterContent) -> ChapterView:
    """The chapter with its pictogram, its words and its charts."""
    return ChapterView(
        id=content.chapter.value,
        number=content.number,
        name=content.name,
        question=content.question,
        pictogram=context.at.pictogram(content.pictogram),
        words=context.at.markdown(content.words),
        sections=tuple(section_view(context, section) for section in content.sections),
    )


def section_view(context: ReportContext, section: Section) -> SectionView:
    """The section with its charts."""
    drawn = (chart_named(context.at, context.results, name) for name in section.charts)
    return SectionView(
        id=section.id,
        title=section.title,
        sentences=section.sentences,
        charts=tuple(chart for chart in drawn if chart is not None),
        tables=tuple(table_view(context, section, table) for table in section.tables),
        links=section.links,
        missing=section.missing,
        framed=section.framed,
    )


def table_view(context: ReportContext, section: Section, table: SectionTable) -> ReportTable:
    """What follows a chart is folded, and so is a long table; what was decided is not."""
    stacks = len(table.head) > 2 and not all(cell.numeric for row in table.rows for cell in row[1:])
    if section.framed or not (section.charts or len(table.rows) > LONG_TABLE):
        return ReportTable(table, stacks=stacks)
    return ReportTable(table, f"{table.caption} ({count_rows(context.at, len(table.rows))})", stacks)


def _definitions_title(context: ReportContext, definitions: tuple[AnnexEntry, ...]) -> str:
    text = context.language.ngettext(
        "%(num)s indicateur : formule, nombre de cas, lignes écartées, commande qui le retrouve",
        "%(num)s indicateurs : formule, nombre de cas, lignes écartées, commande qui les retrouve",
        len(definitions),
    )
    return text % {"num": context.language.number(len(definitions))}


def _files_title(context: ReportContext, files: tuple[AnnexFile, ...]) -> str:
    text = context.language.ngettext(
        "%(num)s fichier lu, avec son empreinte", "%(num)s fichiers lus, avec leur empreinte", len(files)
    )
    return text % {"num": context.language.number(len(files))}


def _others(context: ReportContext) -> tuple[Link, ...]:
    """The other reports on the same, the newest first; beside an account sheet, the report that is handed."""
    at, quarter = context.at, str(context.quarter)
    if context.is_account:
        title = at.language.gettext("le rapport qui lui est remis")
        return (Link(title, Ref("report", report_name(quarter, context.scope))),)
    if at.results is None or not context.is_whole:
        return ()
    return tuple(
        Link(long_quarter(at.language, quarter), Ref("report", str(quarter)))
        for quarter in report_quarters(context.catalogue, at.results)
        if quarter != context.quarter
    )


def _variants(context: ReportContext, kind: str, *, is_account: bool = False) -> tuple[Link, ...]:
    """The reports of this quarter for each segment, or each client, or their account sheets: on the page about everything only."""
    if not context.is_whole:
        return ()
    scopes = [scope for scope in handed_scopes(context.at, context.results) if getattr(scope, kind)]
    links = [
        Link(
            scope_name(context, scope),
            Ref("report", report_name(str(context.quarter), scope, is_account=is_account)),
        )
        for scope in scopes
    ]
    return tuple(sorted(links, key=lambda link: link.title))


def _variants_note(context: ReportContext) -> str:
    """How to give reports to clients where there are too many to give one to each; '' elsewhere."""
    count = unnamed_clients(context.at, context.results) if context.is_whole else 0
    text = context.language.gettext(
        "%(num)s clients : la clé « client_reports » de indicators/loyalty.yaml dit lesquels ont leur rapport."
    )
    return text % {"num": context.language.number(count)} if count else ""


def _workbook(context: ReportContext, name: str) -> tuple[Link, ...]:
    """The report as a workbook, written when the site is; what management keeps of a part is in that of the whole."""
    if context.is_account:
        return ()
    flat = name.replace("/", "-")
    at = context.at
    path = f"reports/{flat}-{at.language.code}.xlsx"
    title = at.language.gettext("Le rapport en tableur")
    return (Link(title, at.offer_data(path, lambda: report_workbook(context)), "XLSX"),)
