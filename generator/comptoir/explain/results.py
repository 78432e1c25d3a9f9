"""Explanations of measured results: those that each part of the report shows, and the facts that stand out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from comptoir.analysis.facts import MOST_FACTS, Fact, find_facts
from comptoir.analysis.misses import misses_of
from comptoir.analysis.shown import (
    chapter_group,
    role_of,
    shown_of,
)
from comptoir.analysis.tiles import choose_tiles
from comptoir.analysis.verdicts import changed_of, compared_of, judged_of, keeps_target, kept_of, verdict_of
from comptoir.explain.material import Material, Told, cite, nothing
from comptoir.explain.types import Column, Explanation, SettingInForce, Step, Value, ValueTable, ValueUnit
from comptoir.measure.statistics import exact
from comptoir.measure.types import Measurement, Scope

RESULTS: Final = "Results: tiles, verdicts and changes of every indicator that the report shows"
FACTS: Final = "Facts that stand out, and the measurement that shows each"
MISSES: Final = "What misses its target, the worst first"
_NONE: Final = "nothing was measured of that in the quarter"
_VALUES: Final = (
    Column("value", ValueUnit.NUMBER),
    Column("target", ValueUnit.NUMBER),
    Column("verdict"),
    Column("keeps target"),
    Column("before", ValueUnit.NUMBER, "value of the quarter before"),
    Column("change", ValueUnit.NUMBER, "value − before"),
    Column("p", how="of a change as large by chance alone; below 0.05 it is significant"),
    Column("n", ValueUnit.COUNT),
    Column("from", ValueUnit.NUMBER, "95 % interval"),
    Column("to", ValueUnit.NUMBER),
    Column("ordinary from", ValueUnit.NUMBER, "control limits"),
    Column("ordinary to", ValueUnit.NUMBER),
)


def explain_results(material: Material) -> Told:
    """Every result of the report, how many of each part meet their target, and how many changed."""
    indicators = material.measurements.indicators
    shown = shown_of(material.measurements, material.quarter, indicators.values(), material.scope)
    if not shown:
        return nothing("results", RESULTS, material, _NONE)
    groups: dict[str, list[Measurement]] = {}
    for one in shown:
        indicator = indicators[one.indicator]
        groups.setdefault(chapter_group(indicator, role_of(indicator, material.roles)), []).append(one)
    tiles = [tile.indicator for tile in _tiles(material)]
    rows = tuple(
        (
            one.indicator,
            group,
            str(tiles.index(one.indicator) + 1) if one.indicator in tiles else "",
            *_values(material, one),
        )
        for group, found in groups.items()
        for one in found
    )
    tables = [ValueTable("Results", (Column("indicator"), Column("part"), Column("tile"), *_VALUES), rows)]
    tables.append(_by_quarter(material, shown))
    if not material.scope.segment and not material.scope.client:
        tables.append(_by_segment(material))
    compared = compared_of(shown)
    explanation = Explanation(
        name="results",
        title=RESULTS,
        formula=(
            "a result is judged when its verdict is met, alert or missed; it meets its target on the right side of it, near it "
            "or not",
            "compared: a test was made with the quarter before; changed: the test tells the change from chance, and the value "
            "is not indicative",
            "tiles: those that the report's front matter names, else by rule: the usual ones first, then those with a target",
            "each value is explained by the command of its indicator, below",
        ),
        source="docs/guides/measures.md, What each status says",
        quarter=material.quarter,
        scope=material.scope,
        settings=_tile_settings(material),
        steps=(
            *_kept_steps(material, groups),
            Step("compared", len(compared), how="with the quarter before"),
            Step("changed", len(changed_of(shown)), how=", ".join(m.indicator for m in changed_of(shown))),
            Step("tiles", len(tiles), how=", ".join(tiles)),
        ),
        tables=tuple(table for table in tables if table.rows),
        cited=cite(shown),
    )
    return Told(explanation)


def explain_facts(material: Material) -> Told:
    """The facts of the report in its order, with what each was found by."""
    facts = find_facts(material.catalogue, material.measurements, material.quarter, material.scope)
    if not facts:
        return nothing("facts", FACTS, material, "no rule finds a fact in the quarter")
    rows = tuple(
        (
            place,
            fact.kind.value,
            fact.measurement.indicator,
            str(fact.measurement.scope),
            *_values(material, fact.measurement),
            fact.beside.indicator if fact.beside else None,
            fact.beside.value if fact.beside else None,
        )
        for place, fact in enumerate(facts, 1)
    )
    columns = (
        Column("fact", ValueUnit.COUNT),
        Column("kind"),
        Column("indicator"),
        Column("about"),
        *_VALUES,
        Column("beside"),
        Column("its value", ValueUnit.NUMBER),
    )
    explanation = Explanation(
        name="facts",
        title=FACTS,
        formula=(
            "watermelon: every service level that can be judged is met, at least one, and satisfaction is missed",
            "target-lost, target-reached: on the other side of the target than the quarter before",
            "still-missed: the verdict is missed, as it was the quarter before; of services only where the report is about them",
            "worse, better, changed: a test tells the change from chance; outside: beyond the control limits; gap: measured "
            "before, and no more; the planned end of a service is none of these",
            f"in this order, what is about everything before one service; the report shows the first {MOST_FACTS}",
        ),
        source="docs/guides/reports.md, Tiles and facts",
        quarter=material.quarter,
        scope=material.scope,
        steps=(Step("facts", len(facts)), Step("shown", min(len(facts), MOST_FACTS))),
        tables=(ValueTable("Facts", columns, rows),),
        cited=cite(_measured(facts)),
    )
    return Told(explanation)


def explain_misses(material: Material) -> Told:
    """What misses its target, in the order of the report: how much of the room is lost, and for how long."""
    found = misses_of(material.catalogue, material.measurements, material.quarter, material.scope)
    if not found:
        return nothing(
            "misses", MISSES, material, "nothing that can be judged misses its target in the quarter"
        )
    rows = tuple(
        (
            place,
            one.measurement.indicator,
            str(one.measurement.scope),
            *_values(material, one.measurement),
            one.shortfall,
            one.quarters,
        )
        for place, one in enumerate(found, 1)
    )
    columns = (
        Column("miss", ValueUnit.COUNT),
        Column("indicator"),
        Column("about"),
        *_VALUES,
        Column("shortfall", ValueUnit.NUMBER, "of the room between the target and the best value"),
        Column("quarters", ValueUnit.COUNT, "in a row"),
    )
    explanation = Explanation(
        name="misses",
        title=MISSES,
        formula=(
            "a result misses when its verdict is missed; those of each service, segment and client are looked at too",
            "shortfall: by how much the target is missed, over what lies between the target and the best value there is (the "
            "target itself where there is none); the largest comes first",
        ),
        source="docs/guides/reports.md, Tiles and facts",
        quarter=material.quarter,
        scope=material.scope,
        steps=(Step("misses", len(found)), Step("missed before too", sum(one.quarters > 1 for one in found))),
        tables=(ValueTable("Misses", columns, rows),),
        cited=cite(one.measurement for one in found),
    )
    return Told(explanation)


def _measured(facts: tuple[Fact, ...]) -> Iterator[Measurement | None]:
    for fact in facts:
        yield fact.measurement
        yield fact.beside


def _tiles(material: Material) -> tuple[Measurement, ...]:
    report = material.catalogue.reports.get(material.quarter)
    is_whole = not material.scope.segment and not material.scope.client
    wanted = report.front.tiles if report and is_whole else ()
    return choose_tiles(material.measurements, material.quarter, material.scope, wanted)


def _tile_settings(material: Material) -> tuple[SettingInForce, ...]:
    report = material.catalogue.reports.get(material.quarter)
    if report is None or not report.front.tiles or material.scope.segment or material.scope.client:
        return (SettingInForce("tiles", "chosen by rule", "default"),)
    return (SettingInForce("tiles", ", ".join(report.front.tiles), str(report.front.locate("tiles"))),)


def _kept_steps(material: Material, groups: dict[str, list[Measurement]]) -> Iterator[Step]:
    for group, found in groups.items():
        judged = judged_of(found)
        if judged:
            kept = kept_of(judged)
            yield Step(f"{group}, judged", len(judged), how="results with a verdict")
            yield Step(f"{group}, kept", len(kept), how="of them that meet their target")


def _by_quarter(material: Material, shown: tuple[Measurement, ...]) -> ValueTable:
    """The values that trends draw; each is explained by the command of its indicator, with that quarter."""
    quarters = material.measurements.quarters
    rows = tuple(
        (
            one.indicator,
            *(m.value if m else None for m in material.measurements.series(one.indicator, one.scope)),
        )
        for one in shown
    )
    columns = (Column("indicator"), *(Column(str(quarter), ValueUnit.NUMBER) for quarter in quarters))
    return ValueTable("Quarter by quarter", columns, rows)


def _by_segment(material: Material) -> ValueTable:
    """The results of each segment, which the report shows beside the whole."""
    rows = tuple(
        (one.indicator, segment, *_values(material, one))
        for segment in sorted(material.catalogue.segments)
        for one in shown_of(
            material.measurements,
            material.quarter,
            material.measurements.indicators.values(),
            Scope(segment=segment),
        )
    )
    return ValueTable("By segment", (Column("indicator"), Column("segment"), *_VALUES), rows)


def _values(material: Material, one: Measurement) -> tuple[Value, ...]:
    kept = keeps_target(one)
    before, interval, control = one.previous, one.interval, one.control
    p = before.change.p if before else None
    return (
        one.value,
        Fraction(one.target.value) if one.target else None,
        verdict_of(one).value,
        None if kept is None else "yes" if kept else "no",
        before.value if before else None,
        before.change.difference if before else None,
        None if p is None else f"{p:.4f}",
        one.n,
        exact(interval.low) if interval else None,
        exact(interval.high) if interval else None,
        control.lower if control else None,
        control.upper if control else None,
    )
