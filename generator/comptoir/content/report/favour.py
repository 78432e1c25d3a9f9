"""Third chapter, Favour: the contacts with clients that are measured, and the meetings and events of the quarter."""

from __future__ import annotations

from comptoir.analysis.counts import meetings_in
from comptoir.content.labels import label
from comptoir.content.references import Ref
from comptoir.content.report.identify import clients_of
from comptoir.content.report.parts import (
    find_indicators,
    indicator_table,
    measured,
    segment_table,
    sentences_of,
    tables_of,
    value_of,
)
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.measure.types import Measurement
from comptoir.model.customers import Committee, Meeting
from comptoir.model.metrics import Dimension
from comptoir.model.roles import Role


def contacts(context: ReportContext) -> Section | None:
    """Visits and meetings with clients: how many were met, and segment by segment."""
    say = context.language.gettext
    title = say("Contacts et visites")
    indicators = [
        i for i in context.results.indicators.values() if context.results.role_of(i) is Role.CONTACTS
    ]
    found = measured(context, indicators)
    if not found:
        missing = say("Le relevé des visites et des rencontres (source de rôle contacts).")
        return Section("contacts", title, missing=missing) if context.is_whole else None
    met = find_indicators(context, "clients-met")
    return Section(
        "contacts",
        title,
        sentences=sentences_of(_met_sentence(context, found)),
        tables=tables_of(
            indicator_table(context, title, found),
            *(segment_table(context, i) for i in met if context.is_whole and Dimension.SEGMENT in i.by),
        ),
    )


def events(context: ReportContext) -> Section | None:
    """Committees and events: those of the quarter, and those that come."""
    if context.scope.client:
        return None
    say, language = context.language.gettext, context.language
    title = say("Rendez-vous")
    meetings = meetings_in(context.catalogue, context.quarter, context.scope)
    if not meetings:
        missing = say("Des comités et des évènements dans segments/committees.yaml.")
        return Section("events", title, missing=missing) if context.is_whole else None
    held = sum(meeting.date in context.quarter for meeting, _ in meetings)
    coming = len(meetings) - held
    now = language.ngettext(
        "%(num)s rendez-vous pendant le trimestre.", "%(num)s rendez-vous pendant le trimestre.", held
    )
    then = language.ngettext("%(num)s au trimestre suivant.", "%(num)s au trimestre suivant.", coming)
    during = now % {"num": language.number(held)} if held else say("Aucun rendez-vous pendant le trimestre.")
    later = then % {"num": language.number(coming)} if coming else ""
    head = (say("Date"), say("Rendez-vous"), say("Nature"), say("Sujets"))
    return Section(
        "events",
        title,
        sentences=(f"{during} {later}".strip(),),
        tables=(SectionTable(title, head, tuple(_row(context, *pair) for pair in meetings)),),
    )


def _met_sentence(context: ReportContext, found: tuple[Measurement, ...]) -> str:
    """'11 clients rencontrés sur 12' where clients met are counted; '' elsewhere."""
    indicators = find_indicators(context, "clients-met")
    clients = len(clients_of(context))
    if context.scope.client or not indicators or not clients:
        return ""
    current = next((m for m in found if m.indicator == indicators[0].id), None)
    if current is None or current.value is None or current.value.denominator != 1:
        return ""
    text = context.language.ngettext(
        "%(met)s client rencontré sur %(all)s.", "%(met)s clients rencontrés sur %(all)s.", int(current.value)
    )
    return text % {"met": value_of(context, indicators[0]), "all": context.language.number(clients)}


def _row(context: ReportContext, meeting: Meeting, committee: Committee) -> tuple[TableCell, ...]:
    at = context.at
    return (
        TableCell(at.language.day(meeting.date).replace(" ", "\u00a0")),
        TableCell(at.text(committee.name), Ref("committee", committee.id)),
        TableCell(label(committee.kind, at.language)),
        TableCell(at.language.in_turn(at.texts(meeting.topics))),
    )
