"""What is left of promises, in words: an edition and what is left in; sentences and cells out, for pages, paper and terminal."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from io import StringIO
from typing import Final

from comptoir.analysis.left import LeftKind, PromiseLeft, left_of
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, target_words, value_words
from comptoir.content.measures import speech_of
from comptoir.measure.formats import aligned, number_text
from comptoir.measure.shown import round_half_even
from comptoir.measure.types import EVERYTHING, Measurements, Scope
from comptoir.model.metrics import Dimension, Indicator
from comptoir.model.terms import Direction
from comptoir.periods import Period


def left_rows(
    at: Edition, indicators: Mapping[str, Indicator], left: Iterable[PromiseLeft]
) -> tuple[tuple[str, ...], ...]:
    """A row for each promise: what is promised, of what, the aim, what is measured, what is left, at the present pace."""
    return tuple(
        (
            at.text(indicators[one.measurement.indicator].name),
            scope_words(at, one.measurement.scope),
            target_words(speech, one.measurement),
            value_words(speech, one.measurement),
            left_words(speech, one),
            pace_words(speech, one),
        )
        for one in left
        for speech in (speech_of(at, indicators[one.measurement.indicator]),)
    )


def left_head(at: Edition) -> tuple[str, ...]:
    """The headings of `left_rows`."""
    say = at.language.gettext
    return (
        say("Promesse"),
        say("De quoi"),
        say("Promis"),
        say("Mesuré"),
        say("Ce qui reste"),
        say("Au rythme actuel"),
    )


def scope_words(at: Edition, scope: Scope) -> str:
    """The names of the service, segment or client; 'tout' for everything."""
    if scope == EVERYTHING:
        return at.language.gettext("tout")
    found = ((kind.value, getattr(scope, kind.value)) for kind in Dimension)
    names = [
        at.text(getattr(at.catalogue.of_kind(kind).get(name), "name", None)) or name
        for kind, name in found
        if name
    ]
    return ", ".join((*names, *filter(None, (scope.part.replace("=", "\u00a0"),))))


def left_words(speech: Speech, one: PromiseLeft) -> str:
    """'2 cas de plus peuvent manquer', '41 minutes de service peuvent encore manquer'."""
    language, amount = speech.language, abs(one.left)
    match one.kind:
        case LeftKind.CASES if one.is_missed and _nothing_mends(one):
            return language.gettext("manqué : rien ne le rattrape")
        case LeftKind.CASES if one.is_missed:
            return language.count(
                int(amount),
                "manqué : {n} cas tenu de plus le rattraperait",
                "manqué : {n} cas tenus de suite le rattraperaient",
            )
        case LeftKind.CASES:
            return language.count(
                int(amount), "{n} cas de plus peut manquer", "{n} cas de plus peuvent manquer"
            )
        case LeftKind.TIME if one.is_missed:
            return language.count(
                _minutes(amount), "dépassé de {n} minute de service", "dépassé de {n} minutes de service"
            )
        case LeftKind.TIME:
            return language.count(
                _minutes(amount),
                "{n} minute de panne, en heures de service",
                "{n} minutes de panne, en heures de service",
            )
        case LeftKind.AMOUNT if speech.indicator.direction is Direction.HIGHER:
            return (
                language.say("encore {value} à faire", value=speech.value(amount))
                if amount
                else language.gettext("atteint")
            )
        case LeftKind.AMOUNT:
            value = speech.value(amount)
            return (
                language.say("dépassé de {value}", value=value)
                if one.is_missed
                else language.say("encore {value}", value=value)
            )


def _nothing_mends(one: PromiseLeft) -> bool:
    target = one.measurement.target
    return one.allowed == 0 and target is not None and one.left == -one.used


def pace_words(speech: Speech, one: PromiseLeft) -> str:
    """'attendu : 12 (de 6 à 20) ; permis : 9 ; épuisé le 3 décembre'."""
    language = speech.language
    if one.kind is LeftKind.AMOUNT and speech.indicator.direction is Direction.HIGHER:
        return (
            language.say("il en manquerait {value}", value=speech.value(one.expected))
            if one.will_be_missed
            else language.gettext("tenu")
        )
    if one.kind is LeftKind.TIME:
        used, allowed = (
            language.count(_minutes(value), "{n} minute", "{n} minutes")
            for value in (one.expected, one.allowed)
        )
    elif one.kind is LeftKind.AMOUNT:
        used, allowed = speech.value(one.expected), speech.value(one.allowed)
    else:
        used, allowed = (
            language.fixed(round_half_even(value, 0), 0) for value in (one.expected, one.allowed)
        )
    between = ""
    if one.low is not None and one.high is not None:
        low, high = (language.fixed(round_half_even(end, 0), 0) for end in (one.low, one.high))
        between = language.say(" (de {low} à {high})", low=low, high=high)
    said = language.say(
        "attendu : {used}{between} ; permis : {allowed}", used=used, between=between, allowed=allowed
    )
    if one.until is not None:
        return language.in_turn((said, language.say("épuisé le {day}", day=language.day(one.until))))
    return said


def _minutes(seconds: Fraction) -> int:
    """Whole minutes, never more than there are."""
    return int(seconds // 60)


def tell_left(at: Edition, measurements: Measurements, period: Period, form: str) -> str:
    """What is left of the promises of a period, for a terminal: as a 'table' of words, or as 'csv' or 'json' for programs."""
    left = left_of(at.catalogue, measurements, period, at.today)
    if form == "table":
        return aligned((left_head(at), *left_rows(at, measurements.indicators, left)))
    records = [_record(one, measurements.indicators[one.measurement.indicator]) for one in left]
    if form == "json":
        told = {"version": "1.0", "period": str(period), "on": at.today.isoformat(), "left": records}
        return json.dumps(told, ensure_ascii=False, indent=1)
    stream = StringIO()
    writer = csv.DictWriter(stream, tuple(_RECORD), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue().rstrip("\n")


_RECORD: Final = (
    *(
        "indicator",
        "service",
        "segment",
        "client",
        "by",
        "unit",
        "target",
        "value",
        "numerator",
        "denominator",
    ),
    *("counted", "left", "used", "allowed", "expected", "low", "high", "until", "missed", "will_be_missed"),
)


def _record(one: PromiseLeft, indicator: Indicator) -> dict[str, object]:
    measurement = one.measurement
    assert measurement.target is not None
    scope = measurement.scope
    return {
        "indicator": measurement.indicator,
        "service": scope.service,
        "segment": scope.segment,
        "client": scope.client,
        "by": scope.part,
        "unit": indicator.unit.value,
        "target": number_text(measurement.target.value),
        "value": number_text(measurement.value),
        "numerator": number_text(measurement.numerator),
        "denominator": number_text(measurement.denominator),
        "counted": "seconds" if one.kind is LeftKind.TIME else one.kind.value,
        "left": number_text(one.left),
        "used": number_text(one.used),
        "allowed": number_text(one.allowed),
        "expected": number_text(one.expected),
        "low": number_text(one.low),
        "high": number_text(one.high),
        "until": one.until.isoformat() if one.until else "",
        "missed": one.is_missed,
        "will_be_missed": one.will_be_missed,
    }
