"""What tests of printing share: a workshop, projects printed in it, and PDF files as a reader's program sees them."""

from __future__ import annotations

import atexit
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import typst
from pypdf import PdfReader

from comptoir.content.edition import Edition
from comptoir.model.base import Text
from comptoir.model.catalogue import Catalogue
from comptoir.model.services import Service
from comptoir.paper.fonts import choose_typefaces
from comptoir.paper.project import PrintedProject, print_project
from comptoir.paper.run import Run
from comptoir.paper.templates import print_templates
from comptoir.paper.types import PaperDocument, Workshop
from comptoir.products import PRODUCTS
from comptoir.publish.stage import stage_files
from comptoir.resources import templates_folder
from comptoir.site import Results
from comptoir.store import Store
from comptoir.wording import language as speak
from tests.content.samples import TODAY, base_catalogue

FONTS: Final = Store(Path(mkdtemp(prefix="comptoir-fonts-")))
"""Lasts as long as the tests: fonts are unpacked once."""
atexit.register(shutil.rmtree, FONTS.folder, ignore_errors=True)


def workshop(folder: Path, cached: bool = False) -> Workshop:
    """A workshop in `folder`; with its store there if `cached`."""
    store = Store(folder / "printed") if cached else FONTS
    return Workshop(folder / "press", stage_files, store)


def print_all(
    catalogue: Catalogue, folder: Path, results: Results | None = None, **others: Any
) -> PrintedProject:
    """Every product of `catalogue` on the day of the tests."""
    options: dict[str, Any] = {
        "template_folders": (templates_folder(),),
        "workshop": workshop(folder),
        "products": PRODUCTS,
        **others,
    }
    return print_project(catalogue, today=TODAY, results=results, **options)


def run_of(catalogue: Catalogue, code: str = "fr", results: Results | None = None) -> Run:
    """A print run of `catalogue` in one language."""
    typefaces = choose_typefaces(catalogue, FONTS)
    return Run(
        Edition(catalogue, speak(code), TODAY, results),
        typefaces,
        catalogue.organisation.print,
        None,
        (templates_folder(),),
    )


def with_service(**changes: Any) -> Catalogue:
    """The base case with other values in its service 'wifi'; strings are texts."""
    catalogue = base_catalogue()
    return with_services(catalogue, {"wifi": changed(catalogue.services["wifi"], **changes)})


def with_services(catalogue: Catalogue, services: Mapping[str, Service]) -> Catalogue:
    """`catalogue` with these services over its own."""
    return replace(catalogue, services={**catalogue.services, **services})


def changed(service: Service, **changes: Any) -> Service:
    """The service with other values; it keeps its place in the YAML."""
    copy = service.model_copy(update={key: _texts(value) for key, value in changes.items()})
    if service._document is not None:
        copy.read_from(service._document, service._base)
    return copy


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, tuple):
        return tuple(_texts(item) for item in value)
    return value


def reader(content: bytes) -> PdfReader:
    """A PDF to be looked into."""
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """The words of a PDF on one line, without the signs that only say where a line may be cut."""
    pages = (page.extract_text() for page in reader(content).pages)
    joined = " ".join(pages)
    for sign in ("\u200b", "\u00ad"):
        joined = joined.replace(sign, "")
    return " ".join(joined.split())


def boxes_of(document: PaperDocument, folder: Path) -> list[dict[str, Any]]:
    """Where the parts of a document stand, as its template says them."""
    shop = workshop(folder)
    templates = print_templates((templates_folder(),))
    shop.stage(shop.folder / "root", {**templates, **document.assets})
    shop.stage(shop.folder / "fonts", choose_typefaces(base_catalogue(), FONTS).files)
    compiler = typst.Compiler(
        str(shop.folder / "root" / document.template),
        root=str(shop.folder / "root"),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(shop.folder / "fonts")]),
        sys_inputs={"data": json.dumps(document.data), "boxes": "yes"},
    )
    boxes: list[dict[str, Any]] = json.loads(compiler.query("<box>", field="value"))
    return boxes
