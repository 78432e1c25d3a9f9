"""Data files: the folder of data in, the files that sources may name out; never one outside that folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import category, normalize

from comptoir.problems import Location, Problem, printable

DATA_FOLDER: Final = "indicators/data"
RULE_NAME: Final = "data-name"
RENAME: Final = "rename it"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
ENDINGS: Final = (".csv", ".csv.gz", ".parquet", ".xlsx")
HASH_ENDING: Final = ".sha256"  # of the record beside a file that was fetched, in the form of sha256sum


def list_data_files(folder: Path, shown: str = DATA_FOLDER) -> tuple[dict[str, Path], list[Problem]]:
    """Name below `folder` (with forward slashes) → place on disk, in order, and what nobody could name or follow.

    `shown` is how problems name the folder. Hidden files and what is no regular file are left out, as is what does not
    end as data do; a folder that does not exist is empty. Links that lead out of the folder are problems.
    """
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    inside = folder.resolve()

    def refuse(path: Path, message: str, rule: str = "outside-data", hint: str = "") -> None:
        name = printable(path.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8"))
        problems.append(Problem(Location(f"{shown}/{name}"), rule, message, hint))

    for parent, folders, names in os.walk(folder):
        for name in [name for name in folders if Path(parent, name).is_symlink()]:
            refuse(Path(parent, name), "a linked folder is not followed")
            folders.remove(name)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or not as_seen(name).endswith(ENDINGS):
                continue
            if not name.lower().endswith(ENDINGS):
                refuse(
                    path,
                    "this name does not end as it seems to, so that nothing reads the file",
                    RULE_NAME,
                    RENAME,
                )
            elif path.is_symlink() and not _stays_inside(path, inside):
                refuse(path, "this link does not lead to a file of the data folder")
            elif path.is_file():
                whole = path.relative_to(folder).as_posix()
                if printable(whole) == whole:
                    files[whole] = path
                else:
                    message = "the name of this file holds what cannot be shown, so that nothing reads it"
                    refuse(path, message, RULE_NAME, RENAME)
    return dict(sorted(files.items())), problems


def _stays_inside(path: Path, inside: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        return False


def recorded_hash(path: Path) -> str:
    """The SHA-256 that was written down beside a data file when it was fetched; none where nothing was."""
    try:
        with path.with_name(path.name + HASH_ENDING).open(encoding="utf-8", errors="replace") as record:
            return record.read(64)
    except OSError:
        return ""


def as_seen(name: str) -> str:
    """The name as people see it: one space for any, no case, no form of composition, no mark that shows nothing."""
    plain = normalize("NFKC", name).casefold()
    return " ".join("".join(c for c in plain if category(c) not in _UNSEEN).split())


def match_files(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a pattern of a source stands for, in order: '*' and '?' stay within one folder."""
    return tuple(sorted(name for name in names if _compile(pattern).fullmatch(name)))


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    pieces = {"*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(pieces.get(c, re.escape(c)) for c in pattern))
