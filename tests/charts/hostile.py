"""Specs with hostile words and numbers, made from the samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from comptoir.charts import ChartNumber

WORDS_AS_WRITTEN = (
    "$\\frac{a}{b}$ et $x^2",
    "<script>alert(1)</script> & \"'><svg onload=x>",
    "خدمة البريد الإلكتروني",
    "Équipe 👩‍🚀🇫🇷 e\u0301te\u0301",
    "]]> <!-- --> &amp; %s {0} \\n",
)
LONG_WORD = "anticonstitutionnellement" * 4
CONTROL = "vu\x00 et\x1b lu\ud800"

T = TypeVar("T")
_TEXTS = {
    "title",
    "subtitle",
    "note",
    "name",
    "quarter",
    "absence",
    "verdict",
    "alternative",
    "category",
    "columns",
}


def with_words(value: T, change: Callable[[str], str]) -> T:
    """The value with every text that a user writes changed."""
    changes: dict[str, Any] = {}
    for field in fields(value):  # type: ignore[arg-type]
        changes[field.name] = _changed(field.name, getattr(value, field.name), change)
    return replace(value, **changes)  # type: ignore[type-var]


def with_numbers(value: T, change: Callable[[float], float]) -> T:
    """The value with every number changed, and its text kept."""
    if isinstance(value, ChartNumber):
        return replace(value, value=change(value.value))  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(with_numbers(part, change) for part in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: with_numbers(getattr(value, field.name), change) for field in fields(value)}
        return replace(value, **parts)
    return value


def _changed(name: str, value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value) if name in _TEXTS and value else value
    if isinstance(value, tuple):
        return tuple(_changed(name, part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, ChartNumber) and not isinstance(value, type):
        return with_words(value, change)
    return value
