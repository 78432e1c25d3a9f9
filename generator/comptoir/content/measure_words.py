"""Measurements in words: one in, with its definition and a language; value, verdict, change and finding as text out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.verdicts import ChangeSeen, Verdict, change_seen, is_better, verdict_of
from comptoir.measure.shown import decimals_shown, round_half_even
from comptoir.measure.types import Comparison, Measurement
from comptoir.measure.words import sentence_of
from comptoir.model.metrics import Indicator, IndicatorUnit
from comptoir.model.terms import Direction
from comptoir.periods import Period
from comptoir.wording import N_, NN_, Language


@dataclass(frozen=True, slots=True)
class VerdictFace:
    """How a verdict is shown: its word, what is found by it, its colour (good, warn, bad, or '' for plain), its mark."""

    word: str
    finding: str
    tone: str
    mark: str


VERDICTS: Final[Mapping[Verdict, VerdictFace]] = MappingProxyType(
    {
        Verdict.KEPT: VerdictFace(N_("Tenu"), N_("l’objectif est tenu"), "good", "disc"),
        Verdict.BARELY: VerdictFace(
            N_("Tenu de justesse"), N_("l’objectif est tenu de justesse"), "good", "down"
        ),
        Verdict.NEAR: VerdictFace(
            N_("Manqué de peu"), N_("l’objectif est manqué de peu"), "warn", "triangle"
        ),
        Verdict.MISSED: VerdictFace(N_("Manqué"), N_("l’objectif n’est pas tenu"), "bad", "diamond"),
        Verdict.INDICATIVE: VerdictFace(
            N_("Indicatif"),
            N_("trop peu de cas pour juger"),
            "",
            "ring",
        ),
        Verdict.MISSING: VerdictFace(
            N_("Pas de mesure"),
            N_("pas de mesure ce trimestre"),
            "",
            "dash",
        ),
        Verdict.SUPPRESSED: VerdictFace(
            N_("Non montré"),
            N_("un résultat non montré, pour protéger ceux qui ont répondu"),
            "",
            "star",
        ),
        Verdict.NO_TARGET: VerdictFace(N_("Sans objectif"), N_("{value} au {quarter}"), "", "square"),
        Verdict.NO_VERDICT: VerdictFace(N_("Pas de verdict"), N_("{value} au {quarter}"), "", "square"),
    }
)
"""The one table from a verdict to its word, its colour and its mark; what shows it draws these, and chooses none."""

_TURNS: Final[Mapping[tuple[bool, bool], str]] = (
    MappingProxyType(  # the verdict is good; the result got better
        {
            (True, True): N_(", et le résultat progresse"),
            (True, False): N_(", mais le résultat recule"),
            (False, True): N_(", mais le résultat progresse"),
            (False, False): N_(", et le résultat recule"),
        }
    )
)
_UNITS: Final[Mapping[IndicatorUnit, str]] = MappingProxyType(
    {
        IndicatorUnit.NUMBER: N_("{}"),
        IndicatorUnit.PERCENT: N_("{}\u202f%"),
        IndicatorUnit.POINTS: N_("{}\u00a0points"),
        IndicatorUnit.SCORE_5: N_("{}\u00a0sur\u00a05"),
        IndicatorUnit.SCORE_10: N_("{}\u00a0sur\u00a010"),
        IndicatorUnit.SECONDS: N_("{}\u00a0s"),
        IndicatorUnit.HOURS: N_("{}\u00a0h"),
        IndicatorUnit.WORKING_HOURS: N_("{}\u00a0h\u00a0ouvrées"),
        IndicatorUnit.PER_THOUSAND: N_("{}\u202f‰"),
    }
)
_DAYS: Final[Mapping[IndicatorUnit, tuple[str, str]]] = MappingProxyType(  # singular, plural
    {
        IndicatorUnit.DAYS: NN_("{}\u00a0jour", "{}\u00a0jours"),
        IndicatorUnit.WORKING_DAYS: NN_("{}\u00a0jour\u00a0ouvré", "{}\u00a0jours\u00a0ouvrés"),
    }
)
_AXIS: Final[Mapping[IndicatorUnit, str]] = MappingProxyType(  # where the subtitle has said the unit
    {
        IndicatorUnit.PERCENT: _UNITS[IndicatorUnit.PERCENT],
        IndicatorUnit.PER_THOUSAND: _UNITS[IndicatorUnit.PER_THOUSAND],
        IndicatorUnit.SECONDS: _UNITS[IndicatorUnit.SECONDS],
        IndicatorUnit.HOURS: _UNITS[IndicatorUnit.HOURS],
        IndicatorUnit.WORKING_HOURS: _UNITS[IndicatorUnit.HOURS],
    }
)
UNIT_NAMES: Final[Mapping[IndicatorUnit, str]] = MappingProxyType(
    {
        IndicatorUnit.NUMBER: N_("nombre par trimestre"),
        IndicatorUnit.PERCENT: N_("en %"),
        IndicatorUnit.POINTS: N_("en points, de −100 à +100"),
        IndicatorUnit.SCORE_5: N_("note de 1 à 5"),
        IndicatorUnit.SCORE_10: N_("note sur 10"),
        IndicatorUnit.SECONDS: N_("en secondes"),
        IndicatorUnit.HOURS: N_("en heures"),
        IndicatorUnit.WORKING_HOURS: N_("en heures ouvrées"),
        IndicatorUnit.DAYS: N_("en jours"),
        IndicatorUnit.WORKING_DAYS: N_("en jours ouvrés"),
        IndicatorUnit.CURRENCY: N_("en {currency}"),
        IndicatorUnit.PER_THOUSAND: N_("pour mille"),
    }
)


@dataclass(frozen=True, slots=True)
class Speech:
    """How an indicator is spoken of: its definition, the language, and the currency of amounts."""

    indicator: Indicator
    language: Language
    currency: str

    def say(self, message: str, **values: str) -> str:
        """The interface string with its values."""
        return self.language.say(message, **values)

    def number(self, value: Fraction | Decimal, decimals: int | None = None, signed: bool = False) -> str:
        """The number without its unit, rounded to the decimals of the definition."""
        places = self.indicator.decimals if decimals is None else decimals
        if self.indicator.unit is IndicatorUnit.PERCENT and value in (0, 100):
            places = 0  # all or nothing, exactly
        rounded = round_half_even(value, places)
        sign = "+" if signed and rounded > 0 else ""
        return sign + self.language.fixed(rounded, places).replace("-", "−")

    def value(self, value: Fraction | Decimal, decimals: int | None = None) -> str:
        """The number with its unit: '94,2 %', '4,1 sur 5', '2 jours ouvrés'."""
        unit, places = self.indicator.unit, self.indicator.decimals if decimals is None else decimals
        if unit is IndicatorUnit.CURRENCY:
            return self.language.money(round_half_even(value, places), self.currency)
        number = self.number(value, places, signed=unit is IndicatorUnit.POINTS)
        if unit in _DAYS:
            return self.language.ngettext(*_DAYS[unit], round_half_even(value, places)).format(number)
        return self.say(_UNITS[unit]).format(number)

    def short(self, value: Fraction | Decimal, decimals: int | None = None) -> str:
        """The number as a chart writes it, whose subtitle says the unit."""
        unit = self.indicator.unit
        number = self.number(value, decimals, signed=unit is IndicatorUnit.POINTS)
        return self.say(_AXIS.get(unit, N_("{}"))).format(number)

    def tick(self, value: float) -> str:
        """The number at a line of an axis, without idle zeros."""
        unit = self.indicator.unit
        number = self.language.number(Decimal(repr(value))).replace("-", "−")
        sign = "+" if unit is IndicatorUnit.POINTS and value > 0 else ""
        return self.say(_AXIS.get(unit, N_("{}"))).format(sign + number)

    def exact(self, value: Fraction | Decimal) -> str:
        """A target: with its own decimals when it was written, without idle zeros."""
        kept = value if isinstance(value, Decimal) else round_half_even(value, self.indicator.decimals)
        places = max(0, -int(kept.normalize().as_tuple().exponent))
        return self.value(value, places)

    def unit_name(self) -> str:
        """The unit as the subtitle of a chart says it."""
        return self.say(UNIT_NAMES[self.indicator.unit]).format(currency=self.currency)


def value_words(speech: Speech, measurement: Measurement) -> str:
    """The value with its unit, '' when there is none; with more decimals where it would look like a target it misses."""
    if measurement.value is None:
        return ""
    decimals = decimals_shown(measurement, speech.indicator.decimals)
    return speech.value(measurement.value, decimals)


def interval_words(speech: Speech, measurement: Measurement) -> str:
    """'de 91,1 à 96,4 %', '' when there is no interval."""
    if measurement.interval is None:
        return ""
    low = speech.number(measurement.interval.low, signed=speech.indicator.unit is IndicatorUnit.POINTS)
    high = speech.value(measurement.interval.high)
    return speech.say("de {low} à {high}").format(low=low, high=high)


def target_words(speech: Speech, measurement: Measurement) -> str:
    """'au moins 92 %', '' when nothing is aimed at."""
    if measurement.target is None:
        return ""
    bound = {
        Direction.HIGHER: N_("au moins {}"),
        Direction.LOWER: N_("au plus {}"),
        Direction.NEITHER: N_("{}"),
    }[speech.indicator.direction]
    return speech.say(bound).format(speech.exact(measurement.target.value))


def status_word(speech: Speech, measurement: Measurement) -> str:
    """The word of the verdict."""
    return speech.say(VERDICTS[verdict_of(measurement)].word)


def reason_words(speech: Speech, measurement: Measurement) -> str:
    """Why the verdict is what it is, in a sentence."""
    return speech.say(sentence_of(measurement))


def change_words(speech: Speech, measurement: Measurement, comparison: Comparison | None) -> str:
    """The change against another quarter: claimed only when a test tells it from chance; '' without a value."""
    seen = change_seen(comparison)
    if not measurement.has_value:
        return ""
    if comparison is None:
        return speech.say("rien à quoi comparer")
    if seen is ChangeSeen.UNTESTED:
        text = speech.say("contre {value} au {quarter}")
        quarter = short_quarter(speech.language, comparison.quarter)
        return text.format(value=speech.value(comparison.value), quarter=quarter)
    if seen is ChangeSeen.NO_CHANGE:
        return speech.say("pas de changement notable")
    rises = seen is ChangeSeen.RISE
    text = speech.say(N_("en hausse de {}") if rises else N_("en baisse de {}"))
    return text.format(difference_words(speech, abs(comparison.change.difference or Fraction(0))))


def difference_words(speech: Speech, difference: Fraction) -> str:
    """How much, in words: a share rises by points, not by per cent."""
    unit = speech.indicator.unit
    number = speech.number(difference)
    if unit in (IndicatorUnit.PERCENT, IndicatorUnit.POINTS):
        rounded = round_half_even(difference, speech.indicator.decimals)
        return speech.language.ngettext("{}\u00a0point", "{}\u00a0points", rounded).format(number)
    if unit in (IndicatorUnit.SCORE_5, IndicatorUnit.SCORE_10):
        return number
    return speech.value(difference)


def finding_words(speech: Speech, measurement: Measurement) -> str:
    """What the measurement lets one say, without a capital or a full stop."""
    verdict = verdict_of(measurement)
    said = speech.say(VERDICTS[verdict].finding).format(
        value=value_words(speech, measurement), quarter=long_quarter(speech.language, measurement.quarter)
    )
    better = is_better(speech.indicator, measurement.previous)
    if better is None or not verdict.is_judged:
        return said
    return said + speech.say(_TURNS[verdict.is_kept, better])


def long_quarter(language: Language, period: Period) -> str:
    """'3ᵉ trimestre 2026', 'Q3 2026'; 'septembre 2026', '1ᵉʳ semestre 2026', '2026', 'avril 2026 – mars 2027'."""
    return language.period(period)


def short_quarter(language: Language, period: Period) -> str:
    """'T3 2026', 'Q3 2026'; 'sept. 2026', 'S1 2026', '2026', '2026-04..2027-03'."""
    return language.short_period(period)
