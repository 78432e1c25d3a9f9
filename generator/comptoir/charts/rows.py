"""Names beside or above bars: names and a sheet in; where the names stand and where the bars may lie, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.charts.placing import LEADING
from comptoir.charts.sheet import EDGE, ChartSheet


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Rows on a sheet: `left` is where their bars begin; names stand above the bars when there is no room beside."""

    left: float
    above: bool
    bar: float
    margin: float = 0.0  # kept free at the right of names

    def place(self, sheet: ChartSheet, name: str, bold: bool = False) -> tuple[float, float]:
        """Writes a name and gives the top and the bottom of its bar; the sheet is filled down to the bottom."""
        size = sheet.sizes.label
        lines = sheet.wrap(name, self._room(sheet), size, bold)
        block = len(lines) * size * LEADING
        if self.above:
            top = sheet.write(lines, EDGE, sheet.bottom, size, bold=bold) + 2
            sheet.bottom = top + self.bar
            return top, sheet.bottom
        height = max(self.bar, block)
        sheet.write(lines, EDGE, sheet.bottom + (height - block) / 2, size, bold=bold)
        top = sheet.bottom + (height - self.bar) / 2
        sheet.bottom += height
        return top, top + self.bar

    def _room(self, sheet: ChartSheet) -> float:
        return sheet.width - 2 * EDGE - self.margin if self.above else self.left - EDGE - 12


def plan_rows(sheet: ChartSheet, names: Sequence[str], bar: float, margin: float = 0.0) -> RowPlan:
    """Names at the left, in a third of the width at most, on a wide sheet; above their bars on a narrow one."""
    if not sheet.wide:
        return RowPlan(EDGE, True, bar, margin)
    widest = max((sheet.measure(name, sheet.sizes.label) for name in names), default=0.0)
    return RowPlan(EDGE + min(widest + 12, sheet.width * 0.34), False, bar, margin)
