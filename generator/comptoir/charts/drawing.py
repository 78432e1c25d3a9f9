"""A spec of any kind in, its chart out: laid out and drawn on matplotlib's Axes, and written small for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from comptoir.charts.bullet import Bullet, draw_bullet, tabulate_bullet
from comptoir.charts.coverage import CoverageChart, draw_coverage, tabulate_coverage
from comptoir.charts.distribution import Distribution, draw_distribution, tabulate_distribution
from comptoir.charts.heat_map import HeatMap, draw_heat_map, tabulate_heat_map
from comptoir.charts.multiples import Multiples, draw_multiples, tabulate_multiples
from comptoir.charts.nps import Nps, draw_nps, tabulate_nps
from comptoir.charts.pareto import Pareto, draw_pareto, tabulate_pareto
from comptoir.charts.quadrant import QuadrantChart, draw_quadrant, tabulate_quadrant
from comptoir.charts.sheet import ChartSheet, close_sheet, open_sheet
from comptoir.charts.slope import Slope, draw_slope, tabulate_slope
from comptoir.charts.spark import Spark, spark_svg, tabulate_spark
from comptoir.charts.style import ChartStyle
from comptoir.charts.svg import lean_svg
from comptoir.charts.tables import ChartRows
from comptoir.charts.trend import Trend, draw_trend, tabulate_trend
from comptoir.charts.values import Chart, Spec
from comptoir.wording import printable

if TYPE_CHECKING:
    from comptoir.charts.figure import Easel


@dataclass(frozen=True, slots=True)
class ChartKind:
    """How a kind of chart is drawn under its title, and what its table holds."""

    draw: Callable[[Any, ChartSheet], None]
    tabulate: Callable[[Any], ChartRows]


KINDS: Final[Mapping[type[Spec], ChartKind]] = MappingProxyType(
    {
        Bullet: ChartKind(draw_bullet, tabulate_bullet),
        CoverageChart: ChartKind(draw_coverage, tabulate_coverage),
        Distribution: ChartKind(draw_distribution, tabulate_distribution),
        HeatMap: ChartKind(draw_heat_map, tabulate_heat_map),
        Multiples: ChartKind(draw_multiples, tabulate_multiples),
        Nps: ChartKind(draw_nps, tabulate_nps),
        Pareto: ChartKind(draw_pareto, tabulate_pareto),
        QuadrantChart: ChartKind(draw_quadrant, tabulate_quadrant),
        Slope: ChartKind(draw_slope, tabulate_slope),
        Trend: ChartKind(draw_trend, tabulate_trend),
    }
)

_EASELS: Final[dict[ChartStyle, Easel]] = {}  # the last style's: one figure is drawn on again and again
_ONE_AT_A_TIME: Final = Lock()  # settings of matplotlib are those of the process


def draw(spec: Spec, style: ChartStyle) -> Chart:
    """The chart of a spec of any kind."""
    return complete(spec, draw_svg(spec, style))


def complete(spec: Spec, svg: str) -> Chart:
    """The chart that a drawing of the spec belongs to."""
    table = tabulate_spark(spec) if isinstance(spec, Spark) else KINDS[type(spec)].tabulate(spec)
    words = (printable(text) for text in (spec.title, spec.subtitle))
    return Chart(svg, printable(spec.alternative), table, *words)


def load_painter() -> None:
    """Loads matplotlib, which the first drawing would wait for."""
    import comptoir.charts.figure  # noqa: F401


def draw_svg(spec: Spec, style: ChartStyle) -> str:
    """The drawing alone. matplotlib is loaded by the first one that is no spark."""
    if isinstance(spec, Spark):
        return spark_svg(spec, style)
    from comptoir.charts.figure import Easel

    with _ONE_AT_A_TIME:
        if style not in _EASELS:
            _EASELS.clear()
            _EASELS[style] = Easel(dict(style.looks))
        easel = _EASELS[style]
        easel.clear()
        sheet = ChartSheet(easel, style, spec.width)
        open_sheet(spec, sheet)
        KINDS[type(spec)].draw(spec, sheet)
        close_sheet(spec, sheet)
        written = sheet.svg()
    return lean_svg(written, spec, style.light)
