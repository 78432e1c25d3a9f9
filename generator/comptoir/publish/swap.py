"""Swaps a finished site in: the previous one stays until the new one is complete, and never a mixture of both."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from comptoir.publish.stage import PublishError, clear

MARKER: Final = ".comptoir-site"
"""A file in each site that we published: a folder without it is somebody else's and is never replaced."""

SHOWN: Final = 20  # faults said in full
PROTECTED: Final = ("catalogue", "segments", "indicators", "site_templates", ".git")


def check_output(out: Path, project: Path) -> None:
    """Raises PublishError when `out` holds, or lies in, something that a site must not replace."""
    target = out.resolve()
    if out.is_symlink():
        raise PublishError(f"{out} is a link; name the folder itself")
    if target == project.resolve() or target in project.resolve().parents:
        raise PublishError(f"{out} holds the project itself; choose a folder of its own")
    for name in PROTECTED:
        content = (project / name).resolve()
        if target == content or content in target.parents:
            raise PublishError(f"{out} lies in the content of the project ({name}/); choose another folder")
    if out.exists() and not out.is_dir():
        raise PublishError(f"{out} is a file; a site needs a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise PublishError(f"{out} holds files that Comptoir did not publish; choose an empty folder")


def swap_in(parts: Mapping[str, Path], out: Path, check: Callable[[Path], Sequence[object]]) -> None:
    """Publish `parts` (place in the site, '' for its root → folder of files) as the site `out`.

    The site is put together beside `out` and checked there, then takes its place by two renames. If the second
    fails, the first is undone. Raises PublishError with what `check` finds, and leaves the previous site alone.
    """
    beside = out.parent
    beside.mkdir(parents=True, exist_ok=True)
    fresh = beside / f".{out.name}.new"
    previous = beside / f".{out.name}.previous"
    recover(out)
    clear(fresh)
    try:
        _put_together(parts, fresh)
    except OSError as error:
        clear(fresh)  # half a site would only fill the disk
        raise PublishError(f"the new site cannot be put together in {fresh}: {_reason(error)}") from error
    faults = check(fresh)
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
        more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        clear(fresh)
        raise PublishError(f"the new site has {len(faults)} faults and is not published:\n{shown}{more}")
    if out.exists():
        out.rename(previous)
    try:
        fresh.rename(out)
    except OSError:
        if previous.exists():
            previous.replace(out)
        raise
    clear(previous)


def _put_together(parts: Mapping[str, Path], fresh: Path) -> None:
    for place, folder in sorted(parts.items()):
        shutil.copytree(
            folder, fresh / place if place else fresh, dirs_exist_ok=True, copy_function=shutil.copyfile
        )
    (fresh / MARKER).write_text(
        "Published by Comptoir; replaced as a whole at the next build.\n", encoding="utf-8"
    )


def _reason(error: OSError) -> str:
    """Why, in the words of the system; of a copy of many files, why the first one failed."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        first: object = error.args[0][0]
        return str(first[2]).partition("] ")[2].partition(":")[0] if isinstance(first, tuple) else str(first)
    return error.strerror or str(error)


def recover(out: Path) -> None:
    """Put the previous site back if an earlier swap was cut off between its two renames."""
    previous = out.parent / f".{out.name}.previous"
    if previous.is_dir():
        if out.exists():
            clear(previous)
        else:
            previous.rename(out)
