"""Inputs: a project, its data and the choices of a build in; one digest of all that its site depends on out.

More is read than is used (every file of the content, of the program, the version of every library), because a site
that is taken for right must be right.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from comptoir.resources import templates_folder

CONTENT: Final = ("catalogue", "segments", "indicators", "site_templates", "mkdocs.yml")
_LEFT_OUT: Final = frozenset({"__pycache__"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the inputs of a build are, and what was chosen for it besides."""

    project: Path
    data: Path | None  # a folder of data beside the project
    choices: tuple[object, ...]

    def digest(self) -> str:
        """SHA-256 of the content of every file, of the program and of the choices."""
        digests = [digest_tree(place) for place in self._places()]
        return _sha256(digest_program(), *map(repr, self.choices), *digests)

    def stamp(self) -> str:
        """Changes when a file is written, without any being read."""
        return _sha256(*(f"{name} {_stat(path)}" for place in self._places() for name, path in _files(place)))

    def _places(self) -> tuple[Path, ...]:
        own = [self.project / name for name in CONTENT]
        return (*own, *([self.data] if self.data else []), templates_folder())


def digest_tree(place: Path) -> str:
    """SHA-256 of the names and contents below a folder, or of a file."""
    return _sha256(*(f"{name} {_content(path)}" for name, path in _files(place)))


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    """What is at a place but folders, by its name there and in order; what is below a linked folder is not."""
    if place.is_file():
        yield "", place
    for parent, folders, names in os.walk(place):
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = sorted(set(folders) - _LEFT_OUT)
        for path in (Path(parent, name) for name in sorted((*names, *linked))):
            yield path.relative_to(place).as_posix(), path


def _content(path: Path) -> str:
    """A link is where it leads, and not what is there: that may lie outside, and is read with the rest if it does not."""
    if path.is_symlink() or not path.is_file():
        return _stat(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def _stat(path: Path) -> str:
    target = str(path.readlink()) if path.is_symlink() else ""
    try:
        found = path.stat()
    except OSError as error:
        return f"{target} unreadable: {error.strerror}"
    return f"{target} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


@cache  # the program that runs is the one that was there when it started; templates are read at each build
def digest_program() -> str:
    """The interpreter, the program, and the libraries that are installed beside it."""
    folders = {Path(entry) for entry in sys.path if entry and Path(entry).is_dir()}
    libraries = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    package = Path(__file__).resolve().parent
    return _sha256(sys.version, digest_tree(package), *libraries)


def _sha256(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()
