"""The names of layouts and of their places: what the makers of slides and the makers of layouts have in common."""

from __future__ import annotations

from typing import Final

from comptoir.printing.slides.deck import MARGIN, WIDTH, Box

COVER, CONTENT, COLUMNS, SECTION, TILES, CHART, TABLE, CONTACT, BARE = (
    "cover", "content", "columns", "section", "tiles", "chart", "table", "contact", "bare",
)  # fmt: skip
GRIDS: Final = {3: (3, 1), 4: (2, 2), 6: (3, 2), 8: (4, 2)}
"""Cards of a grid → columns and rows."""

SUBTITLE, LEFT, RIGHT, PICTURE, CAPTION, FIRST_CARD = 1, 10, 11, 12, 13, 20
FOOTER, NUMBER = 90, 91
SIGN: Final = 40.0
"""The side of the square of a card's pictogram."""

GAP: Final = 16.0
TOP: Final = 116.0  # of what stands below the title
FOOT: Final = 500.0


def family_layout(family: str) -> str:
    """The key of the layout of a family."""
    return f"family {family}"


def service_layout(family: str) -> str:
    """The key of the layout of the services of a family."""
    return f"service {family}"


def grid_layout(cards: int) -> str:
    """The key of the smallest grid that holds so many cards, or of the largest."""
    return f"grid {next((size for size in GRIDS if size >= cards), max(GRIDS))}"


def card_boxes(cards: int) -> tuple[Box, ...]:
    """Where the cards of a grid stand."""
    columns, rows = GRIDS[cards]
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
    top = TOP + 8
    height = (FOOT - 6 - top - (rows - 1) * GAP) / rows
    return tuple(
        Box(MARGIN + place % columns * (width + GAP), top + place // columns * (height + GAP), width, height)
        for place in range(cards)
    )
