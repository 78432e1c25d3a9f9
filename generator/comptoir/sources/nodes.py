"""Located values: what a YAML file says, each part with its line and column, nothing typed yet.

Nodes are named tuples: a large catalogue makes half a million of them, and a frozen dataclass takes four times as
long to make.
"""

from __future__ import annotations

from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from comptoir.problems import Location

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Path: TypeAlias = Items[str | int]


class Scalar(NamedTuple):
    """Text as written. `plain` tells `null` (nothing) from `"null"` (a word); `last_line` is where it ends."""

    value: str
    line: int
    column: int
    plain: bool = False
    last_line: int = 0


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    line: int
    column: int


class Entry(NamedTuple):
    key: Scalar
    value: Node


class Mapping(NamedTuple):
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
    """One YAML file: its place in the project, its root node, and its text for whoever looks inside a value."""

    file: str
    root: Node
    text: str = field(default="", repr=False, compare=False)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """Line and column of the value at `path`; of its key if `key`.

        A path that the file does not hold (a missing key) gives the nearest part that it does hold.
        """
        place, _ = self._follow(path, key=key)
        return Location(self.file, place.line, place.column)

    def holds(self, path: Path) -> bool:
        """True when a value is written at `path`: others come from defaults, or from a ready-made definition."""
        return self.node_at(path) is not None

    def node_at(self, path: Path) -> Node | None:
        """What is written at `path`; None where nothing is."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, Mapping):
                node = node.get(str(step))
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def locate_inside(self, path: Path, fragment: str, occurrence: int = 0) -> Location:
        """Where `fragment` stands, for the n-th time from 0, in the text at `path`; the text itself if nowhere."""
        place, node = self._follow(path, key=False)
        if isinstance(node, Scalar) and fragment:
            lines = self.text.splitlines()[node.line - 1 : node.last_line]
            for offset, line in enumerate(lines):
                column = line.find(fragment, 0 if offset else node.column - 1)
                while column >= 0:
                    if occurrence == 0:
                        return Location(self.file, node.line + offset, column + 1)
                    occurrence -= 1
                    column = line.find(fragment, column + len(fragment))
        return Location(self.file, place.line, place.column)

    def find(self, fragment: str) -> Location | None:
        """Where `fragment` first stands in the file; None where it does not."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            column = line.find(fragment)
            if column >= 0:
                return Location(self.file, number, column + 1)
        return None

    def _follow(self, path: Path, *, key: bool) -> tuple[Node, Node]:
        """What stands nearest to `path` and, apart from it for a key, the value there."""
        place = node = self.root
        for step in path:
            match node:
                case Mapping(entries, _, _):
                    entry = next((e for e in entries if e.key.value == str(step)), None)
                    if entry is None:
                        break
                    node = entry.value
                    place = entry.key if key else node
                case Sequence(items, _, _) if isinstance(step, int) and step < len(items):
                    place = node = items[step]
                case _:
                    break
        return place, node
