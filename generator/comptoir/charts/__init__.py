"""Charts: frozen specs in; lean accessible SVG, a sentence and a table out. matplotlib is loaded only to draw."""

from comptoir.charts.batch import Drawing, draw_all
from comptoir.charts.bullet import BarStatus, Bullet, BulletRow
from comptoir.charts.coverage import CoverageChart, CoverageGroup, CoverageRow
from comptoir.charts.distribution import Bin, Distribution, Marker
from comptoir.charts.drawing import (
    draw,
    load_painter,
)
from comptoir.charts.heat_map import HeatCell, HeatMap, HeatRow
from comptoir.charts.looks import check_looks
from comptoir.charts.multiples import Multiples, Panel
from comptoir.charts.nps import Nps
from comptoir.charts.pareto import Pareto, ParetoRow
from comptoir.charts.quadrant import QuadrantChart, QuadrantDot
from comptoir.charts.slope import Slope, SlopeRow
from comptoir.charts.spark import Spark
from comptoir.charts.style import ChartStyle, chart_style, palette_css
from comptoir.charts.svg import fix_colours
from comptoir.charts.tables import ChartCell, ChartNumber, ChartRows, to_csv
from comptoir.charts.trend import Trend
from comptoir.charts.values import Chart, ChartInterval, Point, Spec, Words, narrowed, nice_ticks

__all__ = [
    "BarStatus",
    "Bin",
    "Bullet",
    "BulletRow",
    "Chart",
    "ChartCell",
    "ChartInterval",
    "ChartNumber",
    "ChartRows",
    "ChartStyle",
    "CoverageChart",
    "CoverageGroup",
    "CoverageRow",
    "Distribution",
    "Drawing",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Marker",
    "Multiples",
    "Nps",
    "Panel",
    "Pareto",
    "ParetoRow",
    "Point",
    "QuadrantChart",
    "QuadrantDot",
    "Slope",
    "SlopeRow",
    "Spark",
    "Spec",
    "Trend",
    "Words",
    "chart_style",
    "check_looks",
    "draw",
    "draw_all",
    "fix_colours",
    "load_painter",
    "narrowed",
    "nice_ticks",
    "palette_css",
    "to_csv",
]
