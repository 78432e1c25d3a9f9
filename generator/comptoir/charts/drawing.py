"""A spec of any kind in, its chart out: the scene arranged, painted and written small for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from comptoir.charts.bullet import Bullet, arrange_bullet, tabulate_bullet
from comptoir.charts.coverage import Coverage, arrange_coverage, tabulate_coverage
from comptoir.charts.distribution import Distribution, arrange_distribution, tabulate_distribution
from comptoir.charts.heat_map import HeatMap, arrange_heat_map, tabulate_heat_map
from comptoir.charts.lean import write_svg
from comptoir.charts.multiples import Multiples, arrange_multiples, tabulate_multiples
from comptoir.charts.nps import Nps, arrange_nps, tabulate_nps
from comptoir.charts.pareto import Pareto, arrange_pareto, tabulate_pareto
from comptoir.charts.quadrant import Quadrant, arrange_quadrant, tabulate_quadrant
from comptoir.charts.scene import Scene
from comptoir.charts.slope import Slope, arrange_slope, tabulate_slope
from comptoir.charts.spark import Spark, arrange_spark, tabulate_spark
from comptoir.charts.style import ChartStyle
from comptoir.charts.tables import Table
from comptoir.charts.trend import Trend, arrange_trend, tabulate_trend
from comptoir.charts.values import Chart, Spec
from comptoir.text import printable


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of chart is arranged, and what its table holds."""

    arrange: Callable[[Any, ChartStyle], Scene]
    tabulate: Callable[[Any], Table]


KINDS: Final[Mapping[type[Spec], Kind]] = MappingProxyType(
    {
        Bullet: Kind(arrange_bullet, tabulate_bullet),
        Coverage: Kind(arrange_coverage, tabulate_coverage),
        Distribution: Kind(arrange_distribution, tabulate_distribution),
        HeatMap: Kind(arrange_heat_map, tabulate_heat_map),
        Multiples: Kind(arrange_multiples, tabulate_multiples),
        Nps: Kind(arrange_nps, tabulate_nps),
        Pareto: Kind(arrange_pareto, tabulate_pareto),
        Quadrant: Kind(arrange_quadrant, tabulate_quadrant),
        Slope: Kind(arrange_slope, tabulate_slope),
        Spark: Kind(arrange_spark, tabulate_spark),
        Trend: Kind(arrange_trend, tabulate_trend),
    }
)


def draw(spec: Spec, style: ChartStyle) -> Chart:
    """The chart of a spec of any kind."""
    return complete(spec, draw_svg(spec, style))


def draw_bullet(spec: Bullet, style: ChartStyle) -> Chart:
    """Values against their targets, one bar each."""
    return draw(spec, style)


def draw_coverage(spec: Coverage, style: ChartStyle) -> Chart:
    """Coverage of services by maturity, with the band of mature ones."""
    return draw(spec, style)


def draw_distribution(spec: Distribution, style: ChartStyle) -> Chart:
    """How values are distributed, with the target and the quantiles marked."""
    return draw(spec, style)


def draw_heat_map(spec: HeatMap, style: ChartStyle) -> Chart:
    """Services by quarters, coloured by their distance from the target."""
    return draw(spec, style)


def draw_multiples(spec: Multiples, style: ChartStyle) -> Chart:
    """Small trends side by side on one scale."""
    return draw(spec, style)


def draw_nps(spec: Nps, style: ChartStyle) -> Chart:
    """From promoters and detractors to the net promoter score."""
    return draw(spec, style)


def draw_pareto(spec: Pareto, style: ChartStyle) -> Chart:
    """Amounts from the largest, their cumulative share and their ABC classes."""
    return draw(spec, style)


def draw_quadrant(spec: Quadrant, style: ChartStyle) -> Chart:
    """Clients over two measures, in four named fields."""
    return draw(spec, style)


def draw_slope(spec: Slope, style: ChartStyle) -> Chart:
    """The same clients by two measures, and where the second contradicts the first."""
    return draw(spec, style)


def draw_spark(spec: Spark, style: ChartStyle) -> Chart:
    """A trend as small as a word."""
    return draw(spec, style)


def draw_trend(spec: Trend, style: ChartStyle) -> Chart:
    """A measure over quarters, with target, limits and interval."""
    return draw(spec, style)


def complete(spec: Spec, svg: str) -> Chart:
    """The chart that a drawing of the spec belongs to."""
    table = KINDS[type(spec)].tabulate(spec)
    words = (printable(text) for text in (spec.title, spec.subtitle))
    return Chart(svg, printable(spec.alternative), table, *words)


def arrange(spec: Spec, style: ChartStyle) -> Scene:
    """What is drawn, and where."""
    return KINDS[type(spec)].arrange(spec, style)


def load_painter() -> None:
    """Loads matplotlib, which the first drawing would wait for."""
    import comptoir.charts.paint  # noqa: F401


def draw_svg(spec: Spec, style: ChartStyle) -> str:
    """The drawing alone. matplotlib is loaded by the first one."""
    from comptoir.charts.paint import paint

    picture = paint(arrange(spec, style), spec.key, style.light)
    return write_svg(picture, spec.key, spec.title, spec.alternative)
