"""Charts of slides: values in; a chart of PowerPoint's own, whose data can be edited, out."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.util import Pt
from xlsxwriter import Workbook

from comptoir.slides.deck import ChartData
from comptoir.slides.markup import clean

_FORMS: Final = {"line": XL_CHART_TYPE.LINE_MARKERS, "bar": XL_CHART_TYPE.BAR_CLUSTERED}
_SIZE: Final = 12


class PlainChartData(CategoryChartData):
    """The data of a chart, whose workbook holds every name as text: the library's own takes '=…' for a formula."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook, with each cell where the chart's references look for it: names in row 1 and column A."""
        content = BytesIO()
        workbook = Workbook(content, {"in_memory": True})
        sheet = workbook.add_worksheet()
        for row, category in enumerate(self.categories, 1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(self, 1):
            number_format = workbook.add_format({"num_format": series.number_format})
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, number_format)
        workbook.close()
        return content.getvalue()


def chart_data(data: ChartData) -> PlainChartData:
    """The same as the library wants it."""
    values = PlainChartData(number_format=data.number_format)  # type: ignore[no-untyped-call]
    values.categories = [clean(category) for category in data.categories]
    for name, numbers in data.series:
        values.add_series(clean(name), [None if n is None else float(n) for n in numbers])  # type: ignore[no-untyped-call]
    return values


def fill_chart(place: Any, data: ChartData, lang: str) -> Any:
    """Puts the chart in its place. What is missing leaves a gap: it is never zero."""
    frame = place.insert_chart(_FORMS[data.form], chart_data(data))
    chart = frame.chart
    chart.font.size = Pt(_SIZE)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    _set_axes(chart, data)
    if data.form == "line":
        _style_lines(chart)
    else:
        _style_bars(chart)
    chart.has_legend = len(data.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(_SIZE)
    return frame


def _set_axes(chart: Any, data: ChartData) -> None:
    values, categories = chart.value_axis, chart.category_axis
    if data.least is not None:
        values.minimum_scale = float(data.least)
    if data.most is not None:
        values.maximum_scale = float(data.most)
    values.has_major_gridlines = data.form == "line"
    values.visible = data.form == "line"
    if data.form == "line":
        values.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
        values.format.line.fill.background()
        values.tick_labels.number_format = data.number_format
        values.tick_labels.number_format_is_linked = False
    else:
        categories.reverse_order = True
    categories.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below the values, were they less than zero


def _style_lines(chart: Any) -> None:
    """The first series is what was measured; a second one is what was aimed at."""
    for position, series in enumerate(chart.plots[0].series):
        series.smooth = False
        line = series.format.line
        line.width = Pt(2.5 if position == 0 else 1.5)
        line.color.theme_color = MSO_THEME_COLOR.ACCENT_1 if position == 0 else MSO_THEME_COLOR.ACCENT_2
        if position:
            line.dash_style = MSO_LINE.DASH
            series.marker.style = XL_MARKER_STYLE.NONE
            continue
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        series.marker.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        _label(series, XL_LABEL_POSITION.ABOVE)


def _style_bars(chart: Any) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.vary_by_categories = False
    for series in plot.series:
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        _label(series, XL_LABEL_POSITION.OUTSIDE_END)


def _label(series: Any, position: Any) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.position = position
    labels.font.size = Pt(_SIZE)
    labels.number_format_is_linked = True
