"""Prints a project for tests: a folder in; finished files and problems out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.content.results import Results
from comptoir.model.catalogue import Catalogue
from comptoir.paper.project import PrintedProject, print_project
from comptoir.paper.types import Workshop
from comptoir.problems import errors
from comptoir.products import PRODUCTS
from comptoir.publish.stage import stage_files
from comptoir.resources import templates_folder
from comptoir.store import Store


def catalogue_of(project: Path, today: date, audience: str = "employees") -> Catalogue:
    """The catalogue of a project without errors, cut for an audience."""
    catalogue, problems = check_project(project, today)
    found = [str(problem) for problem in errors(problems)]
    assert found == []
    return for_audience(catalogue, audience)


def print_kinds(
    project: Path,
    work: Path,
    today: date,
    kinds: Sequence[str],
    *,
    audience: str = "employees",
    results: Results | None = None,
) -> PrintedProject:
    """The products of these kinds, as a build makes them."""
    return print_project(
        catalogue_of(project, today, audience),
        today=today,
        results=results,
        template_folders=(project / "site_templates", templates_folder()),
        workshop=Workshop(work / "print", stage_files, Store(work / "kept")),
        products=[product for product in PRODUCTS if product.kind in kinds],
    )


def content(printed: PrintedProject, language: str, name: str) -> bytes:
    """The bytes of the file of that name in `downloads/` of a language."""
    return next(f.content for f in printed.in_language(language) if f.path == f"downloads/{name}")


def boxes(content: bytes) -> list[list[float]]:
    """Width and height of each page in millimetres, to the tenth."""
    return [
        [round(float(side) * 25.4 / 72, 1) for side in page.mediabox[2:]]
        for page in PdfReader(BytesIO(content)).pages
    ]


def text_of(content: bytes) -> str:
    """The words of every page, in the order in which they stand in the file, without the breaks of lines."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
