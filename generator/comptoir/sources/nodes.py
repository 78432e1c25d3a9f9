"""Located values: what a YAML file says, each part with its line and column, nothing typed yet."""

from __future__ import annotations

from collections.abc import Sequence as Items
from dataclasses import dataclass
from typing import TypeAlias

from comptoir.problems import Location

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Path: TypeAlias = Items[str | int]


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as written. `plain` tells `null` (nothing) from `"null"` (a word)."""

    value: str
    line: int
    column: int
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[Entry, ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        return next((e.value for e in self.entries if e.key.value == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping

_NULLS = frozenset({"", "~", "null"})


def to_plain(node: Node) -> Plain:
    """The node as strings, lists and dicts, for typing; YAML's plain null words become None."""
    match node:
        case Scalar(value, _, _, plain):
            return None if plain and value in _NULLS else value
        case Sequence(items, _, _):
            return [to_plain(item) for item in items]
        case Mapping(entries, _, _):
            return {entry.key.value: to_plain(entry.value) for entry in entries}


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its place in the project and its root node."""

    file: str
    root: Node

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """Line and column of the value at `path`; of its key if `key`.

        A path that the file does not hold (a missing key) gives the nearest part that it does hold.
        """
        node: Node = self.root
        line, column = node.line, node.column
        for step in path:
            match node:
                case Mapping(entries, _, _):
                    entry = next((e for e in entries if e.key.value == str(step)), None)
                    if entry is None:
                        return Location(self.file, line, column)
                    place = entry.key if key else entry.value
                    line, column = place.line, place.column
                    node = entry.value
                case Sequence(items, _, _) if isinstance(step, int) and step < len(items):
                    node = items[step]
                    line, column = node.line, node.column
                case _:
                    break
        return Location(self.file, line, column)
