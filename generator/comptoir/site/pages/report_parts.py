"""Parts of the pages of a report: chapters and sections in; what the templates show of them, and what stands abreast, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from comptoir.content.left_out import count_rows
from comptoir.content.measures import ChartView, chart_named
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget
from comptoir.content.report.chapters import ChapterContent
from comptoir.content.report.sections import ReportContext, Section, SectionPlace, SectionTable
from comptoir.content.report.variants import place_of

_NARROW_HEIGHT: Final = re.compile(r'viewBox="0 0 \d+ (\d+)"')
TALL: Final = 420
"""Pixels of a narrow drawing that is too tall to stand beside another section."""
FEW_COLUMNS: Final = 4
LONG_TABLE: Final = 3
"""A table of more rows is folded on screen: a committee reads what they say first."""


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
    framed: bool
    is_half: bool = False  # two such sections stand abreast on a wide screen
    is_double: bool = False  # its two charts do


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """An analysis that stands on the page of analyses: its title, what it finds, and where it is."""

    title: str
    finding: str
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter as the page shows it. `missing` are its sections without data, each with what would fill it."""

    id: str
    number: int
    name: str
    question: str
    pictogram: Markup
    words: Markup
    sections: tuple[SectionView, ...]
    analyses: tuple[AnalysisLine, ...]
    missing: tuple[Section, ...]


def chapter_view(context: ReportContext, content: ChapterContent) -> ChapterView:
    """The chapter with its pictogram, its words and its charts."""
    shown = content.sections_at(SectionPlace.CHAPTER)
    return ChapterView(
        id=content.chapter.value,
        number=content.number,
        name=content.name,
        question=content.question,
        pictogram=context.at.pictogram(content.pictogram),
        words=context.at.markdown(content.words),
        sections=abreast(section_view(context, section) for section in shown),
        analyses=tuple(
            AnalysisLine(one.title, _finding(context, one), place_of(context, one))
            for one in content.sections_at(SectionPlace.APART)
        ),
        missing=content.without_data,
    )


def _finding(context: ReportContext, section: Section) -> str:
    """What a section finds, in a line: the title of its first chart, else its first sentence."""
    charts = (context.results.charts.get(name) for name in section.charts)
    titles = [chart.title for chart in charts if chart is not None]
    return next((text for text in (*titles, *section.sentences) if text), "")


def section_view(context: ReportContext, section: Section) -> SectionView:
    """The section with its charts."""
    drawn = (chart_named(context.at, context.results, name) for name in section.charts)
    charts = tuple(chart for chart in drawn if chart is not None)
    return SectionView(
        id=section.id,
        title=section.title,
        sentences=section.sentences,
        charts=charts,
        tables=tuple(table_view(context, section, table) for table in section.tables),
        links=section.links,
        framed=section.framed,
        is_double=len(charts) == 2 and not any(map(_is_tall, charts)),
    )


def abreast(sections: Iterable[SectionView]) -> tuple[SectionView, ...]:
    """The sections, those of which two in a row are narrow marked to stand side by side."""
    found, at = list(sections), 0
    while at < len(found) - 1:
        if _is_narrow(found[at]) and _is_narrow(found[at + 1]):
            found[at : at + 2] = (replace(one, is_half=True) for one in found[at : at + 2])
            at += 1
        at += 1
    return tuple(found)


def _is_narrow(section: SectionView) -> bool:
    """True for one chart at most, that is not tall where it is narrow, and tables of few columns unless they are folded."""
    return (
        len(section.charts) < 2
        and not any(map(_is_tall, section.charts))
        and all(table.fold or len(table.table.head) <= FEW_COLUMNS for table in section.tables)
    )


def table_view(context: ReportContext, section: Section, table: SectionTable) -> ReportTable:
    """What follows a chart is folded, and so is a large table; what was decided, and what one decides from, is not."""
    stacks = len(table.head) > 2 and not all(cell.numeric for row in table.rows for cell in row[1:])
    is_large = len(table.rows) > LONG_TABLE or len(table.head) > FEW_COLUMNS
    is_first = section.framed or section.place is SectionPlace.OPENING
    if is_first or not (section.charts or is_large):
        return ReportTable(table, stacks=stacks)
    return ReportTable(table, f"{table.caption} ({count_rows(context.at, len(table.rows))})", stacks)


def _is_tall(chart: ChartView) -> bool:
    height = _NARROW_HEIGHT.search(chart.narrow)
    return height is not None and int(height[1]) > TALL
