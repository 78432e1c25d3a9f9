"""What can be downloaded, as pages need it: files that are printed in; links, and what stands beside them, out.

Files are printed while pages are made, so a page holds a mark in the place of each file's length and size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from comptoir.content.edition import Download, Edition
from comptoir.content.parts import Link
from comptoir.content.references import Ref
from comptoir.wording import Language

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {".pdf": "PDF", ".png": "PNG", ".svg": "SVG", ".pptx": "PowerPoint", ".potx": "PowerPoint"}
)


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """Files that belong together: the sizes of a poster, the parts of a presentation."""

    kind: str
    subject: str
    files: tuple[Download, ...]

    @property
    def preview(self) -> str:
        """The picture that stands for them; '' when there is none."""
        return next((file.preview for file in self.files if file.preview), "")


def download_link(at: Edition, file: Download) -> Link:
    """The file as a link: its title, its reference, and beside it the mark of `download_note`."""
    return Link(file.title, Ref("path", file.path), late_mark(file.path))


def late_mark(path: str) -> Markup:
    """What stands in a page for the note on the file at `path`, which is printed while pages are made."""
    return Markup("<!--printed {}-->").format(mark_name(path))


def mark_name(path: str) -> str:
    """The name of the mark of the file at `path`."""
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def download_note(language: Language, path: str, pages: int, size: int) -> str:
    """What stands beside a file of `size` bytes: 'PDF, 2 pages, 86 ko'."""
    suffix = PurePosixPath(path).suffix
    form = FORMS.get(suffix, suffix[1:].upper())
    parts = (form, _length(language, pages, suffix), language.file_size(size))
    return ", ".join(part for part in parts if part)


def _length(language: Language, pages: int, suffix: str) -> str:
    if suffix == ".pdf":
        text = language.ngettext("%(num)s page", "%(num)s pages", pages)
    elif suffix == ".pptx":
        text = language.ngettext("%(num)s diapositive", "%(num)s diapositives", pages)
    else:
        return ""
    return text % {"num": language.number(pages)}


def download_links(at: Edition, *kinds: str, subject: str = "") -> tuple[Link, ...]:
    """Links to the printed files of these kinds, in the order of the kinds; none where nothing was printed."""
    return tuple(
        download_link(at, file)
        for kind in kinds
        for file in at.downloads
        if file.kind == kind and file.subject == subject
    )


def groups_of(at: Edition) -> tuple[DownloadGroup, ...]:
    """All files, those of one kind and subject together, in the order in which they were printed."""
    found: dict[tuple[str, str], list[Download]] = {}
    for file in at.downloads:
        found.setdefault((file.kind, file.subject), []).append(file)
    return tuple(DownloadGroup(kind, subject, tuple(files)) for (kind, subject), files in found.items())
