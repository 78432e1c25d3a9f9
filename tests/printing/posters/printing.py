"""Prints a project for tests: a folder in; finished files and problems out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from comptoir.audiences import for_audience
from comptoir.build import check_project
from comptoir.printing.products import PRODUCTS
from comptoir.printing.project import PrintedProject, print_project
from comptoir.printing.types import Workshop
from comptoir.problems import errors
from comptoir.publish.cache import FolderCache
from comptoir.publish.stage import stage_files
from comptoir.render.results import Results
from comptoir.resources import templates_folder


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
    catalogue, problems = check_project(project, today)
    assert [str(problem) for problem in errors(problems)] == []
    return print_project(
        for_audience(catalogue, audience),
        today=today,
        results=results,
        template_folders=(project / "site_templates", templates_folder()),
        workshop=Workshop(work / "print", stage_files, FolderCache(work / "kept"), 1),
        products=[product for product in PRODUCTS if product.kind in kinds],
    )


def text_of(content: bytes) -> str:
    """The words of every page, in the order in which they stand in the file, without the breaks of lines."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
