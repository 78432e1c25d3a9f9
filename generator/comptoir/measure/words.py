"""Words of measures: a reason, a kind or a row left out in, a sentence in each language out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.measure.types import LeftOut, Measurement, Reason
from comptoir.model.derived import Derivation, MetBy
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.terms import OverTime
from comptoir.wording import N_, spoken_languages
from comptoir.wording import language as speak

SENTENCES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.TARGET_MET: N_("L’objectif est atteint."),
        Reason.BARELY_MET: N_("L’objectif est atteint de justesse : à surveiller."),
        Reason.NEAR_TARGET: N_("L’objectif est manqué de peu : à surveiller."),
        Reason.TARGET_MISSED: N_("L’objectif n’est pas atteint."),
        Reason.FEW_CASES: N_("Trop peu de cas pour juger : la valeur est indicative."),
        Reason.FEW_RESPONDENTS: N_("Moins de cinq personnes ont répondu : le résultat n’est pas montré."),
        Reason.SUBTRACTABLE: N_(
            "Le résultat n’est pas montré, car il permettrait d’en retrouver un autre par soustraction."
        ),
        Reason.NO_SOURCE: N_("Aucun fichier ne fournit ces données."),
        Reason.NO_ROWS: N_("Aucune donnée pour ce trimestre."),
        Reason.NOT_MONITORED: N_("Non surveillé : aucun fichier ne parle de ces services pour ce trimestre."),
        Reason.NO_CASES: N_("Aucun cas à compter dans ce trimestre."),
        Reason.UNDECIDED: N_("Les données ne renseignent pas ce que cet indicateur demande."),
        Reason.NO_WORD: N_(
            "Aucun mot des données n’est connu pour dire ce que cet indicateur demande : ce n’est pas zéro."
        ),
        Reason.NOTHING_BELOW_THE_LINE: N_("Le dénominateur est nul : il n’y a rien à rapporter."),
        Reason.NO_AGREEMENT: N_("Aucun engagement ne s’applique à ces cas : il n’y a pas de délai à tenir."),
        Reason.NOT_YET_DUE: N_("Tous les cas sont encore dans leur délai."),
        Reason.NO_PREVIOUS: N_("Il n’y a rien à quoi comparer au trimestre précédent."),
        Reason.NO_TARGET: N_("Aucun objectif n’est fixé : la valeur n’est pas jugée."),
        Reason.GAP: N_(
            "Il manque une semaine de données ou plus : le total est incomplet et n’est pas jugé."
        ),
        Reason.RUNNING: N_("Le trimestre n’est pas terminé : le total n’est pas complet et n’est pas jugé."),
        Reason.UNKNOWN_TIME: N_("Plus d’un dixième du temps n’a pas été surveillé : pas de verdict."),
        Reason.FAULTY: N_("La définition ne peut pas être calculée : voir les problèmes."),
    }
)

LEFT_OUT: Final[Mapping[LeftOut, str]] = MappingProxyType(
    {
        LeftOut.FILTERED: N_("hors du filtre de la définition"),
        LeftOut.UNDECIDED: N_("ne disent pas ce que le filtre demande"),
        LeftOut.UNKNOWN_WORD: N_("d’un mot que nul ne connaît"),
        LeftOut.NOT_APPLICABLE: N_("sans valeur, ou sans objet"),
        LeftOut.OFF_SCALE: N_("hors de l’échelle"),
        LeftOut.OUTSIDE: N_("hors du dénominateur"),
        LeftOut.NO_TARGET: N_("sans engagement en vigueur"),
        LeftOut.NOT_YET_DUE: N_("ouverts et encore dans leur délai"),
        LeftOut.ENDS_BEFORE_START: N_("finissent avant de commencer"),
        LeftOut.PLANNED: N_("annoncés d’avance"),
        LeftOut.NO_ELIGIBLE: N_("sans nombre d’éligibles"),
        LeftOut.NOT_LAST_DAY: N_("antérieurs au dernier comptage du trimestre"),
    }
)

_FORMULAS: Final[Mapping[IndicatorKind, str]] = MappingProxyType(
    {
        IndicatorKind.COUNT: N_("Nombre de lignes."),
        IndicatorKind.SUM: N_("Somme de {value}."),
        IndicatorKind.RATIO: N_(
            "{numerator}, rapporté à {denominator} ; le rapport des totaux, jamais la moyenne des rapports."
        ),
        IndicatorKind.MEAN: N_(
            "Moyenne de {value} ; les lignes sans valeur ne comptent pas. Intervalle t de Student à 95 %."
        ),
        IndicatorKind.QUANTILE: N_("Quantile {quantile} de {value}, par interpolation linéaire (type 7)."),
        IndicatorKind.NPS: N_("Part des notes 9 et 10 moins part des notes 0 à 6 de {value}, en points."),
        IndicatorKind.RATE: N_("{numerator}, pour mille de {denominator}."),
        IndicatorKind.AVAILABILITY: N_(
            "1 − temps d’arrêt non annoncé pendant les heures de service ÷ heures de service du trimestre ; les arrêts qui se recouvrent comptent une fois, le temps non surveillé ne compte pas."
        ),
        IndicatorKind.WITHIN_TARGET: N_(
            "{metric} : cas tenus dans le délai de l’accord en vigueur le jour de la demande ÷ cas jugés, en temps ouvré du calendrier de l’accord, pauses déduites."
        ),
        IndicatorKind.COVERAGE: N_("Utilisateurs ÷ personnes éligibles, au dernier comptage du trimestre."),
        IndicatorKind.DISTINCT: N_("Nombre de {value} différents."),
        IndicatorKind.GROWTH: N_("({value} du trimestre − du précédent) ÷ du précédent."),
    }
)
_LEVELS: Final[Mapping[OverTime | None, str]] = MappingProxyType(
    {
        OverTime.MEAN: N_("Somme de {value} de chaque jour compté, en moyenne sur ces jours."),
        OverTime.LAST: N_("Somme de {value} au dernier jour compté."),
    }
)
_MET: Final[Mapping[MetBy, str]] = MappingProxyType(
    {
        MetBy.SERVICE: N_(
            "Nombre de services qui atteignent leur objectif de l’indicateur « {of} », parmi ceux qui sont jugés. Sans intervalle."
        ),
        MetBy.SEGMENT: N_(
            "Nombre de segments qui atteignent leur objectif de l’indicateur « {of} », parmi ceux qui sont jugés. Sans intervalle."
        ),
        MetBy.CLIENT: N_(
            "Nombre de clients qui atteignent leur objectif de l’indicateur « {of} », parmi ceux qui sont jugés. Sans intervalle."
        ),
    }
)
_COMPUTED: Final = N_("{expression}, calculé des indicateurs {of} sur la même période. Sans intervalle.")
_HOURS_LOST: Final = N_(
    "Temps d’arrêt non annoncé pendant les heures de service, en heures ; les arrêts qui se recouvrent comptent une fois."
)
_HOURS_MARKED: Final = N_(
    "Heures perdues lors des arrêts où {numerator}, rapportées à toutes les heures perdues."
)
_FILTER: Final = N_(" Seules comptent les lignes où {where}.")
_FILTERED: Final = N_(" Seules comptent les lignes que retient la définition.")
_PARTS: Final[Mapping[str, str]] = MappingProxyType(  # what stands for an expression
    {
        "value": N_("ce qui est mesuré"),
        "numerator": N_("ce qui est compté"),
        "denominator": N_("l’ensemble"),
    }
)
_PRIORITY: Final = N_(" Priorité {priority} seulement.")
_ITEM: Final = N_(" Demande {request_item} seulement.")
_ROWS: Final = N_("lignes")
_ALL_ROWS: Final = N_("toutes les lignes qui comptent")


def sentence_of(measurement: Measurement) -> str:
    """The message that says what the status of a measurement means, in one sentence."""
    return SENTENCES[measurement.reason]


def in_each_language(message: str) -> dict[str, str]:
    """The message in every language that pages can be written in, for programs."""
    return {code: speak(code).say(message) for code in sorted(spoken_languages())}


def _derived(derivation: Derivation, language: str) -> str:
    """How an indicator is computed from others, which it names by their identifiers."""
    message = _COMPUTED if derivation.met is None else _MET[derivation.met]
    return speak(language).say(message).format(expression=derivation.expression, of=", ".join(derivation.of))


def formula_of(
    indicator: Indicator, language: str, metric: str = "", *, with_expressions: bool = True
) -> str:
    """The formula in words of `language`, with the definition's own expressions between them unless told otherwise.

    `metric` is the word for what is promised; '' for its identifier.
    """
    if indicator.derive is not None:
        return _derived(indicator.derive, language)
    formula = _LEVELS.get(indicator.over_time) or _FORMULAS[indicator.kind]
    if indicator.kind is IndicatorKind.AVAILABILITY and indicator.numerator is not None:
        formula = _HOURS_MARKED
    elif indicator.kind is IndicatorKind.AVAILABILITY and indicator.unit is not IndicatorUnit.PERCENT:
        formula = _HOURS_LOST
    say = speak(language).say
    rows = say(_ALL_ROWS if indicator.kind in (IndicatorKind.RATIO, IndicatorKind.RATE) else _ROWS)
    filled = say(formula)
    if indicator.where is not None:
        filled += say(_FILTER if with_expressions else _FILTERED)
    if indicator.priority is not None:
        filled += say(_PRIORITY)
    if indicator.request_item is not None:
        filled += say(_ITEM)
    parts = {
        "value": indicator.value or rows,
        "numerator": indicator.numerator or rows,
        "denominator": indicator.denominator or rows,
        "quantile": str(indicator.quantile),
        "metric": metric or indicator.metric or "",
        "priority": indicator.priority or "",
        "request_item": indicator.request_item or "",
        "where": indicator.where or "",
    }
    if not with_expressions:
        parts |= {name: say(word) for name, word in _PARTS.items() if parts[name] != rows}
    text = filled.format_map(parts)
    return text if with_expressions else text[:1].upper() + text[1:]
