"""Printed files as the site publishes them: files in; what pages say of each, and where each stands, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from comptoir.printing.run import DOWNLOADS
from comptoir.printing.types import Printed
from comptoir.render.site import Download

PREVIEWS: Final = f"{DOWNLOADS}previews/"


def downloads_of(files: Iterable[Printed]) -> tuple[Download, ...]:
    """What pages say of the files."""
    return tuple(
        Download(
            path=file.path,
            kind=file.kind,
            title=file.title,
            pages=file.pages,
            size=len(file.content),
            subject=file.subject,
            preview=preview_path(file) if file.preview else "",
        )
        for file in files
    )


def published_files(files: Iterable[Printed]) -> Iterator[tuple[str, bytes]]:
    """Each file and each picture by its path under docs/."""
    for file in files:
        yield file.path, file.content
        if file.preview:
            yield preview_path(file), file.preview


def preview_path(file: Printed) -> str:
    """Where the picture of a file is published."""
    return f"{PREVIEWS}{file.path.removeprefix(DOWNLOADS).replace('/', '-').replace('.', '-')}.webp"
