"""Citations of measurements in the words of a report: Markdown in, each citation with its parts or its fault out.

`[[satisfaction]]` stands for the value of the quarter, `[[availability service=wifi]]` for that of a service; also
`segment=…`, `client=…` and `quarter=2026-Q2`. A word behind asks for something else than the value: `change` since the
quarter before, `target`, or `n`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from comptoir.periods import Period, parse_period
from comptoir.problems import suggest

_CODE_OR_CITATION: Final = re.compile(
    r"(?P<code>(?P<marks>`+)(?:.|\n)*?(?P=marks))|\[\[(?P<cited>[^\[\]\n]*)\]\]"
)
_KEYS: Final = ("service", "segment", "client", "quarter")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Cited(StrEnum):
    """What of the measurement is said."""

    VALUE = "value"
    CHANGE = "change"
    TARGET = "target"
    N = "n"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: the indicator, whom it is about, the quarter if it is not that of the report; `written` as it stands."""

    written: str
    indicator: str
    about: Mapping[str, str]
    quarter: Period | None = None
    cited: Cited = Cited.VALUE


@dataclass(frozen=True, slots=True)
class BadCitation:
    """What looks like a citation and is none: what is wrong, and the nearest right answer or ''."""

    written: str
    message: str
    hint: str = ""


def find_citations(text: str) -> tuple[Citation | BadCitation, ...]:
    """The citations of a text, in order; those in code are none."""
    return tuple(
        read_citation(match[0]) for match in _CODE_OR_CITATION.finditer(text) if match["cited"] is not None
    )


def replace_citations(text: str, write: Callable[[Citation | BadCitation], str]) -> str:
    """The text with each citation as `write` writes it; code stays as it is."""
    return _CODE_OR_CITATION.sub(
        lambda match: match[0] if match["cited"] is None else write(read_citation(match[0])), text
    )


def read_citation(written: str) -> Citation | BadCitation:
    """'[[availability service=wifi change]]' → its parts, or what is wrong with it."""
    words = written.removeprefix("[[").removesuffix("]]").split()
    if not words:
        return BadCitation(written, "this citation names no indicator", "write it as [[satisfaction]]")
    name, *rest = words
    if not _NAME.fullmatch(name):
        return BadCitation(
            written, f"'{name}' is not the identifier of an indicator", "write it as [[satisfaction]]"
        )
    about: dict[str, str] = {}
    quarter: Period | None = None
    cited = Cited.VALUE
    for word in rest:
        key, equals, value = word.partition("=")
        if not equals:
            if word not in set(Cited):
                return BadCitation(written, f"'{word}' is nothing to cite", suggest(word, [*Cited, *_KEYS]))
            cited = Cited(word)
        elif key == "quarter":
            try:
                quarter = parse_period(value)
            except ValueError as error:
                return BadCitation(written, str(error))
        elif key in _KEYS and _NAME.fullmatch(value):
            about[key] = value
        elif key in _KEYS:
            return BadCitation(written, f"'{value}' is not the identifier of a {key}")
        else:
            return BadCitation(
                written, f"'{key}' is nothing that a measurement is about", suggest(key, _KEYS)
            )
    return Citation(written, name, MappingProxyType(about), quarter, cited)
