"""Retention: the clients of each quarter in; who stayed, left, came and came back, by quarter and by cohort, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from comptoir.measure.statistics import Proportion, estimate_proportion
from comptoir.periods import Period

Presence = Mapping[Period, Collection[str]]  # the clients of each quarter that is known


@dataclass(frozen=True, slots=True)
class Movement:
    """The clients of a quarter against those of the quarter before, by name.

    `retention` and `attrition` are shares of those of the quarter before, and add up to 1; no value without any.
    """

    quarter: Period
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    new: tuple[str, ...]
    returned: tuple[str, ...]
    retention: Proportion
    attrition: Proportion


@dataclass(frozen=True, slots=True)
class CohortStage:
    """A cohort so many quarters after it began: how many of it are clients then, with Wilson's interval."""

    age: int
    quarter: Period
    retention: Proportion


@dataclass(frozen=True, slots=True)
class Cohort:
    """The clients first seen in a quarter, and what became of them, from age 0 (all of them) to the last known.

    `is_first` for the first quarter known: its clients may have been there long before.
    """

    quarter: Period
    clients: tuple[str, ...]
    is_first: bool
    stages: tuple[CohortStage, ...]


def measure_movement(presence: Presence, quarter: Period) -> Movement | None:
    """Who stayed, left, came and came back in `quarter`; none unless it and the quarter before are known.

    attrition = lost ∕ clients of the quarter before; retention = 1 − attrition. `returned` were clients before, and
    not in the quarter before. A quarter that is not known is not one without clients. Source: docs/methods.md,
    Retention.
    """
    if quarter not in presence or quarter.previous not in presence:
        return None
    now, before = set(presence[quarter]), set(presence[quarter.previous])
    earlier = {name for other, names in presence.items() if other < quarter for name in names}
    kept, lost = now & before, before - now
    return Movement(
        quarter,
        tuple(sorted(kept)),
        tuple(sorted(lost)),
        tuple(sorted(now - earlier)),
        tuple(sorted((now & earlier) - before)),
        estimate_proportion(len(kept), len(before)),
        estimate_proportion(len(lost), len(before)),
    )


def follow_cohorts(presence: Presence) -> tuple[Cohort, ...]:
    """Each quarter's new clients, the oldest cohort first, at each known quarter since.

    A client belongs to the cohort of the first quarter in which it is seen, and to no other; one that comes back
    counts again from then. Retention at age k = clients of the cohort who are clients k quarters later ∕ the
    cohort. Quarters that brought nobody new have no cohort, quarters that are not known no stage.
    """
    known = sorted(presence)
    seen: set[str] = set()
    cohorts = []
    for quarter in known:
        members = set(presence[quarter]) - seen
        seen |= members
        if members:
            stages = tuple(
                CohortStage(
                    _quarters_from(quarter, later),
                    later,
                    estimate_proportion(len(members & set(presence[later])), len(members)),
                )
                for later in known
                if later >= quarter
            )
            cohorts.append(Cohort(quarter, tuple(sorted(members)), quarter == known[0], stages))
    return tuple(cohorts)


def _quarters_from(first: Period, last: Period) -> int:
    return (last.start - first.start) // first.length
