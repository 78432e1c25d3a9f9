"""Services by quarters: a spec in; cells, each with its number, coloured around the target, drawn on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.charts.placing import LEADING, Spot
from comptoir.charts.sheet import (
    EDGE,
    STAR,
    ChartSheet,
    KeyEntry,
    Plot,
    rectangle,
    write_empty,
    write_key,
)
from comptoir.charts.style import STEPS
from comptoir.charts.tables import ChartCell, ChartNumber, ChartRows, cell
from comptoir.charts.values import Spec

_GAP: Final = 2.0
_PADDING: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One service in one quarter. `suppressed` hides a number that too few people gave.

    One that is `indicative` is shown without a colour: too few cases carry it to judge it.
    """

    value: ChartNumber | None = None
    target: ChartNumber | None = None
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


def draw_heat_map(spec: HeatMap, sheet: ChartSheet) -> None:
    """Cells in rows. Columns that find no room side by side follow in a block below."""
    if not spec.rows or not spec.columns:
        write_empty(sheet, spec.words.no_data, 120)
        return
    levels = _levels(spec)
    for grid in _grids(spec, sheet):
        _draw_block(spec, sheet, grid, levels)
    write_key(sheet, _key(spec, levels))


def tabulate_heat_map(spec: HeatMap) -> ChartRows:
    """One row for each service, one column for each quarter."""
    words = spec.words
    rows: list[tuple[ChartCell, ...]] = []
    for row in spec.rows:
        cells = (cell(c.value, words.suppressed if c.suppressed else words.missing) for c in row.cells)
        rows.append((row.name, *cells))
    return ChartRows((words.service, *spec.columns), tuple(rows))


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


def _grids(spec: HeatMap, sheet: ChartSheet) -> list[_Grid]:
    """Blocks of columns: names at the left where there is room, above their rows on a narrow sheet."""
    size = sheet.sizes.label if sheet.wide else sheet.sizes.small
    texts = [heat.value.text for row in spec.rows for heat in row.cells if heat.value]
    needed = max((sheet.measure(text, size, True) for text in texts), default=20.0) + 2 * _PADDING
    words = (word for column in spec.columns for word in column.split(" "))
    needed = max(needed, *(sheet.measure(word, sheet.sizes.small) + 2 * _GAP + 1 for word in words))
    left = EDGE
    if sheet.wide:
        widest = max(sheet.measure(row.name, sheet.sizes.label) for row in spec.rows)
        left += min(widest + 12, sheet.width * 0.34)
    room = sheet.width - EDGE - left
    fitting = max(1, min(len(spec.columns), int(room // needed)))
    blocks = -(-len(spec.columns) // fitting)
    fitting = -(-len(spec.columns) // blocks)
    width = min(room / fitting, 110.0) if left > EDGE else room / fitting
    starts = range(0, len(spec.columns), fitting)
    return [_Grid(left, width, size, range(s, min(s + fitting, len(spec.columns)))) for s in starts]


def _draw_block(spec: HeatMap, sheet: ChartSheet, grid: _Grid, levels: dict[tuple[int, int], str]) -> None:
    """Names of columns, then rows; cells lie from one whole number to the next, rows where their names stand."""
    small = sheet.sizes.small
    heads = [sheet.wrap(spec.columns[j], grid.width - 4, small) for j in grid.shown]
    deepest = max(map(len, heads)) * small * LEADING
    for place, lines in enumerate(heads):
        start = sheet.bottom + deepest - len(lines) * small * LEADING
        sheet.write(lines, grid.left + grid.width * (place + 0.5), start, small, "muted", "center")
    top = sheet.bottom = sheet.bottom + deepest + 4
    spans = []
    for row in spec.rows:
        spans.append(_write_name(sheet, row.name, grid))
        sheet.bottom = spans[-1][1] + _GAP
    right = grid.left + grid.width * len(grid.shown)
    plot = sheet.plot(grid.left, top, right, sheet.bottom, (0, len(grid.shown)))
    _draw_cells(spec, plot, grid, levels, spans)
    sheet.bottom += 10


def _draw_cells(
    spec: HeatMap,
    plot: Plot,
    grid: _Grid,
    levels: dict[tuple[int, int], str],
    spans: list[tuple[float, float]],
) -> None:
    """Surfaces and corners by colour, and the numbers by theirs, so that a drawing names each colour once."""
    gap = _GAP / 2 / grid.width
    surfaces: dict[str, list[Sequence[Spot]]] = {}
    corners: dict[str, list[Sequence[Spot]]] = {}
    texts: dict[str, list[tuple[str, float, float]]] = {}
    for i, (top, bottom) in enumerate(spans):
        for place, j in enumerate(grid.shown):
            heat = spec.rows[i].cells[j]
            role = levels.get((i, j)) or _plain_role(heat)
            ring = rectangle(place + gap, top, place + 1 - gap, bottom)
            surfaces.setdefault(role, []).append(ring)
            if "missed" in role:
                corners.setdefault(f"{role}-text", []).append(_corner(place + 1 - gap, top, 1 / grid.width))
            if heat.value or heat.suppressed:
                text = heat.value.text if heat.value else STAR
                middle = (top + bottom) / 2 + grid.size * 0.35
                texts.setdefault(_text_role(heat, role), []).append((text, place + 0.5, middle))
    for role, rings in sorted(surfaces.items()):
        plot.fill(rings, role if role.startswith("heat") else "empty", hatched=role == "missing")
    for role, rings in sorted(corners.items()):
        plot.fill(rings, role)
    for role, written in sorted(texts.items()):
        for text, x, baseline in written:
            plot.sheet.put(text, plot.x(x), baseline, grid.size, role, "center")


def _write_name(sheet: ChartSheet, name: str, grid: _Grid) -> tuple[float, float]:
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


def _text_role(heat: HeatCell, role: str) -> str:
    if role.startswith("heat"):
        return f"{role}-text"
    return "muted" if heat.suppressed or heat.indicative else "ink"


def _corner(right: float, top: float, pixel: float) -> Sequence[Spot]:
    """The upper right corner of a cell, seven pixels wide, one inside its edge."""
    x, y = right - pixel, top + 1
    return ((x - 7 * pixel, y), (x, y), (x, y + 7))


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
