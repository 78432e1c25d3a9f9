"""Upgrading a project to the files that this version writes: its folder in; what changes, by path, out.

Names that were given up are replaced where they stand, so that comments, order and spaces stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from comptoir.model.organisation import FORMAT
from comptoir.model.reports import CHAPTER_NAMES, REPORTS_FOLDER, Chapter
from comptoir.problems import Location, Problem, Severity
from comptoir.scaffold.editor import SCHEMA_FOLDER, editor_files, editor_schemas
from comptoir.wording import language

_ORGANISATION: Final = "catalogue/organisation.yaml"
_SETTINGS: Final = ".vscode/settings.json"
_FORMAT: Final = re.compile(r"^format:", re.MULTILINE)
_FIRST_KEY: Final = re.compile(r"^(?=[A-Za-z_][\w-]*:)", re.MULTILINE)
_HEADING: Final = re.compile(r"^( {0,3}##[ \t]*)(\w+)(?=[ \t]*#*[ \t]*\r?$)", re.MULTILINE)


def upgraded_files(project: Path, languages: tuple[str, ...]) -> dict[str, str]:
    """Path → new text of each file that upgrading changes; nothing for a project that is up to date.

    `languages` are those of the site, the default one first. Raises OSError where a file cannot be read.
    """
    found = {**_with_format(project), **_with_chapters(project, languages), **_with_schemas(project)}
    return {path: text for path, text in sorted(found.items()) if text != _read(project / path)}


def stale_schemas(project: Path) -> Iterator[Problem]:
    """Schemas of editors that another version wrote: what they propose may be refused."""
    folder = project / SCHEMA_FOLDER
    if folder.is_dir():
        stale = [name for name, text in editor_schemas().items() if _read(folder / name) != text]
        if stale:
            message = f"{len(stale)} schemas of the editor are not those of this version, such as {stale[0]}"
            hint = "'comptoir upgrade' renews them"
            yield Problem(Location(SCHEMA_FOLDER), "stale-schemas", message, hint, Severity.WARNING)


def _read(path: Path) -> str | None:
    """The text of a file, its line ends as they are; None where there is none, or no text."""
    try:
        return path.read_bytes().decode("utf-8") if path.is_file() and not path.is_symlink() else None
    except UnicodeDecodeError:
        return None


def _with_format(project: Path) -> dict[str, str]:
    """organisation.yaml, which says the format of the files of its project."""
    text = _read(project / _ORGANISATION)
    if text is None or _FORMAT.search(text):
        return {}
    end = "\r\n" if "\r\n" in text else "\n"
    return {_ORGANISATION: _FIRST_KEY.sub(f"format: {FORMAT}{end}", text, count=1)}


def _with_chapters(project: Path, languages: tuple[str, ...]) -> dict[str, str]:
    """Reports, whose chapters are called as they are now in the language of the file."""
    changed = {}
    for path in sorted((project / REPORTS_FOLDER).glob("*.md")):
        code = path.name.split(".")[1] if path.name.count(".") == 2 else languages[0]
        text = _read(path)
        if text is not None and code in languages:
            changed[f"{REPORTS_FOLDER}{path.name}"] = _rename_chapters(text, code)
    return changed


def _rename_chapters(text: str, code: str) -> str:
    """The text, its headings of chapters that are identifiers as the language names them."""
    names = {chapter.value: language(code).say(CHAPTER_NAMES[chapter]) for chapter in Chapter}
    return _HEADING.sub(lambda found: found[1] + names.get(found[2].lower(), found[2]), text)


def _with_schemas(project: Path) -> dict[str, str]:
    """The schemas, and which files each is for, in a project whose editor uses them."""
    if not (project / SCHEMA_FOLDER).is_dir():
        return {}
    files: Mapping[str, str] = editor_files()
    renewed = {path: text for path, text in files.items() if path.startswith(SCHEMA_FOLDER)}
    settings = _read(project / _SETTINGS)
    try:
        written: Any = json.loads(settings or "")
    except ValueError:
        return renewed  # with comments of its owner, or none: it stays as it is
    if isinstance(written, dict):
        globs = json.loads(files[_SETTINGS])["yaml.schemas"]
        kept = {
            name: of
            for name, of in written.get("yaml.schemas", {}).items()
            if not name.startswith(f"./{SCHEMA_FOLDER}")
        }
        written["yaml.schemas"] = {**kept, **globs}
        renewed[_SETTINGS] = json.dumps(written, indent=2, ensure_ascii=False) + "\n"
    return renewed
