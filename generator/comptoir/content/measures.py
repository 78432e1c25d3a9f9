"""Parts that show results on several pages: measurements in; values, verdicts, changes and charts as text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from comptoir.analysis.verdicts import Verdict, is_better, judged_of, kept_of, verdict_of
from comptoir.charts import Chart
from comptoir.charts.tables import ChartNumber
from comptoir.content.chart_parts import chart_name
from comptoir.content.chart_specs import spark_name
from comptoir.content.data_links import chart_data
from comptoir.content.edition import Edition
from comptoir.content.labels import label, promise
from comptoir.content.measure_words import (
    VERDICTS,
    Speech,
    change_words,
    interval_words,
    reason_words,
    target_words,
    value_words,
)
from comptoir.content.parts import Link
from comptoir.content.references import LinkTarget, Ref
from comptoir.content.results import Results
from comptoir.measure.plans import CENSUS
from comptoir.measure.promises import agreements_of
from comptoir.measure.types import EVERYTHING, Measurement, Scope
from comptoir.measure.words import formula_of
from comptoir.model.agreements import Target
from comptoir.model.metrics import Dimension, Indicator, IndicatorKind
from comptoir.model.terms import Metric
from comptoir.periods import Period
from comptoir.wording import N_, SOURCE_LANGUAGE

_NO_SAMPLE: Final = CENSUS - {IndicatorKind.COVERAGE}
"""Kinds whose n says nothing that the value does not."""

_IN_TIME: Mapping[Metric, str] = {
    Metric.TTO: N_("{share} des signalements pris en charge dans le délai promis."),
    Metric.TTR: N_("{share} des incidents résolus dans le délai promis."),
    Metric.DELIVERY: N_("{share} des demandes servies dans le délai promis."),
}


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict with its word and its sentence, which says why; `tone` and `mark` are those of `VERDICTS`."""

    word: str
    sentence: str
    tone: str
    mark: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measurement. Texts are '' where there is nothing to say; `tone` is better, worse or ''."""

    name: str
    url: LinkTarget
    value: str
    verdict: VerdictView
    promise: str
    sample: str
    interval: str
    change: str
    tone: str
    spark: Markup
    kept: str


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The data of a chart; the numbers among the cells stand at the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart for wide and for narrow places, the sentence that stands for it, and its data: here and as a file."""

    wide: Markup
    narrow: Markup
    sentence: str
    table: ChartTable
    csv: Link


def summary_words(at: Edition, indicator: Indicator) -> str:
    """What an indicator is, in a sentence; one that ships speaks of the period of the pages, as they do."""
    said = at.text(indicator.summary)
    if indicator.holds("summary"):  # in the words of who wrote it
        return said
    return at.language.of_kind(indicator.summary.in_language(SOURCE_LANGUAGE), said)


def speech_of(at: Edition, indicator: Indicator) -> Speech:
    """How the indicator is spoken of in this edition."""
    return Speech(indicator, at.language, at.catalogue.organisation.currency)


def measure_view(
    at: Edition, results: Results, measurement: Measurement, promised: str = "", kept: str = ""
) -> MeasureView:
    """The measurement as lists show it. `promised` stands for the target where it is said otherwise."""
    indicator = results.indicators[measurement.indicator]
    speech = speech_of(at, indicator)
    better = is_better(indicator, measurement.previous)
    return MeasureView(
        name=at.text(indicator.name),
        url=Ref("indicator", indicator.id),
        value=value_words(speech, measurement),
        verdict=verdict_view(speech, measurement),
        promise=promised or _target(speech, measurement),
        sample=sample_words(speech, measurement),
        interval=interval_words(speech, measurement),
        change=""
        if verdict_of(measurement) is Verdict.INDICATIVE
        else change_words(speech, measurement, measurement.previous),
        tone="" if better is None else "better" if better else "worse",
        spark=spark(results, indicator, measurement.scope),
        kept=kept,
    )


def formula_words(at: Edition, indicator: Indicator, *, with_expressions: bool = False) -> str:
    """How it is computed, in words; the expressions of the definition belong to appendices and commands."""
    metric = label(indicator.metric, at.language) if indicator.metric else ""
    text = formula_of(indicator, at.language.code, metric, with_expressions=with_expressions)
    return at.language.typeset(text)


def verdict_view(speech: Speech, measurement: Measurement) -> VerdictView:
    """The verdict with its word and its reason."""
    face = VERDICTS[verdict_of(measurement)]
    return VerdictView(speech.say(face.word), reason_words(speech, measurement), face.tone, face.mark)


def sample_words(speech: Speech, measurement: Measurement) -> str:
    """'n = 312', '' where n says nothing, or nothing was counted."""
    if measurement.n is None or not measurement.has_value or speech.indicator.kind in _NO_SAMPLE:
        return ""
    return f"n\u00a0=\u00a0{speech.language.number(measurement.n)}"


def spark(results: Results, indicator: Indicator, scope: Scope = EVERYTHING) -> Markup:
    """The small trend, '' when there are not two values."""
    chart = results.charts.get(spark_name(indicator.id, scope))
    return Markup(chart.svg) if chart else Markup("")  # drawn by charts, which escapes its words


def chart_view(at: Edition, results: Results, what: str, indicator: Indicator) -> ChartView | None:
    """The chart of that name; None when there is none."""
    return chart_named(at, results, chart_name(at.language.code, what, indicator.id))


def chart_named(at: Edition, results: Results, name: str) -> ChartView | None:
    """The chart of that very name; None when there is none."""
    chart, narrow = results.charts.get(name), results.charts.get(f"{name}-narrow")
    if chart is None or narrow is None:
        return None
    csv = chart_data(at, name, chart)
    return ChartView(Markup(chart.svg), Markup(narrow.svg), chart.alternative, _table(chart), csv)


def _table(chart: Chart) -> ChartTable:
    return ChartTable(
        headers=chart.table.headers,
        rows=tuple(
            tuple((cell.text, True) if isinstance(cell, ChartNumber) else (cell, False) for cell in row)
            for row in chart.table.rows
        ),
    )


def kept_words(at: Edition, found: Iterable[Measurement]) -> str:
    """For how many services the promise was kept; '' when none can be judged."""
    judged = judged_of(found)
    if not judged:
        return ""
    met = len(kept_of(judged))
    if len(judged) == 1:
        return at.language.gettext("tenu") if met else at.language.gettext("pas tenu")
    text = at.language.ngettext(
        "tenu pour %(met)s service sur %(all)s", "tenu pour %(met)s services sur %(all)s", met
    )
    return text % {"met": at.language.number(met), "all": at.language.number(len(judged))}


def kept_by_services(at: Edition, results: Results, indicator: Indicator) -> str:
    """The same for all services of an indicator."""
    return kept_words(at, results.by(indicator.id, Dimension.SERVICE).values())


def promised_targets(
    at: Edition, service: str, metric: Metric, indicator: Indicator, quarter: Period
) -> list[Target]:
    """What agreements with clients promise for a service at the end of the quarter, of what an indicator measures."""
    return [
        target
        for agreement in agreements_of(at.catalogue, service)
        for _, target in agreement.targets_in_force(quarter.last_day)
        if target.metric is metric
        and agreement.is_judged(target)
        and indicator.priority in (None, target.priority)
        and indicator.request_item in (None, target.request_item)
    ]


def service_promise(at: Edition, results: Results, indicator: Indicator, measurement: Measurement) -> str:
    """What was promised of a service, in words; '' when nothing was."""
    metric, speech, target = results.metric_of(indicator), speech_of(at, indicator), measurement.target
    if metric is None:
        return _target(speech, measurement)
    targets = promised_targets(at, measurement.scope.service, metric, indicator, measurement.quarter)
    sentences = {promise(target, at.catalogue, at.language) for target in targets}
    if len(sentences) == 1:
        return _promised(at, speech, measurement, sentences.pop(), targets)
    if target is None:
        return at.language.gettext("Un délai promis selon la priorité.") if sentences else ""
    if metric in _IN_TIME and target.from_agreements:
        share = target_words(speech, measurement)
        text = speech.say(_IN_TIME[metric]).format(share=share)
        return at.language.typeset(text[:1].upper() + text[1:])
    return _target(speech, measurement)


def _promised(
    at: Edition, speech: Speech, measurement: Measurement, sentence: str, targets: list[Target]
) -> str:
    """The promise; and what the measurement was judged by, where a definition aims at something else."""
    aimed = measurement.target
    is_share = speech.indicator.kind is IndicatorKind.WITHIN_TARGET
    promised = [t.share if is_share else t.value for t in targets]
    if aimed is None or aimed.from_agreements or aimed.value in promised:
        return sentence
    other = at.language.gettext("Jugé sur l'objectif d'ensemble : %(target)s.")
    return f"{sentence} {other % {'target': target_words(speech, measurement)}}"


def _target(speech: Speech, measurement: Measurement) -> str:
    words = target_words(speech, measurement)
    return words[:1].upper() + words[1:]
