"""Measurements in words: one in, with its definition and a language; value, verdict, change and finding as text out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.verdicts import ChangeSeen, Verdict, change_seen, is_better, verdict_of
from comptoir.measure.types import Comparison, Measurement
from comptoir.measure.words import sentence_of
from comptoir.model.metrics import Indicator, IndicatorUnit
from comptoir.model.terms import Direction
from comptoir.periods import Period
from comptoir.render.labels import Pair
from comptoir.text import FIXED, THIN, Language

MOST_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class VerdictFace:
    """How a verdict is shown: its word, what is found by it, its colour (good, warn, bad, or '' for plain), its mark."""

    word: Pair
    finding: Pair
    tone: str
    mark: str


VERDICTS: Final[Mapping[Verdict, VerdictFace]] = MappingProxyType(
    {
        Verdict.MET: VerdictFace(
            ("Tenu", "Met"), ("l’objectif est tenu", "the target is met"), "good", "disc"
        ),
        Verdict.ALERT: VerdictFace(
            ("À surveiller", "To be watched"),
            ("un résultat à surveiller", "a result to be watched"),
            "warn",
            "triangle",
        ),
        Verdict.MISSED: VerdictFace(
            ("Manqué", "Missed"), ("l’objectif n’est pas tenu", "the target is missed"), "bad", "diamond"
        ),
        Verdict.INDICATIVE: VerdictFace(
            ("Indicatif", "Indicative"),
            ("trop peu de cas pour juger", "too few cases to judge by"),
            "",
            "ring",
        ),
        Verdict.MISSING: VerdictFace(
            ("Pas de mesure", "No measurement"),
            ("pas de mesure ce trimestre", "no measurement this quarter"),
            "",
            "dash",
        ),
        Verdict.SUPPRESSED: VerdictFace(
            ("Non montré", "Not shown"),
            (
                "un résultat non montré, pour protéger ceux qui ont répondu",
                "a result not shown, to protect those who answered",
            ),
            "",
            "star",
        ),
        Verdict.NO_TARGET: VerdictFace(
            ("Sans objectif", "No target"), ("{value} au {quarter}", "{value} in {quarter}"), "", "square"
        ),
        Verdict.NO_VERDICT: VerdictFace(
            ("Pas de verdict", "No verdict"), ("{value} au {quarter}", "{value} in {quarter}"), "", "square"
        ),
    }
)
"""The one table from a verdict to its word, its colour and its mark; what shows it draws these, and chooses none."""

_TURNS: Final[Mapping[tuple[bool, bool], Pair]] = (
    MappingProxyType(  # the verdict is good; the result got better
        {
            (True, True): (", et le résultat progresse", ", and the result is improving"),
            (True, False): (", mais le résultat recule", ", but the result is slipping"),
            (False, True): (", mais le résultat progresse", ", but the result is improving"),
            (False, False): (", et le résultat recule", ", and the result is slipping"),
        }
    )
)
_UNITS: Final[Mapping[IndicatorUnit, Pair]] = MappingProxyType(
    {
        IndicatorUnit.NUMBER: ("{}", "{}"),
        IndicatorUnit.PERCENT: (f"{{}}{THIN}%", "{}%"),
        IndicatorUnit.POINTS: (f"{{}}{FIXED}points", f"{{}}{FIXED}points"),
        IndicatorUnit.SCORE_5: (f"{{}}{FIXED}sur{FIXED}5", f"{{}}{FIXED}out{FIXED}of{FIXED}5"),
        IndicatorUnit.SCORE_10: (f"{{}}{FIXED}sur{FIXED}10", f"{{}}{FIXED}out{FIXED}of{FIXED}10"),
        IndicatorUnit.SECONDS: (f"{{}}{FIXED}s", f"{{}}{FIXED}s"),
        IndicatorUnit.HOURS: (f"{{}}{FIXED}h", f"{{}}{FIXED}h"),
        IndicatorUnit.WORKING_HOURS: (f"{{}}{FIXED}h{FIXED}ouvrées", f"{{}}{FIXED}working{FIXED}h"),
        IndicatorUnit.PER_THOUSAND: (f"{{}}{THIN}‰", "{}‰"),
    }
)
_DAYS: Final[Mapping[IndicatorUnit, tuple[Pair, Pair]]] = MappingProxyType(  # singular, plural
    {
        IndicatorUnit.DAYS: (
            (f"{{}}{FIXED}jour", f"{{}}{FIXED}day"),
            (f"{{}}{FIXED}jours", f"{{}}{FIXED}days"),
        ),
        IndicatorUnit.WORKING_DAYS: (
            (f"{{}}{FIXED}jour{FIXED}ouvré", f"{{}}{FIXED}working{FIXED}day"),
            (f"{{}}{FIXED}jours{FIXED}ouvrés", f"{{}}{FIXED}working{FIXED}days"),
        ),
    }
)
_AXIS: Final[Mapping[IndicatorUnit, Pair]] = MappingProxyType(  # where the subtitle has said the unit
    {
        IndicatorUnit.PERCENT: _UNITS[IndicatorUnit.PERCENT],
        IndicatorUnit.PER_THOUSAND: _UNITS[IndicatorUnit.PER_THOUSAND],
        IndicatorUnit.SECONDS: _UNITS[IndicatorUnit.SECONDS],
        IndicatorUnit.HOURS: _UNITS[IndicatorUnit.HOURS],
        IndicatorUnit.WORKING_HOURS: _UNITS[IndicatorUnit.HOURS],
    }
)
UNIT_NAMES: Final[Mapping[IndicatorUnit, Pair]] = MappingProxyType(
    {
        IndicatorUnit.NUMBER: ("nombre par trimestre", "number in the quarter"),
        IndicatorUnit.PERCENT: ("en %", "in %"),
        IndicatorUnit.POINTS: ("en points, de −100 à +100", "in points, from −100 to +100"),
        IndicatorUnit.SCORE_5: ("note de 1 à 5", "score from 1 to 5"),
        IndicatorUnit.SCORE_10: ("note sur 10", "score out of 10"),
        IndicatorUnit.SECONDS: ("en secondes", "in seconds"),
        IndicatorUnit.HOURS: ("en heures", "in hours"),
        IndicatorUnit.WORKING_HOURS: ("en heures ouvrées", "in working hours"),
        IndicatorUnit.DAYS: ("en jours", "in days"),
        IndicatorUnit.WORKING_DAYS: ("en jours ouvrés", "in working days"),
        IndicatorUnit.CURRENCY: ("en {currency}", "in {currency}"),
        IndicatorUnit.PER_THOUSAND: ("pour mille", "per thousand"),
    }
)


@dataclass(frozen=True, slots=True)
class Speech:
    """How an indicator is spoken of: its definition, the language, and the currency of amounts."""

    indicator: Indicator
    language: Language
    currency: str

    def pick(self, pair: Pair) -> str:
        """The French or the English of a pair."""
        return pair[0] if self.language.code == "fr" else pair[1]

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
            one, many = _DAYS[unit]
            singular = self.language.is_singular(round_half_even(value, places))
            return self.pick(one if singular else many).format(number)
        return self.pick(_UNITS[unit]).format(number)

    def short(self, value: Fraction | Decimal) -> str:
        """The number as a chart writes it, whose subtitle says the unit."""
        unit = self.indicator.unit
        number = self.number(value, signed=unit is IndicatorUnit.POINTS)
        return self.pick(_AXIS.get(unit, ("{}", "{}"))).format(number)

    def tick(self, value: float) -> str:
        """The number at a line of an axis, without idle zeros."""
        unit = self.indicator.unit
        number = self.language.number(Decimal(repr(value))).replace("-", "−")
        sign = "+" if unit is IndicatorUnit.POINTS and value > 0 else ""
        return self.pick(_AXIS.get(unit, ("{}", "{}"))).format(sign + number)

    def exact(self, value: Fraction | Decimal) -> str:
        """A target: with its own decimals when it was written, without idle zeros."""
        kept = value if isinstance(value, Decimal) else round_half_even(value, self.indicator.decimals)
        places = max(0, -int(kept.normalize().as_tuple().exponent))
        return self.value(value, places)

    def unit_name(self) -> str:
        """The unit as the subtitle of a chart says it."""
        return self.pick(UNIT_NAMES[self.indicator.unit]).format(currency=self.currency)


def round_half_even(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """The only rounding of measurements: to the nearest, and half to the even neighbour. In whole numbers, so exact."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * 10**decimals, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        whole += 1
    return Decimal(whole).scaleb(-decimals)


def value_words(speech: Speech, measurement: Measurement) -> str:
    """The value with its unit, '' when there is none; with more decimals where it would look like a target it misses."""
    if measurement.value is None:
        return ""
    decimals = speech.indicator.decimals
    target = measurement.target
    if target is not None and verdict_of(measurement) in (Verdict.ALERT, Verdict.MISSED):
        aimed = Fraction(target.value)
        while decimals < MOST_DECIMALS and aimed != measurement.value:
            if round_half_even(measurement.value, decimals) != round_half_even(aimed, decimals):
                break
            decimals += 1
    return speech.value(measurement.value, decimals)


def interval_words(speech: Speech, measurement: Measurement) -> str:
    """'de 91,1 à 96,4 %', '' when there is no interval."""
    if measurement.interval is None:
        return ""
    low = speech.number(measurement.interval.low, signed=speech.indicator.unit is IndicatorUnit.POINTS)
    high = speech.value(measurement.interval.high)
    return speech.pick(("de {low} à {high}", "{low} to {high}")).format(low=low, high=high)


def target_words(speech: Speech, measurement: Measurement) -> str:
    """'au moins 92 %', '' when nothing is aimed at."""
    if measurement.target is None:
        return ""
    bound = {
        Direction.HIGHER: ("au moins {}", "at least {}"),
        Direction.LOWER: ("au plus {}", "at most {}"),
        Direction.NEITHER: ("{}", "{}"),
    }[speech.indicator.direction]
    return speech.pick(bound).format(speech.exact(measurement.target.value))


def status_word(speech: Speech, measurement: Measurement) -> str:
    """The word of the verdict."""
    return speech.pick(VERDICTS[verdict_of(measurement)].word)


def reason_words(speech: Speech, measurement: Measurement) -> str:
    """Why the verdict is what it is, in a sentence."""
    return speech.language.typeset(sentence_of(measurement).in_language(speech.language.code))


def change_words(speech: Speech, measurement: Measurement, comparison: Comparison | None) -> str:
    """The change against another quarter: claimed only when a test tells it from chance; '' without a value."""
    seen = change_seen(comparison)
    if not measurement.has_value:
        return ""
    if comparison is None:
        return speech.pick(("rien à quoi comparer", "nothing to compare with"))
    if seen is ChangeSeen.UNTESTED:
        text = speech.pick(("contre {value} au {quarter}", "against {value} in {quarter}"))
        quarter = short_quarter(speech.language, comparison.quarter)
        return text.format(value=speech.value(comparison.value), quarter=quarter)
    if seen is ChangeSeen.NO_CHANGE:
        return speech.pick(("pas de changement notable", "no notable change"))
    rises = seen is ChangeSeen.RISE
    text = speech.pick(("en hausse de {}", "up {}") if rises else ("en baisse de {}", "down {}"))
    return text.format(difference_words(speech, abs(comparison.change.difference or Fraction(0))))


def difference_words(speech: Speech, difference: Fraction) -> str:
    """How much, in words: a share rises by points, not by per cent."""
    unit = speech.indicator.unit
    number = speech.number(difference)
    if unit in (IndicatorUnit.PERCENT, IndicatorUnit.POINTS):
        rounded = round_half_even(difference, speech.indicator.decimals)
        one = speech.language.is_singular(rounded)
        return f"{number}{FIXED}{'point' if one else 'points'}"
    if unit in (IndicatorUnit.SCORE_5, IndicatorUnit.SCORE_10):
        return number
    return speech.value(difference)


def finding_words(speech: Speech, measurement: Measurement) -> str:
    """What the measurement lets one say, without a capital or a full stop."""
    verdict = verdict_of(measurement)
    said = speech.pick(VERDICTS[verdict].finding).format(
        value=value_words(speech, measurement), quarter=long_quarter(speech.language, measurement.quarter)
    )
    better = is_better(speech.indicator, measurement.previous)
    if better is None or not verdict.is_judged:
        return said
    return said + speech.pick(_TURNS[verdict is Verdict.MET, better])


def long_quarter(language: Language, period: Period) -> str:
    """'3ᵉ trimestre 2026', 'Q3 2026'; 'septembre 2026', '1ᵉʳ semestre 2026', '2026', 'avril 2026 – mars 2027'."""
    return language.period(period)


def short_quarter(language: Language, period: Period) -> str:
    """'T3 2026', 'Q3 2026'; 'sept. 2026', 'S1 2026', '2026', '2026-04..2027-03'."""
    return language.short_period(period)
