"""The section on what misses its target: a report's context in; each part that misses, the worst first, out."""

from __future__ import annotations

from typing import Final

from comptoir.analysis.misses import Miss, misses_of
from comptoir.analysis.verdicts import judged_of
from comptoir.content.measure_words import target_words, value_words
from comptoir.content.measures import sample_words
from comptoir.content.references import Ref
from comptoir.content.report.parts import DASH, filled, first_rows, measured, scope_name, speech_for
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.measure.types import Scope

MOST_MISSES: Final = 8


def misses(context: ReportContext) -> Section | None:
    """What misses, whether or not it changed; None where nothing can be judged."""
    say, language = context.language.gettext, context.language
    title = say("Ce qui manque son objectif")
    found = misses_of(context.catalogue, context.results.measurements, context.quarter, context.scope)
    if not found:
        judged = judged_of(measured(context, context.results.indicators.values()))
        return (
            Section("misses", title, sentences=(say("Rien de ce qui peut être jugé."),)) if judged else None
        )
    again = sum(one.quarters > 1 for one in found)
    said = [
        language.count(
            len(found), "{n} résultat manque son objectif.", "{n} résultats manquent leur objectif."
        )
    ]
    if again:
        said.append(
            language.count(
                again,
                "{n} le manquait déjà au trimestre précédent.",
                "{n} le manquaient déjà au trimestre précédent.",
            )
        )
    caption, shown = first_rows(context, title, found, MOST_MISSES)
    head = (say("Indicateur"), say("Où"), say("Mesuré"), say("Promis"), "n", say("Depuis"))
    table = filled(SectionTable(caption, head, tuple(_row(context, one) for one in shown)))
    return Section("misses", title, (" ".join(said),), tables=(table,))


def _row(context: ReportContext, miss: Miss) -> tuple[TableCell, ...]:
    measurement = miss.measurement
    indicator = context.results.indicators[measurement.indicator]
    speech, url = speech_for(context, indicator), Ref("indicator", indicator.id)
    where, kind = _part(context, measurement.scope)
    since = (
        context.language.count(miss.quarters, "{n} trimestre", "{n} trimestres") if miss.quarters > 1 else ""
    )
    sample = sample_words(speech, measurement)
    return (
        TableCell(context.at.text(indicator.name), url),
        TableCell(where or DASH, kind),
        TableCell(value_words(speech, measurement), numeric=True),
        TableCell(target_words(speech, measurement)),
        TableCell(sample.rpartition("\u00a0")[2], numeric=True),
        TableCell(since),
    )


def _part(context: ReportContext, scope: Scope) -> tuple[str, Ref | str]:
    """The part of the report that a measurement is about, and its page where there is one."""
    for kind in ("service", "segment", "client"):
        name: str = getattr(scope, kind)
        if name and name != getattr(context.scope, kind):
            one = Scope(**{kind: name})
            return scope_name(context, one), Ref(kind, name) if kind != "client" else ""
    return "", ""
