"""Templates of a project's own: its folder in; what each may do, and those that need the word of who builds, out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path
from typing import Final

from comptoir.problems import Location, Problem, Severity
from comptoir.resources import templates_folder
from comptoir.sources.folders import TEMPLATES_FOLDER, template_files

RULE: Final = "own-template"
THEME: Final = f"{TEMPLATES_FOLDER}/theme/"
HARMLESS: Final = (".css", ".woff2", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".txt")
"""Files of a theme that run nothing, in the engine or in a browser."""

_MARK: Final = re.compile(r"comptoir: copied from ([0-9a-f]{12})")
_COMMENTS: Final = {
    ".j2": "{{# comptoir: copied from {} #}}\n",
    ".html": "{{# comptoir: copied from {} #}}\n",
    ".typ": "// comptoir: copied from {}\n",
    ".css": "/* comptoir: copied from {} */\n",
    ".js": "/* comptoir: copied from {} */\n",
}
"""How a comment is written on the first line, by the ending of the file."""

_IN_THE_ENGINE: Final = (
    "the site engine runs it without a sandbox, so it may run programs on the machine that builds"
)
_IN_BROWSERS: Final = "it runs in the browsers of readers, in every page"
_MAY: Final[Mapping[str, str]] = {  # by the folder
    "pages": "it makes pages in a sandbox, from what their readers may see, and may put no script into them",
    "letters": "it makes plain text in a sandbox, from what its letter says",
    "print": "the compiler of printed pages reads it, and nothing outside its folder",
    "slides": "slides are made from it; one that holds programs or shows files from elsewhere is refused",
    "theme": "it changes how pages look, and runs nothing",
}


def own_templates(project: Path, folder: str = "") -> dict[str, Path]:
    """The files of `site_templates/` of a project, or of a `folder` in it, by their path in the project.

    A copy of what ships changes nothing and is none of them; our own checkout, whose templates ship, has none.
    """
    shipped = templates_folder()
    if (project / TEMPLATES_FOLDER).resolve() == shipped.resolve():
        return {}
    return {
        name: path
        for name, path in template_files(project, [])
        if name.startswith(f"{TEMPLATES_FOLDER}/{folder}")
        and not _is_copy(path, shipped / name.removeprefix(f"{TEMPLATES_FOLDER}/"))
    }


def _is_copy(path: Path, shipped: Path) -> bool:
    return shipped.is_file() and cmp(path, shipped, shallow=False)


def digest_of_template(inner: str) -> str:
    """Twelve digits that tell a template that ships, by its path below site_templates/. Raises FileNotFoundError."""
    return hashlib.sha256((templates_folder() / inner).read_bytes()).hexdigest()[:12]


def shipped_templates() -> tuple[str, ...]:
    """The templates that ship, by their paths below site_templates/."""
    root = templates_folder()
    return tuple(sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()))


def copy_template(inner: str) -> bytes:
    """A template that ships, with the mark of the version that it was copied from, where its form has comments.

    Raises FileNotFoundError when none ships at that path below site_templates/.
    """
    content, ending = (templates_folder() / inner).read_bytes(), Path(inner).suffix
    comment = _COMMENTS.get(ending)
    return content if comment is None else comment.format(digest_of_template(inner)).encode() + content


def stale_templates(project: Path) -> Iterator[Problem]:
    """Copies of templates that have changed since in what ships: those that `comptoir new template` marked."""
    for name, path in own_templates(project).items():
        inner = name.removeprefix(f"{TEMPLATES_FOLDER}/")
        with path.open("rb") as file:
            mark = _MARK.search(file.readline(200).decode("utf-8", "replace"))
        if mark and (templates_folder() / inner).is_file() and mark[1] != digest_of_template(inner):
            message = "the template that ships has changed since this one was copied from it"
            hint = f"compare both, then write the mark 'copied from {digest_of_template(inner)}'"
            yield Problem(Location(name), "stale-template", message, hint, Severity.WARNING)


def untrusted_templates(project: Path) -> Iterator[Problem]:
    """Those that may run programs, here or in browsers: who builds gives the word for them, not who writes."""
    for name in own_templates(project):
        if may := _danger(name):
            message = f"this file needs the word of who builds: {may}"
            hint = "read it, then build with --trust-theme, or set COMPTOIR_TRUST_THEME=1"
            yield Problem(Location(name), "untrusted-template", message, hint)


def describe_templates(project: Path) -> Iterator[Problem]:
    """What each template of a project's own may do, as a notice."""
    for name in own_templates(project):
        inner = name.removeprefix(f"{TEMPLATES_FOLDER}/")
        may = _danger(name) or _MAY.get(inner.partition("/")[0], "nothing reads it")
        takes = (
            "stands in for the one that ships"
            if (templates_folder() / inner).is_file()
            else "is the project's own"
        )
        yield Problem(Location(name), RULE, f"this file {takes}: {may}", severity=Severity.NOTICE)


def _danger(name: str) -> str:
    """What a file may do that nobody should let a stranger do; '' when there is none."""
    if not name.startswith(THEME) or name.lower().endswith(HARMLESS):
        return ""
    is_script = name.startswith(f"{THEME}assets/")  # also of a drawing, which may hold one
    return _IN_BROWSERS if is_script else _IN_THE_ENGINE
