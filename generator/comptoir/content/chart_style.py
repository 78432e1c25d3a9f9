"""The look of charts in pages: the brand of a catalogue in; the style that draws them, and its colours as CSS, out."""

from __future__ import annotations

from typing import Final

from comptoir.charts import ChartStyle, chart_style, palette_css
from comptoir.model.catalogue import Catalogue

CHART_COLOURS: Final = "assets/charts.css"


def style_of(catalogue: Catalogue) -> ChartStyle:
    """The style of charts: colours and typefaces of the organisation and of its families."""
    brand = catalogue.organisation.brand
    families = {family.id: family.colour for family in catalogue.families.values()}
    fonts = brand.fonts
    return chart_style(
        brand.colours.primary,
        brand.colours.accent,
        families,
        fonts.text.family,
        fonts.headings.family,
        catalogue.chart_sheet,
    )


def chart_colours(catalogue: Catalogue) -> dict[str, str | bytes]:
    """The style sheet that gives charts their colours, in light and in dark."""
    css = palette_css(
        style_of(catalogue),
        light=":root",
        dark=':root[data-scheme="dark"]',
        dark_by_system=':root:not([data-scheme="light"])',
    )
    return {CHART_COLOURS: css}
