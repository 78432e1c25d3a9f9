"""The guides: their tables are those of the model, and both languages say as much as each other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from comptoir.brand import pictogram_names

from .conftest import Golden

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"

COLUMNS: Final = 6


def test_the_page_of_pictograms_shows_those_that_ship(golden: Golden) -> None:
    names = sorted(pictogram_names())
    cells = [
        f'<img src="../../site_templates/brand/pictograms/{name}.svg" width="28" alt=""><br>`{name}`'
        for name in names
    ]
    cells += [""] * (-len(cells) % COLUMNS)
    rows = [" | ".join(cells[start : start + COLUMNS]) for start in range(0, len(cells), COLUMNS)]
    text = (
        "# Pictograms\n\n"
        f"The {len(names)} names that `pictogram:` accepts, besides the `.svg` files of `catalogue/pictograms/`. Their licence is beside them, in\n"
        "`site_templates/brand/pictograms/`.\n\n"
        f"| {' | '.join([' '] * COLUMNS)} |\n|{'---|' * COLUMNS}\n"
    )
    golden(text + "".join(f"| {row} |\n" for row in rows), DOCS / "reference/pictograms.md")
