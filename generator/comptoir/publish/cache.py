"""A folder of texts by name: what an earlier build made, to be taken again; what this one makes, kept."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"[0-9a-f]{8,128}")
LARGEST: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class FolderCache:
    """Keeps texts in `folder`, one file each. What cannot be read or kept is only slower, never an error."""

    folder: Path
    largest: int = LARGEST  # bytes: a larger file is not read

    def read(self, name: str) -> str | None:
        """The text of that name, or None when there is none that can be read."""
        path = self._path(name)
        try:
            if path.is_symlink() or path.stat().st_size > self.largest:
                return None
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        with suppress(OSError):
            os.utime(path)  # it was of use today: see `trim`
        return text

    def write(self, name: str, text: str) -> None:
        """Keeps the text; another build that reads meanwhile finds all of it or nothing."""
        path = self._path(name)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(path)
        except OSError:
            return

    def trim(self, most: int) -> None:
        """Drops what was longest neither read nor written, until what is kept takes no more than `most` bytes."""
        for path in self._beyond(most):
            with suppress(OSError):
                path.unlink()

    def _beyond(self, most: int) -> list[Path]:
        found = []
        for path in self.folder.glob("*/*.json"):
            with suppress(OSError):
                state = path.lstat()
                found.append((-state.st_mtime_ns, path.name, path, state.st_size))
        total = 0
        beyond = []
        for _, _, path, size in sorted(found):
            total += size
            if total > most:
                beyond.append(path)
        return beyond

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"'{name}' is not the name of a kept text")
        return self.folder / name[:2] / f"{name}.json"
