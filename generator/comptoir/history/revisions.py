"""The content of a project at a revision of git: a folder and a revision in, the files of that day in a folder out."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from comptoir.publish.stage import PublishError, stage_files

CONTENT: Final = (
    "catalogue",
    "segments",
    "indicators/definitions",
    "indicators/sources",
    "indicators/reports",
    "mkdocs.yml",
)
_MOST_BYTES: Final = 300_000_000
_SECONDS: Final = 120


class RevisionError(Exception):
    """Why the content of a revision cannot be had, for people."""


def write_revision(project: Path, revision: str, folder: Path) -> None:
    """The content of `project` as it was at `revision` (a commit, a tag, a branch), written below `folder`.

    Links and whatever would lead out of it are refused. Raises RevisionError.
    """
    if revision.startswith("-"):
        raise RevisionError(f"'{revision}' is not a revision")
    prefix = os.fsdecode(_git(project, "rev-parse", "--show-prefix")).rstrip("\n")
    top = Path(os.fsdecode(_git(project, "rev-parse", "--show-toplevel")).rstrip("\n"))
    commit = _git(project, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    listed = _git(top, "ls-tree", "-r", "--name-only", "-z", f"{commit}:{prefix}")
    names = [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]
    wanted = [
        place for place in CONTENT if any(name == place or name.startswith(f"{place}/") for name in names)
    ]
    if not any(name.startswith("catalogue/") for name in names):
        raise RevisionError(f"there is no project here at '{revision}'")
    packed = _git(top, "archive", "--format=tar", f"{commit}:{prefix}", "--", *wanted)
    if len(packed) > _MOST_BYTES:
        raise RevisionError(f"the content at '{revision}' is larger than {_MOST_BYTES // 1_000_000} MB")
    try:
        stage_files(folder, dict(_files_of(packed)))
    except (tarfile.TarError, PublishError) as error:
        raise RevisionError(f"the content at '{revision}' holds what is not read: {error}") from error


def _files_of(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each plain file of an archive; links and devices are passed over."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name, content.read()


def _git(project: Path, *arguments: str) -> bytes:
    """What git answers. It runs no hook, no pager and no external filter of the project."""
    command = [
        "git",
        "--no-pager",
        "-C",
        str(project),
        "-c",
        "core.fsmonitor=false",
        "-c",
        "tar.umask=0022",
        *arguments,
    ]
    try:
        result = subprocess.run(
            command, capture_output=True, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise RevisionError("git is not installed: give two folders instead") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError("git does not answer") from error
    if result.returncode:
        said = (
            " ".join(result.stderr.decode("utf-8", "replace").split())
            or f"no such revision ({arguments[-1]})"
        )
        raise RevisionError(f"git: {said.removeprefix('fatal: ')}")
    return result.stdout
