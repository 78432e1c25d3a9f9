"""What rests on something does not hold it up in turn: dependencies, agreements that rest on others, replacements,
indicators that are computed from others.

Passes::

    # catalogue/services/mail.yaml
    dependencies:
      - {service: wifi, criticality: degraded}

Fails::

    # catalogue/services/mail.yaml
    dependencies:
      - {service: wifi, criticality: degraded}
    # catalogue/services/wifi.yaml
    dependencies:
      - {service: mail, criticality: minor}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem

RULE: Final = "cycle"
Edges = dict[str, dict[str, Location]]  # from → to → where it is written


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Each circle once, at the place of its first step."""
    dependencies: Edges = {}
    replacements: Edges = {}
    for name, service in catalogue.services.items():
        dependencies[name] = {
            dependency.service: service.locate("dependencies", index, "service")
            for index, dependency in enumerate(service.dependencies)
        }
        if service.replaced_by is not None:
            replacements[name] = {service.replaced_by: service.locate("replaced_by")}
    agreements: Edges = {
        name: {other: agreement.locate("rests_on", index) for index, other in enumerate(agreement.rests_on)}
        for name, agreement in catalogue.agreements.items()
    }
    yield from _check_graph(
        dependencies, "these services depend on each other", "this service depends on itself"
    )
    yield from _check_graph(
        agreements, "these agreements rest on each other", "this agreement rests on itself"
    )
    indicators: Edges = {
        name: {
            other: indicator.locate("derive", "of", index)
            for index, other in enumerate(indicator.derive.of if indicator.derive else ())
        }
        for name, indicator in catalogue.indicators.items()
    }
    yield from _check_graph(
        indicators, "these indicators are computed from each other", "this indicator is computed from itself"
    )
    yield from _check_graph(replacements, "these services replace each other", "this service replaces itself")


def _check_graph(edges: Edges, each_other: str, itself: str) -> Iterator[Problem]:
    while True:
        cycle = _find_cycle(edges)
        if not cycle:
            return
        where = edges[cycle[0]].pop(cycle[1])  # without this step the circle is open: look for the next one
        what = itself if len(cycle) == 2 else each_other
        yield Problem(where, RULE, f"{what}: {' → '.join(cycle)}")


def _find_cycle(edges: Edges) -> tuple[str, ...]:
    """A circle, from its first name in the alphabet and back to it; empty if there is none."""
    try:
        TopologicalSorter({name: sorted(others) for name, others in sorted(edges.items())}).prepare()
    except CycleError as error:
        steps: list[str] = error.args[1][:0:-1]  # the library lists what is relied on first
        start = steps.index(min(steps))
        return (*steps[start:], *steps[:start], steps[start])
    return ()
