"""Tiles: measurements in; the six to eight results that open a report out, chosen by rule, never invented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from comptoir.measure.types import EVERYTHING, Measurement, Measurements, Scope, Status
from comptoir.model.metrics import Indicator
from comptoir.model.reports import MAX_TILES
from comptoir.periods import Quarter

PREFERRED: Final = (
    *("satisfaction", "relationship-satisfaction", "nps", "availability", "within-target-ttr"),
    *("within-target-delivery", "calls-answered-in-time", "complaints-within-five-days"),
    *("coverage-mature", "retention-rate", "first-contact-resolution", "clients-met", "request-volume"),
)
"""Ready-made indicators in the order in which a committee asks for them."""

_ABSENT: Final = frozenset({Status.MISSING, Status.SUPPRESSED})


def choose_tiles(
    measurements: Measurements, quarter: Quarter, scope: Scope = EVERYTHING, wanted: Iterable[str] = ()
) -> tuple[Measurement, ...]:
    """The measurements that open the report: those of the indicators `wanted`, else by rule, eight at most.

    The rule takes the preferred indicators, then others with a target, then any other. What has no value makes no
    tile: a report with three results opens with three.
    """
    names = tuple(wanted) or _ranked(measurements.indicators.values(), measurements, quarter, scope)
    found = (measurements.get(name, quarter, scope) for name in names)
    shown = [m for m in found if m is not None and m.has_value and m.status not in _ABSENT]
    return tuple(shown[:MAX_TILES])


def _ranked(
    indicators: Iterable[Indicator], measurements: Measurements, quarter: Quarter, scope: Scope
) -> tuple[str, ...]:
    def rank(indicator: Indicator) -> tuple[int, bool, str]:
        ready_made = indicator.use or indicator.id
        place = PREFERRED.index(ready_made) if ready_made in PREFERRED else len(PREFERRED)
        found = measurements.get(indicator.id, quarter, scope)
        return place, found is None or found.target is None, indicator.id

    return tuple(indicator.id for indicator in sorted(indicators, key=rank))
