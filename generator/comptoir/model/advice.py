"""What someone probably meant: a value that YAML or the model reads otherwise than it was meant in, advice out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from comptoir.model.base import IDENTIFIER_PATTERN
from comptoir.problems import Location, Problem, suggest
from comptoir.sources.addresses import MAIL_ADDRESS
from comptoir.sources.nodes import Document, Node, Path, Scalar, Sequence, to_plain
from comptoir.sources.nodes import Mapping as MappingNode
from comptoir.spaces import without_accents

_PATTERNS: Final = {
    "^[a-z]{2}$": "the code of a language, two small letters such as 'en'",  # what a pattern of the model means, by how the pattern begins
    IDENTIFIER_PATTERN: "an identifier: lower-case letters, digits and single hyphens, such as 'web-hosting'",
    "^#": "a colour written as '#1a5fb4', between quotes",
    MAIL_ADDRESS: "an e-mail address such as help@example.org",
    r"^\+?[0-9]": "a telephone number such as +33 1 23 45 67 89",
    r"^https?://[^\s<>\"'`]*\{path\}": "an address that begins with https:// and holds {path}",
    "^https?://": "an address that begins with https://",
    "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/": "the path of a file inside catalogue/, with forward slashes and no '..'",
    "^[A-Z]{2}$": "a two-letter country code in capitals, such as FR",
    "^[A-Z]{3}$": "a three-letter currency code in capitals, such as EUR",
    "^(fr|en)$": "a language that Comptoir speaks: fr or en",
    r"^([01]\d|2[0-3]):": "a time such as 09:30",
    "^[a-z][a-z0-9_]*$": "the name of a field: lower-case letters, digits and underscores, such as 'opened_at'",
    r"^[^./\\\s]": "the name of a file below the data folder, with forward slashes and no '..'",
    r"^(,|;|\|": "a delimiter: ',', ';', '|' or tab",
    r"^[\"']$": "a quotation mark: '\"' or \"'\"",
    "^COMPTOIR_": "the name of an environment variable that begins with COMPTOIR_",
    r"^[a-z0-9][a-z0-9-]*\.json$": "the name of a file such as status.json",
    r"^[^@\s]*@[^@\s]+$": "an e-mail address, or a domain such as @example.org",
    r"^[\w.\[\]-]+$": "the name of a parameter, such as page[size]",
    r"^[^\s0-9.,+'-]": "a unit, such as % or €",
    "^[.,]$": "a decimal mark: '.' or ','",
    "^(none|space|": "a thousands mark: none, space, '.', ',' or \"'\"",
    "^[A-Za-z0-9][A-Za-z0-9 _-]{0,40}$": "the name of a typeface, without punctuation",
}
_COMMENT: Final = re.compile(r"(?:^|[\s:])(#[0-9A-Za-z]+)")
_GLUED: Final = re.compile(r":[ \t]+#(?!\s|#|$)", re.MULTILINE)
_NUMBER: Final = re.compile(r"[+-]?\d+")


def unquoted_comment(value: object, document: Document, where: Location) -> str:
    """The advice for a value that YAML took for a comment, such as an unquoted colour; '' otherwise."""
    lines = document.text.split("\n")
    rest = lines[where.line - 1][where.column - 1 :].strip() if where.line <= len(lines) else ""
    comment = _COMMENT.search(rest)
    return (
        f"YAML reads # as a comment: write '{comment[1]}' between quotes" if value is None and comment else ""
    )


def lost_in_comments(document: Document, node: Node) -> Iterator[Problem]:
    """A problem for each key beneath `node` whose value YAML took for a comment: it would be lost without a word."""
    if not _GLUED.search(document.text):
        return
    match node:
        case MappingNode(entries, _, _):
            for entry in entries:
                where = Location(document.file, entry.key.line, entry.key.column)
                advice = isinstance(entry.value, Scalar) and entry.value.value == "" and entry.value.plain
                hint = unquoted_comment(None, document, where) if advice else ""
                if hint:
                    yield Problem(where, "yaml-comment", f"the value of '{entry.key.value}' is lost", hint)
                yield from lost_in_comments(document, entry.value)
        case Sequence(items, _, _):
            for item in items:
                yield from lost_in_comments(document, item)


def cut_at_comma(document: Document, mapping: Path, key: str) -> tuple[str, str] | None:
    """Message and hint for a `key` that is the rest of a value between braces, which ends at a comma; None otherwise."""
    node: Node | None = document.root
    for step in mapping:
        if isinstance(node, MappingNode):
            node = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    if not isinstance(node, MappingNode):
        return None
    line = document.text.split("\n")[node.line - 1]
    names = [entry.key.value for entry in node.entries]
    index = names.index(key) if key in names else 0
    if not line.startswith("{", node.column - 1) or index == 0 or to_plain(node.entries[index].value):
        return None
    before = node.entries[index - 1]
    if not isinstance(before.value, Scalar):
        return None
    start, rest = before.value.value, key
    if _NUMBER.fullmatch(start) and _NUMBER.match(rest):
        return f"between braces, a comma ends the value of '{before.key.value}'", f"write {start}.{rest}"
    return (
        f"between braces, a comma ends the value of '{before.key.value}'",
        f"put it between quotes: '{start}, {rest}…'",
    )


def nearest_identifier(written: str, known: frozenset[str] | None) -> str:
    """The advice for what is no identifier: a known one that is near, otherwise how this one would be written."""
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(written)).strip("-")
    if known is not None:
        return f"did you mean '{plain}'?" if plain in known else suggest(plain, known)
    return f"write '{plain}'" if plain else ""


def meaning_of(pattern: str) -> str:
    """What a text that a pattern of the model accepts is, in words."""
    starts = (meaning for start, meaning in _PATTERNS.items() if pattern.startswith(start))
    return next(starts, f"written as expected ({pattern})")
