"""What is known of an indicator before it is judged, and the inquiry that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from comptoir.measure.estimates import Estimate, without_composition
from comptoir.measure.plans import Plan
from comptoir.measure.sql.engine import LIMIT
from comptoir.measure.types import EVERYTHING, Reason, Scope, TargetInForce
from comptoir.measure.working_sql import WorkingTimeTable
from comptoir.model.metrics import Indicator
from comptoir.periods import Period


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked: which quarters, all in a row, on which day, how long one query may take, and if breakdowns are crossed."""

    quarters: tuple[Period, ...]
    today: date
    limit: float = LIMIT
    crossed: bool = True  # services within segments too, which are most of all cells


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything known of one indicator before it is judged; an estimate for each cell that has rows.

    `respondents` counts the people behind each cell, those of unknown names included; empty when n counts no people.
    `partless`: the net promoter scores whose parts are not told. `promised` is what agreements aim at, `incomplete` the quarters with a gap, `unsure` where too much is unknown.
    """

    indicator: Indicator
    plan: Plan | None
    estimates: Mapping[tuple[Period, Scope], Estimate]
    respondents: Mapping[Period, Mapping[Scope, int]] = field(default_factory=dict)
    promised: Mapping[tuple[Period, Scope], TargetInForce] = field(default_factory=dict)
    incomplete: frozenset[Period] = frozenset()
    unsure: frozenset[tuple[Period, Scope]] = frozenset()
    queries: tuple[str, ...] = ()
    partless: frozenset[tuple[Period, Scope]] = frozenset()
    working_time: WorkingTimeTable | None = None
    absent: Reason = Reason.NO_ROWS

    def scopes(self) -> tuple[Scope, ...]:
        """Every scope that was seen, and always everything."""
        return tuple(sorted({EVERYTHING, *(scope for _, scope in self.estimates)}))


def without_parts(stock: Stock, keys: frozenset[tuple[Period, Scope]]) -> Stock:
    """The stock of a net promoter score without the parts of these cells, nor an interval or test that tells them."""
    vague = {key: without_composition(stock.estimates[key]) for key in keys if key in stock.estimates}
    return replace(stock, estimates={**stock.estimates, **vague}, partless=keys)
