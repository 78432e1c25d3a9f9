"""Printed files as the site publishes them: what is made in; what pages say of it, where each file stands, and its note, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from comptoir.content.downloads import download_note, mark_name
from comptoir.content.edition import Download
from comptoir.paper.run import DOWNLOADS
from comptoir.paper.types import Made, Printed
from comptoir.wording import language as speak

PREVIEWS: Final = f"{DOWNLOADS}previews/"


def downloads_of(made: Iterable[Made]) -> tuple[Download, ...]:
    """What pages say of files that are printed, or will be."""
    return tuple(
        Download(
            path=one.path,
            kind=one.kind,
            title=one.title,
            subject=one.subject,
            preview=preview_path(one.path) if one.has_preview else "",
        )
        for one in made
    )


def published_files(files: Iterable[Printed]) -> Iterator[tuple[str, bytes]]:
    """Each file and each picture by its path under docs/."""
    for file in files:
        yield file.path, file.content
        if file.preview:
            yield preview_path(file.path), file.preview


def notes_of(files: Iterable[Printed]) -> dict[str, str]:
    """What pages say of each file once it is printed, as HTML, by the name of the mark that stands for it."""
    return {
        mark_name(file.path): escape(
            download_note(speak(file.language), file.path, file.pages, len(file.content))
        )
        for file in files
    }


def preview_path(path: str) -> str:
    """Where the picture of the file at `path` is published."""
    return f"{PREVIEWS}{path.removeprefix(DOWNLOADS).replace('/', '-').replace('.', '-')}.webp"
