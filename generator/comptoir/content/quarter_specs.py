"""Charts of one quarter: a catalogue and its results in; coverage, amounts, scores and targets out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from comptoir.analysis.abc import AbcClass, classify_abc
from comptoir.analysis.choices import thresholds_of
from comptoir.analysis.coverage import BandPlace, CoverageBand, band_of, judge_services
from comptoir.analysis.verdicts import Verdict, is_judged, keeps_target, verdict_of
from comptoir.charts import (
    BarStatus,
    Bullet,
    BulletRow,
    ChartInterval,
    ChartNumber,
    CoverageChart,
    CoverageGroup,
    CoverageRow,
    Nps,
    Pareto,
    ParetoRow,
    Spec,
)
from comptoir.content.chart_parts import (
    SHOWN,
    chart_name,
    count_of,
    entity_name,
    in_need,
    number_of,
    subtitle_of,
)
from comptoir.content.chart_sentences import chart_words, services_title
from comptoir.content.distribution_specs import distribution_of_values
from comptoir.content.labels import label
from comptoir.content.measure_words import (
    Speech,
    long_quarter,
    short_quarter,
    status_word,
    target_words,
    value_words,
)
from comptoir.content.quarter_sentences import (
    aim_words,
    coverage_title,
    farthest,
    largest,
    least_covered,
    pareto_title,
    passives_words,
    promises_title,
    score_title,
    score_words,
    sentence,
    share_words,
)
from comptoir.content.results import Results
from comptoir.measure.estimates import scale_of
from comptoir.measure.statistics import exact
from comptoir.measure.types import Measurement
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, IndicatorKind, IndicatorUnit
from comptoir.model.terms import Maturity

_STEPS: Final = 4
"""Parts that the lines of the axis cut the whole into."""

FULL_SCALE: Final[Mapping[IndicatorUnit, int]] = MappingProxyType(
    {IndicatorUnit.PERCENT: 100, IndicatorUnit.SCORE_5: 5, IndicatorUnit.SCORE_10: 10}
)
"""Where the bars of units with an end do end: only those stand on one scale, and can be compared."""

_STATUSES: Final[Mapping[Verdict, BarStatus]] = MappingProxyType(
    {
        Verdict.KEPT: "kept",
        Verdict.BARELY: "barely",
        Verdict.NEAR: "near",
        Verdict.MISSED: "missed",
    }
)
_AMOUNTS: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.SUM})
"""Kinds whose values of services add up to a whole."""


def quarter_charts(catalogue: Catalogue, results: Results, speech: Speech) -> Iterator[Spec]:
    """The charts of the quarter that the kind of an indicator asks for, where there is enough to draw."""
    chart: Spec | None = segments_against_target(catalogue, results, speech)
    if chart is not None:
        yield chart
    chart = distribution_of_values(results, speech)
    if chart is not None:
        yield chart
    chart = None
    if speech.indicator.kind is IndicatorKind.COVERAGE:
        chart = coverage_by_maturity(catalogue, results, speech)
    elif speech.indicator.kind in _AMOUNTS:
        chart = amounts_by_service(catalogue, results, speech)
    elif speech.indicator.kind is IndicatorKind.NPS:
        chart = parts_of_score(results, speech)
    if chart is not None:
        yield chart


def coverage_by_maturity(catalogue: Catalogue, results: Results, speech: Speech) -> CoverageChart | None:
    """The services by maturity, with the band of mature ones; None where fewer than two have users to count."""
    found = results.by(speech.indicator.id, Dimension.SERVICE)
    names = [name for name in in_need(results, speech, Dimension.SERVICE) if _counts(found[name])]
    if sum(found[name].has_value for name in names) < 2:
        return None
    language = speech.language
    title, rest = _coverage_finding(catalogue, results, speech, {name: found[name] for name in names})
    groups = [
        CoverageGroup(
            name=label(maturity, language) if maturity else language.gettext("Maturité non précisée"),
            rows=tuple(
                _coverage_row(speech, entity_name(catalogue, speech, Dimension.SERVICE, name), found[name])
                for name in names[:SHOWN]
                if catalogue.services[name].maturity is maturity
            ),
            band=_band(speech, band_of(catalogue.loyalty)) if maturity is Maturity.MATURE else None,
        )
        for maturity in (*Maturity, None)
    ]
    return CoverageChart(
        key=chart_name(language.code, "coverage", speech.indicator.id),
        title=title,
        subtitle=f"{subtitle_of(speech)}, {short_quarter(language, results.quarter)}",
        alternative=sentence(speech, long_quarter(language, results.quarter), title, rest),
        words=chart_words(language),
        groups=tuple(group for group in groups if group.rows),
        ticks=tuple(
            ChartNumber(step / _STEPS, share_words(speech, Fraction(step, _STEPS)))
            for step in range(_STEPS + 1)
        ),
    )


def _counts(measurement: Measurement) -> bool:
    """False for a service that the definition leaves out: nobody could use it."""
    return measurement.has_value or measurement.n != 0


def _coverage_row(speech: Speech, name: str, measurement: Measurement) -> CoverageRow:
    if measurement.value is None:
        return CoverageRow(name=name, value=None, absence=status_word(speech, measurement).lower())
    share = measurement.value / scale_of(speech.indicator)
    return CoverageRow(name=name, value=ChartNumber(float(share), speech.short(measurement.value)))


def _band(speech: Speech, band: CoverageBand) -> ChartInterval:
    low, high = exact(band.low), exact(band.high)
    return ChartInterval(
        ChartNumber(float(low), share_words(speech, low)), ChartNumber(float(high), share_words(speech, high))
    )


def _coverage_finding(
    catalogue: Catalogue, results: Results, speech: Speech, found: Mapping[str, Measurement]
) -> tuple[str, str]:
    """How many mature services are covered like one, and which is the farthest from it."""
    judged = judge_services(catalogue, results.measurements, speech.indicator, results.quarter)
    lasting = (one for one in judged if not catalogue.services[one.service].is_ending)
    mature = [one for one in lasting if one.maturity is Maturity.MATURE]
    if not mature:
        return services_title(speech, found), ""
    reached = sum(one.place is not BandPlace.BELOW for one in mature)
    title = coverage_title(speech, reached, len(mature), exact(band_of(catalogue.loyalty).low))
    if reached == len(mature):
        return title, ""
    least = min(mature, key=lambda one: (one.value, one.service)).service
    called = entity_name(catalogue, speech, Dimension.SERVICE, least)
    return title, least_covered(speech, called, value_words(speech, found[least]))


def amounts_by_service(catalogue: Catalogue, results: Results, speech: Speech) -> Pareto | None:
    """The services from the largest, with their ABC classes.

    None where there are not two to rank, where one is withheld (the whole would be short of it), or where amounts
    below zero leave no shares to speak of.
    """
    found = results.by(speech.indicator.id, Dimension.SERVICE)
    amounts = {name: m.value for name, m in found.items() if m.value is not None}
    withheld = any(verdict_of(m) is Verdict.SUPPRESSED for m in found.values())
    analysis = classify_abc(amounts, thresholds_of(catalogue.loyalty))
    if len(amounts) < 2 or withheld or analysis.total <= 0 or min(amounts.values()) < 0:
        return None
    language, rows = speech.language, []
    for row in analysis.items[:SHOWN]:
        reached = row.item.cumulative
        assert reached is not None and row.category is not None  # the total is above zero
        rows.append(
            ParetoRow(
                name=entity_name(catalogue, speech, Dimension.SERVICE, row.item.name),
                value=number_of(speech, row.item.amount),
                cumulative=ChartNumber(float(reached), share_words(speech, reached, 1)),
                category=row.category.value,
            )
        )
    few = analysis.of(AbcClass.A)
    aim = share_words(speech, exact(analysis.thresholds.first))
    share = sum((row.item.amount for row in analysis.items[: len(few)]), Fraction(0)) / analysis.total
    title = pareto_title(speech, len(few), len(amounts), share_words(speech, share, 1), aim)
    first = largest(speech, rows[0].name, rows[0].cumulative.text)
    more = language.gettext("Les %(count)s plus grands ; le fichier de données les a tous.")
    return Pareto(
        key=chart_name(language.code, "pareto", speech.indicator.id),
        title=title,
        subtitle=f"{subtitle_of(speech)}, {short_quarter(language, results.quarter)}",
        alternative=sentence(speech, long_quarter(language, results.quarter), title, first),
        words=chart_words(language),
        note=more % {"count": SHOWN} if len(amounts) > SHOWN else "",
        rows=tuple(rows),
    )


def parts_of_score(results: Results, speech: Speech) -> Nps | None:
    """From promoters, less detractors, to the score; None where it is missing or withheld."""
    current = results.current(speech.indicator.id)
    if current is None or current.value is None or current.parts is None or not current.n:
        return None
    language, parts, quarter = speech.language, current.parts, results.quarter
    shares = [Fraction(count, current.n) for count in (parts.promoters, parts.passives, parts.detractors)]
    promoters, passives, detractors = (
        ChartNumber(float(share * 100), share_words(speech, share, speech.indicator.decimals))
        for share in shares
    )
    few = verdict_of(current) is Verdict.INDICATIVE
    span, target = current.interval, current.target
    return Nps(
        key=chart_name(language.code, "nps", speech.indicator.id),
        title=score_title(speech, parts, promoters.text, detractors.text, few),
        subtitle=f"{subtitle_of(speech)}, {short_quarter(language, quarter)}",
        alternative=sentence(
            speech,
            long_quarter(language, quarter),
            score_words(speech, value_words(speech, current), promoters.text, detractors.text),
            passives_words(speech, passives.text),
            aim_words(speech, target_words(speech, current)),
        ),
        words=chart_words(language),
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        score=number_of(speech, current.value),
        interval=ChartInterval(number_of(speech, span.low), number_of(speech, span.high)) if span else None,
        target=ChartNumber(float(target.value), speech.exact(target.value)) if target else None,
        sample=count_of(speech, current.n),
        indicative=few,
    )


def segments_against_target(catalogue: Catalogue, results: Results, speech: Speech) -> Bullet | None:
    """Each segment against its target; None where fewer than two can be judged, or where bars have no common end."""
    full = FULL_SCALE.get(speech.indicator.unit)
    found = results.by(speech.indicator.id, Dimension.SEGMENT)
    names = [name for name in in_need(results, speech, Dimension.SEGMENT) if _counts(found[name])]
    judged = [name for name in names if is_judged(found[name])]
    if full is None or len(judged) < 2 or not all(_fits(found[name], full) for name in names):
        return None
    language = speech.language
    called = {name: entity_name(catalogue, speech, Dimension.SEGMENT, name) for name in names}
    kept = [name for name in judged if keeps_target(found[name])]
    title = promises_title(speech, len(kept), len(judged))
    behind = next((name for name in judged if name not in kept), None)
    rest = farthest(speech, called[behind], value_words(speech, found[behind])) if behind else ""
    return Bullet(
        key=chart_name(language.code, "targets", speech.indicator.id),
        title=title,
        subtitle=f"{subtitle_of(speech)}, {short_quarter(language, results.quarter)}",
        alternative=sentence(speech, long_quarter(language, results.quarter), title, rest),
        words=replace(chart_words(language), service=language.gettext("Qui")),
        rows=tuple(bullet_row(speech, called[name], found[name], full) for name in names[:SHOWN]),
    )


def _fits(measurement: Measurement, full: int) -> bool:
    """True when value, interval and target lie within the scale that all bars share."""
    span, aimed = measurement.interval, measurement.target
    numbers = [measurement.value, aimed.value if aimed else None, *((span.low, span.high) if span else ())]
    return all(number is None or 0 <= number <= full for number in numbers)


def bullet_row(speech: Speech, name: str, measurement: Measurement, full: int) -> BulletRow:
    aimed, span = measurement.target, measurement.interval
    target = ChartNumber(float(aimed.value), speech.exact(aimed.value)) if aimed else None
    said = status_word(speech, measurement)
    if measurement.value is None:
        return BulletRow(name=name, value=None, target=target, absence=said.lower())
    return BulletRow(
        name=name,
        value=ChartNumber(float(measurement.value), value_words(speech, measurement)),
        target=target,
        interval=ChartInterval(number_of(speech, span.low), number_of(speech, span.high)) if span else None,
        full=ChartNumber(float(full), speech.tick(float(full))),
        higher_is_better=speech.indicator.direction.higher_is_better,
        status=_STATUSES.get(verdict_of(measurement), ""),
        verdict=said.lower(),
        sample=None if measurement.n is None else count_of(speech, measurement.n),
        indicative=verdict_of(measurement) is Verdict.INDICATIVE,
    )
