"""What goes on the poster when there is no room for everything: families with their services, and how many, in; those kept out.

Services are left out of the family that shows most of them, beginning with those asked for least; so families stay as long
as there are no more of them than there is room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.model.services import Family, Service
from comptoir.model.terms import Lifecycle
from comptoir.problems import Problem, Severity

RULE: Final = "left-out"
_RANKS: Final = {Lifecycle.LIVE: 0, Lifecycle.PIPELINE: 1, Lifecycle.RETIRING: 2, Lifecycle.RETIRED: 3}


@dataclass(frozen=True, slots=True)
class Shown:
    """A family with the services that the poster shows, by name, and those that it leaves out."""

    family: Family
    services: tuple[Service, ...]
    left_out: tuple[Service, ...] = ()


def choose(
    families: Sequence[tuple[Family, tuple[Service, ...]]], room: int, most_asked: Sequence[str]
) -> tuple[Shown, ...]:
    """The families with `room` services among them, or all if they are fewer; one for which no room is left shows none."""
    counts = [len(services) for _, services in families]
    for _ in range(max(0, sum(counts) - room)):
        counts[max(range(len(counts)), key=lambda i: (counts[i], i))] -= 1
    return tuple(
        _choose(family, services, count, most_asked)
        for (family, services), count in zip(families, counts, strict=True)
        if services
    )


def _choose(family: Family, services: tuple[Service, ...], count: int, most_asked: Sequence[str]) -> Shown:
    rank = {name: place for place, name in enumerate(most_asked)}
    order = sorted(
        range(len(services)),
        key=lambda i: (rank.get(services[i].id, len(rank)), _RANKS[services[i].lifecycle], i),
    )
    kept = set(order[:count])
    return Shown(
        family,
        tuple(service for i, service in enumerate(services) if i in kept),
        tuple(service for i, service in enumerate(services) if i not in kept),
    )


def left_out(chosen: Sequence[Shown], poster: str) -> Iterator[Problem]:
    """A warning for each family of which the poster leaves services out."""
    room = sum(len(shown.services) for shown in chosen)
    for shown in chosen:
        if shown.left_out:
            names = ", ".join(service.id for service in shown.left_out)
            message = f"'{poster}' has room for {room} services; of this family it leaves out {len(shown.left_out)}: {names}"
            yield Problem(shown.family.locate("name"), RULE, message, "", Severity.WARNING)
