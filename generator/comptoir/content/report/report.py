"""A whole report: what it is about in; its opening, chapters and annex out, made once for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.content.report.annex import (
    AnnexEntry,
    AnnexFile,
    AnnexPart,
    annex_commands,
    annex_entries,
    annex_files,
)
from comptoir.content.report.chapters import ChapterContent, chapters_of, sections_of
from comptoir.content.report.opening import ReportOpening, opening_of
from comptoir.content.report.registry import ANNEX_MAKERS, PLACES
from comptoir.content.report.sections import ReportContext, Section, SectionPlace
from comptoir.content.report.variants import name_of


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that a report says. `name` is that of its page; a chapter with nothing to say is left out."""

    name: str
    opening: ReportOpening
    chapters: tuple[ChapterContent, ...]
    annex: tuple[Section, ...]
    commands: tuple[AnnexPart, ...]
    definitions: tuple[AnnexEntry, ...]
    files: tuple[AnnexFile, ...]

    def sections_at(self, place: SectionPlace) -> tuple[Section, ...]:
        """The sections of all chapters that are shown there; those of the first page in the order of `PLACES`."""
        found = [section for chapter in self.chapters for section in chapter.sections_at(place)]
        order = list(PLACES)
        return tuple(sorted(found, key=lambda section: order.index(section.id)))


def report_of(context: ReportContext) -> ReportContent:
    """All that the report says, whatever shows it."""
    return context.once("report", lambda: _report(context))


def _report(context: ReportContext) -> ReportContent:
    chapters = chapters_of(context)
    return ReportContent(
        name=name_of(context),
        opening=opening_of(context),
        chapters=tuple(chapter for chapter in chapters if chapter.sections or chapter.words),
        annex=sections_of(context, ANNEX_MAKERS),
        commands=annex_commands(context, chapters),
        definitions=annex_entries(context),
        files=annex_files(context),
    )
