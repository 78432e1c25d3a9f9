"""The names of layouts and of their places: what the makers of slides and the makers of layouts have in common."""

from __future__ import annotations

from typing import Final

COVER, CONTENT, COLUMNS, SECTION, TILES, CHART, TABLE, CONTACT, BARE, FAMILY, SERVICE = (
    "cover", "content", "columns", "section", "tiles", "chart", "table", "contact", "bare", "family", "service",
)  # fmt: skip
GRIDS: Final = (3, 4, 6, 8)
"""Cards of a grid."""

SUBTITLE, LEFT, RIGHT, PICTURE, CAPTION, FIRST_CARD = 1, 10, 11, 12, 13, 20
SIGN: Final = 40.0
"""The side of the square of a card's pictogram."""


def family_layout(family: str) -> str:
    """The key of the layout of a family."""
    return f"family {family}"


def service_layout(family: str) -> str:
    """The key of the layout of the services of a family."""
    return f"service {family}"


def grid_layout(cards: int) -> str:
    """The key of the smallest grid that holds so many cards, or of the largest."""
    return f"grid {next((size for size in GRIDS if size >= cards), max(GRIDS))}"
