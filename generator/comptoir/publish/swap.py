"""Swaps a finished site in: the previous one stays until the new one is complete, and never a mixture of both."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from comptoir.publish.lock import hold_folder
from comptoir.publish.stage import PublishError, fingerprint, read_tree

MARKER: Final = ".comptoir-site"
"""A file in each site that we published: a folder without it is somebody else's and is never replaced."""

SHOWN: Final = 20  # faults said in full
PROTECTED: Final = ("catalogue", "segments", "indicators", "site_templates", ".git")
_NEW, _PREVIOUS = "new", "previous"  # in the folder beside the site where a new one is put together
_HERE: Final = -100  # AT_FDCWD of Linux: paths are as they are written
_RENAME_EXCHANGE: Final = 2
_NO_EXCHANGE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


@dataclass(frozen=True, slots=True)
class Swapped:
    """The fingerprint of a site that was published, and a folder with the previous one if that could not be removed."""

    site: str
    left: Path | None


def check_output(out: Path, project: Path) -> None:
    """Raises PublishError when `out` holds, or lies in, something that a site must not replace."""
    check_place(out, project)
    if project.resolve().is_relative_to(out.resolve()):
        raise PublishError(f"{out} holds the project itself; choose a folder of its own")
    if out.exists() and not out.is_dir():
        raise PublishError(f"{out} is a file; a site needs a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise PublishError(f"{out} holds files that Comptoir did not publish; choose an empty folder")


def check_place(out: Path, project: Path) -> None:
    """Raises PublishError when what is written to `out` would go into the content of the project, or through a link."""
    for place in (out, *out.absolute().parents):
        # A link of the project may lead anywhere; one above the project is the operator's.
        if place.is_symlink() and (place is out or place.parent.resolve().is_relative_to(project.resolve())):
            raise PublishError(f"{place} is a link; name the place that it leads to")
    for name in PROTECTED:
        if out.resolve().is_relative_to((project / name).resolve()):
            raise PublishError(f"{out} lies in the content of the project ({name}/); choose another place")


def swap_in(parts: Mapping[str, Path], out: Path, check: Callable[[Path], Sequence[object]]) -> Swapped:
    """Publish `parts` (place in the site, '' for its root → folder of files) as the site `out`.

    The site is put together in a fresh folder beside `out`, checked there, and exchanged with the previous one. Raises
    PublishError with what `check` finds, or why that cannot be done, and leaves the previous site alone.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with hold_folder(out.parent, f"another build is publishing into {out.parent}") as is_alone:
        _recover(out, is_alone)
        try:
            room = Path(mkdtemp(dir=out.parent, prefix=_prefix(out)))
        except OSError as error:
            message = f"nothing can be written into {out.parent}, beside the site: {_reason(error)}"
            raise PublishError(message) from error
        fresh = room / _NEW
        try:
            _put_together(parts, fresh)
            _refuse_faults(check(fresh))
            site = fingerprint(read_tree(fresh))
            _take_place(fresh, out)
        except OSError as error:
            raise PublishError(f"the new site cannot be published as {out}: {_reason(error)}") from error
        finally:
            _clear(room, out)
        return Swapped(site, room if room.exists() else None)


def recover(out: Path) -> None:
    """Put the previous site back if an earlier swap was cut off between two renames, and remove what it left."""
    if _rooms(out) and not out.exists():
        with hold_folder(out.parent, f"another build is publishing into {out.parent}") as is_alone:
            _recover(out, is_alone)


def _recover(out: Path, is_alone: bool) -> None:
    for room in _rooms(out):
        if (room / _PREVIOUS).is_dir() and not out.exists():
            (room / _PREVIOUS).rename(out)
        if is_alone:  # otherwise a build may be at work there
            _clear(room, out)


def _clear(room: Path, out: Path) -> None:
    """Remove half a site, which would only fill the disk, or the previous one that was exchanged; never the only one."""
    if out.exists() or not (room / _PREVIOUS).exists():
        shutil.rmtree(room, ignore_errors=True)


def _prefix(out: Path) -> str:
    return f".{out.name}.new-"  # and eight letters of `mkdtemp`


def _rooms(out: Path) -> list[Path]:
    """The folders beside the site where new ones were put together, of builds that were killed if the output is held."""
    if not out.parent.is_dir():
        return []
    name = re.compile(re.escape(_prefix(out)) + "[a-z0-9_]{8}")
    beside = (path for path in out.parent.iterdir() if name.fullmatch(path.name))
    return sorted(path for path in beside if path.is_dir() and not path.is_symlink())


def _put_together(parts: Mapping[str, Path], fresh: Path) -> None:
    for place, folder in sorted(parts.items()):
        shutil.copytree(
            folder, fresh / place if place else fresh, dirs_exist_ok=True, copy_function=shutil.copyfile
        )
    (fresh / MARKER).write_text(
        "Published by Comptoir; replaced as a whole at the next build.\n", encoding="utf-8"
    )


def _refuse_faults(faults: Sequence[object]) -> None:
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
        more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise PublishError(f"the new site has {len(faults)} faults and is not published:\n{shown}{more}")


def _take_place(fresh: Path, out: Path) -> None:
    """Exchange the new site with the previous one; elsewhere by two renames, undone if the second fails."""
    if not out.exists():
        fresh.rename(out)
    elif not _exchange(fresh, out):
        previous = fresh.with_name(_PREVIOUS)
        out.rename(previous)
        try:
            fresh.rename(out)
        except OSError:
            previous.rename(out)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk has no such step. Raises OSError."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _reason(error: OSError) -> str:
    """Why, in the words of the system; of a copy of many files, why the first one failed."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        first: object = error.args[0][0]
        return str(first[2]).partition("] ")[2].partition(":")[0] if isinstance(first, tuple) else str(first)
    return error.strerror or str(error)
