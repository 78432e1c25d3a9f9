"""Second chapter, Adapt: whom the offer serves first, which needs it meets, what is put forward, what begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from comptoir.analysis.counts import LifecycleStage, needs_in, stage_of
from comptoir.content.labels import label
from comptoir.content.references import Ref
from comptoir.content.report.identify import clients_of, segments_of
from comptoir.content.report.parts import filled, sentences_of
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.model.customers import Need
from comptoir.model.services import Service
from comptoir.model.terms import NeedMet


def priorities(context: ReportContext) -> Section | None:
    """Shared base services first, then the segments in the order of their priority."""
    if not context.is_whole:
        return None
    say, at = context.language.gettext, context.at
    title = say("Priorités par segment")
    segments = segments_of(context)
    if not segments:
        return Section("priorities", title, missing=say("Des segments, avec leur « priority »."))
    rows = tuple(
        (
            TableCell(at.text(segment.name), Ref("segment", segment.id)),
            TableCell(context.language.number(segment.priority), numeric=True),
            *(
                TableCell(label(term, context.language) if term else "")
                for term in (segment.profile, segment.potential, segment.strategy)
            ),
        )
        for segment in segments
    )
    head = (say("Segment"), say("Priorité"), say("Profil de fidélité"), say("Potentiel"), say("Stratégie"))
    return Section(
        "priorities",
        title,
        sentences=(
            say("Les services communs de base passent avant tous les segments, puis chacun dans cet ordre."),
        ),
        tables=(filled(SectionTable(title, head, rows)),),
    )


def needs(context: ReportContext) -> Section | None:
    """What segments ask for, and whether it is met: what is not comes first."""
    if context.scope.client:
        return None
    say, at, language = context.language.gettext, context.at, context.language
    title = say("Besoins")
    found = needs_in(context.catalogue, context.scope)
    if not found:
        missing = say("Des besoins dans segments/needs.yaml, repris par les segments.")
        return Section("needs", title, missing=missing) if context.is_whole else None
    rows = tuple(
        (
            TableCell(at.text(need.name)),
            TableCell(label(need.met, language)),
            TableCell(label(need.kind, language)),
            TableCell(language.list_of(_service_names(context, need.services))),
        )
        for need in found
    )
    head = (say("Besoin"), say("Satisfait ?"), say("Nature"), say("Services qui y répondent"))
    return Section(
        "needs",
        title,
        sentences=sentences_of(_needs_sentence(context, found), _unmet_sentence(context, found)),
        tables=(SectionTable(title, head, rows),),
    )


def offers(context: ReportContext) -> Section | None:
    """The services put forward for each segment, or that the client has."""
    say, at, language = context.language.gettext, context.at, context.language
    if context.scope.client:
        title = say("Abonnements")
        names = tuple(name for client in clients_of(context) for name in client.subscriptions)
        if not names:
            return None
        return Section("offers", title, sentences=(f"{language.list_of(_service_names(context, names))}.",))
    title = say("Offre par segment")
    rows = tuple(
        (TableCell(at.text(segment.name), Ref("segment", segment.id)), TableCell(", ".join(services)))
        for segment in segments_of(context)
        if (services := _service_names(context, (offer.service for offer in segment.offer)))
    )
    if not rows:
        missing = say("La clé « offer » des segments : les services mis en avant pour chacun.")
        return Section("offers", title, missing=missing) if context.is_whole else None
    head = (say("Segment"), say("Services mis en avant"))
    return Section("offers", title, tables=(SectionTable(title, head, rows),))


def lifecycle(context: ReportContext) -> Section | None:
    """What opened in the quarter, what is being prepared, what ends and what ended."""
    if not context.is_whole:
        return None
    say, at, language = context.language.gettext, context.at, context.language
    title = say("Décisions sur le cycle de vie")
    rows = []
    for service in context.catalogue.services.values():
        what = _stage(context, service)
        if what:
            replaced = context.catalogue.services.get(service.replaced_by or "")
            rows.append(
                (
                    TableCell(at.text(service.name), Ref("service", service.id)),
                    TableCell(what),
                    TableCell(at.text(replaced.name), Ref("service", replaced.id))
                    if replaced
                    else TableCell(""),
                )
            )
    if not rows:
        return Section("lifecycle", title, sentences=(say("Rien ne s'ouvre ni ne s'arrête ce trimestre."),))
    head = (say("Service"), say("Décision"), say("Remplacé par"))
    text = language.ngettext(
        "%(num)s service s'ouvre, se prépare ou s'arrête.",
        "%(num)s services s'ouvrent, se préparent ou s'arrêtent.",
        len(rows),
    )
    sentence = text % {"num": language.number(len(rows))}
    return Section(
        "lifecycle", title, sentences=(sentence,), tables=(filled(SectionTable(title, head, tuple(rows))),)
    )


def _needs_sentence(context: ReportContext, found: tuple[Need, ...]) -> str:
    counts = Counter(need.met for need in found)
    language = context.language
    met, partly, unmet = (counts[state] for state in (NeedMet.YES, NeedMet.PARTLY, NeedMet.NO))
    texts = (
        (met, language.ngettext("%(num)s besoin satisfait", "%(num)s besoins satisfaits", met)),
        (partly, language.ngettext("%(num)s en partie", "%(num)s en partie", partly)),
        (unmet, language.ngettext("%(num)s qui ne l'est pas", "%(num)s qui ne le sont pas", unmet)),
    )
    parts = tuple(
        text % {"num": language.number(count)}
        for place, (count, text) in enumerate(texts)
        if count or not place
    )
    return f"{language.list_of(parts)}."


def _unmet_sentence(context: ReportContext, found: tuple[Need, ...]) -> str:
    """Which needs nothing meets yet; '' for none."""
    unmet = tuple(context.at.text(need.name) for need in found if need.met is NeedMet.NO)
    if not unmet:
        return ""
    joined = context.language.in_turn(unmet)
    return context.language.gettext("Pas encore : %(names)s.") % {"names": joined}


def _stage(context: ReportContext, service: Service) -> str:
    """What is decided of a service, as at the end of the quarter; '' where nothing changes."""
    say, day = context.language.gettext, context.language.day
    match stage_of(service, context.quarter):
        case LifecycleStage.STOPPED if service.until:
            return say("arrêté le %(day)s") % {"day": day(service.until)}
        case LifecycleStage.STOPS if service.until:
            return say("s'arrête le %(day)s") % {"day": day(service.until)}
        case LifecycleStage.OPENED if service.since:
            return say("ouvert le %(day)s") % {"day": day(service.since)}
        case LifecycleStage.PREPARED:
            return say("en préparation")
    return ""


def _service_names(context: ReportContext, names: Iterable[str]) -> tuple[str, ...]:
    services = context.catalogue.services
    return tuple(context.at.text(services[name].name) for name in names if name in services)
