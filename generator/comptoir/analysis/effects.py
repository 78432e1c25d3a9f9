"""Effects of actions: an action and measurements in; what was measured before it, when it was done and since, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from comptoir.measure.comparing import compare_measurements
from comptoir.measure.statistics import Change
from comptoir.measure.types import Measurement, Measurements, Scope
from comptoir.model.customers import Action, Effect
from comptoir.model.terms import ActionStatus
from comptoir.periods import Period


class EffectState(StrEnum):
    """What the measurements allow to say of an expected effect."""

    NOT_YET = "not-yet"  # no whole quarter has passed since
    NO_MEASURE = "no-measure"  # no value before the action, or none since
    REACHED = "reached"
    CLOSER = "closer"  # a test tells the change from chance, and it goes the right way
    NO_CHANGE = "no-change"  # none that a test tells from chance
    UNTESTED = "untested"  # a total, or another value that no test is made for: nothing is claimed
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class MeasuredEffect:
    """The effect of an action up to a quarter. Measurements are None where there is none for that scope.

    `before` is the last whole quarter before the action began, `at_done` the quarter in which it was done, `last` the
    one up to which the effect is told; `change` is that from before to last, `measurable_from` the first whole quarter
    since the action was done (or began, while it is under way).
    """

    effect: Effect
    state: EffectState
    measurable_from: Period
    before: Measurement | None = None
    at_done: Measurement | None = None
    last: Measurement | None = None
    change: Change | None = None


def measure_effect(action: Action, measurements: Measurements, quarter: Period) -> MeasuredEffect | None:
    """The effect of `action` measured up to `quarter`; None when it names no indicator that is measured, was dropped,
    or has not begun by a day that the plan says."""
    effect, began = action.effect, action.start or action.done
    if effect is None or began is None or action.status is ActionStatus.CANCELLED:
        return None
    if effect.indicator not in measurements.indicators:
        return None
    scope = scope_of_effect(effect)
    since = first_whole(quarter, action.done or began)
    before = measurements.get(effect.indicator, quarter.around(began).previous, scope)
    done = quarter.around(action.done) if action.done and quarter.around(action.done) <= quarter else None
    at_done = measurements.get(effect.indicator, done, scope) if done else None
    if quarter < since or action.status is ActionStatus.PLANNED:
        return MeasuredEffect(effect, EffectState.NOT_YET, since, before, at_done)
    last = measurements.get(effect.indicator, quarter, scope)
    if before is None or last is None or before.value is None or last.value is None:
        return MeasuredEffect(effect, EffectState.NO_MEASURE, since, before, at_done, last)
    change = compare_measurements(before, last)
    return MeasuredEffect(effect, _judge(effect, last.value, change), since, before, at_done, last, change)


def first_whole(like: Period, day: date) -> Period:
    """The first period of the kind of `like` that begins on `day` or later."""
    found = like.around(day)
    return found if found.first_day == day else found.shift(1)


def scope_of_effect(effect: Effect) -> Scope:
    """What the effect is about; everything when it names nothing."""
    return Scope(effect.service or "", effect.segment or "", effect.client or "")


def _judge(effect: Effect, value: Fraction, change: Change) -> EffectState:
    way = 1 if effect.to > effect.before else -1
    if way * (value - Fraction(effect.to)) >= 0:
        return EffectState.REACHED
    if not change.is_tested:
        return EffectState.UNTESTED
    if not change.significant or not change.difference:
        return EffectState.NO_CHANGE
    return EffectState.CLOSER if way * change.difference > 0 else EffectState.WORSE
