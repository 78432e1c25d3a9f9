"""Sections of loyalty for the first chapter: who weighs most, who is worth most, who stays; for the narrowest audience."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.analyses import Analyses
from comptoir.analysis.scopes import in_scope
from comptoir.analysis.worth import GroupValue
from comptoir.content.loyalty_words import (
    DIVERGENCES,
    OWN_DIVERGENCES,
    PROFITABILITY,
    Tongue,
)
from comptoir.content.report.loyalty_findings import (
    abc_title,
    cohort_title,
    divergence_title,
    group_name,
    rfm_title,
    value_title,
)
from comptoir.content.report.loyalty_parts import (
    analyses_of,
    charts_of,
    client_cell,
    head_of,
    missing_section,
    own_ranking,
    tongue_of,
    without_shares,
)
from comptoir.content.report.parts import MOST_ROWS, first_rows
from comptoir.content.report.sections import ReportContext, Section, SectionTable, TableCell
from comptoir.model.terms import Crossing, FollowedBy
from comptoir.wording import N_, NP_

TOPICS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "abc": N_("Poids des clients"),
        "client-value": N_("Valeur des clients"),
        "divergence": N_("Poids et valeur"),
        "rfm": N_("Récence, fréquence et montant"),
        "cohorts": N_("Qui reste et qui part"),
    }
)


def abc(context: ReportContext) -> Section | None:
    """Who makes up most of the whole."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    if analyses.abc is None:
        missing = N_(
            "Ce que chaque client paie ou utilise : une source de rôle revenue ou usage qui nomme les clients."
        )
        return missing_section(context, "abc", TOPICS["abc"], missing)
    own = own_ranking(context, (row.item for row in analyses.abc.items))
    caption, shown = first_rows(
        context,
        tongue.say("Classes ABC des clients"),
        [row for row in analyses.abc.items if row.item.name in own],
    )
    rows = tuple(
        (
            client_cell(context, tongue, row.item.name),
            TableCell(tongue.weighed(analyses, row.item.amount), numeric=True),
            TableCell(tongue.share(own[row.item.name].share, 1), numeric=True),
            TableCell(tongue.share(own[row.item.name].cumulative, 1), numeric=True),
            TableCell(row.category.value if row.category else "–"),
        )
        for row in shown
    )
    what = tongue.weight_name(analyses)
    head = (
        tongue.say("Client"),
        what[:1].upper() + what[1:],
        tongue.say("Part"),
        tongue.say("Part cumulée"),
        tongue.say("Classe"),
    )
    if not rows:
        return None
    charts = charts_of(context, "abc")
    table = SectionTable(caption, head, rows)
    title = head_of(context, TOPICS["abc"], abc_title(tongue, analyses), charts)
    tables = () if charts else (without_shares(table, 2, 3),)  # the chart comes with its own data
    sentences = (_thresholds(tongue, analyses), *_classes_of_all(context, tongue))
    return Section("abc", title, sentences, charts, tables)


def _classes_of_all(context: ReportContext, tongue: Tongue) -> tuple[str, ...]:
    """In the report of a part: that its clients were classed among all, though shares are of its own total."""
    if context.is_whole:
        return ()
    if context.scope.client:
        return (tongue.say("Il est classé parmi tous les clients."),)
    pair = N_("Les classes sont celles de tous les clients ; les parts, celles du segment.")
    return (tongue.say(pair),)


def _thresholds(tongue: Tongue, analyses: Analyses) -> str:
    """By which thresholds and rule clients were classed: a report must say so."""
    settings = analyses.settings.abc
    starts = settings.crossing is Crossing.STARTS
    rule = tongue.say("commence") if starts else tongue.say("finit")
    return tongue.count(
        settings.quarters,
        "Sur {n} trimestre : A jusqu’à {first} du total, B jusqu’à {second} ; un client qui franchit un seuil est dans la classe où il {rule}.",
        "Sur {n} trimestres : A jusqu’à {first} du total, B jusqu’à {second} ; un client qui franchit un seuil est dans la classe où il {rule}.",
        first=tongue.share(Fraction(settings.first) / 100),
        second=tongue.share(Fraction(settings.second) / 100),
        rule=rule,
    )


def value(context: ReportContext) -> Section | None:
    """What clients are worth over the years."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    worth = analyses.profitability
    groups = [group for group in analyses.worth.groups if group.value is not None]
    if worth is None and not groups:
        missing = N_("Des hypothèses par groupe de clients, sous value dans indicators/loyalty.yaml.")
        return missing_section(context, "client-value", TOPICS["client-value"], missing)
    tables = [_group_table(tongue, group) for group in groups] if context.is_whole else []
    valued = worth.items if worth else ()
    own = own_ranking(context, (row.item for row in valued))
    caption, shown = first_rows(
        context, tongue.say("Valeur de chaque client"), [row for row in valued if row.item.name in own]
    )
    rows = tuple(
        (
            client_cell(context, tongue, row.item.name),
            TableCell(tongue.money(row.item.amount), numeric=True),
            TableCell(tongue.share(own[row.item.name].share, 1), numeric=True),
            TableCell(tongue.say(PROFITABILITY[row.category])),
        )
        for row in shown
    )
    head = (
        tongue.say("Client"),
        tongue.say("Valeur"),
        tongue.say("Part"),
        tongue.say("Rentabilité"),
    )
    if rows:
        tables.append(without_shares(SectionTable(caption, head, rows), 2))
    if not tables:
        return None
    charts = charts_of(context, "value")
    title = head_of(context, TOPICS["client-value"], value_title(tongue, analyses), charts)
    return Section("client-value", title, _value_sentences(context, analyses), charts, tuple(tables))


def _value_sentences(context: ReportContext, analyses: Analyses) -> tuple[str, ...]:
    """What the values rest on."""
    tongue = tongue_of(context)
    known = sum(in_scope(context.catalogue, context.scope, client) for client in analyses.worth.known)
    said = [
        tongue.say(
            "Hypothèses retenues : ce qu’un client rapporte, moins ce qu’il coûte, chaque année où il reste."
        )
    ]
    if any(group.is_measured and group.value for group in analyses.worth.groups):
        said.append(
            tongue.say("La première année reprend les montants et les demandes des douze derniers mois.")
        )
    if known:
        said.append(
            tongue.count(
                known,
                "La valeur de {n} client vient d’ailleurs.",
                "La valeur de {n} clients vient d’ailleurs.",
            )
        )
    return tuple(said)


def _group_table(tongue: Tongue, group: GroupValue) -> SectionTable:
    """The years of a group, to the cent, with what was published beside."""
    has_published = bool(group.published)
    rows = []
    for index, year in enumerate(group.value.years if group.value else ()):
        cells = [
            TableCell(tongue.say("Année {n}", n=str(year.year))),
            TableCell(tongue.number(year.lost), numeric=True),
            TableCell(tongue.number(year.remaining), numeric=True),
            TableCell(tongue.money(year.result, 2), numeric=True),
            TableCell(tongue.money(year.total, 2), numeric=True),
        ]
        if has_published:
            printed = group.published[index] if index < len(group.published) else None
            cells.append(
                TableCell("–" if printed is None else tongue.money(Fraction(printed), 2), numeric=True)
            )
        rows.append(tuple(cells))
    head = [
        group_name(tongue, group),
        tongue.say("Perdus"),
        tongue.say("Restants"),
        tongue.say(NP_("group table", "Résultat")),
        tongue.say("Cumul"),
    ]
    if has_published:
        head.append(tongue.say("Résultat publié"))
    caption = tongue.say("Valeur, année après année, {group}", group=head[0])
    return SectionTable(caption, tuple(head), tuple(rows))


def divergence(context: ReportContext) -> Section | None:
    """Whose revenue says one thing, and whose value another."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    if analyses.abc is None or analyses.profitability is None:
        missing = N_(
            "Le poids des clients (rôle revenue ou usage) et leur valeur (value dans indicators/loyalty.yaml)."
        )
        return missing_section(context, "divergence", TOPICS["divergence"], missing)
    words = DIVERGENCES if context.is_whole else OWN_DIVERGENCES
    found = [one for one in analyses.divergences if in_scope(context.catalogue, context.scope, one.name)]
    more = len(found) - len(found[:MOST_ROWS])
    sentences = tuple(
        tongue.say(
            words[one.kind],
            name=tongue.name("client", one.name),
            share=tongue.share(one.by_revenue.item.share, 1),
            abc=one.by_revenue.category.value if one.by_revenue.category else "–",
            value=tongue.money(one.by_value.item.amount),
        )
        for one in found[:MOST_ROWS]
    )
    if more:
        sentences += (tongue.count(more, "Et {n} autre.", "Et {n} autres."),)
    if not context.is_whole and not sentences:
        return None
    charts = charts_of(context, "divergence")
    title = head_of(context, TOPICS["divergence"], divergence_title(tongue, analyses), charts)
    return Section("divergence", title, sentences, charts)


def rfm(context: ReportContext) -> Section | None:
    """How recent, frequent and large the orders of each client are."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None:
        return None
    if not analyses.rfm:
        missing = N_("Les commandes datées de chaque client (source de rôle revenue, ou usage par client).")
        return missing_section(context, "rfm", TOPICS["rfm"], missing)
    caption, scored = first_rows(
        context,
        tongue.say("Commandes et scores"),
        sorted(
            (row for row in analyses.rfm if in_scope(context.catalogue, context.scope, row.client)),
            key=lambda row: (-(row.total or 0), row.client),
        ),
    )
    rows = tuple(
        (
            client_cell(context, tongue, row.client),
            TableCell(context.language.day(row.last_order)),
            TableCell(tongue.number(row.orders), numeric=True),
            TableCell(tongue.weighed(analyses, row.amount), numeric=True),
            TableCell(
                "–" if row.total is None else f"{row.recency} · {row.frequency} · {row.monetary}",
                numeric=True,
            ),
        )
        for row in scored
    )
    head = (
        tongue.say("Client"),
        tongue.say("Dernière commande"),
        tongue.say("Commandes"),
        tongue.say("Montant"),
        tongue.say("Scores R · F · M"),
    )
    sentence = tongue.say(
        "Au {day} ; fréquence et montant sur {days} jours.",
        day=context.language.day(context.quarter.last_day),
        days=tongue.number(analyses.settings.rfm.days),
    )
    few = tongue.say("Moins de cinq clients : pas de scores.")
    sentences = (sentence,) if any(row.total for row in analyses.rfm) else (sentence, few)
    if not rows:
        return None
    charts = charts_of(context, "rfm")
    title = head_of(context, TOPICS["rfm"], rfm_title(tongue, analyses), charts)
    table = SectionTable(caption, head, rows)
    return Section("rfm", title, sentences, charts, (table,))


def cohorts(context: ReportContext) -> Section | None:
    """Who stayed, who left and who came, by cohort."""
    analyses, tongue = analyses_of(context), tongue_of(context)
    if analyses is None or not context.is_whole:
        return None
    movement = analyses.movement
    if movement is None:
        missing = N_("Deux trimestres au moins d’abonnements, de montants ou d’usage par client.")
        return missing_section(context, "cohorts", TOPICS["cohorts"], missing)
    moves = (
        (movement.lost, N_("Partis : {names}.")),
        (movement.new, N_("Arrivés : {names}.")),
        (movement.returned, N_("Revenus : {names}.")),
    )
    sentences = tuple(
        tongue.say(pair, names=context.language.named([*map(tongue.followed, names)]))
        for names, pair in moves
        if names
    )
    follow = analyses.settings.retention.follow
    what = (
        N_("On suit les clients d’un trimestre à l’autre.")
        if follow is FollowedBy.CLIENTS
        else N_("On suit l’abonnement de chaque client à chaque service.")
    )
    charts = charts_of(context, "cohorts")
    title = head_of(context, TOPICS["cohorts"], cohort_title(tongue, analyses), charts)
    return Section("cohorts", title, (tongue.say(what), *sentences), charts)
