"""A file that is named exists, in catalogue/brand/, catalogue/pictograms/ or catalogue/documents/, and is of the
kind that its place takes: SVG or PNG for a logo, .woff2, .ttf or .otf for a typeface, what a reader opens and no browser runs for a
document. A typeface ships or brings its file.

Passes::

    # catalogue/organisation.yaml
    brand:
      logo: brand/logo.svg
      colours: {primary: '#1a5fb4'}

Fails::

    # catalogue/organisation.yaml
    brand:
      logo: brand/logo.gif
      colours: {primary: '#1a5fb4'}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from comptoir.brand import shipped_fonts
from comptoir.model.base import Located
from comptoir.model.catalogue import Catalogue
from comptoir.model.fragments import ValuePath
from comptoir.model.organisation import Font
from comptoir.problems import Problem, suggest

RULE: Final = "unknown-file"
PICTURES: Final = (".svg", ".png")
TYPEFACES: Final = (".woff2", ".ttf", ".otf")
DOCUMENTS: Final = (
    *(
        ".pdf",
        ".txt",
        ".csv",
        ".odt",
        ".ods",
        ".odp",
        ".docx",
        ".xlsx",
        ".pptx",
        ".epub",
        ".zip",
        ".ics",
        ".vcf",
    ),
    *(".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".webm"),
)
_FOLDER: Final = "catalogue/"


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Files that are named but not there, or not of the right kind."""
    if catalogue.has_organisation:
        brand = catalogue.organisation.brand
        for key in ("logo", "logo_dark", "favicon"):
            yield from _check_file(
                catalogue, catalogue.organisation, ("brand", key), getattr(brand, key), PICTURES
            )
        yield from _check_font(catalogue, ("brand", "fonts", "text"), brand.fonts.text)
        yield from _check_font(catalogue, ("brand", "fonts", "headings"), brand.fonts.headings)
    for service in catalogue.services.values():
        for index, document in enumerate(service.documents):
            yield from _check_file(catalogue, service, ("documents", index, "file"), document.file, DOCUMENTS)


def _check_font(catalogue: Catalogue, path: ValuePath, font: Font) -> Iterator[Problem]:
    for key in ("regular", "bold", "italic"):
        yield from _check_file(catalogue, catalogue.organisation, (*path, key), getattr(font, key), TYPEFACES)
    shipped = [shipped.family for shipped in shipped_fonts()]
    if font.regular is None and font.family not in shipped:
        message = f"the typeface '{font.family}' does not ship: name its file in 'regular'"
        where = catalogue.organisation.locate(*path, "family")
        yield Problem(where, RULE, message, suggest(font.family, shipped))


def _check_file(
    catalogue: Catalogue, owner: Located, path: ValuePath, file: str | None, endings: tuple[str, ...]
) -> Iterator[Problem]:
    if file is None:
        return
    if endings and not file.lower().endswith(endings):
        message = f"'{file}' does not end with {', '.join(endings[:-1])} or {endings[-1]}"
        if endings == DOCUMENTS:
            message = f"'{file}' is not of a kind that may be published as a document"
        yield Problem(owner.locate(*path), RULE, message, "such as .pdf" if endings == DOCUMENTS else "")
    elif _FOLDER + file not in catalogue.assets:
        names = [name.removeprefix(_FOLDER) for name in catalogue.assets if name.endswith(endings or "")]
        message = f"there is no file '{_FOLDER}{file}'"
        if not file.startswith(("brand/", "pictograms/", "documents/")):
            message = f"'{file}' is not in brand/, pictograms/ or documents/ of the folder {_FOLDER}"
        yield Problem(owner.locate(*path), RULE, message, suggest(file, names))
