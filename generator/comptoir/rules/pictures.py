"""A picture is what its name says, whole and of a size that a page can show; so is the file of a typeface.

Passes::

    # catalogue/documents/plan.svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>

Fails::

    # catalogue/documents/plan.png
    This is no picture.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from PIL import Image

from comptoir.model.catalogue import Catalogue
from comptoir.problems import Location, Problem

RULE: Final = "picture"
MOST_PIXELS: Final = 50_000_000
_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
_TYPEFACES: Final = {  # how files of a format begin
    ".woff2": (b"wOF2",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO", b"\0\1\0\0"),
}


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Files of pictures and typefaces that no page could show."""
    for file, path in sorted(catalogue.assets.items()):
        ending = path.suffix.lower()
        fault = ""
        if ending in _FORMATS:
            fault = _judge_picture(path, _FORMATS[ending])
        elif ending in _TYPEFACES and _begins(path) not in _TYPEFACES[ending]:
            fault = f"this is not a typeface in the format {ending.removeprefix('.').upper()}"
        if fault:
            yield Problem(Location(file), RULE, fault)


def _judge_picture(path: Path, format_: str) -> str:
    """What is wrong with the picture; '' if nothing. Its pixels are not read: a small file may hold very many."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=[format_]) as picture:
            width, height = picture.size
            picture.verify()
    except Image.DecompressionBombError:
        return f"the picture is too large: at most {MOST_PIXELS // 1_000_000} million pixels"
    except (OSError, ValueError, SyntaxError):  # SyntaxError: a broken chunk of a PNG
        return f"this is not a whole picture in the format {format_}"
    if width * height > MOST_PIXELS:
        return f"the picture has {width} by {height} pixels; at most {MOST_PIXELS // 1_000_000} million fit"
    return ""


def _begins(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)
