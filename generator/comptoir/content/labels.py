"""Words for the closed vocabularies, in both languages: a term in, its label, unit or sentence out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from comptoir.model.agreements import LoosePromise, Promised, Target
from comptoir.model.catalogue import Catalogue
from comptoir.model.inside import item_names, priority_names
from comptoir.model.terms import (
    ActionStatus,
    AgreementKind,
    Circle,
    Civility,
    CommitteeKind,
    Criticality,
    Lever,
    Lifecycle,
    Maturity,
    Metric,
    NeedKind,
    NeedMet,
    PartnerKind,
    Potential,
    PriceModel,
    Priority,
    Rhythm,
    ScorecardCheck,
    SegmentProfile,
    Strategy,
    Unit,
)
from comptoir.periods import Quarter
from comptoir.wording import FIXED, N_, NN_, NP_, Language

LABELS: Final[Mapping[StrEnum, str]] = {
    Lifecycle.PIPELINE: N_("Bientôt disponible"),
    Lifecycle.LIVE: N_("Disponible"),
    Lifecycle.RETIRING: N_("En fin de vie"),
    Lifecycle.RETIRED: N_("Retiré"),
    Maturity.LAUNCH: N_("Lancement"),
    Maturity.GROWTH: N_("Croissance"),
    Maturity.MATURE: NP_("labels", "Maturité"),
    Maturity.DECLINE: N_("Déclin"),
    Rhythm.OCCUPIED: N_("Attente accompagnée"),
    Rhythm.DENIED: N_("Temps oublié"),
    Rhythm.COUNTED: NP_("labels", "Temps compté"),
    Rhythm.DENSE: N_("Temps dense"),
    PriceModel.INCLUDED: N_("Inclus, rien à payer"),
    PriceModel.ONE_OFF: N_("À l’achat"),
    PriceModel.SUBSCRIPTION: N_("Abonnement"),
    PriceModel.USAGE: N_("À l’usage"),
    PriceModel.QUOTE: N_("Sur devis"),
    AgreementKind.SLA: N_("Accord de niveau de service"),
    AgreementKind.OLA: N_("Accord opérationnel"),
    AgreementKind.UC: N_("Contrat sous-jacent"),
    Metric.TTO: N_("Prise en charge"),
    Metric.TTR: N_("Rétablissement"),
    Metric.AVAILABILITY: N_("Disponibilité"),
    Metric.RELIABILITY: N_("Fiabilité"),
    Metric.RPO: N_("Perte de données maximale"),
    Metric.RTO: N_("Reprise après sinistre"),
    Metric.DELIVERY: N_("Délai de fourniture"),
    Metric.SATISFACTION: N_("Satisfaction"),
    Metric.ANSWER_TIME: N_("Temps de décroché"),
    Priority.P1: N_("Critique"),
    Priority.P2: N_("Haute"),
    Priority.P3: N_("Normale"),
    Priority.P4: N_("Basse"),
    Priority.P5: N_("Priorité 5"),
    Priority.P6: N_("Priorité 6"),
    Priority.P7: N_("Priorité 7"),
    Priority.P8: N_("Priorité 8"),
    Priority.P9: N_("Priorité 9"),
    Criticality.CRITICAL: N_("S’il s’arrête, ce service s’arrête aussi."),
    Criticality.DEGRADED: N_("S’il s’arrête, ce service fonctionne moins bien."),
    Criticality.MINOR: N_("S’il s’arrête, vous le remarquerez à peine."),
    Lever.SATISFACTION: N_("Satisfaction"),
    Lever.BRAND_AND_HABIT: N_("Image et habitude"),
    Lever.CONVENIENCE: N_("Facilité d’accès et de choix"),
    Lever.RELATIONSHIP: N_("Relation"),
    NeedKind.BASIC: N_("De base"),
    NeedKind.PERFORMANCE: N_("De performance"),
    NeedKind.DELIGHT: N_("D’enchantement"),
    NeedMet.YES: N_("Satisfait"),
    NeedMet.PARTLY: N_("En partie"),
    NeedMet.NO: N_("Pas encore"),
    SegmentProfile.CORE_TARGET: N_("Cœur de cible"),
    SegmentProfile.SENSITIVE_TARGET: N_("Cible sensible"),
    SegmentProfile.ADVOCATES: N_("Prescripteurs"),
    Potential.LOW: N_("Faible"),
    Potential.MEDIUM: N_("Moyen"),
    Potential.HIGH: N_("Élevé"),
    Strategy.REWARD: N_("Récompense"),
    Strategy.INTENSIFICATION: N_("Intensification"),
    Strategy.LOCK_IN: N_("Attachement"),
    Strategy.WIN_BACK: N_("Reconquête"),
    Circle.CLIENTS_AND_STAFF: N_("Premier cercle"),
    Circle.PROSPECTS_SUPPLIERS_LOST: N_("Deuxième cercle"),
    Circle.PUBLIC: N_("Troisième cercle"),
    PartnerKind.INTERNAL: N_("Partenaire interne"),
    PartnerKind.SUPPLIER: N_("Fournisseur"),
    Civility.MADAM: N_("Madame"),
    Civility.SIR: N_("Monsieur"),
    ActionStatus.PLANNED: N_("Prévue"),
    ActionStatus.IN_PROGRESS: N_("En cours"),
    ActionStatus.DONE: N_("Faite"),
    ActionStatus.CANCELLED: N_("Abandonnée"),
    CommitteeKind.STRATEGIC: N_("Comité stratégique"),
    CommitteeKind.TACTICAL: N_("Comité tactique"),
    CommitteeKind.OPERATIONAL: N_("Comité opérationnel"),
    CommitteeKind.EVENT: NP_("labels", "Rendez-vous"),
    ScorecardCheck.OWNER: N_("Responsable joignable"),
    ScorecardCheck.REVIEWED: N_("Relecture à jour"),
    ScorecardCheck.BENEFITS: N_("Au moins trois bénéfices"),
    ScorecardCheck.DESCRIPTION: NP_("scorecard", "Description"),
    ScorecardCheck.NEEDS: N_("Besoins dits avec les mots des clients"),
    ScorecardCheck.KEYWORDS: N_("Autres mots pour la recherche"),
    ScorecardCheck.QUESTIONS: N_("Questions fréquentes"),
    ScorecardCheck.REQUEST: N_("Façon de demander"),
    ScorecardCheck.DELAY: N_("Délai annoncé"),
    ScorecardCheck.TRANSLATED: N_("Textes traduits, non recopiés"),
    ScorecardCheck.OWN_FIELDS: N_("Champs exigés remplis"),
    ScorecardCheck.AGREEMENT: N_("Engagement en vigueur"),
    ScorecardCheck.MEASURED: N_("Résultats mesurés"),
    ScorecardCheck.PROMISES_MEASURED: N_("Promesses chiffrées toutes mesurées"),
}

_A_QUARTER: Final = Quarter(2000, 1)
"""Promises by quarter stay so in reports on other periods."""
_UNITS: Final[Mapping[Unit, tuple[str, str]]] = {  # of one, of several
    Unit.SECONDS: NN_("seconde", "secondes"),
    Unit.MINUTES: NN_("minute", "minutes"),
    Unit.HOURS: NN_("heure", "heures"),
    Unit.DAYS: NN_("jour", "jours"),
    Unit.WORKING_MINUTES: NN_("minute ouvrée", "minutes ouvrées"),
    Unit.WORKING_HOURS: NN_("heure ouvrée", "heures ouvrées"),
    Unit.WORKING_DAYS: NN_("jour ouvré", "jours ouvrés"),
    Unit.INCIDENTS_PER_QUARTER: NN_("incident par trimestre", "incidents par trimestre"),
}

_OF_PRIORITY: Final[Mapping[Priority, str]] = {
    Priority.P1: N_(" critiques"),
    Priority.P2: N_(" de priorité haute"),
    Priority.P3: N_(" de priorité normale"),
    Priority.P4: N_(" de priorité basse"),
    Priority.P5: N_(" de priorité 5"),
    Priority.P6: N_(" de priorité 6"),
    Priority.P7: N_(" de priorité 7"),
    Priority.P8: N_(" de priorité 8"),
    Priority.P9: N_(" de priorité 9"),
}

_FIELDS: Final[Mapping[str, str]] = {
    "priority": N_("Priorité"),
    "request_item": N_("Demande"),
    "kind": N_("Nature"),
    "channel": N_("Canal"),
    "complexity": N_("Complexité"),
    "cause": N_("Cause"),
}
_OF_NAMED: Final[str] = N_(" de priorité « {name} »")
_RANGE: Final[str] = N_("{low} à {high}")
_ABOUT: Final[str] = N_("{subject} : {sentence}")

_SENTENCES: Final[Mapping[Metric, tuple[str, str]]] = {  # for a share of cases; for all of them
    Metric.TTO: (
        N_("Nous prenons en charge {share} des signalements{priority} en moins de {value}."),
        N_("Nous prenons en charge tous les signalements{priority} en moins de {value}."),
    ),
    Metric.TTR: (
        N_("Nous résolvons {share} des incidents{priority} en moins de {value}."),
        N_("Nous résolvons tous les incidents{priority} en moins de {value}."),
    ),
    Metric.DELIVERY: (
        N_("Nous servons {share} des demandes{priority} en {value} au plus."),
        N_("Nous servons toutes les demandes{priority} en {value} au plus."),
    ),
    Metric.ANSWER_TIME: (
        N_("Nous décrochons en moins de {value} pour {share} des appels{priority}."),
        N_("Nous décrochons en moins de {value} à chaque appel{priority}."),
    ),
    Metric.AVAILABILITY: (
        N_("Le service fonctionne au moins {value} du temps, dans {share} des cas{priority}."),
        N_("Le service fonctionne au moins {value} du temps, pendant ses heures de service."),
    ),
    Metric.RPO: (
        N_("Après un sinistre, vous perdez au plus {value} de travail, dans {share} des cas{priority}."),
        N_("Après un sinistre, vous perdez au plus {value} de travail."),
    ),
    Metric.RTO: (
        N_("Après un sinistre, le service repart en moins de {value}, dans {share} des cas{priority}."),
        N_("Après un sinistre, le service repart en moins de {value}."),
    ),
    Metric.SATISFACTION: (
        N_("Au moins {value} de satisfaction, pour {share} des personnes interrogées."),
        N_("Au moins {value} de satisfaction chez les personnes interrogées."),
    ),
    Metric.RELIABILITY: (
        N_("Au moins {value} des utilisations se passent sans incident, dans {share} des cas{priority}."),
        N_("Au moins {value} des utilisations se passent sans incident."),
    ),
}
_FEW_INCIDENTS: Final[str] = N_("Pas plus de {value}.")

_UNDERTAKINGS: Final[Mapping[Metric, str]] = {  # how much or how soon; the cases follow
    **dict.fromkeys(
        (Metric.TTO, Metric.TTR, Metric.RTO, Metric.DELIVERY, Metric.ANSWER_TIME),
        N_("en {value} au plus"),
    ),
    Metric.RPO: N_("{value} au plus"),
    Metric.AVAILABILITY: N_("au moins {value} du temps"),
    Metric.SATISFACTION: N_("au moins {value}"),
    Metric.RELIABILITY: N_("au moins {value} des utilisations"),
}
_FEW_AT_MOST: Final[str] = N_("au plus {value}")
_IN_CASES: Final[str] = N_(", dans {share} des cas{priority}")
_IN_ALL_CASES: Final[str] = N_(", dans tous les cas{priority}")


QUALITY: Final[Mapping[Rhythm, str]] = {
    Rhythm.OCCUPIED: N_("on attend : la relation et l'information comptent le plus"),
    Rhythm.DENIED: N_("on n'y pense pas : la facilité compte le plus"),
    Rhythm.COUNTED: N_("chaque minute compte : la promesse doit être tenue"),
    Rhythm.DENSE: N_("un moment qui importe : tout doit être juste"),
}
"""What quality means where time is lived so."""


def label(term: StrEnum, language: Language) -> str:
    """The word for a term of a closed vocabulary."""
    return language.say(LABELS[term])


def quantity(value: Decimal, unit: Unit, language: Language) -> str:
    """The value with its unit: '4 heures ouvrées', '99,5 %', '4 sur 5'."""
    number = language.number(value)
    match unit:
        case Unit.PERCENT:
            return language.percent(number)
        case Unit.SCORE_5 | Unit.SCORE_10:
            scale = "5" if unit is Unit.SCORE_5 else "10"
            return f"{number}{FIXED}{language.say('sur')}{FIXED}{scale}"
        case _:
            return number + FIXED + language.about(_A_QUARTER).ngettext(*_UNITS[unit], value)


def priority_label(priority: str | None, catalogue: Catalogue, language: Language) -> str:
    """'P1 · Critique', or the word for every priority."""
    if priority is None:
        return language.say(NP_("priority label", "Toutes"))
    if priority in set(Priority):
        return f"{priority.upper()} · {label(Priority(priority), language)}"
    return _priority_name(priority, catalogue, language)


def value_name(part: str, catalogue: Catalogue, language: Language) -> str:
    """What a value of a field, as 'priority=p1', is called: those that have a name by it, other words as they are."""
    field, _, value = part.partition("=")
    if field == "priority":
        return priority_label(value, catalogue, language)
    partner = catalogue.partners.get(value)
    named = item_names(catalogue).get(value) if field == "request_item" else partner and partner.name
    return language.typeset(named.in_language(language.code) if named else value)


def field_name(field: str, language: Language) -> str:
    """What a field is called; one of the project as it is written, with spaces."""
    known = _FIELDS.get(field)
    return language.say(known) if known else language.typeset(field.replace("_", " ").capitalize())


def _priority_name(priority: str, catalogue: Catalogue, language: Language) -> str:
    names = priority_names(catalogue)
    return language.typeset(names[priority].in_language(language.code)) if priority in names else priority


def _of_priority(target: Promised, catalogue: Catalogue, language: Language) -> str:
    """The cases of a priority, as a word that goes with theirs; '' for those of every priority."""
    if target.priority is None:
        return ""
    if target.priority in set(Priority):
        return language.say(_OF_PRIORITY[Priority(target.priority)])
    return language.say(_OF_NAMED, name=_priority_name(target.priority, catalogue, language))


def subject_label(promised: Promised, catalogue: Catalogue, language: Language) -> str:
    """What a promise is about besides its metric and priority: its label, and what is asked for by its name."""
    item = item_names(catalogue).get(promised.request_item or "")
    words = (text.in_language(language.code) for text in (promised.label, item) if text is not None)
    return language.typeset(" – ".join(words) or promised.request_item or "")


def value_label(promised: Target | LoosePromise, language: Language) -> str:
    """What is promised, alone: '4 heures ouvrées', '2 à 5 jours', 'immédiat'."""
    if isinstance(promised, Target):
        return quantity(promised.value, promised.unit, language)
    if promised.between is None or promised.unit is None:
        return language.typeset(promised.words.in_language(language.code)) if promised.words else ""
    low, high = promised.between
    return language.say(_RANGE, low=language.number(low), high=quantity(high, promised.unit, language))


def promise(promised: Target | LoosePromise, catalogue: Catalogue, language: Language) -> str:
    """The promise as a sentence that a customer reads; what it is about goes before."""
    subject = subject_label(promised, catalogue, language)
    if isinstance(promised, LoosePromise):
        priority = promised.priority and priority_label(promised.priority, catalogue, language)
        about = ", ".join(filter(None, (subject, priority)))
        metric = label(promised.metric, language) + (f" ({about})" if about else "")
        return language.say(_ABOUT, subject=metric, sentence=f"{value_label(promised, language)}.")
    sentence = _sentence(promised, catalogue, language)
    if not subject:
        return sentence
    return language.say(_ABOUT, subject=subject, sentence=sentence[:1].lower() + sentence[1:])


def _sentence(target: Target, catalogue: Catalogue, language: Language) -> str:
    sentence = _SENTENCES[target.metric][target.share is None]
    if target.unit is Unit.INCIDENTS_PER_QUARTER:
        sentence = _FEW_INCIDENTS
    text = language.say(sentence).format(
        share=quantity(target.share, Unit.PERCENT, language) if target.share is not None else "",
        priority=_of_priority(target, catalogue, language),
        value=quantity(target.value, target.unit, language),
    )
    return language.typeset(text)


def undertaking(target: Target | LoosePromise, catalogue: Catalogue, language: Language) -> str:
    """What another side owes us, without a subject: 'en 2 heures au plus, dans 95 % des cas critiques'."""
    if isinstance(target, LoosePromise):
        return value_label(target, language)
    bound = _UNDERTAKINGS[target.metric]
    if target.unit is Unit.INCIDENTS_PER_QUARTER:
        bound = _FEW_AT_MOST
    cases = ""
    if target.share is not None:
        cases = _IN_CASES
    elif target.priority is not None:
        cases = _IN_ALL_CASES
    text = (language.say(bound) + language.say(cases)).format(
        value=quantity(target.value, target.unit, language),
        share=quantity(target.share, Unit.PERCENT, language) if target.share is not None else "",
        priority=_of_priority(target, catalogue, language),
    )
    return language.typeset(text)
