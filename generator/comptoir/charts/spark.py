"""A trend as small as a word, for tiles: a spec in; a few lines of SVG without words, out.

It has no axes and no labels: it is written as it is, and matplotlib is not loaded for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from comptoir.charts.metrics import wrap
from comptoir.charts.placing import LEADING, limits_over
from comptoir.charts.series import gap_runs, last_value, target_runs, value_runs, values_of
from comptoir.charts.style import ChartStyle, line_role
from comptoir.charts.svg import page_colours, short, svg_document
from comptoir.charts.tables import ChartRows
from comptoir.charts.trend import series_table
from comptoir.charts.values import Point, Spec
from comptoir.wording import printable

_SMALL: Final = 12.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark(Spec):
    """A measure by quarter, in a tile of `width` by `height` pixels; its title is read, not shown."""

    points: tuple[Point, ...]
    higher_is_better: bool | None = None
    family: str = ""
    width: int = 140
    height: int = 36


def spark_svg(spec: Spark, style: ChartStyle) -> str:
    """The target's band, columns where quarters are missing, the line and a dot at its end."""
    elements = list(_elements(spec, style))
    height = (
        spec.height if last_value(spec.points) else max(spec.height, (len(elements) + 0.5) * _SMALL * LEADING)
    )
    return svg_document(spec, spec.width, height, "".join(elements))


def tabulate_spark(spec: Spark) -> ChartRows:
    """The quarters as rows."""
    return series_table(spec.points, spec.words)


def _elements(spec: Spark, style: ChartStyle) -> Iterator[str]:
    latest = last_value(spec.points)
    paint = dict(zip((name for name, _ in style.light), page_colours(style.light), strict=True))
    if latest is None:
        lines = wrap(printable(spec.words.no_data), spec.width - 4, _SMALL, style.text_font)
        for index, line in enumerate(lines, start=1):
            baseline = short(index * _SMALL * LEADING)
            yield f'<text x="2" y="{baseline}" fill="{paint["muted"]}" font-size="{_SMALL}">{escape(line)}</text>'
        return
    low, high = limits_over(values_of(spec.points), 0.02)
    top, bottom, slot = 5.0, spec.height - 5.0, spec.width / len(spec.points)
    span = high / 2 - low / 2

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value / 2 - low / 2) / span

    for first, last, target in target_runs(spec.points):
        left, level, right = short(slot * first), short(y(target.value)), short(slot * (last + 1))
        if spec.higher_is_better is not None:
            kept = short(top if spec.higher_is_better else bottom)
            yield f'<path d="M{left} {level}H{right}V{kept}H{left}z" fill="{paint["target-band"]}"/>'
        yield f'<path d="M{left} {level}H{right}" fill="none" stroke="{paint["target"]}" stroke-width="1.2"/>'
    for first, last, _ in gap_runs(spec.points):
        left, right = short(slot * first + 1), short(slot * (last + 1) - 1)
        yield f'<path d="M{left} {short(top)}H{right}V{short(bottom)}H{left}z" fill="{paint["empty"]}"/>'
    colour = paint[line_role(style, spec.family)]
    for run in value_runs(spec.points):
        if len(run) > 1:
            spots = " ".join(
                f"{short(slot * (i + 0.5))},{short(y(p.value.value))}" for i, p in run if p.value
            )
            yield f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="2"/>'
    index, value = latest
    fill = paint["paper"] if spec.points[index].indicative else colour
    yield (
        f'<circle cx="{short(slot * (index + 0.5))}" cy="{short(y(value.value))}" r="3" fill="{fill}"'
        f' stroke="{colour}" stroke-width="1.8"/>'
    )
