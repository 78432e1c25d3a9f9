"""The closing in the annex: how the quarter of a report was closed in; what was corrected and what has changed since out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comptoir.content.closed_words import causes_words, changed_figure, closed_sentence
from comptoir.content.references import Ref
from comptoir.content.report.parts import sentences_of, speech_for, tables_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.measure.closed import Closing, FigureChange
from comptoir.measure.inputs import DATA


def closing(context: ReportContext) -> Section | None:
    """When the quarter was closed, every correction since, and what the data give otherwise now."""
    say, language = context.language.gettext, context.language
    title = say("La clôture du trimestre")
    closed = context.results.closing(context.quarter)
    if closed is None:
        missing = say(
            "Une clôture : tant que le trimestre n'est pas clôturé, ses chiffres peuvent encore changer."
        )
        return Section("closing", title, missing=missing, public=True)
    changes = _of(context, [one.change for one in closed.differences])
    causes = dict.fromkeys(cause for one in closed.differences for cause in one.causes)
    told = ""
    if changes:
        text = language.ngettext(
            "Les données ont changé depuis : elles donnent autrement %(num)s chiffre clôturé.",
            "Les données ont changé depuis : elles donnent autrement %(num)s chiffres clôturés.",
            len(changes),
        )
        told = (
            f"{text % {'num': language.number(len(changes))}} {causes_words(language, tuple(causes))}".strip()
        )
    return Section(
        "closing",
        title,
        sentences=sentences_of(
            closed_sentence(language, closed),
            _made_from(context, closed),
            language.typeset(told),
            *_corrections(context, closed),
        ),
        tables=tables_of(
            _table(context, say("Ce que les données donnent aujourd'hui"), changes),
            *_correction_tables(context, closed),
        ),
        public=True,
    )


def _made_from(context: ReportContext, closed: Closing) -> str:
    """How many files the figures came from, each with its hash in the file of the closing."""
    data = sum(one.kind == DATA for one in closed.inputs)
    others = len(closed.inputs) - data
    if not context.results.is_narrowest or not closed.inputs:
        return ""
    text = context.language.gettext(
        "L'empreinte SHA-256 des %(data)s fichiers de données et des %(others)s fichiers de définitions est conservée "
        "avec les chiffres."
    )
    number = context.language.number
    return context.language.typeset(text % {"data": number(data), "others": number(others)})


def _corrections(context: ReportContext, closed: Closing) -> Iterator[str]:
    """Every correction that changed a figure of this report: when, why, how many."""
    language = context.language
    for correction in closed.corrections:
        changes = _of(context, correction.changes)
        if changes:
            text = language.ngettext(
                "Corrigé le %(day)s, %(num)s chiffre : « %(reason)s »",
                "Corrigé le %(day)s, %(num)s chiffres : « %(reason)s »",
                len(changes),
            )
            said = {"day": language.day(correction.day), "num": language.number(len(changes))}
            yield language.typeset(text % {**said, "reason": correction.reason})


def _correction_tables(context: ReportContext, closed: Closing) -> Iterator[SectionTable | None]:
    for correction in closed.corrections:
        caption = context.language.gettext("Correction du %(day)s") % {
            "day": context.language.day(correction.day)
        }
        yield _table(context, caption, _of(context, correction.changes), is_open=False)


def _of(context: ReportContext, changes: Iterable[FigureChange]) -> tuple[FigureChange, ...]:
    """The changes of indicators of this report, for those it is about."""
    return tuple(
        change
        for change in changes
        if change.key[0] in context.results.indicators and change.key[1] == context.scope
    )


def _table(
    context: ReportContext, caption: str, changes: tuple[FigureChange, ...], is_open: bool = True
) -> SectionTable | None:
    """One row a figure, the old and the new version; None for nothing."""
    say = context.language.gettext
    rows = []
    for change in changes:
        indicator = context.results.indicators[change.key[0]]
        figure = changed_figure(context.at, speech_for(context, indicator), change)
        name = TableCell(context.at.text(indicator.name), Ref("indicator", indicator.id))
        rows.append((name, TableCell(figure.old, numeric=True), TableCell(figure.new, numeric=True)))
    if not rows:
        return None
    versions = (
        (say("Clôturé"), say("Données d'aujourd'hui"))
        if is_open
        else (say("Chiffre précédent"), say("Corrigé"))
    )
    return SectionTable(caption, (say("Indicateur"), *versions), tuple(rows))
