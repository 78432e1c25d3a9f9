"""Reads one JSON file that the program itself wrote: bytes in, a value whose parts can be located, or a problem, out.

Such files are large, and seldom wrong: the C parser of the standard library reads them, and a place is only looked
for when there is a problem to point at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from comptoir.problems import Location, Problem
from comptoir.sources.nodes import Path
from comptoir.sources.yaml_advice import explain_encoding

MAX_JSON_BYTES: Final = 50_000_000
SYNTAX: Final = "json-syntax"
_SPACE: Final = " \t\n\r"
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """One JSON file: its place in the project, its text, and the value that it holds."""

    file: str
    text: str = field(repr=False)
    value: Any = field(repr=False)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        """Line and column of the value at `path` (of its key, if `key`); of the nearest part that the file holds."""
        try:
            return _location(self.file, self.text, _position(self.text, path, key))
        except RecursionError:
            return Location(self.file)


class _TwiceError(Exception):
    """A key that an object holds twice."""


def read_json(content: bytes, file: str) -> tuple[JsonDocument | None, list[Problem]]:
    """The document in `content`, None if it cannot be read, and why. Duplicate keys and NaN are refused."""
    if len(content) > MAX_JSON_BYTES:
        message = f"the file holds {len(content) / 1e6:.1f} MB; the limit is {MAX_JSON_BYTES / 1e6:.0f} MB"
        return None, [Problem(Location(file), "file-size", message)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [explain_encoding(content, error, file)]
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = _location(file, text, min(error.pos, len(text.rstrip())))
        return None, [Problem(place, SYNTAX, f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}")]
    except _TwiceError as error:
        place = _location(file, text, _find_twice(text))
        return None, [Problem(place, "duplicate-key", f"the key '{error}' is written twice")]
    except (ValueError, RecursionError) as error:  # a number that is none, or nested beyond reason
        return None, [Problem(Location(file), SYNTAX, f"not valid JSON: {error}")]
    return JsonDocument(file, text, value), []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _location(file: str, text: str, position: int) -> Location:
    return Location(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def _position(text: str, path: Path, key: bool) -> int:
    """Where the value at `path` begins in a text that is valid JSON."""
    place = start = _skip(text, 0)
    for step in path:
        for name, name_at, value_at in _parts(text, start):
            if name == step:
                start, place = value_at, name_at if key else value_at
                break
        else:
            break
    return place


def _parts(text: str, start: int) -> Iterator[tuple[str | int, int, int]]:
    """Each part of the object or list at `start`: its key or index, where the key stands, where the value begins."""
    opening, at, index = text[start : start + 1], _skip(text, start + 1), 0
    while opening in ("{", "[") and text[at] not in "}]":
        name: str | int = index
        name_at = at
        if opening == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)  # after the colon
        yield name, name_at, at
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _SPACE:
        at += 1
    return at


def _find_twice(text: str) -> int:
    """Where a key stands that its object already has; the start of the text if that cannot be found."""
    pending = [_skip(text, 0)]
    try:
        while pending:
            seen: set[str | int] = set()
            for name, name_at, value_at in _parts(text, pending.pop()):
                if name in seen:
                    return name_at
                seen.add(name)
                if text[value_at] in "{[":
                    pending.append(value_at)
    except (ValueError, IndexError, RecursionError):  # what follows is no JSON
        return 0
    return 0
