"""Sentences of charts of one quarter: what they show, counted, in; the finding as a title and as a text for all, out."""

from __future__ import annotations

from fractions import Fraction

from comptoir.measure.types import ScoreParts
from comptoir.render.labels import Pair
from comptoir.render.measure_words import Speech, round_half_even
from comptoir.text import THIN


def share_words(speech: Speech, share: Fraction, decimals: int = 0) -> str:
    """A share as a percentage, whatever the unit of the indicator is: '94,2 %'."""
    number = speech.language.fixed(round_half_even(share * 100, decimals), decimals).replace("-", "−")
    return speech.pick((f"{number}{THIN}%", f"{number}%"))


def sentence(speech: Speech, quarter: str, *parts: str) -> str:
    """What a chart of one quarter shows, to who does not see it: 'Couverture, T3 2026 : … ; …'."""
    name = speech.language.typeset(speech.indicator.name.in_language(speech.language.code))
    said = speech.pick((" ; ", "; ")).join(part for part in parts if part)
    text = speech.pick(("{name}, {quarter} : {said}.", "{name}, {quarter}: {said}."))
    return speech.language.typeset(text.format(name=name, quarter=quarter, said=said))


def coverage_title(speech: Speech, reached: int, mature: int, low: Fraction) -> str:
    """How many of the mature services that were measured (at least one) are covered like one."""
    aim = share_words(speech, low)
    return speech.pick(_coverage(reached, mature)).format(reached=reached, mature=mature, aim=aim)


def _coverage(reached: int, mature: int) -> Pair:
    if mature == 1:
        return (
            (
                "Le seul service mûr mesuré atteint {aim} de couverture",
                "The only mature service measured reaches {aim} coverage",
            )
            if reached
            else (
                "Le seul service mûr mesuré n’atteint pas {aim} de couverture",
                "The only mature service measured does not reach {aim} coverage",
            )
        )
    if reached == mature:
        return (
            "Les {mature} services mûrs atteignent {aim} de couverture",
            "All {mature} mature services reach {aim} coverage",
        )
    if reached == 0:
        return (
            "Aucun des {mature} services mûrs n’atteint {aim} de couverture",
            "None of {mature} mature services reaches {aim} coverage",
        )
    if reached == 1:
        return (
            "Un service mûr sur {mature} atteint {aim} de couverture",
            "One of {mature} mature services reaches {aim} coverage",
        )
    return (
        "{reached} services mûrs sur {mature} atteignent {aim} de couverture",
        "{reached} of {mature} mature services reach {aim} coverage",
    )


def least_covered(speech: Speech, name: str, value: str) -> str:
    """Which mature service is the least covered."""
    return speech.pick(
        (
            "le moins couvert d’entre eux est {name}, à {value}",
            "the least covered of them is {name}, at {value}",
        )
    ).format(name=name, value=value)


def pareto_title(speech: Speech, few: int, services: int, share: str, aim: str) -> str:
    """How many services make most of the whole: `share` of it, where the class of the largest ends at `aim`."""
    if few == services:
        text = speech.pick(
            (
                "Il faut les {services} services pour faire {aim} du total",
                "It takes all {services} services to make {aim} of the total",
            )
        )
    elif few == 1:
        text = speech.pick(
            (
                "Un service sur {services} fait {share} du total",
                "One service of {services} makes {share} of the total",
            )
        )
    else:
        text = speech.pick(
            (
                "{few} services sur {services} font {share} du total",
                "{few} services of {services} make {share} of the total",
            )
        )
    return text.format(few=few, services=services, share=share, aim=aim)


def largest(speech: Speech, name: str, share: str) -> str:
    """Which service comes first, and its share."""
    return speech.pick(("le premier est {name}, avec {share}", "the first is {name}, with {share}")).format(
        name=name, share=share
    )


def score_title(speech: Speech, parts: ScoreParts, promoters: str, detractors: str, few: bool) -> str:
    """Which there are more of, promoters or detractors; nothing claimed where `few` answered."""
    if few:
        text = speech.pick(("Trop peu de réponses pour juger", "Too few answers to judge by"))
    elif parts.promoters == parts.detractors:
        text = speech.pick(
            (
                "Autant de promoteurs que de détracteurs : {promoters}",
                "As many promoters as detractors: {promoters}",
            )
        )
    elif parts.promoters > parts.detractors:
        text = speech.pick(
            (
                "Plus de promoteurs que de détracteurs : {promoters} contre {detractors}",
                "More promoters than detractors: {promoters} against {detractors}",
            )
        )
    else:
        text = speech.pick(
            (
                "Moins de promoteurs que de détracteurs : {promoters} contre {detractors}",
                "Fewer promoters than detractors: {promoters} against {detractors}",
            )
        )
    return speech.language.typeset(text.format(promoters=promoters, detractors=detractors))


def score_words(speech: Speech, score: str, promoters: str, detractors: str) -> str:
    """What the score is made of."""
    return speech.pick(
        (
            "{score}, soit {promoters} de promoteurs moins {detractors} de détracteurs",
            "{score}, which is {promoters} promoters less {detractors} detractors",
        )
    ).format(score=score, promoters=promoters, detractors=detractors)


def passives_words(speech: Speech, passives: str) -> str:
    """How many are neither."""
    return speech.pick(("{} de passifs", "{} passives")).format(passives)


def aim_words(speech: Speech, target: str) -> str:
    """What is aimed at; '' for nothing."""
    return speech.pick(("objectif : {}", "target: {}")).format(target) if target else ""


def promises_title(speech: Speech, met: int, judged: int) -> str:
    """How many segments meet their target, of several that can be judged."""
    if met == judged:
        text = speech.pick(
            ("Les {judged} segments tiennent leur objectif", "All {judged} segments meet their target")
        )
    elif met == 0:
        text = speech.pick(
            (
                "Aucun des {judged} segments ne tient son objectif",
                "None of {judged} segments meets its target",
            )
        )
    elif met == 1:
        text = speech.pick(
            ("Un segment sur {judged} tient son objectif", "One segment of {judged} meets its target")
        )
    else:
        text = speech.pick(
            (
                "{met} segments sur {judged} tiennent leur objectif",
                "{met} segments of {judged} meet their target",
            )
        )
    return text.format(met=met, judged=judged)


def farthest(speech: Speech, name: str, value: str) -> str:
    """Which segment is the farthest from its target."""
    return speech.pick(
        ("le plus loin du sien est {name}, à {value}", "the farthest from its own is {name}, at {value}")
    ).format(name=name, value=value)
