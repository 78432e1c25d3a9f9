"""What sections of loyalty are put together from: the context of a report in; its analyses, words, cells and sections out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.ranking import Ranked
from comptoir.analysis.scopes import rank_own
from comptoir.content.loyalty_words import Tongue
from comptoir.content.report.loyalty_charts import loyalty_chart
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell


def tongue_of(context: ReportContext) -> Tongue:
    """How loyalty is spoken of in this report."""
    return Tongue(context.catalogue, context.language)


def analyses_of(context: ReportContext) -> Analyses | None:
    """The analyses of the report's quarter; None for an audience that may not know what one client does."""
    return context.results.loyalty.at(context.quarter) if context.results.loyalty else None


def charts_of(context: ReportContext, *names: str) -> tuple[str, ...]:
    """The charts of the whole that were drawn; reports of one segment or client show their own rows only."""
    keys = (loyalty_chart(context.language, context.quarter, name) for name in names)
    return tuple(key for key in keys if context.is_whole and key in context.results.charts)


def client_cell(context: ReportContext, tongue: Tongue, client: str) -> TableCell:
    """The name of a client."""
    return TableCell(tongue.name("client", client))


def own_ranking(context: ReportContext, items: Iterable[Ranked]) -> Mapping[str, Ranked]:
    """The clients of the report with their shares of its own total, from the largest."""
    return rank_own(context.catalogue, context.scope, items)


def without_shares(table: SectionTable, *columns: int) -> SectionTable:
    """The table of one client alone without these columns: its share of itself says nothing."""
    if len(table.rows) > 1:
        return table
    kept = [index for index in range(len(table.head)) if index not in columns]
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return SectionTable(table.caption, tuple(table.head[index] for index in kept), rows)


def head_of(context: ReportContext, topic: str, finding: str, charts: tuple[str, ...]) -> str:
    """The title of a section: its topic where a chart states the finding, or where the report is about a part."""
    return tongue_of(context).say(topic) if charts or not context.is_whole else finding


def missing_section(context: ReportContext, name: str, topic: str, missing: str) -> Section | None:
    """What would fill the section, in the report about the whole."""
    tongue = tongue_of(context)
    return Section(name, tongue.say(topic), missing=tongue.say(missing)) if context.is_whole else None
