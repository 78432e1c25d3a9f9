"""Seeded chance: a generator of random numbers and wanted figures in, draws that come close to them out."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import NormalDist
from typing import Final, TypeVar

T = TypeVar("T")
_NORMAL: Final = NormalDist()


class Quota:
    """Yes or no, so that the share of yes of each key stays within one case of what was asked for."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._carried: dict[tuple[object, ...], float] = {}

    def draw(self, share: float, *key: object) -> bool:
        """The next answer of `key`."""
        carried = self._carried.get(key)
        carried = (self._random.random() if carried is None else carried) + share
        self._carried[key] = carried - int(carried)
        return carried >= 1


def pick(random: Random, weights: dict[T, float]) -> T:
    """One of the keys, in proportion to its weight."""
    return random.choices(list(weights), list(weights.values()))[0]


def spread(random: Random, total: float, weights: Sequence[float]) -> list[int]:
    """Whole numbers that add up to `total`, in proportion to `weights`."""
    scale = total / sum(weights)
    carried, counts = random.random(), []
    for weight in weights:
        carried += weight * scale
        counts.append(int(carried))
        carried -= int(carried)
    return counts


def scores(random: Random, count: int, mean: float, scale: tuple[int, int], deviation: float) -> list[int]:
    """Scores on a scale of whole numbers, in no order, whose mean is as near to `mean` as they allow."""
    low, high = scale
    draws = [_NORMAL.inv_cdf((i + 0.1 + 0.8 * random.random()) / count) * deviation for i in range(count)]
    below, above = low - 3 * deviation, high + 3 * deviation
    for _ in range(40):
        centre = (below + above) / 2
        found = [min(high, max(low, round(centre + draw))) for draw in draws]
        below, above = (centre, above) if sum(found) < mean * count else (below, centre)
    random.shuffle(found)
    return found
