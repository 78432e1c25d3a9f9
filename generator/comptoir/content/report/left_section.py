"""The section on what is left: the running period after a report's quarter in; its promises and how much of each is left, out."""

from __future__ import annotations

from typing import Final

from comptoir.analysis.left import left_of
from comptoir.content.left_words import left_head, left_rows
from comptoir.content.report.parts import filled, first_rows
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell

MOST_LEFT: Final = 8


def what_is_left(context: ReportContext) -> Section | None:
    """For the newest report: how much of each promise is left in the quarter that runs; None where nothing is measured."""
    running = context.results.running
    if not context.is_whole or running is None or not context.results.is_narrowest:
        return None
    period = running.quarters[-1]
    if period.previous != context.quarter:
        return None
    at, language = context.at, context.language
    everything = left_of(context.catalogue, running, period, at.today)
    left = [one for one in everything if len(one.measurement.scope.kinds) < 2]  # parts of parts are few cases
    if not left:
        return None
    gone = sum(one.is_missed for one in left)
    coming = sum(one.will_be_missed for one in left) - gone
    said = [
        language.say(
            "Le {day}, au cours du {period} : {all}.",
            day=language.day(at.today),
            period=language.period(period),
            all=language.count(len(left), "{n} promesse suivie", "{n} promesses suivies"),
        ),
        language.count(gone, "{n} est manquée à ce jour.", "{n} sont manquées à ce jour.") if gone else "",
        language.count(coming, "{n} le sera au rythme actuel.", "{n} le seront au rythme actuel.")
        if coming
        else "",
    ]
    caption, shown = first_rows(context, language.gettext("Ce qui reste avant de manquer"), left, MOST_LEFT)
    rows = tuple(tuple(TableCell(text) for text in row) for row in left_rows(at, running.indicators, shown))
    table = filled(SectionTable(caption, left_head(at), rows))
    return Section(
        "left",
        language.gettext("Ce qui reste avant de manquer une promesse"),
        tuple(filter(None, said)),
        tables=(table,),
    )
