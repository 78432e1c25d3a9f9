"""The data beside charts: what a page shows in; a link to a CSV file of exactly that, kept among the files of the site, out.

Only what pages lead to is written, so that a file holds no more than the page which an audience reads. The files are
made for a spreadsheet: in the language of the page, with its decimal mark, and a mark by which accents are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from comptoir.charts import Cell, Chart, Table, to_csv
from comptoir.charts.trend import series_table
from comptoir.measure.types import Measurement
from comptoir.render.chart_sentences import chart_words
from comptoir.render.chart_specs import points_of
from comptoir.render.measure_words import Speech
from comptoir.render.paths import relative_url
from comptoir.render.results import Results
from comptoir.render.site import PageContext
from comptoir.render.views.parts import Link
from comptoir.text import Language

FOLDER: Final = "charts/"
"""Folder of the published data of charts."""

_BYTE_ORDER_MARK: Final = "\ufeff"  # without it, spreadsheets take UTF-8 for another encoding


def chart_data(at: PageContext, name: str, chart: Chart) -> Link:
    """The way from this page to the data of a chart with words; `name` is that of the chart among the results."""
    title = f"{chart.title} ({chart.subtitle})" if chart.subtitle else chart.title
    return _link(at, f"{FOLDER}{name.removeprefix(f'{at.language.code}-')}.csv", title, chart.table)


def trends_data(at: PageContext, results: Results, shown: Iterable[Measurement], title: str) -> Link:
    """The way from this page to the data of the small trends on it: those of the scope of each measurement shown."""
    place = at.path.removesuffix(".md").removesuffix("/index")
    return _link(at, f"{FOLDER}{place}.csv", title, _trends(at, results, shown))


def written_data(table: Table, language: Language) -> str:
    """The table as a file that a spreadsheet of people of that language opens as they expect."""
    return _BYTE_ORDER_MARK + to_csv(table, language.decimal_mark)


def _link(at: PageContext, path: str, title: str, table: Table) -> Link:
    at.site.keep_data(path, lambda: written_data(table, at.language))
    name = at.language.gettext("Données en CSV : %(title)s") % {"title": title}
    return Link(name, relative_url(at.path, path))


def _trends(at: PageContext, results: Results, shown: Iterable[Measurement]) -> Table:
    """The quarters of each measurement's scope, one after the other, with the name and the unit of what is measured."""
    say, rows, headers = at.language.gettext, list[tuple[Cell, ...]](), tuple[str, ...]()
    for measurement in shown:
        indicator = results.indicators[measurement.indicator]
        speech = Speech(indicator, at.language, at.catalogue.organisation.currency)
        series = series_table(points_of(results, speech, measurement.scope), chart_words(at.language))
        what = (at.text(indicator.name), speech.unit_name())
        headers = (say("Indicateur"), say("Unité"), *series.headers)
        rows += [(*what, *row) for row in series.rows]
    return Table(headers, tuple(rows))
