"""What each loyalty analysis found, in one line: the analyses of a quarter in; the titles of their sections and charts out."""

from __future__ import annotations

from comptoir.analysis.abc import AbcClass
from comptoir.analysis.analyses import Analyses
from comptoir.analysis.coverage import Advice
from comptoir.analysis.quadrant import LoyaltyKind
from comptoir.analysis.worth import GroupValue
from comptoir.model.terms import FollowedBy
from comptoir.render.report.loyalty_words import Tongue


def abc_title(tongue: Tongue, analyses: Analyses) -> str:
    """How few clients make most of the whole."""
    abc = analyses.abc
    if abc is None or not abc.of(AbcClass.A):
        return tongue.pick(("Le poids des clients", "What clients weigh"))
    few = abc.of(AbcClass.A)
    return tongue.count(
        len(few),
        (
            "{n} client sur {all} fait {share} du total ({what})",
            "{n} client of {all} makes {share} of the total ({what})",
        ),
        (
            "{n} clients sur {all} font {share} du total ({what})",
            "{n} clients of {all} make {share} of the total ({what})",
        ),
        all=tongue.number(len(abc.items)),
        share=tongue.share(abc.share_of(AbcClass.A), 1),
        what=tongue.weight_name(analyses),
    )


def group_name(tongue: Tongue, group: GroupValue) -> str:
    """What a group of clients is called."""
    if group.name is not None:
        return tongue.language.typeset(group.name.in_language(tongue.language.code))
    if group.segments:
        return tongue.names("segment", group.segments)
    return tongue.pick(("Tous les clients", "All clients"))


def value_title(tongue: Tongue, analyses: Analyses) -> str:
    """What all the groups are worth together, over the most years that one of them looks ahead."""
    values = analyses.worth.valued
    if not values:
        return tongue.pick(("La valeur des clients", "What clients are worth"))
    years = max(len(value.years) for value in values)
    return tongue.count(
        years,
        ("Nos clients valent {total} sur {n} an", "Our clients are worth {total} over {n} year"),
        ("Nos clients valent {total} sur {n} ans", "Our clients are worth {total} over {n} years"),
        total=tongue.money(analyses.worth.total),
    )


def divergence_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many clients are worth something else than they weigh."""
    if not analyses.divergences:
        return tongue.pick(
            (
                "Ce que les clients pèsent et ce qu’ils valent se rejoignent",
                "What clients weigh and what they are worth agree",
            )
        )
    return tongue.count(
        len(analyses.divergences),
        (
            "{n} client vaut autre chose que ce qu’il pèse",
            "{n} client is worth something else than it weighs",
        ),
        (
            "{n} clients valent autre chose que ce qu’ils pèsent",
            "{n} clients are worth something else than they weigh",
        ),
    )


def rfm_title(tongue: Tongue, analyses: Analyses) -> str:
    """Who comes first on recency, frequency and amount together, and who last."""
    scored = [row for row in analyses.rfm if row.total is not None]
    if not scored:
        return tongue.pick(("Récence, fréquence et montant", "Recency, frequency and amount"))
    best = max(row.total or 0 for row in scored)
    least = min(row.total or 0 for row in scored)
    first = [row.client for row in scored if row.total == best]
    last = [row.client for row in scored if row.total == least]
    if best == least:
        return tongue.pick(
            (
                "Récence, fréquence et montant : les clients se valent",
                "Recency, frequency and amount: clients are alike",
            )
        )
    return tongue.pick(
        (
            "En tête pour la récence, la fréquence et le montant : {first} ; en dernier : {last}",
            "First on recency, frequency and amount: {first}; last: {last}",
        ),
        first=tongue.names("client", first[:3]),
        last=tongue.names("client", last[:3]),
    )


def cohort_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many of the quarter before stayed."""
    movement = analyses.movement
    follows_clients = analyses.settings.retention.follow is FollowedBy.CLIENTS
    if movement is None or movement.retention.value is None:
        return tongue.pick(("Qui reste et qui part", "Who stays and who leaves"))
    before = len(movement.kept) + len(movement.lost)
    what = (
        (("client", "client"), ("clients", "clients"))
        if follows_clients
        else (("abonnement", "subscription"), ("abonnements", "subscriptions"))
    )
    return tongue.count(
        len(movement.kept),
        (
            f"{{n}} {what[0][0]} sur {{before}} est resté ({{share}})",
            f"{{n}} {what[0][1]} of {{before}} stayed ({{share}})",
        ),
        (
            f"{{n}} {what[1][0]} sur {{before}} sont restés ({{share}})",
            f"{{n}} {what[1][1]} of {{before}} stayed ({{share}})",
        ),
        before=tongue.number(before),
        share=tongue.share(movement.retention.value, 1),
    )


def risk_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many clients give signs that they may leave."""
    if not analyses.at_risk:
        return tongue.pick(
            ("Aucun client ne donne de signe de départ", "No client gives a sign that it may leave")
        )
    return tongue.count(
        len(analyses.at_risk),
        ("{n} client donne des signes de départ", "{n} client gives signs that it may leave"),
        ("{n} clients donnent des signes de départ", "{n} clients give signs that they may leave"),
    )


def coverage_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many services to promote, and how many to retire."""
    advice = [row.advice for row in analyses.coverage]
    promote, retire = advice.count(Advice.PROMOTE), advice.count(Advice.RETIRE)
    if not promote and not retire:
        return tongue.pick(
            ("Aucun service n’est à promouvoir ni à retirer", "No service is to be promoted or retired")
        )
    return tongue.count(
        promote,
        ("{n} service à promouvoir, {retire} à retirer", "{n} service to promote, {retire} to retire"),
        ("{n} services à promouvoir, {retire} à retirer", "{n} services to promote, {retire} to retire"),
        retire=tongue.number(retire),
    )


def watermelon_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many services keep their promises and disappoint."""
    names = sorted({one.scope.service for one in analyses.watermelons or ()})
    if not names:
        return tongue.pick(
            (
                "Aucune pastèque : aucun service ne tient ses promesses en décevant ses clients",
                "No watermelon: no service keeps its promises and disappoints its customers",
            )
        )
    return tongue.count(
        len(names),
        (
            "Verte dehors, rouge dedans : {n} pastèque, {names}",
            "Green outside, red inside: {n} watermelon, {names}",
        ),
        (
            "Vertes dehors, rouges dedans : {n} pastèques, {names}",
            "Green outside, red inside: {n} watermelons, {names}",
        ),
        names=tongue.names("service", names),
    )


def quadrant_title(tongue: Tongue, analyses: Analyses) -> str:
    """Who uses less and is not satisfied."""
    quadrant = analyses.quadrant
    kind = "segment" if quadrant and quadrant.by_segment else "client"
    placed = quadrant.placed if quadrant else ()
    leaving = [one.name for one in placed if one.kind is LoyaltyKind.LEAVING]
    loyal = sum(one.kind is LoyaltyKind.LOYAL for one in placed)
    known = sum(one.kind is not None for one in placed)
    if not leaving:
        return tongue.count(
            loyal,
            ("{n} fidèle sur {all}, personne sur le départ", "{n} loyal of {all}, nobody leaving"),
            ("{n} fidèles sur {all}, personne sur le départ", "{n} loyal of {all}, nobody leaving"),
            all=tongue.number(known),
        )
    return tongue.pick(
        (
            "Moins d’usage et peu de satisfaction : {names} sur le départ",
            "Less use and little satisfaction: {names} leaving",
        ),
        names=tongue.names(kind, leaving),
    )
