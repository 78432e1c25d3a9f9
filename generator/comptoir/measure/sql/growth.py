"""How much longer an expression may make a text: the nodes of its tree in, a fault where it is too much out.

The engine checks the clock and its memory between batches of rows, so one call that makes a thousand times more of each
text is beyond both: only `replace` and `||` make texts longer, and what they make is bounded before anything runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

LONGEST: Final = 20
"""A text may become this many times as long."""


def grown(functions: Iterable[dict[str, Any]]) -> int | None:
    """How many times as long these calls together make a text at most; None for a `replace` that does not say it."""
    times, joined = 1, 1
    for node in functions:
        name = node["function_name"].lower()
        joined += name == "||"
        if name == "replace":
            texts = [constant_text(argument) for argument in arguments_of(node)[1:]]
            if len(texts) != 2 or any(text is None for text in texts):
                return None
            old, new = (len((text or "").encode()) for text in texts)
            times *= -(-max(new, 1) // max(old, 1)) if old else 1  # nothing is replaced by anything
    return times * joined


def arguments_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of what a call is given; in either form that the engine's versions write."""
    if "children" in node:
        return list(node["children"])
    return [argument["expression"] for argument in node.get("arguments", ())]


def constant_text(node: dict[str, Any]) -> str | None:
    """The text of a constant, None for anything else."""
    if node["class"] != "CONSTANT":
        return None
    if "literal" in node:
        return str(node["literal"].get("text", ""))
    value = node.get("value", {})
    return "" if value.get("is_null") else str(value.get("value", ""))
