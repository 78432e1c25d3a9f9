"""Charts: frozen specs in; lean accessible SVG, a sentence and a table out. matplotlib is loaded only to draw."""

from comptoir.charts.batch import Drawing, draw_all
from comptoir.charts.bullet import Bullet, BulletRow
from comptoir.charts.coverage import Coverage, CoverageGroup, CoverageRow
from comptoir.charts.distribution import Bin, Distribution, Marker
from comptoir.charts.drawing import (
    draw,
    draw_bullet,
    draw_coverage,
    draw_distribution,
    draw_heat_map,
    draw_multiples,
    draw_nps,
    draw_pareto,
    draw_quadrant,
    draw_slope,
    draw_spark,
    draw_trend,
    load_painter,
)
from comptoir.charts.heat_map import HeatCell, HeatMap, HeatRow
from comptoir.charts.lean import fix_colours
from comptoir.charts.multiples import Multiples, Panel
from comptoir.charts.nps import Nps
from comptoir.charts.pareto import Pareto, ParetoRow
from comptoir.charts.quadrant import Quadrant, QuadrantDot
from comptoir.charts.slope import Slope, SlopeRow
from comptoir.charts.spark import Spark
from comptoir.charts.style import ChartStyle, chart_style, palette_css
from comptoir.charts.tables import Cell, Number, Table, to_csv
from comptoir.charts.trend import Trend
from comptoir.charts.values import Chart, Interval, Point, Spec, Words, narrowed, nice_ticks

__all__ = [
    "Bin",
    "Bullet",
    "BulletRow",
    "Cell",
    "Chart",
    "ChartStyle",
    "Coverage",
    "CoverageGroup",
    "CoverageRow",
    "Distribution",
    "Drawing",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Interval",
    "Marker",
    "Multiples",
    "Nps",
    "Number",
    "Panel",
    "Pareto",
    "ParetoRow",
    "Point",
    "Quadrant",
    "QuadrantDot",
    "Slope",
    "SlopeRow",
    "Spark",
    "Spec",
    "Table",
    "Trend",
    "Words",
    "chart_style",
    "draw",
    "draw_all",
    "draw_bullet",
    "draw_coverage",
    "draw_distribution",
    "draw_heat_map",
    "draw_multiples",
    "draw_nps",
    "draw_pareto",
    "draw_quadrant",
    "draw_slope",
    "draw_spark",
    "draw_trend",
    "fix_colours",
    "load_painter",
    "narrowed",
    "nice_ticks",
    "palette_css",
    "to_csv",
]
