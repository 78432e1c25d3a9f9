"""The data beside charts: what is shown in; a link to a CSV file of exactly that, offered to who publishes files, out.

Only what content leads to is written, so that a file holds no more than what an audience reads. The files are
made for a spreadsheet: in the language of the page, with its decimal mark, and a mark by which accents are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from comptoir.analysis.verdicts import Verdict, verdict_of
from comptoir.charts import Chart, ChartCell, ChartNumber, ChartRows, Words, to_csv
from comptoir.charts.trend import series_headers
from comptoir.content.chart_sentences import chart_words
from comptoir.content.edition import Edition
from comptoir.content.measure_words import Speech, short_quarter, status_word
from comptoir.content.parts import Link
from comptoir.content.results import Results
from comptoir.measure.types import Measurement
from comptoir.wording import Language

FOLDER: Final = "charts/"
"""Folder of the published data of charts."""

_NOTHING: Final = ("",) * 5
_BYTE_ORDER_MARK: Final = "\ufeff"  # without it, spreadsheets take UTF-8 for another encoding


def chart_data(at: Edition, name: str, chart: Chart) -> Link:
    """The link to the data of a chart with words; `name` is that of the chart among the results."""
    title = f"{chart.title} ({chart.subtitle})" if chart.subtitle else chart.title
    return _link(at, name.removeprefix(f"{at.language.code}-"), title, lambda: chart.table)


def trends_data(at: Edition, results: Results, shown: Iterable[Measurement], name: str, title: str) -> Link:
    """The link to the data of small trends, as the file `name`: those of the scope of each measurement shown."""
    kept = tuple(shown)
    return _link(at, name, title, lambda: _trends(at, results, kept))


def written_data(table: ChartRows, language: Language) -> str:
    """The table as a file that a spreadsheet of people of that language opens as they expect."""
    return _BYTE_ORDER_MARK + to_csv(table, language.decimal_mark)


def _link(at: Edition, file: str, title: str, table: Callable[[], ChartRows]) -> Link:
    found = at.offer_data(f"{FOLDER}{file}.csv", lambda: written_data(table(), at.language))
    name = at.language.gettext("Données en CSV : %(title)s") % {"title": title}
    return Link(name, found)


def _trends(at: Edition, results: Results, shown: Iterable[Measurement]) -> ChartRows:
    """The quarters of each measurement's scope, one after the other, with the name and the unit of what is measured."""
    say, words, rows = at.language.gettext, chart_words(at.language), list[tuple[ChartCell, ...]]()
    quarters = [short_quarter(at.language, quarter) for quarter in results.measurements.quarters]
    for measurement in shown:
        indicator = results.indicators[measurement.indicator]
        speech = Speech(indicator, at.language, at.catalogue.organisation.currency)
        what = (at.text(indicator.name), speech.unit_name())
        series = results.measurements.series(indicator.id, measurement.scope)
        rows += [
            (*what, quarter, *_quarter(speech, words, found))
            for quarter, found in zip(quarters, series, strict=True)
        ]
    return ChartRows((say("Indicateur"), say("Unité"), *series_headers(words)), tuple(rows))


def _quarter(speech: Speech, words: Words, found: Measurement | None) -> tuple[ChartCell, ...]:
    """What the table of a trend says of a quarter, without the texts of its numbers: a file holds values."""
    if found is None:
        return (words.missing, *_NOTHING)
    aimed = _number(found.target.value) if found.target else ""
    if found.value is None:
        return (status_word(speech, found).lower(), "", "", aimed, "", "")
    ends = found.interval
    remarks = (
        words.indicative if verdict_of(found) is Verdict.INDICATIVE else "",
        words.significant if found.previous and found.previous.significant else "",
    )
    return (
        _number(found.value),
        _number(ends.low) if ends else "",
        _number(ends.high) if ends else "",
        aimed,
        "" if found.n is None else ChartNumber(float(found.n), ""),
        ", ".join(filter(None, remarks)),
    )


def _number(value: Fraction | Decimal) -> ChartNumber:
    return ChartNumber(float(value), "")
