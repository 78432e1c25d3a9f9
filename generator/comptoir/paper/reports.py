"""The quarterly report on paper: a site with what was measured in; a document for each report and each variant out.

The tiles, the facts, the chapters and the annex are those of the page; the charts are drawn in the colours of paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from comptoir.charts import Chart, fix_colours
from comptoir.content.chart_style import style_of
from comptoir.content.report.chapters import ChapterContent
from comptoir.content.report.opening import NOTHING, ReportOpening, TileContent
from comptoir.content.report.quarters import report_quarters, results_at
from comptoir.content.report.report import report_of
from comptoir.content.report.sections import ReportContext, Section, SectionPlace, SectionTable
from comptoir.content.report.variants import report_contexts, report_kind, report_lead
from comptoir.paper.paper import Paper
from comptoir.paper.run import DOWNLOADS, Run
from comptoir.paper.types import A4_SIDE, PaperDocument, ViewData


def make_reports(run: Run) -> Iterator[PaperDocument]:
    """Each report, then those about one segment or one client; nothing when nothing is measured."""
    results = run.edition.results
    if results is None:
        return
    for quarter in report_quarters(run.catalogue, results):
        of_quarter = results_at(results, quarter)
        own = replace(run, edition=run.edition.about(quarter))
        for context in report_contexts(own.edition, of_quarter):
            yield _document(own, own.paper(), context)


def report_path(name: str) -> str:
    """Where a printed report is published, under docs/ of its language; `name` is that of its page."""
    flat = (
        name.replace("/accounts", "-account")
        .replace("/segments/", "-segment-")
        .replace("/clients/", "-client-")
    )
    return f"{DOWNLOADS}reports/{flat}.pdf"


def _document(run: Run, paper: Paper, context: ReportContext) -> PaperDocument:
    report = report_of(context)
    opening = report.opening
    title = ", ".join(part for part in (report_kind(context), opening.quarter, opening.about) if part)
    view: dict[str, ViewData] = {
        **_opening(run, paper, context, opening),
        "first": [
            _section(run, paper, context, section) for section in report.sections_at(SectionPlace.OPENING)
        ],
        "chapters": [_chapter(run, paper, context, one) for one in report.chapters if one.is_told],
        "analyses": [
            _section(run, paper, context, section) for section in report.sections_at(SectionPlace.APART)
        ],
        "annex": [_section(run, paper, context, section) for section in report.annex if not section.missing],
        "annex_missing": _missing(report.annex),
        "commands": [
            {
                "name": part.name,
                "lines": [
                    {"command": line.command, "sections": [section.title for section in line.sections]}
                    for line in part.lines
                ],
            }
            for part in report.commands
        ],
        "definitions": [
            {
                "name": entry.name,
                "url": entry.url,
                "value": entry.value,
                "formula": entry.formula,
                "sample": entry.sample,
                "left_out": list(entry.left_out),
                "command": entry.command,
            }
            for entry in report.definitions
        ],
        "files": [{"path": file.path, "rows": file.rows, "sha256": file.sha256} for file in report.files],
        "is_whole": context.is_whole,
        "labels": _labels(run, context),
    }
    return run.document(
        paper,
        path=report_path(report.name),
        kind="report",
        title=title,
        template="report.typ",
        view=view,
        preview_side=A4_SIDE,
        subject=report.name,
    )


def _opening(run: Run, paper: Paper, context: ReportContext, opening: ReportOpening) -> dict[str, ViewData]:
    kind, title = report_kind(context), opening.about or opening.title
    return {
        "kind": kind if title in ("", kind) else f"{kind}, {opening.quarter}",
        "title": opening.quarter if title in ("", kind) else title,
        "running": ", ".join(part for part in (kind, opening.quarter, opening.about) if part),
        "lead": report_lead(context),
        "signatory": opening.signatory,
        "provisional": opening.provisional,
        "public": _words(paper, opening.public),
        "words": _words(paper, opening.words),
        "tiles": [_tile(run, paper, context, tile) for tile in opening.tiles],
        "facts": [
            {"name": fact.name, "url": fact.url, "sentence": fact.sentence, "tone": fact.tone}
            for fact in opening.facts
        ],
    }


def _tile(run: Run, paper: Paper, context: ReportContext, tile: TileContent) -> ViewData:
    measure = tile.measure
    figure, _, unit = measure.value.partition("\u00a0")
    promise = measure.promise[:1].lower() + measure.promise[1:]
    say = run.language.gettext
    return {
        "name": measure.name,
        "url": measure.url,
        "figure": figure,
        "unit": unit,
        "signal": measure.verdict.tone,
        "mark": measure.verdict.mark,
        "verdict": measure.verdict.word,
        "promise": f"{say('objectif')} {promise}" if promise else "",
        "change": measure.change,
        "tone": measure.tone,
        "sample": measure.sample,
        "spark": _chart(paper, context, context.results.charts.get(tile.spark)),
    }


def _chapter(run: Run, paper: Paper, context: ReportContext, chapter: ChapterContent) -> ViewData:
    return {
        "id": chapter.chapter.value,
        "number": str(chapter.number),
        "name": chapter.name,
        "question": chapter.question,
        "pictogram": paper.drawing(chapter.pictogram),
        "words": _words(paper, chapter.words),
        "sections": [
            _section(run, paper, context, section) for section in chapter.sections_at(SectionPlace.CHAPTER)
        ],
        "missing": _missing(chapter.without_data),
    }


def _missing(sections: Iterable[Section]) -> ViewData:
    return [{"title": one.title, "words": one.missing} for one in sections if one.missing]


def _section(run: Run, paper: Paper, context: ReportContext, section: Section) -> ViewData:
    charts = (context.results.charts.get(name) for name in section.charts)
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "charts": [
            {"file": _chart(paper, context, chart), "words": chart.alternative} for chart in charts if chart
        ],
        "tables": [_table(table) for table in section.tables],
        "links": [{"title": link.title, "url": link.url, "note": link.note} for link in section.links],
        "framed": section.framed,
    }


def _table(table: SectionTable) -> ViewData:
    return {
        "caption": table.caption,
        "head": list(table.head),
        "numeric": [all(row[column].numeric for row in table.rows) for column in range(len(table.head))],
        "rows": [[{"text": cell.text, "url": cell.url} for cell in row] for row in table.rows],
    }


def _words(paper: Paper, markdown: str) -> ViewData:
    """A manager's Markdown as a tree; None for none."""
    return {"tree": paper.tree(markdown)} if markdown else None


def _chart(paper: Paper, context: ReportContext, chart: Chart | None) -> str:
    """The drawing in the colours of paper; gives the name to show it by, '' for none."""
    if chart is None:
        return ""
    style = context.at.once("chart style", lambda: style_of(context.catalogue))
    svg = fix_colours(chart.svg, style.light, style.text_font, style.title_font)
    content = svg.encode()
    name = f"assets/{hashlib.sha256(content).hexdigest()[:24]}.svg"
    paper.assets[name] = content
    return name


def _labels(run: Run, context: ReportContext) -> dict[str, ViewData]:
    say = run.language.gettext
    return {
        "essential": say("L'essentiel"),
        "facts": say("Ce qui ressort"),
        "nothing": say(NOTHING),
        "no_data": say("Sans données :"),
        "would_fill": say("Ce qui remplirait cette partie :"),
        "analyses": say("Les analyses"),
        "analyses_lead": say("Ce que les données disent des clients et des services, et comment."),
        "annex": say("Annexe : comment ces chiffres sont faits"),
        "annex_lead": say(
            "Chaque nombre du rapport peut être retrouvé : la commande dit les lignes comptées, les lignes écartées "
            "et leurs fichiers."
        )
        if not context.is_handed
        else "",
        "files": say("Fichiers lus"),
        "commands": say("Les commandes, partie par partie"),
        "indicators": say("Les indicateurs, un par un"),
        "contents": say("Sommaire"),
    }
