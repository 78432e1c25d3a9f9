"""A mosaic of pictograms in the colours of their families: families with their services in; square tiles placed, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comptoir.model.services import Family, Service


@dataclass(frozen=True, slots=True)
class MosaicTile:
    """A square with a pictogram: on the colour of its family, or light, on its tint."""

    column: int
    row: int
    family: Family
    pictogram: str
    light: bool


def mosaic(
    families: Sequence[tuple[Family, tuple[Service, ...]]], columns: int, rows: int
) -> Iterator[MosaicTile]:
    """Tiles row by row. Families take turns and shift from row to row, so that one rarely touches itself."""
    if not families:
        return
    shift = 2 if len(families) > 2 else 1
    taken = [0] * len(families)
    for row in range(rows):
        for column in range(columns):
            turn = (column + row * shift) % len(families)
            family, services = families[turn]
            pictograms = [service.pictogram or family.pictogram for service in services] or [family.pictogram]
            pictogram = pictograms[taken[turn] % len(pictograms)]
            taken[turn] += 1
            yield MosaicTile(column, row, family, pictogram, (column + 2 * row) % 4 == 3)
