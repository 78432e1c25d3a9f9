"""Estimates: what the rows of a cell add up to in, the value of the indicator with its uncertainty out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from comptoir.measure.plans import ODD, Plan
from comptoir.measure.statistics import (
    Interval,
    Mean,
    NetPromoterScore,
    Proportion,
    estimate_nps,
    estimate_proportion,
    estimate_rate,
    mean_from_sums,
    widest_nps,
)
from comptoir.measure.tables import PARTIAL
from comptoir.measure.tallies import Cell
from comptoir.measure.types import LeftOut, Reason, Uncertainty
from comptoir.model.metrics import Indicator, IndicatorKind, IndicatorUnit
from comptoir.model.terms import OverTime

Sample: TypeAlias = Proportion | Mean | NetPromoterScore

WILSON: Final = "Wilson"
STUDENT: Final = "Student t"
WALD: Final = "adjusted Wald"
ORDER: Final = "order statistics"
POISSON: Final = "exact Poisson"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value in the unit of the indicator, or why there is none; `sample` is what a test compares."""

    value: Fraction | None
    n: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    interval: Uncertainty | None = None
    deviation: Fraction | None = None
    sample: Sample | None = None
    reason: Reason | None = None
    left_out: tuple[tuple[LeftOut, int], ...] = ()


def estimate(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    """The estimate of one cell; `before` is the same scope in the quarter before (empty where no row was)."""
    if not cell.get("present"):
        return Estimate(None, 0, reason=Reason.NO_ROWS)
    if cell["undecided"] == cell["present"]:
        return Estimate(
            None, 0, reason=Reason.UNDECIDED, left_out=reasons((LeftOut.UNDECIDED, cell["undecided"]))
        )
    found = _ESTIMATORS[plan.kind](plan, cell, before)
    if any(cell.get(name) for name in ODD) and not (cell["numerator"] if "numerator" in cell else cell["n"]):
        return Estimate(None, 0, reason=Reason.NO_WORD, left_out=found.left_out)
    return found


def scale_of(indicator: Indicator) -> int:
    """What a share is multiplied by to be in the unit of its indicator."""
    return {IndicatorUnit.PERCENT: 100, IndicatorUnit.PER_THOUSAND: 1000}.get(indicator.unit, 1)


@lru_cache(maxsize=10_000)  # most are small counts
def fraction(value: object) -> Fraction:
    """A number of the engine as an exact fraction."""
    assert isinstance(value, (int, Decimal, float))
    return Fraction(value)


def in_unit(
    interval: Interval | None, scale: int, method: str, ends: tuple[Decimal, Decimal] | None = None
) -> Uncertainty | None:
    """An interval in the unit of the indicator, to twelve decimals: what floats are good for; it ends where `ends` do."""
    if interval is None:
        return None
    low, high = rounded(interval.low * scale), rounded(interval.high * scale)
    if ends is not None:
        low, high = max(low, Fraction(ends[0])), min(high, Fraction(ends[1]))
    return Uncertainty(low, high, method)


def rounded(value: float) -> Fraction:
    """A float as the decimal fraction that it stands for, to twelve decimals."""
    return Fraction(Decimal(repr(round(value, 12))))


def share_of(
    indicator: Indicator,
    numerator: Fraction,
    denominator: Fraction,
    left_out: tuple[tuple[LeftOut, int], ...],
    n: int | None = None,
) -> Estimate:
    """A share of cases, with Wilson's interval; missing without cases. `n`: their number, if weights make it another."""
    n = int(denominator) if n is None else n
    above = int(numerator) if n == denominator or not denominator else round(numerator / denominator * n)
    sample, value, interval = _proportion(above, n, scale_of(indicator))
    if above != numerator:
        value = numerator / denominator * scale_of(indicator)
    return Estimate(
        value=value,
        n=n,
        numerator=numerator if n else None,
        denominator=denominator if n else None,
        interval=interval,
        sample=sample,
        reason=Reason.NO_CASES if n == 0 else None,
        left_out=left_out,
    )


@lru_cache(maxsize=10_000)  # cells of few cases are often alike
def _proportion(numerator: int, n: int, scale: int) -> tuple[Proportion, Fraction | None, Uncertainty | None]:
    """A share as what a test compares, and its value and interval in a unit."""
    sample = estimate_proportion(numerator, n)
    value = None if sample.value is None else sample.value * scale
    return sample, value, in_unit(sample.interval, scale, WILSON)


def reasons(*counts: tuple[LeftOut, int]) -> tuple[tuple[LeftOut, int], ...]:
    """The reasons that left something out."""
    return tuple((reason, int(count)) for reason, count in counts if count)


def _filtered(cell: Cell) -> tuple[tuple[LeftOut, int], ...]:
    return (
        (LeftOut.FILTERED, cell["present"] - cell["kept"] - cell["undecided"] - cell.get("odd", 0)),
        (LeftOut.UNDECIDED, cell["undecided"]),
        (LeftOut.UNKNOWN_WORD, cell.get("odd", 0)),
    )


def size_of(plan: Plan, cell: Cell) -> int:
    """How many people a cell tells of: its rows, or those that they stand for.

    Where weights are not whole, rows are a sample that was drawn unequally, worth (Σw)² ∕ Σw² equal ones (L. Kish,
    "Survey Sampling", 1965, §11.2), whole ones.
    """
    if plan.table.weights != PARTIAL or not cell["n"]:
        return int(cell["n"])
    return int(fraction(cell["n"]) ** 2 / fraction(cell["w2"]))


def _counted(cell: Cell) -> int:
    """The rows that count, whatever they weigh."""
    return int(cell.get("rows", cell["n"]))


def _missing_values(cell: Cell) -> tuple[tuple[LeftOut, int], ...]:
    off = cell.get("off_scale", 0)
    rest = cell["kept"] - _counted(cell) - off
    return reasons(*_filtered(cell), (LeftOut.NOT_APPLICABLE, rest), (LeftOut.OFF_SCALE, off))


def _count(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    value = fraction(cell["n"])
    return Estimate(value, size_of(plan, cell), numerator=value, left_out=reasons(*_filtered(cell)))


def _sum(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    left_out = _missing_values(cell)
    if not cell["n"] and cell["kept"]:
        return Estimate(None, 0, reason=Reason.NO_CASES, left_out=left_out)
    total = fraction(cell["total"] or 0)
    if plan.indicator.over_time is OverTime.LAST:
        earlier = (LeftOut.NOT_LAST_DAY, cell["kept"] - cell["last"])
        empty = (LeftOut.NOT_APPLICABLE, cell["last"] - _counted(cell))
        left_out = reasons(*_filtered(cell), earlier, empty)
    elif plan.indicator.over_time is OverTime.MEAN and cell.get("different"):
        days = fraction(cell["different"])
        return Estimate(total / days, size_of(plan, cell), total, days, left_out=left_out)
    return Estimate(total, size_of(plan, cell), numerator=total, left_out=left_out)


def _distinct(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    value = fraction(cell.get("different") or 0)
    return Estimate(value, cell["n"], numerator=value, left_out=_missing_values(cell))


def _mean(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    n, total, squares = size_of(plan, cell), fraction(cell["total"] or 0), fraction(cell["squares"] or 0)
    worth = n / fraction(cell["n"]) if n else Fraction(0)
    total_worth = total * worth
    # what is worth one equal row alone says nothing of how values spread
    mean = mean_from_sums(n, total_worth, total_worth**2 if n == 1 else squares * worth)
    return Estimate(
        value=mean.value,
        n=mean.n,
        numerator=total if mean.n else None,
        denominator=fraction(cell["n"]) if mean.n else None,
        interval=in_unit(mean.interval, 1, STUDENT, plan.indicator.value_scale),
        deviation=None if mean.deviation is None else rounded(mean.deviation),
        sample=mean,
        reason=None if mean.n else Reason.NO_CASES,
        left_out=_missing_values(cell),
    )


def _quantile(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    n, left_out = int(cell["n"]), _missing_values(cell)
    if not n:
        return Estimate(None, 0, reason=Reason.NO_CASES, left_out=left_out)
    share = Fraction(plan.indicator.quantile or 0)
    position = (n - 1) * share
    below, above = fraction(cell["below"]), fraction(cell["above"])
    value = below + (position - int(position)) * (above - below)
    interval = None
    if cell["low"] is not None:
        interval = Uncertainty(fraction(cell["low"]), fraction(cell["high"]), ORDER)
    return Estimate(value, n, interval=interval, left_out=left_out)


def _nps(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    parts = [fraction(cell[name]) for name in ("promoters", "passives", "detractors")]
    n, total = size_of(plan, cell), sum(parts)
    worth = n / total if total else Fraction(0)
    score = estimate_nps(*(round(part * worth) for part in parts))
    above = parts[0] - parts[2]
    return Estimate(
        value=100 * above / total if total else None,
        n=score.n,
        numerator=above if score.n else None,
        denominator=Fraction(total) if score.n else None,
        interval=in_unit(score.interval, 1, WALD),
        sample=score,
        reason=None if score.n else Reason.NO_CASES,
        left_out=_missing_values(cell),
    )


def without_composition(found: Estimate) -> Estimate:
    """A net promoter score with the interval and the sample of the answers that vary most for it and its n.

    The exact interval would tell how many promoters and detractors there are; this one is never narrower.
    """
    if found.numerator is None or not found.n:
        return found
    score = widest_nps(found.n, int(found.numerator))
    return replace(found, interval=in_unit(score.interval, 1, WALD), sample=score)


def _ratio(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    if "below" in cell:
        off, below = cell.get("off_scale", 0), cell["below"]
        left_out = reasons(
            *_filtered(cell),
            (LeftOut.OUTSIDE, cell["kept"] - below - off),
            (LeftOut.NOT_APPLICABLE, below - int(cell.get("rows", cell["n"]))),
            (LeftOut.OFF_SCALE, off),
        )
        above, below = fraction(cell["numerator"]), fraction(cell["n"])
        return share_of(plan.indicator, above, below, left_out, size_of(plan, cell))
    left_out = _missing_values({**cell, "n": cell["cases"]})
    return _sums_ratio(plan, cell, int(cell["cases"]), left_out)


def _sums_ratio(plan: Plan, cell: Cell, cases: int, left_out: tuple[tuple[LeftOut, int], ...]) -> Estimate:
    """Σ ÷ Σ: a share of cases where both are counts of things, otherwise a quotient without interval."""
    above, below = fraction(cell["numerator"] or 0), fraction(cell["denominator"] or 0)
    if not cases:
        return Estimate(None, 0, reason=Reason.NO_CASES, left_out=left_out)
    if below == 0:
        return Estimate(None, 0, above, below, reason=Reason.NOTHING_BELOW_THE_LINE, left_out=left_out)
    if plan.counts_cases and 0 <= above <= below and above.denominator == below.denominator == 1:
        return share_of(plan.indicator, above, below, left_out)
    n = (
        int(below) if plan.counts_cases and below > 0 else cases
    )  # amounts are as many cases as they have rows
    return Estimate(above / below * scale_of(plan.indicator), n, above, below, left_out=left_out)


def _rate(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    if "below" in cell:
        found = _ratio(plan, cell, before)
        above, below, left_out, cases = (
            fraction(cell["numerator"]),
            fraction(cell["n"]),
            found.left_out,
            found.n,
        )
    else:
        left_out = _missing_values({**cell, "n": cell["cases"]})
        above, below, cases = (
            fraction(cell["numerator"] or 0),
            fraction(cell["denominator"] or 0),
            int(cell["cases"]),
        )
    if not cases:
        return Estimate(None, 0, reason=Reason.NO_CASES, left_out=left_out)
    if below <= 0:
        return Estimate(None, 0, above, below, reason=Reason.NOTHING_BELOW_THE_LINE, left_out=left_out)
    interval = None
    if plan.counts_cases and above >= 0 and above.denominator == 1:
        interval = in_unit(estimate_rate(int(above), below).interval, 1, POISSON)
    n = int(below) if plan.counts_cases else cases
    return Estimate(above / below * 1000, n, above, below, interval, left_out=left_out)


def _coverage(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    left_out = reasons(
        *_filtered(cell),
        (LeftOut.NOT_LAST_DAY, cell["kept"] - cell["last"]),
        (LeftOut.NO_ELIGIBLE, cell["last"] - cell["n"]),
    )
    return _sums_ratio(plan, cell, int(cell["n"]), left_out)


def _growth(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    name = "total" if "total" in cell else "n"
    left_out = _missing_values(cell)
    if not before.get("present") or not before.get(name):
        return Estimate(None, int(cell["n"]), reason=Reason.NO_PREVIOUS, left_out=left_out)
    now, then = fraction(cell[name]), fraction(before[name])
    return growth_between(plan.indicator, now, then, int(cell["n"]), left_out)


def growth_between(
    indicator: Indicator, now: Fraction, then: Fraction, n: int, left_out: tuple[tuple[LeftOut, int], ...]
) -> Estimate:
    """The change of a total since the one before, which is not zero."""
    return Estimate((now - then) / abs(then) * scale_of(indicator), n, now - then, then, left_out=left_out)


def _within_target(plan: Plan, cell: Cell, before: Cell) -> Estimate:
    left_out = reasons(
        *_filtered(cell),
        (LeftOut.NO_TARGET, cell["no_target"]),
        (LeftOut.NOT_YET_DUE, cell["not_yet_due"]),
        (LeftOut.ENDS_BEFORE_START, cell["backwards"]),
        (LeftOut.NOT_APPLICABLE, cell["unstated"]),
    )
    found = share_of(plan.indicator, fraction(cell["numerator"]), fraction(cell["n"]), left_out)
    if found.n:
        return found
    reason = Reason.NO_CASES
    if cell["not_yet_due"]:
        reason = Reason.NOT_YET_DUE
    elif cell["no_target"]:
        reason = Reason.NO_AGREEMENT
    return Estimate(None, 0, reason=reason, left_out=left_out)


_ESTIMATORS: Final[Mapping[IndicatorKind, Callable[[Plan, Cell, Cell], Estimate]]] = MappingProxyType(
    {
        IndicatorKind.COUNT: _count,
        IndicatorKind.SUM: _sum,
        IndicatorKind.RATIO: _ratio,
        IndicatorKind.MEAN: _mean,
        IndicatorKind.QUANTILE: _quantile,
        IndicatorKind.NPS: _nps,
        IndicatorKind.RATE: _rate,
        IndicatorKind.WITHIN_TARGET: _within_target,
        IndicatorKind.COVERAGE: _coverage,
        IndicatorKind.DISTINCT: _distinct,
        IndicatorKind.GROWTH: _growth,
    }
)
