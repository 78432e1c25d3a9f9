"""Effects of actions in words: a measured effect in; what was expected and what is measured since as text out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from comptoir.analysis.effects import EffectState, MeasuredEffect, measure_effect
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, long_quarter, value_words
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.measure.types import Measurement
from comptoir.model.customers import Action, Effect
from comptoir.model.terms import ActionStatus
from comptoir.wording import N_

_STATES: Final[Mapping[EffectState, str]] = MappingProxyType(
    {
        EffectState.NOT_YET: N_("Pas encore mesurable"),
        EffectState.NO_MEASURE: N_("Pas de mesure"),
        EffectState.REACHED: N_("Valeur attendue atteinte"),
        EffectState.CLOSER: N_("En progrès"),
        EffectState.NO_CHANGE: N_("Pas de changement notable"),
        EffectState.UNTESTED: N_("Sans verdict"),
        EffectState.WORSE: N_("En recul"),
    }
)
_FROM_TO: Final[str] = N_("{before} au {first}, {after} au {last}")
_ENDS: Final[Mapping[EffectState, str]] = MappingProxyType(
    {
        EffectState.REACHED: "",
        EffectState.CLOSER: N_(" : le changement est significatif"),
        EffectState.NO_CHANGE: N_(" : l’écart peut être dû au hasard"),
        EffectState.UNTESTED: N_(" : un total, dont aucun test ne dit s’il change vraiment"),
        EffectState.WORSE: N_(" : le recul est significatif"),
    }
)
_BY_CHANCE: Final[str] = N_(", mais l’écart peut être dû au hasard")
_SURE: Final[str] = N_(" : le changement est significatif")
_FROM: Final[str] = N_("Premier trimestre entier depuis : {quarter}.")
_NOT_BEGUN: Final[str] = N_("L’action n’a pas commencé.")
_NO_BEFORE: Final[str] = N_("Aucune mesure avant l’action : rien à quoi comparer.")
_NO_AFTER: Final[str] = N_("Aucune mesure au {quarter}.")
_EXPECTED: Final[str] = N_("de {before} à {to}")
TONES: Final[Mapping[EffectState, str]] = MappingProxyType(
    {EffectState.REACHED: "better", EffectState.CLOSER: "better", EffectState.WORSE: "worse"}
)


@dataclass(frozen=True, slots=True)
class EffectView:
    """An expected effect: of which indicator, for whom, from what to what; and what is measured since.

    `state` chooses the colour; `word` says it in two words, `sentence` with the values.
    """

    indicator: str
    url: LinkTarget
    about: str
    expected: str
    rises: bool
    state: str
    tone: str
    word: str
    sentence: str
    at_done: str


def effect_view(at: Edition, results: Results | None, action: Action) -> EffectView | None:
    """The effect of an action as pages show it; None when it names no indicator that this audience sees."""
    effect = action.effect
    if effect is None or results is None or effect.indicator not in results.indicators:
        return None
    indicator = results.indicators[effect.indicator]
    speech = Speech(indicator, at.language, at.catalogue.organisation.currency)
    found = measure_effect(action, results.measurements, results.quarter)
    return EffectView(
        indicator=at.text(indicator.name),
        url=Ref("indicator", indicator.id),
        about=_about(at, effect),
        expected=speech.say(_EXPECTED).format(
            before=speech.number(effect.before, _places(effect)), to=speech.exact(effect.to)
        ),
        rises=effect.to > effect.before,
        state=found.state.value if found else "",
        tone=TONES.get(found.state, "") if found else "",
        word=speech.say(_STATES[found.state]) if found else "",
        sentence=effect_sentence(speech, action, found) if found else "",
        at_done=_point(speech, found.at_done) if found else "",
    )


def effect_sentence(speech: Speech, action: Action, found: MeasuredEffect) -> str:
    """What the measurements say of the effect, as a sentence."""
    language = speech.language
    if found.state is EffectState.NOT_YET:
        if action.status is ActionStatus.PLANNED:
            return speech.say(_NOT_BEGUN)
        return speech.say(_FROM).format(quarter=long_quarter(language, found.measurable_from))
    if found.before is None or found.before.value is None:
        return speech.say(_NO_BEFORE)
    if found.last is None or found.last.value is None or found.change is None:
        quarter = long_quarter(language, (found.last or found.before).quarter)
        return speech.say(_NO_AFTER).format(quarter=quarter)
    text = speech.say(_FROM_TO).format(
        before=value_words(speech, found.before),
        first=long_quarter(language, found.before.quarter),
        after=value_words(speech, found.last),
        last=long_quarter(language, found.last.quarter),
    )
    end = speech.say(_ENDS[found.state])
    if found.state is EffectState.REACHED and found.change.p is not None:
        end = speech.say(_SURE if found.change.significant else _BY_CHANCE)
    return language.typeset(f"{text}{end}.")


def _point(speech: Speech, measurement: Measurement | None) -> str:
    if measurement is None or measurement.value is None:
        return ""
    quarter = long_quarter(speech.language, measurement.quarter)
    return f"{value_words(speech, measurement)} ({quarter})"


def _about(at: Edition, effect: Effect) -> str:
    """Whom the effect is about: 'Ordinateur portable, doctorants'; '' for everyone."""
    named = (
        (effect.service, at.catalogue.services),
        (effect.segment, at.catalogue.segments),
        (effect.client, at.catalogue.clients),
    )
    return ", ".join(at.text(known[name].name) for name, known in named if name and name in known)


def _places(effect: Effect) -> int:
    """Decimals enough for both ends, without idle zeros."""
    ends = (effect.before.normalize(), effect.to.normalize())
    return max(0, *(-int(end.as_tuple().exponent) for end in ends))
