"""Complaints in words: a register and a quarter in; what is to be said of them, and the table by segment, out."""

from __future__ import annotations

from typing import Final

from comptoir.analysis.complaints import ComplaintSummary, summarise_complaints
from comptoir.analysis.register import Register, indicators_of_answers
from comptoir.content.complaint_lines import days_words, until_words
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, long_quarter, value_words
from comptoir.content.results import Results
from comptoir.measure.shown import round_half_even
from comptoir.measure.statistics import Proportion
from comptoir.measure.types import Measurement
from comptoir.model.metrics import Indicator
from comptoir.periods import Period
from comptoir.wording import N_, Language

_OTHERWISE: Final[str] = N_(
    "L’indicateur « {name} » compte les jours ouvrés de chaque service : il dit {value}."
)
MISSING: Final[str] = N_(
    "Une source de rôle requests dont les réclamations ont la nature complaint, avec client, service, cause et date de réponse ; et les horaires du centre de services, qui comptent les jours ouvrés."
)
NO_CAUSE: Final[str] = N_(
    "Aucune cause n’est notée : la colonne « cause » de la source des demandes les dirait, et avec elles les réclamations répétées."
)


def complaint_sentences(
    at: Edition, results: Results, register: Register, quarter: Period, is_whole: bool = True
) -> tuple[str, ...]:
    """What is to be said of the complaints of a quarter: how many, answered how soon, open since when, repeated.

    `register` may hold those of one segment or client only; then `is_whole` is False, and no indicator is compared.
    """
    rows = register.received_in(quarter)
    summary = summarise_complaints(rows)
    sentences = [_received(at, quarter, summary)]
    if summary.in_time.denominator:
        sentences.append(_answered(at, register, summary))
        sentences += _otherwise(at, results, summary) if is_whole else []
    sentences.append(_open(at, register))
    if any(row.complaint.cause for row in register.followed):
        sentences.append(_repeated(at, summary))
    else:
        sentences.append(at.language.say(NO_CAUSE))
    if any(row.is_solved for row in register.followed):
        sentences.append(_solved(at, summary))
    sentences.append(until_words(at, register))
    return tuple(at.language.typeset(sentence) for sentence in sentences)


def _received(at: Edition, quarter: Period, summary: ComplaintSummary) -> str:
    words = at.language.ngettext(
        "%(num)s réclamation reçue au %(quarter)s.",
        "%(num)s réclamations reçues au %(quarter)s.",
        summary.total,
    )
    number = at.language.number(summary.total)
    if summary.total == 0:
        return at.language.gettext("Aucune réclamation reçue au %(quarter)s.") % {
            "quarter": long_quarter(at.language, quarter)
        }
    return words % {"num": number, "quarter": long_quarter(at.language, quarter)}


def _answered(at: Edition, register: Register, summary: ComplaintSummary) -> str:
    found = summary.in_time
    text = at.language.ngettext(
        "%(kept)s sur %(all)s a reçu sa réponse en %(days)s jours ouvrés (%(share)s, %(interval)s).",
        "%(kept)s sur %(all)s ont reçu leur réponse en %(days)s jours ouvrés (%(share)s, %(interval)s).",
        found.numerator,
    )
    return text % {
        "kept": at.language.number(found.numerator),
        "all": at.language.number(found.denominator),
        "days": at.language.number(register.days_to_answer),
        "share": share_words(at.language, found),
        "interval": interval_words(at.language, found),
    }


def _otherwise(at: Edition, results: Results, summary: ComplaintSummary) -> list[str]:
    """That the indicator says something else, where it does: both are right, with different calendars."""
    found = indicator_of_answers(results)
    if found is None or found[1].value is None or summary.in_time.value is None:
        return []
    indicator, measurement = found
    if measurement.value == summary.in_time.value * 100:
        return []
    speech = Speech(indicator, at.language, at.catalogue.organisation.currency)
    return [
        at.language.say(_OTHERWISE).format(
            name=at.text(indicator.name), value=value_words(speech, measurement)
        )
    ]


def indicator_of_answers(results: Results) -> tuple[Indicator, Measurement] | None:
    """The indicator of answers in time, and its measurement of the quarter."""
    for indicator in indicators_of_answers(results.measurements):
        measurement = results.current(indicator.id)
        if measurement is not None:
            return indicator, measurement
    return None


def _open(at: Edition, register: Register) -> str:
    if not register.open:
        return at.language.gettext("Aucune n'attend sa réponse.")
    oldest = max(row.working_days for row in register.open)
    text = at.language.ngettext(
        "%(num)s attend sa réponse, depuis %(age)s.",
        "%(num)s attendent leur réponse, la plus ancienne depuis %(age)s.",
        len(register.open),
    )
    return text % {"num": at.language.number(len(register.open)), "age": days_words(at, oldest)}


def _repeated(at: Edition, summary: ComplaintSummary) -> str:
    if not summary.repeated:
        return at.language.gettext("Aucune n'en répète une autre (même client, même service, même cause).")
    text = at.language.ngettext(
        "%(num)s en répète une autre (même client, même service, même cause).",
        "%(num)s en répètent une autre (même client, même service, même cause).",
        summary.repeated,
    )
    return text % {"num": at.language.number(summary.repeated)}


def _solved(at: Edition, summary: ComplaintSummary) -> str:
    if not summary.solved.numerator:
        return at.language.gettext("Aucune n'est résolue aux yeux du client.")
    text = at.language.ngettext(
        "%(num)s est résolue aux yeux du client.",
        "%(num)s sont résolues aux yeux du client.",
        summary.solved.numerator,
    )
    return text % {"num": at.language.number(summary.solved.numerator)}


def share_words(language: Language, found: Proportion) -> str:
    """'85,7 %', 'aucune' has no share: '' without a case."""
    if found.value is None:
        return ""
    number = language.fixed(round_half_even(found.value * 100, 1), 1)
    return language.percent(number)


def interval_words(language: Language, found: Proportion) -> str:
    """'de 60 à 96 %', the interval at 95 per cent; '' without a case."""
    if found.interval is None:
        return ""
    low, high = (language.number(round(100 * end)) for end in (found.interval.low, found.interval.high))
    return language.say("de {low} à {high}", low=low, high=language.percent(high))
