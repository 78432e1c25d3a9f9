"""Reads one YAML file: bytes in, a located document or problems out; nothing is guessed or executed.

Events of PyYAML's C parser are folded into nodes without recursion, so that hostile depth, aliases and
tags are answered with a problem at their place instead of exhausting memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.reader import Reader

from comptoir.problems import Location, Problem
from comptoir.sources.nodes import Document, Entry, Mapping, Node, Scalar, Sequence
from comptoir.sources.yaml_advice import explain_character, explain_encoding, explain_syntax

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 20
MAX_NODES: Final = 100_000
_YAML_11: Final = "tag:yaml.org,2002:"


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A collection being read."""

    line: int
    column: int
    is_mapping: bool
    key: Scalar | None = None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)


def read_document(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The document in `content` (None if it cannot be read) and its problems, duplicate keys included."""
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        return None, [
            _problem(file, "file-size", f"the file holds {size}; the limit is {MAX_BYTES / 1e6:.0f} MB")
        ]
    text, problem = decode_text(content, file)
    if problem:
        return None, [problem]
    problems: list[Problem] = []
    try:
        root = _fold(text, file, problems)
    except _RefusedError as refused:
        return None, [*problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        return None, [*problems, explain_syntax(error, text, file)]
    except yaml.YAMLError as error:
        return None, [*problems, _problem(file, "yaml-syntax", f"not valid YAML: {error}")]
    if root is None:
        message = "the file is empty; a mapping of keys and values is expected"
        return None, [_problem(file, "empty-file", message)]
    return Document(file, root, text), problems


def decode_text(content: bytes, file: str) -> tuple[str, Problem | None]:
    """The text in `content`, and what is wrong with its encoding or its characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", explain_encoding(content, error, file)
    return text, explain_character(text, file)


def _problem(file: str, rule: str, message: str, line: int = 1, column: int = 1, hint: str = "") -> Problem:
    return Problem(Location(file, line, column), rule, message, hint)


def _fold(text: str, file: str, problems: list[Problem]) -> Node | None:
    """The root of the document, or None. Raises _RefusedError for what is not allowed, yaml.YAMLError otherwise.

    Most of the time of `check` is spent here: it takes events from the parser without a generator between.
    """
    loader = yaml.CBaseLoader(text)
    stack: list[_Open] = []
    root: Node | None = None
    nodes = documents = 0
    while True:
        event: Any = loader.get_event()  # the stubs say that it may be None, and so its marks
        kind = type(event)
        node: Node
        if kind is yaml.ScalarEvent:
            if event.tag or event.anchor:
                _refuse_properties(event, file)
            if event.style == '"':
                _refuse_escapes(event, file)
            start, end = event.start_mark, event.end_mark
            # the mark of a block of text stands at the start of the line after it
            last_line = end.line + 1 if end.column else end.line
            node = Scalar(event.value, start.line + 1, start.column + 1, event.implicit[0], last_line)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag or event.anchor:
                _refuse_properties(event, file)
            if len(stack) >= MAX_DEPTH:
                raise _refuse(event, file, "yaml-depth", f"values nested more than {MAX_DEPTH} deep")
            mark = event.start_mark
            stack.append(_Open(mark.line + 1, mark.column + 1, kind is yaml.MappingStartEvent))
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node = _close(stack.pop())
        elif kind is yaml.StreamEndEvent:
            break
        else:
            documents += kind is yaml.DocumentStartEvent
            _refuse_structure(event, documents, file)
            continue
        nodes += 1
        if nodes > MAX_NODES:
            raise _refuse(event, file, "yaml-size", f"more than {MAX_NODES} values in one file")
        if stack:
            _add(stack[-1], node, file, problems)
        else:
            root = node
    return None if isinstance(root, Scalar) and root.plain and not root.value else root


def _refuse(event: yaml.Event, file: str, rule: str, message: str, hint: str = "") -> _RefusedError:
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)  # the parser always gives a mark
    return _RefusedError(_problem(file, rule, message, line, column, hint))


def _refuse_properties(event: yaml.NodeEvent, file: str) -> None:
    """A tag could make a value of any kind, an anchor a file that grows without bound."""
    if event.anchor:
        message = f"the anchor '&{event.anchor}' is not allowed"
        raise _refuse(event, file, "yaml-alias", message, "write the value out where it is needed")
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        shown = tag.replace(_YAML_11, "!!")
        message = f"the tag '{shown}' is not allowed"
        raise _refuse(event, file, "yaml-tag", message, "write the value without a tag")


def _refuse_escapes(event: yaml.ScalarEvent, file: str) -> None:
    """Escapes can write what a file of text may not hold, nor a page, nor a slide."""
    written = Reader.NON_PRINTABLE.search(event.value)
    if written:
        message = f"an escape in this text writes the character U+{ord(written.group()):04X}"
        raise _refuse(
            event, file, "yaml-syntax", message, "delete it, or use single quotes to keep a backslash"
        )


def _refuse_structure(event: yaml.Event, documents: int, file: str) -> None:
    if isinstance(event, yaml.AliasEvent):
        message = f"the alias '*{event.anchor}' is not allowed"
        raise _refuse(event, file, "yaml-alias", message, "write the value out")
    if documents > 1:
        raise _refuse(event, file, "yaml-documents", "a second document starts here; one file holds one")


def _close(open_: _Open) -> Node:
    if open_.is_mapping:
        return Mapping(tuple(open_.entries.values()), open_.line, open_.column)
    return Sequence(tuple(open_.items), open_.line, open_.column)


def _add(parent: _Open, node: Node, file: str, problems: list[Problem]) -> None:
    if not parent.is_mapping:
        parent.items.append(node)
    elif parent.key is None:
        if not isinstance(node, Scalar):
            raise _RefusedError(
                _problem(
                    file, "yaml-key", "a key must be a word, not a list or a mapping", node.line, node.column
                )
            )
        parent.key = node
    else:
        key, parent.key = parent.key, None
        first = parent.entries.get(key.value)
        if first:
            message = f"the key '{key.value}' is written twice; the first is on line {first.key.line}"
            problems.append(_problem(file, "duplicate-key", message, key.line, key.column))
        else:
            parent.entries[key.value] = Entry(key, node)
