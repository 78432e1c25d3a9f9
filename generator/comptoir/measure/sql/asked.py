"""What an expression asks of words: its tree in; the fields that it compares, with which words, and what rows must hold, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from comptoir.measure.sql.expressions import expression_tree
from comptoir.measure.sql.growth import arguments_of, constant_text
from comptoir.measure.sql.words import literal, quote

_SAME: Final = frozenset({"lower", "upper", "trim"})  # functions of a field that are compared with a word


@dataclass(frozen=True, slots=True)
class Ask:
    """A field, the functions over it in SQL, and the words of which a row must hold one."""

    field: str
    sql: str
    words: tuple[str, ...]

    @property
    def condition(self) -> str:
        """SQL that is true for the rows that hold one."""
        return f"{self.sql} IN ({', '.join(map(literal, self.words))})"


Clause = frozenset[Ask]
"""Of several asks, one must be met."""


def words_of_texts(connection: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """A field → every word that one of the expressions compares it with; none of what is no expression."""
    found: dict[str, frozenset[str]] = {}
    trees = [tree for text in texts if (tree := expression_tree(connection, text)) is not None]
    for ask in (ask for tree in trees for ask in _mentioned(tree)):
        found[ask.field] = found.get(ask.field, frozenset()) | frozenset(ask.words)
    return found


def clauses_of(connection: duckdb.DuckDBPyConnection, text: str) -> frozenset[Clause]:
    """What rows must hold for the condition `text` to be true of any of them."""
    tree = expression_tree(connection, text)
    return _needed(tree) if tree is not None else frozenset()


def _needed(node: dict[str, Any]) -> frozenset[Clause]:
    if node["class"] == "CONJUNCTION":
        parts = [_needed(part) for part in node["children"]]
        if node["type"] == "CONJUNCTION_AND":
            return frozenset().union(*parts)
        if all(parts):  # one of the branches must hold, so one of all their words must be there
            return frozenset({frozenset(ask for part in parts for clause in part for ask in clause)})
        return frozenset()
    ask = _ask(node)
    return frozenset({frozenset({ask})}) if ask is not None else frozenset()


def _mentioned(part: Any) -> Iterator[Ask]:
    """Every comparison of a field with words in a tree, however it is meant."""
    if isinstance(part, dict):
        ask = _ask(part, negated=True) if "class" in part else None
        if ask is not None:
            yield ask
        for value in part.values():
            yield from _mentioned(value)
    elif isinstance(part, list):
        for value in part:
            yield from _mentioned(value)


def _ask(node: dict[str, Any], negated: bool = False) -> Ask | None:
    """The ask of `field = 'word'` or `field in ('word', …)`; `negated`, of their contraries too."""
    match node["class"], node["type"]:
        case "COMPARISON", "COMPARE_EQUAL":
            sides = node["left"], node["right"]
        case "COMPARISON", "COMPARE_NOTEQUAL" | "COMPARE_DISTINCT_FROM" | "COMPARE_NOT_DISTINCT_FROM" if (
            negated
        ):
            sides = node["left"], node["right"]
        case "OPERATOR", "COMPARE_IN":
            sides = tuple(node["children"])
        case "OPERATOR", "COMPARE_NOT_IN" if negated:
            sides = tuple(node["children"])
        case _:
            return None
    if node["class"] == "COMPARISON" and sides[0]["class"] == "CONSTANT":
        sides = sides[::-1]
    field, texts = _field(sides[0]), [_word(side) for side in sides[1:]]
    words = tuple(text for text in texts if text is not None)
    return Ask(*field, words) if field and words and len(words) == len(texts) else None


def _field(node: dict[str, Any]) -> tuple[str, str] | None:
    """The field of a column, or of `lower` and its like over one, and its SQL."""
    if node["class"] == "COLUMN_REF" and len(node["column_names"]) == 1:
        name = node["column_names"][0].lower()
        return name, quote(name)
    if node["class"] == "FUNCTION" and node["function_name"].lower() in _SAME:
        arguments = arguments_of(node)
        inner = _field(arguments[0]) if len(arguments) == 1 else None
        return inner and (inner[0], f"{node['function_name'].lower()}({inner[1]})")
    return None


def _word(node: dict[str, Any]) -> str | None:
    """A constant text; None for anything else, numbers included."""
    kind = node.get("value", {}).get("type", {}).get("id", "VARCHAR")
    return constant_text(node) if kind == "VARCHAR" else None
