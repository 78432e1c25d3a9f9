"""Lays out the poster of the offer: families and their services, a field and typefaces in; cards and cells placed in it, out.

The field is a grid of columns. Families fill it in shelves: each has a card as wide as some columns, and the cards of a
shelf are as high as one another, so that nothing is left between them. Of all numbers of columns and all ways of parting
families into shelves, the one that lets the letters be the largest is taken; what height is left then goes between the
rows. Lengths are millimetres of an A2 sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comptoir.paper.posters.grid import (
    AIR,
    GAP,
    INSET,
    PADDING,
    CardGroup,
    CardShape,
    Detail,
    Grid,
    GridField,
    Shelf,
    waste,
)

LARGEST: Final = 12.5
SMALLEST: Final = 3.9  # 11 points
COMFORTABLE: Final = 7.4  # 21 points: read at two metres without an effort
COLUMNS: Final = range(1, 9)
STEPS: Final = 10  # of the search for the size
WASTE_COUNTS: Final = 0.5
_DETAILS: Final = (Detail(True, True), Detail(True, False), Detail(False, False))


@dataclass(frozen=True, slots=True)
class PosterCell:
    """A service where it stands, in lines already broken. An empty `id` is the word on what is left out."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A family where it stands: its band, `head` high, and its cells."""

    id: str
    x: float
    y: float
    width: float
    height: float
    head: float
    title: tuple[str, ...]
    summary: tuple[str, ...]
    cells: tuple[PosterCell, ...]


@dataclass(frozen=True, slots=True)
class PosterLayout:
    """The whole field: `size` is that of the letters of services, `columns` the grid."""

    size: float
    columns: int
    cards: tuple[Card, ...]


def lay_out(groups: Sequence[CardGroup], field: GridField) -> PosterLayout | None:
    """The layout that tells the most in letters that read well; None when not even the smallest letters fit."""
    *more, least = _DETAILS
    for detail in more:
        if _reads_well(groups, field, detail):
            found = _largest(groups, field, detail)
            if found is not None and found.size >= COMFORTABLE:
                return found
    return _largest(groups, field, least)


def _reads_well(groups: Sequence[CardGroup], field: GridField, detail: Detail) -> bool:
    """True when some number of columns fits in letters that read well: otherwise no larger ones are worth looking for."""
    return any(_fit(groups, Grid(field, detail, columns, COMFORTABLE)) for columns in COLUMNS)


def _largest(groups: Sequence[CardGroup], field: GridField, detail: Detail) -> PosterLayout | None:
    """Of each number of columns the largest letters; of these the best filled."""
    best: tuple[float, Grid, tuple[Shelf, ...]] | None = None
    for columns in COLUMNS:
        found = _at_largest(groups, field, detail, columns, best[0] if best else SMALLEST)
        if found is not None:
            grid, shelves = found
            score = grid.size * (1 - WASTE_COUNTS * waste(shelves))
            if best is None or score > best[0]:
                best = score, grid, shelves
    if best is None:
        return None
    _, grid, shelves = best
    return PosterLayout(grid.size, grid.columns, tuple(_place(grid, shelves)))


def _at_largest(
    groups: Sequence[CardGroup], field: GridField, detail: Detail, columns: int, at_least: float
) -> tuple[Grid, tuple[Shelf, ...]] | None:
    """The largest letters at which that many columns fit, and their shelves; None when `at_least` does not fit."""
    low, high = max(at_least, SMALLEST), LARGEST
    found = _fit(groups, Grid(field, detail, columns, high))
    if found is not None:
        return found
    found = _fit(groups, Grid(field, detail, columns, low))
    if found is None:
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        closer = _fit(groups, Grid(field, detail, columns, middle))
        if closer is None:
            high = middle
        else:
            low, found = middle, closer
    return found


def _fit(groups: Sequence[CardGroup], grid: Grid) -> tuple[Grid, tuple[Shelf, ...]] | None:
    shelves = grid.shelves(groups)
    return None if shelves is None else (grid, shelves)


def _place(grid: Grid, shelves: Sequence[Shelf]) -> Iterator[Card]:
    """The cards where they stand; what height is left is shared among the shelves by their rows."""
    used = sum(shelf.head + shelf.body for shelf in shelves) + (len(shelves) - 1) * GAP
    spare = (grid.field.height - used) / sum(shelf.rows for shelf in shelves)
    y = 0.0
    for shelf in shelves:
        body = shelf.body + spare * shelf.rows
        x = 0.0
        for shape in shelf.cards:
            yield _card(grid, shape, x, y, shelf.head, body)
            x += grid.width(shape.span) + GAP
        y += shelf.head + body + GAP


def _card(grid: Grid, shape: CardShape, x: float, y: float, head: float, body: float) -> Card:
    return Card(
        id=shape.group.id,
        x=x,
        y=y,
        width=grid.width(shape.span),
        height=head + body,
        head=head,
        title=shape.title,
        summary=shape.summary,
        cells=tuple(_cells(grid, shape, x, y + head, body)),
    )


def _cells(grid: Grid, shape: CardShape, x: float, y: float, body: float) -> Iterator[PosterCell]:
    """The cells of a card, its rows spread over the height of the body."""
    spare = (body - shape.body) / (len(shape.rows) + 1)
    width = grid.cell_width(shape.span, len(shape.columns))
    air = AIR * grid.size + spare
    tops = [y + INSET * grid.size + spare]
    for height in shape.rows[:-1]:
        tops.append(tops[-1] + height + air)
    for column, cells in enumerate(shape.columns):
        left = x + PADDING + column * (width + GAP)
        for top, row, cell in zip(tops, shape.rows, cells, strict=False):
            yield PosterCell(cell.item.id, left, top, width, row, cell.lines, cell.notes, cell.summary)
