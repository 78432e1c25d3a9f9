"""What sections are put together from: measurements and names in; cells, rows and tables out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from comptoir.analysis.shown import shown_of
from comptoir.analysis.verdicts import UNJUDGED, Verdict, judged_of, keeps_target, kept_of, verdict_of
from comptoir.content.measure_words import Speech, interval_words, target_words, value_words
from comptoir.content.measures import measure_view, sample_words, speech_of
from comptoir.content.references import Ref
from comptoir.content.report.sections import ReportContext, SectionTable, TableCell
from comptoir.content.results import scope_of
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind

DASH: Final = "–"
MOST_ROWS: Final = 30
"""The most rows of clients that a table shows: as many as a chart."""

Listed = TypeVar("Listed")


def first_rows(
    context: ReportContext, caption: str, items: Sequence[Listed], most: int = MOST_ROWS
) -> tuple[str, Sequence[Listed]]:
    """The first of what may be thousands, and the caption, which then says how many there are and where all stand."""
    if context.with_all_rows or len(items) <= most:
        return caption, items
    text = context.language.gettext("%(caption)s : les %(first)s premiers sur %(all)s")
    number = context.language.number
    said = text % {"caption": caption, "first": number(most), "all": number(len(items))}
    return context.language.typeset(said), items[:most]


def speech_for(context: ReportContext, indicator: Indicator) -> Speech:
    """How the indicator is spoken of in this report."""
    return speech_of(context.at, indicator)


def find_indicators(context: ReportContext, *names: str) -> tuple[Indicator, ...]:
    """The indicators of this project that are, or come from, these ready-made ones; in the order of `names`."""
    indicators = context.results.indicators.values()
    return tuple(i for name in names for i in indicators if name in (i.id, i.use))


def measured(context: ReportContext, indicators: Iterable[Indicator]) -> tuple[Measurement, ...]:
    """The measurements of the report's quarter and scope that there are, with a value or without."""
    return shown_of(context.results.measurements, context.quarter, indicators, context.scope)


def indicator_table(
    context: ReportContext, caption: str, measurements: Iterable[Measurement]
) -> SectionTable | None:
    """One row an indicator: value, promise, verdict, change, n and interval; None for nothing."""
    rows = []
    for measurement in measurements:
        indicator = context.results.indicators[measurement.indicator]
        name = TableCell(context.at.text(indicator.name), Ref("indicator", indicator.id))
        rows.append((name, measurement))
    return _measure_table(context, context.language.gettext("Indicateur"), caption, rows)


def segment_table(context: ReportContext, indicator: Indicator) -> SectionTable | None:
    """One row a segment, in the order of their priority; None for fewer than two."""
    say = context.language.gettext
    caption = say("%(name)s, par segment") % {"name": context.at.text(indicator.name)}
    found = context.results.by(indicator.id, Dimension.SEGMENT)
    segments = sorted(context.catalogue.segments.values(), key=lambda s: (s.priority, s.id))
    rows = []
    for segment in segments:
        measurement = found.get(segment.id)
        if measurement is not None and (
            measurement.has_value or verdict_of(measurement) is Verdict.SUPPRESSED
        ):
            name = TableCell(context.at.text(segment.name), Ref("segment", segment.id))
            rows.append((name, measurement))
    table = _measure_table(context, say("Segment"), caption, rows)
    return table if len(rows) > 1 else None


def _measure_cells(context: ReportContext, measurement: Measurement) -> tuple[TableCell, ...]:
    view = measure_view(context.at, context.results, measurement)
    return (
        TableCell(view.value or DASH, view.url if view.value else "", numeric=True),
        TableCell(view.promise),
        TableCell(view.verdict.word, verdict=view.verdict),
        TableCell(view.change),
        TableCell(view.sample.rpartition("\u00a0")[2], numeric=True),
        TableCell(view.interval, numeric=True),
    )


def _measure_table(
    context: ReportContext, first: str, caption: str, found: list[tuple[TableCell, Measurement]]
) -> SectionTable | None:
    """The table without the columns that nothing stands in, nor that of verdicts where nothing is held against an aim."""
    if not found:
        return None
    rows = [(name, *_measure_cells(context, measurement)) for name, measurement in found]
    has_verdicts = any(verdict_of(measurement) not in UNJUDGED for _, measurement in found)
    say = context.language.gettext
    head = (
        first,
        say("Mesuré"),
        say("Promis"),
        say("Verdict"),
        say("Évolution"),
        "n",
        say("Intervalle à 95 %"),
    )
    kept = [
        index
        for index in range(len(head))
        if index < 2 or any(row[index].text and (has_verdicts or not row[index].verdict) for row in rows)
    ]
    return SectionTable(
        caption, tuple(head[index] for index in kept), tuple(tuple(row[i] for i in kept) for row in rows)
    )


def filled(table: SectionTable) -> SectionTable:
    """The table without the columns, but the first, in which nothing stands."""
    kept = [
        index
        for index in range(len(table.head))
        if not index or any(row[index].text not in ("", DASH) for row in table.rows)
    ]
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return SectionTable(table.caption, tuple(table.head[index] for index in kept), rows)


def kept_sentence(context: ReportContext, measurements: Iterable[Measurement]) -> str:
    """How many of those that can be judged meet their target; '' when none can be."""
    judged = judged_of(measurements)
    if not judged:
        return ""
    met = len(kept_of(judged))
    number = context.language.number
    if len(judged) == 1:
        if met:
            return context.language.gettext("Le seul résultat que l'on peut juger atteint son objectif.")
        return context.language.gettext("Le seul résultat que l'on peut juger n'atteint pas son objectif.")
    if met == 0:
        return context.language.gettext("Aucun des %(all)s résultats n'atteint son objectif.") % {
            "all": number(len(judged))
        }
    if met == len(judged):
        return context.language.gettext("Les %(all)s résultats atteignent tous leur objectif.") % {
            "all": number(met)
        }
    text = context.language.ngettext(
        "%(met)s résultat sur %(all)s atteint son objectif.",
        "%(met)s résultats sur %(all)s atteignent leur objectif.",
        met,
    )
    return text % {"met": number(met), "all": number(len(judged))}


def missed_sentence(
    context: ReportContext, measurements: Iterable[Measurement], told: Indicator | None
) -> str:
    """Which results miss their target, with their values; `told` is spoken of elsewhere. '' for none."""
    missed = [
        (indicator, m)
        for m in measurements
        for indicator in (context.results.indicators[m.indicator],)
        if keeps_target(m) is False and indicator != told
    ]
    if not missed:
        return ""
    text = context.language.ngettext(
        "Objectif manqué : %(names)s.", "Objectifs manqués : %(names)s.", len(missed)
    )
    names = tuple(
        f"{context.at.text(indicator.name)} ({value_words(speech_for(context, indicator), m)})"
        for indicator, m in missed
    )
    return context.language.typeset(text % {"names": context.language.list_of(names)})


def result_sentence(context: ReportContext, main: Indicator | None, found: Iterable[Measurement]) -> str:
    """'Satisfaction : 4,01 sur 5 (de 3,94 à 4,09, n = 561), pour un objectif d'au moins 4 sur 5.'"""
    current = next((m for m in found if main is not None and m.indicator == main.id), None)
    if main is None or current is None or not current.has_value:
        return ""
    say, speech = context.language.gettext, speech_for(context, main)
    sure = ", ".join(
        part for part in (interval_words(speech, current), sample_words(speech, current)) if part
    )
    value = value_words(speech, current) + (
        f" ({sure})" if sure and main.kind is not IndicatorKind.AVAILABILITY else ""
    )
    target = target_words(speech, current)
    text = (
        say("%(name)s : %(value)s, pour un objectif d'%(target)s.")
        if target
        else say("%(name)s : %(value)s.")
    )
    said = text % {"name": context.at.text(main.name), "value": value, "target": target}
    return context.language.typeset(said)  # the apostrophe before the target is known only now


def value_of(context: ReportContext, indicator: Indicator, scope: Scope | None = None) -> str:
    """The value of the quarter as every page writes it; '' when there is none."""
    found = context.results.current(indicator.id, context.scope if scope is None else scope)
    return value_words(speech_for(context, indicator), found) if found else ""


def scope_name(context: ReportContext, scope: Scope) -> str:
    """The name of the service, segment or client; '' for everything."""
    for dimension in Dimension:
        name: str = getattr(scope, dimension.value)
        if name and scope == scope_of(dimension, name):
            entity = context.catalogue.of_kind(dimension.value).get(name)
            return context.at.text(getattr(entity, "name", None))
    return "" if scope == EVERYTHING else str(scope)


def tables_of(*tables: SectionTable | None) -> tuple[SectionTable, ...]:
    """Those that there are."""
    return tuple(table for table in tables if table is not None)


def sentences_of(*sentences: str) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(sentence for sentence in sentences if sentence)
