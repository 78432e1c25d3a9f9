"""The grid of the poster at one size of letters: families in; their cards in shelves, or that they do not fit, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import ceil, inf
from typing import Final, TypeAlias

from comptoir.paper.posters.fitting import PosterFace, lines_of

GAP: Final = 6.0  # between cards
PADDING: Final = 5.5  # inside a card, to its left and right

# In sizes of the letters of services.
LEADING: Final = 1.16
TITLE: Final = 1.24
SMALL: Final = 0.62
SMALL_LEADING: Final = 1.28
PICTOGRAM: Final = 1.7
BESIDE_PICTOGRAM: Final = 0.55
AIR: Final = 0.6  # between rows
INSET: Final = 0.75  # above the first row and below the last
BAND: Final = 0.62  # above and below the title in its band
BAND_PICTOGRAM: Final = 2.1


@dataclass(frozen=True, slots=True)
class GridItem:
    """A service: its name, a word on its state ('' in its prime) and its summary. Without `id`: a word on the others."""

    id: str
    name: str
    note: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class CardGroup:
    """A family with its services."""

    id: str
    name: str
    summary: str
    items: tuple[GridItem, ...]


@dataclass(frozen=True, slots=True)
class GridField:
    """The room for cards, and the typefaces: of names, of titles, of small text."""

    width: float
    height: float
    names: PosterFace
    titles: PosterFace
    small: PosterFace


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told: summaries of families, of services."""

    families: bool
    services: bool


@dataclass(frozen=True, slots=True)
class CellShape:
    """A service in lines, and how high it is."""

    item: GridItem
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class CardShape:
    """A family in a card `span` columns of the grid wide: heights of its band and of its body, and rows of cells."""

    group: CardGroup
    span: int
    head: float
    body: float
    title: tuple[str, ...]
    summary: tuple[str, ...]
    columns: tuple[tuple[CellShape, ...], ...]
    rows: tuple[float, ...]


Widths: TypeAlias = Callable[[int], CardShape | None]
"""The card of a family over so many columns; it is made when it is asked for."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Cards side by side, which fill the width."""

    cards: tuple[CardShape, ...]

    @property
    def head(self) -> float:
        """How high the bands are."""
        return max(card.head for card in self.cards)

    @property
    def body(self) -> float:
        """How high what is below the bands is."""
        return max(card.body for card in self.cards)

    @property
    def rows(self) -> int:
        """Rows of cells in the card that has most."""
        return max(len(card.rows) for card in self.cards)


@dataclass(frozen=True, slots=True)
class Grid:
    """So many columns across the field, with letters of that size."""

    field: GridField
    detail: Detail
    columns: int
    size: float

    def width(self, span: int) -> float:
        """The width of a card over `span` columns."""
        column = (self.field.width - (self.columns - 1) * GAP) / self.columns
        return span * column + (span - 1) * GAP

    def cell_width(self, span: int, columns: int) -> float:
        """The width of a cell in a card over `span` columns that has `columns` of its own."""
        return (self.width(span) - 2 * PADDING - (columns - 1) * GAP) / columns

    def shelves(self, groups: Sequence[CardGroup]) -> tuple[Shelf, ...] | None:
        """The families in shelves of least height; None when they do not fit the field."""
        shapes = [cache(partial(self._card, group)) for group in groups]
        least: list[tuple[float, tuple[Shelf, ...]]] = [(-GAP, ())]
        for end in range(1, len(groups) + 1):
            best: tuple[float, tuple[Shelf, ...]] = (inf, ())
            for start in range(max(0, end - self.columns), end):
                above, before = least[start]
                if above >= best[0]:
                    continue
                shelf = _shelf(shapes[start:end], self.columns)
                if shelf is not None and above + GAP + shelf.head + shelf.body < best[0]:
                    best = above + GAP + shelf.head + shelf.body, (*before, shelf)
            least.append(best)
        height, shelves = least[-1]
        return shelves if height <= self.field.height else None

    def _card(self, group: CardGroup, span: int) -> CardShape | None:
        size = self.size
        columns = _columns(len(group.items), span)
        inner = self.width(span) - 2 * PADDING - (BAND_PICTOGRAM + BESIDE_PICTOGRAM) * size
        if inner <= 0:
            return None
        title = lines_of(group.name, inner / (TITLE * size), self.field.titles)
        told = group.summary if self.detail.families else ""
        summary = lines_of(told, inner / (SMALL * size), self.field.small)
        if title is None or summary is None:
            return None
        width = self.cell_width(span, columns)
        cells = []
        for item in group.items:
            cell = self._cell(item, width)
            if cell is None:
                return None
            cells.append(cell)
        filled = tuple(_in_columns(cells, columns))
        rows = tuple(
            max(column[row].height for column in filled if row < len(column)) for row in range(len(filled[0]))
        )
        text = len(title) * TITLE * LEADING + len(summary) * SMALL * SMALL_LEADING
        head = max(text, BAND_PICTOGRAM) + 2 * BAND
        body = sum(rows) + (len(rows) - 1) * AIR * size + 2 * INSET * size
        return CardShape(group, span, head * size, body, title, summary, filled, rows)

    def _cell(self, item: GridItem, width: float) -> CellShape | None:
        size = self.size
        room = width - (PICTOGRAM + BESIDE_PICTOGRAM) * size if item.id else width
        if room <= 0:
            return None
        lines = lines_of(item.name, room / size, self.field.names)
        notes = lines_of(item.note, room / (SMALL * size), self.field.small)
        told = item.summary if self.detail.services else ""
        summary = lines_of(told, room / (SMALL * size), self.field.small)
        if lines is None or notes is None or summary is None:
            return None
        small = len(notes) + len(summary)
        height = max(len(lines) * LEADING + small * SMALL * SMALL_LEADING, PICTOGRAM if item.id else 0)
        return CellShape(item, lines, notes, summary, height * size)


def waste(shelves: Sequence[Shelf]) -> float:
    """The share of the room for cells where none stands."""
    room = sum(card.span * shelf.rows for shelf in shelves for card in shelf.cards)
    cells = sum(len(card.group.items) for shelf in shelves for card in shelf.cards)
    return 1 - min(cells, room) / room


def _shelf(shapes: Sequence[Widths], columns: int) -> Shelf | None:
    """The families side by side: each column goes to the highest card that it makes lower, or at least wider."""
    spans = [1] * len(shapes) if len(shapes) > 1 else [columns]
    for _ in range(columns - sum(spans)):
        highest = max(
            range(len(shapes)), key=lambda i: (_gains(shapes[i], spans[i]), _height(shapes[i], spans[i]))
        )
        spans[highest] += 1
    cards = [shape(span) for shape, span in zip(shapes, spans, strict=True)]
    return Shelf(tuple(card for card in cards if card)) if all(cards) else None


def _gains(widths: Widths, span: int) -> bool:
    card = widths(span)
    return card is None or len(card.rows) > 1


def _height(widths: Widths, span: int) -> float:
    card = widths(span)
    return inf if card is None else card.body


def _columns(items: int, most: int) -> int:
    """The columns that `items` take in as few rows as `most` columns allow: four in two by two rather than three."""
    rows = ceil(items / most)
    return max(1, ceil(items / rows))


def _in_columns(cells: Sequence[CellShape], columns: int) -> Iterator[tuple[CellShape, ...]]:
    """The cells down one column after the other, the first columns no shorter than the last."""
    full, longer = divmod(len(cells), columns)
    start = 0
    for column in range(columns):
        end = start + full + (column < longer)
        yield tuple(cells[start:end])
        start = end
