"""What can be downloaded, as pages need it: printed files in; links that say their form, length and size out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from comptoir.render.paths import relative_url
from comptoir.render.site import Download, PageContext
from comptoir.render.views.parts import Link

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {".pdf": "PDF", ".png": "PNG", ".svg": "SVG", ".pptx": "PowerPoint", ".potx": "PowerPoint"}
)


@dataclass(frozen=True, slots=True)
class Group:
    """Files that belong together: the sizes of a poster, the parts of a presentation."""

    kind: str
    subject: str
    files: tuple[Download, ...]

    @property
    def preview(self) -> str:
        """The picture that stands for them; '' when there is none."""
        return next((file.preview for file in self.files if file.preview), "")


def download_link(at: PageContext, file: Download) -> Link:
    """The file as a link: its title, its address from this page, and beside it 'PDF, 2 pages, 86 ko'."""
    suffix = PurePosixPath(file.path).suffix
    parts = (
        FORMS.get(suffix, suffix[1:].upper()),
        _length(at, file, suffix),
        at.language.file_size(file.size),
    )
    note = ", ".join(part for part in parts if part)
    return Link(file.title, relative_url(at.path, file.path), note)


def _length(at: PageContext, file: Download, suffix: str) -> str:
    if suffix == ".pdf":
        text = at.language.ngettext("%(num)s page", "%(num)s pages", file.pages)
    elif suffix == ".pptx":
        text = at.language.ngettext("%(num)s diapositive", "%(num)s diapositives", file.pages)
    else:
        return ""
    return text % {"num": at.language.number(file.pages)}


def download_links(at: PageContext, *kinds: str, subject: str = "") -> tuple[Link, ...]:
    """Links to the printed files of these kinds, in the order of the kinds; none where nothing was printed."""
    return tuple(
        download_link(at, file)
        for kind in kinds
        for file in at.site.downloads
        if file.kind == kind and file.subject == subject
    )


def groups_of(at: PageContext) -> tuple[Group, ...]:
    """All files, those of one kind and subject together, in the order in which they were printed."""
    found: dict[tuple[str, str], list[Download]] = {}
    for file in at.site.downloads:
        found.setdefault((file.kind, file.subject), []).append(file)
    return tuple(Group(kind, subject, tuple(files)) for (kind, subject), files in found.items())
