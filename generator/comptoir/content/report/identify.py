"""First chapter, Identify: who the customers are, how far they are reached, who came, who was met, and with what partners."""

from __future__ import annotations

from collections.abc import Iterable

from comptoir.analysis.choices import coverage_indicator
from comptoir.analysis.counts import agreements_in_force, clients_in, new_clients, people_in, segments_in
from comptoir.content.labels import label
from comptoir.content.references import Ref
from comptoir.content.report.charts import report_chart
from comptoir.content.report.parts import (
    DASH,
    filled,
    find_indicators,
    indicator_table,
    measured,
    result_sentence,
    segment_table,
    sentences_of,
    tables_of,
)
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.model.agreements import Agreement
from comptoir.model.customers import Client, Segment
from comptoir.model.metrics import IndicatorKind


def population(context: ReportContext) -> Section | None:
    """How many customers there are, segment by segment."""
    say, at = context.language.gettext, context.at
    title = say("Clients et utilisateurs")
    segments = segments_of(context)
    clients = clients_of(context)
    if not segments and not clients:
        missing = say("Des segments dans segments/segments/ et des clients dans segments/clients/.")
        return Section("population", title, missing=missing)
    if context.scope.client:
        return Section("population", title, sentences=tuple(_client_sentences(context, clients)))
    people = people_in(segments)
    rows = tuple(
        (
            TableCell(at.text(segment.name), Ref("segment", segment.id)),
            _count_cell(context, segment.population),
            _count_cell(context, sum(client.segment == segment.id for client in clients)),
        )
        for segment in segments
    )
    head = (say("Segment"), say("Personnes"), say("Clients"))
    return Section(
        "population",
        title,
        sentences=sentences_of(_population_sentence(context, people, len(clients))),
        tables=(filled(SectionTable(say("Qui nous servons"), head, rows)),),
    )


def coverage(context: ReportContext) -> Section | None:
    """Which share of those who may use a service does use it."""
    say = context.language.gettext
    title = say("Couverture")
    indicators = [i for i in context.results.indicators.values() if i.kind is IndicatorKind.COVERAGE]
    found = [m for m in measured(context, indicators) if m.has_value]
    if not found:
        missing = say("Des utilisateurs et des ayants droit par service (source de rôle usage).")
        return Section("coverage", title, missing=missing) if context.is_whole else None
    main = coverage_indicator(context.results.measurements, context.quarter) if context.is_whole else None
    return Section(
        "coverage",
        title,
        sentences=sentences_of(
            *(result_sentence(context, context.results.indicators[m.indicator], found) for m in found)
        )
        if main
        else (),
        charts=(report_chart(context.language, context.quarter, "coverage", main.id),) if main else (),
        tables=tables_of(
            indicator_table(context, say("Couverture de l'offre"), found),
            segment_table(context, main) if main else None,
        ),
    )


def arrivals(context: ReportContext) -> Section | None:
    """Clients who came and clients who stayed."""
    say, at = context.language.gettext, context.at
    if context.scope.client:
        return None
    title = say("Arrivées et départs")
    new = new_clients(clients_of(context), context.quarter)
    found = measured(context, find_indicators(context, "new-clients", "retention-rate", "attrition-rate"))
    if not new and not found:
        missing = say("La date « since » des clients, et leurs abonnements (source de rôle subscriptions).")
        return Section("arrivals", title, missing=missing) if context.is_whole else None
    names = context.language.named([at.text(client.name) for client in new])
    text = context.language.ngettext(
        "%(num)s nouveau client ce trimestre : %(names)s.",
        "%(num)s nouveaux clients ce trimestre : %(names)s.",
        len(new),
    )
    sentence = text % {"num": context.language.number(len(new)), "names": names}
    return Section(
        "arrivals",
        title,
        sentences=(sentence if new else say("Aucun nouveau client ce trimestre."),),
        tables=tables_of(indicator_table(context, title, found)),
    )


def partners(context: ReportContext) -> Section | None:
    """The agreements with partners that held at the end of the quarter."""
    if not context.is_whole:
        return None
    say, at = context.language.gettext, context.at
    title = say("Accords avec les partenaires")
    day = context.quarter.last_day
    in_force = agreements_in_force(context.catalogue, day)
    if not in_force:
        missing = say("Des accords de nature ola ou uc dans catalogue/agreements/.")
        return Section("partner-agreements", title, missing=missing)
    text = context.language.ngettext(
        "%(num)s accord en vigueur au %(day)s.", "%(num)s accords en vigueur au %(day)s.", len(in_force)
    )
    head = (say("Accord"), say("Nature"), say("Partenaire"), say("Jusqu'au"))
    rows = tuple(_agreement_row(context, agreement) for agreement in in_force)
    return Section(
        "partner-agreements",
        title,
        sentences=(text % {"num": context.language.number(len(in_force)), "day": at.language.day(day)},),
        tables=(SectionTable(title, head, rows),),
    )


def segments_of(context: ReportContext) -> tuple[Segment, ...]:
    """The segments of the report in the order of their priority: all, the one it is about, or that of its client."""
    return segments_in(context.catalogue, context.scope)


def clients_of(context: ReportContext) -> tuple[Client, ...]:
    """The clients of the report: all, those of its segment, or the one it is about; those who came later are not."""
    return clients_in(context.catalogue, context.quarter, context.scope)


def _client_sentences(context: ReportContext, clients: Iterable[Client]) -> Iterable[str]:
    language = context.language
    for client in clients:
        segment = context.catalogue.segments.get(client.segment)
        if segment is not None:
            text = language.gettext("Segment : %(segment)s.")
            yield text % {"segment": context.at.text(segment.name)}
        if client.population is not None:
            yield _people(context, client.population) + "."
        if client.since is not None:
            yield language.gettext("Client depuis le %(day)s.") % {"day": language.day(client.since)}


def _population_sentence(context: ReportContext, people: int, clients: int) -> str:
    language = context.language
    parts = []
    if clients:
        text = language.ngettext("%(num)s client", "%(num)s clients", clients)
        parts.append(text % {"num": language.number(clients)})
    if people:
        parts.append(_people(context, people))
    return f"{language.list_of(tuple(parts))}." if parts else ""


def _people(context: ReportContext, count: int) -> str:
    text = context.language.ngettext("%(num)s personne", "%(num)s personnes", count)
    return text % {"num": context.language.number(count)}


def _count_cell(context: ReportContext, count: int | None) -> TableCell:
    return TableCell(DASH if count is None else context.language.number(count), numeric=True)


def _agreement_row(context: ReportContext, agreement: Agreement) -> tuple[TableCell, ...]:
    at = context.at
    partner = context.catalogue.partners.get(agreement.partner or "")
    until = agreement.valid_until
    return (
        TableCell(at.text(agreement.name), Ref("agreement", agreement.id)),
        TableCell(label(agreement.kind, context.language)),
        TableCell(at.text(partner.name), Ref("partner", partner.id)) if partner else TableCell(DASH),
        TableCell(context.language.day(until) if until else context.language.gettext("sans fin")),
    )
