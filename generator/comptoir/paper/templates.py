"""The print templates: folders in, the project's own first; the files that Typst sees, and no other, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from comptoir.paper.types import PrintError

FOLDER: Final = "print"
_PACKAGE: Final = re.compile(rb"""["'](@[a-z0-9-]+/[^"'\s]*)""")
_LARGEST: Final = 20_000_000


def print_templates(folders: Sequence[Path]) -> dict[str, bytes]:
    """Every file below `print/` of the folders, the first that has a path giving it.

    Raises PrintError for a template that asks for a package: nothing is fetched from elsewhere.
    """
    found: dict[str, bytes] = {}
    for folder in reversed(folders):
        found.update(_read(folder / FOLDER))
    for name, content in sorted(found.items()):
        asked = _PACKAGE.search(content) if name.endswith(".typ") else None
        if asked:
            line = content.count(b"\n", 0, asked.start()) + 1
            raise PrintError(
                f"site_templates/print/{name}:{line} asks for the package '{asked[1].decode(errors='replace')}': nothing is "
                "fetched while printing, copy what it needs into the folder"
            )
    return found


def _read(folder: Path) -> dict[str, bytes]:
    """The files of a folder; a link that leads out of it is left out, so that nothing else is ever printed."""
    inside = folder.resolve()
    if not inside.is_relative_to(folder.parent.resolve()):
        return {}
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if path.resolve().is_relative_to(inside) and path.stat().st_size <= _LARGEST
    }
