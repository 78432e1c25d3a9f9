"""What each loyalty analysis found, in one line: the analyses of a quarter in; the titles of their sections and charts out."""

from __future__ import annotations

from comptoir.analysis.abc import AbcClass
from comptoir.analysis.analyses import Analyses
from comptoir.analysis.coverage import Advice
from comptoir.analysis.quadrant import LoyaltyKind
from comptoir.analysis.worth import GroupValue
from comptoir.content.loyalty_words import Tongue
from comptoir.model.terms import FollowedBy
from comptoir.wording import NN_


def abc_title(tongue: Tongue, analyses: Analyses) -> str:
    """How few clients make most of the whole."""
    abc = analyses.abc
    if abc is None or not abc.of(AbcClass.A):
        return tongue.say("Le poids des clients")
    few = abc.of(AbcClass.A)
    return tongue.count(
        len(few),
        "{n} client sur {all} fait {share} du total ({what})",
        "{n} clients sur {all} font {share} du total ({what})",
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
    return tongue.say("Tous les clients")


def value_title(tongue: Tongue, analyses: Analyses) -> str:
    """What all the groups are worth together, over the most years that one of them looks ahead."""
    values = analyses.worth.valued
    if not values:
        return tongue.say("La valeur des clients")
    years = max(len(value.years) for value in values)
    return tongue.count(
        years,
        "Nos clients valent {total} sur {n} an",
        "Nos clients valent {total} sur {n} ans",
        total=tongue.money(analyses.worth.total),
    )


def divergence_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many clients are worth something else than they weigh."""
    if not analyses.divergences:
        return tongue.say("Ce que les clients pèsent et ce qu’ils valent se rejoignent")
    return tongue.count(
        len(analyses.divergences),
        "{n} client vaut autre chose que ce qu’il pèse",
        "{n} clients valent autre chose que ce qu’ils pèsent",
    )


def rfm_title(tongue: Tongue, analyses: Analyses) -> str:
    """Who comes first on recency, frequency and amount together, and who last."""
    scored = [row for row in analyses.rfm if row.total is not None]
    if not scored:
        return tongue.say("Récence, fréquence et montant")
    best = max(row.total or 0 for row in scored)
    least = min(row.total or 0 for row in scored)
    first = [row.client for row in scored if row.total == best]
    last = [row.client for row in scored if row.total == least]
    if best == least:
        return tongue.say("Récence, fréquence et montant : les clients se valent")
    return tongue.say(
        "En tête pour la récence, la fréquence et le montant : {first} ; en dernier : {last}",
        first=tongue.names("client", first[:3]),
        last=tongue.names("client", last[:3]),
    )


def cohort_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many of the quarter before stayed."""
    movement = analyses.movement
    follows_clients = analyses.settings.retention.follow is FollowedBy.CLIENTS
    if movement is None or movement.retention.value is None:
        return tongue.say("Qui reste et qui part")
    before = len(movement.kept) + len(movement.lost)
    stayed = (
        NN_("{n} client sur {before} est resté ({share})", "{n} clients sur {before} sont restés ({share})")
        if follows_clients
        else NN_(
            "{n} abonnement sur {before} est resté ({share})",
            "{n} abonnements sur {before} sont restés ({share})",
        )
    )
    return tongue.count(
        len(movement.kept),
        *stayed,
        before=tongue.number(before),
        share=tongue.share(movement.retention.value, 1),
    )


def risk_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many clients give signs that they may leave."""
    if not analyses.at_risk:
        return tongue.say("Aucun client ne donne de signe de départ")
    return tongue.count(
        len(analyses.at_risk),
        "{n} client donne des signes de départ",
        "{n} clients donnent des signes de départ",
    )


def coverage_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many services to promote, and how many to retire."""
    advice = [row.advice for row in analyses.coverage]
    promote, retire = advice.count(Advice.PROMOTE), advice.count(Advice.RETIRE)
    if not promote and not retire:
        return tongue.say("Aucun service n’est à promouvoir ni à retirer")
    return tongue.count(
        promote,
        "{n} service à promouvoir, {retire} à retirer",
        "{n} services à promouvoir, {retire} à retirer",
        retire=tongue.number(retire),
    )


def watermelon_title(tongue: Tongue, analyses: Analyses) -> str:
    """How many services keep their promises and disappoint."""
    names = sorted({one.scope.service for one in analyses.watermelons or ()})
    if not names:
        return tongue.say("Aucune pastèque : aucun service ne tient ses promesses en décevant ses clients")
    return tongue.count(
        len(names),
        "Verte dehors, rouge dedans : {n} pastèque, {names}",
        "Vertes dehors, rouges dedans : {n} pastèques, {names}",
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
            "{n} fidèle sur {all}, personne sur le départ",
            "{n} fidèles sur {all}, personne sur le départ",
            all=tongue.number(known),
        )
    return tongue.say(
        "Moins d’usage et peu de satisfaction : {names} sur le départ",
        names=tongue.names(kind, leaving),
    )
