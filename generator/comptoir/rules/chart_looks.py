"""The style sheet of charts, catalogue/brand/charts.mplstyle, sets looks of matplotlib and nothing else: no path, no backend, no TeX.

Passes::

    # catalogue/brand/charts.mplstyle
    lines.linewidth: 3
    grid.color: $axis

Fails::

    # catalogue/brand/charts.mplstyle
    text.usetex: True
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem
from comptoir.sources.project import CHART_SHEET

RULE: Final = "chart-style"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Each line of the style sheet that sets what it cannot, or sets it to what it cannot be."""
    if catalogue.chart_sheet:
        from comptoir.charts import (
            chart_style,
            check_looks,
        )  # slow to load, and few projects have such a sheet

        families = {family.id: family.colour for family in catalogue.families.values()}
        colours = chart_style(catalogue.organisation.brand.colours.primary, families=families).drawn
        for line, message, hint in check_looks(catalogue.chart_sheet, colours):
            yield Problem(Location(CHART_SHEET, line, 1), RULE, message, hint)
