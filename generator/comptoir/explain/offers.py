"""Explanations of what is offered: coverage against maturity, and the services that keep promises and disappoint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comptoir.analysis.analyses import levels_by_scope, worst_level
from comptoir.analysis.choices import coverage_indicator, satisfaction_by_service, share
from comptoir.analysis.coverage import Advice
from comptoir.explain.material import Material, Told, cite, nothing, setting
from comptoir.explain.types import Column, Explanation, Step, Table, Unit, Value
from comptoir.measure.types import Measurement, Scope, Status
from comptoir.model.metrics import Indicator

COVERAGE: Final = "Coverage against maturity: what to promote, keep, retire or declare mature"
WATERMELONS: Final = "Watermelons: service levels kept, and satisfaction missed"


def explain_coverage(material: Material) -> Told:
    """Users, those who may use it, coverage and advice of each service."""
    analyses, found = material.analyses, material.analyses.coverage
    indicator = coverage_indicator(material.archive.indicators.values())
    if not found or indicator is None:
        missing = "the maturity of services and an indicator of coverage by service are needed"
        return nothing("coverage-advice", COVERAGE, material, missing)
    band, advice = analyses.settings.coverage, [row.advice for row in found]
    left = tuple(_left_out(material, indicator, {row.service for row in found}))
    tables = [_services(material)]
    if left:
        tables.append(Table("Services left out", (Column("service"), Column("why")), left))
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
            "reclassify any other",
        ),
        source="docs/guides/loyalty.md, Coverage against maturity; docs/decisions/0006",
        quarter=material.quarter,
        scope=material.scope,
        settings=(
            setting(material, "coverage", "mature_from", unit=" %"),
            setting(material, "coverage", "mature_to", unit=" %"),
        ),
        steps=(
            Step("band from", share(band.mature_from), Unit.SHARE),
            Step("band to", share(band.mature_to), Unit.SHARE),
            *(Step(one.value, advice.count(one), how="services") for one in Advice),
        ),
        tables=tuple(tables),
        cited=cite(measured),
    )
    return Told(explanation)


def _services(material: Material) -> Table:
    columns = (
        Column("service"),
        Column("maturity"),
        Column("declared in"),
        Column("users", Unit.COUNT),
        Column("eligible", Unit.COUNT),
        Column("coverage", Unit.SHARE, "users ÷ eligible"),
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
    return Table("Services", columns, rows)


_MELON_COLUMNS: Final = (
    Column("service"),
    Column("segment"),
    Column("levels", Unit.COUNT),
    Column("worst of them"),
    Column("satisfaction"),
    Column("watermelon"),
)


def _is_drawn(levels: tuple[Measurement, ...], answers: Measurement) -> bool:
    """True for a service that the chart shows beside watermelons: every level kept, and a satisfaction."""
    return worst_level(levels) is Status.MET and answers.has_value


def explain_watermelons(material: Material) -> Told:
    """The verdicts on levels and on satisfaction of each service and segment that has both."""
    found = material.analyses.watermelons
    satisfaction = satisfaction_by_service(material.catalogue.loyalty, material.archive.indicators.values())
    if found is None or satisfaction is None:
        missing = "service levels and satisfaction, both measured by service, are needed"
        return nothing("watermelons", WATERMELONS, material, missing)
    levels = levels_by_scope(material.archive, material.quarter)
    melons = {Scope(service=one.service, segment=one.segment) for one in found}
    answers = {one.scope: one for one in material.archive.of(satisfaction.id, material.quarter)}
    is_narrow = material.scope.service or material.scope.segment
    places = [
        place
        for place in sorted(levels)
        if place in answers
        and _is_asked(material, place)
        and (is_narrow or place in melons or not place.segment)
    ]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            place.service,
            place.segment or "all",
            len(levels[place]),
            worst_level(levels[place]).value,
            answers[place].status.value,
            "yes" if place in melons else "no",
        )
        for place in places
    )
    cited: list[Measurement] = []
    for place in places:
        if is_narrow or place in melons:
            cited += [answers[place], *levels[place]]
        elif _is_drawn(levels[place], answers[place]):
            cited.append(answers[place])
    explanation = Explanation(
        name="watermelons",
        title=WATERMELONS,
        formula=(
            "a watermelon: the worst of its levels is met, and its satisfaction is missed, for the same service and segment",
            "a level is an indicator of the kinds within_target or availability, satisfaction aside; near its target, "
            "indicative, missing or suppressed is neither green nor red; --service and --segment show the segments too",
        ),
        source="docs/guides/loyalty.md, Watermelons",
        quarter=material.quarter,
        scope=material.scope,
        settings=(setting(material, "service_satisfaction", value=satisfaction.id),),
        steps=(
            Step("services", len({one.service for one in found}), how="that are watermelons, in any segment"),
        ),
        tables=(Table("Services and segments" if is_narrow else "Services", _MELON_COLUMNS, rows),),
        cited=cite(cited),
    )
    return Told(explanation)


def _left_out(material: Material, indicator: Indicator, judged: set[str]) -> Iterator[tuple[str, str]]:
    """The services that no advice is given on, and why."""
    for name, service in sorted(material.catalogue.services.items()):
        if name in judged or material.scope.service not in ("", name):
            continue
        measured = material.archive.get(indicator.id, material.quarter, Scope(service=name))
        if service.maturity is None:
            yield name, "no maturity is declared"
        elif measured is None or measured.denominator is None or measured.numerator is None:
            yield name, f"'{indicator.id}' has no value for it"
        else:
            yield name, "nobody is eligible"


def _is_asked(material: Material, place: Scope) -> bool:
    if not place.service or place.client or material.scope.service not in ("", place.service):
        return False
    return material.scope.segment in ("", place.segment) or not place.segment
