"""Writes files into a project: new ones, all of them or none and never over something that exists; or one renewed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_new_files(root: Path, files: Mapping[str, str]) -> None:
    """Write `files` (path with forward slashes → text) below `root`.

    Raises FileExistsError, its message the first path that is taken, before anything is written; and
    ValueError when a folder of the project is a link that leads out of it, or when a file stands where a folder belongs.
    """
    inside = root.resolve()
    paths = {root.joinpath(*name.split("/")): text for name, text in sorted(files.items())}
    for path in paths:
        first = next((folder for folder in path.parents if os.path.lexists(folder)), root)
        if not first.is_dir():
            raise ValueError(f"{first} is a file, where a folder belongs")
        if not path.resolve().is_relative_to(inside):
            raise ValueError(f"{path.parent} leads out of the project")
        if os.path.lexists(path):
            raise FileExistsError(str(path))
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def renew_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write `files` (name → text or bytes) into `folder`, over those of the same name. Other files there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def replace_file(root: Path, name: str, text: str) -> None:
    """Write `text` in the place of the file `name` below `root`, at once: whoever reads it sees the old or the new one.

    Raises ValueError when a link leads out of the project.
    """
    path = root.joinpath(*name.split("/"))
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{name} leads out of the project")
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
