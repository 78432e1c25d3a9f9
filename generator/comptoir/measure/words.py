"""Words of measures: a reason, a kind or a row left out in, a sentence in each language out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comptoir.measure.types import LeftOut, Measurement, Reason
from comptoir.model.base import Text
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit


def _say(fr: str, en: str) -> Text:
    return Text({"fr": fr, "en": en})


SENTENCES: Final[Mapping[Reason, Text]] = MappingProxyType(
    {
        Reason.TARGET_MET: _say("L’objectif est atteint.", "The target is met."),
        Reason.NEAR_TARGET: _say(
            "Le résultat est proche de l’objectif : à surveiller.",
            "The result is near the target: to be watched.",
        ),
        Reason.TARGET_MISSED: _say("L’objectif n’est pas atteint.", "The target is missed."),
        Reason.FEW_CASES: _say(
            "Trop peu de cas pour juger : la valeur est indicative.",
            "Too few cases to judge by: the value is indicative.",
        ),
        Reason.FEW_RESPONDENTS: _say(
            "Moins de cinq personnes ont répondu : le résultat n’est pas montré.",
            "Fewer than five people answered: the result is not shown.",
        ),
        Reason.SUBTRACTABLE: _say(
            "Le résultat n’est pas montré, car il permettrait d’en retrouver un autre par soustraction.",
            "The result is not shown, because another one could be worked out from it by subtraction.",
        ),
        Reason.NO_SOURCE: _say("Aucun fichier ne fournit ces données.", "No file provides these data."),
        Reason.NO_ROWS: _say("Aucune donnée pour ce trimestre.", "There are no data for this quarter."),
        Reason.NOT_MONITORED: _say(
            "Non surveillé : aucun fichier ne parle de ces services pour ce trimestre.",
            "Not monitored: no file speaks of these services in this quarter.",
        ),
        Reason.NO_CASES: _say(
            "Aucun cas à compter dans ce trimestre.", "There is no case to count in this quarter."
        ),
        Reason.UNDECIDED: _say(
            "Les données ne renseignent pas ce que cet indicateur demande.",
            "The data do not say what this indicator asks for.",
        ),
        Reason.NO_WORD: _say(
            "Aucun mot des données n’est connu pour dire ce que cet indicateur demande : ce n’est pas zéro.",
            "No word of the data is known to say what this indicator asks for: this is not zero.",
        ),
        Reason.NOTHING_BELOW_THE_LINE: _say(
            "Le dénominateur est nul : il n’y a rien à rapporter.",
            "The denominator is zero: there is nothing to divide by.",
        ),
        Reason.NO_AGREEMENT: _say(
            "Aucun engagement ne s’applique à ces cas : il n’y a pas de délai à tenir.",
            "No agreement covers these cases: there is no target to keep.",
        ),
        Reason.NOT_YET_DUE: _say(
            "Tous les cas sont encore dans leur délai.", "Every case is still within its time."
        ),
        Reason.NO_PREVIOUS: _say(
            "Il n’y a rien à quoi comparer au trimestre précédent.",
            "There is nothing to compare with in the quarter before.",
        ),
        Reason.NO_TARGET: _say(
            "Aucun objectif n’est fixé : la valeur n’est pas jugée.",
            "No target is set: the value is not judged.",
        ),
        Reason.GAP: _say(
            "Il manque au moins deux semaines de données : le total est incomplet et n’est pas jugé.",
            "At least two weeks of data are missing: the total is incomplete and is not judged.",
        ),
        Reason.UNKNOWN_TIME: _say(
            "Plus d’un dixième du temps n’a pas été surveillé : pas de verdict.",
            "More than a tenth of the time was not monitored: there is no verdict.",
        ),
        Reason.FAULTY: _say(
            "La définition ne peut pas être calculée : voir les problèmes.",
            "The definition cannot be measured: see the problems.",
        ),
    }
)

LEFT_OUT: Final[Mapping[LeftOut, Text]] = MappingProxyType(
    {
        LeftOut.FILTERED: _say("hors du filtre de la définition", "outside the filter of the definition"),
        LeftOut.UNDECIDED: _say("ne disent pas ce que le filtre demande", "do not say what the filter asks"),
        LeftOut.UNKNOWN_WORD: _say("d’un mot que nul ne connaît", "of a word that nobody knows"),
        LeftOut.NOT_APPLICABLE: _say("sans valeur, ou sans objet", "without a value, or not applicable"),
        LeftOut.OFF_SCALE: _say("hors de l’échelle", "outside the scale"),
        LeftOut.OUTSIDE: _say("hors du dénominateur", "outside the denominator"),
        LeftOut.NO_TARGET: _say("sans engagement en vigueur", "without an agreement in force"),
        LeftOut.NOT_YET_DUE: _say("ouverts et encore dans leur délai", "open and still within their time"),
        LeftOut.ENDS_BEFORE_START: _say("finissent avant de commencer", "end before they begin"),
        LeftOut.PLANNED: _say("annoncés d’avance", "announced beforehand"),
        LeftOut.NO_ELIGIBLE: _say("sans nombre d’éligibles", "without a number of people eligible"),
        LeftOut.NOT_LAST_DAY: _say(
            "antérieurs au dernier comptage du trimestre", "before the last count of the quarter"
        ),
    }
)

_FORMULAS: Final[Mapping[IndicatorKind, Text]] = MappingProxyType(
    {
        IndicatorKind.COUNT: _say("Nombre de lignes.", "Number of rows."),
        IndicatorKind.SUM: _say("Somme de {value}.", "Sum of {value}."),
        IndicatorKind.RATIO: _say(
            "{numerator}, rapporté à {denominator} ; le rapport des totaux, jamais la moyenne des rapports.",
            "{numerator}, over {denominator}; the ratio of totals, never the mean of ratios.",
        ),
        IndicatorKind.MEAN: _say(
            "Moyenne de {value} ; les lignes sans valeur ne comptent pas. Intervalle t de Student à 95 %.",
            "Mean of {value}; rows without a value do not count. Student’s t interval at 95 %.",
        ),
        IndicatorKind.QUANTILE: _say(
            "Quantile {quantile} de {value}, par interpolation linéaire (type 7).",
            "Quantile {quantile} of {value}, by linear interpolation (type 7).",
        ),
        IndicatorKind.NPS: _say(
            "Part des notes 9 et 10 moins part des notes 0 à 6 de {value}, en points.",
            "Share of 9 and 10 less share of 0 to 6 of {value}, in points.",
        ),
        IndicatorKind.RATE: _say(
            "{numerator}, pour mille de {denominator}.", "{numerator}, per thousand of {denominator}."
        ),
        IndicatorKind.AVAILABILITY: _say(
            "1 − temps d’arrêt non annoncé pendant les heures de service ÷ heures de service du trimestre ; les arrêts "
            "qui se recouvrent comptent une fois, le temps non surveillé ne compte pas.",
            "1 − unplanned down time within service hours ÷ service hours of the quarter; overlapping outages count "
            "once, time that was not monitored does not count.",
        ),
        IndicatorKind.WITHIN_TARGET: _say(
            "Cas tenus dans le délai {metric} de l’accord en vigueur le jour de la demande ÷ cas jugés, en temps ouvré "
            "du calendrier de l’accord, pauses déduites.",
            "Cases within the {metric} target of the agreement in force on the day of the request ÷ cases judged, in "
            "working time of the agreement’s calendar, less pauses.",
        ),
        IndicatorKind.COVERAGE: _say(
            "Utilisateurs ÷ personnes éligibles, au dernier comptage du trimestre.",
            "Users ÷ people eligible, on the last count of the quarter.",
        ),
        IndicatorKind.DISTINCT: _say("Nombre de {value} différents.", "Number of different {value}."),
        IndicatorKind.GROWTH: _say(
            "({value} du trimestre − du précédent) ÷ du précédent.",
            "({value} of the quarter − of the one before) ÷ of the one before.",
        ),
    }
)
_HOURS_LOST: Final = _say(
    "Temps d’arrêt non annoncé pendant les heures de service, en heures ; les arrêts qui se recouvrent comptent une fois.",
    "Unplanned down time within service hours, in hours; overlapping outages count once.",
)
_HOURS_MARKED: Final = _say(
    "Heures perdues lors des arrêts où {numerator}, rapportées à toutes les heures perdues.",
    "Hours lost in outages where {numerator}, over all the hours lost.",
)
_FILTER: Final = _say(" Seules comptent les lignes où {where}.", " Only rows count where {where}.")
_PRIORITY: Final = _say(" Priorité {priority} seulement.", " Priority {priority} only.")
_ROWS: Final = _say("lignes", "rows")
_ALL_ROWS: Final = _say("toutes les lignes qui comptent", "all rows that count")


def sentence_of(measurement: Measurement) -> Text:
    """What the status of a measurement means, in one sentence."""
    return SENTENCES[measurement.reason]


def formula_of(indicator: Indicator, language: str) -> str:
    """The formula in words, with the definition's own expressions between French or English words."""
    formula = _FORMULAS[indicator.kind]
    if indicator.kind is IndicatorKind.AVAILABILITY and indicator.numerator is not None:
        formula = _HOURS_MARKED
    elif indicator.kind is IndicatorKind.AVAILABILITY and indicator.unit is not IndicatorUnit.PERCENT:
        formula = _HOURS_LOST
    rows = (_ALL_ROWS if indicator.kind in (IndicatorKind.RATIO, IndicatorKind.RATE) else _ROWS).in_language(
        language
    )
    filled = formula.in_language(language)
    if indicator.where is not None:
        filled += _FILTER.in_language(language)
    if indicator.priority is not None:
        filled += _PRIORITY.in_language(language)
    parts = {
        "value": indicator.value or rows,
        "numerator": indicator.numerator or rows,
        "denominator": indicator.denominator or rows,
        "quantile": str(indicator.quantile),
        "metric": indicator.metric or "",
        "priority": indicator.priority or "",
        "where": indicator.where or "",
    }
    return filled.format_map(parts)
