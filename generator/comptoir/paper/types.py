"""What printing is made of: documents to be compiled, printed files, and the workshop that they are made in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from comptoir.content.references import Ref
from comptoir.model.base import Located
from comptoir.problems import Location, Problem
from comptoir.store import Store

A4_SIDE: Final = 297.0  # millimetres of the longer side

ViewData: TypeAlias = "str | int | float | bool | Ref | list[ViewData] | dict[str, ViewData] | None"
"""What a document shows before its references have addresses."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text comes from: a part of the catalogue, and the path of the field in it."""

    owner: Located
    path: tuple[str | int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """A document to be compiled: a template of `site_templates/print/` and all that it sees, as `data`.

    `path` is that of the finished file, under docs/ of its language. `places` tells by identifier where each text
    of `data` comes from, and `search` tells it of what has no place there. `assets` are pictures that `data` names. With
    `preview_side`, the first page is drawn too.
    """

    path: str
    kind: str  # of product, such as 'sheet'
    title: str
    language: str
    template: str
    data: Mapping[str, ViewData]
    places: Mapping[str, Place] = field(default_factory=dict)
    search: Callable[[str], tuple[Location, ...]] = lambda fragment: ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    format: Literal["pdf", "png", "svg"] = "pdf"  # 'pdf', 'png' or 'svg': the first page only of the last two
    ppi: int = 144  # of a PNG
    preview_side: float = 0  # millimetres of the longer side of the paper; 0 for no preview
    preview_alone: bool = (
        False  # the template draws a shorter document for the preview: see `is-preview` of lib.typ
    )
    most_pages: int = 0  # more are a problem; 0 for any number
    subject: str = ""  # what it is about, such as the name of a service
    problems: tuple[Problem, ...] = ()  # what is known before it is compiled

    @property
    def has_preview(self) -> bool:
        """True when its first page is drawn too."""
        return self.preview_side > 0


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file, to be published at `path` under docs/ of its language. `preview` is a small WebP, or empty."""

    path: str
    kind: str
    title: str
    language: str
    content: bytes
    pages: int
    preview: bytes = b""
    subject: str = ""
    problems: tuple[Problem, ...] = ()  # what is known of a file that was never compiled

    @property
    def has_preview(self) -> bool:
        """True when there is a picture of it."""
        return bool(self.preview)


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where documents are made: a folder of ours, who lays files in it, what was made before, who presses."""

    folder: Path
    stage: Callable[[Path, Mapping[str, str | bytes]], None]
    store: Store | None = None
    workers: Executor | None = None  # other processes, that compile while this one goes on


Made: TypeAlias = PaperDocument | Printed


class PrintError(Exception):
    """A document cannot be made because of a template or of the installation; the message is for the terminal."""
