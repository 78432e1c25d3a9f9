"""Looks at the bytes of a file once, before the engine reads it: their SHA-256, their lines, and what no reader takes."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final, cast

from comptoir.measure.reading.records import open_text
from comptoir.model.dialects import Encoding

_CHUNK: Final = 1 << 20
MAX_BYTES: Final = 8_000_000_000
MAX_LINE: Final = 2_000_000  # bytes, as the engine's longest record
MAX_RATIO: Final = 100  # of what is unpacked to what is packed: exports have ten to thirty
_ANY_RATIO: Final = 16_000_000  # bytes: as little as that may be all alike
_SIGNATURES: Final = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a workbook or a ZIP archive",
    b"\x1f\x8b": "a file that gzip compressed",
    codecs.BOM_UTF8: "UTF-8",  # where another encoding is declared
}
_HINTS: Final = {
    "UTF-16": "encoding: utf-16",
    "UTF-8": "encoding: utf-8",
    "a file that gzip compressed": "call it .csv.gz, in the source too",
}


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong with the bytes of a file, where, and what would mend it."""

    message: str
    line: int = 1
    column: int = 1
    hint: str = ""


_CR_ALONE: Final = FileFault(
    "its lines end with CR alone", hint="save it with the line ends of Windows or Unix"
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file as it is: hash of its bytes, number of lines of its text, the file that the engine can read.

    `has_mixed_ends`: some lines end with CR LF and some with LF, which is right only within quotations.
    `fault` says why it cannot be read; the rest but the hash then means nothing.
    """

    sha256: str
    lines: int
    readable: Path
    has_mixed_ends: bool = False
    fault: FileFault | None = None


def hash_file(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal. Raises OSError for one that cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def examine(path: Path, encoding: Encoding) -> Iterator[Examined]:
    """Looks at a CSV file; what the engine can read of it is there within the block.

    The engine reads UTF-8: a file in another encoding is put into a temporary file that goes away at the end of the
    block. What is wrong is a fault of the result; raises nothing but OSError, for a file that cannot be opened.
    """
    if encoding is Encoding.UTF_8:
        yield _Examination(path, encoding).run(None)
        return
    with TemporaryDirectory(prefix="comptoir-") as folder:
        copy = Path(folder) / "data.csv"
        with copy.open("wb") as stream:
            examined = _Examination(path, encoding).run(stream)
        yield examined if examined.fault else replace(examined, readable=copy)


class _HashedStream:
    """A file for reading that hashes what goes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.size = os.fstat(stream.fileno()).st_size
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._hash.update(chunk)
        return chunk

    def finish(self) -> str:
        """The hash of the whole file, read to its end or not."""
        while self.read(_CHUNK):
            pass
        return self._hash.hexdigest()


class _Examination:
    """One pass over a file."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._path, self._encoding = path, encoding
        self._decoder = codecs.getincrementaldecoder(encoding.value)()
        self._lines, self._returns, self._size, self._last = 0, 0, 0, b""
        self._largest = MAX_BYTES
        self._open = 0  # bytes of the line that goes on
        self._has_text, self._has_return = False, False

    def run(self, copy: IO[bytes] | None) -> Examined:
        with self._path.open("rb") as raw:
            hashed = _HashedStream(raw)
            fault = self._pass(hashed, copy)
            sha256 = hashed.finish()
        lines = self._lines + (self._last not in (b"", b"\n"))
        return Examined(sha256, lines, self._path, 0 < self._returns < self._lines, fault)

    def _pass(self, hashed: _HashedStream, copy: IO[bytes] | None) -> FileFault | None:
        unpacked = stream = cast("IO[bytes]", hashed)
        try:
            if self._path.name.lower().endswith(".gz"):
                unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
                self._largest = min(MAX_BYTES, max(_ANY_RATIO, MAX_RATIO * hashed.size))
            while chunk := unpacked.read(_CHUNK):
                fault = self._take(chunk, copy)
                if fault:
                    return fault
            return self._end(copy)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return FileFault("the file is compressed, and cut short or damaged", hint="export it again")

    def _take(self, chunk: bytes, copy: IO[bytes] | None) -> FileFault | None:
        if not self._size and self._encoding is not Encoding.UTF_16:
            for signature, meaning in _SIGNATURES.items():
                if chunk.startswith(signature) and meaning.lower() != self._encoding.value:
                    hint = _HINTS.get(meaning, "save it as CSV")
                    return FileFault(f"this is {meaning}, not {self._encoding.value}", hint=hint)
        self._size += len(chunk)
        if self._size > MAX_BYTES:
            return FileFault(f"the file holds more than {MAX_BYTES / 1e9:.0f} GB")
        if self._size > self._largest:
            message = f"the file holds more than {MAX_RATIO} times its size when it is unpacked"
            return FileFault(message, hint="export it again, or unpack it if that is right")
        try:
            utf_8 = self._decode(chunk, copy is not None)
        except UnicodeDecodeError as error:
            return self._undecodable(error)
        if b"\0" in utf_8:
            return self._find("\0", "a NUL character", "the file is damaged, or no text")
        fault = self._measure_lines(utf_8)
        self._count(utf_8)
        if copy is not None:
            copy.write(utf_8)
        return fault

    def _measure_lines(self, utf_8: bytes) -> FileFault | None:
        """A fault at a line that is too long. One that lies within the chunk, which is shorter, cannot be."""
        end = utf_8.find(b"\n")
        self._open += len(utf_8) if end < 0 else end
        if self._open > MAX_LINE:
            if b"\r" in utf_8 and not self._lines:
                return _CR_ALONE
            message = f"this line holds more than {MAX_LINE / 1e6:.0f} MB"
            return FileFault(message, self._lines + 1, hint="the file is damaged, or no table")
        if end >= 0:
            self._open = len(utf_8) - utf_8.rfind(b"\n") - 1
        return None

    def _decode(self, chunk: bytes, always: bool) -> bytes:
        """The chunk as UTF-8. Raises UnicodeDecodeError for what the declared encoding does not have."""
        if always:
            return self._decoder.decode(chunk).encode("utf-8").removeprefix(codecs.BOM_UTF8)
        if not (chunk.isascii() and not self._decoder.getstate()[0]):
            self._decoder.decode(chunk)
        return chunk

    def _count(self, utf_8: bytes) -> None:
        self._lines += utf_8.count(b"\n")
        self._returns += utf_8.count(b"\r\n") + (self._last == b"\r" and utf_8[:1] == b"\n")
        self._last = utf_8[-1:] or self._last
        self._has_return = self._has_return or b"\r" in utf_8
        self._has_text = self._has_text or bool(utf_8.removeprefix(codecs.BOM_UTF8).strip())

    def _end(self, copy: IO[bytes] | None) -> FileFault | None:
        try:
            rest = self._decoder.decode(b"", True).encode("utf-8")
        except UnicodeDecodeError as error:
            return self._undecodable(error)
        self._count(rest)
        if copy is not None:
            copy.write(rest)
        if not self._has_text:
            return FileFault(
                "the file is empty: not even a header", hint="an export without rows keeps its header"
            )
        if self._has_return and not self._lines:
            return _CR_ALONE
        return None

    def _undecodable(self, error: UnicodeDecodeError) -> FileFault:
        byte = error.object[error.start : error.start + 1]
        name = self._encoding.value
        others = ", ".join(other.value for other in Encoding if other is not self._encoding)
        return self._find(
            "\ufffd", f"byte {byte.hex().upper()} that {name} does not have", f"encoding: {others}"
        )

    def _find(self, mark: str, what: str, hint: str) -> FileFault:
        """A fault at the first `mark` of the text, which stands for every byte that cannot be read."""
        try:
            with open_text(self._path, self._encoding.value) as stream:
                for number, line in enumerate(iter(partial(stream.readline, MAX_LINE), ""), 1):
                    if mark in line:
                        return FileFault(f"there is {what}", number, line.index(mark) + 1, hint)
        except (EOFError, OSError, zlib.error):
            pass
        return FileFault(f"there is {what}", hint=hint)
