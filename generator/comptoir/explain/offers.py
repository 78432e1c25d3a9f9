"""Explanations of what is offered: coverage against maturity, and the services that keep promises and disappoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from comptoir.analysis.choices import coverage_indicator, satisfaction_by_service
from comptoir.analysis.coverage import Advice, NotJudged, band_of, why_not_judged
from comptoir.analysis.verdicts import verdict_of
from comptoir.explain.material import Material, Told, cite, nothing, setting
from comptoir.explain.types import Column, Explanation, Step, Value, ValueTable, ValueUnit
from comptoir.measure.statistics import exact
from comptoir.measure.types import Measurement, Scope
from comptoir.model.metrics import Indicator

COVERAGE: Final = "Coverage against maturity: what to promote, keep, retire or declare mature"
WATERMELONS: Final = "Watermelons: service levels kept, and satisfaction missed"


def explain_coverage(material: Material) -> Told:
    """Users, those who may use it, coverage and advice of each service."""
    analyses, found = material.analyses, material.analyses.coverage
    indicator = coverage_indicator(material.archive, material.quarter)
    if not found or indicator is None:
        missing = "the maturity of services and an indicator of coverage by service are needed"
        return nothing("coverage-advice", COVERAGE, material, missing)
    band, advice = band_of(analyses.settings), [row.advice for row in found]
    left = tuple(_left_out(material, indicator))
    tables = [_services(material)]
    if left:
        tables.append(ValueTable("Services left out", (Column("service"), Column("why")), left))
    measured = (
        material.archive.get(indicator.id, material.quarter, Scope(service=row.service))
        for row in found
        if material.scope.service in ("", row.service)
    )
    explanation = Explanation(
        name="coverage-advice",
        title=COVERAGE,
        formula=(
            "coverage = users ÷ eligible, as the indicator measures it; the band of a mature service has both ends inside",
            "below the band: retire a service in decline, promote the others; from it on: keep a mature service, "
            "reclassify any other; a retiring service is to be retired",
        ),
        source="docs/guides/loyalty.md, Coverage against maturity; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(
            setting(material, "coverage", "mature_from", unit=" %"),
            setting(material, "coverage", "mature_to", unit=" %"),
        ),
        steps=(
            Step("band from", exact(band.low), ValueUnit.SHARE),
            Step("band to", exact(band.high), ValueUnit.SHARE),
            *(Step(one.value, advice.count(one), how="services") for one in Advice),
        ),
        tables=tuple(tables),
        cited=cite(measured),
    )
    return Told(explanation)


def _services(material: Material) -> ValueTable:
    columns = (
        Column("service"),
        Column("maturity"),
        Column("declared in"),
        Column("users", ValueUnit.COUNT),
        Column("eligible", ValueUnit.COUNT),
        Column("coverage", ValueUnit.SHARE, "users ÷ eligible"),
        Column("band"),
        Column("advice"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.service,
            row.maturity.value,
            str(material.catalogue.services[row.service].locate("maturity")),
            row.users,
            row.eligible,
            row.value,
            row.place.value,
            row.advice.value,
        )
        for row in material.analyses.coverage
        if material.scope.service in ("", row.service)
    )
    return ValueTable("Services", columns, rows)


_MELON_COLUMNS: Final = (
    Column("service"),
    Column("segment"),
    Column("levels", ValueUnit.COUNT),
    Column("worst of them"),
    Column("satisfaction"),
    Column("watermelon"),
)


def explain_watermelons(material: Material) -> Told:
    """The verdicts on levels and on satisfaction of each service and segment that has both."""
    held = material.analyses.satisfaction_held
    satisfaction = satisfaction_by_service(material.catalogue.loyalty, material.archive.indicators.values())
    if held is None or satisfaction is None:
        missing = "service levels and satisfaction, both measured by service, are needed"
        return nothing("watermelons", WATERMELONS, material, missing)
    is_narrow = bool(material.scope.service or material.scope.segment)
    shown = [
        one
        for one in held
        if _is_asked(material, one.scope) and (is_narrow or one.is_watermelon or not one.scope.segment)
    ]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.scope.service,
            one.scope.segment or "all",
            len(one.levels),
            one.level.value,
            verdict_of(one.satisfaction).value,
            "yes" if one.is_watermelon else "no",
        )
        for one in shown
    )
    cited: list[Measurement] = []
    for one in shown:
        if is_narrow or one.is_watermelon:
            cited += [one.satisfaction, *one.levels]
        elif one.is_compared:
            cited.append(one.satisfaction)
    melons = {one.scope.service for one in held if one.is_watermelon}
    explanation = Explanation(
        name="watermelons",
        title=WATERMELONS,
        formula=(
            "a watermelon: every level that can be judged is met, at least one, and its satisfaction is missed, for the same service and segment",
            "a level is an indicator of the kinds within_target or availability, satisfaction aside; near its target, "
            "indicative, missing or suppressed is neither green nor red; --service and --segment show the segments too",
        ),
        source="docs/guides/loyalty.md, Watermelons",
        quarter=material.quarter,
        scope=material.scope,
        settings=(setting(material, "service_satisfaction", value=satisfaction.id),),
        steps=(Step("services", len(melons), how="that are watermelons, in any segment"),),
        tables=(ValueTable("Services and segments" if is_narrow else "Services", _MELON_COLUMNS, rows),),
        cited=cite(cited),
    )
    return Told(explanation)


_WHY: Final[Mapping[NotJudged, str]] = {
    NotJudged.NO_MATURITY: "no maturity is declared",
    NotJudged.RETIRED: "it is retired",
    NotJudged.NO_VALUE: "'{indicator}' has no value for it",
    NotJudged.NOBODY_ELIGIBLE: "nobody is eligible",
}


def _left_out(material: Material, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The services that no advice is given on, and why."""
    for name, service in sorted(material.catalogue.services.items()):
        measured = material.archive.get(indicator.id, material.quarter, Scope(service=name))
        why = why_not_judged(measured, service)
        if why is not None and material.scope.service in ("", name):
            yield name, _WHY[why].format(indicator=indicator.id)


def _is_asked(material: Material, place: Scope) -> bool:
    if not place.service or place.client or material.scope.service not in ("", place.service):
        return False
    return material.scope.segment in ("", place.segment) or not place.segment
