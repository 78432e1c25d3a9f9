"""Sentences of charts: series of measurements in; the finding as a title, and as the text that stands for the picture, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from comptoir.analysis.verdicts import Verdict, is_judged, judged_of, kept_of, verdict_of
from comptoir.charts import Words
from comptoir.content.measure_words import (
    Speech,
    finding_words,
    short_quarter,
    target_words,
    value_words,
)
from comptoir.measure.types import Measurement
from comptoir.model.terms import Direction
from comptoir.wording import N_, Language

Series = tuple[Measurement | None, ...]


@cache
def chart_words(language: Language) -> Words:
    """The fixed words of charts and of their tables."""
    say = language.gettext
    percent = language.percent("95")
    return Words(
        quarter=say("Trimestre"),
        service=say("Service"),
        value=say("Valeur"),
        target=say("objectif"),
        lower=say("Borne basse"),
        upper=say("Borne haute"),
        interval=say("intervalle à %(level)s") % {"level": percent},
        lower_limit=say("limite basse"),
        upper_limit=say("limite haute"),
        sample="n",
        status=say("Remarque"),
        count=say("Nombre"),
        cumulative=say("Part cumulée"),
        category=say("Classe"),
        maturity=say("Maturité"),
        missing=say("pas de mesure"),
        suppressed=say("non montré : trop peu de réponses"),
        no_data=say("Aucune mesure sur la période"),
        indicative=say("indicatif : petit effectif"),
        significant=say("évolution significative"),
        outside=say("hors de la variation ordinaire"),
        met=say("objectif tenu"),
        missed=say("objectif manqué"),
        median=say("médiane"),
        p90=say("90 % sous"),
        promoters=say("Promoteurs"),
        passives=say("Passifs"),
        detractors=say("Détracteurs"),
        score=say("Score net"),
    )


def trend_title(speech: Speech, series: Series) -> str:
    """What the trend shows: how often the target was met, or from where to where the value went."""
    judged = judged_of(series)
    valued = _valued(series)
    if len(judged) > 1:
        return _how_often(speech, len(kept_of(judged)), len(judged))
    if len(valued) > 1:
        text = speech.say("De {first} à {last} entre le {since} et le {until}")
        return _between(speech, text, valued[0], valued[-1])
    return speech.language.gettext("Trop peu de trimestres pour une tendance")


def trend_sentence(speech: Speech, series: Series) -> str:
    """What the trend shows, to who does not see it."""
    name = _name(speech)
    valued = _valued(series)
    if not valued:
        nothing = N_("{name} : aucune mesure sur la période.")
        return speech.language.typeset(speech.say(nothing).format(name=name))
    last = valued[-1]
    parts = [finding_words(speech, last)] if is_judged(last) or verdict_of(last) is Verdict.INDICATIVE else []
    if len(valued) > 1:
        text = speech.say("de {first} au {since} à {last} au {until}")
        parts.insert(0, _between(speech, text, valued[0], last))
    target = target_words(speech, last)
    if target:
        parts.append(speech.say("objectif : {}").format(target))
    joint = speech.say(" ; ")
    end = speech.say("{name} : {said}.")
    return speech.language.typeset(end.format(name=name, said=joint.join(parts) or value_words(speech, last)))


def services_title(speech: Speech, found: Mapping[str, Measurement]) -> str:
    """How many services meet their target; without targets, how far apart they are."""
    judged = judged_of(found.values())
    if judged:
        return _how_many(speech, len(kept_of(judged)), len(judged))
    carried = _carried(found)
    return _spread(speech, carried) if len(carried) > 1 else speech.language.gettext("Service par service")


def segments_title(
    speech: Speech,
    found: Mapping[str, Measurement],
    called: Mapping[str, str],
    nothing: str = N_("Segment par segment"),
) -> str:
    """Which segment, or value of a field, is in most need; `nothing` where none is."""
    ends = _ends(speech, found, called)
    if ends is None or speech.indicator.direction is Direction.NEITHER:
        carried = _carried(found)
        return _spread(speech, carried) if len(carried) > 1 else speech.say(nothing)
    worst, best = ends
    text = speech.say("Le plus favorable : {best} ; le moins : {worst}")
    return speech.language.typeset(text.format(best=called[best], worst=called[worst]))


def services_sentence(
    speech: Speech, title: str, found: Mapping[str, Measurement], called: Mapping[str, str], quarter: str
) -> str:
    """What a breakdown with that title shows, to who does not see it."""
    parts = [title]
    ends = _ends(speech, found, called)
    if ends is not None:
        worst, best = ends
        text = speech.say("de {low} ({worst}) à {high} ({best}) au {quarter}")
        low, high = value_words(speech, found[worst]), value_words(speech, found[best])
        parts.append(text.format(low=low, worst=called[worst], high=high, best=called[best], quarter=quarter))
    said = speech.say(" : ").join([_name(speech), ", ".join(parts)])
    return speech.language.typeset(f"{said}.")


def _carried(found: Mapping[str, Measurement]) -> list[Measurement]:
    """Those with a value that enough cases carry."""
    return [m for m in found.values() if m.value is not None and verdict_of(m) is not Verdict.INDICATIVE]


def _ends(
    speech: Speech, found: Mapping[str, Measurement], called: Mapping[str, str]
) -> tuple[str, str] | None:
    """The worst and the best of those that enough cases carry (lowest and highest where neither is better)."""
    values = {
        name: m.value
        for name, m in found.items()
        if m.value is not None and name in called and verdict_of(m) is not Verdict.INDICATIVE
    }
    if len(values) < 2:
        return None
    ordered = sorted(values, key=lambda name: (values[name], name))
    if values[ordered[0]] == values[ordered[-1]]:
        return None
    low, high = ordered[0], ordered[-1]
    return (high, low) if speech.indicator.direction is Direction.LOWER else (low, high)


def _how_often(speech: Speech, met: int, judged: int) -> str:
    if met == 0:
        text = speech.say("L’objectif n’a été tenu dans aucun des {judged} trimestres")
    elif met == judged:
        text = speech.say("L’objectif a été tenu {judged} trimestres sur {judged}")
    elif met == 1:
        text = speech.say("L’objectif a été tenu un trimestre sur {judged}")
    else:
        text = speech.say("L’objectif a été tenu {met} trimestres sur {judged}")
    return text.format(met=met, judged=judged)


def _how_many(speech: Speech, met: int, judged: int) -> str:
    if judged == 1:
        text = (
            speech.say("Le seul service jugé tient son objectif")
            if met
            else speech.say("Le seul service jugé ne tient pas son objectif")
        )
    elif met == 0:
        text = speech.say("Aucun des {judged} services ne tient son objectif")
    elif met == judged:
        text = speech.say("Les {judged} services tiennent leur objectif")
    elif met == 1:
        text = speech.say("Un service sur {judged} tient son objectif")
    else:
        text = speech.say("{met} services sur {judged} tiennent leur objectif")
    return text.format(met=met, judged=judged)


def _spread(speech: Speech, valued: Iterable[Measurement]) -> str:
    ordered = sorted(valued, key=lambda m: (m.value or 0, m.scope))
    low, high = value_words(speech, ordered[0]), value_words(speech, ordered[-1])
    if low == high:
        return speech.say("Le même résultat partout : {low}").format(low=low)
    return speech.say("De {low} à {high}").format(low=low, high=high)


def _between(speech: Speech, text: str, first: Measurement, last: Measurement) -> str:
    return text.format(
        first=value_words(speech, first),
        since=short_quarter(speech.language, first.quarter),
        last=value_words(speech, last),
        until=short_quarter(speech.language, last.quarter),
    )


def _valued(series: Series) -> list[Measurement]:
    return [m for m in series if m is not None and m.value is not None]


def _name(speech: Speech) -> str:
    return speech.language.typeset(speech.indicator.name.in_language(speech.language.code))
