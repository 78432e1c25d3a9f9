"""Charts of results: a catalogue and its results in; the specs of every chart of the pages out, each by its name.

A small trend holds no words, so that it is the same in every language and drawn once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from comptoir.analysis.verdicts import Verdict, is_shown, verdict_of
from comptoir.charts import (
    ChartInterval,
    ChartNumber,
    HeatCell,
    HeatMap,
    HeatRow,
    Multiples,
    Panel,
    Point,
    Spark,
    Spec,
    Trend,
    Words,
    narrowed,
    nice_ticks,
)
from comptoir.content.chart_parts import (
    SHOWN,
    chart_name,
    count_of,
    entity_name,
    in_need,
    need_of,
    number_of,
    subtitle_of,
)
from comptoir.content.chart_sentences import (
    chart_words,
    segments_title,
    services_sentence,
    services_title,
    trend_sentence,
    trend_title,
)
from comptoir.content.labels import field_name, value_name
from comptoir.content.measure_words import Speech, long_quarter, short_quarter, status_word
from comptoir.content.quarter_specs import quarter_charts
from comptoir.content.results import Results, scope_of
from comptoir.measure.shown import decimals_shown
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.metrics import Dimension, Indicator
from comptoir.wording import N_
from comptoir.wording import language as speak

_SILENT: Final = Words(**dict.fromkeys(Words.__dataclass_fields__, "-"))


def spark_name(indicator: str, scope: Scope = EVERYTHING) -> str:
    """The name of a small trend. Identifiers hold no double hyphen, so that no two names are alike."""
    return f"spark-{indicator}" + (f"--{scope.service}" if scope.service else "")


def chart_specs(catalogue: Catalogue, results: Results) -> dict[str, Spec]:
    """Every chart of the site in all its languages, narrow ones under the name of the wide one and '-narrow'."""
    specs: dict[str, Spec] = {spec.key: spec for spec in _sparks(results)}
    for code in catalogue.organisation.languages:
        for indicator in results.indicators.values():
            speech = Speech(indicator, speak(code).about(results.quarter), catalogue.organisation.currency)
            for spec in _charts(catalogue, results, speech):
                specs[spec.key] = spec
                specs[f"{spec.key}-narrow"] = narrowed(spec)
    return specs


def _charts(catalogue: Catalogue, results: Results, speech: Speech) -> Iterator[Spec]:
    """The charts of the page of one indicator."""
    indicator = speech.indicator
    yield trend_of(results, speech)
    services = in_need(results, speech, Dimension.SERVICE)
    if len(services) > 1:
        yield services_of(catalogue, results, speech, services)
    parts = parts_of(catalogue, results, speech)
    if parts is not None:
        yield parts
    yield from quarter_charts(catalogue, results, speech)
    segments = in_need(results, speech, Dimension.SEGMENT)
    if len(segments) > 1 and any(results.by(indicator.id, Dimension.SEGMENT)[s].has_value for s in segments):
        yield _segments(catalogue, results, speech, segments)


def _sparks(results: Results) -> Iterator[Spark]:
    """A small trend for each indicator, and for each service that its pages show."""
    for indicator in results.indicators.values():
        scopes = [scope_of(Dimension.SERVICE, name) for name in results.by(indicator.id, Dimension.SERVICE)]
        for scope in (EVERYTHING, *scopes):
            spark = spark_of(results, indicator, scope, spark_name(indicator.id, scope))
            if spark is not None:
                yield spark


def spark_of(results: Results, indicator: Indicator, scope: Scope, key: str) -> Spark | None:
    """The small trend of an indicator up to the quarter of the results; None without two values."""
    series = results.measurements.series(indicator.id, scope)
    if sum(m is not None and m.has_value for m in series) < 2:
        return None
    points = tuple(_silent(m, str(q)) for m, q in zip(series, results.measurements.quarters, strict=True))
    return Spark(
        key=key,
        title=key,
        alternative=key,
        words=_SILENT,
        points=points,
        higher_is_better=indicator.direction.higher_is_better,
        width=120,
        height=34,
    )


def _silent(measurement: Measurement | None, quarter: str) -> Point:
    """A point without words, for a small trend."""
    if measurement is None or measurement.value is None:
        return Point(quarter=quarter, value=None)
    target = measurement.target
    return Point(
        quarter=quarter,
        value=ChartNumber(float(measurement.value), ""),
        target=ChartNumber(float(target.value), "") if target else None,
        indicative=verdict_of(measurement) is Verdict.INDICATIVE,
    )


def trend_of(results: Results, speech: Speech) -> Trend:
    """The value of an indicator by quarter, with its interval, target and ordinary variation."""
    indicator, language = speech.indicator, speech.language
    series = results.measurements.series(indicator.id)
    current = results.current(indicator.id)
    control = current.control if current else None
    limits = (
        ChartInterval(number_of(speech, control.lower), number_of(speech, control.upper)) if control else None
    )
    points = points_of(results, speech, EVERYTHING, limits)
    return Trend(
        key=chart_name(language.code, "trend", indicator.id),
        title=trend_title(speech, series),
        subtitle=subtitle_of(speech),
        alternative=trend_sentence(speech, series),
        words=chart_words(language),
        points=points,
        ticks=_ticks(speech, points, limits),
        limits=limits,
        higher_is_better=indicator.direction.higher_is_better,
    )


def points_of(
    results: Results, speech: Speech, scope: Scope, limits: ChartInterval | None = None
) -> tuple[Point, ...]:
    """A point for each quarter of the measurements, in the words of the page."""
    series = results.measurements.series(speech.indicator.id, scope)
    return tuple(
        _point(speech, measurement, short_quarter(speech.language, quarter), limits)
        for measurement, quarter in zip(series, results.measurements.quarters, strict=True)
    )


def _point(
    speech: Speech, measurement: Measurement | None, quarter: str, limits: ChartInterval | None
) -> Point:
    if measurement is None:
        return Point(quarter=quarter, value=None)
    aimed = measurement.target
    target = ChartNumber(float(aimed.value), speech.exact(aimed.value)) if aimed else None
    if measurement.value is None:
        absence = status_word(speech, measurement).lower()
        return Point(quarter=quarter, value=None, target=target, absence=absence)
    value = number_of(speech, measurement.value, decimals_shown(measurement, speech.indicator.decimals))
    uncertainty = measurement.interval
    outside = limits is not None and not limits.lower.value <= value.value <= limits.upper.value
    return Point(
        quarter=quarter,
        value=value,
        interval=ChartInterval(number_of(speech, uncertainty.low), number_of(speech, uncertainty.high))
        if uncertainty
        else None,
        target=target,
        sample=None if measurement.n is None else count_of(speech, measurement.n),
        indicative=verdict_of(measurement) is Verdict.INDICATIVE,
        significant=bool(measurement.previous and measurement.previous.significant),
        outside=outside,
    )


def services_of(catalogue: Catalogue, results: Results, speech: Speech, names: tuple[str, ...]) -> HeatMap:
    """Each of the services by quarter."""
    indicator, language = speech.indicator, speech.language
    called = {name: entity_name(catalogue, speech, Dimension.SERVICE, name) for name in names}
    found = results.by(indicator.id, Dimension.SERVICE)
    title = services_title(speech, found)
    return HeatMap(
        key=chart_name(language.code, "services", indicator.id),
        title=title,
        subtitle=subtitle_of(speech),
        alternative=services_sentence(speech, title, found, called, long_quarter(language, results.quarter)),
        words=chart_words(language),
        columns=tuple(short_quarter(language, quarter) for quarter in results.measurements.quarters),
        rows=tuple(
            HeatRow(name=called[name], cells=_cells(results, speech, scope_of(Dimension.SERVICE, name)))
            for name in names[:SHOWN]
        ),
        higher_is_better=indicator.direction.higher_is_better,
    )


def parts_of(catalogue: Catalogue, results: Results, speech: Speech) -> HeatMap | None:
    """Each value of the field that an indicator is measured by, by quarter; None where fewer than two have rows."""
    indicator, language = speech.indicator, speech.language
    found = results.parts(indicator.id)
    shown = [name for name, m in found.items() if is_shown(m)]
    if len(shown) < 2:
        return None
    called = {name: value_name(name, catalogue, language) for name in shown}
    title = segments_title(speech, found, called, N_("Valeur par valeur"))
    field = field_name(shown[0].partition("=")[0], language)
    return HeatMap(
        key=chart_name(language.code, "parts", indicator.id),
        title=title,
        subtitle=subtitle_of(speech),
        alternative=services_sentence(speech, title, found, called, long_quarter(language, results.quarter)),
        words=replace(chart_words(language), service=field),
        columns=tuple(short_quarter(language, quarter) for quarter in results.measurements.quarters),
        rows=tuple(
            HeatRow(name=called[name], cells=_cells(results, speech, Scope(part=name)))
            for name in sorted(shown, key=lambda name: need_of(indicator, found[name]))[:SHOWN]
        ),
        higher_is_better=indicator.direction.higher_is_better,
    )


def _cells(results: Results, speech: Speech, scope: Scope) -> tuple[HeatCell, ...]:
    cells = []
    for measurement in results.measurements.series(speech.indicator.id, scope):
        if measurement is None or measurement.value is None:
            hidden = measurement is not None and verdict_of(measurement) is Verdict.SUPPRESSED
            cells.append(HeatCell(suppressed=hidden))
            continue
        aimed = measurement.target
        target = ChartNumber(float(aimed.value), speech.exact(aimed.value)) if aimed else None
        text = speech.number(
            measurement.value, decimals_shown(measurement, speech.indicator.decimals)
        )  # a cell has no room for its unit
        cells.append(
            HeatCell(
                value=ChartNumber(float(measurement.value), text),
                target=target,
                indicative=verdict_of(measurement) is Verdict.INDICATIVE,
            )
        )
    return tuple(cells)


def _segments(catalogue: Catalogue, results: Results, speech: Speech, names: tuple[str, ...]) -> Multiples:
    indicator, language = speech.indicator, speech.language
    called = {name: entity_name(catalogue, speech, Dimension.SEGMENT, name) for name in names}
    panels = tuple(
        Panel(name=called[name], points=points_of(results, speech, scope_of(Dimension.SEGMENT, name)))
        for name in names
    )
    points = tuple(point for panel in panels for point in panel.points)
    found = results.by(indicator.id, Dimension.SEGMENT)
    title = segments_title(speech, found, called)
    quarter = long_quarter(language, results.quarter)
    words = chart_words(language)
    return Multiples(
        key=chart_name(language.code, "segments", indicator.id),
        title=title,
        subtitle=subtitle_of(speech),
        alternative=services_sentence(speech, title, found, called, quarter),
        words=replace(words, service=language.gettext("Qui")),
        panels=panels,
        ticks=_ticks(speech, points),
        higher_is_better=indicator.direction.higher_is_better,
    )


def _ticks(
    speech: Speech, points: tuple[Point, ...], limits: ChartInterval | None = None
) -> tuple[ChartNumber, ...]:
    numbers = [number for p in points for number in (p.value, p.target) if number is not None]
    spans = [limits, *(point.interval for point in points)]
    numbers += [end for span in spans if span is not None for end in (span.lower, span.upper)]
    return tuple(ChartNumber(tick, speech.tick(tick)) for tick in nice_ticks(tuple(n.value for n in numbers)))
