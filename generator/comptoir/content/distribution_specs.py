"""The distribution of values: the histogram of an indicator's quarter in; a chart with the target marked, and its data, out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Final

from comptoir.charts import Bin, ChartNumber, Distribution, Marker, nice_ticks
from comptoir.content.chart_parts import chart_name, count_of, subtitle_of
from comptoir.content.chart_sentences import chart_words
from comptoir.content.measure_words import Speech, long_quarter, short_quarter
from comptoir.content.quarter_sentences import aim_words, sentence, share_words
from comptoir.content.results import Results
from comptoir.measure.formats import number_text
from comptoir.measure.types import Histogram, Measurement
from comptoir.model.metrics import IndicatorUnit
from comptoir.wording import N_

NAME: Final = "values"
_WHOLE: Final = frozenset({IndicatorUnit.SCORE_5, IndicatorUnit.SCORE_10})
_RANGE: Final[str] = N_("{low} à {high}")
_BEYOND: Final[str] = N_("{low} et plus")
_OF_LIMIT: Final[str] = N_(
    "La moitié des cas ne prend pas plus de {median} de son délai, et neuf sur dix pas plus de {p90}"
)
_OF_VALUES: Final[str] = N_(
    "La moitié des valeurs ne dépasse pas {median}, et neuf sur dix ne dépassent pas {p90}"
)
_OF_PEOPLE: Final[str] = N_("{share} des réponses donnent {range}")
_LIMIT: Final[str] = N_("délai promis")
_LIMIT_SUBTITLE: Final[str] = N_("{name} : temps pris, en % du délai promis, {quarter}")
_SUBTITLE: Final[str] = N_("{name}, {quarter}")


def distribution_of_values(results: Results, speech: Speech) -> Distribution | None:
    """How the values of the quarter are distributed; None where no histogram was made, or may be shown."""
    current = results.current(speech.indicator.id)
    if current is None or current.histogram is None or not current.has_value:
        return None
    histogram, language = current.histogram, speech.language
    title = language.typeset(_title(speech, histogram))
    words = chart_words(language)
    if histogram.is_of_limit:
        words = replace(words, target=speech.say(_LIMIT))
    return Distribution(
        key=chart_name(language.code, NAME, speech.indicator.id),
        title=title,
        subtitle=_subtitle(speech, current),
        alternative=sentence(speech, long_quarter(language, current.quarter), title, _aim(speech, current)),
        words=words,
        bins=tuple(_bins(speech, histogram)),
        markers=tuple(_markers(speech, current)),
        ticks=_ticks(speech, histogram),
        higher_is_better=False if histogram.is_of_limit else speech.indicator.direction.higher_is_better,
    )


def distribution_data(measurement: Measurement) -> str:
    """The bins of a histogram as CSV: from where to where, and how many; the last one is open without an upper end."""
    histogram = measurement.histogram
    assert histogram is not None
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("quarter", "lower", "upper", "count"))
    last = len(histogram.counts) - 1
    for index, count in enumerate(histogram.counts):
        upper = "" if histogram.is_open and index == last else number_text(histogram.edges[index + 1])
        writer.writerow((measurement.quarter, number_text(histogram.edges[index]), upper, count))
    return stream.getvalue()


def _title(speech: Speech, histogram: Histogram) -> str:
    """The finding: the median and the 90th percentile or, of answers, what is given most."""
    if histogram.median is not None and histogram.p90 is not None:
        pair = _OF_LIMIT if histogram.is_of_limit else _OF_VALUES
        median, p90 = (_value(speech, histogram, end) for end in (histogram.median, histogram.p90))
        return speech.say(pair).format(median=median, p90=p90)
    most = max(range(len(histogram.counts)), key=lambda index: histogram.counts[index])
    share = share_words(speech, Fraction(histogram.counts[most], sum(histogram.counts)))
    return speech.say(_OF_PEOPLE).format(share=share, range=_range(speech, histogram, most))


def _subtitle(speech: Speech, current: Measurement) -> str:
    language, quarter = speech.language, short_quarter(speech.language, current.quarter)
    if current.histogram is not None and current.histogram.is_of_limit:
        name = language.typeset(speech.indicator.name.in_language(language.code))
        return language.typeset(speech.say(_LIMIT_SUBTITLE).format(name=name, quarter=quarter))
    return speech.say(_SUBTITLE).format(name=subtitle_of(speech), quarter=quarter)


def _aim(speech: Speech, current: Measurement) -> str:
    if current.histogram is None or current.histogram.is_of_limit or current.target is None:
        return ""
    return aim_words(speech, speech.exact(current.target.value))


def _bins(speech: Speech, histogram: Histogram) -> Iterator[Bin]:
    for index, count in enumerate(histogram.counts):
        yield Bin(
            lower=float(histogram.edges[index]),
            upper=float(histogram.edges[index + 1]),
            count=count_of(speech, count),
            range=_range(speech, histogram, index),
        )


def _range(speech: Speech, histogram: Histogram, index: int) -> str:
    """What a bin holds: '4', '1 à 3', '20 à 40 %', '200 % et plus'."""
    low, high = histogram.edges[index], histogram.edges[index + 1]
    if _counts_whole(speech, histogram):
        low, high = low + Fraction(1, 2), high - Fraction(1, 2)
        if low == high:
            return _tick(speech, histogram, low)
    texts = {"low": _tick(speech, histogram, low), "high": _tick(speech, histogram, high)}
    is_last = index == len(histogram.counts) - 1
    return speech.say(_BEYOND if is_last and histogram.is_open else _RANGE).format(**texts)


def _counts_whole(speech: Speech, histogram: Histogram) -> bool:
    """True for bins around whole numbers."""
    return not histogram.is_of_limit and all(edge.denominator == 2 for edge in histogram.edges)


def _markers(speech: Speech, current: Measurement) -> Iterator[Marker]:
    histogram = current.histogram
    assert histogram is not None
    if histogram.is_of_limit:
        yield Marker(kind="target", value=ChartNumber(100.0, _value(speech, histogram, Fraction(100))))
    elif current.target is not None:
        value = current.target.value
        yield Marker(kind="target", value=ChartNumber(float(value), speech.exact(value)))
    if histogram.median is not None:
        text = _value(speech, histogram, histogram.median)
        yield Marker(kind="median", value=ChartNumber(float(histogram.median), text))


def _ticks(speech: Speech, histogram: Histogram) -> tuple[ChartNumber, ...]:
    if _counts_whole(speech, histogram):
        first, last = histogram.edges[0] + Fraction(1, 2), histogram.edges[-1] - Fraction(1, 2)
        if last - first <= 12:
            whole = range(int(first), int(last) + 1)
            return tuple(ChartNumber(float(n), _tick(speech, histogram, Fraction(n))) for n in whole)
    ends = (float(histogram.edges[0]), float(histogram.edges[-1]))
    inside = (tick for tick in nice_ticks(ends, 6) if ends[0] <= tick <= ends[1])
    return tuple(
        ChartNumber(tick, _tick(speech, histogram, Fraction(Decimal(repr(tick))))) for tick in inside
    )


def _tick(speech: Speech, histogram: Histogram, value: Fraction) -> str:
    """A round number at an edge."""
    if histogram.is_of_limit:
        return _percent(speech, value)
    return speech.tick(float(value))


def _value(speech: Speech, histogram: Histogram, value: Fraction) -> str:
    return _percent(speech, value) if histogram.is_of_limit else speech.value(value)


def _percent(speech: Speech, value: Fraction) -> str:
    number = speech.language.fixed(Decimal(round(value)), 0)
    return speech.language.percent(number)
