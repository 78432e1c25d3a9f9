"""Measures a catalogue: definitions, promises and tables in; every measurement with its verdict and certainty out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import duckdb

from comptoir.measure.closed import Closing
from comptoir.measure.closed_history import since_closed, with_history
from comptoir.measure.control import MIN_POINTS, ControlLimits, control_limits
from comptoir.measure.derived import derive_measurements
from comptoir.measure.estimates import Estimate, scale_of
from comptoir.measure.histograms import make_histograms
from comptoir.measure.plans import CENSUS
from comptoir.measure.populations import Withheld, withhold_people
from comptoir.measure.sql.engine import LIMIT
from comptoir.measure.statistics import (
    Change,
    Mean,
    Method,
    NetPromoterScore,
    Proportion,
    compare_means,
    compare_nps,
    compare_proportions,
)
from comptoir.measure.stock import Inquiry, Stock, without_parts
from comptoir.measure.stocks import PlannedDefinitions, adds_up, plan_definitions, reading_of, take_stock
from comptoir.measure.types import (
    EVERYTHING,
    Comparison,
    Measurement,
    Measurements,
    Reason,
    Scope,
    ScoreParts,
    Status,
    target_in_force,
)
from comptoir.measure.verdicts import judge
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import IndicatorKind, IndicatorUnit
from comptoir.periods import P, Period, periods_between
from comptoir.problems import Problem, sort_problems

HISTORY: Final = 12
"""Periods up to the one measured from which control limits are computed, where there are as many."""
_FARTHEST: Final = 144  # months

Bounds: TypeAlias = tuple[Fraction | None, Fraction | None]  # what values cannot go beyond


def measure_catalogue(
    catalogue: Catalogue,
    connection: duckdb.DuckDBPyConnection,
    quarters: Iterable[Period],
    today: date,
    limit: float = LIMIT,
    closings: Sequence[Closing] = (),
    with_histograms: bool = False,
    crossed: bool = True,
    planned: PlannedDefinitions | None = None,
) -> tuple[Measurements, tuple[Problem, ...]]:
    """Every indicator of `catalogue` in each of `quarters`, and the problems of those that cannot be measured.

    `connection` holds the tables, and should be locked down: definitions carry SQL. It is given helper tables and
    macros of its own. `limit` is how many seconds one query may take. Earlier quarters are measured too, for
    comparison. An indicator that cannot be measured is missing, and says why. What is compared with one of `closings`
    is compared with its closed figure, growth included; what that quarter gives now is measured like any other. Histograms are made of
    the last quarter, of everything together. What is not `crossed` is measured by one dimension at a time.
    `planned` are the plans of all definitions, when they are measured over other periods too.
    """
    wanted = tuple(sorted(set(quarters)))
    if not wanted:
        return Measurements((), MappingProxyType(dict(catalogue.indicators)), ()), ()
    inquiry = Inquiry(timeline_to(wanted), today, limit, crossed)
    planned = planned or plan_measurable(catalogue, connection)
    found, problems = take_stock(catalogue, planned, connection, inquiry)
    stocks = {name: since_closed(stock, closings) for name, stock in found.items()}
    withheld: Mapping[str, Withheld] = {}
    working_time = next((stock.working_time for stock in stocks.values() if stock.working_time), None)
    if working_time is not None:
        reading = reading_of(catalogue, inquiry, working_time)
        control = withhold_people(connection, stocks.values(), reading)
        withheld = control.reasons
        problems = sort_problems((*problems, *control.problems))
        stocks |= {name: without_parts(stocks[name], keys) for name, keys in control.partless.items()}
    every = tuple(
        measurement
        for stock in stocks.values()
        for measurement in _measure_stock(
            stock, withheld.get(stock.indicator.id, {}), wanted, today, closings
        )
    )
    if with_histograms:
        last, zone = (wanted[-1], EVERYTHING), catalogue.organisation.time_zone
        told = [stocks[m.indicator] for m in every if m.has_value and (m.quarter, m.scope) == last]
        made = make_histograms(connection, told, wanted[-1], zone, limit)
        every = tuple(
            replace(m, histogram=made[m.indicator])
            if m.indicator in made and (m.quarter, m.scope) == last
            else m
            for m in every
        )
    every += derive_measurements(catalogue.indicators, every, wanted)
    return Measurements(every, MappingProxyType(dict(catalogue.indicators)), wanted), problems


def plan_measurable(catalogue: Catalogue, connection: duckdb.DuckDBPyConnection) -> PlannedDefinitions:
    """The plans of the definitions that are measured from rows, not derived from others: the same for all periods."""
    measurable = [one for one in catalogue.indicators.values() if one.derive is None]
    return plan_definitions(catalogue, measurable, connection)


def timeline_to(wanted: tuple[P, ...]) -> tuple[P, ...]:
    """`wanted`, in order, and those before that each is compared with: a year ago, and as many as limits ask for."""
    length = wanted[0].length
    back = min(max(HISTORY - 1, 12 // length), max(_FARTHEST // length - 1, 1))
    earliest = min(back, (wanted[0].start - 12) // length)  # there is no year 0
    return periods_between(wanted[0].shift(-earliest), wanted[-1])


def _measure_stock(
    stock: Stock,
    withheld: Withheld,
    wanted: tuple[Period, ...],
    today: date,
    closings: Sequence[Closing],
) -> list[Measurement]:
    measurements = []
    known, kept_back = with_history(stock, withheld, closings)
    told, absent = _told(known, kept_back), Estimate(None, 0, reason=stock.absent)
    bounds = _BOUNDS[stock.indicator.kind](stock)
    targets = {quarter: target_in_force(stock.indicator.target, quarter) for quarter in wanted}
    timeline = timeline_to(wanted)
    until = {quarter: number for number, quarter in enumerate(timeline, 1)}
    before = {quarter: (quarter.previous, quarter.same_last_year) for quarter in wanted}
    is_provisional = {quarter: quarter.last_day >= today for quarter in wanted}
    for scope in stock.scopes():
        past = told.get(scope, {})
        values = [past[q].value if q in past and q not in stock.incomplete else None for q in timeline]
        for quarter in wanted:
            key = quarter, scope
            found, hidden = (
                stock.estimates.get(key, absent),
                withheld.get(key),
            )
            more: dict[str, Any] = {
                "target": targets[quarter] or stock.promised.get(key),
                "is_provisional": is_provisional[quarter],
            }
            is_part = is_provisional[quarter] and adds_up(stock.indicator)
            if found.value is not None and hidden is None and not is_part:
                previous, year_ago = before[quarter]
                current = known.estimates.get(key)
                more["previous"] = _compare(past, previous, current)
                more["year_ago"] = _compare(past, year_ago, current)
                more["control"] = _limits(values[max(until[quarter] - HISTORY, 0) : until[quarter]], bounds)
            measurements.append(_measure(stock, quarter, scope, found, hidden, more))
    return measurements


def _told(stock: Stock, withheld: Withheld) -> Mapping[Scope, Mapping[Period, Estimate]]:
    """The estimates that have a value which may be told, by scope and quarter."""
    told: dict[Scope, dict[Period, Estimate]] = {}
    for key, found in stock.estimates.items():
        if found.value is not None and key not in withheld:
            quarter, scope = key
            told.setdefault(scope, {})[quarter] = found
    return told


def _measure(
    stock: Stock,
    quarter: Period,
    scope: Scope,
    found: Estimate,
    hidden: Reason | None,
    more: Mapping[str, Any],
) -> Measurement:
    """One estimate judged; `hidden` is why it must not be shown, `more` what else is known of it."""
    indicator = stock.indicator
    if hidden is not None:
        return Measurement(indicator.id, quarter, scope, Status.SUPPRESSED, hidden, **more)
    if found.value is None:
        status, reason = Status.MISSING, found.reason or Reason.NO_CASES
    elif quarter in stock.incomplete:
        status, reason = Status.NO_VERDICT, Reason.GAP
    elif more["is_provisional"] and adds_up(indicator):
        status, reason = Status.NO_VERDICT, Reason.RUNNING
    elif (quarter, scope) in stock.unsure:
        status, reason = Status.NO_VERDICT, Reason.UNKNOWN_TIME
    else:
        status, reason = judge(
            indicator, found.value, more["target"], found.n, indicator.kind not in CENSUS, found.interval
        )
    return Measurement(
        indicator=indicator.id,
        quarter=quarter,
        scope=scope,
        status=status,
        reason=reason,
        value=found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        n=found.n if found.reason not in (Reason.NO_ROWS, Reason.NOT_MONITORED) else None,
        respondents=stock.respondents.get(quarter, {}).get(scope),
        deviation=found.deviation,
        interval=found.interval,
        left_out=found.left_out,
        parts=None if (quarter, scope) in stock.partless else _parts(found),
        **more,
    )


def _parts(found: Estimate) -> ScoreParts | None:
    """The answers that make up a net promoter score; None for all other kinds, and without answers."""
    sample = found.sample
    if not isinstance(sample, NetPromoterScore) or not sample.n:
        return None
    return ScoreParts(sample.promoters, sample.passives, sample.detractors)


def _compare(told: Mapping[Period, Estimate], before: Period, current: Estimate | None) -> Comparison | None:
    """The change since a quarter; none where one has no value, or where it would tell a withheld one."""
    first = told.get(before)
    if first is None or current is None or first.value is None or current.value is None:
        return None
    test = _change(first, current)
    change = Change(current.value - first.value, test.p, test.method, test.level)
    return Comparison(before, first.value, change)


def _change(first: Estimate, second: Estimate) -> Change:
    """The test that fits the samples; none for totals and quantiles, of which no change is then claimed."""
    match first.sample, second.sample:
        case Proportion(), Proportion():
            return compare_proportions(first.sample, second.sample)
        case Mean(), Mean():
            return compare_means(first.sample, second.sample)
        case NetPromoterScore(), NetPromoterScore():
            return compare_nps(first.sample, second.sample)
        case _:
            return Change(None, None, Method.NONE)


def _limits(values: list[Fraction | None], bounds: Bounds) -> ControlLimits | None:
    """Limits of ordinary variation over successive quarters; a withheld, missing or incomplete one has no value."""
    while values and values[0] is None:
        values.pop(0)
    return control_limits(values, *bounds) if len(values) >= MIN_POINTS else None


def _share_bounds(stock: Stock) -> Bounds:
    is_share = stock.indicator.unit is IndicatorUnit.PERCENT and all(
        found.value is None or 0 <= found.value <= 100 for found in stock.estimates.values()
    )
    return Fraction(0), Fraction(scale_of(stock.indicator)) if is_share else None


def _from_zero(stock: Stock) -> Bounds:
    return Fraction(0), None


def _scaled(stock: Stock) -> Bounds:
    scale = stock.indicator.value_scale
    return (Fraction(scale[0]), Fraction(scale[1])) if scale else (None, None)


def _unbounded(stock: Stock) -> Bounds:
    return None, None


def _points(stock: Stock) -> Bounds:
    return Fraction(-100), Fraction(100)


_BOUNDS: Final[Mapping[IndicatorKind, Callable[[Stock], Bounds]]] = MappingProxyType(
    {
        IndicatorKind.COUNT: _from_zero,
        IndicatorKind.SUM: _unbounded,
        IndicatorKind.RATIO: _share_bounds,
        IndicatorKind.MEAN: _scaled,
        IndicatorKind.QUANTILE: _scaled,
        IndicatorKind.NPS: _points,
        IndicatorKind.RATE: _from_zero,
        IndicatorKind.AVAILABILITY: _share_bounds,
        IndicatorKind.WITHIN_TARGET: _share_bounds,
        IndicatorKind.COVERAGE: _share_bounds,
        IndicatorKind.DISTINCT: _from_zero,
        IndicatorKind.GROWTH: _unbounded,
    }
)
