"""What is printed of the base case, to the letter, and where its parts stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from comptoir.printing.catalogue import make_catalogue
from comptoir.printing.products import Product
from comptoir.printing.sheets import make_sheets
from comptoir.printing.types import Document
from tests.conftest import Golden
from tests.printing.pressing import boxes_of, print_all, reader, run_of
from tests.render.measured import results
from tests.render.samples import base_catalogue

GOLDEN = Path(__file__).parents[1] / "golden" / "print"


@pytest.mark.parametrize("code", ["fr", "en"])
def test_text_and_layout(code: str, tmp_path: Path, golden: Golden) -> None:
    products = (Product("sheet", make_sheets), Product("catalogue", make_catalogue))
    printed = print_all(base_catalogue(), tmp_path, results(), products=products)
    run = run_of(base_catalogue(), code, results())
    documents = {
        made.path: made for product in products for made in product.make(run) if isinstance(made, Document)
    }
    lines = []
    for file in printed.in_language(code):
        lines.append(f"=== {file.path}: {file.title}, {file.pages} pages")
        lines += [
            f"[page {box['page']}, x {box['x']:.0f}, y {box['y']:.0f}] {box['name']}"
            for box in boxes_of(documents[file.path], tmp_path)
        ]
        for number, page in enumerate(reader(file.content).pages, start=1):
            lines.append(f"--- {number}")
            lines += [line.rstrip() for line in page.extract_text().splitlines()]
    golden("\n".join(lines) + "\n", GOLDEN / f"{code}.txt")
