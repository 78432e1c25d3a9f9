"""Breakdowns of an indicator: its results in; for each service, segment, client or value of a field, a line of a table, out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.content.chart_parts import SHOWN
from comptoir.content.edition import Edition
from comptoir.content.labels import value_name
from comptoir.content.measure_words import Speech
from comptoir.content.measures import (
    ChartView,
    MeasureView,
    chart_view,
    measure_view,
    sample_words,
    speech_of,
)
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.content.results import Results
from comptoir.measure.types import Measurement, Reason
from comptoir.model.metrics import Dimension, Indicator

LISTED: Final = 2 * SHOWN
"""The most lines of a table on the page; the file of data holds all of them."""

_DRAWN: Final[Mapping[Dimension, tuple[str, ...]]] = MappingProxyType(
    {
        Dimension.SERVICE: ("coverage", "pareto", "services"),
        Dimension.SEGMENT: ("targets", "segments"),
        Dimension.CLIENT: (),
    }
)
"""The charts of a breakdown, where there are such: the quarter first, then how it came about."""


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A service, segment or client, and its measurement of the quarter."""

    who: Link
    measure: MeasureView


@dataclass(frozen=True, slots=True)
class Breakdown:
    """An indicator for each service, segment or client; `more` says how many only the file of data holds."""

    charts: tuple[ChartView, ...]
    rows: tuple[BreakdownRow, ...]
    has_targets: bool
    has_verdicts: bool
    has_samples: bool
    more: str


def breakdown_by(
    at: Edition, results: Results, indicator: Indicator, dimension: Dimension
) -> Breakdown | None:
    """None where the indicator is not measured for more than one of them."""
    found = results.by(indicator.id, dimension)
    entities = at.catalogue.of_kind(dimension.value)

    def link(name: str) -> Link:
        who = at.text(getattr(entities[name], "name"))  # noqa: B009 - each of these kinds has one
        return Link(who, "" if dimension is Dimension.CLIENT else Ref(dimension.value, name))

    return _rows(at, results, indicator, found, link, _DRAWN[dimension])


def breakdown_by_field(at: Edition, results: Results, indicator: Indicator) -> Breakdown | None:
    """By the values of a field of the rows, which have no page."""
    found = results.parts(indicator.id)
    return _rows(
        at,
        results,
        indicator,
        found,
        lambda part: Link(value_name(part, at.catalogue, at.language), ""),
        ("parts",),
    )


def _rows(
    at: Edition,
    results: Results,
    indicator: Indicator,
    found: Mapping[str, Measurement],
    link: Callable[[str], Link],
    charts: tuple[str, ...],
) -> Breakdown | None:
    """Rows of a breakdown, the worst first; None where there are fewer than two."""
    speech = speech_of(at, indicator)
    seen = {name: m for name, m in found.items() if m.n != 0 or m.has_value}
    if len(seen) < 2:
        return None
    ordered = sorted(
        seen.items(), key=lambda one: (one[1].value is None, _worst_first(speech, one[1]), one[0])
    )
    rows = [BreakdownRow(link(name), measure_view(at, results, m)) for name, m in ordered[:LISTED]]
    shown = (chart_view(at, results, what, indicator) for what in charts)
    drawn = tuple(chart for chart in shown if chart is not None)
    return table_lines(at, speech, seen.values(), rows, drawn)


def table_lines(
    at: Edition,
    speech: Speech,
    seen: Collection[Measurement],
    rows: Sequence[BreakdownRow],
    charts: tuple[ChartView, ...] = (),
) -> Breakdown:
    """The lines of a table, with what its columns hold."""
    more = len(seen) - LISTED
    return Breakdown(
        charts=charts,
        rows=tuple(rows[:LISTED]),
        has_targets=any(m.target is not None for m in seen),
        has_verdicts=any(m.reason is not Reason.NO_TARGET for m in seen),
        has_samples=any(sample_words(speech, m) for m in seen),
        more=at.language.number(more) if more > 0 else "",
    )


def _worst_first(speech: Speech, measurement: Measurement) -> Fraction:
    if measurement.value is None:
        return Fraction(0)
    aimed = measurement.target.value if measurement.target else Fraction(0)
    return speech.indicator.direction.excess(measurement.value, aimed)
