"""The pages of a report: the opening, chapters and annex in; what the template shows of each variant out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from comptoir.addresses import page_path
from comptoir.content.data_links import trends_data
from comptoir.content.downloads import download_links
from comptoir.content.edition import Edition
from comptoir.content.measure_words import long_quarter
from comptoir.content.measures import MeasureView
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.report.annex import (
    AnnexEntry,
    AnnexFile,
    AnnexPart,
)
from comptoir.content.report.facts import FactContent
from comptoir.content.report.opening import NOTHING, ReportOpening
from comptoir.content.report.parts import scope_name
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.report import ReportContent, report_of
from comptoir.content.report.sections import ReportContext, Section, SectionPlace
from comptoir.content.report.variants import (
    ANALYSES,
    ANNEX,
    handed_scopes,
    name_beside,
    name_of,
    report_contexts,
    report_kind,
    report_lead,
    report_name,
    unnamed_clients,
)
from comptoir.content.report.workbook import report_workbook
from comptoir.site.pages.page import Page, trail
from comptoir.site.pages.report_parts import (
    ChapterView,
    SectionView,
    abreast,
    chapter_view,
    section_view,
)


@dataclass(frozen=True, slots=True)
class TileView:
    """A result that opens the report, with its small trend."""

    measure: MeasureView
    figure: str
    unit: str
    spark: Markup


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
    provisional: str
    nothing: str
    tiles: tuple[TileView, ...]
    csv: Link | None  # the data of the small trends of the tiles
    facts: tuple[FactContent, ...]
    first: tuple[SectionView, ...]
    chapters: tuple[ChapterView, ...]
    analyses: LinkTarget
    annex: LinkTarget
    own_annex: AnnexView | None
    others: tuple[Link, ...]
    segments: tuple[Link, ...]
    clients: tuple[Link, ...]
    accounts: tuple[Link, ...]
    variants_note: str
    is_management: bool
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AnalysesView:
    """All that the page of the analyses of a report shows."""

    title: str
    kind: str
    lead: str
    crumbs: tuple[Link, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class AnnexView:
    """All that the annex of a report shows."""

    title: str
    kind: str
    lead: str
    crumbs: tuple[Link, ...]
    sections: tuple[SectionView, ...]
    missing: tuple[Section, ...]
    commands: tuple[AnnexPart, ...]
    definitions: tuple[AnnexEntry, ...]
    definitions_title: str
    files: tuple[AnnexFile, ...]
    files_title: str


def report_pages(at: Edition) -> Iterator[Page]:
    """Each report, then those about one segment or one client; nothing when nothing is measured."""
    if at.results is None:
        return
    for quarter in report_quarters(at.catalogue, at.results):
        results = results_at(at.results, quarter)
        for context in report_contexts(at, results):
            yield _report(context)
            yield from _analyses(context)
            yield from _annex(context)


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
        provisional=opening.provisional,
        nothing=say(NOTHING),
        tiles=tuple(_tile_view(context, tile.measure, tile.spark) for tile in opening.tiles),
        csv=_tiles_data(context, opening) if opening.tiles else None,
        facts=opening.facts,
        first=abreast(section_view(context, one) for one in content.sections_at(SectionPlace.OPENING)),
        chapters=tuple(chapter_view(context, one) for one in content.chapters if one.is_told),
        analyses=Ref("report", name_beside(context, ANALYSES))
        if content.sections_at(SectionPlace.APART)
        else "",
        annex=Ref("report", name_beside(context, ANNEX)) if context.is_whole and _has_annex(content) else "",
        own_annex=None if context.is_whole or not _has_annex(content) else _annex_view(context, content),
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


def _analyses(context: ReportContext) -> Iterator[Page]:
    """What is worked out of clients and services, for who asks how; nothing where no analysis is apart."""
    say, content = context.language.gettext, report_of(context)
    sections = content.sections_at(SectionPlace.APART)
    if not sections:
        return
    title = say("Les analyses")
    view = AnalysesView(
        title=title,
        kind=_kind_of(context, content),
        lead=say("Ce que les données disent des clients et des services, et comment."),
        crumbs=_crumbs_below(context, content),
        sections=abreast(section_view(context, section) for section in sections),
    )
    yield _page_beside(context, content, ANALYSES, view, title)


def _annex(context: ReportContext) -> Iterator[Page]:
    """How the figures of the report about everything are made; that of a part tells it at its end."""
    content = report_of(context)
    if context.is_whole and _has_annex(content):
        view = _annex_view(context, content)
        yield _page_beside(context, content, ANNEX, view, view.title)


def _annex_view(context: ReportContext, content: ReportContent) -> AnnexView:
    say = context.language.gettext
    return AnnexView(
        title=say("Annexe : comment ces chiffres sont faits"),
        kind=_kind_of(context, content),
        lead=say(
            "Chaque nombre du rapport peut être retrouvé : la commande dit les lignes comptées, les lignes écartées et leurs fichiers."
        )
        if content.commands
        else "",
        crumbs=_crumbs_below(context, content),
        sections=tuple(section_view(context, section) for section in content.annex if not section.missing),
        missing=tuple(section for section in content.annex if section.missing),
        commands=content.commands,
        definitions=content.definitions,
        definitions_title=_definitions_title(context, content.definitions),
        files=content.files,
        files_title=_files_title(context, content.files),
    )


def _has_annex(content: ReportContent) -> bool:
    return bool(content.annex or content.definitions or content.files)


def _page_beside(
    context: ReportContext, content: ReportContent, part: str, view: AnalysesView | AnnexView, title: str
) -> Page:
    return Page(
        page_path("report", name_beside(context, part)),
        f"report_{part}.md.j2",
        view,
        title=f"{title}, {view.kind}",
        description=view.lead,
        section="results",
    )


def _kind_of(context: ReportContext, content: ReportContent) -> str:
    opening = content.opening
    return ", ".join(part for part in (report_kind(context), opening.quarter, opening.about) if part)


def _crumbs_below(context: ReportContext, content: ReportContent) -> tuple[Link, ...]:
    opening = content.opening
    own = Link(opening.about or opening.quarter, Ref("report", content.name))
    return (*_crumbs(context, opening), own)


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
