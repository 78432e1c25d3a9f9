"""Small cuts: people as edges between nodes in; the groups of nodes that fewer people than a least number hold, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import pairwise


def small_cuts(edges: Mapping[frozenset[int], int], least: int) -> Iterator[frozenset[int]]:
    """For each connected part that a cut of weight below `least` divides, the nodes on one side of such cuts.

    `edges`: the nodes that an edge holds together → its weight; an edge of more than two nodes is cut when any two of
    them are parted. Nothing comes when every cut of every part weighs `least` or more; when several come, all are
    below `least`. By maximum adjacency orderings (docs/methods.md, Few people); nodes that `least` holds together are
    merged as soon as that is seen.
    """
    for part in _parts(edges):
        yield from _cuts_of(part, least)


def _cuts_of(edges: Mapping[frozenset[int], int], least: int) -> Iterator[frozenset[int]]:
    sides = {node: frozenset((node,)) for edge in edges for node in edge}
    while edges:
        order = _maximum_adjacency(edges)
        last, weight = order[-1]
        if weight < least:
            yield sides[last]
        merged = {order[0][0]: order[0][0]}
        for (before, _), (node, held) in pairwise(order):
            together = held >= least or node == last
            merged[node] = merged[before] if together else node
        grown: dict[int, frozenset[int]] = {}
        for node, into in merged.items():
            grown[into] = grown.get(into, frozenset()) | sides[node]
        sides, edges = (
            grown,
            joined((frozenset(merged[node] for node in edge), w) for edge, w in edges.items()),
        )


def _maximum_adjacency(edges: Mapping[frozenset[int], int]) -> list[tuple[int, int]]:
    """The nodes, each the one that the nodes before it hold most, with the weight by which they do."""
    around: dict[int, list[frozenset[int]]] = {}
    for edge in edges:
        for node in edge:
            around.setdefault(node, []).append(edge)
    held = dict.fromkeys(around, 0)
    heap = [(0, node) for node in around]
    heapify(heap)
    done: set[int] = set()
    touched: set[frozenset[int]] = set()
    order = []
    while heap:
        weight, node = heappop(heap)
        if node in done or -weight != held[node]:
            continue
        done.add(node)
        order.append((node, -weight))
        for edge in around[node]:
            if edge not in touched:
                touched.add(edge)
                for other in edge - done:
                    held[other] += edges[edge]
                    heappush(heap, (-held[other], other))
    return order


def joined(edges: Iterable[tuple[frozenset[int], int]]) -> dict[frozenset[int], int]:
    """Edges over the same nodes as one, those within one node left out."""
    found: dict[frozenset[int], int] = {}
    for edge, weight in edges:
        if len(edge) > 1:
            found[edge] = found.get(edge, 0) + weight
    return found


def _parts(edges: Mapping[frozenset[int], int]) -> list[dict[frozenset[int], int]]:
    """The edges of each connected part."""
    roots = Roots()
    for edge in edges:
        roots.join(*edge)
    parts: dict[int, dict[frozenset[int], int]] = {}
    for edge, weight in edges.items():
        parts.setdefault(roots.of(min(edge)), {})[edge] = weight
    return [parts[root] for root in sorted(parts)]


class Roots:
    """Which nodes are together: each has the least of its group as its root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def of(self, node: int) -> int:
        """The root of a node; a node that was never joined is its own."""
        while (above := self._above.get(node, node)) != node:
            self._above[node] = self._above.get(above, above)
            node = above
        return node

    def join(self, *nodes: int) -> None:
        """Put these together."""
        found = {self.of(node) for node in nodes}
        for root in found:
            self._above[root] = min(found)
