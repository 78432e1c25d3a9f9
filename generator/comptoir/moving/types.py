"""What is brought in from elsewhere: entities on their way into a project, and what could not be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comptoir.problems import Problem

Values = Mapping[str, Any]
"""What a YAML file writes: texts, numbers, days, lists and mappings of them."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One entity of another tool.

    `origin` is what that tool calls it; `values` are those of our fields; `own` has no field of ours and is kept under
    keys that begin with 'x-'. References in `values` name other things by their `origin`; `references` says which keys
    hold them, and to what kind.
    """

    kind: str
    origin: str
    name: str
    values: Values = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that a file holds. `problems` stop an import where they are errors; `lost` says what has no home."""

    brought: tuple[Brought, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[str, ...] = ()
