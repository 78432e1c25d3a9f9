"""Services by quarters: a spec in; a scene of cells, each with its number, coloured around the target, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.charts.frame import (
    EDGE,
    LEADING,
    STAR,
    KeyEntry,
    Sheet,
    close_sheet,
    open_sheet,
    write_empty,
    write_key,
)
from comptoir.charts.scene import Area, Label, Place, Scene, rectangle
from comptoir.charts.style import STEPS, ChartStyle
from comptoir.charts.tables import Cell, Number, Table, cell
from comptoir.charts.values import Spec

_GAP: Final = 2.0
_PADDING: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One service in one quarter. `suppressed` hides a number that too few people gave.

    One that is `indicative` is shown without a colour: too few cases carry it to judge it.
    """

    value: Number | None = None
    target: Number | None = None
    suppressed: bool = False
    indicative: bool = False

    def __post_init__(self) -> None:
        if self.suppressed and self.value is not None:
            raise ValueError("a suppressed cell cannot hold a value")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One service through the quarters."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Spec):
    """Rows of cells under `columns`; `higher_is_better` None shows amounts without judging them."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    higher_is_better: bool | None = True

    def __post_init__(self) -> None:
        super(HeatMap, self).__post_init__()
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the chart '{self.key}' has not one cell for each column")


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where columns begin: `shown` are the indexes of the columns of one block."""

    left: float
    width: float
    size: float
    shown: range


def arrange_heat_map(spec: HeatMap, style: ChartStyle) -> Scene:
    """The scene of a heat map. Columns that find no room side by side follow in a block below."""
    sheet = open_sheet(spec, style)
    if not spec.rows or not spec.columns:
        write_empty(sheet, spec.words.no_data, 120)
        return close_sheet(sheet, spec)
    levels = _levels(spec)
    for grid in _grids(spec, sheet):
        _write_block(spec, sheet, grid, levels)
    write_key(sheet, _key(spec, levels))
    return close_sheet(sheet, spec)


def tabulate_heat_map(spec: HeatMap) -> Table:
    """One row for each service, one column for each quarter."""
    words = spec.words
    rows: list[tuple[Cell, ...]] = []
    for row in spec.rows:
        cells = (cell(c.value, words.suppressed if c.suppressed else words.missing) for c in row.cells)
        rows.append((row.name, *cells))
    return Table((words.service, *spec.columns), tuple(rows))


def _levels(spec: HeatMap) -> dict[tuple[int, int], str]:
    """The colour of each cell with a value: how far it is from its target, in steps of the farthest one."""
    distances: dict[tuple[int, int], float] = {}
    amounts: dict[tuple[int, int], float] = {}
    for i, row in enumerate(spec.rows):
        for j, heat in enumerate(row.cells):
            if heat.value is None or heat.indicative:
                continue
            if heat.target is None or spec.higher_is_better is None:
                amounts[i, j] = heat.value.value
            else:
                distance = heat.value.value / 2 - heat.target.value / 2
                distances[i, j] = distance if spec.higher_is_better else -distance
    farthest = max((abs(distance) for distance in distances.values()), default=0.0)
    low, high = min(amounts.values(), default=0.0) / 2, max(amounts.values(), default=0.0) / 2
    levels = {
        place: f"heat-{'met' if distance >= 0 else 'missed'}-{_step(abs(distance), farthest)}"
        for place, distance in distances.items()
    }
    if levels:  # beside cells that are judged, those that have no target keep no colour
        return levels
    return {place: f"heat-plain-{_step(amount / 2 - low, high - low)}" for place, amount in amounts.items()}


def _step(distance: float, farthest: float) -> int:
    return 1 if farthest == 0 else min(STEPS, 1 + int(distance / farthest * STEPS))


def _grids(spec: HeatMap, sheet: Sheet) -> list[_Grid]:
    """Blocks of columns: names at the left where there is room, above their rows on a narrow sheet."""
    size = sheet.sizes.label if sheet.width >= 520 else sheet.sizes.small
    texts = [heat.value.text for row in spec.rows for heat in row.cells if heat.value]
    needed = max((sheet.measure(text, size, True) for text in texts), default=20.0)
    words = (word for column in spec.columns for word in column.split(" "))
    needed = max(needed, *(sheet.measure(word, sheet.sizes.small) for word in words)) + 2 * _PADDING
    left = EDGE
    if sheet.width >= 520:
        widest = max(sheet.measure(row.name, sheet.sizes.label) for row in spec.rows)
        left += min(widest + 12, sheet.width * 0.34)
    room = sheet.width - EDGE - left
    fitting = max(1, min(len(spec.columns), int(room // needed)))
    blocks = -(-len(spec.columns) // fitting)
    fitting = -(-len(spec.columns) // blocks)
    width = min(room / fitting, 110.0) if left > EDGE else room / fitting
    starts = range(0, len(spec.columns), fitting)
    return [_Grid(left, width, size, range(s, min(s + fitting, len(spec.columns)))) for s in starts]


def _write_block(spec: HeatMap, sheet: Sheet, grid: _Grid, levels: dict[tuple[int, int], str]) -> None:
    small = sheet.sizes.small
    heads = [sheet.wrap(spec.columns[j], grid.width - 4, small) for j in grid.shown]
    deepest = max(map(len, heads)) * small * LEADING
    for place, lines in enumerate(heads):
        start = sheet.bottom + deepest - len(lines) * small * LEADING
        sheet.write(lines, grid.left + grid.width * (place + 0.5), start, small, "muted", "middle")
    sheet.bottom += deepest + 4
    surfaces: dict[str, list[tuple[Place, ...]]] = {}
    labels: dict[str, list[Label]] = {}
    corners: dict[str, list[Place]] = {}
    for i, row in enumerate(spec.rows):
        top, bottom = _write_name(sheet, row.name, grid)
        for place, j in enumerate(grid.shown):
            left = grid.left + grid.width * place
            role = levels.get((i, j)) or _plain_role(row.cells[j])
            ring = rectangle(left + _GAP / 2, top, left + grid.width - _GAP / 2, bottom)
            surfaces.setdefault(role, []).append(ring)
            label = _label(row.cells[j], role, grid, left, (top + bottom) / 2)
            if label:
                labels.setdefault(label.role, []).append(label)
            if "missed" in role:
                corners.setdefault(f"{role}-text", []).append((left + grid.width - _GAP / 2 - 1, top + 1))
        sheet.bottom = bottom + _GAP
    for role, rings in sorted(surfaces.items()):
        coloured = role.startswith("heat")
        sheet.items.append(Area(tuple(rings), role if coloured else "empty", hatched=role == "missing"))
    for role, places in sorted(corners.items()):
        sheet.items.append(Area(tuple(_corner(place) for place in places), role))
    for _, written in sorted(labels.items()):
        sheet.items += written
    sheet.bottom += 10


def _write_name(sheet: Sheet, name: str, grid: _Grid) -> tuple[float, float]:
    """Writes the name of a row at its left, or above it; gives the top and the bottom of its cells."""
    size = sheet.sizes.label
    height = grid.size * LEADING + 2 * _PADDING
    if grid.left == EDGE:
        lines = sheet.wrap(name, sheet.width - 2 * EDGE, size)
        top = sheet.write(lines, EDGE, sheet.bottom + 4, size) + 3
        return top, top + height
    lines = sheet.wrap(name, grid.left - EDGE - 12, size)
    block = len(lines) * size * LEADING
    height = max(height, block + 6)
    sheet.write(lines, EDGE, sheet.bottom + (height - block) / 2, size)
    return sheet.bottom, sheet.bottom + height


def _plain_role(heat: HeatCell) -> str:
    """What a cell without a colour is."""
    if heat.suppressed:
        return "suppressed"
    if heat.value is None:
        return "missing"
    return "indicative" if heat.indicative else "unjudged"


def _label(heat: HeatCell, role: str, grid: _Grid, left: float, middle: float) -> Label | None:
    """The number of a cell, or the sign of a suppressed one; smaller where it would not fit otherwise."""
    at = (left + grid.width / 2, middle + grid.size * 0.35)
    if heat.suppressed:
        return Label(at, STAR, grid.size, "muted", "middle")
    if heat.value is None:
        return None
    colour = f"{role}-text" if role.startswith("heat") else "muted" if heat.indicative else "ink"
    return Label(at, heat.value.text, grid.size, colour, "middle")


def _corner(place: Place) -> tuple[Place, ...]:
    x, y = place
    return ((x - 7, y), (x, y), (x, y + 7))


def _key(spec: HeatMap, levels: dict[tuple[int, int], str]) -> Sequence[KeyEntry]:
    """What colours and signs mean, each only if there is one."""
    words, cells = spec.words, [heat for row in spec.rows for heat in row.cells]
    targets = {heat.target.text for heat in cells if heat.target and heat.value}
    target = f" ({next(iter(targets))})" if len(targets) == 1 else ""
    shown = set(levels.values())
    entries = [
        KeyEntry("band" if name == "met" else "corner", meaning + target, f"heat-{name}-2")
        for name, meaning in (("met", words.met), ("missed", words.missed))
        if any(f"heat-{name}" in level for level in shown)
    ]
    if any(heat.indicative and heat.value is not None for heat in cells):
        entries.append(KeyEntry("band", words.indicative, "empty"))
    if any(heat.value is None and not heat.suppressed for heat in cells):
        entries.append(KeyEntry("hatch", words.missing, "empty"))
    if any(heat.suppressed for heat in cells):
        entries.append(KeyEntry("starred", words.suppressed, "muted"))
    return entries
