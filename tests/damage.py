"""What a bad disk does to kept files: a folder in, the same files with a byte changed or an end missing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def files_below(folder: Path) -> list[Path]:
    """Every file, in the order of names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def change_a_byte(path: Path, place: int, by: int = 1) -> None:
    """Change the byte at `place`, counted round; an empty file gets one."""
    content = bytearray(path.read_bytes() or b"\0")
    content[place % len(content)] = (content[place % len(content)] + by) % 256
    path.write_bytes(content)


def ways_to_damage(folder: Path) -> Iterator[str]:
    """Damage every file of the folder in one way after another; gives the way."""
    whole = {path: path.read_bytes() for path in files_below(folder)}
    for way, spoil in {
        "a byte": lambda content: content[: len(content) // 2] + b"?" + content[len(content) // 2 + 1 :],
        "cut": lambda content: content[: len(content) // 2],
        "empty": lambda content: b"",
        "more": lambda content: content + b" ",
    }.items():
        for path, content in whole.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(spoil(content))
        yield way
