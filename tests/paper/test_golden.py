"""What is printed of the base case, to the letter, and where its parts stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comptoir.model.terms import LetterWindow
from comptoir.paper.catalogue import make_catalogue
from comptoir.paper.kinds import Product
from comptoir.paper.letters import letter_document, print_letter
from comptoir.paper.posters.cover import make_covers
from comptoir.paper.posters.leaflet import make_leaflets
from comptoir.paper.reports import make_reports
from comptoir.paper.sheets import make_sheets
from comptoir.paper.types import PaperDocument, Printed
from comptoir.resources import templates_folder
from tests.conftest import Golden
from tests.content.measured import results
from tests.content.samples import TODAY, base_catalogue
from tests.paper.pressing import boxes_of, print_all, reader, run_of, workshop
from tests.paper.test_letters import LETTER, for_window

GOLDEN = Path(__file__).parents[1] / "golden" / "print"
BOOKS = (Product("sheet", make_sheets), Product("catalogue", make_catalogue))
HUNG = (Product("cover", make_covers), Product("leaflet", make_leaflets))
REPORTS = (Product("report", make_reports),)


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    ("name", "products"),
    [("", BOOKS), ("hung-", HUNG), ("report-", REPORTS)],
    ids=["books", "hung", "report"],
)
def test_text_and_layout(
    name: str, products: tuple[Product, ...], code: str, tmp_path: Path, golden: Golden
) -> None:
    measured = replace(results(), is_narrowest=True)  # with a report of each segment
    run = run_of(base_catalogue(), code, measured)
    documents = [
        made for product in products for made in product.make(run) if isinstance(made, PaperDocument)
    ]
    printed = print_all(base_catalogue(), tmp_path, measured, products=products)
    assert printed.problems == ()
    files = printed.in_language(code)
    assert [file.path for file in files] == [document.path for document in documents]
    shown = [seen(*pair, tmp_path) for pair in zip(documents, files, strict=True)]
    golden("".join(shown), GOLDEN / f"{name}{code}.txt")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_letter_for_each_window(code: str, tmp_path: Path, golden: Golden) -> None:
    letter = replace(LETTER, language=code)
    shown = []
    for window in LetterWindow:
        catalogue = for_window(window, ("fr", "en"))
        file, problems = print_letter(catalogue, letter, TODAY, (templates_folder(),), workshop(tmp_path))
        assert problems == ()
        shown.append(f"# {window}\n{seen(letter_document(run_of(catalogue, code), letter), file, tmp_path)}")
    golden("".join(shown), GOLDEN / f"letter-{code}.txt")


def seen(document: PaperDocument, file: Printed, folder: Path) -> str:
    """Where the parts of a document stand, then the words of each of its pages."""
    lines = [f"=== {file.path}: {file.title}, {file.pages} pages"]
    lines += [
        f"[page {box['page']}, x {box['x']:.0f}, y {box['y']:.0f}] {box['name']}"
        for box in boxes_of(document, folder)
    ]
    for number, page in enumerate(reader(file.content).pages, start=1):
        lines.append(f"--- {number}")
        lines += [line.rstrip() for line in page.extract_text().splitlines()]
    return "\n".join(lines) + "\n"
