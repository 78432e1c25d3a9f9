"""Sentences of charts of one quarter: what they show, counted, in; the finding as a title and as a text for all, out."""

from __future__ import annotations

from fractions import Fraction

from comptoir.content.measure_words import Speech
from comptoir.measure.shown import round_half_even
from comptoir.measure.types import ScoreParts
from comptoir.wording import N_


def share_words(speech: Speech, share: Fraction, decimals: int = 0) -> str:
    """A share as a percentage, whatever the unit of the indicator is: '94,2 %'."""
    number = speech.language.fixed(round_half_even(share * 100, decimals), decimals).replace("-", "−")
    return speech.language.percent(number)


def sentence(speech: Speech, quarter: str, *parts: str) -> str:
    """What a chart of one quarter shows, to who does not see it: 'Couverture, T3 2026 : … ; …'."""
    name = speech.language.typeset(speech.indicator.name.in_language(speech.language.code))
    said = speech.say(" ; ").join(part for part in parts if part)
    text = speech.say("{name}, {quarter} : {said}.")
    return speech.language.typeset(text.format(name=name, quarter=quarter, said=said))


def coverage_title(speech: Speech, reached: int, mature: int, low: Fraction) -> str:
    """How many of the mature services that were measured (at least one) are covered like one."""
    aim = share_words(speech, low)
    return speech.say(_coverage(reached, mature)).format(reached=reached, mature=mature, aim=aim)


def _coverage(reached: int, mature: int) -> str:
    if mature == 1:
        return (
            N_("Le seul service mûr mesuré atteint {aim} de couverture")
            if reached
            else N_("Le seul service mûr mesuré n’atteint pas {aim} de couverture")
        )
    if reached == mature:
        return N_("Les {mature} services mûrs atteignent {aim} de couverture")
    if reached == 0:
        return N_("Aucun des {mature} services mûrs n’atteint {aim} de couverture")
    if reached == 1:
        return N_("Un service mûr sur {mature} atteint {aim} de couverture")
    return N_("{reached} services mûrs sur {mature} atteignent {aim} de couverture")


def least_covered(speech: Speech, name: str, value: str) -> str:
    """Which mature service is the least covered."""
    return speech.say("le moins couvert d’entre eux est {name}, à {value}").format(name=name, value=value)


def pareto_title(speech: Speech, few: int, services: int, share: str, aim: str) -> str:
    """How many services make most of the whole: `share` of it, where the class of the largest ends at `aim`."""
    if few == services:
        text = speech.say("Il faut les {services} services pour faire {aim} du total")
    elif few == 1:
        text = speech.say("Un service sur {services} fait {share} du total")
    else:
        text = speech.say("{few} services sur {services} font {share} du total")
    return text.format(few=few, services=services, share=share, aim=aim)


def largest(speech: Speech, name: str, share: str) -> str:
    """Which service comes first, and its share."""
    return speech.say("le premier est {name}, avec {share}").format(name=name, share=share)


def score_title(speech: Speech, parts: ScoreParts, promoters: str, detractors: str, few: bool) -> str:
    """Which there are more of, promoters or detractors; nothing claimed where `few` answered."""
    if few:
        text = speech.say("Trop peu de réponses pour juger")
    elif parts.promoters == parts.detractors:
        text = speech.say("Autant de promoteurs que de détracteurs : {promoters}")
    elif parts.promoters > parts.detractors:
        text = speech.say("Plus de promoteurs que de détracteurs : {promoters} contre {detractors}")
    else:
        text = speech.say("Moins de promoteurs que de détracteurs : {promoters} contre {detractors}")
    return speech.language.typeset(text.format(promoters=promoters, detractors=detractors))


def score_words(speech: Speech, score: str, promoters: str, detractors: str) -> str:
    """What the score is made of."""
    return speech.say("{score}, soit {promoters} de promoteurs moins {detractors} de détracteurs").format(
        score=score, promoters=promoters, detractors=detractors
    )


def passives_words(speech: Speech, passives: str) -> str:
    """How many are neither."""
    return speech.say("{} de passifs").format(passives)


def aim_words(speech: Speech, target: str) -> str:
    """What is aimed at; '' for nothing."""
    return speech.say("objectif : {}").format(target) if target else ""


def promises_title(speech: Speech, met: int, judged: int) -> str:
    """How many segments meet their target, of several that can be judged."""
    if met == judged:
        text = speech.say("Les {judged} segments tiennent leur objectif")
    elif met == 0:
        text = speech.say("Aucun des {judged} segments ne tient son objectif")
    elif met == 1:
        text = speech.say("Un segment sur {judged} tient son objectif")
    else:
        text = speech.say("{met} segments sur {judged} tiennent leur objectif")
    return text.format(met=met, judged=judged)


def farthest(speech: Speech, name: str, value: str) -> str:
    """Which segment is the farthest from its target."""
    return speech.say("le plus loin du sien est {name}, à {value}").format(name=name, value=value)
