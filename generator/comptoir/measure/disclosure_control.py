"""Disclosure control: how many people are behind each cell of one quarter in, the cells that must not be shown out.

Primary suppression: a cell of one to four people is never shown. Secondary suppression: cells add up (segments and
services to the total, both within each other, clients to theirs), so further cells are withheld until differencing
does not lead to so few either, by whatever sums and differences of what is shown.

Two dimensions with their margins are a graph: each shown margin is a node, what is hidden of a margin an edge to the
ground of its dimension, each hidden cell an edge between its two margins. What shown cells tell by addition and
subtraction are the differences of numbers at the nodes, so a group of people can be singled out exactly when it is a
cut of that graph, and small cuts are found fast (docs/methods.md, Few people).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from comptoir.measure.cuts import Roots, joined, small_cuts
from comptoir.measure.tallies import is_known
from comptoir.measure.types import EVERYTHING, Scope

LEAST: Final = 5
DIMENSIONS: Final = Scope._fields
_MOST_AGAIN: Final = 64  # withheld cells of which each is tried again

WhoByCell = Mapping[Scope, frozenset[str]]


def suppress(
    people: Mapping[Scope, int],
    names: WhoByCell | None = None,
    hidden: Collection[Scope] = frozenset(),
) -> tuple[frozenset[Scope], frozenset[Scope]]:
    """The cells of too few people (primary), and those withheld so that differencing leads to none (secondary).

    `people` holds every cell in which there is anyone: all breakdowns by one or two dimensions, those of unknown names
    and those that are never published included. Where somebody is in several parts of a whole, `names` tells who is
    in the cells of fewer than five people in two dimensions; without it, they are taken to be the same people.
    `hidden` are cells that are not shown for other reasons.
    """
    people = {scope: count for scope, count in people.items() if count > 0}
    small = frozenset(scope for scope, count in people.items() if count < LEAST)
    given = small | frozenset(hidden) | {scope for scope in people if not is_published(scope)}
    if small and len(given) < len(people):
        tables = _tables(people, names)
        withheld = _protect(tables, people, set(given))
        if len(withheld) <= _MOST_AGAIN:
            withheld = _show_again(tables, people, given, withheld)
    else:
        withheld = set()
    return frozenset(filter(is_published, small)), frozenset(withheld)


def needs_names(people: Mapping[Scope, int]) -> bool:
    """True when there are cells of few people by two dimensions, and somebody is in several cells."""
    by: dict[tuple[bool, ...], list[int]] = {}
    for scope, count in people.items():
        if count and len(named := tuple(map(bool, scope))) - named.count(False) == 2:
            by.setdefault(named, []).append(count)
    total = people.get(EVERYTHING, 0)
    return any(sum(counts) != total and min(counts) < LEAST for counts in by.values())


def is_published(scope: Scope) -> bool:
    """True for a cell of a breakdown that is shown: not of unknown names, nor of clients or fields within segments."""
    alone = sum(map(bool, scope)) == 1
    return is_known(scope) and (alone or not (scope.client or scope.part))


def rank(scope: Scope, people: Mapping[Scope, int]) -> tuple[bool, int, Scope]:
    """Which cell to withhold first: that of fewest people, and of several the first; the total last."""
    return scope == EVERYTHING, people[scope], scope


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells of the total by two dimensions, or by one; `few` are the people of small cells who are in several."""

    dimensions: tuple[str, ...]
    margins: Mapping[Scope, tuple[Scope, Scope]]  # cell → what it adds up to in each; by one, the total twice
    few: Mapping[str, tuple[Scope, ...]]  # someone → the cells where he is one of fewer than five
    alone: Mapping[Scope, int]  # people of a small cell who are in no other
    whole: tuple[Scope, ...]  # all margins but the total


def _tables(people: Mapping[Scope, int], names: WhoByCell | None) -> tuple[_Table, ...]:
    by: dict[tuple[str, ...], list[Scope]] = {}
    for scope in sorted(people):
        by.setdefault(tuple(d for d in DIMENSIONS if getattr(scope, d)), []).append(scope)
    pairs = [pair for pair in combinations(DIMENSIONS, 2) if pair in by]
    single = [(d,) for d in DIMENSIONS if (d,) in by and not any(d in pair for pair in pairs)]
    return tuple(_table(dimensions, by[dimensions], people, names) for dimensions in (*pairs, *single))


def _table(
    dimensions: tuple[str, ...], cells: list[Scope], people: Mapping[Scope, int], names: WhoByCell | None
) -> _Table:
    if len(dimensions) == 1:
        margins = dict.fromkeys(cells, (EVERYTHING, EVERYTHING))
    else:
        first, second = dimensions
        margins = {cell: (cell._replace(**{second: ""}), cell._replace(**{first: ""})) for cell in cells}
    whole = tuple(sorted({margin for both in margins.values() for margin in both} - {EVERYTHING}))
    small = [cell for cell in cells if people[cell] < LEAST]
    if sum(people[cell] for cell in cells) == people.get(EVERYTHING, 0):  # nobody is in two of them
        return _Table(dimensions, margins, {}, {cell: people[cell] for cell in small}, whole)
    where: dict[str, list[Scope]] = {}
    alone = {}
    for cell in small:
        who = None if names is None else names.get(cell, frozenset())
        for one in map(str, range(people[cell])) if who is None else sorted(who):
            where.setdefault(one, []).append(cell)
        alone[cell] = people[cell] - len(who) if who is not None else 0
    few = {one: tuple(found) for one, found in sorted(where.items())}
    return _Table(dimensions, margins, few, alone, whole)


def _protect(tables: tuple[_Table, ...], people: Mapping[Scope, int], hidden: set[Scope]) -> set[Scope]:
    """The cells to withhold besides `hidden` ones."""
    withheld: set[Scope] = set()
    while True:
        known = _known(tables, people, hidden)
        more: set[Scope] = set()
        for table in tables:
            for uses in _exposing(table, people, hidden, known):
                if more.isdisjoint(uses):
                    more.add(min(uses, key=lambda scope: rank(scope, people)))
        if not more:
            return withheld
        withheld |= more
        hidden = hidden | more


def _show_again(
    tables: tuple[_Table, ...], people: Mapping[Scope, int], given: frozenset[Scope], withheld: set[Scope]
) -> set[Scope]:
    """The withheld cells without those that the others made needless, of most people first."""
    kept = set(withheld)
    for cell in (
        sorted(withheld, key=lambda scope: rank(scope, people), reverse=True) if len(kept) > 1 else ()
    ):
        hidden = given | (kept - {cell})
        known = _known(tables, people, hidden)
        if not any(True for table in tables for _ in _exposing(table, people, hidden, known)):
            kept.remove(cell)
    return kept


def _exposing(
    table: _Table, people: Mapping[Scope, int], hidden: Collection[Scope], known: frozenset[Scope]
) -> Iterator[set[Scope]]:
    """For each group of fewer than five people that can be singled out: the shown cells, one of which to withhold."""
    if not table.few and not table.alone:
        return
    graph = _Graph(table, known)
    roots = Roots()
    edges: dict[Scope, frozenset[int]] = {}
    for cell in table.margins:
        if cell in hidden:
            edges[cell] = frozenset(graph.ends(cell))
            if people[cell] >= LEAST:
                roots.join(*edges[cell])

    def together(nodes: frozenset[int]) -> frozenset[int]:
        return frozenset(map(roots.of, nodes))

    held = [(together(edges[cell]), count) for cell, count in table.alone.items() if cell in edges and count]
    for cells in table.few.values():
        nodes = _first_part([edges[cell] for cell in cells if cell in edges])
        held.append((together(nodes), 1))
        held += [(together(edges[cell]), 0) for cell in cells if cell in edges and not edges[cell] <= nodes]
    connected = Roots()
    for edge in edges.values():
        connected.join(*edge)
    for side in small_cuts(joined(held), LEAST):
        inside = {node for node in graph.nodes() if roots.of(node) in side}
        yield graph.used(inside, people, hidden, connected)


def _first_part(edges: list[frozenset[int]]) -> frozenset[int]:
    """The nodes that the edges of one person hold together; of edges apart, those of the first: one person counts once."""
    nodes: frozenset[int] = frozenset()
    while more := [edge for edge in edges if not nodes or (edge & nodes and not edge <= nodes)]:
        nodes = nodes.union(*(more if nodes else more[:1]))
    return nodes


class _Graph:
    """The graph of a table: two grounds, one where the total is not known, and a node for each known margin."""

    def __init__(self, table: _Table, known: frozenset[Scope]) -> None:
        self._table, self._known = table, known
        self._grounds = (0, 1 if EVERYTHING in known else 0)
        self._number = {m: number for number, m in enumerate((m for m in table.whole if m in known), 2)}

    def nodes(self) -> Iterator[int]:
        """All of them."""
        yield from self._grounds
        yield from self._number.values()

    def ends(self, cell: Scope) -> tuple[int, int]:
        """The two nodes between which a cell stands."""
        first, second = self._table.margins[cell]
        return self._number.get(first, self._grounds[0]), self._number.get(second, self._grounds[1])

    def used(
        self, inside: set[int], people: Mapping[Scope, int], hidden: Collection[Scope], connected: Roots
    ) -> set[Scope]:
        """The shown cells that lead to what is between `inside` and the rest: first those whose absence prevents it."""
        shown = [cell for cell in self._table.margins if cell not in hidden]
        crossing = {cell for cell in shown if len(inside.intersection(self.ends(cell))) == 1}
        if len(self._table.dimensions) == 1:
            crossing = set(shown)
        parts = {connected.of(node) for node in inside}
        level = [ground in inside for ground in self._grounds]
        margins: dict[bool, set[Scope]] = {True: set(), False: set()}
        for margin, node in self._number.items():
            side = self._table.dimensions.index(next(d for d in DIMENSIONS if getattr(margin, d)))
            if (node in inside) != level[side] and margin not in hidden:
                margins[connected.of(node) in parts].add(margin)
        total = {EVERYTHING} - set(hidden) if level[0] != level[1] else set()
        found = crossing | margins[True] or margins[False] or total
        return found or {scope for scope in people if scope not in hidden}


def _known(
    tables: tuple[_Table, ...], people: Mapping[Scope, int], hidden: Collection[Scope]
) -> frozenset[Scope]:
    """The margins that are shown, and those that a table gives away: another table then has them too."""
    known = frozenset(scope for scope in people if scope not in hidden)
    while len(tables) > 1:
        more = {m for table in tables for m in _given_away(table, hidden, known)} - known
        if not more:
            break
        known |= more
    return known


def _given_away(table: _Table, hidden: Collection[Scope], known: frozenset[Scope]) -> Iterator[Scope]:
    """The unknown margins, and the total, that follow from what the table shows."""
    if len(table.dimensions) < 2 or (EVERYTHING in known and known.issuperset(table.whole)):
        return
    cells = [cell for cell in table.margins if cell in hidden]
    if EVERYTHING not in known:
        apart, roots = _Graph(table, known | {EVERYTHING}), Roots()
        for cell in cells:
            roots.join(*apart.ends(cell))
        if roots.of(0) != roots.of(1):
            yield EVERYTHING
    graph = _Graph(table, known)
    for side in (0, 1):
        roots = Roots()
        beside: dict[Scope, list[int]] = {}
        for cell in cells:
            if (margin := table.margins[cell][side]) in known:
                roots.join(*graph.ends(cell))
            else:
                beside.setdefault(margin, []).append(graph.ends(cell)[1 - side])
        sharing: dict[int, set[Scope]] = {}
        for margin, nodes in beside.items():
            for node in nodes:
                sharing.setdefault(roots.of(node), set()).add(margin)
        if EVERYTHING not in known:
            sharing.setdefault(roots.of(1 - side), set()).add(EVERYTHING)  # what is unknown there too
        whole = {margins[side] for margins in table.margins.values()} - known
        for margin in sorted(whole):
            if all(sharing[roots.of(node)] == {margin} for node in beside.get(margin, ())):
                yield margin
