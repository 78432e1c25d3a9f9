"""Walks the folders of a project: root in, the files of its content out; never one outside, and what is no file is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from comptoir.problems import Location, Problem, printable

CONTENT_FOLDERS: Final = ("catalogue", "segments", "indicators")
TEMPLATES_FOLDER: Final = "site_templates"
_WHERE_FILES_BELONG: Final = (".yaml", ".yml")
_TEMPLATES: Final = (".j2", ".typ", ".html", ".css", ".js")


def content_files(root: Path, left_out: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The files of the content folders (name in the project, place on disk), in order; `left_out` is not entered.

    A link to a file is followed when it stays within the content: a project holds more, such as secrets and .git.
    """
    inside = [root.resolve() / folder for folder in CONTENT_FOLDERS]
    for folder in CONTENT_FOLDERS:
        yield from _walk(root, folder, inside, _WHERE_FILES_BELONG, left_out, problems)


def template_files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The templates of a project (name in it, place on disk), in order; hidden files and links that lead out are none."""
    yield from _walk(root, TEMPLATES_FOLDER, [root.resolve() / TEMPLATES_FOLDER], _TEMPLATES, None, problems)


def check_file(path: Path, file: str, inside: Path) -> Problem | None:
    """What is wrong with the kind of a file that may be missing: a folder, a pipe, or a link out of `inside`."""
    if path.is_symlink():
        fault = _judge_link(path, [inside.resolve()], "the project")
        if fault:
            return Problem(Location(file), "outside-project", fault)
    return None if path.is_file() or not path.exists() else no_file(path, file)


def no_file(path: Path, file: str) -> Problem:
    """The problem of something that stands where a file belongs."""
    what = "a folder stands" if path.is_dir() else "what is no ordinary file stands"
    return Problem(Location(file), "no-file", f"{what} where a file belongs")


def relative_name(path: Path, root: Path) -> str:
    """The path in the project, printable whatever bytes the name holds."""
    return printable(path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8"))


def _walk(
    root: Path,
    folder: str,
    inside: list[Path],
    endings: tuple[str, ...],
    left_out: Path | None,
    problems: list[Problem],
) -> Iterator[tuple[str, Path]]:
    """The files below a folder of the project; `endings` are those of names that only a file may bear."""
    top = root / folder
    content = "its folder" if folder == TEMPLATES_FOLDER else "the content of the project"
    if top.is_symlink():
        problems.append(_linked_folder(top, root))
        return
    if not top.is_dir():
        if top.exists():
            problems.append(Problem(Location(folder), "no-folder", "a file stands where a folder belongs"))
        return
    for parent, folders, names in os.walk(top, onerror=_reporter(root, problems)):
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        problems += [_linked_folder(Path(parent, name), root) for name in linked]
        wrong = [name for name in folders if name.endswith(endings) and name not in linked]
        problems += [
            no_file(Path(parent, name), relative_name(Path(parent, name), root)) for name in sorted(wrong)
        ]
        folders[:] = sorted(
            name
            for name in folders
            if name not in linked and not name.startswith(".") and Path(parent, name) != left_out
        )
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            fault = _judge_link(path, inside, content) if path.is_symlink() else ""
            if fault:
                problems.append(Problem(Location(relative_name(path, root)), "outside-project", fault))
            elif path.is_file():
                yield relative_name(path, root), path
            else:
                problems.append(no_file(path, relative_name(path, root)))


def _reporter(root: Path, problems: list[Problem]) -> Callable[[OSError], None]:
    def report(error: OSError) -> None:
        where = Location(relative_name(Path(error.filename), root))
        problems.append(Problem(where, "unreadable", f"the folder cannot be read: {error.strerror}"))

    return report


def _linked_folder(path: Path, root: Path) -> Problem:
    message = "a linked folder is not followed"
    return Problem(Location(relative_name(path, root)), "outside-project", message)


def _judge_link(path: Path, inside: list[Path], content: str) -> str:
    """What is wrong with a link to a file; '' if nothing. `content` says in words what it must stay within."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        return "this link leads to nothing"
    if not any(target.is_relative_to(folder) for folder in inside):
        return f"this link leads outside {content}"
    return ""
