"""The annex: an indicator of the report in; its formula, n, rows left out, files with their hashes, and how to check it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comptoir.content.left_out import count_rows, left_out_lines
from comptoir.content.measure_words import interval_words, value_words
from comptoir.content.measures import formula_words
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.report.chapters import ChapterContent
from comptoir.content.report.charts import group_indicators
from comptoir.content.report.control import PUBLIC_GROUPS
from comptoir.content.report.parts import measured, speech_for
from comptoir.content.report.sections import ReportContext
from comptoir.content.report.variants import place_of
from comptoir.explain.material import command_of
from comptoir.explain.registry import OPENING, Topic, name_of, topics_of
from comptoir.model.metrics import Indicator
from comptoir.model.roles import Role

OBSERVED: Final = frozenset(
    {
        Role.REVENUE,
        Role.USAGE,
        Role.REQUESTS,
        Role.CALLS,
        Role.CONTACTS,
        Role.SUBSCRIPTIONS,
        Role.LEDGER,
    }
)
"""What loyalty is worked out of, whether an indicator reads it or not."""


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """A definition: what a reader needs to take the number of the report and find it again."""

    id: str
    name: str
    url: LinkTarget
    value: str
    formula: str
    sample: str
    left_out: tuple[str, ...]
    command: str


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A file that numbers of the report come from."""

    path: str
    rows: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AnnexSection:
    """A section of the report, and where it stands on the page."""

    title: str
    url: LinkTarget


@dataclass(frozen=True, slots=True)
class AnnexCommand:
    """A command, and the sections of a chapter whose numbers it explains; none for the opening."""

    command: str
    sections: tuple[AnnexSection, ...]


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """A chapter, and the commands that explain it."""

    name: str
    lines: tuple[AnnexCommand, ...]


def annex_entries(context: ReportContext) -> tuple[AnnexEntry, ...]:
    """One entry for each indicator measured in the report, by name."""
    return tuple(_entry(context, indicator) for indicator in _spoken_of(context))


def annex_files(context: ReportContext) -> tuple[AnnexFile, ...]:
    """The files that those indicators, and the loyalty analyses, were read from: for a closed quarter, as they were then.

    How many rows they hold is the total of all customers, for the report about all of them only. What is handed names no
    file of ours, and no command: its reader has neither.
    """
    results = context.results
    used = {file for indicator in _spoken_of(context) for file in results.files_of(indicator)}
    if results.loyalty is not None and context.is_whole:
        told = {file.source for file in used}
        used |= {f for f in results.files if f.source not in told and results.roles.get(f.source) in OBSERVED}
    return tuple(
        AnnexFile(file.path, count_rows(context.at, file.rows) if context.is_whole else "", file.sha256)
        for file in sorted(used, key=lambda file: (file.path, file.sha256))
    )


def annex_commands(context: ReportContext, chapters: Iterable[ChapterContent]) -> tuple[AnnexPart, ...]:
    """What explains the numbers of the opening and of each chapter; sections without numbers have no command."""
    if context.is_handed:
        return ()
    opening = tuple(AnnexCommand(_command(context, topic), ()) for topic in topics_of(OPENING, context.scope))
    parts = [AnnexPart(context.language.gettext("L'essentiel"), opening)]
    for chapter in chapters:
        found: dict[str, list[AnnexSection]] = {}
        for section in chapter.sections:
            for topic in topics_of(section.id, context.scope) if not section.missing else ():
                found.setdefault(_command(context, topic), []).append(
                    AnnexSection(section.title, place_of(context, section))
                )
        lines = tuple(AnnexCommand(command, tuple(sections)) for command, sections in found.items())
        parts.append(AnnexPart(f"{chapter.number}. {chapter.name}", lines))
    return tuple(part for part in parts if part.lines)


def _command(context: ReportContext, topic: Topic) -> str:
    return command_of(name_of(topic, context.catalogue.indicators), context.quarter, context.scope)


def _spoken_of(context: ReportContext) -> tuple[Indicator, ...]:
    """The indicators that the report measures; for a wide audience those of the sections that it reads."""
    results = context.results
    found = [results.indicators[m.indicator] for m in measured(context, results.indicators.values())]
    if not results.is_narrowest:
        public = {i.id for group in PUBLIC_GROUPS for i in group_indicators(results, group)}
        found = [indicator for indicator in found if indicator.id in public]
    return tuple(found)


def _entry(context: ReportContext, indicator: Indicator) -> AnnexEntry:
    at, speech = context.at, speech_for(context, indicator)
    current = context.results.current(indicator.id, context.scope)
    sample = ""
    if current is not None and current.n is not None:
        interval = interval_words(speech, current)
        sample = f"n\u00a0=\u00a0{context.language.number(current.n)}" + (f", {interval}" if interval else "")
    return AnnexEntry(
        id=indicator.id,
        name=at.text(indicator.name),
        url=Ref("indicator", indicator.id),
        value=value_words(speech, current) if current else "",
        formula="" if context.is_handed else formula_words(at, indicator, with_expressions=True),
        sample=sample,
        left_out=left_out_lines(at, context.results, indicator, current, with_files=context.is_whole),
        command="" if context.is_handed else command_of(indicator.id, context.quarter, context.scope),
    )
