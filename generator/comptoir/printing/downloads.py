"""Printed files as the site publishes them: files in; what pages say of each, and a small picture of its first page, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

from PIL import Image

from comptoir.printing.run import DOWNLOADS
from comptoir.printing.types import Printed
from comptoir.render.site import Download

PREVIEWS: Final = f"{DOWNLOADS}previews/"
SIDE: Final = 360  # pixels of the longer side, twice what pages show
_QUALITY: Final = 78


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
            yield preview_path(file), small_picture(file.preview)


def preview_path(file: Printed) -> str:
    """Where the picture of a file is published."""
    return f"{PREVIEWS}{file.path.removeprefix(DOWNLOADS).replace('/', '-').replace('.', '-')}.webp"


def small_picture(picture: bytes) -> bytes:
    """A PNG as a small WebP; the same bytes each time."""
    with Image.open(BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()
