"""Measurements: what measuring gives; frozen values that know how sure they are and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import Field, PlainSerializer

from comptoir.measure.control import ControlLimits
from comptoir.measure.statistics import Change
from comptoir.model.metrics import Indicator, IndicatorTarget
from comptoir.model.validity import in_force
from comptoir.periods import Period


class Status(StrEnum):
    """What a measurement allows to say."""

    MET = "met"
    ALERT = "alert"
    MISSED = "missed"
    INDICATIVE = "indicative"  # too few cases to judge
    MISSING = "missing"  # no value: never zero
    SUPPRESSED = "suppressed"  # would tell about fewer than five people
    NO_VERDICT = "no-verdict"  # a value, and nothing to judge it by, or not all of it


class Reason(StrEnum):
    """Why a status is what it is; each has its sentence in `words`."""

    TARGET_MET = "target-met"
    BARELY_MET = "barely-met"
    NEAR_TARGET = "near-target"
    TARGET_MISSED = "target-missed"
    FEW_CASES = "few-cases"
    FEW_RESPONDENTS = "few-respondents"
    SUBTRACTABLE = "subtractable"
    NO_SOURCE = "no-source"
    NO_ROWS = "no-rows"
    NOT_MONITORED = "not-monitored"
    NO_CASES = "no-cases"
    UNDECIDED = "undecided"
    NO_WORD = "no-word"
    NOTHING_BELOW_THE_LINE = "nothing-below-the-line"
    NO_AGREEMENT = "no-agreement"
    NOT_YET_DUE = "not-yet-due"
    NO_PREVIOUS = "no-previous"
    NO_TARGET = "no-target"
    GAP = "gap"
    RUNNING = "running"
    UNKNOWN_TIME = "unknown-time"
    FAULTY = "faulty"


class LeftOut(StrEnum):
    """Why a row of the quarter is not among the cases of an indicator."""

    FILTERED = "filtered"  # `where` does not hold
    UNDECIDED = "undecided"  # the row does not say what `where` asks
    UNKNOWN_WORD = "unknown-word"  # nobody knows what the word of the row means
    NOT_APPLICABLE = "not-applicable"  # no value: not an answer, and never 0
    OFF_SCALE = "off-scale"  # no whole number from 0 to 10, for a net promoter score
    OUTSIDE = "outside-denominator"
    NO_TARGET = "no-target"  # no agreement promises anything for this case
    NOT_YET_DUE = "not-yet-due"  # unfinished, and still within its time
    ENDS_BEFORE_START = "ends-before-start"
    PLANNED = "planned"
    NO_ELIGIBLE = "no-eligible"
    NOT_LAST_DAY = "not-last-day"  # coverage is read on the last day of the quarter that has a count


class Scope(NamedTuple):
    """What a measurement is about: everything, or one service, segment or client; '' stands for all of them.

    `part` is the value of a field, as 'priority=p1', of a definition that is measured by one.

    A tuple, since every figure is found and put in order by its scope.
    """

    service: str = ""
    segment: str = ""
    client: str = ""
    part: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it names: 'service', 'segment', 'client', or the field."""
        named = (self.service and "service", self.segment and "segment", self.client and "client")
        return tuple(filter(None, (*named, self.part.partition("=")[0])))

    def __str__(self) -> str:
        field, _, value = self.part.partition("=")
        named = (
            ("service", self.service),
            ("segment", self.segment),
            ("client", self.client),
            (field, value),
        )
        return ", ".join(f"{kind} {name}" for kind, name in named if name) or "everything"


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A 95 % confidence interval in the unit of the indicator, and how it was computed."""

    low: Fraction
    high: Fraction
    method: str


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


ExactNumber: TypeAlias = Annotated[
    Decimal | Annotated[Fraction, PlainSerializer(_ratio, when_used="json")],
    Field(union_mode="left_to_right"),
]
"""A number as it was written, or worked out: JSON tells '4' from '4/1'."""


@dataclass(frozen=True, slots=True)
class TargetInForce:
    """What is aimed at in the quarter, in the unit of the indicator; `from_agreements` when no definition says it."""

    value: ExactNumber
    from_agreements: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change against another quarter, in the unit of the indicator; no change is claimed unless significant."""

    quarter: Period
    value: Fraction
    change: Change

    @property
    def significant(self) -> bool:
        """True when a test tells the change from chance."""
        return self.change.significant


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """How many answers of each sort a net promoter score is made of."""

    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """How the values behind a measurement are distributed: `counts` between `edges`, which are one more.

    The last bin holds all that lies beyond when it `is_open`. Values are in the unit of the indicator or, when it
    `is_of_limit`, what cases took in per cent of what was promised. Median and p90 are told where n counts no people.
    """

    edges: tuple[Fraction, ...]
    counts: tuple[int, ...]
    is_open: bool = False
    is_of_limit: bool = False
    median: Fraction | None = None
    p90: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One indicator, quarter and scope.

    `value`, `numerator` and `denominator` are exact, `value` in the unit of the indicator (95 for 95 per cent).
    What is suppressed is absent: no value, parts, counts, interval or comparison. `closed_on` is the day on which the
    quarter was closed, and the figure with it.
    """

    indicator: str
    quarter: Period
    scope: Scope
    status: Status
    reason: Reason
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int | None = None
    respondents: int | None = None
    deviation: Fraction | None = None
    interval: Uncertainty | None = None
    target: TargetInForce | None = None
    previous: Comparison | None = None
    year_ago: Comparison | None = None
    control: ControlLimits | None = None
    left_out: tuple[tuple[LeftOut, int], ...] = ()
    is_provisional: bool = False
    parts: ScoreParts | None = None
    closed_on: date | None = None
    histogram: Histogram | None = None

    @property
    def key(self) -> tuple[str, Period, Scope]:
        """What tells it from the others; also the order in which they come."""
        return self.indicator, self.quarter, self.scope

    @property
    def has_value(self) -> bool:
        """True when there is a number to show."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Measurements:
    """Every measurement, by indicator, quarter and scope, in that order; and the definitions they come from."""

    all: tuple[Measurement, ...]
    indicators: Mapping[str, Indicator]
    quarters: tuple[Period, ...]
    _by_key: Mapping[tuple[str, Period, Scope], Measurement] = field(init=False, repr=False, compare=False)
    _by_indicator: Mapping[str, tuple[Measurement, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.all, key=lambda m: m.key))
        groups = groupby(ordered, key=lambda m: m.indicator)
        object.__setattr__(self, "all", ordered)
        object.__setattr__(self, "_by_key", {m.key: m for m in ordered})
        object.__setattr__(self, "_by_indicator", {name: tuple(group) for name, group in groups})

    def __iter__(self) -> Iterator[Measurement]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, indicator: str, quarter: Period, scope: Scope = EVERYTHING) -> Measurement | None:
        """The measurement, or None when that scope was never seen."""
        return self._by_key.get((indicator, quarter, scope))

    def of(
        self, indicator: str | None = None, quarter: Period | None = None, scope: Scope | None = None
    ) -> tuple[Measurement, ...]:
        """Those of an indicator, a quarter, a scope, or any of these together."""
        among = self.all if indicator is None else self._by_indicator.get(indicator, ())
        return tuple(m for m in among if quarter in (None, m.quarter) and (scope is None or m.scope == scope))

    def series(self, indicator: str, scope: Scope = EVERYTHING) -> tuple[Measurement | None, ...]:
        """One measurement for each of `quarters`, the oldest first; None where that scope was never seen."""
        return tuple(self.get(indicator, quarter, scope) for quarter in self.quarters)

    def over(self, quarters: Iterable[Period]) -> Measurements:
        """Those of `quarters`, as if no other had been measured."""
        wanted = frozenset(quarters)
        return Measurements(
            tuple(m for m in self.all if m.quarter in wanted),
            self.indicators,
            tuple(quarter for quarter in self.quarters if quarter in wanted),
        )

    def scopes(self, indicator: str) -> tuple[Scope, ...]:
        """Every scope in which the indicator was measured, in order."""
        return tuple(sorted({m.scope for m in self.of(indicator)}))


def withhold(measurement: Measurement, reason: Reason = Reason.SUBTRACTABLE) -> Measurement:
    """The same measurement without anything that tells its value."""
    return Measurement(
        indicator=measurement.indicator,
        quarter=measurement.quarter,
        scope=measurement.scope,
        status=Status.SUPPRESSED,
        reason=reason,
        target=measurement.target,
        is_provisional=measurement.is_provisional,
        closed_on=measurement.closed_on,
    )


def target_in_force(targets: tuple[IndicatorTarget, ...], quarter: Period) -> TargetInForce | None:
    """The target of a definition that holds on the last day of the quarter; the one written last wins."""
    day = quarter.last_day
    valid = [target for target in targets if in_force(day, target)]
    return TargetInForce(valid[-1].value) if valid else None
