"""The page of an indicator: its measurements in; finding, charts, breakdowns, definition and sources out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from comptoir.addresses import page_path, relative_url
from comptoir.content.breakdowns import (
    Breakdown,
    BreakdownRow,
    breakdown_by,
    breakdown_by_field,
    table_lines,
)
from comptoir.content.closed_words import ClosedNote, closed_notes, closed_sentence
from comptoir.content.distribution_specs import NAME, distribution_data
from comptoir.content.edition import Edition
from comptoir.content.labels import field_name
from comptoir.content.left_out import count_rows, left_out_lines
from comptoir.content.measure_words import Speech, change_words, finding_words, long_quarter, value_words
from comptoir.content.measures import (
    ChartView,
    MeasureView,
    chart_view,
    formula_words,
    measure_view,
    speech_of,
    summary_words,
)
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget
from comptoir.content.results import Results
from comptoir.measure.plans import CENSUS
from comptoir.measure.types import Measurement, Measurements
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind
from comptoir.model.terms import Direction
from comptoir.site.pages.page import trail
from comptoir.wording import FIXED, N_

_SHARES: Final = frozenset({IndicatorKind.RATIO, IndicatorKind.WITHIN_TARGET, IndicatorKind.COVERAGE})

_DIRECTIONS: Final[Mapping[Direction, str]] = MappingProxyType(
    {
        Direction.HIGHER: N_("Plus haut est meilleur."),
        Direction.LOWER: N_("Plus bas est meilleur."),
        Direction.NEITHER: N_("Ni plus haut ni plus bas n’est meilleur en soi."),
    }
)


@dataclass(frozen=True, slots=True)
class OtherPeriods:
    """An indicator by month or by year, beside its quarters; and the file with its services, segments and clients."""

    title: str
    lines: Breakdown
    data_url: LinkTarget


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was read."""

    path: str
    rows: str
    hash: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """All that the page of an indicator shows."""

    title: str
    group: str
    summary: str
    crumbs: tuple[Link, ...]
    quarter: str
    is_provisional: bool
    measure: MeasureView | None
    figure: str
    unit: str
    fraction: str
    year_ago: str
    control: str
    trend: ChartView | None
    parts: ChartView | None
    values: ChartView | None
    values_url: LinkTarget
    services: Breakdown | None
    segments: Breakdown | None
    clients: Breakdown | None
    field: str
    by_field: Breakdown | None
    note: Markup
    formula: str
    direction: str
    min_sample: str
    left_out: tuple[str, ...]
    files: tuple[FileView, ...]
    data_url: LinkTarget
    others: tuple[OtherPeriods, ...]
    closed: str
    has_changed: bool
    notes: tuple[ClosedNote, ...]


def data_path(indicator: str) -> str:
    """Where the data of an indicator are published."""
    return f"indicators/{indicator}.csv"


def values_path(indicator: str) -> str:
    """Where the distribution of the values of an indicator is published."""
    return f"indicators/{indicator}-distribution.csv"


def others_path(indicator: str, periods: Measurements) -> str:
    """Where the data of an indicator by month, or by year, are published."""
    return f"indicators/{indicator}-{periods.quarters[0].kind}s.csv"


def indicator_data(at: Edition) -> dict[str, str | bytes]:
    """The file of data of each indicator: every quarter, service, segment and client that this audience sees.

    Beside it, how the values of the quarter are distributed, where that is shown.
    """
    if at.results is None:
        return {}
    distributions: dict[str, str | bytes] = {
        values_path(name): distribution_data(found)
        for name in at.results.indicators
        if (found := at.results.current(name)) is not None and found.histogram is not None
    }
    results = at.results
    distributions |= {
        others_path(name, periods): results.data_of(name, number)
        for name in results.indicators
        for number, periods in enumerate(results.others)
        if _has_values(periods, name)
    }
    return distributions | {data_path(name): at.results.data_of(name) for name in at.results.indicators}


def indicator_view(at: Edition, results: Results, indicator: Indicator, group: str) -> IndicatorView:
    """All that the page of `indicator` shows."""
    speech = speech_of(at, indicator)
    current = results.current(indicator.id)
    closing = results.closing(results.quarter) if current and current.closed_on else None
    figure, _, unit = (value_words(speech, current) if current else "").partition(FIXED)
    return IndicatorView(
        title=_title(at, speech, current),
        group=group,
        summary=summary_words(at, indicator),
        crumbs=trail(at, "results"),
        quarter=long_quarter(at.language, results.quarter),
        is_provisional=current is not None and current.is_provisional,
        measure=measure_view(at, results, current) if current else None,
        figure=figure,
        unit=unit,
        fraction=_fraction(speech, current),
        year_ago=change_words(speech, current, current.year_ago) if current and current.year_ago else "",
        control=_control(speech, current),
        trend=chart_view(at, results, "trend", indicator),
        parts=chart_view(at, results, "nps", indicator),
        values=chart_view(at, results, NAME, indicator),
        values_url=relative_url(page_path("indicator", indicator.id), values_path(indicator.id)),
        services=breakdown_by(at, results, indicator, Dimension.SERVICE),
        segments=breakdown_by(at, results, indicator, Dimension.SEGMENT),
        clients=breakdown_by(at, results, indicator, Dimension.CLIENT),
        field=field_name(
            next((name for name in indicator.by if name not in set(Dimension)), ""), at.language
        ),
        by_field=breakdown_by_field(at, results, indicator),
        note=at.html(indicator.note),
        formula=formula_words(at, indicator),
        direction=speech.say(_DIRECTIONS[indicator.direction]),
        min_sample=_min_sample(at, indicator),
        left_out=left_out_lines(at, results, indicator, current),
        files=tuple(
            FileView(file.path, count_rows(at, file.rows), file.sha256[:12])
            for file in results.files_of(indicator)
        ),
        data_url=relative_url(page_path("indicator", indicator.id), data_path(indicator.id)),
        others=tuple(
            _other_periods(at, results, indicator, periods)
            for periods in results.others
            if _has_values(periods, indicator.id)
        ),
        closed=closed_sentence(at.language, closing) if closing else "",
        has_changed=closing is not None
        and any(one.change.key[0] == indicator.id for one in closing.differences),
        notes=closed_notes(at, results.closings, indicator),
    )


def _title(at: Edition, speech: Speech, measurement: Measurement | None) -> str:
    """The finding as a sentence."""
    name = at.text(speech.indicator.name)
    if measurement is None:
        return name
    text = speech.say("{name} : {finding}")
    return at.language.typeset(text.format(name=name, finding=finding_words(speech, measurement)))


def _fraction(speech: Speech, measurement: Measurement | None) -> str:
    """'202 sur 222' for a share of cases."""
    if measurement is None or measurement.numerator is None or measurement.denominator is None:
        return ""
    parts = (measurement.numerator, measurement.denominator)
    if speech.indicator.kind not in _SHARES or any(p.denominator != 1 for p in parts):
        return ""
    text = speech.say("{} sur {}")
    return text.format(*(speech.number(part, 0) for part in parts))


def _control(speech: Speech, measurement: Measurement | None) -> str:
    """Whether the value is within what it ordinarily varies by."""
    if measurement is None or measurement.control is None or measurement.value is None:
        return ""
    limits = measurement.control
    low, high = speech.number(limits.lower), speech.value(limits.upper)
    if limits.lower <= measurement.value <= limits.upper:
        text = speech.say("Dans sa variation ordinaire, de {low} à {high}.")
    else:
        text = speech.say(
            "Hors de sa variation ordinaire, de {low} à {high} : une cause particulière est à chercher."
        )
    return speech.language.typeset(text.format(low=low, high=high))


def _has_values(periods: Measurements, indicator: str) -> bool:
    return any(m is not None and m.has_value for m in periods.series(indicator))


def _other_periods(
    at: Edition, results: Results, indicator: Indicator, periods: Measurements
) -> OtherPeriods:
    """The indicator in periods of another length, the latest first."""
    seen = [m for m in reversed(periods.series(indicator.id)) if m is not None]
    rows = [
        BreakdownRow(Link(long_quarter(at.language, m.quarter), ""), measure_view(at, results, m))
        for m in seen
    ]
    url = relative_url(page_path("indicator", indicator.id), others_path(indicator.id, periods))
    title = at.language.about(periods.quarters[0]).gettext("Trimestre par trimestre")
    return OtherPeriods(title, table_lines(at, speech_of(at, indicator), seen, rows), url)


def _min_sample(at: Edition, indicator: Indicator) -> str:
    if indicator.kind in CENSUS or indicator.kind is IndicatorKind.DERIVED:
        return ""
    text = at.language.gettext("En dessous de %(count)s cas, la valeur est indicative et n'est pas jugée.")
    return text % {"count": at.language.number(indicator.min_sample)}
