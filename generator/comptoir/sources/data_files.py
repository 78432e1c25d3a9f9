"""Data files: the folder of data in, the files that sources may name out; never one outside that folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from comptoir.problems import Location, Problem, printable

DATA_FOLDER: Final = "indicators/data"
ENDINGS: Final = (".csv", ".csv.gz", ".parquet", ".xlsx")


def list_data_files(folder: Path, shown: str = DATA_FOLDER) -> tuple[dict[str, Path], list[Problem]]:
    """Name below `folder` (with forward slashes) → place on disk, in order, and the links that lead out of it.

    `shown` is how problems name the folder. Hidden files and what is no regular file are left out; a folder that does
    not exist is empty.
    """
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    inside = folder.resolve()

    def refuse(path: Path, message: str) -> None:
        name = printable(path.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8"))
        problems.append(Problem(Location(f"{shown}/{name}"), "outside-data", message))

    for parent, folders, names in os.walk(folder):
        for name in [name for name in folders if Path(parent, name).is_symlink()]:
            refuse(Path(parent, name), "a linked folder is not followed")
            folders.remove(name)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or not name.lower().endswith(ENDINGS):
                continue
            if path.is_symlink() and not _stays_inside(path, inside):
                refuse(path, "this link does not lead to a file of the data folder")
            elif path.is_file() and name.isprintable():
                files[path.relative_to(folder).as_posix()] = path
    return dict(sorted(files.items())), problems


def _stays_inside(path: Path, inside: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        return False


def match_files(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a pattern of a source stands for, in order: '*' and '?' stay within one folder."""
    return tuple(sorted(name for name in names if _compile(pattern).fullmatch(name)))


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    pieces = {"*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(pieces.get(c, re.escape(c)) for c in pattern))
