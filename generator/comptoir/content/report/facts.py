"""Facts in words: a fact of the reporting in; its name, where it leads and a sentence that agrees with it, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comptoir.analysis.facts import Fact, FactKind
from comptoir.analysis.verdicts import ChangeSeen, change_seen
from comptoir.content.measure_words import Speech, change_words, short_quarter, target_words, value_words
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.report.parts import scope_name, speech_for
from comptoir.content.report.sections import ReportContext
from comptoir.measure.types import Measurement

_BAD: Final = frozenset({FactKind.WATERMELON, FactKind.TARGET_LOST, FactKind.STILL_MISSED, FactKind.WORSE})
_GOOD: Final = frozenset({FactKind.TARGET_REACHED, FactKind.BETTER})


@dataclass(frozen=True, slots=True)
class FactContent:
    """A fact: what it is about, its indicator's page, a sentence; `tone` is better, worse or ''."""

    kind: str
    name: str
    url: LinkTarget
    sentence: str
    tone: str


def fact_content(context: ReportContext, fact: Fact) -> FactContent:
    """The fact in the language of the page."""
    indicator = context.results.indicators[fact.measurement.indicator]
    about = scope_name(context, fact.measurement.scope) if fact.measurement.scope != context.scope else ""
    name = context.at.text(indicator.name)
    sentence = _sentence(context, speech_for(context, indicator), fact)
    return FactContent(
        kind=fact.kind.value,
        name=f"{name}, {about}" if about else name,
        url=Ref("indicator", indicator.id),
        sentence=context.language.typeset(sentence[:1].upper() + sentence[1:]),
        tone="worse" if fact.kind in _BAD else "better" if fact.kind in _GOOD else "",
    )


def _sentence(context: ReportContext, speech: Speech, fact: Fact) -> str:
    say, measurement = context.language.gettext, fact.measurement
    parts = {
        "value": value_words(speech, measurement),
        "target": target_words(speech, measurement),
        "change": change_words(speech, measurement, measurement.previous),
    }
    match fact.kind:
        case FactKind.WATERMELON:
            return say(
                "vert dehors, rouge dedans : %(level)s tient sa promesse (%(measured)s), mais la satisfaction est de "
                "%(value)s pour un objectif d'%(target)s."
            ) % {**parts, **_level(context, fact.beside)}
        case FactKind.TARGET_LOST:
            text = say("l'objectif n'est plus tenu : %(value)s, pour un objectif d'%(target)s%(change)s.")
            return text % {**parts, "change": _aside(context, measurement)}
        case FactKind.STILL_MISSED:
            assert fact.beside is not None
            text = say(
                "l'objectif est de nouveau manqué : %(value)s, pour un objectif d'%(target)s (%(before)s au trimestre précédent)."
            )
            return text % {**parts, "before": value_words(speech, fact.beside)}
        case FactKind.TARGET_REACHED:
            text = say("l'objectif est désormais tenu : %(value)s, pour un objectif d'%(target)s%(change)s.")
            return text % {**parts, "change": _aside(context, measurement)}
        case FactKind.WORSE:
            return say("le résultat recule, %(change)s, à %(value)s.") % parts
        case FactKind.BETTER:
            return say("le résultat progresse, %(change)s, à %(value)s.") % parts
        case FactKind.CHANGED:
            return say("%(change)s depuis le trimestre précédent, à %(value)s.") % parts
        case FactKind.OUTSIDE:
            return _outside(context, speech, measurement)
        case FactKind.GAP:
            assert fact.beside is not None
            before = value_words(speech, fact.beside)
            quarter = short_quarter(context.language, fact.beside.quarter)
            text = say("pas de mesure ce trimestre, contre %(before)s au %(quarter)s.")
            return text % {"before": before, "quarter": quarter}


def _level(context: ReportContext, level: Measurement | None) -> dict[str, str]:
    assert level is not None
    indicator = context.results.indicators[level.indicator]
    speech = speech_for(context, indicator)
    name = context.at.text(indicator.name)
    return {
        "level": context.language.say("« {} »", name),
        "measured": value_words(speech, level),
    }


def _aside(context: ReportContext, measurement: Measurement) -> str:
    """', en hausse de 2 points', ', sans changement notable'; '' with nothing to compare with."""
    previous = measurement.previous
    if previous is None:
        return ""
    speech = speech_for(context, context.results.indicators[measurement.indicator])
    if change_seen(previous) is not ChangeSeen.NO_CHANGE:
        return f", {change_words(speech, measurement, previous)}"
    return context.language.gettext(" (contre %(before)s, ce que le hasard suffirait à expliquer)") % {
        "before": speech.value(previous.value)
    }


def _outside(context: ReportContext, speech: Speech, measurement: Measurement) -> str:
    limits = measurement.control
    assert limits is not None
    text = context.language.gettext(
        "%(value)s, hors de sa variation ordinaire (de %(low)s à %(high)s) : une cause particulière est à chercher."
    )
    low, high = speech.number(limits.lower), speech.value(limits.upper)
    return text % {"value": value_words(speech, measurement), "low": low, "high": high}
