"""Verdicts: measurements and their definitions in; what they let one say of a target and of a change, out.

Whether there are cases enough to judge a value is decided where it is measured; what a reader is told of it, here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from comptoir.measure.types import Comparison, Measurement, Reason
from comptoir.model.agreements import Target
from comptoir.model.metrics import Indicator, IndicatorKind


class Verdict(StrEnum):
    """What a measurement lets one say of its target."""

    KEPT = "kept"
    BARELY = "barely"  # kept, and so near the target that chance or a little more would miss it
    NEAR = "near"  # missed by little, or by no more than chance explains
    MISSED = "missed"
    INDICATIVE = "indicative"  # too few cases
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NO_TARGET = "no-target"
    NO_VERDICT = "no-verdict"  # something is aimed at, and the value cannot be held against it

    @property
    def is_judged(self) -> bool:
        """True for a verdict on a target; without one a measurement may still have a value to show."""
        return self in GRAVITY

    @property
    def is_kept(self) -> bool:
        """True on the right side of the target, near it or not."""
        return self in (Verdict.KEPT, Verdict.BARELY)


GRAVITY: Final = (Verdict.MISSED, Verdict.NEAR, Verdict.BARELY, Verdict.KEPT)
"""The one scale of what is judged, the gravest first."""
_OF_REASON: Final[Mapping[Reason, Verdict]] = MappingProxyType(
    {
        Reason.TARGET_MET: Verdict.KEPT,
        Reason.BARELY_MET: Verdict.BARELY,
        Reason.NEAR_TARGET: Verdict.NEAR,
        Reason.TARGET_MISSED: Verdict.MISSED,
        Reason.NO_TARGET: Verdict.NO_TARGET,
    }
)


UNJUDGED: Final = frozenset({Verdict.NO_TARGET, Verdict.NO_VERDICT})
"""The verdicts on a value that stands as it is: nothing holds it against an aim."""


class ChangeSeen(StrEnum):
    """What a comparison lets one say."""

    NOTHING_BEFORE = "nothing-before"
    UNTESTED = "untested"  # no test is made for such values: nothing is claimed
    NO_CHANGE = "no-change"  # none that a test tells from chance
    RISE = "rise"
    FALL = "fall"


def verdict_of(measurement: Measurement) -> Verdict:
    """The verdict on a measurement."""
    found = _OF_REASON.get(measurement.reason)
    return Verdict(measurement.status.value) if found is None else found


def is_judged(measurement: Measurement | None) -> bool:
    """True for a measurement that there is a verdict on."""
    return measurement is not None and verdict_of(measurement).is_judged


def is_shown(measurement: Measurement | None) -> bool:
    """True where there is a value, or one that is withheld: what was measured, whether or not a reader sees it."""
    return measurement is not None and (
        measurement.has_value or verdict_of(measurement) is Verdict.SUPPRESSED
    )


def judged_of(measurements: Iterable[Measurement | None]) -> tuple[Measurement, ...]:
    """Those that there is a verdict on."""
    return tuple(m for m in measurements if m is not None and is_judged(m))


def gravest(measurements: Iterable[Measurement]) -> Verdict:
    """The gravest verdict of several; no verdict where none can be judged."""
    verdicts = {verdict_of(measurement) for measurement in measurements}
    return next((verdict for verdict in GRAVITY if verdict in verdicts), Verdict.NO_VERDICT)


def keeps_target(measurement: Measurement | None) -> bool | None:
    """Whether the value is on the right side of its target, near it or not; None where it cannot be judged."""
    return verdict_of(measurement).is_kept if measurement is not None and is_judged(measurement) else None


def kept_of(measurements: Iterable[Measurement | None]) -> tuple[Measurement, ...]:
    """Those on the right side of their target, near it or not."""
    return tuple(m for m in judged_of(measurements) if keeps_target(m))


def judges(indicator: Indicator, measurement: Measurement, target: Target) -> bool:
    """True when the verdict on a measurement is one on the very promise `target`, and not on another aim."""
    if not is_judged(measurement) or measurement.target is None:
        return False
    if indicator.kind is IndicatorKind.WITHIN_TARGET:
        promised = target.share if target.share is not None else Decimal(100)
        same = (indicator.priority, indicator.request_item) == (target.priority, target.request_item)
        return same and measurement.target.value == promised
    return indicator.unit.value == target.unit.value and measurement.target.value == target.value


def judges_promise(indicator: Indicator, measurement: Measurement, targets: Iterable[Target]) -> bool:
    """False where the verdict is one on an aim of the definition that none of these promises has."""
    aimed = measurement.target
    if not is_judged(measurement) or aimed is None or aimed.from_agreements:
        return True
    return any(judges(indicator, measurement, target) for target in targets)


def change_seen(comparison: Comparison | None) -> ChangeSeen:
    """Which change a comparison shows: a rise or a fall only where a test tells it from chance."""
    if comparison is None:
        return ChangeSeen.NOTHING_BEFORE
    if not comparison.change.is_tested:
        return ChangeSeen.UNTESTED
    if not comparison.significant or not comparison.change.difference:
        return ChangeSeen.NO_CHANGE
    return ChangeSeen.RISE if comparison.change.difference > 0 else ChangeSeen.FALL


def is_better(indicator: Indicator, comparison: Comparison | None) -> bool | None:
    """True or False for a change that a test tells from chance; None for any other, or where neither way is better."""
    seen = change_seen(comparison)
    if seen not in (ChangeSeen.RISE, ChangeSeen.FALL) or indicator.direction.higher_is_better is None:
        return None
    return (seen is ChangeSeen.RISE) is indicator.direction.higher_is_better


def compared_of(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Those that a test compares with the quarter before."""
    untested = (ChangeSeen.NOTHING_BEFORE, ChangeSeen.UNTESTED)
    return tuple(m for m in measurements if change_seen(m.previous) not in untested)


def changed_of(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Those that changed since the quarter before by more than chance explains; what is indicative proves nothing."""
    changed = (ChangeSeen.RISE, ChangeSeen.FALL)
    return tuple(
        m
        for m in measurements
        if change_seen(m.previous) in changed and verdict_of(m) is not Verdict.INDICATIVE
    )
