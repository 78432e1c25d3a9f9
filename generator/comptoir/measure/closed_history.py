"""Closed figures as history: the stock of an indicator and closed quarters in; the stock that comparisons see out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from comptoir.measure.closed import Closing
from comptoir.measure.comparing import sample_of
from comptoir.measure.estimates import Estimate, growth_between
from comptoir.measure.populations import Withheld
from comptoir.measure.stock import Stock
from comptoir.measure.types import Measurement, Status
from comptoir.model.metrics import IndicatorKind


def with_history(stock: Stock, withheld: Withheld, closings: Sequence[Closing]) -> tuple[Stock, Withheld]:
    """The stock, and what is withheld of it, with closed figures in the place of what their quarters would give now.

    What is compared with a closed quarter is compared with the figure that was published. A figure that the data
    still give keeps its exact sample, so that closing a quarter changes no comparison by itself.
    """
    name = stock.indicator.id
    estimates, reasons = dict(stock.estimates), dict(withheld)
    for closing in closings:
        if name not in closing.indicators:
            continue
        figures = {scope: figure for (of, scope), figure in closing.figures.items() if of == name}
        seen = {scope for quarter, scope in estimates if quarter == closing.quarter}
        for scope in seen | figures.keys():
            key, figure = (closing.quarter, scope), figures.get(scope)
            reasons.pop(key, None)
            if figure is None:
                estimates.pop(key, None)
            elif figure.status is Status.SUPPRESSED:
                reasons[key] = figure.reason
            elif not _gives(estimates.get(key), figure):
                estimates[key] = _estimate(figure)
    return replace(stock, estimates=estimates), reasons


def since_closed(stock: Stock, closings: Sequence[Closing]) -> Stock:
    """The stock of a growth, counted from the totals that were closed and not from what their files give now."""
    if stock.indicator.kind is not IndicatorKind.GROWTH:
        return stock
    totals = {
        (closing.quarter, scope): total
        for closing in closings
        for (name, scope), figure in closing.figures.items()
        if name == stock.indicator.id and (total := _total(stock, figure))
    }
    grown = {}
    for (quarter, scope), found in stock.estimates.items():
        then = totals.get((quarter.previous, scope))
        if then is not None and found.numerator is not None and found.denominator is not None:
            now = found.numerator + found.denominator
            grown[quarter, scope] = growth_between(stock.indicator, now, then, found.n, found.left_out)
    return replace(stock, estimates={**stock.estimates, **grown})


def _total(stock: Stock, figure: Measurement) -> Fraction | None:
    """What was added up for a closed growth: its change and what it changed from, or the rows that it counted."""
    if figure.numerator is not None and figure.denominator is not None:
        return figure.numerator + figure.denominator
    counts = stock.indicator.value is None and figure.n is not None
    return Fraction(figure.n) if counts and figure.n is not None else None


def _gives(found: Estimate | None, figure: Measurement) -> bool:
    return found is not None and (found.value, found.numerator, found.denominator, found.n) == (
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.n,
    )


def _estimate(figure: Measurement) -> Estimate:
    """A closed figure as an estimate, with the sample that a test compares."""
    return Estimate(
        value=figure.value,
        n=figure.n or 0,
        numerator=figure.numerator,
        denominator=figure.denominator,
        interval=figure.interval,
        deviation=figure.deviation,
        sample=sample_of(figure),
        reason=None if figure.has_value else figure.reason,
        left_out=figure.left_out,
    )
