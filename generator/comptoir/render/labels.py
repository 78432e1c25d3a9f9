"""Words for the closed vocabularies, in both languages: a term in, its label, unit or sentence out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from comptoir.model.agreements import Target
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
    SegmentProfile,
    Strategy,
    Unit,
)
from comptoir.text import FIXED, THIN, Language, typeset

Pair = tuple[str, str]
"""French, English."""

LABELS: Final[Mapping[StrEnum, Pair]] = {
    Lifecycle.PIPELINE: ("Bientôt disponible", "Coming soon"),
    Lifecycle.LIVE: ("Disponible", "Available"),
    Lifecycle.RETIRING: ("En fin de vie", "Being withdrawn"),
    Lifecycle.RETIRED: ("Retiré", "Withdrawn"),
    Maturity.LAUNCH: ("Lancement", "Launch"),
    Maturity.GROWTH: ("Croissance", "Growth"),
    Maturity.MATURE: ("Maturité", "Mature"),
    Maturity.DECLINE: ("Déclin", "Decline"),
    Rhythm.OCCUPIED: ("Attente accompagnée", "Occupied time"),
    Rhythm.DENIED: ("Temps oublié", "Denied time"),
    Rhythm.COUNTED: ("Temps compté", "Counted time"),
    Rhythm.DENSE: ("Temps dense", "Dense time"),
    PriceModel.INCLUDED: ("Inclus, rien à payer", "Included, nothing to pay"),
    PriceModel.ONE_OFF: ("À l’achat", "One-off"),
    PriceModel.SUBSCRIPTION: ("Abonnement", "Subscription"),
    PriceModel.USAGE: ("À l’usage", "By use"),
    PriceModel.QUOTE: ("Sur devis", "On quotation"),
    AgreementKind.SLA: ("Accord de niveau de service", "Service level agreement"),
    AgreementKind.OLA: ("Accord opérationnel", "Operational level agreement"),
    AgreementKind.UC: ("Contrat sous-jacent", "Underpinning contract"),
    Metric.TTO: ("Prise en charge", "Response"),
    Metric.TTR: ("Rétablissement", "Restoration"),
    Metric.AVAILABILITY: ("Disponibilité", "Availability"),
    Metric.RELIABILITY: ("Fiabilité", "Reliability"),
    Metric.RPO: ("Perte de données maximale", "Maximum data loss"),
    Metric.RTO: ("Reprise après sinistre", "Recovery after a disaster"),
    Metric.DELIVERY: ("Délai de fourniture", "Delivery"),
    Metric.SATISFACTION: ("Satisfaction", "Satisfaction"),
    Metric.ANSWER_TIME: ("Temps de décroché", "Time to answer the phone"),
    Priority.P1: ("Critique", "Critical"),
    Priority.P2: ("Haute", "High"),
    Priority.P3: ("Normale", "Normal"),
    Priority.P4: ("Basse", "Low"),
    Criticality.CRITICAL: ("S’il s’arrête, ce service s’arrête aussi.", "If it stops, so does this service."),
    Criticality.DEGRADED: (
        "S’il s’arrête, ce service fonctionne moins bien.",
        "If it stops, this service works less well.",
    ),
    Criticality.MINOR: (
        "S’il s’arrête, vous le remarquerez à peine.",
        "If it stops, you will hardly notice.",
    ),
    Lever.SATISFACTION: ("Satisfaction", "Satisfaction"),
    Lever.BRAND_AND_HABIT: ("Image et habitude", "Brand and habit"),
    Lever.CONVENIENCE: ("Facilité d’accès et de choix", "Convenience of access and choice"),
    Lever.RELATIONSHIP: ("Relation", "Relationship"),
    NeedKind.BASIC: ("De base", "Basic"),
    NeedKind.PERFORMANCE: ("De performance", "Performance"),
    NeedKind.DELIGHT: ("D’enchantement", "Delight"),
    NeedMet.YES: ("Satisfait", "Met"),
    NeedMet.PARTLY: ("En partie", "Partly met"),
    NeedMet.NO: ("Pas encore", "Not yet met"),
    SegmentProfile.CORE_TARGET: ("Cœur de cible", "Core target"),
    SegmentProfile.SENSITIVE_TARGET: ("Cible sensible", "Sensitive target"),
    SegmentProfile.ADVOCATES: ("Prescripteurs", "Advocates"),
    Potential.LOW: ("Faible", "Low"),
    Potential.MEDIUM: ("Moyen", "Medium"),
    Potential.HIGH: ("Élevé", "High"),
    Strategy.REWARD: ("Récompense", "Reward"),
    Strategy.INTENSIFICATION: ("Intensification", "Intensification"),
    Strategy.LOCK_IN: ("Attachement", "Lock-in"),
    Strategy.WIN_BACK: ("Reconquête", "Win-back"),
    Circle.CLIENTS_AND_STAFF: ("Premier cercle", "First circle"),
    Circle.PROSPECTS_SUPPLIERS_LOST: ("Deuxième cercle", "Second circle"),
    Circle.PUBLIC: ("Troisième cercle", "Third circle"),
    PartnerKind.INTERNAL: ("Partenaire interne", "Internal partner"),
    PartnerKind.SUPPLIER: ("Fournisseur", "Supplier"),
    Civility.MADAM: ("Madame", "Ms"),
    Civility.SIR: ("Monsieur", "Mr"),
    ActionStatus.PLANNED: ("Prévue", "Planned"),
    ActionStatus.IN_PROGRESS: ("En cours", "In progress"),
    ActionStatus.DONE: ("Faite", "Done"),
    ActionStatus.CANCELLED: ("Abandonnée", "Cancelled"),
    CommitteeKind.STRATEGIC: ("Comité stratégique", "Strategic committee"),
    CommitteeKind.TACTICAL: ("Comité tactique", "Tactical committee"),
    CommitteeKind.OPERATIONAL: ("Comité opérationnel", "Operational committee"),
    CommitteeKind.EVENT: ("Rendez-vous", "Event"),
}

DAY_NAMES: Final[tuple[Pair, ...]] = (
    ("lundi", "Monday"),
    ("mardi", "Tuesday"),
    ("mercredi", "Wednesday"),
    ("jeudi", "Thursday"),
    ("vendredi", "Friday"),
    ("samedi", "Saturday"),
    ("dimanche", "Sunday"),
)

_UNITS: Final[Mapping[Unit, tuple[Pair, Pair]]] = {  # singular and plural, each French and English
    Unit.SECONDS: (("seconde", "second"), ("secondes", "seconds")),
    Unit.MINUTES: (("minute", "minute"), ("minutes", "minutes")),
    Unit.HOURS: (("heure", "hour"), ("heures", "hours")),
    Unit.DAYS: (("jour", "day"), ("jours", "days")),
    Unit.WORKING_MINUTES: (("minute ouvrée", "working minute"), ("minutes ouvrées", "working minutes")),
    Unit.WORKING_HOURS: (("heure ouvrée", "working hour"), ("heures ouvrées", "working hours")),
    Unit.WORKING_DAYS: (("jour ouvré", "working day"), ("jours ouvrés", "working days")),
    Unit.INCIDENTS_PER_QUARTER: (
        ("incident par trimestre", "incident a quarter"),
        ("incidents par trimestre", "incidents a quarter"),
    ),
}

_OF_PRIORITY: Final[Mapping[Priority | None, Pair]] = {
    None: ("", ""),
    Priority.P1: (" critiques", "critical "),
    Priority.P2: (" de priorité haute", "high-priority "),
    Priority.P3: (" de priorité normale", "normal-priority "),
    Priority.P4: (" de priorité basse", "low-priority "),
}

_SENTENCES: Final[Mapping[Metric, tuple[Pair, Pair]]] = {  # for a share of cases; for all of them
    Metric.TTO: (
        (
            "Nous prenons en charge {share} des signalements{priority} en moins de {value}.",
            "We take charge of {share} of {priority}reports within {value}.",
        ),
        (
            "Nous prenons en charge tous les signalements{priority} en moins de {value}.",
            "We take charge of all {priority}reports within {value}.",
        ),
    ),
    Metric.TTR: (
        (
            "Nous résolvons {share} des incidents{priority} en moins de {value}.",
            "We solve {share} of {priority}incidents within {value}.",
        ),
        (
            "Nous résolvons tous les incidents{priority} en moins de {value}.",
            "We solve all {priority}incidents within {value}.",
        ),
    ),
    Metric.DELIVERY: (
        (
            "Nous servons {share} des demandes{priority} en {value} au plus.",
            "We fulfil {share} of {priority}requests within {value}.",
        ),
        (
            "Nous servons toutes les demandes{priority} en {value} au plus.",
            "We fulfil all {priority}requests within {value}.",
        ),
    ),
    Metric.ANSWER_TIME: (
        (
            "Nous décrochons en moins de {value} pour {share} des appels{priority}.",
            "We answer {share} of {priority}calls within {value}.",
        ),
        (
            "Nous décrochons en moins de {value} à chaque appel{priority}.",
            "We answer every {priority}call within {value}.",
        ),
    ),
    Metric.AVAILABILITY: (
        (
            "Le service fonctionne au moins {value} du temps, dans {share} des cas{priority}.",
            "The service works at least {value} of the time, in {share} of {priority}cases.",
        ),
        (
            "Le service fonctionne au moins {value} du temps, pendant ses heures de service.",
            "The service works at least {value} of the time, during its service hours.",
        ),
    ),
    Metric.RPO: (
        (
            "Après un sinistre, vous perdez au plus {value} de travail, dans {share} des cas{priority}.",
            "After a disaster you lose at most {value} of work, in {share} of {priority}cases.",
        ),
        (
            "Après un sinistre, vous perdez au plus {value} de travail.",
            "After a disaster you lose at most {value} of work.",
        ),
    ),
    Metric.RTO: (
        (
            "Après un sinistre, le service repart en moins de {value}, dans {share} des cas{priority}.",
            "After a disaster the service is back within {value}, in {share} of {priority}cases.",
        ),
        (
            "Après un sinistre, le service repart en moins de {value}.",
            "After a disaster the service is back within {value}.",
        ),
    ),
    Metric.SATISFACTION: (
        (
            "Au moins {value} de satisfaction, pour {share} des personnes interrogées.",
            "Satisfaction of at least {value}, for {share} of the people asked.",
        ),
        (
            "Au moins {value} de satisfaction chez les personnes interrogées.",
            "Satisfaction of at least {value} among the people asked.",
        ),
    ),
    Metric.RELIABILITY: (
        (
            "Au moins {value} des utilisations se passent sans incident, dans {share} des cas{priority}.",
            "At least {value} of uses go without incident, in {share} of {priority}cases.",
        ),
        (
            "Au moins {value} des utilisations se passent sans incident.",
            "At least {value} of uses go without incident.",
        ),
    ),
}
_FEW_INCIDENTS: Final[Pair] = ("Pas plus de {value}.", "No more than {value}.")

_UNDERTAKINGS: Final[Mapping[Metric, Pair]] = {  # how much or how soon; the cases follow
    **dict.fromkeys(
        (Metric.TTO, Metric.TTR, Metric.RTO, Metric.DELIVERY, Metric.ANSWER_TIME),
        ("en {value} au plus", "within {value}"),
    ),
    Metric.RPO: ("{value} au plus", "at most {value}"),
    Metric.AVAILABILITY: ("au moins {value} du temps", "at least {value} of the time"),
    Metric.SATISFACTION: ("au moins {value}", "at least {value}"),
    Metric.RELIABILITY: ("au moins {value} des utilisations", "at least {value} of uses"),
}
_FEW_AT_MOST: Final[Pair] = ("au plus {value}", "at most {value}")
_IN_CASES: Final[Pair] = (", dans {share} des cas{priority}", ", in {share} of {priority}cases")
_IN_ALL_CASES: Final[Pair] = (", dans tous les cas{priority}", ", in all {priority}cases")


QUALITY: Final[Mapping[Rhythm, Pair]] = {
    Rhythm.OCCUPIED: (
        "on attend : la relation et l'information comptent le plus",
        "people wait: relationship and information count most",
    ),
    Rhythm.DENIED: (
        "on n'y pense pas : la facilité compte le plus",
        "people give it no time: ease counts most",
    ),
    Rhythm.COUNTED: (
        "chaque minute compte : la promesse doit être tenue",
        "each minute counts: the promise must be kept",
    ),
    Rhythm.DENSE: (
        "un moment qui importe : tout doit être juste",
        "a moment that matters: everything must be right",
    ),
}
"""What quality means where time is lived so."""


def label(term: StrEnum, language: Language) -> str:
    """The word for a term of a closed vocabulary."""
    return _pick(LABELS[term], language)


def day_name(weekday: int, language: Language) -> str:
    """The name of the day, 0 for Monday."""
    return _pick(DAY_NAMES[weekday], language)


def quantity(value: Decimal, unit: Unit, language: Language) -> str:
    """The value with its unit: '4 heures ouvrées', '99,5 %', '4 sur 5'."""
    number = language.number(value)
    match unit:
        case Unit.PERCENT:
            return number + (f"{THIN}%" if language.code == "fr" else "%")
        case Unit.SCORE_5 | Unit.SCORE_10:
            scale = "5" if unit is Unit.SCORE_5 else "10"
            return f"{number}{FIXED}{_pick(('sur', 'out of'), language)}{FIXED}{scale}"
        case _:
            one, many = _UNITS[unit]
            return number + FIXED + _pick(one if language.is_singular(value) else many, language)


def priority_label(priority: Priority | None, language: Language) -> str:
    """'P1 · Critique', or the word for every priority."""
    if priority is None:
        return _pick(("Toutes", "Any"), language)
    return f"{priority.value.upper()} · {label(priority, language)}"


def promise(target: Target, language: Language) -> str:
    """The target as a sentence that a customer reads."""
    sentence = _SENTENCES[target.metric][target.share is None]
    if target.unit is Unit.INCIDENTS_PER_QUARTER:
        sentence = _FEW_INCIDENTS
    text = _pick(sentence, language).format(
        share=quantity(target.share, Unit.PERCENT, language) if target.share is not None else "",
        priority=_pick(_OF_PRIORITY[target.priority], language),
        value=quantity(target.value, target.unit, language),
    )
    return typeset(text, language.code)


def undertaking(target: Target, language: Language) -> str:
    """What another side owes us, without a subject: 'en 2 heures au plus, dans 95 % des cas critiques'."""
    bound = _UNDERTAKINGS[target.metric]
    if target.unit is Unit.INCIDENTS_PER_QUARTER:
        bound = _FEW_AT_MOST
    cases = ("", "")
    if target.share is not None:
        cases = _IN_CASES
    elif target.priority is not None:
        cases = _IN_ALL_CASES
    text = (_pick(bound, language) + _pick(cases, language)).format(
        value=quantity(target.value, target.unit, language),
        share=quantity(target.share, Unit.PERCENT, language) if target.share is not None else "",
        priority=_pick(_OF_PRIORITY[target.priority], language),
    )
    return typeset(text, language.code)


def _pick(pair: Pair, language: Language) -> str:
    return pair[0] if language.code == "fr" else pair[1]
