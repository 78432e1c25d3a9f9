"""Subtraction: cells that must stay secret in, the cells to withhold so that none of them follows from the others out.

Here cells of any number of cases are secret, for whom they are about; `disclosure_control` protects few people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from comptoir.measure.disclosure_control import rank
from comptoir.measure.tallies import UNKNOWN
from comptoir.measure.types import Scope

_TRIES: Final = 8  # cells tried for the one that protects best
_PRIME: Final = 2**61 - 1  # arithmetic of the sums is exact enough modulo a prime of this size


@dataclass(frozen=True, slots=True)
class _Sum:
    """A cell and the cells that add up to it."""

    whole: Scope
    dimension: str  # named in the parts, not in the whole
    parts: tuple[Scope, ...]

    @property
    def cells(self) -> tuple[Scope, ...]:
        """All of it."""
        return self.whole, *self.parts


def withhold_beside(cases: Mapping[Scope, int], secret: frozenset[Scope]) -> frozenset[Scope]:
    """The cells to withhold besides `secret` ones, so that these cannot be subtracted back from what is left.

    `cases` holds every cell that has a value, the secret ones included, and how many cases are behind it. Cases that
    are in none of the parts of a whole name nothing known: nobody is shown them.
    """
    rest = {
        one.whole._replace(**{one.dimension: UNKNOWN}): cases[one.whole]
        - sum(cases[part] for part in one.parts)
        for one in _sums(cases)
    }
    every = {**{scope: count for scope, count in rest.items() if count > 0}, **cases}
    sums, hidden = _sums(every), secret | (every.keys() - cases.keys())
    while more := _protect_cells(sums, every, set(hidden), secret):
        hidden |= more
    return frozenset(hidden & cases.keys()) - secret


def _sums(people: Mapping[Scope, int]) -> tuple[_Sum, ...]:
    """Every way in which cells add up to another: one more dimension is named in the parts."""
    groups: dict[tuple[Scope, str], list[Scope]] = {}
    for scope in sorted(people):
        for dimension in Scope._fields:
            if getattr(scope, dimension):
                whole = scope._replace(**{dimension: ""})
                if whole in people:
                    groups.setdefault((whole, dimension), []).append(scope)
    return tuple(_Sum(whole, dimension, tuple(parts)) for (whole, dimension), parts in sorted(groups.items()))


def _protect_cells(
    sums: tuple[_Sum, ...], people: Mapping[Scope, int], hidden: set[Scope], small: frozenset[Scope]
) -> set[Scope]:
    """A cell to withhold for a small one that all the sums together give away."""
    exposed = _determined(sums, hidden) & small
    if not exposed:
        return set()
    near = _shown_near(sums, exposed, hidden)
    if not near:  # given away by sums further off: withhold what these still show
        near = _shown_near(sums, {scope for one in _around(sums, exposed) for scope in one.cells}, hidden)
    order = sorted(near or _shown_near(sums, hidden, hidden), key=lambda scope: rank(scope, people))
    for cell in order[:_TRIES]:
        if len(_determined(sums, hidden | {cell}) & small) < len(exposed):
            return {cell}
    return set(order[:1])


def _around(sums: Iterable[_Sum], cells: Collection[Scope]) -> Iterator[_Sum]:
    return (one for one in sums if any(scope in cells for scope in one.cells))


def _shown_near(sums: Iterable[_Sum], cells: Collection[Scope], hidden: set[Scope]) -> set[Scope]:
    """What is shown in the sums that hold one of `cells`."""
    return {scope for one in _around(sums, cells) for scope in one.cells if scope not in hidden}


def _determined(sums: Iterable[_Sum], hidden: set[Scope]) -> set[Scope]:
    """The hidden cells whose value follows from the sums and all the cells that are shown.

    The sums are linear equations in the hidden cells; solved by elimination, a cell is determined when its own
    equation holds no other cell.
    """
    solved: dict[Scope, dict[Scope, int]] = {}
    for one in sums:
        row: dict[Scope, int] = {}
        for scope, sign in ((one.whole, 1), *((part, -1) for part in one.parts)):
            if scope in hidden:
                row[scope] = (row.get(scope, 0) + sign) % _PRIME
        for pivot in [scope for scope in row if scope in solved]:
            _subtract(row, solved[pivot], row.get(pivot, 0))
        row = {scope: value for scope, value in row.items() if value}
        if not row:
            continue
        pivot = min(row)
        inverse = pow(row[pivot], -1, _PRIME)
        row = {scope: value * inverse % _PRIME for scope, value in row.items()}
        for other in solved.values():
            if other.get(pivot):
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if not any(row[scope] for scope in row if scope != pivot)}


def _subtract(row: dict[Scope, int], other: Mapping[Scope, int], times: int) -> None:
    """row − times · other, in place."""
    for scope, value in other.items():
        left = (row.get(scope, 0) - times * value) % _PRIME
        if left:
            row[scope] = left
        else:
            row.pop(scope, None)
