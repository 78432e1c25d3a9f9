"""A trend as small as a word, for tiles: a spec in, a scene without words out."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.charts.frame import NARROW_SIZES, Sheet
from comptoir.charts.scales import scale_over
from comptoir.charts.scene import Line, Marks, Scene
from comptoir.charts.series import Field, gap_items, last_value, line_items, target_items, values_of
from comptoir.charts.style import ChartStyle, line_role
from comptoir.charts.tables import Table
from comptoir.charts.trend import series_table
from comptoir.charts.values import Point, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark(Spec):
    """A measure by quarter, in a tile of `width` by `height` pixels; its title is read, not shown."""

    points: tuple[Point, ...]
    higher_is_better: bool | None = None
    family: str = ""
    width: int = 140
    height: int = 36


def arrange_spark(spec: Spark, style: ChartStyle) -> Scene:
    """The scene of a spark line; without a value, the words that say so."""
    sheet = Sheet(spec.width, style, NARROW_SIZES)
    latest = last_value(spec.points)
    if latest is None:
        size = sheet.sizes.small
        lines = sheet.wrap(spec.words.no_data, spec.width - 4, size)
        end = sheet.write(lines, 2, 4, size, "muted")
        baseline = max(float(spec.height), end + 4)
        sheet.items.append(Line(((2, baseline - 2), (spec.width - 2, baseline - 2)), "axis", 1, (3, 3)))
        return Scene(spec.width, baseline, tuple(sheet.items))
    top, bottom = 5.0, spec.height - 5.0
    y = scale_over(values_of(spec.points), bottom, top, room=0.02)
    field = Field(0, spec.width, top, bottom, len(spec.points), y)
    role = line_role(style, spec.family)
    sheet.items += target_items(spec.points, field, spec.higher_is_better)
    sheet.items += gap_items(spec.points, field)
    sheet.items += line_items(spec.points, field, role, 2)
    index, value = latest
    place = (field.middle(index), y(value.value))
    fill = "paper" if spec.points[index].indicative else role
    sheet.items.append(Marks((place,), "circle", 6, fill, role))
    return Scene(spec.width, spec.height, tuple(sheet.items))


def tabulate_spark(spec: Spark) -> Table:
    """The quarters as rows."""
    return series_table(spec.points, spec.words)
