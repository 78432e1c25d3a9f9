"""Store: keys and bytes in; the same bytes out at a later build, if they are whole.

What is kept only saves time: what is missing, damaged or cannot be written is as if it were not there. The name of each file holds
the SHA-256 of its key and content, and a file is used only when both still agree with it. Nothing kept is run or unpickled. Several
builds may use a store at once: a file is written beside and renamed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final

LARGEST: Final = 400_000_000
"""Bytes of the largest content that `read` takes into memory."""

_PART: Final = ".part"
_ABANDONED: Final = 3_600_000_000_000
"""Nanoseconds without a write after which an unfinished file is taken for that of a killed build."""


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept in `folder`, each content in a file of its own."""

    folder: Path

    def namespace(self, name: str) -> Store:
        """The part of this store that keeps one kind of thing; keys of two namespaces never meet."""
        return Store(self.folder / name)

    def read(self, key: str) -> bytes | None:
        """The content that was written under that key, or None."""
        for path in self._files_of(key):
            try:
                with _open(path) as stream:
                    content = stream.read() if os.fstat(stream.fileno()).st_size <= LARGEST else b""
            except OSError:
                continue
            if _seeded(key, content).hexdigest() == _digest_in(path):
                _touch(path)
                return content
            _drop(path)
        return None

    def write(self, key: str, content: bytes) -> None:
        """Keep the content under that key, in the place of what was kept there before."""
        part = self.begin()
        if part is None:
            return
        try:
            part.write_bytes(content)
            self._settle(key, part, _seeded(key, content).hexdigest())
        except OSError:
            _drop(part)

    def read_file(self, key: str) -> Path | None:
        """The file that was kept under that key, for a library that reads files itself; or None."""
        for path in self._files_of(key):
            with suppress(OSError):
                if _digest_of(key, path) == _digest_in(path):
                    _touch(path)
                    return path
                _drop(path)
        return None

    def begin(self) -> Path | None:
        """A new empty file to write into, for `keep` or `discard`; None where nothing can be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(_PART, dir=self.folder)
            os.close(handle)
        except OSError:
            return None
        return Path(name)

    def keep(self, key: str, part: Path) -> None:
        """Keep a file that was begun under that key, in the place of what was kept there before."""
        try:
            self._settle(key, part, _digest_of(key, part))
        except OSError:
            _drop(part)

    def discard(self, part: Path) -> None:
        """Forget a file that was begun, and the folder if nothing else is in it."""
        _drop(part)
        with suppress(OSError):
            self.folder.rmdir()

    def is_empty(self) -> bool:
        """True when nothing is kept, so that a key that takes long to make need not be made."""
        return next(iter(self._all()), None) is None

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget what is kept under other keys, and what killed builds began."""
        names = {_name(key) for key in keys}
        files = list(self._all())
        for path in files:
            if path.name.partition("-")[0] not in names:
                _drop(path)
        self._drop_abandoned(files)

    def trim(self, most: int) -> None:
        """Forget what was used longest ago, until all takes at most `most` bytes; and what killed builds began."""
        files = list(self._all())
        self._drop_abandoned(files)
        found = []
        for path in files:
            with suppress(OSError):
                state = path.lstat()
                found.append((-state.st_mtime_ns, path.name, path, state.st_size))
        total = 0
        for _, _, path, size in sorted(found):
            total += size
            if total > most:
                _drop(path)

    def _settle(self, key: str, part: Path, digest: str) -> None:
        name = _name(key)
        path = self.folder / name[:2] / f"{name}-{digest}"
        path.parent.mkdir(exist_ok=True)
        others = [other for other in self._files_of(key) if other != path]
        part.replace(path)
        for other in others:
            _drop(other)

    def _files_of(self, key: str) -> list[Path]:
        name = _name(key)
        return sorted((self.folder / name[:2]).glob(f"{name}-*"))

    def _all(self) -> Iterator[Path]:
        return self.folder.glob("??/*-*")

    def _drop_abandoned(self, files: Sequence[Path]) -> None:
        """The newest file tells what time it is: a program's clock may differ from that of its disk."""
        begun = list(self.folder.glob(f"*{_PART}"))
        times = {}
        for path in (*files, *begun):
            with suppress(OSError):
                times[path] = path.lstat().st_mtime_ns
        newest = max(times.values(), default=0)
        for path in begun:
            if newest - times.get(path, newest) > _ABANDONED:
                _drop(path)


def join(parts: Sequence[bytes]) -> bytes:
    """Several contents as one, to be kept together."""
    return b" ".join(str(len(part)).encode() for part in parts) + b"\n" + b"".join(parts)


def split(content: bytes) -> list[bytes]:
    """The contents that were joined. Raises ValueError for anything else."""
    sizes, _, rest = content.partition(b"\n")
    parts = []
    for size in map(int, sizes.split()):
        parts.append(rest[:size])
        rest = rest[size:]
    return parts


def _name(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:40]


def _digest_in(path: Path) -> str:
    return path.name.partition("-")[2]


def _seeded(key: str, content: bytes = b"") -> hashlib._Hash:
    """A digest of the key, which a renamed file does not have, and of the content."""
    digest = hashlib.sha256(hashlib.sha256(key.encode(errors="surrogatepass")).digest())
    digest.update(content)
    return digest


def _digest_of(key: str, path: Path) -> str:
    with _open(path) as stream:
        return hashlib.file_digest(stream, lambda: _seeded(key)).hexdigest()


def _open(path: Path) -> BufferedReader:
    """A file of ours for reading; OSError for a link, or for what is no file."""
    if not path.is_file():
        raise FileNotFoundError(str(path))
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _touch(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)  # it was of use now: see `trim`


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def open_store(work: Path) -> Store:
    """What the build folder `work` keeps from one command to the next."""
    return Store(work / "kept")
