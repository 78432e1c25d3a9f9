"""What charts of results share: a catalogue and its results in; names, numbers and who is shown out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from comptoir.analysis.verdicts import is_shown
from comptoir.charts import ChartNumber
from comptoir.content.measure_words import Speech
from comptoir.content.results import Results, scope_of
from comptoir.measure.types import Measurement
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator

SHOWN: Final = 30
"""The most services that one chart shows: those in most need. The file of data holds all of them."""


def chart_name(language: str, what: str, indicator: str) -> str:
    """The name of a chart with words: 'fr-trend-availability'."""
    return f"{language}-{what}-{indicator}"


def in_need(results: Results, speech: Speech, dimension: Dimension) -> tuple[str, ...]:
    """Who was ever measured: the farthest below the target first, then by value; those without a value last."""
    indicator = speech.indicator
    return results.once(("in need", indicator.id, dimension), lambda: _in_need(results, indicator, dimension))


def _in_need(results: Results, indicator: Indicator, dimension: Dimension) -> tuple[str, ...]:
    names = []
    for name, measurement in results.by(indicator.id, dimension).items():
        series = results.measurements.series(indicator.id, scope_of(dimension, name))
        if any(is_shown(m) for m in series):
            names.append((need_of(indicator, measurement), name))
    return tuple(name for _, name in sorted(names))


def need_of(indicator: Indicator, measurement: Measurement) -> tuple[bool, Fraction]:
    """What puts measurements in order: the farthest below the target first, those without a value last."""
    if measurement.value is None:
        return True, Fraction(0)
    aimed = measurement.target.value if measurement.target else Fraction(0)
    return False, indicator.direction.excess(measurement.value, aimed)


def entity_name(catalogue: Catalogue, speech: Speech, dimension: Dimension, name: str) -> str:
    """The name of a service or segment, as the page writes it."""
    language = speech.language
    if dimension is Dimension.SERVICE:
        return language.typeset(catalogue.services[name].name.in_language(language.code))
    return language.typeset(catalogue.segments[name].name.in_language(language.code))


def subtitle_of(speech: Speech) -> str:
    """What is measured, and its unit."""
    name = speech.language.typeset(speech.indicator.name.in_language(speech.language.code))
    return f"{name}, {speech.unit_name()}"


def number_of(speech: Speech, value: Fraction, decimals: int | None = None) -> ChartNumber:
    """The value with its short text, rounded to the decimals of the definition if none are said."""
    return ChartNumber(float(value), speech.short(value, decimals))


def count_of(speech: Speech, count: int) -> ChartNumber:
    """A number of cases."""
    return ChartNumber(float(count), speech.language.fixed(Decimal(count), 0))
