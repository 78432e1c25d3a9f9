"""Fifth chapter, Evolve: what changed since the quarter before, what became of its commitments, what is decided now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from comptoir.analysis.counts import commitments_before
from comptoir.analysis.verdicts import changed_of, compared_of
from comptoir.content.measure_words import long_quarter, short_quarter
from comptoir.content.references import Ref
from comptoir.content.report.parts import filled, indicator_table, measured, tables_of, value_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.model.reports import Commitment, CommitmentStatus, Decision, Report
from comptoir.wording import N_, NP_

STATUS: Final[Mapping[CommitmentStatus, str]] = MappingProxyType(
    {
        CommitmentStatus.OPEN: NP_("status", "En cours"),
        CommitmentStatus.KEPT: NP_("status", "Tenu"),
        CommitmentStatus.PARTLY: N_("Tenu en partie"),
        CommitmentStatus.NOT_KEPT: N_("Pas tenu"),
    }
)


def changes(context: ReportContext) -> Section | None:
    """The results that a test tells from those of the quarter before."""
    say, language = context.language.gettext, context.language
    title = say("Ce qui a changé depuis le trimestre précédent")
    found = compared_of(measured(context, context.results.indicators.values()))
    if not found:
        missing = say("Un deuxième trimestre de mesures : il n'y a encore rien à quoi comparer.")
        return Section("changes", title, missing=missing)
    moved = changed_of(found)
    if not moved:
        text = language.ngettext(
            "%(num)s résultat comparé, sans changement que l'on puisse distinguer du hasard.",
            "%(num)s résultats comparés, sans changement que l'on puisse distinguer du hasard.",
            len(found),
        )
        return Section("changes", title, sentences=(text % {"num": language.number(len(found))},))
    text = language.ngettext(
        "%(num)s résultat sur %(all)s a changé plus que le hasard ne l'explique.",
        "%(num)s résultats sur %(all)s ont changé plus que le hasard ne l'explique.",
        len(moved),
    )
    sentence = text % {"num": language.number(len(moved)), "all": language.number(len(found))}
    return Section(
        "changes", title, sentences=(sentence,), tables=tables_of(indicator_table(context, title, moved))
    )


def last_commitments(context: ReportContext) -> Section | None:
    """What both sides committed to a quarter ago, and what became of it."""
    if not context.is_whole:
        return None
    say = context.language.gettext
    title = say("Les engagements du trimestre précédent")
    commitments = commitments_before(context.catalogue, context.quarter)
    if not commitments:
        text = say("Les engagements du rapport du %(quarter)s.")
        missing = text % {"quarter": long_quarter(context.language, context.quarter.previous)}
        return Section("last-commitments", title, missing=missing, public=False)
    head = (say("Engagement"), say("Échéance"), say("État"), say("Résultat"), _measured_head(context))
    rows = tuple(_outcome_row(context, commitment) for commitment in commitments)
    return Section(
        "last-commitments",
        title,
        sentences=(_outcome_sentence(context, commitments),),
        tables=(filled(SectionTable(title, head, rows)),),
        public=True,
    )


def decisions(context: ReportContext) -> Section | None:
    """What was decided."""
    report = context.catalogue.reports.get(context.quarter)
    if not context.is_whole:
        return None
    say = context.language.gettext
    title = say("Ce que nous décidons")
    if report is None or not report.front.decisions:
        return (
            Section("decisions", title, missing=_file_words(context, "decisions"))
            if _is_ours(context)
            else None
        )
    return Section(
        "decisions",
        title,
        tables=(_table(context, title, say("Décision"), report.front.decisions),),
        public=True,
        framed=True,
    )


def our_commitments(context: ReportContext) -> Section | None:
    """What the department commits to."""
    say = context.language.gettext
    return _commitments(context, "our_commitments", say("Nos engagements"))


def customer_commitments(context: ReportContext) -> Section | None:
    """What customers commit to."""
    say = context.language.gettext
    return _commitments(context, "customer_commitments", say("Les engagements de nos clients"))


def _commitments(context: ReportContext, key: str, title: str) -> Section | None:
    report: Report | None = context.catalogue.reports.get(context.quarter)
    if not context.is_whole:
        return None
    name = key.replace("_", "-")
    items: tuple[Commitment, ...] = getattr(report.front, key) if report else ()
    if not items:
        return Section(name, title, missing=_file_words(context, key)) if _is_ours(context) else None
    return Section(
        name,
        title,
        tables=(_table(context, title, context.language.gettext("Engagement"), items),),
        public=True,
        framed=True,
    )


def _is_ours(context: ReportContext) -> bool:
    """True for who may be told what to write."""
    return context.results.is_narrowest


def _file_words(context: ReportContext, key: str) -> str:
    text = context.language.gettext("La clé « %(key)s » de indicators/reports/%(quarter)s.md.")
    return text % {"key": key, "quarter": str(context.quarter)}


def _table(
    context: ReportContext, caption: str, first: str, items: Iterable[Decision | Commitment]
) -> SectionTable:
    """What, who and when; without the columns that nothing stands in."""
    say, at = context.language.gettext, context.at
    rows = [
        (
            TableCell(at.text(item.text)),
            TableCell(at.text(item.owner)),
            TableCell(context.language.day(item.due) if item.due else "", day=item.due),
            _measure_cell(context, item),
        )
        for item in items
    ]
    head = (first, say("Responsable"), say("Échéance"), _measured_head(context))
    return filled(SectionTable(caption, head, tuple(rows)))


def _measured_head(context: ReportContext) -> str:
    """When what stands beside a commitment was measured: in the quarter of the report, whatever the day is."""
    text = context.language.gettext("Mesuré au %(quarter)s")
    return text % {"quarter": short_quarter(context.language, context.quarter)}


def _measure_cell(context: ReportContext, item: Decision | Commitment) -> TableCell:
    """The value of the indicator that shows whether a commitment is kept."""
    name = item.indicator if isinstance(item, Commitment) else None
    indicator = context.results.indicators.get(name or "")
    value = value_of(context, indicator) if indicator else ""
    return TableCell(value, Ref("indicator", indicator.id) if indicator and value else "")


def _outcome_row(context: ReportContext, commitment: Commitment) -> tuple[TableCell, ...]:
    at = context.at
    return (
        TableCell(at.text(commitment.text)),
        TableCell(context.language.day(commitment.due) if commitment.due else "", day=commitment.due),
        TableCell(_status(context, commitment)),
        TableCell(at.text(commitment.outcome)),
        _measure_cell(context, commitment),
    )


def _status(context: ReportContext, commitment: Commitment) -> str:
    """Its status on the day of the report's pages: late where nobody has said what became of it by its day."""
    if commitment.is_overdue(context.at.today):
        return context.language.say(NP_("status", "En retard"))
    return context.language.say(STATUS[commitment.status])


def _outcome_sentence(context: ReportContext, commitments: tuple[Commitment, ...]) -> str:
    language = context.language
    kept = sum(c.status is CommitmentStatus.KEPT for c in commitments)
    text = language.ngettext(
        "%(kept)s engagement tenu sur %(all)s.", "%(kept)s engagements tenus sur %(all)s.", kept
    )
    return text % {"kept": language.number(kept), "all": language.number(len(commitments))}
