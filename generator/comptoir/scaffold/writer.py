"""Writes files into a project: new ones, all of them or none and never over something that exists; or one renewed."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from comptoir.sources.data_files import DATA_FOLDER


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
        _write(path, text, is_new=True)


def place_data(root: Path, path: Path) -> str:
    """The name of a data file below the folder of data, into which it is copied unless it is there.

    Raises FileExistsError when another file has its name there, OSError when it cannot be copied.
    """
    folder = root / DATA_FOLDER
    if path.resolve().is_relative_to(folder.resolve()):
        return path.resolve().relative_to(folder.resolve()).as_posix()
    if os.path.lexists(folder / path.name):
        if (folder / path.name).is_file() and filecmp.cmp(path, folder / path.name, shallow=False):
            return path.name
        raise FileExistsError(f"{DATA_FOLDER}/{path.name}")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, folder / path.name)
    return path.name


def renew_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write `files` (name → text or bytes) into `folder`, each at once, over those of the same name. Other files stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        _write(folder / name, content)


def replace_file(root: Path, name: str, text: str) -> None:
    """Write `text` in the place of the file `name` below `root`, at once: whoever reads it sees the old or the new one.

    Raises ValueError when a link leads out of the project.
    """
    path = root.joinpath(*name.split("/"))
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{name} leads out of the project")
    _write(path, text)


def _write(path: Path, content: str | bytes, *, is_new: bool = False) -> None:
    """Write beside and rename: a reader sees all or nothing. Raises FileExistsError when what must be new is there."""
    beside = path.with_name(f".comptoir-{os.getpid()}.new")
    try:
        beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        if is_new:
            _link_new(beside, path)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _link_new(beside: Path, path: Path) -> None:
    """Give a file its name if nothing has it, in one step where the disk knows links."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(str(path)) from None
        beside.replace(path)
