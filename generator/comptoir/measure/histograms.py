"""Histograms: the rows of indicators in a quarter in; how their values are distributed, in bins of round width, out.

Where n counts people, no picture is made that has a bin of one to four of them. To join such bins with their neighbours
would not do: with n, the mean and the deviation beside them, they come apart again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import duckdb

from comptoir.measure.disclosure_control import LEAST
from comptoir.measure.estimates import fraction
from comptoir.measure.people_queries import people_in
from comptoir.measure.plans import Plan
from comptoir.measure.queries import Binning, Scan, bins_query, group_plans, range_query, with_value
from comptoir.measure.sql.engine import QueryError, run_query
from comptoir.measure.stock import Stock
from comptoir.measure.tables import PARTIAL
from comptoir.measure.tallies import rows_kept
from comptoir.measure.types import Histogram
from comptoir.model.metrics import IndicatorKind
from comptoir.periods import Period

KINDS: Final = frozenset({IndicatorKind.MEAN, IndicatorKind.QUANTILE, IndicatorKind.WITHIN_TARGET})
_FEW: Final = 11  # whole numbers that are worth a bin each
_BINS: Final = 12  # about so many otherwise
_FEWEST: Final = 3  # bins that make a picture
_ROUND: Final = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


_OF_LIMIT: Final = Binning(Fraction(0), Fraction(20), 10, is_right_closed=True)  # what takes 100 % is kept


def make_histograms(
    connection: duckdb.DuckDBPyConnection,
    stocks: Iterable[Stock],
    quarter: Period,
    time_zone: str,
    limit: float,
) -> dict[str, Histogram]:
    """How the values of indicators are distributed in a quarter, by identifier, where there is a picture to make.

    What the engine cannot tell is a picture less, and no figure: what cannot be measured is told elsewhere.
    """
    stocks = tuple(stocks)
    plans = [
        with_value(stock.plan)
        for stock in stocks
        if stock.plan and stock.plan.kind in KINDS and stock.plan.table.weights != PARTIAL
    ]
    working_time = next((stock.working_time for stock in stocks if stock.working_time), None)
    found: dict[str, Histogram] = {}
    for scan in group_plans(plans, (quarter,), time_zone, working_time) if working_time else ():
        with suppress(QueryError), rows_kept(connection, scan, limit) as kept:
            for index, plan in enumerate(kept.plans):
                with suppress(QueryError):
                    made = _histogram_of(connection, kept, index, limit)
                    found |= {plan.indicator.id: made} if made else {}
    return found


def _histogram_of(
    connection: duckdb.DuckDBPyConnection, scan: Scan, index: int, limit: float
) -> Histogram | None:
    plan = scan.plans[index]
    binning = _fixed_binning(plan) or _binning(run_query(connection, range_query(scan, index), limit))
    people = people_in(plan, index) if plan.respondent else "0"
    rows = run_query(connection, bins_query(scan, index, binning, people), limit) if binning else []
    whole = next((row for row in rows if row["bin"] is None), None)
    if binning is None or whole is None or not whole["n"]:
        return None
    return _histogram(plan, whole, binning, {row["bin"]: row for row in rows})


def _fixed_binning(plan: Plan) -> Binning | None:
    """The bins of a share of time, or of a whole scale: the least score given is somebody's. None for other values."""
    if plan.kind is IndicatorKind.WITHIN_TARGET:
        return _OF_LIMIT
    scale = plan.indicator.value_scale
    if scale is None or any(end != int(end) for end in scale):
        return None
    low, high = map(int, scale)
    return Binning(low - Fraction(1, 2), Fraction(1), high - low + 1)


def _binning(spreads: Sequence[dict[str, Any]]) -> Binning | None:
    """Where bins begin, how wide they are, and how many there are: the last one also holds all that lies beyond."""
    [spread] = spreads
    if not spread["n"]:
        return None
    low, high, most = (fraction(spread[name]) for name in ("low", "high", "most"))
    if spread["whole"] and high - low < _FEW:
        return Binning(low - Fraction(1, 2), Fraction(1), int(high - low) + 1)
    low = min(low, Fraction(0)) if low < most / 4 else low  # durations are read from zero
    width = _round_up(max(most - low, Fraction(1, 1000)) / _BINS)
    start = math.floor(low / width) * width
    return Binning(start, width, max(1, math.ceil((most - start) / width)))


def _round_up(width: Fraction) -> Fraction:
    """The least round width that is as large."""
    power = Fraction(10) ** math.floor(math.log10(float(width)))
    return next(step * power for step in _ROUND if step * power >= width)


def _histogram(
    plan: Plan, whole: dict[str, Any], binning: Binning, rows: Mapping[int | None, dict[str, Any]]
) -> Histogram | None:
    counts_people = plan.respondent is not None
    found = [rows.get(index, {"n": 0, "people": 0}) for index in range(binning.count)]
    if counts_people and any(0 < row["people"] < LEAST for row in found):
        return None
    if len(found) < _FEWEST:
        return None
    edges = tuple(binning.start + index * binning.width for index in range(binning.count + 1))
    return Histogram(
        edges=edges,
        counts=tuple(int(row["n"]) for row in found),
        is_open=fraction(whole["high"]) > edges[-1],
        is_of_limit=plan.kind is IndicatorKind.WITHIN_TARGET,
        median=None if counts_people else _rounded(whole["median"]),
        p90=None if counts_people else _rounded(whole["p90"]),
    )


def _rounded(value: object) -> Fraction:
    """A quantile as a decimal fraction, to six places: it only marks a place on a chart."""
    assert isinstance(value, (int, float, Decimal))
    return Fraction(Decimal(repr(round(float(value), 6))))
