"""Fourth chapter, Control: what was promised beside what was measured, by what is measured."""

from __future__ import annotations

from typing import Final

from comptoir.analysis.tiles import main_indicator
from comptoir.analysis.verdicts import is_shown
from comptoir.content.report.charts import broken_down, group_indicators, report_chart
from comptoir.content.report.parts import (
    indicator_table,
    kept_sentence,
    measured,
    missed_sentence,
    result_sentence,
    segment_table,
    sentences_of,
    tables_of,
)
from comptoir.content.report.relation_sections import complaint_register
from comptoir.content.report.sections import ReportContext, Section, SectionMaker

PUBLIC_GROUPS: Final = frozenset({"levels", "satisfaction"})
"""What every audience reads: service levels and satisfaction as a whole."""


def levels(context: ReportContext) -> Section | None:
    """Service levels and availability against what was promised."""
    say = context.language.gettext
    missing = say(
        "Des demandes datées (source de rôle requests), des pannes (outages), et des accords chiffrés."
    )
    return _section(context, "levels", say("Niveaux de service"), missing)


def satisfaction(context: ReportContext) -> Section | None:
    """What customers say, with how many said it and how sure that is."""
    say = context.language.gettext
    missing = say("Les réponses à une enquête (source de rôle surveys).")
    return _section(context, "satisfaction", say("Satisfaction"), missing, with_segments=True)


def requests(context: ReportContext) -> Section | None:
    """What customers asked for."""
    say = context.language.gettext
    return _section(
        context, "requests", say("Demandes"), say("Un export des demandes (source de rôle requests).")
    )


def complaints(context: ReportContext) -> Section | None:
    """What customers complained of, and whether they got an answer in time."""
    say = context.language.gettext
    missing = say("Des demandes de nature complaint, avec la date de leur réponse.")
    return _section(context, "complaints", say("Réclamations"), missing)


def calls(context: ReportContext) -> Section | None:
    """The contact centre."""
    say = context.language.gettext
    missing = say("Le relevé du standard : appels reçus, décrochés, abandonnés (source de rôle calls).")
    return _section(context, "calls", say("Centre de contact"), missing)


CONTROL_MAKERS: Final[tuple[SectionMaker, ...]] = (
    levels,
    satisfaction,
    requests,
    complaints,
    complaint_register,
    calls,
)


def _section(
    context: ReportContext, group: str, title: str, missing: str, *, with_segments: bool = False
) -> Section | None:
    """The indicators of a group; the chart is that of the first, which a sentence also tells in words."""
    indicators = group_indicators(context.results, group)
    found = measured(context, indicators)
    name = f"control-{group}"
    if not any(is_shown(m) for m in found):
        return Section(name, title, missing=missing) if context.is_whole else None
    main = main_indicator(context.results.measurements, context.quarter, indicators)
    whole = context.is_whole
    drawn = (("trend", main), ("parts", broken_down(context.results, group))) if whole else ()
    charts = tuple(report_chart(context.language, context.quarter, what, of.id) for what, of in drawn if of)
    return Section(
        name,
        title,
        sentences=sentences_of(
            kept_sentence(context, found),
            missed_sentence(context, found, main),
            result_sentence(context, main, found),
        ),
        charts=charts,
        tables=tables_of(
            indicator_table(context, title, found),
            segment_table(context, main) if main and whole and with_segments else None,
        ),
        public=group in PUBLIC_GROUPS,
    )
