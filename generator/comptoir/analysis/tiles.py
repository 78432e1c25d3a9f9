"""Tiles: measurements in; the six to eight results that open a report out, chosen by rule, never invented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope
from comptoir.model.metrics import Indicator
from comptoir.model.reports import MAX_TILES
from comptoir.periods import Period

PREFERRED: Final = (
    *("satisfaction", "relationship-satisfaction", "nps", "availability", "within-target-ttr"),
    *("within-target-delivery", "calls-answered-in-time", "complaints-within-five-days"),
    *("coverage-mature", "retention-rate", "first-contact-resolution", "clients-met", "request-volume"),
)
"""Ready-made indicators in the order in which a committee asks for them."""


def choose_tiles(
    measurements: Measurements, quarter: Period, scope: Scope = EVERYTHING, wanted: Iterable[str] = ()
) -> tuple[Measurement, ...]:
    """The measurements that open the report: those of the indicators `wanted`, else by rule, eight at most.

    The rule takes the preferred indicators, then others with a target, then any other. What has no value makes no
    tile: a report with three results opens with three.
    """
    in_order = _in_order(measurements.indicators.values(), measurements, quarter, scope)
    names = tuple(wanted) or tuple(indicator.id for indicator in in_order)
    found = (measurements.get(name, quarter, scope) for name in names)
    shown = [m for m in found if m is not None and m.has_value]
    return tuple(shown[:MAX_TILES])


def main_indicator(
    measurements: Measurements, quarter: Period, indicators: Iterable[Indicator]
) -> Indicator | None:
    """The one to draw: that which a committee asks for first, among those with a value for everything."""
    valued = [i for i in indicators if (m := measurements.get(i.id, quarter)) is not None and m.has_value]
    return next(iter(_in_order(valued, measurements, quarter, EVERYTHING)), None)


def _in_order(
    indicators: Iterable[Indicator], measurements: Measurements, quarter: Period, scope: Scope
) -> list[Indicator]:
    """The preferred ones, then others with a target, then any other."""

    def rank(indicator: Indicator) -> tuple[int, bool, str]:
        name = indicator.ready_made
        place = PREFERRED.index(name) if name in PREFERRED else len(PREFERRED)
        found = measurements.get(indicator.id, quarter, scope)
        return place, found is None or found.target is None, indicator.id

    return sorted(indicators, key=rank)
