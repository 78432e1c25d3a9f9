"""Sections of risk: who may leave and why, what to promote and retire, what disappoints though promises are kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.analysis.coverage import Advice, band_of
from comptoir.analysis.scopes import in_scope
from comptoir.analysis.watermelons import LevelsAndSatisfaction
from comptoir.content.labels import label
from comptoir.content.loyalty_words import ADVICE, QUADRANT, SIGNALS, Tongue
from comptoir.content.measure_words import target_words, value_words
from comptoir.content.references import Ref
from comptoir.content.report.loyalty_findings import (
    coverage_title,
    quadrant_title,
    risk_title,
    watermelon_title,
)
from comptoir.content.report.loyalty_parts import (
    analyses_of,
    charts_of,
    client_cell,
    head_of,
    missing_section,
    tongue_of,
)
from comptoir.content.report.parts import first_rows, speech_for
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.measure.statistics import exact
from comptoir.model.terms import SignalKind
from comptoir.wording import N_

TOPICS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "at-risk": N_("Signes de départ"),
        "coverage-advice": N_("Couverture et maturité"),
        "watermelons": N_("Pastèques"),
        "quadrant": N_("Quadrant de fidélité"),
    }
)

_ADVISED: Final[Mapping[Advice, str]] = MappingProxyType(
    {
        Advice.PROMOTE: N_("À promouvoir : {names}."),
        Advice.RECLASSIFY: N_("À déclarer mûr : {names}."),
        Advice.RETIRE: N_("À retirer : {names}."),
    }
)


def at_risk(context: ReportContext) -> Section | None:
    """The clients that may leave, those with most reasons first."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    title = risk_title(tongue, analyses)
    if not analyses.facts.judged:
        missing = N_(
            "Des abonnements, des demandes, des réclamations, un usage ou une satisfaction par client."
        )
        return missing_section(context, "at-risk", TOPICS["at-risk"], missing)
    shown = [risk for risk in analyses.at_risk if in_scope(context.catalogue, context.scope, risk.client)]
    caption, listed = first_rows(context, tongue.say("Clients à risque et raisons"), shown)
    rows = tuple(
        (
            client_cell(context, tongue, risk.client),
            TableCell(tongue.number(len(risk.reasons)), numeric=True),
            TableCell(tongue.together(tongue.reason(reason) for reason in risk.reasons)),
        )
        for risk in listed
    )
    if not rows and not context.is_whole:
        return None
    if not context.is_whole:
        title = tongue.say(TOPICS["at-risk"])
    head = (
        tongue.say("Client"),
        tongue.say("Signes"),
        tongue.say("Raisons"),
    )
    tables = (SectionTable(caption, head, rows),) if rows else ()
    charts = charts_of(context, "at-risk")
    title = head_of(context, TOPICS["at-risk"], title, charts)
    return Section("at-risk", title, (_watched(tongue, analyses.facts.judged),), charts, tables)


def _watched(tongue: Tongue, judged: frozenset[SignalKind]) -> str:
    """Which signs are watched, and which cannot be for want of data."""
    seen = tongue.language.list_of(tuple(tongue.say(SIGNALS[kind]) for kind in SignalKind if kind in judged))
    blind = [tongue.say(SIGNALS[kind]) for kind in SignalKind if kind not in judged]
    said = tongue.say("Signes observés : {seen}.", seen=seen)
    if not blind:
        return said
    unseen = tongue.say("Sans données : {blind}.", blind=tongue.language.list_of(tuple(blind)))
    return f"{said} {unseen}"


def coverage_advice(context: ReportContext) -> Section | None:
    """What to promote, what to retire and what to call mature, by coverage against maturity."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None or not context.is_whole:
        return None
    title = coverage_title(tongue, analyses)
    if not analyses.coverage:
        missing = N_("La maturité des services, et un indicateur de couverture (source de rôle usage).")
        return missing_section(context, "coverage-advice", TOPICS["coverage-advice"], missing)
    order = (Advice.PROMOTE, Advice.RECLASSIFY, Advice.RETIRE)
    rows = tuple(
        (
            TableCell(tongue.name("service", row.service), Ref("service", row.service)),
            TableCell(label(row.maturity, context.language)),
            TableCell(tongue.share(row.value, 1), numeric=True),
            TableCell(tongue.say(ADVICE[row.advice])),
        )
        for advice in order
        for row in sorted(analyses.coverage, key=lambda row: -row.value)
        if row.advice is advice
    )
    band = band_of(analyses.settings)
    sentence = tongue.say(
        "Un service mûr couvre de {low} à {high} de ceux qui peuvent l’utiliser ; les bornes comptent.",
        low=tongue.share(exact(band.low)),
        high=tongue.share(exact(band.high)),
    )
    kept = sum(row.advice is Advice.KEEP for row in analyses.coverage)
    rest = tongue.count(
        kept,
        "{n} service est à maintenir tel quel.",
        "{n} services sont à maintenir tels quels.",
    )
    named = tuple(
        tongue.say(
            words, names=tongue.names("service", (r.service for r in analyses.coverage if r.advice is advice))
        )
        for advice, words in _ADVISED.items()
        if any(row.advice is advice for row in analyses.coverage)
    )
    head = (
        tongue.say("Service"),
        tongue.say("Maturité"),
        tongue.say("Couverture"),
        tongue.say("Conseil"),
    )
    caption = tongue.say("Services à promouvoir, à retirer")
    tables = (SectionTable(caption, head, rows),) if rows else ()
    return Section("coverage-advice", title, (*named, rest, sentence), tables=tables)


def watermelons(context: ReportContext) -> Section | None:
    """Services that keep their promises and disappoint."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None or context.scope.client:
        return None
    if analyses.watermelons is None:
        missing = N_("Des niveaux de service et une satisfaction mesurés par service.")
        return missing_section(context, "watermelons", TOPICS["watermelons"], missing)
    shown = [
        one for one in analyses.watermelons if context.is_whole or one.scope.segment == context.scope.segment
    ]
    if not shown and not context.is_whole:
        return None
    sentence = tongue.say(
        "Une pastèque tient ses niveaux de service, et sa satisfaction manque son objectif, chez les mêmes clients."
    )
    head = (
        tongue.say("Service"),
        tongue.say("Segment"),
        tongue.say("Satisfaction"),
        tongue.say("Objectif"),
    )
    rows = tuple(_watermelon_row(context, tongue, one) for one in shown)
    caption = tongue.say("Pastèques du trimestre")
    tables = (SectionTable(caption, head, rows),) if rows else ()
    charts = charts_of(context, "watermelons")
    title = head_of(context, TOPICS["watermelons"], watermelon_title(tongue, analyses), charts)
    return Section("watermelons", title, (sentence,), charts, tables)


def _watermelon_row(
    context: ReportContext, tongue: Tongue, one: LevelsAndSatisfaction
) -> tuple[TableCell, ...]:
    said, place = one.satisfaction, one.scope
    speech = speech_for(context, context.results.indicators[said.indicator])
    everyone = tongue.say("tous")
    return (
        TableCell(tongue.name("service", place.service), Ref("service", place.service)),
        TableCell(tongue.name("segment", place.segment) if place.segment else everyone),
        TableCell(value_words(speech, said), Ref("indicator", said.indicator), numeric=True),
        TableCell(target_words(speech, said), numeric=True),
    )


def quadrant(context: ReportContext) -> Section | None:
    """Who uses more or less, and who is satisfied or not."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    found = analyses.quadrant
    if found is None:
        missing = N_(
            "L’usage et la satisfaction par client, ou par segment, et une note à partir de laquelle on est satisfait."
        )
        return missing_section(context, "quadrant", TOPICS["quadrant"], missing)
    kind = "segment" if found.by_segment else "client"
    caption, shown = first_rows(
        context,
        tongue.say(TOPICS["quadrant"]),
        [one for one in found.placed if _is_shown(context, kind, one.name)],
    )
    unknown = tongue.say("inconnu")
    rows = tuple(
        (
            TableCell(tongue.name(kind, one.name)),
            TableCell(
                tongue.share(one.trend, 1, signed=True) if one.trend is not None else unknown, numeric=True
            ),
            TableCell(
                tongue.number(one.satisfaction, 2) if one.satisfaction is not None else unknown, numeric=True
            ),
            TableCell(tongue.say(QUADRANT[one.kind]) if one.kind else unknown),
        )
        for one in shown
    )
    head = (
        tongue.say("Segment") if found.by_segment else tongue.say("Client"),
        tongue.say("Usage"),
        tongue.say("Satisfaction"),
        tongue.say("Quadrant"),
    )
    back = analyses.quarter.as_many(analyses.settings.quadrant.quarters_back)
    sentence = tongue.count(
        back,
        "Usage comparé à celui d’il y a {n} trimestre ; satisfait à partir de {score}.",
        "Usage comparé à celui d’il y a {n} trimestres ; satisfait à partir de {score}.",
        score=tongue.number(found.threshold, 2),
    )
    if not rows:
        return None
    charts = charts_of(context, "quadrant")
    title = head_of(context, TOPICS["quadrant"], quadrant_title(tongue, analyses), charts)
    tables = () if charts else (SectionTable(caption, head, rows),)
    return Section("quadrant", title, (sentence,), charts, tables)


def _is_shown(context: ReportContext, kind: str, name: str) -> bool:
    if kind == "client":
        return in_scope(context.catalogue, context.scope, name)
    return context.is_whole or name == context.scope.segment
