"""Writes files into a folder of ours: only what changed, and nothing else stays there."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

Content = str | bytes


class PublishError(Exception):
    """A step of publication failed; the message is for the person at the terminal."""


def stage_files(folder: Path, files: Mapping[str, Content]) -> None:
    """Make `folder` hold exactly `files` (path with forward slashes → content).

    Files that already hold the same bytes are left alone, so that what depends on their dates is not redone.
    Raises PublishError for a path that leads out of `folder`.
    """
    wanted: set[Path] = set()
    for name, content in sorted(files.items()):
        path = folder.joinpath(*_safe_parts(name))
        wanted.add(path)
        data = content.encode("utf-8") if isinstance(content, str) else content
        if path.is_symlink() or not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(data)
    for parent, folders, names in os.walk(folder, topdown=False):
        for name in names:
            if Path(parent, name) not in wanted:
                Path(parent, name).unlink()
        for name in folders:
            path = Path(parent, name)
            if path.is_symlink():
                path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()


def add_files(folder: Path, files: Mapping[str, Content]) -> None:
    """Write `files` into `folder`, whatever else it holds. Raises PublishError for a path that leads out of it."""
    for name, content in sorted(files.items()):
        path = folder.joinpath(*_safe_parts(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _safe_parts(name: str) -> tuple[str, ...]:
    parts = tuple(name.split("/"))
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
        raise PublishError(f"'{name}' is not a path inside the site")
    return parts


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`: path with forward slashes → content. Empty when there is no such folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def fingerprint(files: Mapping[str, Content], *others: str) -> str:
    """SHA-256 over the names and contents of `files` and over `others`: changes when anything changes."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        data = content.encode("utf-8") if isinstance(content, str) else content
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    for other in others:
        digest.update(f"{len(other)}\0{other}".encode())
    return digest.hexdigest()


def clear(folder: Path) -> None:
    """Remove a folder of ours and what it holds, if it is there."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
