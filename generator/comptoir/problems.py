"""Problems are values: where, which rule, what is wrong, and the nearest right answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from unicodedata import category

from comptoir.spaces import without_accents


def printable(text: str) -> str:
    """`text` on one line, with what cannot be shown written as escapes."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


class Severity(StrEnum):
    """`error` stops publication; `warning` does not; `notice` is nothing to mend."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in the project: `file` relative to it (forward slashes), `line` and `column` from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `rule` is the kebab-case name of the rule, `hint` the nearest right answer or ''."""

    location: Location
    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """What comes from files must not move the cursor of a terminal nor begin a line of a log."""
        object.__setattr__(self, "message", printable(self.message))
        object.__setattr__(self, "hint", printable(self.hint))

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.location}: {self.severity}: {self.message}{hint} [{self.rule}]"


class ContentError(Exception):
    """Raised once, at the edge, with every problem that stops the work."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place, each once, so that the same content always gives the same list."""
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.severity, p.rule, p.message)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop publication."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def suggest(name: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` for the nearest known name, otherwise the names when they are few, otherwise ''."""
    return _suggest(name, frozenset(known))


@lru_cache(maxsize=4096)  # one wrong name is often written many times, and comparing words is slow
def _suggest(name: str, known: frozenset[str]) -> str:
    names = sorted(known)
    nearest = get_close_matches(name, names, n=1, cutoff=0.6)
    if not nearest:  # capitals and accents keep words apart that people write for one another
        plain = {without_accents(other): other for other in reversed(names)}
        nearest = [plain[near] for near in get_close_matches(without_accents(name), plain, n=1, cutoff=0.6)]
    if nearest:
        return f"did you mean '{nearest[0]}'?"
    if 0 < len(names) <= 12:
        return "known: " + ", ".join(names)
    return ""
