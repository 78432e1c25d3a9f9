"""Words of SQL: a name or a text in, how the engine's language writes it out."""

from __future__ import annotations


def quote(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def first_line(error: object) -> str:
    """What the engine says, without the query that it quotes."""
    return str(error).strip().split("\n", 1)[0]
