"""An adversary of disclosure control: who is behind each cell in; the groups of few people that linear algebra finds, out.

It shares nothing with the program but the meaning of a scope. Every shown value is a sum over the smallest cells; the
rows that add them up span what can be derived. A combination that touches few people tells their answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations, zip_longest

import numpy
from scipy.linalg import null_space
from scipy.optimize import linprog

from comptoir.measure.types import Scope

Atom = tuple[str, ...]  # service, segment, client, and a field; '' where a row names none
People = Mapping[Atom, frozenset[str]]
Kinds = Collection[tuple[int, ...]]


def is_within(atom: Atom, scope: Scope) -> bool:
    """True when the rows of an atom are among those of a scope."""
    return all(not name or name == (part or "?") for name, part in zip_longest(scope, atom, fillvalue=""))


def everyone(people: People, scope: Scope) -> frozenset[str]:
    """Who is behind a scope."""
    return frozenset().union(*(who for atom, who in people.items() if is_within(atom, scope)))


def cells(people: People, kinds: Kinds) -> dict[Scope, frozenset[str]]:
    """Who is behind each cell of the breakdowns: which of service, segment and client each names."""
    found: dict[Scope, frozenset[str]] = {}
    for kind in kinds:
        for atom in people:
            scope = Scope(*(part or "?" if named else "" for part, named in zip(atom, kind, strict=True)))
            found[scope] = everyone(people, scope)
    return {scope: who for scope, who in found.items() if who}


def singled_out(people: People, shown: Collection[Scope], fewest: int = 5) -> frozenset[str] | None:
    """The first group of fewer than `fewest` people of whom something follows from what is shown; None without any.

    What can be derived is orthogonal to the null space: numbers that change no shown value. A combination of a few
    atoms is derived when their rows of it depend on each other.
    """
    atoms = sorted(atom for atom, who in people.items() if who)
    rows = [[float(is_within(atom, scope)) for atom in atoms] for scope in sorted(shown)]
    if not rows:
        return None
    free = null_space(numpy.array(rows))
    few = [i for i, atom in enumerate(atoms) if len(people[atom]) < fewest]
    for size in range(1, fewest):
        groups = [g for g in combinations(few, size) if len(_union(people, atoms, g)) < fewest]
        if groups:
            stacked = free[numpy.array(groups)]
            found = numpy.flatnonzero(numpy.linalg.matrix_rank(stacked, tol=1e-9) < size)
            if found.size:
                return _union(people, atoms, groups[int(found[0])])
    return None


def follows(people: People, shown: Collection[Scope], fewest: int = 5) -> bool:
    """True when shown values sum to numbers of few people for sure, if any atom may have somebody whose two parts do.

    A linear program for each group: a combination that counts nobody else, and nobody less than never.
    """
    pairs = {atom[:2] for atom in people}
    links = {atom[1:] for atom in people}
    atoms = sorted((s, g, c) for s, g in pairs for h, c in links if g == h)
    matrix = numpy.array([[float(is_within(atom, scope)) for atom in atoms] for scope in sorted(shown)])
    few = [i for i, atom in enumerate(atoms) if len(people.get(atom, ())) < fewest and atom in people]
    known = [i for i, atom in enumerate(atoms) if atom in people]
    for size in range(1, fewest if len(shown) else 1):
        for group in combinations(few, size):
            if len(_union(people, atoms, group)) >= fewest:
                continue
            rest = [i for i in known if i not in group]
            free = [i for i in range(len(atoms)) if i not in rest]
            equal = numpy.vstack([matrix[:, rest].T, matrix[:, group].sum(axis=1)[None]])
            right = numpy.append(numpy.zeros(len(rest)), 1)
            found = linprog(
                numpy.zeros(len(matrix)),
                -matrix[:, free].T,
                numpy.zeros(len(free)),
                equal,
                right,
                (None, None),
            )
            if found.status == 0:
                return True
    return False


def _union(people: People, atoms: list[Atom], group: tuple[int, ...]) -> frozenset[str]:
    return frozenset().union(*(people[atoms[i]] for i in group))
